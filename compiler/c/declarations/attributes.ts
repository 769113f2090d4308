import { decodeText } from "../../../schema/text.js";
import { parseConstantInteger } from "../expressions/expression.js";
import { parseStringSequence } from "../expressions/literal-operand.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import { didYouMean } from "../parser/suggest.js";
import { knownAttributes, plainAttribute, refusedAttributes } from "../preprocessor/known-names.js";
import { type Token, TokenKind } from "../token.js";
import type { Alignas } from "./alignas.js";

/** What the attributes of one entity ask for, as far as it can change bytes. */
export interface Attributes {
  packed: Token | null;
  /** In bytes. Of several the last counts for a type, the greatest for an object or a member. */
  aligned: { readonly last: number; readonly greatest: number } | null;
  alignas: Alignas | null;
  section: string | null;
  sectionToken: Token | null;
  /** Kept though nothing refers to it. `retain` without it does not keep an object: gcc has dropped it by then. */
  used: boolean;
  /** On an `extern inline` function: it is never compiled on its own. */
  gnuInline: boolean;
}

export function noAttributes(): Attributes {
  return {
    packed: null,
    aligned: null,
    alignas: null,
    section: null,
    sectionToken: null,
    used: false,
    gnuInline: false,
  };
}

/** `aligned` without a value: the largest alignment that x86-64 has a use for, in bytes. */
const defaultAlignment = 16;

const largestAlignment = 2 ** 28;

export function atAttribute(parser: Parser): boolean {
  const { text } = parser.token;
  return text === "__attribute__" || text === "__attribute";
}

/** Reads any number of `__attribute__((...))` and adds what they say to `into`. */
export function parseAttributes(parser: Parser, into: Attributes): void {
  while (atAttribute(parser)) {
    parser.advance();
    parser.expect("(");
    parser.expect("(");
    while (!parser.at(")")) {
      if (!parser.at(",")) parseAttribute(parser, into);
      if (!parser.accept(",") && !parser.at(")")) parser.failBetween("`,` or `)`");
    }
    parser.expect(")");
    parser.expect(")");
  }
}

/** Keywords may name an attribute as far as they are a type, a qualifier or a storage class; these are none. */
const noAttributeName: ReadonlySet<string> = new Set(
  (
    "struct union enum if else for while do switch case default break continue return goto sizeof typeof __typeof " +
    "__typeof__ asm __asm __asm__ _Alignof __alignof __alignof__ _Alignas _Generic _Static_assert __extension__ " +
    "_Imaginary __label__ __attribute __attribute__ __real __real__ __imag __imag__ __builtin_offsetof " +
    "__builtin_choose_expr __builtin_types_compatible_p"
  ).split(" "),
);

function parseAttribute(parser: Parser, into: Attributes): void {
  const token = parser.token;
  if (token.kind !== TokenKind.identifier || noAttributeName.has(token.text))
    parser.failExpected("the name of an attribute");
  parser.advance();
  const name = plainAttribute(token.text);
  switch (name) {
    case "packed":
      into.packed = token;
      break;
    case "aligned":
      addAlignment(into, parser.at("(") ? parseAlignment(parser, token) : defaultAlignment);
      break;
    case "section":
      addSection(parser, into, parseSection(parser, token), token);
      into.sectionToken = token;
      break;
    case "used":
      into.used = true;
      break;
    case "gnu_inline":
      into.gnuInline = true;
      break;
    default:
      if (refusedAttributes.has(name)) {
        parser.report(cMessages["c-attribute-refused"]({ name }, placeOf(token)));
      } else if (!knownAttributes.has(name)) {
        const help = didYouMean(name, knownAttributes);
        const details = help === undefined ? {} : { help };
        parser.report(cMessages["c-unknown-attribute"]({ name }, placeOf(token), details));
      }
      if (parser.at("(")) parser.skipBalanced();
  }
}

function addSection(parser: Parser, into: Attributes, section: string | null, token: Token): void {
  if (into.section !== null && section !== null && section !== into.section) {
    const problem = `the same declaration names \`${into.section}\` already`;
    parser.report(cMessages["c-attribute-argument"]({ name: "section", problem }, placeOf(token)));
    return;
  }
  into.section = section;
}

/** A section in the attributes of a type: gcc warns, and the object stays where it is. */
export function warnSection(parser: Parser, { sectionToken }: Attributes): void {
  if (sectionToken === null) return;
  const args = { name: "section", place: "a type" };
  parser.report(cMessages["c-attribute-ignored"](args, placeOf(sectionToken)));
}

/** A section for what is no object. */
export function refuseSection(parser: Parser, { sectionToken }: Attributes, place: string): void {
  if (sectionToken === null) return;
  const args = { name: "section", problem: `${place} cannot have one` };
  parser.report(cMessages["c-attribute-argument"](args, placeOf(sectionToken)));
}

export function addAlignment(into: Attributes, bytes: number): void {
  into.aligned = { last: bytes, greatest: Math.max(bytes, into.aligned?.greatest ?? 1) };
}

function parseAlignment(parser: Parser, token: Token): number {
  parser.expect("(");
  const value = parseConstantInteger(parser, "the alignment");
  parser.expect(")");
  if (value === null) return 1;
  if (value === 0) {
    parser.report(
      cMessages["c-attribute-ignored"]({ name: "aligned(0)", place: "anything" }, placeOf(token)),
    );
    return 1;
  }
  if (
    typeof value !== "number" ||
    value < 1 ||
    value > largestAlignment ||
    !Number.isInteger(Math.log2(value))
  ) {
    const problem = `${value} is not a power of two from 1 to 2^28`;
    parser.report(cMessages["c-attribute-argument"]({ name: "aligned", problem }, placeOf(token)));
    return 1;
  }
  return value;
}

function parseSection(parser: Parser, token: Token): string | null {
  parser.expect("(");
  const literal = parseStringSequence(parser);
  parser.expect(")");
  if (literal === null) return null;
  const name = decodeText(Uint8Array.from(literal.slice(0, -1)));
  const problem = problemWithSection(name);
  if (problem === undefined) return name;
  parser.report(cMessages["c-attribute-argument"]({ name: "section", problem }, placeOf(token)));
  return null;
}

/** gcc hands the name to the assembler as it is, which stops at these or takes them for something else. */
function problemWithSection(name: string): string | undefined {
  if (name === "") return "empty name";
  const bad = /[\s,;#"'\\]|^:/.exec(name)?.[0];
  if (bad === undefined) return undefined;
  const shown = /\s/.test(bad) ? "white space" : `\`${bad}\``;
  return `the assembler takes no section name with ${shown} in it`;
}
