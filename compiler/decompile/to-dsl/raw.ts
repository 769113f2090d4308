import {
  isStruct,
  type Residue,
  residue,
  type WireStruct,
  type WireValue,
} from "../../../schema/codec/wire.js";
import type { StructLayout } from "../../../schema/layout/types.js";
import type { IrNode } from "../../ir/node.js";
import { isZero } from "../wire-to-ir-reader.js";
import { type Line, line } from "./lines.js";
import { address, hexBytes, quoted } from "./text.js";

/** Fields by their C names: what no statement can say. */

/** A struct as the block of a statement reaches it: perhaps within the one that the statement makes. */
export interface RawPlace {
  readonly layout: StructLayout;
  /** Names of the members on the way, each with a dot behind it. */
  readonly prefix: string;
  /** In bytes from the start of the struct that the statement makes. */
  readonly offset: number;
}

export function rawPlace(layout: StructLayout): RawPlace {
  return { layout, prefix: "", offset: 0 };
}

/** The member of one of these names; undefined where the struct has none. */
export function inside(
  { layout, prefix, offset }: RawPlace,
  ...names: readonly string[]
): RawPlace | undefined {
  for (const field of layout.fields) {
    if (field.kind === "struct" && names.includes(field.name))
      return { layout: field.layout, prefix: `${prefix}${field.name}.`, offset: offset + field.offset };
  }
  return undefined;
}

/** The fields of these names, as far as the struct has them. */
export function rawFields(struct: WireStruct, names: readonly string[], place: RawPlace): readonly Line[] {
  return names.flatMap((name) => {
    const value = struct[name];
    return value === undefined ? [] : rawValue(name, value, place);
  });
}

/** Everything in the struct that is not zero. */
export function rawStruct(struct: WireStruct, place: RawPlace): readonly Line[] {
  const fields = Object.entries(struct).flatMap(([name, value]) =>
    isZero(value) ? [] : rawValue(name, value, place),
  );
  return [...fields, ...rawPadding(struct[residue] ?? [], place)];
}

/** What a node carries besides the fields of the model. */
export function rawRest(node: IrNode, place: RawPlace): readonly Line[] {
  const fields = Object.entries(node.extra).flatMap(([name, value]) => rawValue(name, value, place));
  return [...fields, ...rawPadding(node.residue, place)];
}

function rawPadding(runs: Residue, place: RawPlace): readonly Line[] {
  return runs.map(({ offset, bytes }) => line(`padding ${place.offset + offset} = ${hexBytes(bytes)}`));
}

function rawValue(name: string, value: WireValue, place: RawPlace): readonly Line[] {
  const full = `${place.prefix}${name}`;
  if (typeof value === "string") return [line(`${full} = ${quoted(value)}`)];
  if (isStruct(value)) return rawStruct(value, inside(place, name)!);
  if (!Array.isArray(value)) return [line(`${full} = ${rawNumber(value as number | bigint)}`)];
  const elements = value as readonly (number | bigint | WireStruct)[];
  if (elements.some(isStruct))
    throw new Error(`${full} is an array of structs, which have statements of their own`);
  return [{ text: `${full} =`, list: (elements as readonly (number | bigint)[]).map(rawNumber) }];
}

/** There is no sign in the language but the one between two numbers. */
export function rawNumber(value: number | bigint): string {
  return value < 0 ? `0 - ${-value}` : address(value);
}

/** An element of a table by nothing but its fields. */
export function rawElement(table: string, struct: WireStruct, layout: StructLayout): Line {
  const fields = rawStruct(struct, rawPlace(layout));
  return fields.length > 0 ? line(table, fields) : line(`${table} {}`);
}
