/**
 * The vocabulary in which the binary format is described.
 *
 * Declarations say what upstream's header says (order, types, packing); offsets and sizes are computed from them
 * once (`resolve.ts`) and proven against figures that gcc's debug information gave
 * (test/schema/layout/figures.spec.ts). Everything in the format is little-endian and identical on all architectures.
 */

/**
 * The type of a member, as compact text:
 * `u8 u16 u32 u64 s8 s16 s32 s64`, `char[32]`, `u32[4]`, `jailhouse_memory` (a struct or union of the same profile),
 * `jailhouse_iommu[8]`.
 */
export type TypeText = string;

/** A member with its type. `bits` makes it a bit-field of that width, allocated from bit 0 of its unit upwards. */
export interface PlainMember {
  readonly name: string;
  readonly type: TypeText;
  readonly bits?: number;
}

/** A member that is an inline struct or union; `name` null: its members belong to the enclosing struct (C11). */
export interface NestedMember {
  readonly name: string | null;
  readonly kind: "struct" | "union";
  readonly members: readonly Member[];
}

export type Member = PlainMember | NestedMember;

export interface StructDeclaration {
  readonly name: string;
  readonly kind: "struct" | "union";
  /** False only for the states of 2013/14 that used natural alignment. */
  readonly packed: boolean;
  readonly members: readonly Member[];
}

/** One of the arrays that follow the header in a file, in file order. */
export interface TableDeclaration {
  /** The member name that configs use for it by convention, e.g. `mem_regions`; the name of the table everywhere. */
  readonly name: string;
  /** The count member of `jailhouse_cell_desc`. */
  readonly count: string;
  /** `bytes`: the count is a size in bytes (cpu_set_size, pio_bitmap_size). */
  readonly unit: "elements" | "bytes";
  /** Element type: a struct or union name, or an integer type; `u8` where the count is in bytes. */
  readonly element: TypeText;
  /** The integer type of which configs declare an array counted in bytes: `u64` for `cpus`. */
  readonly declaredAs?: TypeText;
}

/** A macro of the header that is not a plain integer: its parameters (null: object-like) and body, in our own words. */
export interface MacroDeclaration {
  readonly name: string;
  readonly parameters: readonly string[] | null;
  readonly body: string;
}

// ---- resolved -------------------------------------------------------------------------------------------------

/** An integer, 1, 2, 4 or 8 bytes, little-endian; a bit-field when `bitWidth` is set. */
export interface IntegerField {
  readonly kind: "integer";
  readonly name: string;
  readonly offset: number;
  /** Size in bytes of the integer (of the storage unit for a bit-field). */
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
  /** Bit-field only: first bit counted from the least significant, and width. */
  readonly bitOffset?: number;
  readonly bitWidth?: number;
}

/** `char name[n]`: text, filled with NULs, not necessarily terminated. */
export interface TextField {
  readonly kind: "text";
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

export interface IntegerArrayField {
  readonly kind: "integers";
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly length: number;
  readonly elementSize: 1 | 2 | 4 | 8;
  readonly signed: boolean;
}

/** One embedded struct or union. `layout.name` is the C tag, or a path like `jailhouse_system.platform_info`. */
export interface StructField {
  readonly kind: "struct";
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly layout: StructLayout;
}

export interface StructArrayField {
  readonly kind: "structs";
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly length: number;
  readonly layout: StructLayout;
}

export type Field = IntegerField | TextField | IntegerArrayField | StructField | StructArrayField;

/**
 * A struct or union with offsets. Members of anonymous structs and unions appear in the enclosing layout with their
 * own offsets; `overlapping` is true where members share bytes (a union, or a struct with an anonymous union).
 */
export interface StructLayout {
  readonly name: string;
  readonly kind: "struct" | "union";
  readonly size: number;
  readonly alignment: number;
  readonly fields: readonly Field[];
  readonly overlapping: boolean;
  readonly declaration: StructDeclaration | NestedMember;
}

export interface TableLayout extends TableDeclaration {
  /** Size of one element in bytes. */
  readonly elementSize: number;
  /** Null where the elements are integers or plain bytes. */
  readonly layout: StructLayout | null;
}

/** A format profile: a layout and its constants and macros. Immutable. */
export interface Profile {
  /** Canonical name, e.g. `r12.18` (18th state of revision 12), `r0.30` (before revisions), `fork-lfd-v17`. */
  readonly id: string;
  /** Other names by which a user finds it: `v0.12`, `r13`, `HEAD`. */
  readonly aliases: readonly string[];
  /** JAILHOUSE_CONFIG_REVISION, null before revisions were introduced (2016-11). */
  readonly revision: number | null;
  /** Commit that introduced the state, and its date (YYYY-MM-DD). */
  readonly commit: string;
  readonly date: string;
  /** Repository and branch of a fork; null for upstream. */
  readonly fork: string | null;
  readonly summary: string;
  /** Eight-byte-prefix magic of system and cell configs as text; null before signatures (2015-08). */
  readonly signatures: { readonly system: string; readonly cell: string } | null;
  /** By C tag, in header order. Always holds `jailhouse_system` and `jailhouse_cell_desc`. */
  readonly structs: ReadonlyMap<string, StructLayout>;
  readonly tables: readonly TableLayout[];
  readonly constants: ReadonlyMap<string, bigint>;
  /** Those constants whose C type is not int: unsigned int or unsigned long long. */
  readonly constantTypes: ReadonlyMap<string, "u32" | "u64">;
  /** Text and initialiser macros, and function-like ones. */
  readonly macros: ReadonlyMap<string, MacroDeclaration>;
}
