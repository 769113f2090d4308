import { parseAssignment } from "../expressions/expression.js";
import type { Operand } from "../expressions/operand.js";
import { cMessages, placeOf } from "../parser/messages.js";
import type { OpenList } from "../parser/open-braces.js";
import { type Parser, SyntaxFailure } from "../parser/state.js";
import type { Token } from "../token.js";
import {
  type ArrayType,
  asInteger,
  isAggregate,
  isCharArray,
  isEmptyArray,
  type RecordType,
  showType,
  sizeOf,
} from "../types/types.js";
import { atDesignator, parseDesignators } from "./designators.js";
import { type Choice, Frame, type Target } from "./frames.js";
import { largestObject, type ObjectImage } from "./image.js";
import { readBraced, readDropped } from "./initializer.js";
import { checkWork, reportTooLarge } from "./limits.js";
import { elementWith, endsHere, passSemicolon, reportMissingBraces, startsElement } from "./list-ends.js";
import { NamedPlaces, reportOverride } from "./overrides.js";
import { type Entered, type RangeStep, repeatEach } from "./ranges.js";
import {
  aggregateValue,
  checkLiteral,
  fillsWhole,
  reportWrong,
  showTarget,
  storeScalar,
  storeString,
} from "./values.js";

/** Reads the list between one pair of braces. */
export class ListReader {
  /** The braced aggregate at the bottom, above it those entered without braces. */
  readonly stack: Frame[];
  /** Ranges among the designators of the current element. */
  ranges: RangeStep[] = [];
  /** Union members chosen on the way to the current element; null unless it has ranges. */
  private choices: Choice[] | null = null;
  /** Aggregates entered on the way to it. */
  private entered: Entered[] = [];
  /** A value was not understood, so where the next ones go is a guess: no word about excess. */
  private isUncertain = false;
  private isTooLarge = false;

  /** Places that designators have named; null before the first. */
  private named: NamedPlaces | null = null;
  /** The last token of the current designators. */
  designatorEnd: Token | null = null;

  constructor(
    readonly parser: Parser,
    private readonly image: ObjectImage,
    frame: Frame,
  ) {
    this.stack = [frame];
  }

  /** From the opening brace to behind the closing one. @param isRoot the list is that of a whole object */
  read(isRoot: boolean): void {
    const { parser } = this;
    const position = parser.mark();
    this.readFrom({ open: parser.advance(), type: this.stack[0]!.type, isRoot, isImplied: false }, position);
  }

  /** Reads on as if the brace of a list stood before the current token. */
  private readImplied(): void {
    const { parser } = this;
    const { type } = this.stack[0]!;
    this.readFrom({ open: parser.token, type, isRoot: false, isImplied: true }, parser.mark());
  }

  private readFrom(list: OpenList, position: number): void {
    const { braces } = this.parser;
    braces.enter(list, position);
    try {
      this.readElements(list, braces.lists.length);
    } finally {
      braces.leave();
    }
  }

  private readElements({ open }: OpenList, level: number): void {
    const { parser } = this;
    const { braces } = parser;
    while (!parser.accept("}")) {
      const start = parser.mark();
      const depth = parser.currentDepth();
      try {
        if (parser.at(";") || parser.atEnd()) {
          passSemicolon(parser, open);
          continue;
        }
        if (!endsHere(parser) && this.readElement(open)) return;
        if (braces.closingTo !== null) {
          if (braces.closingTo < level) return;
          braces.closingTo = null;
          continue;
        }
        if (parser.accept(",") || parser.at("}")) continue;
        if (!endsHere(parser)) this.reportMissingComma(open);
        if (braces.closingTo !== null) return;
      } catch (failure) {
        if (!(failure instanceof SyntaxFailure)) throw failure;
        parser.restoreDepth(depth);
        this.isUncertain = true;
        this.recover(failure, start);
      }
    }
  }

  /** Two values without a comma between them: the second one is read as if it were there. */
  private reportMissingComma(open: Token): void {
    const { parser } = this;
    if (parser.at(";") || parser.atEnd()) {
      passSemicolon(parser, open);
      return;
    }
    const isDesignator = atDesignator(this);
    const areConstants = parser.token.expansion !== null && parser.previous().expansion !== null;
    const help = areConstants && !isDesignator ? "to combine flags, write `|` between them" : undefined;
    const diagnostic = parser.missing("`,`", help);
    if (!isDesignator) this.isUncertain = true;
    if (startsElement(parser)) parser.report(diagnostic);
    else parser.fail(diagnostic);
  }

  /** Goes to the next comma of this list. A `;` means that the list was never closed: then all lists end here. */
  private recover(failure: SyntaxFailure, start: number): void {
    const { parser } = this;
    for (let from = start; ; from = parser.mark()) {
      if (parser.atStraySemicolon()) {
        parser.advance();
        return;
      }
      if (parser.at(";") || parser.atEnd()) throw failure;
      parser.resume(from, [","]);
      if (parser.accept(",") || parser.at("}")) return;
      if (parser.at(")") || parser.at("]")) parser.advance();
    }
  }

  /** @returns true if the list ended with the element: their braces are one and the same */
  private readElement(open: Token): boolean {
    const { parser } = this;
    checkWork(parser, parser.token);
    this.ranges = [];
    this.choices = null;
    this.entered = [];
    if (!atDesignator(this)) {
      this.readValue(false);
      return false;
    }
    if (parser.at(".") && elementWith(this.stack[0]!, parser.peek())) return this.readUnbraced(open);
    const first = parser.token;
    this.choices = [];
    if (!parseDesignators(this)) {
      this.isUncertain = true;
      this.skipValue();
      return false;
    }
    const last = this.designatorEnd ?? first;
    const isPlain = this.ranges.length === 0 && !this.isUncertain && parser.silenced === 0;
    this.named ??= new NamedPlaces();
    const override = isPlain ? this.named.name(this.stack, { first, last }, this.image) : null;
    if (!this.readUnopened()) this.readValue(true);
    if (override !== null) reportOverride(parser, override);
    return false;
  }

  /** Reads the members of one element as if it had braces; those of the list may be the only ones there are. */
  private readUnbraced(open: Token): boolean {
    const { parser } = this;
    if (this.stack[0]!.filled === 0) reportMissingBraces(parser, this.stack[0]!.type, open);
    else parser.report(parser.expectedBefore("`{`"));
    this.stack.length = 1;
    const isOneShort = parser.braces.missing() < 0;
    if (isOneShort) parser.braces.assume(1);
    this.readImpliedList(this.stack[0]!);
    return !isOneShort && parser.braces.closingTo === null;
  }

  /** `.member = .name = ...`: the brace behind the first `=` is missing. */
  private readUnopened(): boolean {
    const { parser } = this;
    const frame = this.stack.at(-1)!;
    if (!parser.at(".") || frame.isExhausted()) return false;
    const type = frame.slotType();
    if (type.kind !== "record" || !type.definition.names.has(parser.peek().text)) return false;
    parser.report(parser.missing("`{`"));
    parser.braces.assume(1);
    this.readImpliedList(frame);
    return true;
  }

  private readImpliedList(frame: Frame): void {
    const target = this.take(frame);
    const inner = new Frame(target, target.type as ArrayType | RecordType, false);
    new ListReader(this.parser, this.image, inner).readImplied();
  }

  private readValue(isDesignated: boolean): void {
    const { parser, stack } = this;
    if (stack[0]!.isText || (stack.at(-1)!.isText && !isDesignated)) {
      parser.report(
        cMessages["c-excess-braces"]({ type: showType(stack.at(-1)!.type) }, placeOf(parser.token)),
      );
      this.skipValue();
      return;
    }
    const token = parser.token;
    const target = parser.at("{") ? this.readBracedElement(isDesignated) : this.readExpression(isDesignated);
    if (target !== null && this.ranges.length > 0) this.repeat(target, token);
  }

  private skipValue(): void {
    if (this.parser.at("{")) this.parser.skipBalanced();
    else parseAssignment(this.parser);
  }

  /** Leaves the aggregates that were entered without braces and are full. */
  private leaveFull(isDesignated: boolean): Frame {
    const { stack } = this;
    while (!isDesignated && stack.length > 1 && stack.at(-1)!.isExhausted()) stack.pop();
    return stack.at(-1)!;
  }

  private readBracedElement(isDesignated: boolean): Target | null {
    const { parser } = this;
    const frame = this.leaveFull(isDesignated);
    if (frame.isExhausted()) {
      this.dropBraced(frame);
      return null;
    }
    const open = parser.token;
    const target = this.take(frame, isEmptyArray(frame.slotType()));
    this.checkFlexible(target, open);
    if (!isAggregate(target.type) && target.type.kind !== "invalid" && parser.silenced === 0) {
      parser.report(cMessages["c-scalar-braces"]({ type: showTarget(target) }, placeOf(open)));
    }
    readBraced(parser, this.image, target, false);
    return target;
  }

  /** Braces behind the last element are dropped; behind the last member they are an error in gcc as well. */
  private dropBraced(frame: Frame): void {
    const { parser } = this;
    const args = { type: showType(frame.type) };
    const message = frame.type.kind === "record" ? "c-excess-braces" : "c-excess-elements";
    if (!this.isUncertain) parser.report(cMessages[message](args, placeOf(parser.token)));
    if (frame.type.kind === "array") readDropped(parser, frame.type.element);
    else parser.skipBalanced();
  }

  private readExpression(isDesignated: boolean): Target | null {
    const { parser, stack } = this;
    const token = parser.token;
    const operand = parseAssignment(parser);
    if (operand.type.kind === "invalid") this.isUncertain = true;
    const isString = operand.text !== null && operand.lvalue;
    const top = stack.at(-1)!;
    const takesText = top.isReplaceable || (stack.length === 1 && top.filled === 0);
    if (isString && !isDesignated && takesText && isCharArray(top.type)) {
      this.storeText(top, top.type, operand.text, token);
      return null;
    }
    this.leaveFull(isDesignated);
    return this.sink(operand, isString, token);
  }

  /** `{ "text" }`: the braces around a string for the whole array. */
  private storeText(frame: Frame, type: ArrayType, text: readonly number[], token: Token): void {
    const target: Target = {
      type,
      offset: frame.offset + frame.shift,
      member: null,
      growsFrom: frame.sizeWith(-1),
    };
    const stored = storeString(this.parser, this.image, target, type, text, token);
    frame.filled = stored.length ?? 0;
    frame.isText = true;
  }

  /** Finds the place of a value without braces: down through aggregates to what it can fill as a whole. */
  private sink(operand: Operand, isString: boolean, token: Token): Target | null {
    for (;;) {
      const frame = this.stack.at(-1)!;
      if (frame.isExhausted()) {
        if (!this.isUncertain) {
          const args = { type: showType(frame.type) };
          this.parser.report(cMessages["c-excess-elements"](args, placeOf(token)));
        }
        return null;
      }
      const type = frame.slotType();
      if (isString && type.kind === "array" && asInteger(type.element) !== undefined) {
        const target = this.take(frame);
        this.checkFlexible(target, token);
        if (!isCharArray(type)) reportWrong(this.parser, target, operand, token);
        else storeString(this.parser, this.image, target, type, operand.text ?? [], token);
        return target;
      }
      if (isAggregate(type) && !fillsWhole(operand, type)) {
        this.enterSlot();
        continue;
      }
      const target = this.take(frame);
      if (isAggregate(type)) this.copyValue(target, operand, token);
      else storeScalar(this.parser, this.image, target, operand, token);
      return target;
    }
  }

  private copyValue(target: Target, operand: Operand, token: Token): void {
    const source = aggregateValue(operand);
    const size = sizeOf(target.type) ?? 0;
    if (source === null) return;
    this.image.clear(target.offset, target.offset + size);
    this.image.writeImage(target.offset, source.image, source.offset, size);
    if (source.isObject) this.image.markCopy(target.offset, size);
    if (operand.image === null) this.image.readsObjects = true;
    else checkLiteral(this.parser, operand.image, token);
  }

  /** Goes into the aggregate that the frame on top is at. */
  enterSlot(): Frame {
    const above = this.stack.at(-1)!;
    const target = this.take(above, isEmptyArray(above.slotType()));
    this.checkFlexible(target, this.parser.token);
    const frame = new Frame(target, target.type as ArrayType | RecordType, false);
    const { offset } = target;
    const size = sizeOf(target.type) ?? 0;
    this.image.dissolveCopy(offset, size);
    this.entered.push({ offset, size, level: this.stack.length });
    if (isCharArray(target.type)) frame.isReplaceable = this.image.isTouched(offset, offset + size);
    this.stack.push(frame);
    return frame;
  }

  private checkFlexible({ type, growsFrom }: Target, token: Token): void {
    if (type.kind === "array" && type.length === null && growsFrom === null) {
      this.parser.fail(cMessages["c-flexible-nested"]({}, placeOf(token)));
    }
  }

  private take(frame: Frame, isVoid = false): Target {
    this.reserve(frame, frame.next);
    return frame.take(this.image, this.choices, this.stack.length - 1, isVoid);
  }

  /** Makes the object large enough for the element of an array that has no fixed length. */
  reserve(frame: Frame, index: number): void {
    const size = frame.sizeWith(index);
    if (size === null || size <= this.image.size) return;
    if (size > largestObject) {
      if (!this.isTooLarge) reportTooLarge(this.parser, showType(frame.type), this.parser.token);
      this.isTooLarge = true;
      this.parser.failSilently();
    }
    this.image.growTo(size);
  }

  /** Repeats the value just written over all indices of the ranges that led to it. */
  private repeat(target: Target, token: Token): void {
    const size = sizeOf(target.type) ?? 0;
    const [first, ...more] = this.ranges;
    const isWhole = this.entered.length === 0 || !this.image.hasCopies();
    const isPlain = this.choices?.length === 0 && (target.member?.width ?? 0) === 0 && isWhole;
    const isSimple = more.length === 0 && isPlain;
    if (size > 0 && first !== undefined) {
      if (isSimple) this.image.repeat(target.offset, size, first.stride, first.count - 1);
      else
        repeatEach(this.parser, this.image, target, {
          ranges: this.ranges,
          choices: this.choices ?? [],
          entered: this.entered,
          token,
        });
    }
    checkWork(this.parser, token);
    for (const { count, stride, frame: level } of this.ranges) {
      const frame = this.stack[level]!;
      frame.next += count - 1;
      frame.filled = Math.max(frame.filled, frame.next);
      for (const above of this.stack.slice(level + 1)) above.shift += (count - 1) * stride;
    }
  }
}
