import type { BinaryOperator } from "../syntax/ast.js";
import { kindText } from "./kinds.js";
import type { Value } from "./scope.js";

const least = -(1n << 63n);
const most = (1n << 64n) - 1n;

/** The result, or why there is none, as the end of "1 / 0 ...". */
export function applyArithmetic(
  operator: Exclude<BinaryOperator, "&&" | "||" | "==" | "!=">,
  left: bigint,
  right: bigint,
): bigint | boolean | string {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "+":
      return held(left + right);
    case "-":
      return held(left - right);
    case "*":
      return held(left * right);
    case "/":
      return right === 0n ? "divides by zero" : held(left / right);
    case "%":
      return right === 0n ? "divides by zero" : held(left % right);
    case "<<":
      return right < 0n || right > 63n ? "shifts by more than 63 bits" : held(left << right);
    case ">>":
      return right < 0n || right > 63n ? "shifts by more than 63 bits" : left >> right;
    case "&":
      return bits(left, right, left & right);
    case "|":
      return bits(left, right, left | right);
    case "^":
      return bits(left, right, left ^ right);
  }
}

function held(value: bigint): bigint | string {
  return value < least || value > most ? "does not fit into 64 bits" : value;
}

function bits(left: bigint, right: bigint, result: bigint): bigint | string {
  return left < 0n || right < 0n ? "takes the bits of a negative number" : result;
}

/** A value, for messages. */
export function describeValue(value: Value): string {
  if (typeof value === "bigint") return `the number ${shownNumber(value)}`;
  if (typeof value === "boolean") return `\`${value}\``;
  if (typeof value === "string") return `the text ${JSON.stringify(value)}`;
  if (value.kind === "address") return "a PCI address";
  return `\`${value.name}\`, ${kindText(value)}`;
}

/** Beyond this, digits in groups of four are easier to read than decimal ones. */
const mostDecimal = 9_999_999n;

/** A number for messages: as people write numbers of this size, or in the base that the source uses. */
export function shownNumber(value: bigint, isHexadecimal = false): string {
  const size = value < 0n ? -value : value;
  return isHexadecimal || size > mostDecimal ? hexadecimal(value) : String(value);
}

export function hexadecimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString(16);
  const grouped = digits.replace(/(?<=\w)(?=(?:\w{4})+$)/g, "_");
  return `${value < 0n ? "-" : ""}0x${grouped}`;
}
