/** Numbers of the language in the manner of those that they take the place of. */

import { hex, size } from "../../decompile/to-dsl/text.js";
import type { TextEdit } from "../../support/text-edit.js";
import type { Expression } from "../syntax/ast.js";

/** @param like how the number before it was written */
export function numberLike(like: string, value: bigint): string {
  if (/[KMGT]$/.test(like)) return isShort(value) ? size(value) : hex(value);
  if (/^0b/.test(like)) return `0b${value.toString(2)}`;
  if (/^0x/.test(like)) {
    const isPlain = !like.includes("_") && like.length > 6;
    return isPlain ? `0x${value.toString(16)}` : hex(value);
  }
  return value < 100_000n ? value.toString() : hex(value);
}

/** A few units: `2052K` would be no better to read than the digits. */
function isShort(value: bigint): boolean {
  return value % 1024n === 0n && (value < 2048n * 1024n || value % (1024n * 1024n) === 0n);
}

/**
 * Makes an expression that is worth `before` worth `after`: a number, or the number that a sum ends with. What else stands
 * in it says something, and stays; undefined where that is not possible.
 */
export function expressionEdit(
  expression: Expression,
  before: bigint,
  after: bigint,
  text: string,
): TextEdit | undefined {
  const { start, end } = expression;
  if (expression.kind === "number") {
    const digits = text.slice(start, end).replace(/^\((.*)\)$/, "$1");
    return { start, end, newText: numberLike(digits, after) };
  }
  if (expression.kind !== "binary" || expression.right.kind !== "number") return undefined;
  const { operator, left, right } = expression;
  if (operator !== "+" && operator !== "-") return undefined;
  const summand = (operator === "+" ? right.value : -right.value) + after - before;
  if (summand === 0n) return { start, end, newText: text.slice(left.start, left.end) };
  const sign = summand < 0n ? "-" : "+";
  const number = numberLike(text.slice(right.start, right.end), summand < 0n ? -summand : summand);
  return { start: left.end, end, newText: ` ${sign} ${number}` };
}
