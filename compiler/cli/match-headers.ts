import { profileSummaries, resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { matchProfiles } from "../c/match-profile.js";
import type { CUnit } from "../c/unit.js";
import { atFile } from "../diagnostics/diagnostic.js";
import type { CompiledSource } from "./compile-source.js";
import type { Context } from "./context.js";
import { cliMessages } from "./messages.js";

/**
 * The newest profile with exactly the layout of a unit's own headers, an upstream one before a fork's.
 *
 * @param revision that the config states: of profiles with one layout, that of this revision comes first, and of those
 * the one whose constants have the values of the headers (0x20 was LOADABLE before it was COMM_REGION)
 */
export function newestMatch(unit: HeadersOfUnit, revision: number | null = null): Profile | undefined {
  const summaries = [...profileSummaries()].reverse();
  const upstreamFirst = [
    ...summaries.filter(({ fork }) => fork === null),
    ...summaries.filter(({ fork }) => fork !== null),
  ];
  let newest: Profile | undefined;
  let ofRevision: Profile | undefined;
  for (const { id } of upstreamFirst) {
    const profile = resolveProfile(id)!;
    if (matchProfiles(unit.structs, [profile]).length === 0) continue;
    // The number of a revision can be all that is new in it.
    newest ??= profile;
    if (revision !== null && profile.revision !== revision) continue;
    if (hasConstantsOf(profile, unit)) return profile;
    ofRevision ??= profile;
  }
  return ofRevision ?? newest;
}

/** What of a unit tells which headers it was compiled with. */
type HeadersOfUnit = Pick<CUnit, "structs" | "constant">;

/** No constant that both know has another value; the newest profile of a layout knows all of it. */
function hasConstantsOf({ constants }: Profile, unit: HeadersOfUnit): boolean {
  return [...constants].every(([name, value]) => (unit.constant(name) ?? value) === value);
}

/** Headers of the user decide the bytes; a profile asked for besides must be the one they belong to. */
export function checkHeaders({ unit, source }: CompiledSource, chosen: string, context: Context): void {
  const { structs } = unit;
  if (!structs.has("jailhouse_cell_desc") || matchProfiles(structs, [resolveProfile(chosen)!]).length > 0)
    return;
  const found = newestMatch(unit)?.id ?? "no known profile";
  context.reporter.report(
    cliMessages["profile-differs-from-headers"]({ chosen, found }, atFile(source.path)),
  );
}
