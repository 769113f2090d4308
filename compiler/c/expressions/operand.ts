import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ObjectImage } from "../initializers/image.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { ObjectSymbol } from "../parser/names.js";
import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import type { Integer } from "../types/constant.js";
import {
  asInteger,
  type CType,
  type FloatType,
  fieldTypeOf,
  type IntegerType,
  intType,
  invalidType,
  isScalar,
  pointerTo,
  type Qualifiers,
  sizeOf,
  unqualified,
  unsignedIntType,
  unsignedLongType,
} from "../types/types.js";

/** A place in memory: relative to an object or a literal, or absolute as in `&((struct s *)0)->m`. */
export interface Address {
  /** Null: absolute. */
  readonly base: ObjectSymbol | ObjectImage | null;
  readonly offset: Integer;
  /**
   * Of an lvalue: gcc would take a constant object's value from there. It does not where the place was reached
   * through pointer arithmetic.
   */
  readonly readable: boolean;
  /** Of a pointer made by `&`: the type of what it points to. */
  readonly target: CType | null;
}

/** A place given by its number. */
export function absoluteAddress(offset: Integer): Address {
  return { base: null, offset, readable: false, target: null };
}

/** A place in an object or a literal. */
export function placeIn(base: ObjectSymbol | ObjectImage, readable: boolean): Address {
  return { base, offset: 0, readable, target: null };
}

/**
 * What is known of an expression. Its type is always known; its value only if it is constant, and `fault` says why
 * not. Whether that is a mistake depends on where it stands: `sizeof(x + 1)` needs no value of `x`.
 */
export interface Operand {
  readonly type: CType;
  /** Of an integer, an enum, or an absolute pointer. */
  readonly value: Integer | null;
  /** Of a floating type. */
  readonly float: number | null;
  /** An integer constant expression: good for array lengths. A constant object's value is none. */
  readonly strict: boolean;
  readonly fault: (() => Diagnostic) | null;
  /** Of an lvalue where it lies, of a pointer where it points. */
  readonly address: Address | null;
  readonly lvalue: boolean;
  /** The bytes of a string literal with the zero at its end. */
  readonly text: readonly number[] | null;
  /** The value of a compound literal. */
  readonly image: ObjectImage | null;
  /** Of a bit-field: lowest bit and width; width 0: no bit-field. */
  readonly bit: number;
  readonly width: number;
  /** Alignment of the member or object that is named; 0: that of the type. */
  readonly alignment: number;
  /** Of an lvalue: its qualifiers, which `typeof` keeps. */
  readonly qualifiers: Qualifiers;
  /** The address of a string literal's first byte, which `__builtin_constant_p` takes for a constant. */
  readonly isTextStart: boolean;
}

const blank: Operand = {
  type: invalidType,
  value: null,
  float: null,
  strict: false,
  fault: null,
  address: null,
  lvalue: false,
  text: null,
  image: null,
  bit: 0,
  width: 0,
  alignment: 0,
  qualifiers: unqualified,
  isTextStart: false,
};

/** The value of something that was reported. */
export const invalidOperand: Operand = blank;

export function integerOperand(type: CType, value: Integer, strict = true): Operand {
  return { ...blank, type, value, strict };
}

export function floatOperand(type: FloatType, float: number): Operand {
  return { ...blank, type, float: type.size === 4 ? Math.fround(float) : float, strict: true };
}

export function faultyOperand(type: CType, fault: (() => Diagnostic) | null): Operand {
  return { ...blank, type, fault };
}

/** An expression that has a type but is never constant. */
export function variableOperand(type: CType, token: Token, what: string): Operand {
  return faultyOperand(type, () => cMessages["c-not-constant"]({ what }, placeOf(token)));
}

/** What changes an object: never a constant, and an error even in a value that is dropped if there is no object. */
export function changeOperand(parser: Parser, changed: Operand, token: Token, what: string): Operand {
  const isObject = changed.lvalue && changed.type.kind !== "array" && !changed.qualifiers.constant;
  // only `=` takes a struct as a whole
  const isFit = isObject && (token.text === "=" || isScalar(changed.type));
  if (isFit || changed.type.kind === "invalid") return variableOperand(changed.type, token, what);
  parser.report(cMessages["c-not-constant"]({ what }, placeOf(token)));
  return invalidOperand;
}

export function lvalueOperand(
  type: CType,
  address: Address | null,
  details: Partial<
    Pick<Operand, "text" | "image" | "bit" | "width" | "alignment" | "fault" | "qualifiers">
  > = {},
): Operand {
  return { ...blank, type, address, lvalue: true, ...details };
}

export function pointerOperand(type: CType, address: Address | null, token: Token): Operand {
  if (address === null) return variableOperand(type, token, "the pointer");
  if (address.base === null) return { ...blank, type, value: address.offset, address, strict: true };
  const isTextStart = "isText" in address.base && address.base.isText && address.offset === 0;
  return { ...blank, type, address, isTextStart, fault: () => addressFault(address, token) };
}

function addressFault(address: Address, token: Token): Diagnostic {
  const { base } = address;
  const what =
    base !== null && "name" in base ? `the address of \`${base.name}\`` : "the address of a literal";
  return cMessages["c-address"]({ what }, placeOf(token));
}

/** The image behind an address, if gcc would read through it: that of a constant object or a literal. */
export function imageBehind(address: Address): ObjectImage | null {
  const { base } = address;
  if (base === null || !address.readable) return null;
  return "name" in base ? base.image : base;
}

/**
 * The expression as a value: arrays and functions become pointers, objects are read where they are constant, and
 * bit-fields are promoted.
 */
export function asValue(operand: Operand, token: Token): Operand {
  const { type } = operand;
  if (type.kind === "function") {
    return faultyOperand(pointerTo(type), () =>
      cMessages["c-address"]({ what: "the address of a function" }, placeOf(token)),
    );
  }
  if (!operand.lvalue) return operand;
  if (type.kind === "array") {
    const start = operand.address === null ? null : { ...operand.address, readable: false };
    return pointerOperand(pointerTo(type.element, operand.qualifiers), start, token);
  }
  const read = readObject(operand);
  if (read !== null) return read;
  const valueType = operand.width === 0 ? type : promotedBitField(type, operand.width);
  const base = operand.address?.base;
  const what =
    base !== null && base !== undefined && "name" in base
      ? `the value of \`${base.name}\``
      : "the value of an object";
  return operand.fault === null
    ? { ...variableOperand(valueType, token, what), image: operand.image }
    : faultyOperand(valueType, operand.fault);
}

function readObject(operand: Operand): Operand | null {
  const { type, address } = operand;
  if (address === null || typeof address.offset !== "number" || address.offset < 0) return null;
  const image = imageBehind(address);
  if (image === null) return null;
  const integer = asInteger(type);
  const size = sizeOf(type) ?? 0;
  if (size === 0 || !isScalar(type)) return null;
  // gcc finds no value where the initialiser gave none, though the bytes are zero
  if (image.provenance.at(address.offset, operand.bit) === undefined) return null;
  if (operand.width > 0 && integer !== undefined) {
    const last = address.offset + Math.ceil((operand.bit + operand.width) / 8);
    if (last > image.size) return null;
    const bits = image.readBits(address.offset, operand.bit, operand.width);
    const value = integer.signed ? BigInt.asIntN(operand.width, bits) : bits;
    const small = Number(value);
    return integerOperand(
      promotedBitField(type, operand.width),
      Number.isSafeInteger(small) ? small : value,
      false,
    );
  }
  if (address.offset + size > image.size) return null;
  if (type.kind === "float") {
    return { ...floatOperand(type, image.readFloat(address.offset, size)), strict: false };
  }
  const value = image.readInteger(address.offset, size, integer ?? unsignedLongType);
  if (type.kind === "pointer") return { ...blank, type, value, address: absoluteAddress(value) };
  return integerOperand(type, value, false);
}

/** A bit-field that `int` can hold becomes one. */
function promotedBitField(type: CType, width: number): CType {
  const integer = asInteger(type);
  if (integer === undefined || integer.rank > intType.rank) {
    if (width < 32) return intType;
    if (width === 32 && integer !== undefined) return integer.signed ? intType : unsignedIntType;
    return integer === undefined || width >= integer.bits ? type : fieldTypeOf(integer, width);
  }
  return width < 32 || integer.signed ? intType : unsignedIntType;
}

/** C17 6.3.1.1: what is narrower than `int` becomes `int`. */
export function promote(type: IntegerType): IntegerType {
  return type.rank < intType.rank ? intType : type;
}

/** Whether a condition on the value holds; null if it is not known. */
export function truthOf(operand: Operand): boolean | null {
  if (operand.value !== null) return operand.value !== 0;
  if (operand.float !== null) return operand.float !== 0;
  // no object lies at the address 0
  if (operand.type.kind === "pointer" && operand.address !== null) return true;
  return null;
}
