import { parseAssignment } from "../expressions/expression.js";
import { invalidOperand, lvalueOperand, type Operand, placeIn } from "../expressions/operand.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import { reportIncomplete } from "../parser/unknown.js";
import type { Token } from "../token.js";
import {
  areCompatible,
  arrayOf,
  type CType,
  isAggregate,
  isCharArray,
  showType,
  sizeOf,
} from "../types/types.js";
import { Frame, type Target } from "./frames.js";
import { largestObject, ObjectImage } from "./image.js";
import { checkWork, reportTooLarge } from "./limits.js";
import { ListReader } from "./list.js";
import { aggregateValue, checkLiteral, reportWrong, showTarget, storeScalar, storeString } from "./values.js";

/**
 * Initialisers, written into the object's bytes while they are read. The order of things is gcc's own: later values
 * win, braces start a subobject afresh, a designator moves the place where values go on, and a value without braces
 * of its own sinks to the first scalar.
 */

export interface Initialized {
  /** The type with the length that the initialiser gave it. */
  readonly type: CType;
  readonly image: ObjectImage;
}

/**
 * Reads what stands behind `=` for an object of the type. Null if the object cannot be made at all, which was
 * reported; the initialiser was then skipped.
 */
export function parseInitializer(
  parser: Parser,
  type: CType,
  name: string,
  token: Token,
): Initialized | null {
  const image = newImage(parser, type, name, token);
  if (image === null) {
    if (parser.at("{")) parser.skipBalanced();
    else parseAssignment(parser);
    return null;
  }
  const isOpenArray = type.kind === "array" && type.length === null;
  const target: Target = { type, offset: 0, member: null, growsFrom: isOpenArray ? 0 : null };
  if (parser.at("{")) {
    const filled = readBraced(parser, image, target, true);
    return { type: isOpenArray ? arrayOf(type.element, filled) : type, image };
  }
  const first = parser.token;
  const operand = parseAssignment(parser);
  return { type: storeWhole(parser, image, target, operand, first), image };
}

/** `(type){ ... }`; the type and its parentheses were read. */
export function parseCompoundLiteral(parser: Parser, type: CType, token: Token): Operand {
  const initialized = parseInitializer(parser, type, showType(type), token);
  if (initialized === null) return invalidOperand;
  const { image } = initialized;
  image.finish();
  return lvalueOperand(initialized.type, placeIn(image, false), { image });
}

/** An image of the size that is known so far. */
function newImage(parser: Parser, type: CType, name: string, token: Token): ObjectImage | null {
  if (type.kind === "invalid") return null;
  const isOpenArray = type.kind === "array" && type.length === null;
  const size = isOpenArray ? 0 : sizeOf(type);
  if (size === undefined) {
    reportIncomplete(parser, type, token);
    return null;
  }
  if (size > largestObject) {
    reportTooLarge(parser, name, token);
    return null;
  }
  const image = new ObjectImage(size, parser.work);
  checkWork(parser, token);
  return image;
}

/** An initialiser without braces for the whole object: a scalar, a string, or a compound literal. */
function storeWhole(
  parser: Parser,
  image: ObjectImage,
  target: Target,
  operand: Operand,
  token: Token,
): CType {
  const { type } = target;
  if (operand.type.kind === "invalid") return type;
  if (!isAggregate(type)) {
    storeScalar(parser, image, target, operand, token);
    return type;
  }
  if (operand.text !== null && isCharArray(type)) {
    return storeString(parser, image, target, type, operand.text, token);
  }
  const source = aggregateValue(operand);
  if (source !== null && areCompatible(operand.type, type)) {
    const size = sizeOf(operand.type) ?? 0;
    image.growTo(size);
    image.writeImage(0, source.image, source.offset, size);
    if (operand.image === null) image.readsObjects = true;
    else checkLiteral(parser, operand.image, token);
    return operand.type;
  }
  reportWrong(parser, target, operand, token);
  return type;
}

/** Reads `{ ... }` for the target; returns how many elements or members were filled at most. */
export function readBraced(parser: Parser, image: ObjectImage, target: Target, outermost: boolean): number {
  const { type } = target;
  parser.enter();
  try {
    if (!isAggregate(type)) {
      if (type.kind === "invalid") parser.skipBalanced();
      else readBracedScalar(parser, image, target);
      return 1;
    }
    if (target.growsFrom !== null) image.cutTo(target.growsFrom);
    image.clear(target.offset, target.offset + (sizeOf(type) ?? image.size - target.offset));
    const frame = new Frame(target, type, outermost);
    new ListReader(parser, image, frame).read(outermost);
    return frame.filled;
  } finally {
    parser.leave();
  }
}

/** `{ value }` around a scalar: gcc takes the first value and drops others. */
function readBracedScalar(parser: Parser, image: ObjectImage, target: Target): void {
  const open = parser.advance();
  const type = showTarget(target);
  if (parser.at("}")) {
    parser.report(cMessages["c-empty-scalar"]({ type }, placeOf(open)));
    parser.advance();
    return;
  }
  for (let isFirst = true; !parser.at("}"); isFirst = false) {
    const token = parser.token;
    if (!isFirst) parser.report(cMessages["c-excess-elements"]({ type }, placeOf(token)));
    if (parser.at("{")) {
      parser.report(cMessages["c-scalar-braces"]({ type }, placeOf(token)));
      if (isFirst) readBraced(parser, image, target, false);
      else readDropped(parser, target.type);
    } else if (parser.at(".") || parser.at("[")) {
      const problem = `a designator, but \`${type}\` has no parts`;
      parser.fail(cMessages["c-designator"]({ problem }, placeOf(token)));
    } else {
      const operand = parseAssignment(parser);
      if (isFirst) storeScalar(parser, image, target, operand, token);
    }
    if (!parser.accept(",") && !parser.at("}")) parser.failBetween("`,` or `}`");
  }
  parser.advance();
}

/** Reads `{ ... }` that has no place in the object, for the errors in it. */
export function readDropped(parser: Parser, type: CType): void {
  const size = sizeOf(type);
  if (size === undefined || size > largestObject) {
    parser.skipBalanced();
    return;
  }
  const target: Target = { type, offset: 0, member: null, growsFrom: null };
  readBraced(parser, new ObjectImage(size, parser.work), target, false);
}
