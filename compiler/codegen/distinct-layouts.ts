import type { Field, Profile, StructLayout } from "../../schema/layout/types.js";

/** A layout, once for all profiles that have it. */
export interface DistinctLayout {
  /** The layout of the first profile that has it. */
  readonly layout: StructLayout;
  /** In the order of profiles; those that have it as part of another struct included. */
  readonly profiles: readonly Profile[];
}

export interface LayoutCatalogue {
  /** By C tag or path, in the order of their first appearance; the distinct layouts of each in that order, too. */
  readonly byName: ReadonlyMap<string, readonly DistinctLayout[]>;
  readonly distinct: (layout: StructLayout) => DistinctLayout;
}

/** The layouts of all profiles, embedded ones included, those that are the same in name and in every byte as one. */
export function distinctLayouts(profiles: readonly Profile[]): LayoutCatalogue {
  const keys = new Map<StructLayout, string>();
  const keyOf = (layout: StructLayout): string => {
    let key = keys.get(layout);
    if (key === undefined) {
      const { name, size, overlapping } = layout;
      key = JSON.stringify([name, size, overlapping, layout.fields.map((field) => fieldKey(field, keyOf))]);
      keys.set(layout, key);
    }
    return key;
  };
  const byKey = new Map<string, { layout: StructLayout; profiles: Set<Profile> }>();
  const add = (layout: StructLayout, profile: Profile): void => {
    for (const field of layout.fields) {
      if (field.kind === "struct" || field.kind === "structs") add(field.layout, profile);
    }
    const key = keyOf(layout);
    const entry = byKey.get(key);
    if (entry === undefined) byKey.set(key, { layout, profiles: new Set([profile]) });
    else entry.profiles.add(profile);
  };
  for (const profile of profiles) for (const layout of profile.structs.values()) add(layout, profile);

  const distinct = new Map<string, DistinctLayout>();
  const byName = new Map<string, DistinctLayout[]>();
  for (const [key, { layout, profiles }] of byKey) {
    const entry = { layout, profiles: [...profiles] };
    distinct.set(key, entry);
    byName.set(layout.name, [...(byName.get(layout.name) ?? []), entry]);
  }
  return { byName, distinct: (layout) => distinct.get(keyOf(layout))! };
}

function fieldKey(field: Field, keyOf: (layout: StructLayout) => string): unknown {
  if (field.kind !== "struct" && field.kind !== "structs") return field;
  const { layout, ...rest } = field;
  return [rest, keyOf(layout)];
}
