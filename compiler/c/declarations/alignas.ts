import { parseConstantInteger } from "../expressions/expression.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import { reportIncomplete } from "../parser/unknown.js";
import type { Token } from "../token.js";
import { alignOf, type CType, showType, sizeOf } from "../types/types.js";
import type { Attributes } from "./attributes.js";
import { addAlignment } from "./attributes.js";
import { atTypeName, parseTypeName } from "./declarations.js";

/** `_Alignas` (C17 6.7.5): what it is given, and where gcc takes it. */

/** The `_Alignas` of one declaration. */
export interface Alignas {
  readonly token: Token;
  /** The greatest that was asked for, in bytes; 0 where all of them were `_Alignas(0)`. */
  readonly bytes: number;
}

const largestAlignment = 2 ** 28;

/** Reads one `_Alignas(...)` and adds it to what the declaration asks for. */
export function parseAlignas(parser: Parser, attributes: Attributes): void {
  const token = parser.advance();
  parser.expect("(");
  const bytes = atTypeName(parser, parser.token) ? alignmentOfType(parser) : alignmentByNumber(parser, token);
  parser.expect(")");
  if (bytes > 0) addAlignment(attributes, bytes);
  attributes.alignas = { token, bytes: Math.max(bytes, attributes.alignas?.bytes ?? 0) };
}

function alignmentOfType(parser: Parser): number {
  const token = parser.token;
  const type = parseTypeName(parser);
  if (type.kind === "function" || type.kind === "void") {
    const problem = `\`${showType(type)}\` has no alignment`;
    parser.report(cMessages["c-attribute-argument"]({ name: "_Alignas", problem }, placeOf(token)));
    return 0;
  }
  if (sizeOf(type) === undefined) {
    reportIncomplete(parser, type, token);
    return 0;
  }
  return alignOf(type);
}

function alignmentByNumber(parser: Parser, token: Token): number {
  const value = parseConstantInteger(parser, "the alignment");
  const isPower =
    typeof value === "number" && value > 0 && value <= largestAlignment && Number.isInteger(Math.log2(value));
  if (isPower) return value;
  if (value !== null && value !== 0) {
    const problem = `${value} is not a power of two up to 2^28`;
    parser.report(cMessages["c-attribute-argument"]({ name: "_Alignas", problem }, placeOf(token)));
  }
  return 0;
}

/** `_Alignas` on what is neither an object nor a member of its own bytes. */
export function refuseAlignas(parser: Parser, { alignas }: Attributes, place: string): void {
  if (alignas === null) return;
  const problem = `${place} cannot have one`;
  parser.report(cMessages["c-attribute-argument"]({ name: "_Alignas", problem }, placeOf(alignas.token)));
}

/** Unlike `aligned`, which a packed member may use for less, it only ever asks for more than the type has. */
export function checkAlignas(parser: Parser, { alignas }: Attributes, type: CType): void {
  if (alignas === null || alignas.bytes === 0 || sizeOf(type) === undefined) return;
  const own = alignOf(type);
  if (alignas.bytes >= own) return;
  const problem = `${alignas.bytes} is less than the alignment ${own} of \`${showType(type)}\``;
  parser.report(cMessages["c-attribute-argument"]({ name: "_Alignas", problem }, placeOf(alignas.token)));
}
