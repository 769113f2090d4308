import { sectionsOf } from "../../../schema/codec/locate.js";
import { maskAt } from "../../../schema/codec/residue.js";
import { planOf } from "../../../schema/codec/struct-plan.js";
import { isStruct, type WireConfig, type WireStruct, type WireValue } from "../../../schema/codec/wire.js";
import type { StructLayout } from "../../../schema/layout/types.js";

/** The bits of the byte at `offset` that no field covers, as the file is read: padding, or an unused half of a union. */
export function freeBitsAt(wire: WireConfig, offset: number): number {
  const section = sectionsOf(wire).find(
    (part) => offset >= part.offset && offset < part.offset + part.length,
  );
  if (section?.layout == null) return 0;
  const index = Math.floor((offset - section.offset) / section.elementSize);
  const value = section.table === null ? wire.header : wire.tables[section.table]?.[index];
  return freeBitsIn(section.layout, value, offset - section.offset - index * section.elementSize);
}

function freeBitsIn(layout: StructLayout, value: WireValue | undefined, offset: number): number {
  const struct: WireStruct = isStruct(value) ? value : {};
  const { fields, gaps } = planOf(layout).viewOf(struct);
  const holder = fields.find(
    ({ field }) => offset >= field.offset && offset < field.offset + field.size,
  )?.field;
  if (holder?.kind !== "struct" && holder?.kind !== "structs") return maskAt(gaps, offset);
  const within = offset - holder.offset;
  const member = struct[holder.name];
  if (holder.kind === "struct") return freeBitsIn(holder.layout, member, within);
  const { size } = holder.layout;
  const element = Array.isArray(member)
    ? (member as readonly WireStruct[])[Math.floor(within / size)]
    : undefined;
  return freeBitsIn(holder.layout, element, within % size);
}
