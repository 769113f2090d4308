import { parseConditional, requireInteger } from "../expressions/expression.js";
import { cMessages, placeOf } from "../parser/messages.js";
import { oddTokenDiagnostic } from "../parser/odd-tokens.js";
import { didYouMean } from "../parser/suggest.js";
import { reportUnknownMember } from "../parser/unknown.js";
import { spanOf, type Token, TokenKind } from "../token.js";
import { type Integer, showInteger } from "../types/constant.js";
import { isAggregate, type RecordType, showType } from "../types/types.js";
import type { Frame } from "./frames.js";
import type { ListReader } from "./list.js";

/** Whether a designator starts here: `.name`, `[index]`, the old `name:`, or `name =`, whose dot is missing. */
export function atDesignator({ parser, stack }: ListReader): boolean {
  const { token } = parser;
  if (token.text === "." || token.text === "[") return true;
  if (token.kind !== TokenKind.identifier) return false;
  const next = parser.peek().text;
  return next === ":" || (next === "=" && stack[0]!.type.kind === "record");
}

/**
 * Reads designators up to their `=` and leaves the frame on top of the stack at the place they name. False if they
 * name none, which is reported; the value is then to be skipped.
 */
export function parseDesignators(reader: ListReader): boolean {
  const { parser, stack } = reader;
  stack.length = 1;
  const start = parser.token;
  let valid = true;
  let count = 0;
  for (let isFirst = true; ; isFirst = false) {
    const { token } = parser;
    const isOld = isFirst && token.kind === TokenKind.identifier;
    if (!isOld && token.text !== "." && token.text !== "[") break;
    count++;
    if (valid && !isFirst) valid = enterSlot(reader, token);
    if (token.text === "[") {
      valid = parseIndex(reader, valid);
      reader.designatorEnd = parser.previous();
    } else {
      if (!isOld) parser.advance();
      const name = parser.token;
      if (name.kind !== TokenKind.identifier) parser.failExpected("the name of a member");
      parser.advance();
      if (isOld && parser.at("=")) valid = reportMissingDot(reader, name);
      valid = valid && selectMember(reader, name);
      reader.designatorEnd = name;
      if (isOld && !parser.at("=")) {
        parser.expect(":");
        return valid;
      }
    }
  }
  // GNU: a single `[index] value` may go without the sign
  const mayLackSign = count === 1 && start.text === "[";
  if (!parser.accept("=") && !mayLackSign) parser.failBetween("`=`");
  return valid;
}

/** Goes into the subobject that the designators so far have named. */
function enterSlot(reader: ListReader, token: Token): boolean {
  const frame = reader.stack.at(-1)!;
  const type = frame.slotType();
  if (type.kind === "invalid") return false;
  if (!isAggregate(type)) {
    const problem = `\`${token.text}\` after a value of type \`${showType(type)}\`, which has no parts`;
    reader.parser.report(cMessages["c-designator"]({ problem }, placeOf(token)));
    return false;
  }
  reader.enterSlot();
  return true;
}

/** `name = value` in the list of a struct. @returns whether the struct has that member */
function reportMissingDot({ parser, stack }: ListReader, name: Token): boolean {
  const { type } = stack[0]!;
  const names = type.kind === "record" ? type.definition.names : new Map<string, number>();
  const isMember = names.has(name.text);
  const help = isMember ? `did you mean \`.${name.text}\`?` : didYouMean(name.text, names.keys());
  const span = { ...spanOf(name), end: name.start };
  const isWritten = isMember && name.expansion === null;
  parser.report(
    oddTokenDiagnostic(name) ??
      cMessages["c-missing-dot"]({ name: name.text }, placeOf(name), {
        ...(help === undefined ? {} : { help }),
        fixes: isWritten ? [{ title: "add the dot", edits: [{ span, newText: "." }] }] : [],
      }),
  );
  return isMember;
}

function selectMember(reader: ListReader, name: Token): boolean {
  let frame = reader.stack.at(-1)!;
  if (frame.type.kind !== "record") {
    const problem = `\`.${name.text}\` names a member, but \`${showType(frame.type)}\` is an array`;
    reader.parser.report(cMessages["c-designator"]({ problem }, placeOf(name)));
    return false;
  }
  const outer: RecordType = frame.type;
  for (let type: RecordType = outer; ; ) {
    const index = type.definition.names.get(name.text);
    if (index === undefined) {
      reportUnknownMember(reader.parser, outer, name);
      return false;
    }
    frame.moveTo(index);
    const member = type.definition.members[index]!;
    if (member.name !== null || member.type.kind !== "record") return true;
    // the name lies in an anonymous member
    frame = reader.enterSlot();
    type = member.type;
  }
}

function parseIndex(reader: ListReader, isReachable: boolean): boolean {
  const { parser } = reader;
  const open = parser.advance();
  const firstToken = parser.token;
  const first = requireInteger(parser, parseConditional(parser), firstToken, "an index", true);
  let last = first;
  let lastToken = firstToken;
  if (parser.accept("...")) {
    lastToken = parser.token;
    last = requireInteger(parser, parseConditional(parser), lastToken, "an index", true);
  }
  parser.expect("]");
  if (!isReachable || first === null || last === null) return false;
  const frame = reader.stack.at(-1)!;
  if (frame.type.kind !== "array") {
    const problem = `an index, but \`${showType(frame.type)}\` is no array`;
    parser.report(cMessages["c-designator"]({ problem }, placeOf(open)));
    return false;
  }
  if (!checkIndex(reader, frame, first, firstToken) || !checkIndex(reader, frame, last, lastToken))
    return false;
  if (last < first) {
    const problem = `the range from ${showInteger(first)} to ${showInteger(last)} is empty`;
    parser.report(cMessages["c-designator"]({ problem }, placeOf(firstToken)));
    return false;
  }
  frame.moveTo(Number(first));
  if (first !== last) {
    const count = Number(last) - Number(first) + 1;
    reader.reserve(frame, Number(last));
    reader.ranges.push({ count, stride: frame.elementSize(), frame: reader.stack.length - 1 });
  }
  return true;
}

function checkIndex(reader: ListReader, frame: Frame, index: Integer, token: Token): boolean {
  const length = frame.type.kind === "array" ? frame.type.length : null;
  if (typeof index === "number" && index >= 0 && index < (length ?? Number.MAX_SAFE_INTEGER)) return true;
  const shown = showInteger(index);
  const problem =
    index < 0 || length === null
      ? `index ${shown} is out of range`
      : `index ${shown} is out of range: \`${showType(frame.type)}\` has ${length} elements`;
  reader.parser.report(cMessages["c-designator"]({ problem }, placeOf(token)));
  return false;
}
