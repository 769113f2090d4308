import {
  asValue,
  imageBehind,
  lvalueOperand,
  type Operand,
  placeIn,
  truthOf,
} from "../expressions/operand.js";
import { floatToInteger } from "../expressions/operators.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import { fits, type Integer, integerOfFloat, showInteger, wrap } from "../types/constant.js";
import { floatOfInteger } from "../types/round-float.js";
import {
  type ArrayType,
  areCompatible,
  arrayOf,
  asInteger,
  boolType,
  type CType,
  isScalar,
  type RecordType,
  showMemberType,
  showType,
  unsignedLongType,
} from "../types/types.js";
import type { Target } from "./frames.js";
import { largestObject, type ObjectImage } from "./image.js";
import { reportTooLarge } from "./limits.js";

/** Conversion of a value to the type of what it initialises, and its way into the bytes. */

/** Writes the value of `raw` to a target of scalar type, or reports why that cannot be. */
export function storeScalar(
  parser: Parser,
  image: ObjectImage,
  target: Target,
  raw: Operand,
  token: Token,
): void {
  const operand = literalValue(raw, token) ?? asValue(raw, token);
  const { type, offset, member } = target;
  if (operand.type.kind === "invalid" || type.kind === "invalid") return;
  const isText = raw.text !== null && raw.lvalue && type.kind !== "pointer";
  if (isText || !isScalar(operand.type) || !isScalar(type)) {
    reportWrong(parser, target, isText ? raw : operand, token);
    return;
  }
  if (operand.value === null && operand.float === null) {
    parser.report(operand.fault?.() ?? cMessages["c-not-constant"]({ what: "the value" }, placeOf(token)));
    return;
  }
  if (!operand.strict && operand.type.kind !== "pointer") image.readsObjects = true;
  const isPointer = type.kind === "pointer";
  if (isPointer !== (operand.type.kind === "pointer") && operand.value !== 0) {
    if (isPointer && operand.float !== null) {
      reportWrong(parser, target, operand, token);
      return;
    }
    const args = { from: showType(operand.type), to: showTarget(target) };
    if (parser.silenced === 0) parser.report(cMessages["c-pointer-conversion"](args, placeOf(token)));
  }
  if (type.kind === "float") {
    image.writeFloat(
      offset,
      type.size,
      operand.float ?? floatOfInteger(operand.value ?? 0, type.size),
      token,
    );
    return;
  }
  if (isPointer) {
    image.writeInteger(offset, 8, wrap(operand.value ?? 0, unsignedLongType), token);
    return;
  }
  const value = convert(parser, operand, target, token);
  if (value === null) return;
  if (member !== null && member.width > 0) image.writeBits(offset, member.bit, member.width, value, token);
  else image.writeInteger(offset, asInteger(type)?.size ?? 4, value, token);
}

/** A scalar compound literal, which is constant only where it stands alone. */
function literalValue({ image, lvalue, type }: Operand, token: Token): Operand | null {
  if (image === null || !lvalue || !isScalar(type)) return null;
  return asValue(lvalueOperand(type, placeIn(image, true)), token);
}

/**
 * The value in the range of an integer target. As gcc, silent while the bits that remain mean the value, read as
 * signed or as unsigned: -1 for all ones, 0xff for a `signed char`.
 */
function convert(parser: Parser, operand: Operand, target: Target, token: Token): Integer | null {
  const integer = asInteger(target.type);
  if (integer === undefined) return null;
  if (integer === boolType) return truthOf(operand) ? 1 : 0;
  const width = target.member?.width ?? 0;
  const bits = width > 0 ? width : integer.bits;
  const range = { bits, signed: integer.signed };
  let kept: Integer;
  let isLoss: boolean;
  if (operand.float !== null) {
    kept = floatToInteger(operand.float, { ...integer, bits });
    isLoss = !Number.isFinite(operand.float) || integerOfFloat(operand.float) !== kept;
  } else {
    const value = operand.value ?? 0;
    kept = wrap(value, range);
    isLoss = kept !== value && !fits(value, { bits, signed: !integer.signed });
  }
  if (isLoss && parser.silenced === 0) {
    const value = operand.float === null ? showInteger(operand.value ?? 0) : String(operand.float);
    const args = { value, kept: showInteger(kept), type: showTarget(target) };
    parser.report(cMessages["c-truncated"](args, placeOf(token)));
  }
  return kept;
}

export function showTarget(target: Target): string {
  return target.member === null ? showType(target.type) : showMemberType(target.member);
}

export function reportWrong(parser: Parser, target: Target, operand: Operand, token: Token): void {
  const value = operand.text === null ? `\`${showType(operand.type)}\`` : "a string literal";
  const help =
    target.type.kind === "array" || target.type.kind === "record" ? { help: "put the values in braces" } : {};
  const args = { type: showTarget(target), value };
  parser.report(cMessages["c-wrong-initializer"](args, placeOf(token), help));
}

/** A string literal into an array of characters; returns the array's type, with its length. */
export function storeString(
  parser: Parser,
  image: ObjectImage,
  target: Target,
  type: ArrayType,
  text: readonly number[],
  token: Token,
): ArrayType {
  if (target.growsFrom !== null) {
    image.cutTo(target.growsFrom);
    if (target.growsFrom + text.length > largestObject) {
      reportTooLarge(parser, showTarget(target), token);
      return type;
    }
    image.growTo(target.growsFrom + text.length);
  }
  const room = type.length ?? text.length;
  // the zero at the end may fall away: `char signature[6] = "JHSYST"`
  if (text.length - 1 > room && parser.silenced === 0) {
    parser.report(cMessages["c-string-too-long"]({ length: text.length - 1, room }, placeOf(token)));
  }
  image.writeText(target.offset, text, room, token);
  return type.length === null ? arrayOf(type.element, room) : type;
}

/** gcc copies a compound literal only if all in it is constant by itself. */
export function checkLiteral(parser: Parser, literal: ObjectImage, token: Token): void {
  if (!literal.readsObjects) return;
  parser.report(cMessages["c-not-constant"]({ what: "the compound literal" }, placeOf(token)));
}

/** A value that initialises the whole aggregate: one of exactly its type. */
export function fillsWhole(operand: Operand, type: ArrayType | RecordType): boolean {
  if (aggregateValue(operand) === null || !areCompatible(operand.type, type)) return false;
  return type.kind === "record" || (operand.type.kind === "array" && operand.type.length === type.length);
}

/**
 * The bytes of a compound literal, or of a constant struct: gcc copies both.
 *
 * `isObject`: it is a constant object as a whole, or an element of a constant array; a member's value gcc looks up.
 */
export function aggregateValue({
  image,
  lvalue,
  type,
  address,
}: Operand): { image: ObjectImage; offset: number; isObject: boolean } | null {
  if (!lvalue) return null;
  if (image !== null) return { image, offset: 0, isObject: false };
  if (type.kind !== "record" || address === null || typeof address.offset !== "number") return null;
  const behind = imageBehind(address);
  const isInside =
    behind !== null && address.offset >= 0 && address.offset + type.definition.size <= behind.size;
  if (!isInside) return null;
  const { base } = address;
  let object: CType | null = base !== null && "name" in base ? base.type : null;
  while (object?.kind === "array") object = object.element;
  return { image: behind, offset: address.offset, isObject: object !== null && areCompatible(object, type) };
}
