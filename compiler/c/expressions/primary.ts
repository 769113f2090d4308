import { ObjectImage } from "../initializers/image.js";
import { cMessages, placeOf } from "../parser/messages.js";
import { isOnNewLine } from "../parser/places.js";
import type { Parser } from "../parser/state.js";
import { reportIncomplete, reportUnknownMember, reportUnknownName } from "../parser/unknown.js";
import { type Token, TokenKind } from "../token.js";
import { add, multiply } from "../types/constant.js";
import {
  arrayOf,
  asInteger,
  charType,
  invalidType,
  isScalar,
  type RecordDefinition,
  type RecordType,
  showType,
  sizeOf,
} from "../types/types.js";
import { parseBuiltin } from "./builtins.js";
import { dereference, parseAssignment, parseExpression } from "./expression.js";
import { characterOperand, numberOperand, parseStringSequence } from "./literal-operand.js";
import {
  asValue,
  changeOperand,
  faultyOperand,
  imageBehind,
  integerOperand,
  invalidOperand,
  lvalueOperand,
  type Operand,
  placeIn,
  variableOperand,
} from "./operand.js";
import { offsetPointer } from "./pointers.js";

/** A primary expression and what follows it: `[i]`, `.m`, `->m`, calls. */
export function parsePostfix(parser: Parser): Operand {
  return parsePostfixOf(parser, parsePrimary(parser));
}

export function parsePostfixOf(parser: Parser, primary: Operand): Operand {
  let operand = primary;
  for (;;) {
    const token = parser.token;
    if (token.kind !== TokenKind.punctuator) return operand;
    switch (token.text) {
      case "[": {
        if (startsNextElement(parser, operand)) return operand;
        parser.advance();
        parser.enter();
        const index = parseExpression(parser);
        parser.leave();
        parser.expect("]");
        operand = subscript(parser, operand, index, token);
        break;
      }
      case ".":
        if (startsNextElement(parser, operand)) return operand;
        parser.advance();
        operand = parseMember(parser, operand);
        break;
      case "->":
        parser.advance();
        operand = parseMember(parser, dereference(parser, operand, token));
        break;
      case "(":
        operand = parseCall(parser, operand);
        break;
      case "++":
      case "--":
        parser.advance();
        operand = changeOperand(parser, operand, token, `an expression with \`${token.text}\``);
        break;
      default:
        return operand;
    }
  }
}

/**
 * Whether the `.` or `[` is the designator of the next element, and the comma before it is missing: it cannot be applied
 * to the operand, and it stands at the start of a line or is followed by `=`.
 */
function startsNextElement(parser: Parser, operand: Operand): boolean {
  const { type } = operand;
  const isScalarValue = !operand.lvalue && isScalar(type);
  if (parser.at(".") && isScalarValue) return true;
  if (parser.braces.lists.length === 0 || type.kind === "invalid") return false;
  if (parser.at("[")) {
    return isScalarValue && type.kind !== "pointer" && isOnNewLine(parser.previous(), parser.token);
  }
  if (type.kind === "record" && type.definition.names.has(parser.peek().text)) return false;
  if (type.kind === "record" && !type.definition.complete) return false;
  return isOnNewLine(parser.previous(), parser.token) || /^[=.[]$/.test(parser.peek(2).text);
}

function parsePrimary(parser: Parser): Operand {
  const token = parser.token;
  switch (token.kind) {
    case TokenKind.number:
      parser.advance();
      return numberOperand(parser, token);
    case TokenKind.character:
      parser.advance();
      return characterOperand(parser, token);
    case TokenKind.string:
      return stringOperand(parser, token);
    case TokenKind.identifier:
      return parseIdentifier(parser, token);
    default:
      break;
  }
  if (token.text !== "(") parser.failExpected("an expression");
  if (parser.peek().text === "{") {
    parser.fail(cMessages["c-unsupported"]({ what: "a statement in an expression" }, placeOf(token)));
  }
  parser.advance();
  parser.enter();
  const operand = parseExpression(parser);
  parser.leave();
  parser.expect(")");
  return operand;
}

function stringOperand(parser: Parser, token: Token): Operand {
  const text = parseStringSequence(parser);
  if (text === null) return invalidOperand;
  const image = new ObjectImage(text.length, parser.work);
  image.writeText(0, text, text.length, token);
  image.isText = true;
  return lvalueOperand(arrayOf(charType, text.length), placeIn(image, true), { text });
}

function parseIdentifier(parser: Parser, token: Token): Operand {
  const symbol = parser.lookup(token.text);
  if (symbol === undefined) {
    const builtin = parseBuiltin(parser);
    if (builtin !== undefined) return builtin;
    parser.advance();
    if (token.text === "_Generic" || token.text.startsWith("__builtin_")) {
      parser.fail(cMessages["c-unsupported"]({ what: `\`${token.text}\`` }, placeOf(token)));
    }
    reportUnknownName(parser, token);
    return invalidOperand;
  }
  parser.advance();
  switch (symbol.kind) {
    case "enumerator":
      return integerOperand(symbol.enumerator.type, symbol.enumerator.value);
    case "object":
      return lvalueOperand(symbol.type, placeIn(symbol, true), {
        alignment: symbol.alignment,
        qualifiers: symbol,
      });
    case "function":
      return faultyOperand(symbol.type, () =>
        cMessages["c-address"]({ what: `the function \`${token.text}\`` }, placeOf(token)),
      );
    case "typedef":
      return parser.fail(cMessages["c-not-a-value"]({ name: token.text }, placeOf(token)));
  }
}

function parseMember(parser: Parser, operand: Operand): Operand {
  const token = parser.token;
  if (token.kind !== TokenKind.identifier) parser.failExpected("the name of a member");
  parser.advance();
  const { type } = operand;
  if (type.kind === "invalid") return invalidOperand;
  if (type.kind !== "record") {
    const args = { operator: ".", left: showType(type), right: null };
    parser.report(cMessages["c-operands"](args, placeOf(token)));
    return invalidOperand;
  }
  return memberOf(parser, operand, type, token);
}

/** The member of a struct lvalue, through anonymous members where need be. */
export function memberOf(parser: Parser, operand: Operand, type: RecordType, token: Token): Operand {
  if (!type.definition.complete) {
    reportIncomplete(parser, type, token);
    return invalidOperand;
  }
  let definition = type.definition;
  let offset = 0;
  let { constant, volatile } = operand.qualifiers;
  let readable = operand.address?.readable ?? false;
  for (;;) {
    const index = definition.names.get(token.text);
    if (index === undefined) {
      reportUnknownMember(parser, type, token);
      return invalidOperand;
    }
    const member = definition.members[index]!;
    if (definition.kind === "union" && !holdsMember(operand, definition, offset, index)) readable = false;
    offset += member.offset;
    constant ||= member.constant;
    volatile ||= member.volatile;
    if (member.name === null && member.type.kind === "record") {
      definition = member.type.definition;
      continue;
    }
    const address =
      operand.address === null
        ? null
        : { ...operand.address, readable, offset: add(operand.address.offset, offset) };
    const fault = operand.address === null ? asValue(operand, token).fault : operand.fault;
    return lvalueOperand(member.type, address, {
      fault,
      bit: member.bit,
      width: member.width,
      alignment: member.alignment,
      qualifiers: { constant, volatile },
    });
  }
}

/**
 * Whether the member may be read of the union that lies `offset` bytes into a constant object: gcc sees the value only
 * as the member that was given it.
 */
function holdsMember({ address }: Operand, union: RecordDefinition, offset: number, member: number): boolean {
  const image = address === null ? null : imageBehind(address);
  if (image === null || typeof address?.offset !== "number") return true;
  return image.activeMember(union, address.offset + offset) === member;
}

function subscript(parser: Parser, rawArray: Operand, rawIndex: Operand, token: Token): Operand {
  let array = rawArray;
  let index = asValue(rawIndex, token);
  // in C, 2[a] is a[2]
  if (asInteger(array.type) !== undefined && index.type.kind === "pointer") {
    [array, index] = [rawIndex, asValue(rawArray, token)];
  }
  if (array.type.kind === "invalid" || index.type.kind === "invalid") return invalidOperand;
  const isPlace = array.type.kind === "array" || array.type.kind === "pointer";
  if (!isPlace || asInteger(index.type) === undefined) {
    const args = { operator: "[ ]", left: showType(array.type), right: showType(index.type) };
    parser.report(cMessages["c-operands"](args, placeOf(token)));
    return { ...invalidOperand, type: invalidType };
  }
  if (array.type.kind === "array") {
    const element = array.type.element;
    const size = sizeOf(element) ?? 0;
    const address =
      array.address === null || index.value === null
        ? null
        : { ...array.address, offset: add(array.address.offset, multiply(index.value, size)) };
    return lvalueOperand(element, address, {
      fault: array.fault ?? index.fault,
      qualifiers: array.qualifiers,
    });
  }
  return dereference(parser, offsetPointer(asValue(array, token), index, "+", token), token);
}

/** A call: its arguments are read and its type known, its value never. */
function parseCall(parser: Parser, callee: Operand): Operand {
  const open = parser.advance();
  parser.enter();
  while (!parser.at(")")) {
    parseAssignment(parser);
    if (!parser.accept(",") && !parser.at(")")) parser.failBetween("`,` or `)`");
  }
  parser.leave();
  parser.advance();
  const { type } = callee;
  if (type.kind === "invalid") return invalidOperand;
  const target = type.kind === "pointer" ? type.target : type;
  if (target.kind !== "function") {
    parser.report(
      cMessages["c-operands"]({ operator: "( )", left: showType(type), right: null }, placeOf(open)),
    );
    return invalidOperand;
  }
  return variableOperand(target.result, open, "a function call");
}
