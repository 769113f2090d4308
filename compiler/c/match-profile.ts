import type { Field, Profile, StructLayout } from "../../schema/layout/types.js";
import type { CLayout, CMember, CUnit } from "./unit.js";

/**
 * The profiles whose format is exactly that of the headers a config was compiled with: the system and cell
 * descriptors and the element of every table have the same members at the same places.
 */
export function matchProfiles(structs: CUnit["structs"], profiles: Iterable<Profile>): Profile[] {
  return [...profiles].filter((profile) =>
    wantedTags(profile).every((tag) => {
      const wanted = profile.structs.get(tag);
      const found = structs.get(tag);
      return wanted !== undefined && found !== undefined && isSameLayout(wanted, found);
    }),
  );
}

function wantedTags(profile: Profile): readonly string[] {
  const elements = profile.tables.flatMap(({ layout }) => (layout === null ? [] : [layout.name]));
  return [...new Set(["jailhouse_system", "jailhouse_cell_desc", ...elements])];
}

function isSameLayout(wanted: StructLayout, found: CLayout): boolean {
  if (wanted.size !== found.size) return false;
  const members = flatten(found, 0);
  if (members.length !== wanted.fields.length) return false;
  const byName = new Map(members.map((member) => [member.name, member]));
  return wanted.fields.every((field) => {
    const member = byName.get(field.name);
    return member !== undefined && isSameField(field, member);
  });
}

/** The members with those of anonymous structs and unions among them, at their offsets in the whole. */
function flatten(layout: CLayout, base: number): readonly CMember[] {
  return layout.members.flatMap((member) => {
    const offset = base + member.offset;
    if (member.name === null && member.layout !== undefined) return flatten(member.layout, offset);
    return [{ ...member, offset }];
  });
}

function isSameField(field: Field, member: CMember): boolean {
  if (field.kind === "integer" && field.bitWidth !== undefined) {
    if (member.bits === undefined || member.bits.width !== field.bitWidth) return false;
    return member.offset * 8 + member.bits.offset === field.offset * 8 + (field.bitOffset ?? 0);
  }
  if (member.bits !== undefined || field.offset !== member.offset || field.size !== member.size) return false;
  if (field.kind !== "struct" && field.kind !== "structs") return true;
  return member.layout !== undefined && isSameLayout(field.layout, member.layout);
}
