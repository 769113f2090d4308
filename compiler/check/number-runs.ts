import { listed } from "./words.js";

/** How many runs of numbers a message names: whoever needs them all reads the config. */
const runsNamed = 6;

/** `3`, `3 and 5-7`: ascending numbers as runs. */
export function numberRuns(numbers: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run.last + 1 === number) run.last = number;
    else runs.push({ first: number, last: number });
  }
  const words = runs
    .slice(0, runsNamed)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  return listed(runs.length > runsNamed ? [...words, `${runs.length - runsNamed} more`] : words);
}
