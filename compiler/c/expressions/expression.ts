import { atTypeName, parseQualifiedTypeName } from "../declarations/declarations.js";
import { parseCompoundLiteral } from "../initializers/initializer.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import { type Token, TokenKind } from "../token.js";
import type { Integer } from "../types/constant.js";
import { areCompatible, asInteger, intType, isScalar, pointerTo, showType } from "../types/types.js";
import { parseAlignof, parseSizeof } from "./builtins.js";
import {
  asValue,
  changeOperand,
  faultyOperand,
  integerOperand,
  invalidOperand,
  lvalueOperand,
  type Operand,
  pointerOperand,
  truthOf,
  variableOperand,
} from "./operand.js";
import { castTo, evaluateBinary, evaluateConditional, evaluateUnary } from "./operators.js";
import { parsePostfix, parsePostfixOf } from "./primary.js";

/**
 * Expressions, evaluated while they are read: a config needs their values once, and no tree. Chains of binary
 * operators are a loop; only brackets, unary operators and `?:` nest, and the parser bounds that.
 */

const precedences: ReadonlyMap<string, number> = new Map([
  ["||", 1],
  ["&&", 2],
  ["|", 3],
  ["^", 4],
  ["&", 5],
  ["==", 6],
  ["!=", 6],
  ["<", 7],
  [">", 7],
  ["<=", 7],
  [">=", 7],
  ["<<", 8],
  [">>", 8],
  ["+", 9],
  ["-", 9],
  ["*", 10],
  ["/", 10],
  ["%", 10],
]);

const assignments: ReadonlySet<string> = new Set([
  "=",
  "+=",
  "-=",
  "*=",
  "/=",
  "%=",
  "<<=",
  ">>=",
  "&=",
  "^=",
  "|=",
]);

/** An expression with commas. */
export function parseExpression(parser: Parser): Operand {
  let result = parseAssignment(parser);
  while (parser.at(",")) {
    const comma = parser.advance();
    const right = asValue(parseAssignment(parser), comma);
    // C allows no comma in constant expressions, and gcc holds to that
    result = variableOperand(right.type, comma, "an expression with `,`");
  }
  return result;
}

/** An expression without commas at its top. */
export function parseAssignment(parser: Parser): Operand {
  const left = parseConditional(parser);
  if (!assignments.has(parser.token.text)) return left;
  parser.enter();
  const operator = parser.advance();
  parseAssignment(parser);
  parser.leave();
  return changeOperand(parser, left, operator, "an assignment");
}

export function parseConditional(parser: Parser): Operand {
  const first = parser.token;
  const condition = parseBinary(parser, 1);
  if (!parser.at("?")) return condition;
  parser.enter();
  const question = parser.advance();
  const test = asValue(condition, first);
  if (test.type.kind !== "invalid" && !isScalar(test.type)) {
    const args = { operator: "? :", left: showType(test.type), right: null };
    parser.report(cMessages["c-operands"](args, placeOf(question)));
  }
  const truth = truthOf(test);
  // GNU: `a ?: b` is `a ? a : b`
  const yes = parser.at(":") ? test : silently(parser, truth === false, () => parseExpression(parser));
  parser.expect(":");
  const no = silently(parser, truth === true, () => parseConditional(parser));
  parser.leave();
  return evaluateConditional(parser, question, test, yes, no);
}

function parseBinary(parser: Parser, lowest: number): Operand {
  let left = parseCast(parser);
  for (;;) {
    const operator = parser.token;
    const precedence = precedences.get(operator.text);
    if (precedence === undefined || precedence < lowest) return left;
    parser.advance();
    if (precedence <= 2) {
      left = parseLogical(parser, operator, left, precedence);
    } else {
      left = evaluateBinary(parser, operator, left, parseBinary(parser, precedence + 1));
    }
  }
}

/** The right side of `&&` or `||`: not evaluated where the left one decides. */
function parseLogical(parser: Parser, operator: Token, rawLeft: Operand, precedence: number): Operand {
  const left = asValue(rawLeft, operator);
  const leftTruth = truthOf(left);
  const deciding = operator.text === "||";
  const right = asValue(
    silently(parser, leftTruth === deciding, () => parseBinary(parser, precedence + 1)),
    operator,
  );
  if (left.type.kind === "invalid" || right.type.kind === "invalid") return invalidOperand;
  for (const side of [left, right]) {
    if (isScalar(side.type)) continue;
    const args = { operator: operator.text, left: showType(left.type), right: showType(right.type) };
    parser.report(cMessages["c-operands"](args, placeOf(operator)));
    return invalidOperand;
  }
  if (leftTruth === deciding) return integerOperand(intType, deciding ? 1 : 0, left.strict);
  if (leftTruth === null) return faultyOperand(intType, left.fault);
  const rightTruth = truthOf(right);
  if (rightTruth === null) return faultyOperand(intType, right.fault);
  return integerOperand(intType, rightTruth ? 1 : 0, left.strict && right.strict);
}

/** Runs `body`, without warnings about values if the operand is not evaluated. */
export function silently<T>(parser: Parser, isUnevaluated: boolean, body: () => T): T {
  if (!isUnevaluated) return body();
  parser.silenced++;
  try {
    return body();
  } finally {
    parser.silenced--;
  }
}

/** A cast, a compound literal, or what `parseUnary` reads. */
export function parseCast(parser: Parser): Operand {
  const open = parser.token;
  if (open.kind === TokenKind.number) return parsePostfix(parser);
  if (open.text !== "(" || !atTypeName(parser, parser.peek())) return parseUnary(parser);
  parser.advance();
  const { type, constant, volatile } = parseQualifiedTypeName(parser);
  parser.expect(")");
  if (parser.at("{")) {
    const literal = parseCompoundLiteral(parser, type, open);
    return parsePostfixOf(parser, { ...literal, qualifiers: { constant, volatile } });
  }
  parser.enter();
  const operand = asValue(parseCast(parser), open);
  parser.leave();
  return castTo(parser, operand, type, open);
}

export function parseUnary(parser: Parser): Operand {
  const token = parser.token;
  if (token.kind !== TokenKind.punctuator) {
    switch (token.text) {
      case "sizeof":
        return parseSizeof(parser);
      case "_Alignof":
      case "__alignof__":
      case "__alignof":
        return parseAlignof(parser);
      case "__extension__":
        parser.advance();
        return nested(parser, parseCast);
      default:
        return parsePostfix(parser);
    }
  }
  switch (token.text) {
    case "+":
    case "-":
    case "~":
    case "!":
      parser.advance();
      return evaluateUnary(parser, token, nested(parser, parseCast));
    case "&":
      parser.advance();
      return addressOf(parser, nested(parser, parseCast), token);
    case "*":
      parser.advance();
      return dereference(parser, nested(parser, parseCast), token);
    case "++":
    case "--":
      parser.advance();
      return changeOperand(parser, nested(parser, parseUnary), token, `an expression with \`${token.text}\``);
    default:
      return parsePostfix(parser);
  }
}

function nested(parser: Parser, parse: (parser: Parser) => Operand): Operand {
  parser.enter();
  const operand = parse(parser);
  parser.leave();
  return operand;
}

function addressOf(parser: Parser, operand: Operand, token: Token): Operand {
  const { type } = operand;
  if (type.kind === "invalid") return invalidOperand;
  if (type.kind === "function") return asValue(operand, token);
  if (!operand.lvalue || operand.width > 0) {
    const what = operand.width > 0 ? "bit-field" : showType(type);
    parser.report(cMessages["c-operands"]({ operator: "&", left: what, right: null }, placeOf(token)));
    return invalidOperand;
  }
  const address = operand.address === null ? null : { ...operand.address, target: type };
  return pointerOperand(pointerTo(type, operand.qualifiers), address, token);
}

export function dereference(parser: Parser, raw: Operand, token: Token): Operand {
  const operand = asValue(raw, token);
  if (operand.type.kind === "invalid") return invalidOperand;
  if (operand.type.kind !== "pointer") {
    const args = { operator: "*", left: showType(operand.type), right: null };
    parser.report(cMessages["c-operands"](args, placeOf(token)));
    return invalidOperand;
  }
  const { target, qualifiers } = operand.type;
  if (operand.address === null) return lvalueOperand(target, null, { fault: operand.fault, qualifiers });
  const { base, offset, target: pointed } = operand.address;
  // gcc sees through `*&x`, and through nothing more
  const readable = operand.address.readable && pointed !== null && areCompatible(pointed, target);
  return lvalueOperand(target, { base, offset, readable, target: null }, { qualifiers });
}

/** Reads a constant expression and reports if it is none or no integer; null after such a report. */
export function parseConstantInteger(parser: Parser, what: string): Integer | null {
  const token = parser.token;
  return requireInteger(parser, parseConditional(parser), token, what, true);
}

/**
 * The value of an integer constant expression.
 *
 * @param strict false also takes values read from constant objects, as gcc does in initialisers
 */
export function requireInteger(
  parser: Parser,
  raw: Operand,
  token: Token,
  what: string,
  strict: boolean,
): Integer | null {
  const operand = asValue(raw, token);
  if (operand.type.kind === "invalid") return null;
  if (asInteger(operand.type) === undefined) {
    parser.report(cMessages["c-not-integer"]({ type: showType(operand.type) }, placeOf(token)));
    return null;
  }
  if (operand.value === null || (strict && !operand.strict)) {
    parser.report(operand.fault?.() ?? cMessages["c-not-constant"]({ what }, placeOf(token)));
    return null;
  }
  return operand.value;
}
