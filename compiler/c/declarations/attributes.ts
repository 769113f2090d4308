import { decodeText } from "../../../schema/text.js";
import { parseConstantInteger } from "../expressions/expression.js";
import { parseStringSequence } from "../expressions/literal-operand.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import { type Token, TokenKind } from "../token.js";

/** What the attributes of one entity ask for, as far as it can change bytes. */
export interface Attributes {
  packed: Token | null;
  /** In bytes. Of several the last counts for a type, the greatest for an object or a member. */
  aligned: { readonly last: number; readonly greatest: number } | null;
  section: string | null;
  sectionToken: Token | null;
  used: boolean;
  /** On an `extern inline` function: it is never compiled on its own. */
  gnuInline: boolean;
}

export function noAttributes(): Attributes {
  return { packed: null, aligned: null, section: null, sectionToken: null, used: false, gnuInline: false };
}

/** Attributes with which gcc lays out or places data in ways cellc does not follow. */
const refused: ReadonlySet<string> = new Set([
  "scalar_storage_order",
  "mode",
  "vector_size",
  "transparent_union",
  "ms_struct",
  "noinit",
  "persistent",
  "copy",
  "alias",
  "ifunc",
  "weakref",
  "common",
  "constructor",
  "destructor",
  "tls_model",
  "target",
]);

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

function parseAttribute(parser: Parser, into: Attributes): void {
  const token = parser.token;
  if (token.kind !== TokenKind.identifier) parser.failExpected("the name of an attribute");
  parser.advance();
  const name = token.text.replace(/^__(.+)__$/, "$1");
  switch (name) {
    case "packed":
      into.packed = token;
      break;
    case "aligned":
      addAlignment(into, parser.at("(") ? parseAlignment(parser, token) : defaultAlignment);
      break;
    case "section":
      into.section = parseSection(parser, token);
      into.sectionToken = token;
      break;
    case "used":
      into.used = true;
      break;
    case "gnu_inline":
      into.gnuInline = true;
      break;
    default:
      if (refused.has(name)) parser.report(cMessages["c-attribute-refused"]({ name }, placeOf(token)));
      if (parser.at("(")) parser.skipBalanced();
  }
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
  if (name === "") {
    parser.report(
      cMessages["c-attribute-argument"]({ name: "section", problem: "empty name" }, placeOf(token)),
    );
    return null;
  }
  return name;
}
