import { nearestName } from "../../support/nearest-name.js";

/** So many names are looked at: a file of a million wrong names must not compare each with all others. */
const candidateLimit = 2000;

/** A name as short as this is the beginning of too many. */
const shortestBeginning = 4;

/** A help text with the name that was likely meant; undefined where nothing is near. @param word stands before a tag */
export function didYouMean(name: string, candidates: Iterable<string>, word = ""): string | undefined {
  const some: string[] = [];
  for (const candidate of candidates) {
    if (some.push(candidate) === candidateLimit) break;
  }
  const meant = onlyContinuation(name, some) ?? nearestTail(name, some);
  return meant === undefined ? undefined : `did you mean \`${word}${meant}\`?`;
}

/** The one name that goes on where the wrong one ends: `JAILHOUSE_MEM_EXEC` for `JAILHOUSE_MEM_EXECUTE`. */
function onlyContinuation(name: string, candidates: readonly string[]): string | undefined {
  if (name.length < shortestBeginning) return undefined;
  const start = name.toLowerCase();
  const found = new Set(candidates.filter((candidate) => candidate.toLowerCase().startsWith(start)));
  return found.size === 1 ? [...found][0] : undefined;
}

/** The nearest name, where it is near even without the words that both begin with: those say nothing of what was meant. */
function nearestTail(name: string, candidates: readonly string[]): string | undefined {
  const nearest = nearestName(name, candidates);
  if (nearest === undefined) return undefined;
  let shared = 0;
  while (shared < name.length && name[shared] === nearest[shared]) shared++;
  const words = name.lastIndexOf("_", shared - 1) + 1;
  return nearestName(name.slice(words), [nearest.slice(words)]) === undefined ? undefined : nearest;
}
