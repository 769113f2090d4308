import { TokenKind } from "../token.js";
import { beginsName, nameCharacterLength } from "./name-characters.js";

/** Finds where one C token ends: the innermost loop of the lexer, over character codes. */

/** Classes of the first 128 character codes. */
const CharClass = { other: 0, letter: 1, digit: 2 } as const;

const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_$]/.test(character)) classes[code] = CharClass.letter;
  else if (/[0-9]/.test(character)) classes[code] = CharClass.digit;
}

/** Text of each one-character token, so that no string is made for it. */
export const singleCharacters: readonly string[] = Array.from({ length: 128 }, (_, code) =>
  String.fromCharCode(code),
);

const newline = 0x0a;
const doubleQuote = 0x22;
const singleQuote = 0x27;
const backslash = 0x5c;
const dot = 0x2e;

/** The kind of the token that {@link scanToken} has just scanned. */
export let scannedKind: TokenKind = TokenKind.other;

/**
 * Scans the token that starts at `at`, where neither white space nor a comment may stand. Returns its end and sets
 * {@link scannedKind}.
 */
export function scanToken(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const firstClass = first < 128 ? classes[first]! : CharClass.other;
  if (firstClass === CharClass.letter || ((first >= 128 || first === backslash) && beginsName(text, at))) {
    return scanIdentifier(text, at);
  }
  if (firstClass === CharClass.digit) return scanNumber(text, at + 1);
  if (first === doubleQuote || first === singleQuote) return scanQuoted(text, at, first);
  if (first === dot && isDigit(text.charCodeAt(at + 1))) return scanNumber(text, at + 2);
  const length = punctuatorLength(text, at, first);
  if (length > 0) {
    scannedKind = TokenKind.punctuator;
    return at + length;
  }
  scannedKind = TokenKind.other;
  return at + (first >= 0xd800 && first <= 0xdbff && isLowSurrogate(text.charCodeAt(at + 1)) ? 2 : 1);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function identifierEnd(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code < 128 && code !== backslash) {
      if (classes[code] === CharClass.other) return at;
      at++;
    } else {
      // 0 also at the end of the text
      const length = nameCharacterLength(text, at);
      if (length === 0) return at;
      at += length;
    }
  }
}

function scanIdentifier(text: string, start: number): number {
  const end = identifierEnd(text, start);
  const next = text.charCodeAt(end);
  if (
    (next === doubleQuote || next === singleQuote) &&
    end - start <= 2 &&
    isPrefix(text, start, end, next)
  ) {
    const literalEnd = scanQuoted(text, end, next);
    // an unterminated literal is no token: then the prefix is a name of its own
    if (scannedKind !== TokenKind.other) return literalEnd;
  }
  scannedKind = TokenKind.identifier;
  return end;
}

function isPrefix(text: string, start: number, end: number, quote: number): boolean {
  const prefix = text.slice(start, end);
  return prefix === "L" || prefix === "u" || prefix === "U" || (prefix === "u8" && quote === doubleQuote);
}

/** A preprocessing number (C17 6.4.8): far more than the numbers of C. */
function scanNumber(text: string, start: number): number {
  scannedKind = TokenKind.number;
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x2b || code === 0x2d) {
      const exponent = text.charCodeAt(at - 1) | 0x20;
      if (exponent !== 0x65 && exponent !== 0x70) return at;
    } else if (code < 128) {
      if (classes[code] === CharClass.other && code !== dot) return at;
    } else {
      const length = nameCharacterLength(text, at);
      if (length === 0) return at;
      at += length;
      continue;
    }
    at++;
  }
}

/** A string or character constant; where it does not end on its line, the rest of the line is an `other` token. */
function scanQuoted(text: string, start: number, quote: number): number {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      scannedKind = quote === doubleQuote ? TokenKind.string : TokenKind.character;
      return at + 1;
    }
    if (code === backslash && at + 1 < text.length && text.charCodeAt(at + 1) !== newline) at += 2;
    else if (code === newline || at >= text.length) {
      scannedKind = TokenKind.other;
      return text.charCodeAt(at - 1) === 0x0d ? at - 1 : at;
    } else at++;
  }
}

/** The length of the punctuator at `at`, digraphs included; 0 where there is none. */
function punctuatorLength(text: string, at: number, first: number): number {
  const second = text.charCodeAt(at + 1);
  switch (first) {
    case 0x28: // (
    case 0x29: // )
    case 0x2c: // ,
    case 0x3b: // ;
    case 0x3f: // ?
    case 0x5b: // [
    case 0x5d: // ]
    case 0x7b: // {
    case 0x7d: // }
    case 0x7e: // ~
      return 1;
    case 0x21: // ! !=
    case 0x2a: // * *=
    case 0x2f: // / /=
    case 0x3d: // = ==
    case 0x5e: // ^ ^=
      return second === 0x3d ? 2 : 1;
    case 0x23: // # ##
      return second === 0x23 ? 2 : 1;
    case 0x25: // % %= %> %: %:%:
      if (second === 0x3a)
        return text.charCodeAt(at + 2) === 0x25 && text.charCodeAt(at + 3) === 0x3a ? 4 : 2;
      return second === 0x3d || second === 0x3e ? 2 : 1;
    case 0x26: // & && &=
    case 0x7c: // | || |=
    case 0x2b: // + ++ +=
      return second === first || second === 0x3d ? 2 : 1;
    case 0x2d: // - -- -= ->
      return second === first || second === 0x3d || second === 0x3e ? 2 : 1;
    case 0x2e: // . ...
      return second === dot && text.charCodeAt(at + 2) === dot ? 3 : 1;
    case 0x3a: // : :>
      return second === 0x3e ? 2 : 1;
    case 0x3c: // < << <= <<= <: <%
      if (second === first) return text.charCodeAt(at + 2) === 0x3d ? 3 : 2;
      return second === 0x3d || second === 0x3a || second === 0x25 ? 2 : 1;
    case 0x3e: // > >> >= >>=
      if (second === first) return text.charCodeAt(at + 2) === 0x3d ? 3 : 2;
      return second === 0x3d ? 2 : 1;
    default:
      return 0;
  }
}
