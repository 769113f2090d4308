import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import { add, divide, type Integer, multiply, subtract, wrap } from "../types/constant.js";
import {
  asInteger,
  intType,
  invalidType,
  longType,
  type PointerType,
  showType,
  sizeOf,
  unsignedLongType,
} from "../types/types.js";
import {
  absoluteAddress,
  faultyOperand,
  integerOperand,
  invalidOperand,
  type Operand,
  pointerOperand,
} from "./operand.js";

/** Operators on pointers, and what all operators say of operands that do not suit them. */

export const comparisons: ReadonlySet<string> = new Set(["<", ">", "<=", ">=", "==", "!="]);

export function compare(operator: string, left: Integer, right: Integer): boolean {
  switch (operator) {
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    case ">=":
      return left >= right;
    case "==":
      return left === right;
    default:
      return left !== right;
  }
}

/** Pointer plus and minus integer, differences and comparisons: constant between places in one object. */
export function evaluatePointers(parser: Parser, token: Token, left: Operand, right: Operand): Operand {
  const operator = token.text;
  const leftPointer = left.type.kind === "pointer" ? left.type : null;
  const rightPointer = right.type.kind === "pointer" ? right.type : null;
  if (leftPointer !== null && rightPointer !== null) {
    if (operator !== "-" && !comparisons.has(operator)) {
      return operandsFault(parser, token, operator, left, right);
    }
    const type = operator === "-" ? longType : intType;
    const identity = compareIdentity(operator, left, right);
    if (identity !== null) return identity;
    if (left.address === null || right.address === null || left.address.base !== right.address.base) {
      return faultyOperand(type, left.fault ?? right.fault ?? addressesFault(token));
    }
    const [a, b] = [left.address.offset, right.address.offset];
    if (operator !== "-") return integerOperand(type, compare(operator, a, b) ? 1 : 0);
    return integerOperand(type, divide(subtract(a, b), targetSize(leftPointer)));
  }
  const pointer = leftPointer === null ? right : left;
  const other = leftPointer === null ? left : right;
  if (comparisons.has(operator) && asInteger(other.type) !== undefined) {
    const identity = other.value === 0 ? compareIdentity(operator, pointer, other) : null;
    if (identity !== null) return identity;
    if (pointer.value === null || other.value === null) {
      return faultyOperand(intType, pointer.fault ?? other.fault);
    }
    const offset = wrap(other.value, unsignedLongType);
    const [a, b] = leftPointer === null ? [offset, pointer.value] : [pointer.value, offset];
    return integerOperand(intType, compare(operator, a, b) ? 1 : 0);
  }
  const isSum = operator === "+" || (operator === "-" && leftPointer !== null);
  if (!isSum || asInteger(other.type) === undefined)
    return operandsFault(parser, token, operator, left, right);
  return offsetPointer(pointer, other, operator, token);
}

/** `==` and `!=` of an object's address with 0 or with another object's: never the same. Null where that is not asked. */
function compareIdentity(operator: string, left: Operand, right: Operand): Operand | null {
  if (operator !== "==" && operator !== "!=") return null;
  const [a, b] = [left.address?.base ?? left.value, right.address?.base ?? right.value];
  const isObject = (base: typeof a): boolean => typeof base === "object" && base !== null;
  const differ =
    (isObject(a) && b === 0) || (a === 0 && isObject(b)) || (isObject(a) && isObject(b) && a !== b);
  return differ ? integerOperand(intType, operator === "!=" ? 1 : 0) : null;
}

function addressesFault(token: Token): () => Diagnostic {
  return () => cMessages["c-address"]({ what: "the distance between two objects" }, placeOf(token));
}

/** The pointer moved by so many elements. */
export function offsetPointer(pointer: Operand, count: Operand, operator: string, token: Token): Operand {
  const type = pointer.type as PointerType;
  if (pointer.address === null || count.value === null) {
    return faultyOperand(type, pointer.fault ?? count.fault);
  }
  const distance = multiply(count.value, targetSize(type));
  const { base, offset } = pointer.address;
  const moved = operator === "-" ? subtract(offset, distance) : add(offset, distance);
  if (base === null) return pointerOperand(type, absoluteAddress(wrap(moved, unsignedLongType)), token);
  return pointerOperand(type, { base, offset: moved, readable: false, target: null }, token);
}

/** What a pointer steps over; gcc counts void and functions as one byte. */
function targetSize(type: PointerType): number {
  return Math.max(1, sizeOf(type.target) ?? 1);
}

export function operandsFault(
  parser: Parser,
  token: Token,
  operator: string,
  left: Operand,
  right: Operand | null,
): Operand {
  const args = {
    operator,
    left: showType(left.type),
    right: right === null ? null : showType(right.type),
  };
  parser.report(cMessages["c-operands"](args, placeOf(token)));
  return { ...invalidOperand, type: invalidType };
}
