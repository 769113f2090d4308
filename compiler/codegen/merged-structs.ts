import type { FieldDoc } from "../../schema/docs/field-doc.js";
import { fieldDoc } from "../../schema/docs/fields.js";
import type { Field, Profile, StructLayout } from "../../schema/layout/types.js";

/** One member of a struct over all profiles: every form it ever had. */
export interface MergedMember {
  readonly name: string;
  /** Distinct fields (type, not offset), oldest profile first. */
  readonly forms: readonly Field[];
  /** True where every profile that has the struct has the member, and always shows it (no union alternative). */
  readonly always: boolean;
  readonly documentation: FieldDoc | undefined;
}

export interface MergedStruct {
  /** C tag or path, e.g. `jailhouse_system.platform_info`. */
  readonly name: string;
  readonly members: readonly MergedMember[];
  readonly profiles: readonly Profile[];
}

/** Every struct and union of all profiles, embedded ones included, with the union of their members. */
export function mergeStructs(profiles: readonly Profile[]): readonly MergedStruct[] {
  const found = new Map<string, { layout: StructLayout; profile: Profile }[]>();
  for (const profile of profiles) {
    const seen = new Set<string>();
    const visit = (layout: StructLayout): void => {
      if (seen.has(layout.name)) return;
      seen.add(layout.name);
      const entries = found.get(layout.name) ?? [];
      entries.push({ layout, profile });
      found.set(layout.name, entries);
      for (const field of layout.fields) {
        if (field.kind === "struct" || field.kind === "structs") visit(field.layout);
      }
    };
    for (const layout of profile.structs.values()) visit(layout);
  }
  return [...found].map(([name, entries]) => ({
    name,
    members: mergeMembers(
      name,
      entries.map((entry) => entry.layout),
    ),
    profiles: entries.map((entry) => entry.profile),
  }));
}

function mergeMembers(struct: string, layouts: readonly StructLayout[]): readonly MergedMember[] {
  const members = new Map<string, { forms: Map<string, Field>; count: number; overlapping: boolean }>();
  for (const layout of layouts) {
    for (const field of layout.fields) {
      const member = members.get(field.name) ?? { forms: new Map(), count: 0, overlapping: false };
      member.count += 1;
      member.forms.set(formKey(field), field);
      if (overlaps(field, layout)) member.overlapping = true;
      members.set(field.name, member);
    }
  }
  return [...members].map(([name, member]) => ({
    name,
    forms: [...member.forms.values()],
    always: member.count === layouts.length && !member.overlapping && !isCount(struct, name),
    documentation: fieldDoc(struct, name),
  }));
}

/** Counts of tables follow from the tables: wire values hold one only where it says something else. */
function isCount(struct: string, member: string): boolean {
  return struct === "jailhouse_cell_desc" && (member.startsWith("num_") || member.endsWith("_size"));
}

function overlaps(field: Field, layout: StructLayout): boolean {
  if (!layout.overlapping || (field.kind === "integer" && field.bitWidth !== undefined)) return false;
  return layout.fields.some(
    (other) =>
      other !== field && other.offset < field.offset + field.size && field.offset < other.offset + other.size,
  );
}

function formKey(field: Field): string {
  switch (field.kind) {
    case "integer":
      return `integer ${field.size} ${field.signed} ${field.bitWidth ?? ""}`;
    case "text":
      return `text ${field.size}`;
    case "integers":
      return `integers ${field.elementSize} ${field.signed} ${field.length}`;
    case "struct":
      return `struct ${field.layout.name}`;
    case "structs":
      return `structs ${field.layout.name} ${field.length}`;
  }
}
