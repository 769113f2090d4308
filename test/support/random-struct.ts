import fc from "fast-check";
import { type IntegerRange, rangeOf, rangeOfField } from "../../schema/codec/integer-access.js";
import type { StructCodec } from "../../schema/codec/struct-codec.js";
import { alternativesOf, planOf } from "../../schema/codec/struct-plan.js";
import type { ViewContext } from "../../schema/codec/union-views.js";
import { residue, type WireStruct, type WireValue } from "../../schema/codec/wire.js";
import { WireValueError } from "../../schema/codec/wire-value-error.js";
import type { Field, StructLayout } from "../../schema/layout/types.js";

/** Bytes and values of any struct, to compare codecs by. */

/** Bytes before the struct, so that a codec that forgets where it starts is found out. */
export const lead = 3;

export function viewOn(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What was written, or the words of the error. */
export function written({ write }: StructCodec, size: number, value: WireStruct): Uint8Array | string {
  const bytes = new Uint8Array(lead + size);
  try {
    write(viewOn(bytes), lead, value);
    return bytes;
  } catch (error) {
    if (error instanceof WireValueError) return error.message;
    throw error;
  }
}

// ---- random bytes --------------------------------------------------------------------------------------------------

/** Any bytes; the integers that choose a member of a union are small numbers more often than not. */
export function bytesFor(layout: StructLayout): fc.Arbitrary<Uint8Array> {
  const any = fc.uint8Array({ minLength: lead + layout.size, maxLength: lead + layout.size, size: "max" });
  const small = fc.integer({ min: 0, max: 6 });
  const choosing = selectors(layout);
  return fc.tuple(any, small, fc.boolean()).map(([bytes, value, chosen]) => {
    if (chosen) for (const offset of choosing) viewOn(bytes).setUint32(lead + offset, value, true);
    return bytes;
  });
}

/** Offsets of the `type` of unions, wherever they are embedded. */
function selectors(layout: StructLayout): readonly number[] {
  return layout.fields.flatMap((field) => {
    if (field.kind === "integer") return layout.overlapping && field.name === "type" ? [field.offset] : [];
    if (field.kind !== "struct" && field.kind !== "structs") return [];
    const { size } = field.layout;
    const starts = Array.from({ length: field.size / size }, (_, index) => field.offset + index * size);
    return starts.flatMap((start) => selectors(field.layout).map((offset) => start + offset));
  });
}

// ---- random values -------------------------------------------------------------------------------------------------

/** Values a struct can hold, most of the time: some are out of range, of another type, or not of this struct. */
export function valueFor(layout: StructLayout): fc.Arbitrary<WireStruct> {
  const alternatives = alternativesOf(layout);
  const overlapping = alternatives.flat();
  const fields = fc.record(Object.fromEntries(layout.fields.map((field) => [field.name, memberFor(field)])), {
    requiredKeys: [],
  });
  const shown = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<readonly string[]>([], ...alternatives) },
    { weight: 1, arbitrary: fc.constant(overlapping) },
  );
  const strange = fc.constantFrom({}, {}, {}, {}, {}, {}, { stranger: 1 }, { stranger: undefined });
  const run = fc.record({
    offset: fc.integer({ min: 0, max: Math.max(0, layout.size - 1) }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 1 }),
  });
  const rest = fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.array(run, { maxLength: 2 }).map((runs) => ({ [residue]: runs })) },
  );
  return fc.tuple(fields, shown, strange, rest).map(([value, members, more, gaps]) => {
    const given = Object.entries(value).filter(
      ([name]) => !overlapping.includes(name) || members.includes(name),
    );
    return { ...Object.fromEntries(given), ...more, ...gaps } as WireStruct;
  });
}

const wrong = fc.constantFrom<unknown>(
  null,
  true,
  1.5,
  -0.5,
  -1,
  -1n,
  2 ** 40,
  1n << 70n,
  "text",
  {},
  [],
  [{}],
);

function memberFor(field: Field): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: rightFor(field) }, { weight: 1, arbitrary: wrong });
}

function rightFor(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "integer":
      return integerFor(field.size, rangeOfField(field));
    case "text":
      return fc.string({ maxLength: field.size, unit: "grapheme-ascii" });
    case "integers": {
      const { elementSize, length, name, offset, signed } = field;
      const element = rangeOfField({ kind: "integer", name, offset, size: elementSize, signed });
      return fc.array(integerFor(elementSize, element), { maxLength: length });
    }
    case "struct":
      return valueFor(field.layout);
    case "structs":
      return fc.array(valueFor(field.layout), { maxLength: Math.min(field.length, 3) });
  }
}

/** The ends of the range, one beyond each, and what lies between. */
function integerFor(size: number, { least, most }: IntegerRange): fc.Arbitrary<unknown> {
  const any = fc.oneof(
    { weight: 20, arbitrary: fc.bigInt({ min: least, max: most }) },
    { weight: 4, arbitrary: fc.constantFrom(least, most) },
    { weight: 1, arbitrary: fc.constantFrom(least - 1n, most + 1n) },
  );
  return size === 8 ? any : any.map(Number);
}

// ---- every edge ----------------------------------------------------------------------------------------------------

/**
 * Values that touch every field, every byte between fields and every view of a struct on its own: the ends of each
 * range and one beyond, arrays that are full and too long, residue at each byte, a field that is not there.
 */
export function* edgesOf(layout: StructLayout): Generator<WireStruct> {
  const { alternatives, viewWith } = planOf(layout);
  for (const member of [null, ...alternatives.map(([name]) => name!)]) {
    const shown =
      member === null ? {} : { [member]: zeroOf(layout.fields.find(({ name }) => name === member)!) };
    const whole = Object.fromEntries(viewWith(member).fields.map(({ name, field }) => [name, zeroOf(field)]));
    yield { ...whole, stranger: 1 };
    const runs = viewWith(member).gaps.map(([offset, length, mask]) => ({
      offset,
      bytes: new Uint8Array(length).fill(mask),
    }));
    yield { ...whole, [residue]: runs };
    for (let offset = 0; offset < layout.size; offset++) {
      yield { ...shown, [residue]: [{ offset, bytes: Uint8Array.of(0xff) }] };
    }
  }
  const [one, other] = alternatives.map(([name]) => name!);
  if (one !== undefined && other !== undefined) yield { [one]: 0, [other]: 0 };
  for (const field of layout.fields) for (const value of edgesOfField(field)) yield { [field.name]: value };
}

function* edgesOfField(field: Field): Generator<WireValue> {
  yield null as never;
  switch (field.kind) {
    case "integer":
      yield* edgesOfInteger(field.size, rangeOfField(field));
      break;
    case "text":
      yield "x".repeat(field.size);
      yield "x".repeat(field.size + 1);
      break;
    case "integers": {
      const { elementSize, length, signed } = field;
      const zeros = new Array(length).fill(elementSize === 8 ? 0n : 0);
      yield [...zeros, zeros[0]] as WireValue;
      if (length > 0) yield zeros.with(0, undefined) as WireValue;
      for (const index of zeros.keys()) {
        for (const edge of edgesOfInteger(elementSize, rangeOf(elementSize * 8, signed)))
          yield zeros.with(index, edge) as WireValue;
      }
      break;
    }
    case "struct":
      yield* edgesOf(field.layout);
      break;
    case "structs": {
      const zeros: WireStruct[] = new Array(field.length).fill({});
      yield [...zeros, {}];
      for (const edge of edgesOf(field.layout)) yield zeros.with(field.length - 1, edge);
    }
  }
}

function edgesOfInteger(size: number, { least, most }: IntegerRange): readonly (number | bigint)[] {
  const edges = [least, most, least - 1n, most + 1n];
  return size === 8 ? edges : edges.map(Number);
}

function zeroOf(field: Field): WireValue {
  if (field.kind === "integer") return field.size === 8 ? 0n : 0;
  if (field.kind === "text") return "";
  return field.kind === "struct" ? {} : [];
}

// ---- codecs --------------------------------------------------------------------------------------------------------

const families = ["x86", "arm", "riscv", null] as const;

/** Goes through the families of machines. */
export const contextOf = (constants: ViewContext["constants"], index: number): ViewContext => ({
  family: families[index % families.length]!,
  constants,
});
