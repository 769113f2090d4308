import type { Profile } from "../layout/types.js";

/**
 * Wire values: a `.cell` file as plain data, field by field under its C names, with every byte accounted for.
 *
 * A struct holds one value per field of its layout. Bytes and bits that no field covers (holes of natural alignment,
 * unused bits of a bit-field unit, the part of a union that the chosen view leaves out) are kept as its residue.
 */

export type ConfigKind = "system" | "cell";

/** Bytes of a struct that none of its fields covers, all of them non-zero; bits that a field covers are zero here. */
export interface ResidueRun {
  /** In bytes from the start of the struct. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export type Residue = readonly ResidueRun[];

/** The key of a struct's residue: a symbol, so that it can never meet the name of a C field. Absent when empty. */
export const residue: unique symbol = Symbol("residue");

/**
 * Integers up to 32 bits are numbers, 64-bit ones bigints; `char[n]` is text without its trailing NULs
 * (`schema/text.ts` keeps undecodable bytes); arrays follow their elements.
 */
export type WireValue =
  | number
  | bigint
  | string
  | readonly number[]
  | readonly bigint[]
  | WireStruct
  | readonly WireStruct[];

export interface WireStruct {
  readonly [field: string]: WireValue;
  readonly [residue]?: Residue;
}

/** Byte tables (`cpus`, `pio_bitmap`) are bytes; the others are arrays of their elements. */
export type WireTable = Uint8Array | readonly number[] | readonly bigint[] | readonly WireStruct[];

/**
 * One config file.
 *
 * Counts (`num_memory_regions`, `cpu_set_size`, ...) follow from the tables: the header holds a count only where it
 * says something else than the length of its table. Such a count is written as it stands; all others are computed.
 */
export interface WireConfig {
  readonly kind: ConfigKind;
  readonly profile: Profile;
  /** `jailhouse_system` or `jailhouse_cell_desc`. */
  readonly header: WireStruct;
  /** One entry per table of the profile, in file order; a table that is left out is empty. */
  readonly tables: Readonly<Record<string, WireTable>>;
  /** What follows the last table: bytes that the counts do not cover. Usually empty. */
  readonly trailing: Uint8Array;
}

/** A step in the path of a value: a field or table name, or an index. */
export type PathStep = string | number;

/** `["mem_regions", 3, "phys_start"]` as `mem_regions[3].phys_start`. */
export function pathText(path: readonly PathStep[]): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

export function isStruct(value: unknown): value is WireStruct {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
