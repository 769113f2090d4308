/** What the other profiles know of names that a config's headers lack: loaded only once something is wrong. */

import { profileSummaries, resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { explainByProfiles, type KnownElsewhere } from "../c/known-elsewhere.js";

/** @param builtin the headers are those of a profile */
export function explainNames(builtin: boolean): KnownElsewhere {
  return explainByProfiles({ [Symbol.iterator]: allProfiles }, builtin);
}

/**
 * The name of the profile to try instead: the nearest to the one that served, forks last, and rather one that people
 * know than a state between two releases. Undefined where no profile has all names.
 */
export function nearestProfile(served: string, having: readonly Profile[]): string | undefined {
  const order = profileSummaries().map(({ id }) => id);
  const at = order.indexOf(served);
  const distance = ({ id }: Profile): number => Math.abs(order.indexOf(id) - at);
  const byDistance = [...having].sort((a, b) => distance(a) - distance(b));
  const upstream = byDistance.filter(({ fork }) => fork === null);
  const chosen = upstream.find(({ aliases }) => aliases.length > 0) ?? upstream[0] ?? byDistance[0];
  return chosen?.aliases[0] ?? chosen?.id;
}

function* allProfiles(): Generator<Profile> {
  for (const { id } of profileSummaries()) yield resolveProfile(id)!;
}
