import type { BinaryOperator } from "../syntax/ast.js";
import type { Value } from "./scope.js";

const least = -(1n << 63n);
const most = (1n << 64n) - 1n;

/** The result, or why there is none, as the end of "this ...". */
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
  if (typeof value === "bigint") return `the number ${hexadecimal(value)}`;
  if (typeof value === "boolean") return `\`${value}\``;
  if (typeof value === "string") return `the text ${JSON.stringify(value)}`;
  if (value.kind === "address") return "a PCI address";
  return `\`${value.name}\``;
}

export function hexadecimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString(16);
  return `${value < 0n ? "-" : ""}0x${digits}`;
}
