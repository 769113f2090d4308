import { encodeText } from "../../schema/text.js";

/**
 * The values of C's literals, as gcc 12 reads them with `-std=gnu17`. Where gcc only warns and goes on with a
 * changed value (truncation, an unknown escape), so do these: the result then carries a `warning`.
 */

export interface IntegerLiteral {
  /** 0 .. 2^64-1; the type is found from value, suffix and base. */
  readonly value: bigint;
  /** It has a `u` suffix. */
  readonly unsigned: boolean;
  /** How many `l` its suffix has. */
  readonly long: 0 | 1 | 2;
  readonly base: 2 | 8 | 10 | 16;
  readonly warning?: string;
}

export interface CharacterLiteral {
  /** The value of the `int`: a single byte is sign-extended, `'ab'` is `'a' * 256 + 'b'`. */
  readonly value: bigint;
  readonly warning?: string;
}

export interface StringLiteral {
  /** Without the terminating zero. */
  readonly bytes: number[];
  readonly warning?: string;
}

export interface LiteralError {
  readonly error: string;
}

const smallDecimal = /^(?:0|[1-9][0-9]{0,14})$/;

/** The value of a preprocessing number as an integer constant; floating constants are an error. */
export function parseInteger(text: string): IntegerLiteral | LiteralError {
  if (smallDecimal.test(text)) {
    return { value: BigInt(text), unsigned: false, long: 0, base: text === "0" ? 8 : 10 };
  }
  const base = baseOf(text);
  const start = base === 16 || base === 2 ? 2 : 0;
  let end = start;
  while (end < text.length && isDigitOf(text.charCodeAt(end), base === 16 ? 16 : 10)) end++;

  const rest = text.slice(end);
  if (isFloating(rest, base)) return { error: `"${clip(text)}" is a floating constant, not an integer` };
  const digits = text.slice(start, end);
  if (base === 8 || base === 2) {
    const bad = [...digits].find((digit) => digit >= (base === 8 ? "8" : "2"));
    if (bad !== undefined) {
      return {
        error: `invalid digit "${bad}" in ${base === 8 ? "octal" : "binary"} constant "${clip(text)}"`,
      };
    }
  }
  const suffix = /^(?:(u)?(l|ll|L|LL)?|(l|ll|L|LL)(u))$/i.exec(rest);
  const longs = suffix?.[2] ?? suffix?.[3] ?? "";
  if (suffix === null || longs === "lL" || longs === "Ll") {
    return { error: `invalid suffix "${clip(rest)}" on integer constant "${clip(text)}"` };
  }
  const { value, truncated } = digitsToValue(digits, base);
  return {
    value,
    unsigned: (suffix[1] ?? suffix[4]) !== undefined,
    long: longs.length as 0 | 1 | 2,
    base,
    ...(truncated
      ? {
          warning: `integer constant "${clip(text)}" does not fit in 64 bits; ${showKept(value, base)} remains of it`,
        }
      : {}),
  };
}

/** What is left of a constant that is too long, in its own base where that is readable. */
function showKept(value: bigint, base: 2 | 8 | 10 | 16): string {
  return base === 10 ? value.toString() : `0x${value.toString(16)}`;
}

function baseOf(text: string): 2 | 8 | 10 | 16 {
  if (text.charCodeAt(0) !== 0x30) return 10;
  const second = text.charCodeAt(1) | 0x20;
  const third = text.charCodeAt(2);
  // "0x" without a digit behind it is the number 0 with the suffix "x"
  if (second === 0x78 && isDigitOf(third, 16)) return 16;
  if (second === 0x62 && (third === 0x30 || third === 0x31)) return 2;
  return 8;
}

function isFloating(rest: string, base: number): boolean {
  const first = rest[0];
  if (first === ".") return true;
  if (base === 16) return first === "p" || first === "P";
  return base !== 2 && (first === "e" || first === "E");
}

function isDigitOf(code: number, base: 10 | 16): boolean {
  if (code >= 0x30 && code <= 0x39) return true;
  const lower = code | 0x20;
  return base === 16 && lower >= 0x61 && lower <= 0x66;
}

const prefixes = { 2: "0b", 8: "0o", 10: "", 16: "0x" } as const;
/** More digits than 64 bits have in any base. */
const manyDigits = 64;
/** So few decimal digits that a number holds them exactly. */
const digitsPerChunk = 15;

/** The value modulo 2^64, in time linear in the number of digits however many there are. */
function digitsToValue(digits: string, base: 2 | 8 | 10 | 16): { value: bigint; truncated: boolean } {
  const significant = digits.replace(/^0+/, "");
  if (significant === "") return { value: 0n, truncated: false };
  if (significant.length <= manyDigits || base !== 10) {
    const exact = BigInt(prefixes[base] + significant.slice(-manyDigits));
    const value = BigInt.asUintN(64, exact);
    return { value, truncated: value !== exact || significant.length > manyDigits };
  }
  let value = 0n;
  for (let at = 0; at < significant.length; at += digitsPerChunk) {
    const chunk = significant.slice(at, at + digitsPerChunk);
    value = BigInt.asUintN(64, value * 10n ** BigInt(chunk.length) + BigInt(chunk));
  }
  return { value, truncated: true };
}

/** The value of a character constant, quotes included in `text`. Wide and UTF prefixes are an error. */
export function parseCharacter(text: string): CharacterLiteral | LiteralError {
  if (!text.startsWith("'")) return { error: widePrefix(text, "character constant") };
  const decoded = decodeQuoted(text, 0, "'");
  if ("error" in decoded) return decoded;
  const { bytes } = decoded;
  if (bytes.length === 0) return { error: "empty character constant" };
  if (bytes.length === 1) {
    return withWarning({ value: BigInt.asIntN(8, BigInt(bytes[0]!)) }, decoded.warning);
  }
  let value = 0;
  for (const byte of bytes) value = (value << 8) | byte;
  const warning =
    bytes.length > 4
      ? `character constant ${clip(text)} is too long for its type`
      : "multi-character constant";
  return { value: BigInt(value), warning };
}

/** The bytes of one string literal, quotes included in `text`. The prefix `u8` changes nothing; others are an error. */
export function parseString(text: string): StringLiteral | LiteralError {
  const quote = text.startsWith('"') ? 0 : text.startsWith('u8"') ? 2 : -1;
  if (quote < 0) return { error: widePrefix(text, "string literal") };
  return decodeQuoted(text, quote, '"');
}

function widePrefix(text: string, what: string): string {
  const prefix = /^[A-Za-z0-9_]*/.exec(text)![0];
  return `${what} with the prefix "${clip(prefix)}" is not supported: only plain characters have a place in a config`;
}

function withWarning<T extends object>(result: T, warning: string | undefined): T & { warning?: string } {
  return warning === undefined ? result : { ...result, warning };
}

const simpleEscapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  e: 27,
  E: 27,
  "\\": 0x5c,
  "'": 0x27,
  '"': 0x22,
  "?": 0x3f,
};

function decodeQuoted(text: string, quote: number, mark: string): StringLiteral | LiteralError {
  const end = text.length - 1;
  if (end <= quote || text[end] !== mark) return { error: `missing terminating ${mark} character` };
  const bytes: number[] = [];
  let warning: string | undefined;
  let at = quote + 1;
  while (at < end) {
    let plain = text.indexOf("\\", at);
    if (plain < 0 || plain > end) plain = end;
    if (plain > at) {
      for (const byte of encodeText(text.slice(at, plain))) bytes.push(byte);
      at = plain;
      continue;
    }
    const decoded = decodeEscape(text, at + 1, end);
    if ("error" in decoded) return decoded;
    warning ??= decoded.warning;
    bytes.push(...decoded.bytes);
    at = decoded.next;
  }
  return withWarning({ bytes }, warning);
}

interface Escape {
  readonly bytes: readonly number[];
  readonly next: number;
  readonly warning?: string;
}

/** Decodes the escape whose backslash stands just before `at`. */
function decodeEscape(text: string, at: number, end: number): Escape | LiteralError {
  if (at >= end) return { error: "a backslash ends the literal" };
  const letter = text[at]!;
  const simple = simpleEscapes[letter];
  if (simple !== undefined) return { bytes: [simple], next: at + 1 };
  if (letter === "x") return hexadecimalEscape(text, at + 1, end);
  if (letter >= "0" && letter <= "7") return octalEscape(text, at, end);
  if (letter === "u" || letter === "U") return universalCharacter(text, at, end);
  const character = String.fromCodePoint(text.codePointAt(at)!);
  return {
    bytes: [...encodeText(character)],
    next: at + character.length,
    warning: `unknown escape sequence "\\${character}"`,
  };
}

function hexadecimalEscape(text: string, start: number, end: number): Escape | LiteralError {
  let at = start;
  let value = 0;
  let overflow = false;
  while (at < end && isDigitOf(text.charCodeAt(at), 16)) {
    value = value * 16 + Number.parseInt(text[at]!, 16);
    overflow ||= value > 0xff;
    value &= 0xff;
    at++;
  }
  if (at === start) return { error: "\\x is followed by no hexadecimal digit" };
  return { bytes: [value], next: at, ...(overflow ? { warning: "hex escape sequence out of range" } : {}) };
}

function octalEscape(text: string, start: number, end: number): Escape {
  let at = start;
  let value = 0;
  while (at < end && at < start + 3 && text[at]! >= "0" && text[at]! <= "7") {
    value = value * 8 + Number(text[at]);
    at++;
  }
  const bytes = [value & 0xff];
  return { bytes, next: at, ...(value > 0xff ? { warning: "octal escape sequence out of range" } : {}) };
}

/** `\uXXXX` and `\UXXXXXXXX` (C17 6.4.3): no surrogates, and below U+00A0 only `$`, `@` and the grave accent. */
function universalCharacter(text: string, at: number, end: number): Escape | LiteralError {
  const length = text[at] === "u" ? 4 : 8;
  const digits = text.slice(at + 1, Math.min(at + 1 + length, end));
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) {
    return { error: `incomplete universal character name "\\${text[at]}${clip(digits)}"` };
  }
  const code = Number.parseInt(digits, 16);
  const low = code < 0xa0 && code !== 0x24 && code !== 0x40 && code !== 0x60;
  if (low || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    return { error: `"\\${text[at]}${digits}" is not a valid universal character` };
  }
  return { bytes: [...encodeText(String.fromCodePoint(code))], next: at + 1 + length };
}

const longestQuotation = 60;

function clip(text: string): string {
  return text.length <= longestQuotation ? text : `${text.slice(0, longestQuotation)}...`;
}
