import { directiveExpression, freeExpression, knownExpression, stringText } from "./expressions.js";
import type { Scope } from "./scope.js";
import {
  type ArrayType,
  type CType,
  holdsEmptyArray,
  isText,
  type Member,
  type RecordType,
  reachableMembers,
} from "./types.js";

/**
 * Random initialisers of a type, in every form C has for them. Forms mix freely; what they mean together (which
 * subobject a positional value after a nested designator hits, what a later designator leaves of an earlier one)
 * is for the compilers to say.
 */
export interface InitialiserStyle {
  /** Percentage of entries written in an unusual way. */
  readonly wildness: number;
  /** Makes the expression of one scalar; `path` is the member name. */
  readonly scalar: (scope: Scope, type: string, member: string | null) => string;
  /** Makes the text of a `char[]` member. */
  readonly text: (scope: Scope, length: number, member: string | null) => string;
}

export const wildStyle: InitialiserStyle = {
  wildness: 35,
  scalar: (scope) => (scope.choices.chance(10) ? readOfConstant(scope) : freeExpression(scope, 2)),
  text: (scope) => stringText(scope),
};

/** An expression with the value of a constant object in it, which gcc takes outside integer constant expressions. */
function readOfConstant(scope: Scope): string {
  const { choices } = scope;
  if (scope.reads.length === 0) return freeExpression(scope, 2);
  scope.use("const read");
  const read = choices.pick(scope.reads);
  return choices.pick([
    read,
    `(${read} | 3)`,
    `-${read}`,
    `${read} >> 2`,
    `(__u8)${read}`,
    `(${read} > 5 ? 7 : 9)`,
  ]);
}

export function initialiser(
  scope: Scope,
  type: CType,
  style: InitialiserStyle = wildStyle,
  member: string | null = null,
  depth = 0,
): string {
  const { choices } = scope;
  if (type.kind === "integer") {
    const value = style.scalar(scope, type.name, member);
    return choices.chance(style.wildness / 10) ? `{ ${value} }` : value;
  }
  if (
    isText(type) &&
    type.length > 0 &&
    choices.chance(type.element.kind === "integer" && type.element.name === "char" ? 85 : 25)
  ) {
    const text = style.text(scope, type.length, member);
    return choices.chance(style.wildness / 4) ? `{ ${text} }` : text;
  }
  const copies = scope.copies.filter((copy) => copy.type === type);
  if (copies.length > 0 && choices.chance(style.wildness)) {
    scope.use("const copy");
    return choices.pick(copies).name;
  }
  if (choices.chance(style.wildness / 6)) {
    scope.use("empty braces");
    return "{ }";
  }
  if (choices.chance(style.wildness / 6) && !holdsEmptyArray(type)) return "{ 0 }";
  const items =
    type.kind === "array" ? arrayItems(scope, type, style, depth) : recordItems(scope, type, style, depth);
  return braces(scope, items, depth);
}

function braces(scope: Scope, items: readonly string[], depth: number): string {
  const end = items.length > 0 && scope.choices.chance(50) ? "," : "";
  if (scope.inline > 0 || items.join("").length < 40) return `{ ${items.join(", ")}${end} }`;
  const tabs = "\t".repeat(depth + 1);
  const written = items.map((item) => conditionalItem(scope, item, tabs));
  return `{\n${tabs}${written.join(`,\n${tabs}`)}${end}\n${"\t".repeat(depth)}}`;
}

/** An item that stands behind a condition which is known to hold, with rubbish or another value in the other branch. */
function conditionalItem(scope: Scope, item: string, tabs: string): string {
  const { choices } = scope;
  if (!choices.chance(3)) return item;
  const truth = choices.chance(60);
  scope.use("#else");
  const rubbish = choices.pick(["no C at all 'here", "1 2 3", "} )", '"open', "#warning never", "/* */ 0"]);
  const [first, second] = truth ? [item, rubbish] : [rubbish, item];
  return `\n#if ${knownCondition(scope, truth)}\n${tabs}${first}\n#else\n${tabs}${second}\n#endif\n${tabs}`;
}

/** A condition of the given truth, after `#if`. */
export function knownCondition(scope: Scope, truth: boolean): string {
  const { choices } = scope;
  scope.use("#if expression");
  const free = directiveExpression(scope, 2);
  const always = choices.pick([
    "1",
    "defined(__GNUC__)",
    `((${free}) || 1)`,
    "!defined @nowhere",
    "1 || 1 / 0",
    "3 > 2",
  ]);
  const never = choices.pick([
    "0",
    "defined @nowhere",
    `((${free}) && 0)`,
    "@nowhere",
    "0 && 1 % 0",
    "-1 > 0u ? 0 : 0",
  ]);
  return truth ? always : never;
}

function arrayItems(scope: Scope, type: ArrayType, style: InitialiserStyle, depth: number): string[] {
  const { choices } = scope;
  const element = (): string => initialiser(scope, type.element, style, null, depth + 1);
  if (type.length === 0) {
    scope.use("empty braces");
    return [];
  }
  const loose = holdsEmptyArray(type) ? 0 : style.wildness / 4;
  const form = choices.weighted([
    [100 - style.wildness, "positional"],
    [style.wildness / 2, "designated"],
    [loose, "mixed"],
    [loose, "elided"],
  ] as const);
  switch (form) {
    case "positional": {
      scope.use("positional initialiser");
      const excess = choices.chance(style.wildness / 10) ? choices.between(1, 2) : 0;
      if (excess > 0) scope.use("excess elements");
      const count = choices.chance(70) ? type.length : choices.between(1, type.length);
      return Array.from({ length: count + (count === type.length ? excess : 0) }, element);
    }
    case "designated":
      return choices.list(1, type.length + 1, () => indexed(scope, type, style, depth));
    case "mixed":
      return choices.list(1, type.length + 1, () => {
        if (choices.chance(50)) return indexed(scope, type, style, depth);
        scope.use("positional initialiser");
        return positionalScalar(scope, style);
      });
    case "elided": {
      scope.use("brace elision");
      const count = choices.between(1, type.length);
      return Array.from({ length: count }, () => flattened(scope, type.element, style)).flat();
    }
  }
}

function indexed(scope: Scope, type: ArrayType, style: InitialiserStyle, depth: number): string {
  const { path, target } = indexDesignator(scope, type);
  return designated(scope, path, target, style, null, depth);
}

function indexDesignator(scope: Scope, type: ArrayType): { path: string; target: CType } {
  const { choices } = scope;
  scope.use("designated initialiser");
  const low = choices.below(type.length);
  if (!choices.chance(30)) return { path: `[${knownExpression(scope, low)}]`, target: type.element };
  scope.use("range designator");
  const high = choices.between(low, type.length - 1);
  return {
    path: `[${knownExpression(scope, low)} ... ${knownExpression(scope, high)}]`,
    target: type.element,
  };
}

/** `path = value`, where the path may go on into the target. */
function designated(
  scope: Scope,
  path: string,
  target: CType,
  style: InitialiserStyle,
  member: string | null,
  depth: number,
): string {
  const { choices } = scope;
  const text: boolean = isText(target);
  if (!text && target.kind !== "integer" && choices.chance(style.wildness)) {
    if (target.kind === "array" && target.length > 0) {
      const inner = indexDesignator(scope, target);
      scope.use("nested designator");
      return designated(scope, path + inner.path, inner.target, style, member, depth);
    }
    if (target.kind === "record") {
      const inner = choices.pick(reachableMembers(target));
      scope.use("nested designator");
      return designated(scope, `${path}.${inner.name}`, inner.type, style, inner.name, depth);
    }
  }
  return `${path} = ${initialiser(scope, target, style, member, depth + 1)}`;
}

function recordItems(scope: Scope, type: RecordType, style: InitialiserStyle, depth: number): string[] {
  const { choices } = scope;
  const item = (member: Member): string =>
    designated(scope, `.${member.name}`, member.type, style, member.name, depth);
  const members = reachableMembers(type);
  if (type.keyword === "union" && choices.chance(70)) {
    scope.use("designated initialiser");
    return [item(choices.pick(members))];
  }
  const loose = holdsEmptyArray(type) ? 0 : style.wildness / 4;
  const form = choices.weighted([
    [100 - style.wildness, "designated"],
    [style.wildness / 2, "positional"],
    [loose, "mixed"],
    [loose, "elided"],
  ] as const);
  switch (form) {
    case "designated": {
      scope.use("designated initialiser");
      const some = members.filter(() => !choices.chance(25));
      const order = choices.chance(style.wildness / 2) ? choices.shuffled(some) : some;
      if (order.length > 0 && choices.chance(style.wildness / 3)) {
        scope.use("later wins");
        return [...order.map(item), item(choices.pick(members))];
      }
      return order.map(item);
    }
    case "positional": {
      scope.use("positional initialiser");
      const direct = type.keyword === "union" ? type.members.slice(0, 1) : type.members;
      const count = choices.chance(60) ? direct.length : choices.between(1, direct.length);
      return direct
        .slice(0, count)
        .map((member) => initialiser(scope, member.type, style, member.name, depth + 1));
    }
    case "mixed":
      scope.use("positional initialiser");
      return choices.list(1, members.length + 2, () =>
        choices.chance(50) ? item(choices.pick(members)) : positionalScalar(scope, style),
      );
    case "elided":
      scope.use("brace elision");
      return flattened(scope, type, style);
  }
}

/** A scalar is a valid positional value at any place: braces are understood around it, or it is one too many. */
function positionalScalar(scope: Scope, style: InitialiserStyle): string {
  return style.scalar(scope, "int", null);
}

/** The values of a type without the braces of its inner aggregates. */
function flattened(scope: Scope, type: CType, style: InitialiserStyle): string[] {
  const { choices } = scope;
  if (type.kind === "integer") return [style.scalar(scope, type.name, null)];
  if (isText(type) && type.length > 0 && choices.chance(30)) return [style.text(scope, type.length, null)];
  if (type.kind === "array") {
    return Array.from({ length: type.length }, () => flattened(scope, type.element, style)).flat();
  }
  const members = type.keyword === "union" ? type.members.slice(0, 1) : type.members;
  return members.flatMap((member) => flattened(scope, member.type, style));
}
