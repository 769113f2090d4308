/** Dependency files in the syntax of make, as gcc writes them for `-MD`. */

/** One rule: all targets depend on the source and the headers. */
export interface DependencyRule {
  /** As they are to stand in the file: see {@link escapedForMake}. */
  readonly targets: readonly string[];
  /** Null for standard input, which is no file that make could look at. */
  readonly source: string | null;
  readonly headers: readonly string[];
}

/**
 * @param phony `-MP`: an empty rule for each header, so that make survives a deleted header
 */
export function dependencyFile(rules: readonly DependencyRule[], phony: boolean): string {
  const parts = rules.map(({ targets, source, headers }) => {
    const prerequisites = source === null ? headers : [source, ...headers];
    return `${wrapped(targets, prerequisites.map(escapedForMake))}\n`;
  });
  if (phony) {
    const headers = new Set(rules.flatMap((rule) => rule.headers));
    for (const header of headers) parts.push(`${escapedForMake(header)}:\n`);
  }
  return parts.join("");
}

const lineLength = 78;

function wrapped(targets: readonly string[], prerequisites: readonly string[]): string {
  let line = `${targets.join(" ")}:`;
  const lines: string[] = [];
  for (const prerequisite of prerequisites) {
    if (line.length + 1 + prerequisite.length > lineLength) {
      lines.push(line);
      line = ` ${prerequisite}`;
    } else line += ` ${prerequisite}`;
  }
  lines.push(line);
  return lines.join(" \\\n");
}

/** Backslashes before a blank are doubled, since make would take them for its own; `$` is doubled, `#` escaped. */
export function escapedForMake(file: string): string {
  return file
    .replace(
      /(\\*)([ \t])/g,
      (_, backslashes: string, blank: string) => `${backslashes}${backslashes}\\${blank}`,
    )
    .replaceAll("$", "$$$$")
    .replaceAll("#", "\\#");
}
