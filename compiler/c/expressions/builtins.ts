import { atTypeName, parseQualifiedTypeName, parseTypeName } from "../declarations/declarations.js";
import { parseCompoundLiteral } from "../initializers/initializer.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import { reportIncomplete } from "../parser/unknown.js";
import { TokenKind } from "../token.js";
import { add, type Integer, multiply, showInteger } from "../types/constant.js";
import {
  alignOf,
  areCompatible,
  intType,
  invalidType,
  isFieldType,
  type QualifiedType,
  showType,
  sizeOf,
  unsignedLongType,
  wideType,
} from "../types/types.js";
import { parseAssignment, parseExpression, parseUnary, requireInteger, silently } from "./expression.js";
import {
  absoluteAddress,
  asValue,
  integerOperand,
  invalidOperand,
  lvalueOperand,
  type Operand,
} from "./operand.js";
import { memberOf, parsePostfixOf } from "./primary.js";

/** `sizeof` and its kin: expressions that ask for types. Their operands are not evaluated. */

/** The operand of sizeof: a type in parentheses, or an expression. */
function parseTypeOrExpression(parser: Parser): Operand {
  parser.enter();
  const operand = silently(parser, true, () => {
    const open = parser.token;
    if (open.text !== "(" || !atTypeName(parser, parser.peek())) return parseUnary(parser);
    parser.advance();
    const type = parseTypeName(parser);
    parser.expect(")");
    if (parser.at("{")) return parsePostfixOf(parser, parseCompoundLiteral(parser, type, open));
    return lvalueOperand(type, null);
  });
  parser.leave();
  return operand;
}

export function parseSizeof(parser: Parser): Operand {
  const keyword = parser.advance();
  const operand = parseTypeOrExpression(parser);
  const { type } = operand;
  if (type.kind === "invalid") return invalidOperand;
  if (operand.width > 0) {
    const args = { operator: "sizeof", left: "bit-field", right: null };
    parser.report(cMessages["c-operands"](args, placeOf(keyword)));
    return invalidOperand;
  }
  // gcc lets void and functions have the size 1
  const size = type.kind === "void" || type.kind === "function" ? 1 : sizeOf(type);
  if (size === undefined) {
    reportIncomplete(parser, type, keyword);
    return invalidOperand;
  }
  return integerOperand(unsignedLongType, size);
}

export function parseAlignof(parser: Parser): Operand {
  const keyword = parser.advance();
  const operand = parseTypeOrExpression(parser);
  const { type } = operand;
  if (type.kind === "invalid") return invalidOperand;
  if (type.kind === "record" && !type.definition.complete) {
    reportIncomplete(parser, type, keyword);
    return invalidOperand;
  }
  return integerOperand(unsignedLongType, operand.alignment === 0 ? alignOf(type) : operand.alignment);
}

/** The type of `typeof ( ... )` with its qualifiers; the keyword was read. */
export function parseTypeof(parser: Parser): QualifiedType {
  parser.expect("(");
  parser.enter();
  const place = parser.token;
  const found = atTypeName(parser, place)
    ? parseQualifiedTypeName(parser)
    : silently(parser, true, () => {
        const { type, qualifiers } = parseExpression(parser);
        return { type, constant: qualifiers.constant, volatile: qualifiers.volatile };
      });
  parser.leave();
  parser.expect(")");
  if (found.type !== wideType && !isFieldType(found.type)) return found;
  const what = `an object of the type \`${showType(found.type)}\``;
  parser.report(cMessages["c-unsupported"]({ what }, placeOf(place)));
  return { ...found, type: invalidType };
}

/** A builtin that cellc knows; undefined where the current token is none. */
export function parseBuiltin(parser: Parser): Operand | undefined {
  const token = parser.token;
  switch (token.text) {
    case "__builtin_offsetof":
      return parseOffsetof(parser);
    case "__builtin_constant_p": {
      parser.advance();
      parser.expect("(");
      parser.enter();
      const operand = asValue(
        silently(parser, true, () => parseAssignment(parser)),
        token,
      );
      parser.leave();
      parser.expect(")");
      // what was read from a constant object is none here
      const isConstant =
        operand.value !== null || operand.float !== null ? operand.strict : operand.isTextStart;
      return integerOperand(intType, isConstant ? 1 : 0);
    }
    case "__builtin_choose_expr":
      return parseChoose(parser);
    case "__builtin_types_compatible_p": {
      parser.advance();
      parser.expect("(");
      const left = parseTypeName(parser);
      parser.expect(",");
      const right = parseTypeName(parser);
      parser.expect(")");
      return integerOperand(intType, areCompatible(left, right) ? 1 : 0);
    }
    default:
      return undefined;
  }
}

/** `__builtin_choose_expr(c, a, b)`: one of the two, with its own type; the other need not even be sensible. */
function parseChoose(parser: Parser): Operand {
  parser.advance();
  parser.expect("(");
  parser.enter();
  const place = parser.token;
  const condition = requireInteger(parser, parseAssignment(parser), place, "the choice", true);
  parser.expect(",");
  const yes = silently(parser, condition === 0, () => parseAssignment(parser));
  parser.expect(",");
  const no = silently(parser, condition !== 0, () => parseAssignment(parser));
  parser.leave();
  parser.expect(")");
  if (condition === null) return invalidOperand;
  return condition === 0 ? no : yes;
}

function parseOffsetof(parser: Parser): Operand {
  const keyword = parser.advance();
  parser.expect("(");
  parser.enter();
  const type = parseTypeName(parser);
  parser.expect(",");
  let operand: Operand = lvalueOperand(type, absoluteAddress(0));
  operand = offsetMember(parser, operand);
  for (;;) {
    if (parser.accept(".")) operand = offsetMember(parser, operand);
    else if (parser.at("[")) operand = offsetElement(parser, operand);
    else break;
  }
  parser.leave();
  parser.expect(")");
  if (operand.type.kind === "invalid" || operand.address === null) return invalidOperand;
  if (operand.width > 0) {
    const args = { operator: "offsetof", left: "bit-field", right: null };
    parser.report(cMessages["c-operands"](args, placeOf(keyword)));
    return invalidOperand;
  }
  return integerOperand(unsignedLongType, operand.address.offset);
}

function offsetMember(parser: Parser, operand: Operand): Operand {
  const token = parser.token;
  if (token.kind !== TokenKind.identifier) parser.failExpected("the name of a member");
  parser.advance();
  if (operand.type.kind === "invalid") return invalidOperand;
  if (operand.type.kind !== "record") {
    const args = { operator: "offsetof", left: showType(operand.type), right: null };
    parser.report(cMessages["c-operands"](args, placeOf(token)));
    return invalidOperand;
  }
  return memberOf(parser, operand, operand.type, token);
}

function offsetElement(parser: Parser, operand: Operand): Operand {
  parser.advance();
  const token = parser.token;
  const index = requireInteger(parser, parseExpression(parser), token, "the index", true);
  parser.expect("]");
  if (operand.type.kind !== "array" || operand.address === null) {
    if (operand.type.kind !== "invalid") {
      const args = { operator: "[ ]", left: showType(operand.type), right: null };
      parser.report(cMessages["c-operands"](args, placeOf(token)));
    }
    return invalidOperand;
  }
  if (index === null) return invalidOperand;
  if (index < 0) {
    const problem = `index ${showInteger(index)} is negative`;
    parser.report(cMessages["c-designator"]({ problem }, placeOf(token)));
    return invalidOperand;
  }
  const { element } = operand.type;
  const offset: Integer = add(operand.address.offset, multiply(index, sizeOf(element) ?? 0));
  return lvalueOperand(element, absoluteAddress(offset));
}
