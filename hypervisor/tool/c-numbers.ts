const greatest = 2n ** 63n - 1n;

/**
 * A number as `strtoll` with base 0 reads it: decimal, octal after 0, hexadecimal after 0x, white space and a sign before it.
 * An empty text is 0.
 *
 * @returns null where something follows the number, or it does not fit into 64 bits
 */
export function wholeNumber(text: string): bigint | null {
  if (text === "") return 0n;
  const match = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.exec(text);
  if (match === null) return null;
  const [, sign, digits] = match as unknown as [string, string, string];
  const isOctal = /^0[0-7]/.test(digits);
  const size = BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  const value = sign === "-" ? -size : size;
  return value > greatest || value < -greatest - 1n ? null : value;
}
