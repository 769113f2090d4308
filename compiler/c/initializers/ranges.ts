import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import { sizeOf } from "../types/types.js";
import type { Choice, Target } from "./frames.js";
import type { ObjectImage } from "./image.js";
import { checkWork } from "./limits.js";

/** A designated range `[a ... b]`: how the value that was written for `a` is to be repeated. */
export interface RangeStep {
  /** Number of elements, at least 2. */
  readonly count: number;
  /** Size of one element in bytes. */
  readonly stride: number;
  /** Index of the array's frame on the stack. */
  readonly frame: number;
}

/** A subobject on the way to a value, of which only a part gets one. */
export interface Entered {
  readonly offset: number;
  readonly size: number;
  /** Index of its frame on the stack. */
  readonly level: number;
}

/** The ranges that led to a value, and the members of unions chosen on the way. */
export interface Repetition {
  readonly ranges: readonly RangeStep[];
  readonly choices: readonly Choice[];
  readonly entered: readonly Entered[];
  /** Where the value stands. */
  readonly token: Token;
}

/** Repeats the value at the target over all combinations of the ranges, one by one. */
export function repeatEach(
  parser: Parser,
  image: ObjectImage,
  { type, member, offset }: Target,
  { ranges, choices, entered, token }: Repetition,
): void {
  const size = sizeOf(type) ?? 0;
  const width = member?.width ?? 0;
  const bits = width > 0 ? image.readBits(offset, member!.bit, width) : 0n;
  const at = ranges.map(() => 0);
  for (;;) {
    let turn = ranges.length - 1;
    while (turn >= 0 && ++at[turn]! === ranges[turn]!.count) at[turn--] = 0;
    if (turn < 0) return;
    // one by one is slow: it counts as much as so many plain bytes
    parser.work.bytes += 512;
    checkWork(parser, token);
    const distance = ranges.reduce((sum, { stride }, index) => sum + at[index]! * stride, 0);
    // what lies above a range is one for all its elements; below it there is one for each
    const reach = (level: number): number =>
      ranges.reduce((sum, { stride, frame }, index) => sum + (level > frame ? at[index]! * stride : 0), 0);
    for (const { offset: start, size: length, level } of entered) {
      image.dissolveCopy(start + reach(level), length);
    }
    for (const choice of choices) {
      image.selectMember(choice.union.definition, choice.offset + reach(choice.level), choice.member);
    }
    if (width > 0) image.writeBits(offset + distance, member!.bit, width, bits, token);
    else image.repeat(offset, size, distance, 1);
  }
}
