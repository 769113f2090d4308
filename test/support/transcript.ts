/** What the pages of docs/ show of the command: commands with their output, to be run again. */

export interface Step {
  readonly line: number;
  readonly command: string;
  /** What the page shows of its output, standard error among it; undefined where the page does not say. */
  readonly shown: string | undefined;
}

export interface ShownFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The steps of a page in its order.
 *
 * - In a block marked `console`, a line that starts with `$ ` is a command, and the lines up to the next one its output.
 * - A comment `<!-- $ COMMAND -->` prepares what the page does not show.
 * - A block whose mark names a file after its language (`yaml cellc.yaml`) is that file.
 */
export function stepsOf(page: string): readonly (Step | ShownFile)[] {
  const steps: (Step | ShownFile)[] = [];
  const lines = page.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const hidden = /^<!-- \$ (.*) -->$/.exec(lines[index]!);
    if (hidden !== null) steps.push({ line: index + 1, command: hidden[1]!, shown: undefined });
    const mark = /^```(\w+)(?: (\S+))?$/.exec(lines[index]!);
    if (mark === null) continue;
    const end = lines.indexOf("```", index + 1);
    if (mark[2] !== undefined)
      steps.push({ name: mark[2], text: `${lines.slice(index + 1, end).join("\n")}\n` });
    if (mark[1] === "console") steps.push(...stepsOfBlock(lines.slice(index + 1, end), index + 2));
    index = end;
  }
  return steps;
}

function stepsOfBlock(lines: readonly string[], firstLine: number): readonly Step[] {
  const starts = lines.flatMap((line, index) => (line.startsWith("$ ") ? [index] : []));
  return starts.map((start, index) => ({
    line: firstLine + start,
    command: lines[start]!.slice(2),
    shown: lines
      .slice(start + 1, starts[index + 1])
      .map((line) => `${line}\n`)
      .join(""),
  }));
}

/** Whether an output is as shown: a line `...` stands for any lines, and at the end of a line for its rest. */
export function isAsShown(output: string, shown: string): boolean {
  const pattern = shown.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/^ *\\\.\\\.\\\.\n/gm, "(?:.*\\n)*?");
  return new RegExp(`^${pattern.replace(/\\\.\\\.\\\.$/gm, ".*")}$`).test(output);
}
