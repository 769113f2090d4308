import { parseCharacter, parseInteger } from "../literal.js";
import { TokenKind } from "../token.js";
import { canonicalPunctuator } from "./lexer.js";
import { endOfInput, type PpToken } from "./pp-token.js";

/**
 * The value of an `#if` expression (C17 6.10.1): 64-bit signed and unsigned integers, as gcc computes them. Works on
 * stacks of its own, so that no nesting of parentheses can exhaust the call stack.
 */

export interface ConditionSource {
  /** The next token of the line, `endOfInput` at its end; `raw` ones are not macro-expanded. */
  readonly next: (raw: boolean) => PpToken;
  readonly isDefined: (name: string) => boolean;
  /** Evaluates `__has_include` and the like, whose name was just read; undefined where `name` is no such operator. */
  readonly operator: (name: PpToken) => bigint | undefined;
  readonly warn: (problem: string, token: PpToken) => void;
  /** Something is wrong with a value, though the expression can be read on. */
  readonly fail: (problem: string, token: PpToken) => void;
}

export class ConditionError extends Error {
  constructor(
    message: string,
    /** `endOfInput` where the line ended too early. */
    readonly token: PpToken,
  ) {
    super(message);
  }
}

interface Value {
  readonly bits: bigint;
  readonly unsigned: boolean;
}

/** An operator that waits for its right operand, and its left one. */
interface Pending {
  readonly operator: string;
  readonly token: PpToken;
  readonly left: Value;
}

const zero: Value = { bits: 0n, unsigned: false };

const precedences: Readonly<Record<string, number>> = {
  ",": 1,
  "?": 2,
  ":": 2,
  "||": 3,
  "&&": 4,
  "|": 5,
  "^": 6,
  "&": 7,
  "==": 8,
  "!=": 8,
  "<": 9,
  ">": 9,
  "<=": 9,
  ">=": 9,
  "<<": 10,
  ">>": 10,
  "+": 11,
  "-": 11,
  "*": 12,
  "/": 12,
  "%": 12,
};
const unaryPrecedence = 13;
const unaryNames: Readonly<Record<string, string>> = { "+": "u+", "-": "u-", "!": "u!", "~": "u~" };

/** @throws {ConditionError} where the line is no valid expression */
export function evaluateCondition(source: ConditionSource): boolean {
  return new Evaluation(source).run().bits !== 0n;
}

class Evaluation {
  private readonly pending: Pending[] = [];
  /** Above 0: in an operand that is not evaluated, where a division by zero is no error. */
  private skipped = 0;
  private value: Value = zero;

  constructor(private readonly source: ConditionSource) {}

  run(): Value {
    let wantOperand = true;
    for (;;) {
      const token = this.source.next(false);
      if (wantOperand) {
        if (this.operand(token)) wantOperand = false;
        continue;
      }
      if (token === endOfInput) break;
      const text = token.kind === TokenKind.punctuator ? canonicalPunctuator(token.text) : "";
      if (text === ")") this.closeParenthesis(token);
      else {
        this.binary(text, token);
        wantOperand = true;
      }
    }
    this.reduce(0);
    const open = this.pending.at(-1);
    if (open !== undefined) throw new ConditionError('missing ")" in expression', open.token);
    return this.value;
  }

  /** Takes a token where an operand must start; true where it is a whole operand. */
  private operand(token: PpToken): boolean {
    switch (token.kind) {
      case TokenKind.number:
        this.value = this.number(token);
        return true;
      case TokenKind.character:
        this.value = this.character(token);
        return true;
      case TokenKind.identifier:
        this.value = this.identifier(token);
        return true;
      case TokenKind.punctuator: {
        const unary = unaryNames[token.text];
        if (unary !== undefined || token.text === "(") {
          this.pending.push({ operator: unary ?? "(", token, left: zero });
          return false;
        }
        throw this.missingOperand(token);
      }
      case TokenKind.endOfFile:
        throw this.missingOperand(token);
      default:
        throw new ConditionError(`${shown(token)} cannot stand in an #if expression`, token);
    }
  }

  private missingOperand(token: PpToken): ConditionError {
    const before = this.pending.at(-1);
    if (token === endOfInput && before === undefined) return new ConditionError("no expression", token);
    if (token === endOfInput)
      return new ConditionError(`${shown(before!.token)} has no right operand`, before!.token);
    return new ConditionError(`operand expected before ${shown(token)}`, token);
  }

  private number(token: PpToken): Value {
    const literal = parseInteger(token.text);
    if ("error" in literal) return this.badLiteral(literal.error, token);
    if (literal.warning !== undefined) this.source.warn(literal.warning, token);
    const wide = literal.value >= 1n << 63n;
    if (wide && !literal.unsigned && literal.base === 10) {
      this.source.warn("integer constant is so large that it is unsigned", token);
    }
    return { bits: literal.value, unsigned: literal.unsigned || wide };
  }

  private badLiteral(problem: string, token: PpToken): Value {
    this.source.fail(problem, token);
    return zero;
  }

  private character(token: PpToken): Value {
    const literal = parseCharacter(token.text);
    if ("error" in literal) return this.badLiteral(literal.error, token);
    if (literal.warning !== undefined) this.source.warn(literal.warning, token);
    return signed(literal.value);
  }

  private identifier(token: PpToken): Value {
    if (token.text === "defined") return this.definedOperator(token);
    // a name that is no macro (any more) is 0, keywords included
    return signed(this.source.operator(token) ?? 0n);
  }

  private definedOperator(operator: PpToken): Value {
    let name = this.source.next(true);
    const parenthesis = name.kind === TokenKind.punctuator && name.text === "(";
    if (parenthesis) name = this.source.next(true);
    if (name.kind !== TokenKind.identifier) {
      throw new ConditionError('"defined" needs a macro name', name === endOfInput ? operator : name);
    }
    if (parenthesis) {
      const close = this.source.next(true);
      if (close.text !== ")") throw new ConditionError('missing ")" after "defined"', name);
    }
    return signed(this.source.isDefined(name.text) ? 1n : 0n);
  }

  private closeParenthesis(token: PpToken): void {
    this.reduce(0);
    if (this.pending.pop() === undefined) throw new ConditionError('missing "(" in expression', token);
  }

  private binary(text: string, token: PpToken): void {
    const precedence = precedences[text];
    if (precedence === undefined) {
      throw new ConditionError(`operator expected before ${shown(token)}`, token);
    }
    // "?:" groups from the right, so a complete one on the left waits; within it, anything down to its "?" is done
    this.reduce(text === "?" ? precedence + 1 : text === ":" ? 1 : precedence);
    if (text === ":") this.enterElse(token);
    else {
      if (text === "&&" && this.value.bits === 0n) this.skipped++;
      else if (text === "||" && this.value.bits !== 0n) this.skipped++;
      else if (text === "?" && this.value.bits === 0n) this.skipped++;
      this.pending.push({ operator: text, token, left: this.value });
    }
  }

  /** At the ":" of "c ? a : b", with "c ?" on the stack and a just computed. */
  private enterElse(token: PpToken): void {
    const question = this.pending.at(-1);
    if (question?.operator !== "?") throw new ConditionError('":" without "?"', token);
    if (question.left.bits !== 0n) this.skipped++;
    else this.skipped--;
    this.pending.push({ operator: ":", token, left: this.value });
  }

  /** Applies all waiting operators that bind at least as tightly as `precedence`, down to an open parenthesis. */
  private reduce(precedence: number): void {
    for (;;) {
      const top = this.pending.at(-1);
      if (top === undefined || top.operator === "(") return;
      if (top.operator === "?") {
        if (precedence > 0) return;
        throw new ConditionError('"?" without ":"', top.token);
      }
      const own = top.operator.startsWith("u") ? unaryPrecedence : precedences[top.operator]!;
      if (own < precedence) return;
      this.pending.pop();
      this.value = this.apply(top, this.value);
    }
  }

  private apply(pending: Pending, right: Value): Value {
    const { operator, left } = pending;
    switch (operator) {
      case "u+":
        return right;
      case "u-":
        return this.wrap(-BigInt.asIntN(64, right.bits), right.unsigned, pending.token);
      case "u~":
        return { bits: BigInt.asUintN(64, ~right.bits), unsigned: right.unsigned };
      case "u!":
        return truth(right.bits === 0n);
      case "&&":
        if (left.bits === 0n) this.skipped--;
        return truth(left.bits !== 0n && right.bits !== 0n);
      case "||":
        if (left.bits !== 0n) this.skipped--;
        return truth(left.bits !== 0n || right.bits !== 0n);
      case ":": {
        const question = this.pending.pop()!;
        const chosen = question.left.bits !== 0n ? left : right;
        if (question.left.bits !== 0n) this.skipped--;
        return { bits: chosen.bits, unsigned: left.unsigned || right.unsigned };
      }
      case ",":
        return right;
      case "<<":
      case ">>":
        return this.shift(pending, right);
      default:
        return this.arithmetic(pending, right);
    }
  }

  private arithmetic({ operator, token, left }: Pending, right: Value): Value {
    const unsigned = left.unsigned || right.unsigned;
    const a = unsigned ? left.bits : BigInt.asIntN(64, left.bits);
    const b = unsigned ? right.bits : BigInt.asIntN(64, right.bits);
    switch (operator) {
      case "|":
        return this.wrap(a | b, unsigned, token);
      case "^":
        return this.wrap(a ^ b, unsigned, token);
      case "&":
        return this.wrap(a & b, unsigned, token);
      case "==":
        return truth(left.bits === right.bits);
      case "!=":
        return truth(left.bits !== right.bits);
      case "<":
        return truth(a < b);
      case ">":
        return truth(a > b);
      case "<=":
        return truth(a <= b);
      case ">=":
        return truth(a >= b);
      case "+":
        return this.wrap(a + b, unsigned, token);
      case "-":
        return this.wrap(a - b, unsigned, token);
      case "*":
        return this.wrap(a * b, unsigned, token);
      default:
        if (b === 0n) {
          if (this.skipped === 0) this.source.fail("division by zero", token);
          return { bits: left.bits, unsigned };
        }
        return this.wrap(operator === "/" ? a / b : a % b, unsigned, token);
    }
  }

  /** Reduces a result to 64 bits; for signed operands that is an overflow. */
  private wrap(exact: bigint, unsigned: boolean, token: PpToken): Value {
    if (!unsigned && this.skipped === 0 && exact !== BigInt.asIntN(64, exact)) {
      this.source.warn("integer overflow", token);
    }
    return { bits: BigInt.asUintN(64, exact), unsigned };
  }

  /** The type is that of the left operand; a negative count shifts the other way. */
  private shift({ operator, token, left }: Pending, right: Value): Value {
    const count = right.unsigned ? right.bits : BigInt.asIntN(64, right.bits);
    const distance = count < 0n ? -count : count;
    const { unsigned } = left;
    const value = unsigned ? left.bits : BigInt.asIntN(64, left.bits);
    const limited = distance >= 64n ? 64n : distance;
    return (operator === "<<") === count >= 0n
      ? this.wrap(value << limited, unsigned, token)
      : this.wrap(value >> limited, unsigned, token);
  }
}

function truth(is: boolean): Value {
  return { bits: is ? 1n : 0n, unsigned: false };
}

function signed(value: bigint): Value {
  return { bits: BigInt.asUintN(64, value), unsigned: false };
}

function shown(token: PpToken): string {
  return token === endOfInput ? "the end of the line" : `"${token.text.slice(0, 60)}"`;
}
