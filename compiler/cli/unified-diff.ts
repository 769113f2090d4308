/** Changes of a text as `diff -u` prints them, so that `patch` and `git apply` can read them. */

const context = 3;

/** Beyond so many changed lines all that differs is shown as one change: finding the smallest one takes its square. */
const mostChanges = 2000;

interface Run {
  readonly kind: "same" | "gone" | "new";
  readonly lines: readonly string[];
}

/** @param path below the directory in which the difference is to be applied; the result is empty where the texts are equal */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const runs = runsOf(linesOf(before), linesOf(after));
  const hunks = hunksOf(runs).map(hunkText);
  return `--- a/${path}\n+++ b/${path}\n${hunks.join("")}`;
}

/** With their line ends; the last one may have none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function runsOf(before: readonly string[], after: readonly string[]): readonly Run[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const runs: Run[] = [
    { kind: "same", lines: before.slice(0, start) },
    ...middleOf(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    { kind: "same", lines: before.slice(before.length - end) },
  ];
  return runs.filter(({ lines }) => lines.length > 0);
}

/** The fewest changes, by E. W. Myers: for each number of changes, how far each diagonal is reached. */
function middleOf(before: readonly string[], after: readonly string[]): readonly Run[] {
  const traces: Map<number, number>[] = [];
  let reached = new Map<number, number>([[1, 0]]);
  for (let changes = 0; changes <= Math.min(before.length + after.length, mostChanges); changes++) {
    traces.push(new Map(reached));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = firstOn(diagonal, changes, reached);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      reached.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return backtracked(before, after, traces);
    }
    reached = new Map(reached);
  }
  return [
    { kind: "gone", lines: before },
    { kind: "new", lines: after },
  ];
}

/** Where a diagonal is entered: from above (a new line) or from the left (one that is gone). */
function firstOn(diagonal: number, changes: number, reached: ReadonlyMap<number, number>): number {
  const left = reached.get(diagonal - 1) ?? -1;
  const above = reached.get(diagonal + 1) ?? -1;
  const isAbove = diagonal === -changes || (diagonal !== changes && left < above);
  return isAbove ? above : left + 1;
}

function backtracked(
  before: readonly string[],
  after: readonly string[],
  traces: readonly ReadonlyMap<number, number>[],
): readonly Run[] {
  const steps: Run[] = [];
  let [x, y] = [before.length, after.length];
  for (let changes = traces.length - 1; changes >= 0; changes--) {
    const diagonal = x - y;
    const reached = traces[changes]!;
    const start = changes === 0 ? 0 : firstOn(diagonal, changes, reached);
    while (x > start) {
      steps.push({ kind: "same", lines: [before[--x]!] });
      y -= 1;
    }
    if (changes === 0) break;
    const isNew = start === (reached.get(diagonal + 1) ?? -1) && !isFromLeft(diagonal, changes, reached);
    if (isNew) steps.push({ kind: "new", lines: [after[--y]!] });
    else steps.push({ kind: "gone", lines: [before[--x]!] });
  }
  return joined(steps.reverse());
}

function isFromLeft(diagonal: number, changes: number, reached: ReadonlyMap<number, number>): boolean {
  const left = reached.get(diagonal - 1) ?? -1;
  const above = reached.get(diagonal + 1) ?? -1;
  return !(diagonal === -changes || (diagonal !== changes && left < above));
}

function joined(steps: readonly Run[]): readonly Run[] {
  const runs: { kind: Run["kind"]; lines: string[] }[] = [];
  for (const { kind, lines } of steps) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.lines.push(...lines);
    else runs.push({ kind, lines: [...lines] });
  }
  return runs;
}

interface Hunk {
  /** 0-based line of its first one. */
  readonly before: number;
  readonly after: number;
  readonly runs: readonly Run[];
}

function hunksOf(runs: readonly Run[]): readonly Hunk[] {
  const hunks: { before: number; after: number; runs: Run[] }[] = [];
  let [before, after] = [0, 0];
  let open: { before: number; after: number; runs: Run[] } | undefined;
  for (const [index, run] of runs.entries()) {
    const { kind, lines } = run;
    if (kind !== "same") {
      open ??= { before, after, runs: [] };
      open.runs.push(run);
    } else {
      const isLast = index === runs.length - 1;
      if (open !== undefined) {
        const isGap = lines.length > 2 * context || isLast;
        open.runs.push(isGap ? { kind, lines: lines.slice(0, context) } : run);
        if (isGap) {
          hunks.push(open);
          open = undefined;
        }
      }
      if (open === undefined && !isLast) {
        const lead = lines.slice(-context);
        open = {
          before: before + lines.length - lead.length,
          after: after + lines.length - lead.length,
          runs: [{ kind, lines: lead }],
        };
      }
    }
    if (kind !== "new") before += lines.length;
    if (kind !== "gone") after += lines.length;
  }
  if (open !== undefined) hunks.push(open);
  return hunks;
}

const signs = { same: " ", gone: "-", new: "+" } as const;

function hunkText({ before, after, runs }: Hunk): string {
  const length = (without: Run["kind"]): number =>
    runs.reduce((sum, { kind, lines }) => sum + (kind === without ? 0 : lines.length), 0);
  const lines = runs.flatMap((run) => run.lines.map((line) => `${signs[run.kind]}${ended(line)}`));
  return `@@ -${rangeText(before, length("new"))} +${rangeText(after, length("gone"))} @@\n${lines.join("")}`;
}

/** An empty range stands behind the line before it. */
function rangeText(first: number, length: number): string {
  return length === 1 ? `${first + 1}` : `${length === 0 ? first : first + 1},${length}`;
}

function ended(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`;
}
