import type { Field, StructLayout } from "../layout/types.js";
import type { GapRun } from "./residue.js";
import { givenAlternative } from "./union-views.js";

/** What can be shown of a struct, worked out once per layout: its fields, and the bits that none of them covers. */
export interface StructPlan {
  readonly layout: StructLayout;
  /** The overlapping fields, grouped into sets that can be shown together; see {@link alternativesOf}. */
  readonly alternatives: readonly (readonly string[])[];
  /** The view that shows this overlapping field; null: those outside of the union only. */
  readonly viewWith: (member: string | null) => ViewPlan;
  /**
   * The fields of the view that `value` gives; with no overlapping member given, those outside the union.
   *
   * @throws WireValueError for members that describe the same bytes
   */
  readonly viewOf: (value: { readonly [field: string]: unknown }) => ViewPlan;
}

/** The fields of a struct that are shown together, in the order of the layout, and the bits none of them covers. */
export interface ViewPlan {
  readonly fields: readonly FieldPlan[];
  readonly gaps: readonly GapRun[];
}

interface FieldPlan {
  readonly name: string;
  readonly field: Field;
}

const plans = new WeakMap<StructLayout, StructPlan>();

export function planOf(layout: StructLayout): StructPlan {
  let plan = plans.get(layout);
  if (plan === undefined) {
    plan = layout.overlapping ? planOverlapping(layout) : planPlain(layout);
    plans.set(layout, plan);
  }
  return plan;
}

function planPlain(layout: StructLayout): StructPlan {
  let view: ViewPlan | undefined;
  const whole = (): ViewPlan => {
    view ??= planView(layout, layout.fields);
    return view;
  };
  return { layout, alternatives: [], viewWith: whole, viewOf: whole };
}

function planOverlapping(layout: StructLayout): StructPlan {
  const alternatives = alternativesOf(layout);
  const overlapping = alternatives.flat();
  const showing = (members: readonly string[]): ViewPlan =>
    planView(
      layout,
      layout.fields.filter(({ name }) => members.includes(name) || !overlapping.includes(name)),
    );
  const views = alternatives.map(showing);
  const without = showing([]);
  return {
    layout,
    alternatives,
    viewWith: (member) =>
      (member === null ? undefined : views[alternatives.findIndex((names) => names.includes(member))]) ??
      without,
    viewOf: (value) => views[givenAlternative(value, alternatives)] ?? without,
  };
}

/**
 * The overlapping fields of a layout, grouped into sets that can be shown together: each set takes, in declaration
 * order, every field that overlaps none of those it already has.
 */
export function alternativesOf(layout: StructLayout): readonly (readonly string[])[] {
  let rest = layout.fields.filter((field) =>
    layout.fields.some((other) => other !== field && overlap(field, other)),
  );
  const alternatives: string[][] = [];
  while (rest.length > 0) {
    const chosen: Field[] = [];
    for (const field of rest) {
      if (!chosen.some((other) => overlap(field, other))) chosen.push(field);
    }
    alternatives.push(chosen.map(({ name }) => name));
    rest = rest.filter((field) => !chosen.includes(field));
  }
  return alternatives;
}

function overlap(one: Field, other: Field): boolean {
  const [oneStart, oneEnd] = bitsOf(one);
  const [otherStart, otherEnd] = bitsOf(other);
  return oneStart < otherEnd && otherStart < oneEnd;
}

/** First bit and the bit past the last one, counted from the start of the struct. */
function bitsOf(field: Field): readonly [number, number] {
  const start = field.offset * 8;
  if (field.kind === "integer" && field.bitWidth !== undefined) {
    const first = start + (field.bitOffset ?? 0);
    return [first, first + field.bitWidth];
  }
  return [start, start + field.size * 8];
}

function planView(layout: StructLayout, fields: readonly Field[]): ViewPlan {
  const uncovered = new Uint8Array(layout.size).fill(0xff);
  for (const field of fields) {
    const [first, end] = bitsOf(field);
    for (let bit = first; bit < end; bit++) uncovered[bit >> 3]! &= ~(1 << (bit & 7));
  }
  return { fields: fields.map((field) => ({ name: field.name, field })), gaps: gapsIn(uncovered) };
}

/** @param uncovered for each byte of a struct, its bits that no field covers */
function gapsIn(uncovered: Uint8Array): readonly GapRun[] {
  const gaps: GapRun[] = [];
  for (let start = 0, end = 0; start < uncovered.length; start = end) {
    const mask = uncovered[start]!;
    for (end = start + 1; uncovered[end] === mask; ) end++;
    if (mask !== 0) gaps.push([start, end - start, mask]);
  }
  return gaps;
}
