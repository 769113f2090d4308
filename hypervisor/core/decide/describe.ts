import type { CellAccess } from "./access.js";
import type { DecidingEntry, Decision, Verdict } from "./decision.js";

/** `mem_regions[3] of cell "demo"` */
export function entryName({ cell, isRoot, table, index }: DecidingEntry): string {
  const owner = isRoot ? `the root cell "${cell}"` : `cell "${cell}"`;
  return `${index === null ? table : `${table}[${index}]`} of ${owner}`;
}

function deciderText(entry: DecidingEntry): string {
  const name = entryName(entry);
  switch (entry.role) {
    case "lacks":
      return `${name} lacks ${entry.lacks.join(", ")}`;
    case "absent":
      return `${name} has no entry for it`;
    case "crossed":
      return `${name} ends before the access does`;
    case "overlaps":
      return `${name} hides what else is there`;
    case "lost":
      return `${name} has it`;
    case "took":
      return `${name} has taken it`;
    case "hidden":
      return `${name} grants it, but a later one lies over it`;
    case "below":
      return `nearest below: ${name}`;
    case "above":
      return `nearest above: ${name}`;
    case "has":
      return `${name} has it`;
  }
}

/** @param reason where no entry decided: why the access cannot be granted */
export function decision(
  verdict: Verdict,
  access: CellAccess,
  entries: readonly DecidingEntry[],
  near: readonly DecidingEntry[] = [],
  reason = "no config can grant it",
): Decision {
  const text = entries.length === 0 ? reason : [...entries, ...near].map(deciderText).join("; ");
  return { verdict, access, entries, near, text: verdict === "granted" ? "the config grants it" : text };
}
