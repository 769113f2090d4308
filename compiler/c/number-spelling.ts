/** Numbers of C in the manner of those that they take the place of. */

const literal = /^(0[xX][0-9a-fA-F]+|[0-9]+)([uUlL]*)$/;

/** Undefined for what is more than a number, and for octal ones. */
export function plainNumber(text: string): bigint | undefined {
  const digits = literal.exec(text.trim())?.[1];
  return digits === undefined || /^0[0-9]/.test(digits) ? undefined : BigInt(digits);
}

/**
 * @param like a number; undefined is returned for an expression that is more than that: its spelling says something
 * @param isAddress a decimal number is then no reason to write a large one so
 */
export function integerLike(like: string, value: bigint, isAddress: boolean): string | undefined {
  const [, digits = "", suffix = ""] = literal.exec(like.trim()) ?? [];
  if (digits === "") return undefined;
  const isHex = /^0[xX]/.test(digits) || (digits === "0" && isAddress && value > 9n);
  if (!isHex) return `${value}${suffix}`;
  const plain = value.toString(16);
  const upper = /[A-F]/.test(digits.slice(2)) ? plain.toUpperCase() : plain;
  const width = digits.startsWith("0x0") || digits.startsWith("0X0") ? digits.length - 2 : 0;
  return `${digits.slice(0, 2).toLowerCase() === "0x" ? digits.slice(0, 2) : "0x"}${upper.padStart(width, "0")}${suffix}`;
}
