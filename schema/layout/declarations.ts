/**
 * Applies the changes of profiles to declarations. Everything is immutable and shared: what a change does not touch
 * is the same object before and after, so that a chain of a hundred profiles costs little more than its changes.
 */

import type { Change, ConstantType, Position, ProfileDefinition } from "./changes.js";
import { bottomLayer, type Layer, lookUp } from "./layers.js";
import type { MacroDeclaration, Member, NestedMember, StructDeclaration, TableDeclaration } from "./types.js";

export interface ConstantDeclaration {
  readonly value: number;
  readonly type: ConstantType;
}

export interface Declarations {
  readonly structs: ReadonlyMap<string, StructDeclaration>;
  readonly tables: readonly TableDeclaration[];
  readonly constants: Layer<ConstantDeclaration>;
  readonly macros: Layer<MacroDeclaration>;
}

export const noDeclarations: Declarations = {
  structs: new Map(),
  tables: [],
  constants: bottomLayer,
  macros: bottomLayer,
};

/** It embeds the others, so it stands last. */
const lastStruct = "jailhouse_system";

/** A profile's file contradicts its predecessor: a mistake in that file, never in what a user gave. */
export class ProfileMistake extends Error {}

/** @throws ProfileMistake where a change names something that is not there, or adds something that is */
export function applyChanges(before: Declarations, definition: ProfileDefinition): Declarations {
  const draft = new Draft(before, definition.id);
  for (const change of definition.changes) draft.apply(change);
  return draft.declarations();
}

/** Copies each of the four parts at most once, when a change first touches it. */
class Draft {
  private structs: Map<string, StructDeclaration> | undefined;
  private tables: readonly TableDeclaration[];
  private readonly constants = new Map<string, ConstantDeclaration | null>();
  private readonly macros = new Map<string, MacroDeclaration | null>();

  constructor(
    private readonly before: Declarations,
    private readonly id: string,
  ) {
    this.tables = before.tables;
  }

  declarations(): Declarations {
    return {
      structs: this.structs ?? this.before.structs,
      tables: this.tables,
      constants: stacked(this.before.constants, this.constants),
      macros: stacked(this.before.macros, this.macros),
    };
  }

  apply(change: Change): void {
    switch (change.kind) {
      case "add":
        this.editMembers(change.path, (path, members) =>
          this.addMembers(path, members, change.position, change.members),
        );
        break;
      case "remove":
        this.editMembers(change.path, (path, members) =>
          change.names.reduce((rest, name) => this.replaceMember(path, rest, name, []), members),
        );
        break;
      case "rename":
        this.editMembers(change.path, (path, members) =>
          this.replaceMember(path, members, change.from, (member) => [{ ...member, name: change.to }]),
        );
        break;
      case "replace":
        this.editMembers(change.path, (path, members) =>
          this.replaceMember(path, members, change.name, [change.member]),
        );
        break;
      case "define":
        this.define(change);
        break;
      case "drop":
        this.require(this.editStructs().delete(change.tag), `no struct ${change.tag}`);
        break;
      case "pack":
        this.pack();
        break;
      case "add-table":
        this.addTable(change.position, change.table);
        break;
      case "remove-table":
        this.require(
          this.tables.some((table) => table.name === change.name),
          `no table ${change.name}`,
        );
        this.tables = this.tables.filter((table) => table.name !== change.name);
        break;
      case "constants":
        for (const [name, value] of Object.entries(change.values)) {
          this.constants.set(name, { value, type: change.type });
        }
        break;
      case "without-constants":
        for (const name of change.names) {
          this.require(isThere(this.constants, this.before.constants, name), `no constant ${name}`);
          this.constants.set(name, null);
        }
        break;
      case "macro": {
        const { name, parameters, body } = change;
        this.macros.set(name, { name, parameters, body });
        break;
      }
      case "without-macros":
        for (const name of change.names) {
          this.require(isThere(this.macros, this.before.macros, name), `no macro ${name}`);
          this.macros.set(name, null);
        }
        break;
    }
  }

  private pack(): void {
    const structs = this.editStructs();
    for (const [tag, struct] of structs) {
      if (!struct.packed) structs.set(tag, { ...struct, packed: true });
    }
  }

  private addTable(position: Position, table: TableDeclaration): void {
    this.require(!this.tables.some(({ name }) => name === table.name), `table ${table.name} is there`);
    this.tables = this.insert(this.tables, ({ name }) => name, position, [table], "tables");
  }

  private editStructs(): Map<string, StructDeclaration> {
    this.structs ??= new Map(this.before.structs);
    return this.structs;
  }

  private define(change: Change & { kind: "define" }): void {
    const structs = [...(this.structs ?? this.before.structs).values()];
    this.require(!structs.some((struct) => struct.name === change.tag), `struct ${change.tag} is there`);
    const declaration: StructDeclaration = {
      name: change.tag,
      kind: change.shape,
      packed: change.packed,
      members: change.members,
    };
    const last = structs.at(-1)?.name === lastStruct ? { before: lastStruct } : "end";
    const position = change.position ?? last;
    const ordered = this.insert(structs, (struct) => struct.name, position, [declaration], "structs");
    this.structs = new Map(ordered.map((struct) => [struct.name, struct]));
  }

  private editMembers(
    path: string,
    edit: (path: string, members: readonly Member[]) => readonly Member[],
  ): void {
    const [tag = "", ...rest] = path.split(".");
    const struct = (this.structs ?? this.before.structs).get(tag);
    if (struct === undefined) throw this.mistake(`no struct ${tag}`);
    const members = this.editAt(path, struct.members, rest, edit);
    this.editStructs().set(tag, { ...struct, members });
  }

  private editAt(
    path: string,
    members: readonly Member[],
    rest: readonly string[],
    edit: (path: string, members: readonly Member[]) => readonly Member[],
  ): readonly Member[] {
    const [next, ...deeper] = rest;
    if (next === undefined) return edit(path, members);
    return this.replaceMember(path, members, next, (member) => {
      if (!isNested(member)) throw this.mistake(`${next} of ${path} is no inline struct`);
      return [{ ...member, members: this.editAt(path, member.members, deeper, edit) }];
    });
  }

  private addMembers(
    path: string,
    members: readonly Member[],
    position: Position,
    added: readonly Member[],
  ): readonly Member[] {
    for (const member of added) {
      this.require(
        member.name === null || !holds(members, member.name),
        `${member.name} is there in ${path}`,
      );
    }
    const anchor = anchorOf(position);
    const inside = anchor === undefined ? undefined : anonymousHolder(members, anchor);
    if (inside === undefined) {
      return this.insert(members, (member) => member.name, position, added, path);
    }
    return members.map((member) =>
      member === inside
        ? { ...inside, members: this.addMembers(path, inside.members, position, added) }
        : member,
    );
  }

  /** Puts others in the place of one member, wherever it is among the members and those of anonymous ones. */
  private replaceMember(
    path: string,
    members: readonly Member[],
    name: string,
    by: readonly Member[] | ((member: Member) => readonly Member[]),
  ): readonly Member[] {
    this.require(holds(members, name), `no member ${name} in ${path}`);
    return members.flatMap((member): readonly Member[] => {
      if (member.name === name) return typeof by === "function" ? by(member) : by;
      if (member.name === null && isNested(member) && holds(member.members, name)) {
        return [{ ...member, members: this.replaceMember(path, member.members, name, by) }];
      }
      return [member];
    });
  }

  private insert<T>(
    items: readonly T[],
    nameOf: (item: T) => string | null,
    position: Position,
    added: readonly T[],
    where: string,
  ): readonly T[] {
    const anchor = anchorOf(position);
    if (anchor === undefined) return [...items, ...added];
    const found = items.findIndex((item) => nameOf(item) === anchor);
    this.require(found >= 0, `no ${anchor} in ${where}`);
    const at = typeof position === "object" && "after" in position ? found + 1 : found;
    return [...items.slice(0, at), ...added, ...items.slice(at)];
  }

  private require(condition: boolean, otherwise: string): void {
    if (!condition) throw this.mistake(otherwise);
  }

  private mistake(message: string): ProfileMistake {
    return new ProfileMistake(`profile ${this.id}: ${message}`);
  }
}

function isThere<T>(entries: ReadonlyMap<string, T | null>, below: Layer<T>, name: string): boolean {
  return lookUp({ below, entries }, name) !== undefined;
}

function stacked<T>(below: Layer<T>, entries: ReadonlyMap<string, T | null>): Layer<T> {
  return entries.size === 0 ? below : { below, entries };
}

export function isNested(member: Member): member is NestedMember {
  return "members" in member;
}

function anchorOf(position: Position): string | undefined {
  if (position === "end") return undefined;
  return "after" in position ? position.after : position.before;
}

function holds(members: readonly Member[], name: string): boolean {
  return members.some(
    (member) =>
      member.name === name || (member.name === null && isNested(member) && holds(member.members, name)),
  );
}

/** The anonymous member among whose members `name` is. */
function anonymousHolder(members: readonly Member[], name: string): NestedMember | undefined {
  return members.find(
    (member): member is NestedMember =>
      member.name === null && isNested(member) && holds(member.members, name),
  );
}
