/** Writes `profiles/index.ts`, the list of all profiles, from the names of the files in `profiles/`. */

/**
 * @param fileNames as the folder lists them, e.g. `r12.18.ts`; `index.ts` and anything that is no `.ts` is passed over
 */
export function profileIndexSource(fileNames: readonly string[]): string {
  const ids = fileNames
    .filter((name) => name.endsWith(".ts") && name !== "index.ts")
    .map((name) => name.slice(0, -".ts".length))
    .sort(compareNaturally);
  return [
    "// Written by `npm run generate` from the names of the files in this folder.",
    "",
    'import type { ProfileDefinition } from "../changes.js";',
    ...ids.map((id) => `import ${identifier(id)} from "./${id}.js";`),
    "",
    "/** Upstream's states in the order of time, then forks by name. */",
    "export const profileDefinitions: readonly ProfileDefinition[] = [",
    ...ids.sort(compareProfileIds).map((id) => `  ${identifier(id)},`),
    "];",
    "",
  ].join("\n");
}

/** Upstream's `rN.K` by number, then everything else by name. */
export function compareProfileIds(a: string, b: string): number {
  const [left, right] = [upstreamNumber(a), upstreamNumber(b)];
  if (left !== undefined && right !== undefined) return left - right;
  if (left !== undefined) return -1;
  if (right !== undefined) return 1;
  return compareNaturally(a, b);
}

/** Runs of digits count as numbers: the order in which the linter wants imports. */
function compareNaturally(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function upstreamNumber(id: string): number | undefined {
  const match = /^r(\d+)\.(\d+)$/.exec(id);
  return match === null ? undefined : Number(match[1]) * 1000 + Number(match[2]);
}

/** `fork-nxp-4.14.78` becomes `forkNxp4_14_78`, `r12.18` becomes `r12_18`. */
function identifier(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\./g, "_");
}
