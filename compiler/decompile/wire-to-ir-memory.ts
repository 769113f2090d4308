import type { Section } from "../../schema/codec/locate.js";
import { residue, type WireStruct } from "../../schema/codec/wire.js";
import type { StructLayout } from "../../schema/layout/types.js";
import { readFlags, type Vocabulary, vocabularyOf } from "../ir/constants.js";
import type { MemoryRegion } from "../ir/memory.js";
import {
  extraOf,
  noResidue,
  type Place,
  type ReadContext,
  RelativeOrigins,
  StructReader,
} from "./wire-to-ir-reader.js";

export function readMemoryRegion(reader: StructReader): MemoryRegion {
  const region = {
    physStart: reader.bigint("physStart", "phys_start"),
    virtStart: reader.bigint("virtStart", "virt_start"),
    size: reader.bigint("size", "size"),
    flags: reader.flags("flags", "memoryFlags", "flags", "access_flags"),
  };
  return { ...region, ...reader.finish() };
}

/**
 * The regions of a table, of which there may be very many: what {@link readMemoryRegion} finds out about each of them,
 * found out about all of them at once.
 */
export function readMemoryRegions(
  context: ReadContext,
  values: readonly WireStruct[],
  section: Section,
): readonly MemoryRegion[] {
  const { layout, offset, elementSize } = section;
  if (layout === null) return [];
  const alike = alikeRegions(layout, context);
  return values.map((value, index) => {
    const at = offset + index * elementSize;
    return alike?.read(value, at) ?? readMemoryRegion(new StructReader(context, value, layout, at));
  });
}

interface AlikeRegions {
  /** Undefined where a field is missing. */
  read(value: WireStruct, at: number): MemoryRegion | undefined;
}

/** Undefined for a layout without one of the fields. */
function alikeRegions(layout: StructLayout, context: ReadContext): AlikeRegions | undefined {
  const has = (name: string): boolean => layout.fields.some((field) => field.name === name);
  const flagsName = has("flags") ? "flags" : "access_flags";
  const names = { physStart: "phys_start", virtStart: "virt_start", size: "size", flags: flagsName };
  const own = new Set<string>(Object.values(names));
  if (![...own].every(has)) return undefined;
  const places = new Map<string, Place>();
  for (const [field, name] of Object.entries(names)) {
    const { offset, size } = layout.fields.find((each) => each.name === name)!;
    places.set(field, [offset, size]);
  }
  const others = layout.fields.map(({ name }) => name).filter((name) => !own.has(name));
  const vocabulary: Vocabulary = vocabularyOf(context.profile, "memoryFlags");
  return {
    read: (value, at) => {
      const { phys_start: physStart, virt_start: virtStart, size } = value;
      const flags = value[flagsName];
      if (physStart === undefined || virtStart === undefined || size === undefined || flags === undefined)
        return undefined;
      return {
        physStart: BigInt(physStart as bigint),
        virtStart: BigInt(virtStart as bigint),
        size: BigInt(size as bigint),
        flags: readFlags(BigInt(flags as bigint), vocabulary),
        origins: new RelativeOrigins(context.originOf, at, layout.size, places),
        extra: extraOf(value, others),
        residue: value[residue] ?? noResidue,
      };
    },
  };
}
