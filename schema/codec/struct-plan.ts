import type { Field, IntegerArrayField, StructLayout } from "../layout/types.js";
import { decodeText, encodeText } from "../text.js";
import { bitFieldReader, bitFieldWriter, describe, integerReader, integerWriter } from "./integer-access.js";
import { chooseView, type ViewContext } from "./union-views.js";
import { isStruct, type Residue, type ResidueRun, residue, type WireStruct, type WireValue } from "./wire.js";
import { at as atStep, WireValueError } from "./wire-value-error.js";

/**
 * A struct layout made ready for reading and writing: offsets, widths and the choice of accessors are worked out once
 * per layout, what remains per value is a list of calls.
 */
export interface StructPlan {
  readonly layout: StructLayout;
  readonly read: (view: DataView, at: number, context: ViewContext) => WireStruct;
  /** Writes into zeroed bytes. @throws WireValueError for a value the struct cannot hold, with the path to it. */
  readonly write: (view: DataView, at: number, value: WireStruct) => void;
  /** The fields of the view that `value` gives; with no overlapping member given, those outside the union. */
  readonly viewOf: (value: { readonly [field: string]: unknown }) => ViewPlan;
}

/** The fields of a struct that are shown together, and the bits none of them covers. */
export interface ViewPlan {
  readonly fields: readonly FieldPlan[];
  readonly gaps: readonly Gap[];
}

interface FieldPlan {
  readonly name: string;
  readonly field: Field;
  readonly read: (view: DataView, at: number, context: ViewContext) => WireValue;
  readonly write: (view: DataView, at: number, value: WireValue) => void;
}

/** One byte that is not covered in full: `mask` has a one for each uncovered bit. */
interface Gap {
  readonly offset: number;
  readonly mask: number;
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
  const view = planView(layout, layout.fields.map(planField));
  return {
    layout,
    read: (bytes, at, context) => readView(view, bytes, at, context),
    write: (bytes, at, value) => writeView(view, layout, bytes, at, value),
    viewOf: () => view,
  };
}

function planOverlapping(layout: StructLayout): StructPlan {
  const fields = layout.fields.map(planField);
  const alternatives = alternativesOf(layout);
  const overlapping = alternatives.flat();
  const views = new Map<string | null, ViewPlan>();
  views.set(null, viewWith([]));
  for (const alternative of alternatives) {
    const view = viewWith(alternative);
    for (const member of alternative) views.set(member, view);
  }
  function viewWith(members: readonly string[]): ViewPlan {
    const shown = fields.filter(({ name }) => members.includes(name) || !overlapping.includes(name));
    return planView(layout, shown);
  }
  function viewOf(value: { readonly [field: string]: unknown }): ViewPlan {
    const given = overlapping.filter((name) => value[name] !== undefined);
    const view = views.get(given[0] ?? null)!;
    const stranger = given.find((name) => views.get(name) !== view);
    if (stranger !== undefined) {
      throw new WireValueError(`${given[0]} and ${stranger} describe the same bytes: only one can be given`);
    }
    return view;
  }
  const integers = new Map(
    layout.fields.flatMap((field) =>
      field.kind === "integer" && !overlapping.includes(field.name)
        ? [[field.name, planField(field).read]]
        : [],
    ),
  );
  return {
    layout,
    read(bytes, at, context) {
      const integer = (name: string): bigint | undefined => {
        const read = integers.get(name);
        return read === undefined ? undefined : BigInt(read(bytes, at, context) as number | bigint);
      };
      const member = chooseView(layout.name, overlapping, integer, context);
      return readView(views.get(member)!, bytes, at, context);
    },
    write: (bytes, at, value) => writeView(viewOf(value), layout, bytes, at, value),
    viewOf,
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

function planView(layout: StructLayout, fields: readonly FieldPlan[]): ViewPlan {
  const uncovered = new Uint8Array(layout.size).fill(0xff);
  for (const { field } of fields) {
    const [first, end] = bitsOf(field);
    for (let bit = first; bit < end; bit++) uncovered[bit >> 3]! &= ~(1 << (bit & 7));
  }
  const gaps: Gap[] = [];
  uncovered.forEach((mask, offset) => {
    if (mask !== 0) gaps.push({ offset, mask });
  });
  return { fields, gaps };
}

function readView(plan: ViewPlan, view: DataView, at: number, context: ViewContext): WireStruct {
  const value: Record<string, WireValue> & { [residue]?: Residue } = {};
  for (const { name, read } of plan.fields) value[name] = read(view, at, context);
  if (plan.gaps.length > 0) {
    const runs = readGaps(plan.gaps, view, at);
    if (runs.length > 0) value[residue] = runs;
  }
  return value;
}

function readGaps(gaps: readonly Gap[], view: DataView, at: number): Residue {
  const runs: ResidueRun[] = [];
  let bytes: number[] = [];
  let end = -1;
  const finish = (): void => {
    if (bytes.length > 0) runs.push({ offset: end - bytes.length, bytes: Uint8Array.from(bytes) });
    bytes = [];
  };
  for (const { offset, mask } of gaps) {
    const byte = view.getUint8(at + offset) & mask;
    if (byte === 0) continue;
    if (offset !== end) finish();
    bytes.push(byte);
    end = offset + 1;
  }
  finish();
  return runs;
}

function writeView(
  plan: ViewPlan,
  layout: StructLayout,
  view: DataView,
  at: number,
  value: WireStruct,
): void {
  let written = 0;
  for (const { name, write } of plan.fields) {
    const member = value[name];
    if (member === undefined) continue;
    written += 1;
    try {
      write(view, at, member);
    } catch (error) {
      throw error instanceof WireValueError ? error.within(name) : error;
    }
  }
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  if (written !== names.length) {
    const known = new Set(plan.fields.map(({ name }) => name));
    const stranger = names.find((name) => !known.has(name));
    throw new WireValueError(`${layout.name} has no field ${stranger}`);
  }
  for (const run of value[residue] ?? []) writeRun(plan.gaps, view, at, run);
}

function writeRun(gaps: readonly Gap[], view: DataView, at: number, run: ResidueRun): void {
  run.bytes.forEach((byte, index) => {
    const offset = run.offset + index;
    const mask = gaps.find((gap) => gap.offset === offset)?.mask ?? 0;
    if ((byte & ~mask) !== 0) {
      throw new WireValueError(`the residue at byte ${offset} has bits that belong to a field`);
    }
    view.setUint8(at + offset, view.getUint8(at + offset) | byte);
  });
}

function planField(field: Field): FieldPlan {
  const { name } = field;
  switch (field.kind) {
    case "integer": {
      const read =
        field.bitWidth === undefined
          ? integerReader(field.size, field.signed, field.offset)
          : bitFieldReader(field);
      const write =
        field.bitWidth === undefined
          ? integerWriter(field.size, field.signed, field.offset)
          : bitFieldWriter(field);
      return { name, field, read, write: write as FieldPlan["write"] };
    }
    case "text":
      return {
        name,
        field,
        read: (view, at) => readText(view, at + field.offset, field.size),
        write: (view, at, value) => writeText(view, at + field.offset, field.size, value),
      };
    case "integers":
      return { name, field, ...integerArray(field) };
    case "struct": {
      const plan = planOf(field.layout);
      return {
        name,
        field,
        read: (view, at, context) => plan.read(view, at + field.offset, context),
        write: (view, at, value) => plan.write(view, at + field.offset, structOf(value)),
      };
    }
    case "structs": {
      const plan = planOf(field.layout);
      const { size } = field.layout;
      return {
        name,
        field,
        read: (view, at, context) =>
          Array.from({ length: field.length }, (_, index) =>
            plan.read(view, at + field.offset + index * size, context),
          ),
        write(view, at, value) {
          arrayOf<WireStruct>(value, field.length).forEach((element, index) => {
            atStep(index, () => plan.write(view, at + field.offset + index * size, structOf(element)));
          });
        },
      };
    }
  }
}

function integerArray(field: IntegerArrayField): Pick<FieldPlan, "read" | "write"> {
  const read = integerReader(field.elementSize, field.signed, field.offset);
  const write = integerWriter(field.elementSize, field.signed, field.offset);
  return {
    read(view, at) {
      const values = new Array(field.length);
      for (let index = 0; index < field.length; index++)
        values[index] = read(view, at + index * field.elementSize);
      return values as number[] | bigint[];
    },
    write(view, at, value) {
      arrayOf<number | bigint>(value, field.length).forEach((element, index) => {
        atStep(index, () => write(view, at + index * field.elementSize, element));
      });
    },
  };
}

function structOf(value: unknown): WireStruct {
  if (!isStruct(value)) throw new WireValueError(`${describe(value)} is not a struct`);
  return value;
}

function arrayOf<Element>(value: unknown, length: number): readonly Element[] {
  if (!Array.isArray(value) || value.length > length) {
    throw new WireValueError(`${describe(value)} is not an array of up to ${length} elements`);
  }
  return value;
}

function readText(view: DataView, at: number, size: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, size);
  let end = size;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return decodeText(bytes.subarray(0, end));
}

function writeText(view: DataView, at: number, size: number, value: unknown): void {
  if (typeof value !== "string") throw new WireValueError(`${describe(value)} is not text`);
  const bytes = encodeText(value);
  if (bytes.length > size) throw new WireValueError(`${describe(value)} is longer than ${size} bytes`);
  bytes.forEach((byte, index) => {
    view.setUint8(at + index, byte);
  });
}
