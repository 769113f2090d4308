import { type ArrayType, type CType, type RecordMember, type RecordType, sizeOf } from "../types/types.js";
import type { ObjectImage } from "./image.js";

/** Where a value goes. */
export interface Target {
  readonly type: CType;
  /** In bytes from the start of the object. */
  readonly offset: number;
  /** The struct member, if it is one: for bit-fields and for messages. */
  readonly member: RecordMember | null;
  /**
   * Where an array without a length may grow: the size of the object is this plus its elements. Null where it may
   * not, and for everything else.
   */
  readonly growsFrom: number | null;
}

/** A member of a union that was chosen on the way to a target. */
export interface Choice {
  readonly union: RecordType;
  readonly offset: number;
  readonly member: number;
  /** Index of the union's frame on the stack. */
  readonly level: number;
}

/**
 * One aggregate that is being filled: the braced one at the bottom of a stack, and above it those that were entered
 * without braces, by a designator or because C lets braces be left out.
 */
export class Frame {
  /** The member or element that the next value goes to. */
  next = 0;
  /** Greatest index that was filled, plus one: the length of an array without one. */
  filled = 0;
  readonly type: ArrayType | RecordType;
  readonly offset: number;
  /**
   * A string without a designator replaces the whole array, as gcc has it where the values so far did not come in
   * order from the first: one was given before the array was entered, or designators led back or over the first.
   */
  isReplaceable = false;
  /** A string filled the whole array: nothing may follow. */
  isText = false;
  /** How far designated ranges have moved this frame from where it was entered. */
  shift = 0;
  private readonly stride: number;
  private readonly growsFrom: number | null;
  private readonly outermost: boolean;
  private unionDone = false;

  /** @param outermost the frame is the whole object: only there may a flexible member have a value */
  constructor(target: Target, type: ArrayType | RecordType, outermost: boolean) {
    this.type = type;
    this.offset = target.offset;
    this.growsFrom = target.growsFrom;
    this.outermost = outermost;
    this.stride = type.kind === "array" ? (sizeOf(type.element) ?? 0) : 0;
  }

  /** Nothing follows the last value. */
  isExhausted(): boolean {
    const { type } = this;
    if (type.kind === "array") return type.length !== null && this.next >= type.length;
    if (type.definition.kind === "union" && this.unionDone) return true;
    return this.next >= type.definition.members.length;
  }

  /** The next value goes to this index. */
  moveTo(index: number): void {
    if (index < this.filled || (this.filled === 0 && index > 0)) this.isReplaceable = true;
    this.next = index;
    this.unionDone = false;
  }

  /** The type of what is filled next; the frame is not exhausted. */
  slotType(): CType {
    const { type } = this;
    return type.kind === "array" ? type.element : type.definition.members[this.next]!.type;
  }

  /** The member that is filled next, in a struct or union. */
  slotMember(): RecordMember | null {
    return this.type.kind === "record" ? this.type.definition.members[this.next]! : null;
  }

  elementSize(): number {
    return this.stride;
  }

  /** The size that the object must have to hold the elements up to `index`; null where it does not grow. */
  sizeWith(index: number): number | null {
    return this.growsFrom === null ? null : this.growsFrom + (index + 1) * this.stride;
  }

  /**
   * The target of the next value, and one step on. In a union the other members lose their value, unless nothing
   * will be written: `isVoid`.
   */
  take(image: ObjectImage, choices: Choice[] | null, level: number, isVoid: boolean): Target {
    const { type } = this;
    const index = this.next++;
    this.filled = Math.max(this.filled, this.next);
    const start = this.offset + this.shift;
    if (type.kind === "array") {
      return { type: type.element, offset: start + index * this.stride, member: null, growsFrom: null };
    }
    const { definition } = type;
    const member = definition.members[index]!;
    if (definition.kind === "union") {
      this.unionDone = true;
      if (!isVoid) {
        image.selectMember(definition, start, index);
        choices?.push({ union: type, offset: start, member: index, level });
      }
    }
    const isFlexible = this.outermost && member.type.kind === "array" && member.type.length === null;
    return {
      type: member.type,
      offset: start + member.offset,
      member,
      growsFrom: isFlexible ? definition.size : null,
    };
  }
}
