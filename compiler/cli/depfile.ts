/** Dependency files in the syntax of make, as gcc writes them for `-MD`. */

/** One rule: all targets depend on all prerequisites; the first prerequisite is the source itself. */
export interface DependencyRule {
  readonly targets: readonly string[];
  readonly prerequisites: readonly string[];
}

/**
 * @param phony `-MP`: an empty rule for each prerequisite but the first, so that make survives a deleted header
 */
export function dependencyFile(rules: readonly DependencyRule[], phony: boolean): string {
  const parts = rules.map(
    ({ targets, prerequisites }) => `${wrapped(targets.map(escaped), prerequisites.map(escaped))}\n`,
  );
  if (phony) {
    const headers = new Set(rules.flatMap(({ prerequisites }) => prerequisites.slice(1)));
    for (const header of headers) parts.push(`${escaped(header)}:\n`);
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
function escaped(file: string): string {
  return file
    .replace(
      /(\\*)([ \t])/g,
      (_, backslashes: string, blank: string) => `${backslashes}${backslashes}\\${blank}`,
    )
    .replaceAll("$", "$$$$")
    .replaceAll("#", "\\#");
}
