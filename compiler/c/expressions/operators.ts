import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import {
  add,
  bitAnd,
  bitOr,
  bitXor,
  divide,
  fits,
  type Integer,
  integerOfFloat,
  isZero,
  multiply,
  remainder,
  shiftLeft,
  shiftRight,
  showInteger,
  subtract,
  wrap,
} from "../types/constant.js";
import { floatOfInteger } from "../types/round-float.js";
import {
  areCompatible,
  asInteger,
  boolType,
  type CType,
  doubleType,
  type FloatType,
  type IntegerType,
  intType,
  isArithmetic,
  isScalar,
  showType,
  unsignedIntType,
  unsignedLongLongType,
  unsignedLongType,
} from "../types/types.js";
import {
  absoluteAddress,
  asValue,
  faultyOperand,
  floatOperand,
  integerOperand,
  invalidOperand,
  type Operand,
  pointerOperand,
  promote,
  truthOf,
} from "./operand.js";
import { compare, comparisons, evaluatePointers, operandsFault } from "./pointers.js";

/** C17 6.3.1.8: the type in which two integers meet. */
export function commonInteger(left: IntegerType, right: IntegerType): IntegerType {
  const a = promote(left);
  const b = promote(right);
  if (a === b) return a;
  if (a.signed === b.signed) return a.rank > b.rank ? a : b;
  const [signed, unsigned] = a.signed ? [a, b] : [b, a];
  if (unsigned.rank >= signed.rank) return unsigned;
  if (signed.bits > unsigned.bits) return signed;
  // signed has the higher rank but cannot hold all of unsigned: long long with unsigned long
  return signed.rank === intType.rank
    ? unsignedIntType
    : signed.rank === 4
      ? unsignedLongType
      : unsignedLongLongType;
}

function commonArithmetic(left: CType, right: CType): IntegerType | FloatType {
  if (left.kind === "float" || right.kind === "float") {
    const isDouble = [left, right].some((type) => type.kind === "float" && type.size === 8);
    const single = left.kind === "float" ? left : (right as FloatType);
    return isDouble ? doubleType : single;
  }
  return commonInteger(asInteger(left) ?? intType, asInteger(right) ?? intType);
}

/** The operand as a value of the arithmetic type, without any word about lost bits. */
function asArithmetic(operand: Operand, type: IntegerType | FloatType): Operand {
  if (operand.type === type) return operand;
  if (type.kind === "float") {
    const float = operand.float ?? (operand.value === null ? null : floatOfInteger(operand.value, type.size));
    return float === null ? faultyOperand(type, operand.fault) : floatOperand(type, float);
  }
  if (operand.value === null) return faultyOperand(type, operand.fault);
  return { ...operand, type, value: wrap(operand.value, type), width: 0, alignment: 0, lvalue: false };
}

/**
 * The floating value as an integer; gcc takes the nearest end of the range where it lies outside, and 0 for NaN.
 */
export function floatToInteger(value: number, type: IntegerType): Integer {
  if (Number.isNaN(value)) return 0;
  const top = 2 ** (type.signed ? type.bits - 1 : type.bits);
  const bottom = type.signed ? -top : 0;
  if (value >= top) return subtract(integerOfFloat(top), 1);
  if (value < bottom) return integerOfFloat(bottom);
  return integerOfFloat(value);
}

/** A cast. `operand` is a value already. */
export function castTo(parser: Parser, operand: Operand, type: CType, token: Token): Operand {
  if (operand.type.kind === "invalid" || type.kind === "invalid") return invalidOperand;
  if (type.kind === "void") {
    return faultyOperand(type, () =>
      cMessages["c-not-constant"]({ what: "a `void` expression" }, placeOf(token)),
    );
  }
  if (
    !isScalar(type) ||
    !isScalar(operand.type) ||
    (type.kind === "float" && operand.type.kind === "pointer")
  ) {
    return operandsFault(parser, token, `(${showType(type)})`, operand, null);
  }
  if (type.kind === "float") return asArithmetic(operand, type);
  if (type.kind === "pointer") {
    if (operand.type.kind === "pointer") return { ...operand, type };
    if (operand.value === null) return faultyOperand(type, operand.fault);
    return pointerOperand(type, absoluteAddress(wrap(operand.value, unsignedLongType)), token);
  }
  const integer = asInteger(type);
  if (integer === undefined) return invalidOperand;
  if (integer === boolType) {
    const truth = truthOf(operand);
    return truth === null
      ? faultyOperand(type, operand.fault)
      : integerOperand(type, truth ? 1 : 0, operand.strict);
  }
  if (operand.float !== null) {
    return integerOperand(type, floatToInteger(operand.float, integer), operand.strict);
  }
  if (operand.value === null) {
    return { ...faultyOperand(type, operand.fault), isTextStart: operand.isTextStart };
  }
  return integerOperand(type, wrap(operand.value, integer), operand.strict);
}

/** `+ - ~ !` on a value. */
export function evaluateUnary(parser: Parser, token: Token, raw: Operand): Operand {
  const operand = asValue(raw, token);
  if (operand.type.kind === "invalid") return invalidOperand;
  const operator = token.text;
  if (operator === "!") {
    if (!isScalar(operand.type)) return operandsFault(parser, token, operator, operand, null);
    const truth = truthOf(operand);
    return truth === null
      ? faultyOperand(intType, operand.fault)
      : integerOperand(intType, truth ? 0 : 1, operand.strict);
  }
  if (operand.type.kind === "float" && operator !== "~") {
    if (operand.float === null) return faultyOperand(operand.type, operand.fault);
    if (operator === "-" && Number.isNaN(operand.float)) {
      const what = "the negative of something that is not a number";
      parser.report(cMessages["c-unsupported"]({ what }, placeOf(token)));
    }
    return floatOperand(operand.type, operator === "-" ? -operand.float : operand.float);
  }
  const integer = asInteger(operand.type);
  if (integer === undefined) return operandsFault(parser, token, operator, operand, null);
  const type = promote(integer);
  if (operand.value === null) return faultyOperand(type, operand.fault);
  const value = operand.value;
  if (operator === "~") return integerOperand(type, wrap(subtract(-1, value), type), operand.strict);
  if (operator === "-")
    return integerOperand(type, wrapLoudly(parser, subtract(0, value), type, token), operand.strict);
  return integerOperand(type, value, operand.strict);
}

/** Any operator with two evaluated operands. */
export function evaluateBinary(parser: Parser, token: Token, rawLeft: Operand, rawRight: Operand): Operand {
  const left = asValue(rawLeft, token);
  const right = asValue(rawRight, token);
  if (left.type.kind === "invalid" || right.type.kind === "invalid") return invalidOperand;
  const operator = token.text;
  if (left.type.kind === "pointer" || right.type.kind === "pointer") {
    return evaluatePointers(parser, token, left, right);
  }
  if (!isArithmetic(left.type) || !isArithmetic(right.type)) {
    return operandsFault(parser, token, operator, left, right);
  }
  if (operator === "<<" || operator === ">>") return evaluateShift(parser, token, left, right);
  const common = commonArithmetic(left.type, right.type);
  const isComparison = comparisons.has(operator);
  const a = asArithmetic(left, common);
  const b = asArithmetic(right, common);
  if (common.kind === "float") {
    return evaluateFloats(parser, token, common, a, b);
  }
  if (a.value === null || b.value === null) {
    return faultyOperand(isComparison ? intType : common, a.fault ?? b.fault);
  }
  const strict = a.strict && b.strict;
  if (isComparison) return integerOperand(intType, compare(operator, a.value, b.value) ? 1 : 0, strict);
  if ((operator === "/" || operator === "%") && isZero(b.value)) {
    return faultyOperand(common, divisionFault(token));
  }
  const exact = arithmetic[operator]!(a.value, b.value);
  // gcc speaks of overflow in the remainder as well: the quotient that goes with it does not fit
  if (operator === "%") wrapLoudly(parser, divide(a.value, b.value), common, token);
  return integerOperand(common, wrapLoudly(parser, exact, common, token), strict);
}

const arithmetic: Readonly<Record<string, (left: Integer, right: Integer) => Integer>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "%": remainder,
  "&": bitAnd,
  "|": bitOr,
  "^": bitXor,
};

function divisionFault(token: Token): () => Diagnostic {
  return () => cMessages["c-division-by-zero"]({ operator: token.text }, placeOf(token));
}

/** Wraps, and says so where the type is signed: what is left then is no result that C would promise. */
function wrapLoudly(parser: Parser, exact: Integer, type: IntegerType, token: Token): Integer {
  const kept = wrap(exact, type);
  if (kept !== exact && type.signed && parser.silenced === 0) {
    const args = { type: type.name, exact: showInteger(exact), kept: showInteger(kept) };
    parser.report(cMessages["c-integer-overflow"](args, placeOf(token)));
  }
  return kept;
}

/**
 * gcc 12 takes the count as a signed number of the left operand's width, folds a shift by the width or more to what an
 * unlimited shift would leave (0, or -1 to the right of a negative value), and refuses a negative count.
 */
function evaluateShift(parser: Parser, token: Token, left: Operand, right: Operand): Operand {
  const leftInteger = asInteger(left.type);
  if (leftInteger === undefined || asInteger(right.type) === undefined) {
    return operandsFault(parser, token, token.text, left, right);
  }
  const type = promote(leftInteger);
  if (left.value === null || right.value === null) return faultyOperand(type, left.fault ?? right.fault);
  const { value } = left;
  const strict = left.strict && right.strict;
  const count = Number(wrap(right.value, { bits: type.bits, signed: true }));
  if (count < 0 || right.value < 0) {
    return faultyOperand(type, () =>
      cMessages["c-shift-count"]({ count: showInteger(right.value ?? count) }, placeOf(token)),
    );
  }
  const isRight = token.text === ">>";
  const isTooFar = count >= type.bits;
  const exact = isTooFar ? (isRight && value < 0 ? -1 : 0) : (isRight ? shiftRight : shiftLeft)(value, count);
  const kept = wrap(exact, type);
  if (parser.silenced > 0) return integerOperand(type, kept, strict);
  if (right.value >= type.bits) {
    const args = { type: type.name, count: showInteger(right.value), result: showInteger(kept), isRight };
    parser.report(cMessages["c-shift-too-far"](args, placeOf(token)));
  } else if (type.signed && !fits(exact, type) && !fits(exact, { bits: type.bits, signed: false })) {
    // a bit in the sign position is common and meant (`1 << 31`), so only what goes further is told
    const args = { type: type.name, exact: showInteger(exact), kept: showInteger(kept) };
    parser.report(cMessages["c-integer-overflow"](args, placeOf(token)));
  }
  return integerOperand(type, kept, strict);
}

function evaluateFloats(
  parser: Parser,
  token: Token,
  type: FloatType,
  left: Operand,
  right: Operand,
): Operand {
  const operator = token.text;
  const isComparison = comparisons.has(operator);
  if (!isComparison && !["+", "-", "*", "/"].includes(operator)) {
    return operandsFault(parser, token, operator, left, right);
  }
  if (left.float === null || right.float === null) {
    return faultyOperand(isComparison ? intType : type, left.fault ?? right.fault);
  }
  const a = left.float;
  const b = right.float;
  switch (operator) {
    case "+":
      return floatOperand(type, a + b);
    case "-":
      return floatOperand(type, a - b);
    case "*":
      return floatOperand(type, a * b);
    case "/":
      return floatOperand(type, a / b);
    case "<":
      return integerOperand(intType, a < b ? 1 : 0);
    case ">":
      return integerOperand(intType, a > b ? 1 : 0);
    case "<=":
      return integerOperand(intType, a <= b ? 1 : 0);
    case ">=":
      return integerOperand(intType, a >= b ? 1 : 0);
    case "==":
      return integerOperand(intType, a === b ? 1 : 0);
    default:
      return integerOperand(intType, a !== b ? 1 : 0);
  }
}

/** `condition ? yes : no`, all three evaluated; the branch not taken may be faulty. */
export function evaluateConditional(
  parser: Parser,
  token: Token,
  condition: Operand,
  rawYes: Operand,
  rawNo: Operand,
): Operand {
  const truth = truthOf(condition);
  const yes = asValue(rawYes, token);
  const no = asValue(rawNo, token);
  if ([condition, yes, no].some((operand) => operand.type.kind === "invalid")) return invalidOperand;
  const type = conditionalType(yes, no);
  if (type === null) return operandsFault(parser, token, "? :", yes, no);
  if (truth === null) return faultyOperand(type, condition.fault);
  const taken = truth ? yes : no;
  if (type.kind === "integer" || type.kind === "float") {
    const result = asArithmetic(taken, type);
    return { ...result, strict: result.strict && condition.strict };
  }
  if (type.kind === "pointer" && taken.type.kind !== "pointer") return castTo(parser, taken, type, token);
  return { ...taken, type };
}

function conditionalType(yes: Operand, no: Operand): CType | null {
  if (isArithmetic(yes.type) && isArithmetic(no.type)) return commonArithmetic(yes.type, no.type);
  if (yes.type.kind === "pointer" && no.type.kind === "pointer") {
    if (isNullConstant(yes)) return no.type;
    if (isNullConstant(no)) return yes.type;
    return yes.type.target.kind === "void" ? yes.type : no.type.target.kind === "void" ? no.type : yes.type;
  }
  if (yes.type.kind === "pointer" && asInteger(no.type) !== undefined) return yes.type;
  if (no.type.kind === "pointer" && asInteger(yes.type) !== undefined) return no.type;
  if (yes.type.kind === "void" || no.type.kind === "void") return { kind: "void" };
  return areCompatible(yes.type, no.type) ? yes.type : null;
}

function isNullConstant(operand: Operand): boolean {
  return operand.value === 0 && operand.type.kind === "pointer" && operand.type.target.kind === "void";
}
