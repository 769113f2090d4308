/**
 * Cases of who reaches what: test/fixtures/reach/NAME.txt.
 *
 *     === a title
 *     system pc { ... }
 *     --- who device 00:02.0
 *     (what `cellc who` prints)
 *     --- check
 *     (what `cellc check` says of assertions)
 *
 * With `CELLC_UPDATE_REACH=1` in the environment test/compiler/cli/who.spec.ts writes what follows `---`, to be read by eye.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const reachFolder = resolve(import.meta.dirname, "../../../test/fixtures/reach");

export interface ReachCase {
  readonly title: string;
  readonly text: string;
  readonly questions: readonly { readonly command: string; readonly answer: string }[];
}

export function reachFiles(): readonly string[] {
  return readdirSync(reachFolder).sort();
}

export function readReachCases(file: string): readonly ReachCase[] {
  const [before, ...parts] = `\n${readFileSync(join(reachFolder, file), "utf8")}`.split("\n=== ");
  if (before!.trim() !== "") throw new Error(`${file}: text before the first case`);
  return parts.map((part) => {
    const [head, ...questions] = part.split("\n--- ");
    const end = head!.indexOf("\n");
    return {
      title: head!.slice(0, end),
      text: head!.slice(end + 1),
      questions: questions.map((question) => {
        const line = question.indexOf("\n");
        return line < 0
          ? { command: question.trimEnd(), answer: "" }
          : { command: question.slice(0, line), answer: question.slice(line + 1).trimEnd() };
      }),
    };
  });
}
