/** What the other profiles know of names that a config's headers lack: loaded only once something is wrong. */

import { profileSummaries, resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { explainByProfiles } from "../c/known-elsewhere.js";

/** @param builtin the headers are those of a profile, so that another one can be chosen */
export function explainNames(builtin: boolean): ReturnType<typeof explainByProfiles> {
  return explainByProfiles({ [Symbol.iterator]: allProfiles }, builtin);
}

function* allProfiles(): Generator<Profile> {
  for (const { id } of profileSummaries()) yield resolveProfile(id)!;
}
