import { isFloating, parseFloating } from "../floating-literal.js";
import { largestObject } from "../initializers/image.js";
import { parseCharacter, parseInteger, parseString } from "../literal.js";
import { cMessages, placeOf } from "../parser/messages.js";
import { oddTokenDiagnostic } from "../parser/odd-tokens.js";
import type { Parser } from "../parser/state.js";
import { type Token, TokenKind } from "../token.js";
import { type Integer, integerOf } from "../types/constant.js";
import {
  doubleType,
  floatType,
  type IntegerType,
  intType,
  longLongType,
  longType,
  unsignedIntType,
  unsignedLongLongType,
  unsignedLongType,
  wideType,
} from "../types/types.js";
import { floatOperand, integerOperand, invalidOperand, type Operand } from "./operand.js";

/** A number token. */
export function numberOperand(parser: Parser, token: Token): Operand {
  const known = parser.literals.get(token.text);
  if (known !== undefined) return known;
  if (isFloating(token.text)) return floatingOperand(parser, token);
  const literal = parseInteger(token.text);
  if ("error" in literal) {
    const odd = oddTokenDiagnostic(token);
    parser.report(odd ?? cMessages["c-literal"]({ problem: literal.error }, placeOf(token)));
    return invalidOperand;
  }
  const value = integerOf(literal.value);
  const operand = integerOperand(integerTypeOf(value, literal), value);
  const warning = literal.warning ?? (operand.type === wideType ? tooWide(token.text) : undefined);
  if (warning !== undefined) {
    parser.report(cMessages["c-literal-warning"]({ problem: warning }, placeOf(token)));
  } else {
    parser.literals.set(token.text, operand);
  }
  return operand;
}

function tooWide(text: string): string {
  return `no type of 64 bits holds the decimal constant "${text}"; write it with the suffix "u"`;
}

/** C17 6.4.4.1: the first type that holds the value. A decimal beyond 2^63-1 has none; gcc makes it 128 bits wide. */
function integerTypeOf(
  value: Integer,
  { unsigned, long, base }: { unsigned: boolean; long: 0 | 1 | 2; base: number },
): IntegerType {
  const mayBeUnsigned = unsigned || base !== 10;
  if (long === 0) {
    if (!unsigned && value <= 0x7fff_ffff) return intType;
    if (mayBeUnsigned && value <= 0xffff_ffff) return unsignedIntType;
  }
  const isLongLong = long === 2;
  if (!unsigned && value <= 0x7fff_ffff_ffff_ffffn) return isLongLong ? longLongType : longType;
  if (!mayBeUnsigned) return wideType;
  return isLongLong ? unsignedLongLongType : unsignedLongType;
}

function floatingOperand(parser: Parser, token: Token): Operand {
  const literal = parseFloating(token.text);
  if (literal === undefined) {
    const what = `the floating constant ${token.text.slice(0, 60)}`;
    parser.report(cMessages["c-unsupported"]({ what }, placeOf(token)));
    return invalidOperand;
  }
  const operand = floatOperand(literal.size === 4 ? floatType : doubleType, literal.value);
  parser.literals.set(token.text, operand);
  return operand;
}

export function characterOperand(parser: Parser, token: Token): Operand {
  const literal = parseCharacter(token.text);
  if ("error" in literal) {
    parser.report(cMessages["c-literal"]({ problem: literal.error }, placeOf(token)));
    return invalidOperand;
  }
  if (literal.warning !== undefined) {
    parser.report(cMessages["c-literal-warning"]({ problem: literal.warning }, placeOf(token)));
  }
  return integerOperand(intType, integerOf(literal.value));
}

/**
 * One or more adjacent string literals: their bytes with a zero at the end. Null after an error in one of them;
 * fails if there is no string at all.
 */
export function parseStringSequence(parser: Parser): readonly number[] | null {
  if (parser.token.kind !== TokenKind.string) parser.failExpected("a string literal");
  const bytes: number[] = [];
  const first = parser.token;
  let valid = true;
  while (parser.token.kind === TokenKind.string) {
    const token = parser.advance();
    // a macro can repeat a long string more often than memory allows
    if (bytes.length > largestObject) continue;
    const literal = parseString(token.text);
    if ("error" in literal) {
      parser.report(cMessages["c-literal"]({ problem: literal.error }, placeOf(token)));
      valid = false;
      continue;
    }
    if (literal.warning !== undefined) {
      parser.report(cMessages["c-literal-warning"]({ problem: literal.warning }, placeOf(token)));
    }
    for (const byte of literal.bytes) bytes.push(byte);
  }
  if (bytes.length > largestObject) {
    parser.report(
      cMessages["c-literal"]({ problem: "the string is longer than any object" }, placeOf(first)),
    );
    return null;
  }
  bytes.push(0);
  return valid ? bytes : null;
}
