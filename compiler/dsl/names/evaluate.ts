import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import { nearestName } from "../../support/nearest-name.js";
import { languageMessages } from "../messages.js";
import type { Binary, Expression, NameUse, Path, Place, Range } from "../syntax/ast.js";
import { excerpt } from "../syntax/excerpt.js";
import { jailMessages } from "../syntax/messages.js";
import { helpForNumber } from "../syntax/number-help.js";
import { helpForConstant, wordForConstant } from "../vocabulary/flag-words.js";
import { applyArithmetic, describeValue } from "./arithmetic.js";
import { kindText } from "./kinds.js";
import { deepestValue, longestChain } from "./limits.js";
import type { Definition, Scope, StatementDefinition, Value } from "./scope.js";

/** What the evaluator has to ask others for. */
export interface EvaluationHelp {
  /**
   * `start`, `size`, `end`, ... of a region of memory; undefined where that was reported, null for no such member,
   * `chosen` for a place that the compiler has yet to choose.
   */
  member(memory: StatementDefinition, member: string): bigint | "chosen" | undefined | null;
  /** The names that a cell or the system declares. */
  scopeOf(cell: StatementDefinition): Scope;
}

/** Works out the values of expressions. Undefined is a value that could not be worked out, which was reported. */
export class Evaluator {
  private readonly known = new Map<Definition, Value | undefined>();
  private readonly pending: Definition[] = [];

  /** @param levels of expressions that are being looked into, for all evaluators that ask each other */
  constructor(
    readonly report: Report,
    private readonly help: EvaluationHelp,
    private readonly levels: { depth: number } = { depth: 0 },
  ) {}

  value(expression: Expression, scope: Scope): Value | undefined {
    if (this.levels.depth >= deepestValue) {
      const args = { what: "values that stand for each other", limit: longestChain };
      this.problem("jail-chain-too-long", args, expression, scope);
      return undefined;
    }
    this.levels.depth += 1;
    try {
      return this.valueOfExpression(expression, scope);
    } finally {
      this.levels.depth -= 1;
    }
  }

  private valueOfExpression(expression: Expression, scope: Scope): Value | undefined {
    switch (expression.kind) {
      case "number":
      case "text":
        return expression.value;
      case "address":
        return { kind: "address", domain: expression.domain, bdf: expression.bdf };
      case "path":
        return this.path(expression, scope);
      case "unary": {
        const operand = this.value(expression.operand, scope);
        if (operand === undefined) return undefined;
        if (expression.operator === "!" && typeof operand === "boolean") return !operand;
        if (expression.operator === "~" && typeof operand === "bigint" && operand >= 0n)
          return operand ^ 0xffff_ffff_ffff_ffffn;
        return this.wrongOperand(expression.operator, operand, expression.operand, scope);
      }
      case "binary":
        return this.binary(expression, scope);
      case "conditional": {
        const condition = this.truth(expression.condition, scope);
        if (condition === undefined) return undefined;
        return this.value(condition ? expression.then : expression.otherwise, scope);
      }
      case "list":
      case "call":
        this.problem(
          "jail-no-value",
          { what: expression.kind === "list" ? "a list" : "a fragment" },
          expression,
          scope,
        );
        return undefined;
    }
  }

  /** The ranges of a list, or of a name that stands for one; anything else is a range of its own. */
  listed(range: Range, scope: Scope): readonly Range[] {
    let { from } = range;
    if (range.to === null && from.kind === "path") {
      const definition = from.names.length === 1 ? scope.find(from.names[0]!.text) : undefined;
      if (definition?.kind === "expression") from = definition.expression;
    }
    return range.to === null && from.kind === "list" ? from.ranges : [range];
  }

  /** The value of a condition. */
  truth(expression: Expression, scope: Scope): boolean | undefined {
    const value = this.value(expression, scope);
    if (value === undefined || typeof value === "boolean") return value;
    this.problem(
      "jail-wrong-type",
      { wanted: "true or false", found: describeValue(value) },
      expression,
      scope,
    );
    return undefined;
  }

  number(expression: Expression, scope: Scope): bigint | undefined {
    const value = this.value(expression, scope);
    if (value === undefined || typeof value === "bigint") return value;
    if (typeof value === "object" && value.kind === "memory")
      return this.memberOf(value as StatementDefinition, "start", expression, scope) ?? undefined;
    this.problem("jail-wrong-type", { wanted: "a number", found: describeValue(value) }, expression, scope);
    return undefined;
  }

  /**
   * What a path stands for; constants that stand for another name are followed.
   *
   * @param kinds what is wanted, for suggestions; null for a value
   */
  definition(
    path: Path,
    scope: Scope,
    kinds: readonly Definition["kind"][] | null = null,
  ): Definition | undefined {
    const [first, ...rest] = path.names;
    let found = scope.find(first!.text);
    if (found === undefined && /^[0-9]/.test(first!.text)) {
      const place = at(scope.span(first!), scope.expansion);
      const { text } = first!;
      this.report(jailMessages["jail-bad-number"]({ text: excerpt(text) }, place, helpForNumber(text)));
      return undefined;
    }
    if (found === undefined) {
      const wanted = rest.length > 0 ? ownersAndMemory : kinds;
      this.unknown(first!.text, namesOfKinds(scope, scope.names(), wanted), first!, scope);
      return undefined;
    }
    found = this.follow(found);
    for (const [index, name] of rest.entries()) {
      if (found === undefined) return undefined;
      if (found.kind !== "cell" && found.kind !== "system") {
        this.noMember(found, name, rest[index + 1], scope);
        return undefined;
      }
      const inner: Scope = this.help.scopeOf(found as StatementDefinition);
      const member: Definition | undefined = inner.own(name.text);
      if (member === undefined) {
        const known = namesOfKinds(inner, ownNames(inner), index === rest.length - 1 ? kinds : null);
        this.unknown(name.text, known, name, scope, found.name);
        return undefined;
      }
      found = this.follow(member);
    }
    return found;
  }

  private noMember(owner: Definition, name: NameUse, next: NameUse | undefined, scope: Scope): void {
    const isNumber = owner.kind === "memory" && regionMembers.some((member) => member === name.text);
    if (isNumber && next === undefined) {
      const args = { name: `${owner.name}.${name.text}`, is: "a number", wanted: "something with a name" };
      this.problem("jail-wrong-kind", args, name, scope);
    } else if (isNumber) {
      const args = { name: `${owner.name}.${name.text}`, is: "a number", member: next!.text };
      this.problem("jail-no-member", args, next!, scope);
    } else {
      const args = { name: owner.name, is: kindText(owner), member: name.text };
      const help =
        owner.kind === "memory"
          ? { help: `memory has ${regionMembers.map((each) => `\`${each}\``).join(", ")}` }
          : {};
      this.problem("jail-no-member", args, name, scope, help);
    }
  }

  /** A constant or parameter that is nothing but a name stands for what that name stands for. */
  private follow(definition: Definition): Definition | undefined {
    let current = definition;
    for (let steps = 0; steps < longestChain; steps += 1) {
      if (current.kind !== "expression" || current.expression.kind !== "path") return current;
      const [first, ...rest] = current.expression.names;
      if (rest.length > 0) return current;
      const next = current.scope.find(first!.text);
      if (next === undefined || next === current) return current;
      current = next;
    }
    return current;
  }

  private path(path: Path, scope: Scope): Value | undefined {
    const last = path.names.at(-1)!;
    if (path.names.length > 1) {
      const owner: Path = { ...path, names: path.names.slice(0, -1) };
      const thing = this.definition(owner, scope);
      if (thing === undefined) return undefined;
      if (thing.kind === "memory") {
        const value = this.memberOf(thing as StatementDefinition, last.text, path, scope);
        if (value !== null) return value;
        this.noMember(thing, last, undefined, scope);
        return undefined;
      }
    }
    const definition = this.definition(path, scope);
    return definition === undefined ? undefined : this.valueOf(definition, last, scope);
  }

  private valueOf(definition: Definition, place: Place, scope: Scope): Value | undefined {
    if (definition.kind === "value") return definition.value;
    if (definition.kind !== "expression") return definition;
    if (this.known.has(definition)) return this.known.get(definition);
    if (this.pending.includes(definition)) {
      this.circle(this.pending.slice(this.pending.indexOf(definition)));
      return undefined;
    }
    if (this.pending.length >= longestChain) {
      const args = { what: "names that stand for each other", limit: longestChain };
      this.problem("jail-chain-too-long", args, place, scope);
      return undefined;
    }
    this.pending.push(definition);
    const value = this.value(definition.expression, definition.scope);
    this.pending.pop();
    this.known.set(definition, value);
    return value;
  }

  /** Reports definitions that need each other: once, at the one that stands first. */
  circle(members: readonly Definition[]): void {
    const declared = members.flatMap(({ name, place }) => (place === null ? [] : [{ name, place }]));
    declared.sort((one, other) => one.place.start - other.place.start);
    const [first, ...others] = declared;
    if (first === undefined) return;
    const secondary = others.map(({ place }) => ({ place: at(place), text: "which needs this" }));
    this.report(
      languageMessages["jail-depends-on-itself"]({ name: first.name }, at(first.place), { secondary }),
    );
  }

  private binary(expression: Binary, scope: Scope): Value | undefined {
    const { operator } = expression;
    if (operator === "&&" || operator === "||") {
      const left = this.truth(expression.left, scope);
      if (left === undefined || left === (operator === "||")) return left;
      return this.truth(expression.right, scope);
    }
    const left = this.operand(expression.left, scope);
    const right = this.operand(expression.right, scope);
    if (left === undefined || right === undefined) return undefined;
    if (operator === "==" || operator === "!=") {
      if (typeof left !== typeof right) {
        const found = `${describeValue(left)} and ${describeValue(right)}`;
        this.problem("jail-wrong-type", { wanted: "two of the same", found }, expression, scope);
        return undefined;
      }
      return sameValue(left, right) === (operator === "==");
    }
    if (typeof left !== "bigint") return this.wrongOperand(operator, left, expression.left, scope);
    if (typeof right !== "bigint") return this.wrongOperand(operator, right, expression.right, scope);
    const result = applyArithmetic(operator, left, right);
    if (typeof result !== "string") return result;
    this.problem("jail-arithmetic", { left, operator, right, what: result }, expression, scope);
    return undefined;
  }

  /** Memory in an expression is its first address. */
  private operand(expression: Expression, scope: Scope): Value | undefined {
    const value = this.value(expression, scope);
    if (typeof value !== "object" || value.kind !== "memory") return value;
    return this.memberOf(value as StatementDefinition, "start", expression, scope) ?? undefined;
  }

  private memberOf(
    memory: StatementDefinition,
    member: string,
    place: Place,
    scope: Scope,
  ): bigint | undefined | null {
    const value = this.help.member(memory, member);
    if (value !== "chosen") return value;
    this.problem("jail-depends-on-choice", { name: memory.name }, place, scope);
    return undefined;
  }

  private wrongOperand(operator: string, value: Value, place: Place, scope: Scope): undefined {
    this.problem("jail-wrong-operand", { operator, found: describeValue(value) }, place, scope);
    return undefined;
  }

  /** Reports a word that is none of a few, which are listed where none of them is near. */
  unknownChoice(name: string, known: Iterable<string>, place: Place, scope: Scope): void {
    const choices = [...known];
    const shown = choices.map((each) => `\`${each}\``).join(", ");
    if (nearestName(name, choices) === undefined && choices.length > 0)
      this.problem("jail-unknown-name", { name, owner: null }, place, scope, { help: `there are ${shown}` });
    else this.unknown(name, choices, place, scope);
  }

  unknown(name: string, known: Iterable<string>, place: Place, scope: Scope, owner?: string): void {
    const candidates = [...known];
    const nearest = nearestName(name, candidates);
    const difference = /^(\w+)-(\w+)$/.exec(name);
    const parts = difference !== null && candidates.includes(difference[1]!) ? difference.slice(1, 3) : null;
    const constant = wordForConstant(name);
    const help =
      parts !== null
        ? `a hyphen belongs to the name; a difference is written \`${parts.join(" - ")}\``
        : nearest !== undefined
          ? `did you mean \`${nearest}\`?`
          : constant === undefined
            ? undefined
            : helpForConstant(constant);
    const fixes =
      parts === null && nearest !== undefined
        ? [{ title: `Change to \`${nearest}\``, edits: [{ span: scope.span(place), newText: nearest }] }]
        : [];
    this.report(
      languageMessages["jail-unknown-name"](
        { name, owner: owner ?? null },
        at(scope.span(place), scope.expansion),
        help === undefined ? {} : { help, fixes },
      ),
    );
  }

  problem<Id extends keyof typeof languageMessages>(
    id: Id,
    args: Parameters<(typeof languageMessages)[Id]>[0],
    place: Place,
    scope: Scope,
    details: Parameters<(typeof languageMessages)[Id]>[2] = {},
  ): void {
    const create = languageMessages[id] as (
      args: unknown,
      place: ReturnType<typeof at>,
      details: unknown,
    ) => ReturnType<(typeof languageMessages)[Id]>;
    this.report(create(args, at(scope.span(place), scope.expansion), details));
  }
}

const regionMembers = ["start", "size", "end", "last"] as const;

export type RegionMember = (typeof regionMembers)[number];

export function isRegionMember(name: string): name is RegionMember {
  return regionMembers.some((member) => member === name);
}

/** One of the numbers that a region has. */
export function regionMember(
  { start, size }: { readonly start: bigint; readonly size: bigint },
  member: RegionMember,
): bigint {
  return { start, size, end: start + size, last: start + size - 1n }[member];
}

const ownersAndMemory: readonly Definition["kind"][] = ["cell", "system", "memory"];

/** The names among some that could be what is wanted; constants may stand for anything. */
function namesOfKinds(
  scope: Scope,
  names: Iterable<string>,
  kinds: readonly Definition["kind"][] | null,
): Iterable<string> {
  if (kinds === null) return names;
  return [...names].filter((name) => {
    const kind = scope.find(name)?.kind;
    return kind !== undefined && (kind === "expression" || kinds.includes(kind));
  });
}

function ownNames(scope: Scope): Iterable<string> {
  return [...scope.names()].filter((name) => scope.own(name) !== undefined);
}

function sameValue(left: Value, right: Value): boolean {
  if (typeof left !== "object" || typeof right !== "object") return left === right;
  if (left.kind === "address" && right.kind === "address")
    return left.bdf === right.bdf && (left.domain ?? 0) === (right.domain ?? 0);
  return left === right;
}
