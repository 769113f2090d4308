import type { Field, IntegerArrayField, StructLayout } from "../layout/types.js";
import { arrayOf, readStructs, refuseOthers, structOf, writeStructs } from "./field-access.js";
import { bitFieldReader, bitFieldWriter, integerReader, integerWriter } from "./integer-access.js";
import { withResidue, writeResidue } from "./residue.js";
import type { StructCodec } from "./struct-codec.js";
import { planOf, type StructPlan, type ViewPlan } from "./struct-plan.js";
import { readText, writeText } from "./text-access.js";
import { chooseView, type ViewContext } from "./union-views.js";
import type { WireStruct, WireValue } from "./wire.js";
import { at as atStep } from "./wire-value-error.js";

/**
 * A codec that works from the layout itself, as a list of calls. It serves layouts that have no generated codec, those
 * of a profile that is being tried out, and is what the generated ones are proven against.
 */
export function interpretedCodec(layout: StructLayout): StructCodec {
  let codec = codecs.get(layout);
  if (codec === undefined) {
    codec = interpret(planOf(layout));
    codecs.set(layout, codec);
  }
  return codec;
}

const codecs = new WeakMap<StructLayout, StructCodec>();

interface FieldCodec {
  readonly read: (view: DataView, at: number, context: ViewContext) => WireValue;
  readonly write: (view: DataView, at: number, value: WireValue) => void;
}

function interpret({ layout, alternatives, viewOf, viewWith }: StructPlan): StructCodec {
  const fields = new Map(layout.fields.map((field) => [field.name, interpretField(field)]));
  const overlapping = alternatives.flat();
  const integers = new Set(
    layout.fields.flatMap(({ kind, name }) =>
      kind === "integer" && !overlapping.includes(name) ? [name] : [],
    ),
  );
  return {
    read(bytes, at, context) {
      if (!layout.overlapping) return readView(viewWith(null), fields, bytes, at, context);
      const integer = (name: string): bigint | undefined =>
        integers.has(name)
          ? BigInt(fields.get(name)!.read(bytes, at, context) as number | bigint)
          : undefined;
      const member = chooseView(layout.name, overlapping, integer, context);
      return readView(viewWith(member), fields, bytes, at, context);
    },
    write: (bytes, at, value) => writeView(viewOf(value), fields, layout.name, bytes, at, value),
  };
}

function readView(
  { fields, gaps }: ViewPlan,
  codecs: ReadonlyMap<string, FieldCodec>,
  view: DataView,
  at: number,
  context: ViewContext,
): WireStruct {
  const value: Record<string, WireValue> = {};
  for (const { name } of fields) value[name] = codecs.get(name)!.read(view, at, context);
  return withResidue(value, gaps, view, at);
}

function writeView(
  { fields, gaps }: ViewPlan,
  codecs: ReadonlyMap<string, FieldCodec>,
  struct: string,
  view: DataView,
  at: number,
  value: WireStruct,
): void {
  let written = 0;
  for (const { name } of fields) {
    const member = value[name];
    if (member === undefined) continue;
    written += 1;
    atStep(name, () => codecs.get(name)!.write(view, at, member));
  }
  const names = fields.map(({ name }) => name);
  refuseOthers(struct, value, written, names);
  writeResidue(value, gaps, view, at);
}

function interpretField(field: Field): FieldCodec {
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
      return { read, write: write as FieldCodec["write"] };
    }
    case "text":
      return {
        read: (view, at) => readText(view, at + field.offset, field.size),
        write: (view, at, value) => writeText(view, at + field.offset, field.size, value),
      };
    case "integers":
      return integerArray(field);
    case "struct": {
      const codec = interpretedCodec(field.layout);
      return {
        read: (view, at, context) => codec.read(view, at + field.offset, context),
        write: (view, at, value) => codec.write(view, at + field.offset, structOf(value)),
      };
    }
    case "structs": {
      const { read, write } = interpretedCodec(field.layout);
      const { length, offset } = field;
      const { size } = field.layout;
      return {
        read: (view, at, context) => readStructs(read, view, at + offset, length, size, context),
        write: (view, at, value) => writeStructs(write, view, at + offset, length, size, value),
      };
    }
  }
}

function integerArray(field: IntegerArrayField): FieldCodec {
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
