import { nearestName } from "../../support/nearest-name.js";

/** So many names are looked at: a file of a million wrong names must not compare each with all others. */
const candidateLimit = 1000;

/** A help text with the name that was likely meant; undefined where nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const some: string[] = [];
  for (const candidate of candidates) {
    if (some.push(candidate) === candidateLimit) break;
  }
  const nearest = nearestName(name, some);
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}
