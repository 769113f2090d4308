/**
 * What one profile does to its predecessor, as data. A profile is a short list of these changes; applying the lists
 * along the chain of predecessors gives its declarations (`declarations.ts`).
 *
 * Paths name a struct by tag and go down through inline members: `jailhouse_system.platform_info.arm`. Members of
 * anonymous structs and unions are reached as if they were members of the enclosing struct, as in C.
 */

import type { Member, NestedMember, TableDeclaration } from "./types.js";

/** Next to which sibling a new entry goes; at the end where nothing is said. */
export type Position = { readonly after: string } | { readonly before: string } | "end";

/** C type of a constant. `int` unless said otherwise; `u32` is unsigned int, `u64` unsigned long long. */
export type ConstantType = "int" | "u32" | "u64";

export type Change =
  | {
      readonly kind: "add";
      readonly path: string;
      readonly position: Position;
      readonly members: readonly Member[];
    }
  | { readonly kind: "remove"; readonly path: string; readonly names: readonly string[] }
  | { readonly kind: "rename"; readonly path: string; readonly from: string; readonly to: string }
  | { readonly kind: "replace"; readonly path: string; readonly name: string; readonly member: Member }
  | {
      readonly kind: "define";
      readonly tag: string;
      readonly shape: "struct" | "union";
      readonly packed: boolean;
      /** Null: before the system's struct, which comes last. */
      readonly position: Position | null;
      readonly members: readonly Member[];
    }
  | { readonly kind: "drop"; readonly tag: string }
  | { readonly kind: "pack" }
  | { readonly kind: "add-table"; readonly position: Position; readonly table: TableDeclaration }
  | { readonly kind: "remove-table"; readonly name: string }
  | {
      readonly kind: "constants";
      readonly type: ConstantType;
      readonly values: Readonly<Record<string, number>>;
    }
  | { readonly kind: "without-constants"; readonly names: readonly string[] }
  | {
      readonly kind: "macro";
      readonly name: string;
      readonly parameters: readonly string[] | null;
      readonly body: string;
    }
  | { readonly kind: "without-macros"; readonly names: readonly string[] };

/** New members of the struct at `path`. */
export function add(path: string, position: Position, ...members: readonly Member[]): Change {
  return { kind: "add", path, position, members };
}

export function remove(path: string, ...names: readonly string[]): Change {
  return { kind: "remove", path, names };
}

export function rename(path: string, from: string, to: string): Change {
  return { kind: "rename", path, from, to };
}

/** Another type (and, if need be, another name) for the member `name`; its place stays. */
export function replace(path: string, name: string, member: Member): Change {
  return { kind: "replace", path, name, member };
}

interface DefineOptions {
  readonly shape?: "struct" | "union";
  /** False only in the states before mid 2014. */
  readonly packed?: boolean;
  /** Before the system's struct unless said otherwise. */
  readonly position?: Position;
}

/** A new tagged struct or union. */
export function define(tag: string, members: readonly Member[], options: DefineOptions = {}): Change {
  const { shape = "struct", packed = true, position = null } = options;
  return { kind: "define", tag, shape, packed, position, members };
}

export function drop(tag: string): Change {
  return { kind: "drop", tag };
}

/** All structs become packed. */
export function pack(): Change {
  return { kind: "pack" };
}

/** One more array behind the header: `count` elements of the type `element`. */
export function addTable(position: Position, name: string, count: string, element: string): Change {
  return { kind: "add-table", position, table: { name, count, unit: "elements", element } };
}

/** One more array behind the header whose count member holds its size in bytes; configs declare it as `declaredAs[]`. */
export function addByteTable(position: Position, name: string, count: string, declaredAs: string): Change {
  return { kind: "add-table", position, table: { name, count, unit: "bytes", element: "u8", declaredAs } };
}

export function removeTable(name: string): Change {
  return { kind: "remove-table", name };
}

/** New constants, or other values for known ones. */
export function constants(values: Readonly<Record<string, number>>, type: ConstantType = "int"): Change {
  return { kind: "constants", type, values };
}

export function withoutConstants(...names: readonly string[]): Change {
  return { kind: "without-constants", names };
}

/** A macro that is not a plain integer; `parameters` null: object-like. Replaces one of the same name. */
export function macro(name: string, parameters: readonly string[] | null, body: string): Change {
  return { kind: "macro", name, parameters, body };
}

export function withoutMacros(...names: readonly string[]): Change {
  return { kind: "without-macros", names };
}

/** One profile as its file states it. */
export interface ProfileDefinition {
  readonly id: string;
  /** The profile it is a delta on; null for the first one. */
  readonly after: string | null;
  /** Repository and branch, for forks. */
  readonly fork?: string;
  readonly commit: string;
  /** YYYY-MM-DD, or as much of it as is known. */
  readonly date: string;
  /** Releases that use it. `rN` and `HEAD` are worked out, not listed. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly changes: readonly Change[];
}

/** Gives the type checker a hold on a profile's file; does nothing else. */
export function profile(definition: ProfileDefinition): ProfileDefinition {
  return definition;
}

export type { Member, NestedMember };
