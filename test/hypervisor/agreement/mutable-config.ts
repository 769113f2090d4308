import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { WireConfig } from "../../../schema/codec/wire.js";
import type { Field, StructLayout } from "../../../schema/layout/types.js";
import { profile } from "./bases.js";

/** A struct of a config that is being changed: integers, texts, lists, structs. */
export type MutableStruct = Record<string, unknown>;

/** A config as plain data that may be changed. */
export interface MutableConfig {
  readonly kind: WireConfig["kind"];
  readonly header: MutableStruct;
  readonly tables: Record<string, Uint8Array | MutableStruct[]>;
  trailing: Uint8Array;
}

export function mutableCopy({ kind, header, tables, trailing }: WireConfig): MutableConfig {
  return structuredClone({ kind, header, tables, trailing }) as MutableConfig;
}

export function wireConfig(config: MutableConfig): WireConfig {
  return { ...config, profile } as unknown as WireConfig;
}

/** The root cell's description of a system, the header of a cell. */
export function descriptionOf({ kind, header }: MutableConfig): MutableStruct {
  return kind === "system" ? (header.root_cell as MutableStruct) : header;
}

/** One value that can be changed. */
export interface Place {
  /** As in C: `mem_regions[3].phys_start`. */
  readonly path: string;
  readonly field: Field;
  readonly struct: MutableStruct;
}

/** All values of a config with their places, those of the union's other side left out. */
export function placesOf(config: MutableConfig): readonly Place[] {
  const plan = planOfProfile(profile);
  const places = placesIn(plan.headers[config.kind].struct.layout, config.header, "");
  for (const { table } of plan.tables) {
    const entries = config.tables[table.name];
    if (table.layout === null || !Array.isArray(entries)) continue;
    for (const [index, entry] of entries.entries())
      places.push(...placesIn(table.layout, entry, `${table.name}[${index}].`));
  }
  return places;
}

function placesIn(layout: StructLayout, struct: MutableStruct, prefix: string): Place[] {
  return layout.fields.flatMap((field) => {
    const value = struct[field.name];
    const path = `${prefix}${field.name}`;
    if (value === undefined) return [];
    if (field.kind === "struct") return placesIn(field.layout, value as MutableStruct, `${path}.`);
    if (field.kind === "structs") {
      const structs = value as MutableStruct[];
      return structs.flatMap((each, index) => placesIn(field.layout, each, `${path}[${index}].`));
    }
    return [{ path, field, struct }];
  });
}
