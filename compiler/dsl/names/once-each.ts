import type { Diagnostic, Place, Report } from "../../diagnostics/diagnostic.js";
import { mostFindings } from "../syntax/limits.js";
import { jailMessages } from "../syntax/messages.js";

/**
 * Passes findings on, but each mistake only once: a line within a loop or a fragment is read many times, and what it
 * says wrong is wrong in every round. A line of a fragment that is wrong in several ways, depending on what was given
 * for its parameters, is told of for each. Beyond `mostFindings`, only that there are more.
 */
export function onceEach(report: Report): Report {
  const seen = new Set<string>();
  let count = 0;
  return (finding) => {
    const { id, message, primary } = finding;
    const place = primary === undefined ? "" : spelledPlace(primary.place);
    const keys = [`${id} ${place} said ${message}`];
    // What a revision cannot hold is told of a cell as a whole: several things at one place.
    if (id !== "jail-not-in-profile") keys.push(`${id} ${place} in ${usesOf(finding)}`);
    const isKnown = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    if (isKnown || count > mostFindings) return;
    count += 1;
    report(count <= mostFindings ? finding : jailMessages["jail-too-many-errors"]({}, primary?.place));
  };
}

function spelledPlace(place: Place): string {
  if (place.kind !== "source") return place.file;
  return `${place.span.file.path}:${place.span.start}-${place.span.end}`;
}

/** The uses of fragments that led to the place. */
function usesOf({ primary }: Diagnostic): string {
  const uses: string[] = [];
  if (primary?.place.kind === "source")
    for (let step = primary.place.expansion; step !== null; step = step.parent)
      uses.push(spelledPlace({ kind: "source", span: step.use, expansion: null }));
  return uses.join(" ");
}
