import { profileSummaries, resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { matchProfiles } from "../c/match-profile.js";
import type { CUnit } from "../c/unit.js";

/** The newest profile with exactly the layout of a unit's own headers, an upstream one before a fork's. */
export function newestMatch(structs: CUnit["structs"]): Profile | undefined {
  const summaries = [...profileSummaries()].reverse();
  const upstreamFirst = [
    ...summaries.filter(({ fork }) => fork === null),
    ...summaries.filter(({ fork }) => fork !== null),
  ];
  for (const { id } of upstreamFirst) {
    const profile = resolveProfile(id)!;
    if (matchProfiles(structs, [profile]).length > 0) return profile;
  }
  return undefined;
}
