import { at, type SourcePlace } from "../../diagnostics/diagnostic.js";
import { cMessages, placeOf, quote } from "../parser/messages.js";
import type { Parser } from "../parser/state.js";
import type { Token } from "../token.js";
import { showInteger, wrap } from "../types/constant.js";
import { asInteger } from "../types/types.js";
import type { Frame } from "./frames.js";
import type { ObjectImage } from "./image.js";

/** The designators of one element, from their first token to their last. */
interface Designators {
  readonly first: Token;
  readonly last: Token;
}

/** A second value for a place that had one: both values are shown once the second is written. */
export interface Override {
  readonly earlier: Designators;
  readonly designators: Designators;
  readonly before: string | null;
  /** What the place holds now, as text; null for what is no integer. */
  readonly now: () => string | null;
}

/**
 * The places that the designators of one list have named, to find one that is named again: easily a line that was
 * copied and not changed. Ranges are left out: it is usual to fill all and then to set some anew.
 */
export class NamedPlaces {
  /** By index, for the members of the struct itself: what nearly all designators name. */
  private readonly members: (Designators | undefined)[] = [];
  /** By path, for all else. */
  private paths: Map<string, Designators> | null = null;

  /** Notes the place that the top of the stack is at; gives the override where it was named before. */
  name(stack: readonly Frame[], designators: Designators, image: ObjectImage): Override | null {
    const bottom = stack[0]!;
    let earlier: Designators | undefined;
    if (stack.length === 1 && bottom.type.kind === "record") {
      earlier = this.members[bottom.next];
      this.members[bottom.next] = designators;
    } else {
      this.paths ??= new Map();
      const path = stack.map(({ next }) => next).join(".");
      earlier = this.paths.get(path);
      this.paths.set(path, designators);
    }
    if (earlier === undefined) return null;
    const now = integerAt(stack.at(-1)!, image);
    return { earlier, designators, before: now(), now };
  }
}

/** Reads the integer that lies where the frame is now, also after the frame went on. */
function integerAt(frame: Frame, image: ObjectImage): () => string | null {
  if (frame.isExhausted()) return () => null;
  const { next, offset, shift } = frame;
  const member = frame.slotMember();
  const integer = asInteger(frame.slotType());
  if (integer === undefined) return () => null;
  const start = offset + shift + (member === null ? next * frame.elementSize() : member.offset);
  const width = member?.width ?? 0;
  return () => {
    if (start + integer.size > image.size) return null;
    const range = { bits: width > 0 ? width : integer.bits, signed: integer.signed };
    const value =
      width > 0
        ? wrap(image.readBits(start, member!.bit, width), range)
        : image.readInteger(start, integer.size, range);
    return showInteger(value);
  };
}

export function reportOverride(parser: Parser, { earlier, designators, before, now }: Override): void {
  const after = now();
  const values = before === null || after === null ? null : ([before, after] as const);
  const { first, last } = designators;
  const written =
    first.file === last.file && first.expansion === null && last.expansion === null
      ? first.file.text.slice(first.start, last.end)
      : `.${last.text}`;
  parser.report(
    cMessages["c-override"]({ member: quote(written), values }, placeOfBoth(designators), {
      secondary: [
        { place: placeOfBoth(earlier), text: before === null ? "first here" : `first ${before} here` },
      ],
    }),
  );
}

function placeOfBoth({ first, last }: Designators): SourcePlace {
  if (first.file !== last.file || first.expansion !== null || last.expansion !== null) return placeOf(first);
  return at({ file: first.file, start: first.start, end: last.end });
}
