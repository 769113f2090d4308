import { parseAssignment, parseConditional, requireInteger } from "../expressions/expression.js";
import { cMessages, placeOf } from "../parser/messages.js";
import { depthLimit, type Parser } from "../parser/state.js";
import { reportIncomplete, reportUnknownType } from "../parser/unknown.js";
import { type Token, TokenKind } from "../token.js";
import {
  alignOf,
  arrayOf,
  type CType,
  depthOf,
  functionOf,
  invalidType,
  largestTypeSize,
  pointerTo,
  type QualifiedType,
  showType,
  sizeOf,
} from "../types/types.js";
import { refuseAlignas } from "./alignas.js";
import { type Attributes, noAttributes, parseAttributes } from "./attributes.js";
import { applyToType, atDeclaration, parseSpecifiers, type Specifiers } from "./declarations.js";

/** Declarators: what stands around a name and makes pointers, arrays and functions of the type before it. */

export interface Declared {
  readonly type: CType;
  /** The name, or the token where it would stand. */
  readonly token: Token;
  readonly name: string | null;
  /** Nothing but the name: the type is that of the specifiers. */
  readonly isPlain: boolean;
  /** The `const` behind the last `*`; null where there is no pointer: then that of the specifiers counts. */
  readonly constant?: boolean | null;
  /** Likewise for `volatile`. */
  readonly volatile?: boolean | null;
}

/** What a declarator is built on. */
type Base = Pick<Specifiers, "type" | "constant" | "volatile">;

type Naming = "required" | "forbidden" | "optional";

/** A declarator with a name. Attributes inside it that speak of the declared thing are added to `attributes`. */
export function parseDeclarator(parser: Parser, base: Base, attributes: Attributes): Declared {
  return parseInner(parser, base, "required", attributes);
}

/** The rest of a type name. */
export function parseAbstractDeclarator(parser: Parser, base: Base): QualifiedType {
  const declared = parseInner(parser, base, "forbidden", noAttributes());
  return {
    type: declared.type,
    constant: declared.constant ?? base.constant,
    volatile: declared.volatile ?? base.volatile,
  };
}

function parseInner(parser: Parser, base: Base, naming: Naming, attributes: Attributes): Declared {
  parser.enter();
  let { type } = base;
  let constant: boolean | null = null;
  let volatile: boolean | null = null;
  const qualifiers = () => ({
    constant: constant ?? base.constant,
    volatile: volatile ?? base.volatile,
  });
  while (parser.at("*")) {
    parser.advance();
    type = pointerTo(type, qualifiers());
    constant = false;
    volatile = false;
    for (;;) {
      const word = parser.token.text;
      if (/^(__)?(const|volatile|restrict)(__)?$/.test(word)) {
        parser.advance();
        constant ||= word.includes("const");
        volatile ||= word.includes("volatile");
      } else if (word === "__attribute__" || word === "__attribute") {
        const onPointer = noAttributes();
        parseAttributes(parser, onPointer);
        type = applyToType(parser, type, onPointer, "a pointer");
        // a section can only be meant for what is declared
        attributes.section = onPointer.section ?? attributes.section;
        attributes.sectionToken = onPointer.sectionToken ?? attributes.sectionToken;
      } else break;
    }
  }
  const declared =
    parser.at("(") && isNestedDeclarator(parser, naming)
      ? parseNested(parser, { type, ...qualifiers() }, naming, attributes)
      : parseNameAndSuffixes(parser, type, naming);
  parser.leave();
  if (depthOf(declared.type) > depthLimit) {
    parser.fail(cMessages["c-too-deep"]({ limit: depthLimit }, placeOf(declared.token)));
  }
  const isPlain = declared.isPlain && declared.type === base.type;
  // every member of every header comes by here: spelled out, as a spread costs ten times as much
  return {
    type: declared.type,
    token: declared.token,
    name: declared.name,
    isPlain,
    constant: declared.constant ?? constant,
    volatile: declared.volatile ?? volatile,
  };
}

/** Whether the parenthesis holds a declarator and not parameters. */
function isNestedDeclarator(parser: Parser, naming: Naming): boolean {
  const next = parser.peek();
  if (next.text === "*" || next.text === "(" || next.text === "[") return true;
  if (next.text === "__attribute__" || next.text === "__attribute") return true;
  if (naming === "forbidden") return false;
  return next.kind === TokenKind.identifier && !atDeclaration(parser, next);
}

/**
 * `( declarator ) suffixes`: the suffixes bind to the base first, so they are read before the inside; then the
 * parser goes back.
 */
function parseNested(parser: Parser, base: Base, naming: Naming, attributes: Attributes): Declared {
  const inside = parser.mark() + 1;
  parser.skipBalanced();
  const outer = parseSuffixes(parser, base.type);
  const end = parser.mark();
  parser.reset(inside);
  parseAttributes(parser, attributes);
  // of a function, the qualifiers were those of its result
  const inner =
    outer.kind === "function" ? { type: outer, constant: false, volatile: false } : { ...base, type: outer };
  const declared = parseInner(parser, inner, naming, attributes);
  parser.expect(")");
  parser.reset(end);
  return declared;
}

function parseNameAndSuffixes(parser: Parser, base: CType, naming: Naming): Declared {
  const token = parser.token;
  const isNamed = parser.atName() && naming !== "forbidden";
  if (isNamed) parser.advance();
  else if (naming === "required") parser.failExpected("a name");
  const type = parseSuffixes(parser, base);
  return { type, token, name: isNamed ? token.text : null, isPlain: true, constant: null };
}

type Suffix =
  | { readonly kind: "array"; readonly length: number | null; readonly token: Token }
  | { readonly kind: "function"; readonly token: Token };

/** `[n]` and `(parameters)` behind a name; the first one is the outermost. */
function parseSuffixes(parser: Parser, base: CType): CType {
  const suffixes: Suffix[] = [];
  let valid = true;
  for (;;) {
    const token = parser.token;
    if (token.text === "[") {
      const length = parseArrayLength(parser);
      if (length === undefined) valid = false;
      else suffixes.push({ kind: "array", length, token });
    } else if (token.text === "(") {
      parseParameters(parser);
      suffixes.push({ kind: "function", token });
    } else break;
    if (suffixes.length > depthLimit) {
      parser.fail(cMessages["c-too-deep"]({ limit: depthLimit }, placeOf(token)));
    }
  }
  let type = base;
  for (let index = suffixes.length - 1; index >= 0; index--) {
    const suffix = suffixes[index]!;
    if (type.kind === "invalid") return type;
    if (suffix.kind === "function" && (type.kind === "array" || type.kind === "function")) {
      const problem = `a function cannot return ${type.kind === "array" ? "an array" : "a function"}`;
      parser.report(cMessages["c-bad-type"]({ problem }, placeOf(suffix.token)));
      return invalidType;
    }
    type =
      suffix.kind === "function" ? functionOf(type) : arrayType(parser, type, suffix.length, suffix.token);
  }
  return valid ? type : invalidType;
}

function arrayType(parser: Parser, element: CType, length: number | null, token: Token): CType {
  const size = sizeOf(element);
  if (element.kind === "function" || element.kind === "void") {
    const problem = `an array cannot have elements of the type \`${showType(element)}\``;
    parser.report(cMessages["c-bad-type"]({ problem }, placeOf(token)));
    return invalidType;
  }
  if (size === undefined) {
    reportIncomplete(parser, element, token);
    return invalidType;
  }
  if (size > 0 && size % alignOf(element) !== 0) {
    const problem = `the size ${size} of an element is not a multiple of its alignment ${alignOf(element)}`;
    parser.report(cMessages["c-bad-type"]({ problem }, placeOf(token)));
    return invalidType;
  }
  const type = arrayOf(element, length);
  if (length !== null && size * length > largestTypeSize) {
    parser.report(cMessages["c-type-too-large"]({ type: showType(type) }, placeOf(token)));
    return invalidType;
  }
  return type;
}

/** The length between the brackets; null: none given, undefined: reported as wrong. */
function parseArrayLength(parser: Parser): number | null | undefined {
  parser.advance();
  while (/^(static|(__)?(const|volatile|restrict)(__)?)$/.test(parser.token.text)) parser.advance();
  if (parser.accept("]")) return null;
  if (!parser.isFileScope()) {
    // in parameters the outermost length has no meaning, and others may depend on parameters
    if (parser.at("*") && parser.peek().text === "]") parser.advance();
    else parseAssignment(parser);
    parser.expect("]");
    return 1;
  }
  const token = parser.token;
  const value = requireInteger(parser, parseConditional(parser), token, "the length of an array", true);
  parser.expect("]");
  if (value === null) return undefined;
  if (value < 0 || typeof value !== "number") {
    const problem = value < 0 ? `is negative: ${value}` : `${value} is too large`;
    parser.report(cMessages["c-array-length"]({ problem }, placeOf(token)));
    return undefined;
  }
  return value;
}

/** The parameters of a function type. They are read for their syntax and for the tags in them. */
function parseParameters(parser: Parser): void {
  parser.expect("(");
  parser.inScope(() => {
    while (!parser.at(")")) {
      if (parser.accept("...")) break;
      if (parser.token.kind === TokenKind.identifier && !atDeclaration(parser, parser.token)) {
        parseOldParameter(parser);
      } else {
        const specifiers = parseSpecifiers(parser);
        refuseAlignas(parser, specifiers.attributes, "a parameter");
        const { name, type, token } = parseInner(parser, specifiers, "optional", noAttributes());
        parseAttributes(parser, noAttributes());
        if (name !== null) declareParameter(parser, name, type, token);
      }
      if (!parser.accept(",") && !parser.at(")")) parser.failBetween("`,` or `)`");
    }
  });
  parser.expect(")");
}

/** A bare name as in `f(a, b)`, the style before prototypes; in front of another name it was meant as a type. */
function parseOldParameter(parser: Parser): void {
  const next = parser.peek().text;
  if (next !== "," && next !== ")") {
    reportUnknownType(parser, parser.token);
    parser.failSilently();
  }
  parser.advance();
}

function declareParameter(parser: Parser, name: string, type: CType, token: Token): void {
  parser.declare(name, {
    kind: "object",
    name,
    type: type.kind === "array" ? pointerTo(type.element) : type,
    constant: false,
    volatile: false,
    image: null,
    defined: true,
    alignment: 0,
    token,
  });
}

/** The name that the assembler is to see, which no byte depends on: `int x asm("y")`. */
export function skipAsmLabel(parser: Parser): void {
  if (!/^(__)?asm(__)?$/.test(parser.token.text)) return;
  parser.advance();
  if (parser.at("(")) parser.skipBalanced();
}
