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
 * Makes an expression that is worth `before` worth `after`. Names in it stay, where a number is added to them or taken
 * from them; undefined where that is not so.
 */
export function expressionEdit(
  expression: Expression,
  before: bigint,
  after: bigint,
  text: string,
): TextEdit | undefined {
  const { start, end } = expression;
  const spelled = text.slice(start, end);
  if (!/[A-Za-z_]/.test(withoutNumbers(spelled)))
    return { start, end, newText: numberLike(soleNumber(expression, spelled), after) };
  if (expression.kind !== "binary" || expression.right.kind !== "number") return undefined;
  const { operator, left, right } = expression;
  if (operator !== "+" && operator !== "-") return undefined;
  const summand = (operator === "+" ? right.value : -right.value) + after - before;
  if (summand === 0n) return { start, end, newText: text.slice(left.start, left.end) };
  const sign = summand < 0n ? "-" : "+";
  const number = numberLike(text.slice(right.start, right.end), summand < 0n ? -summand : summand);
  return { start: left.end, end, newText: ` ${sign} ${number}` };
}

/** The number itself; of a calculation, what asks for hexadecimal. */
function soleNumber({ kind }: Expression, spelled: string): string {
  return kind === "number" ? spelled.replace(/^\((.*)\)$/, "$1") : "0x0";
}

function withoutNumbers(text: string): string {
  return text.replace(/\b[0-9][0-9a-fA-Fxb_]*[KMGT]?\b/g, "");
}
