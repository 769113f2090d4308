/**
 * Logs and what `cellc diagnose` makes of them: test/fixtures/diagnose/NAME.txt. The configs stand in front of the first case.
 *
 *     system pc { ... }
 *     === a title
 *     (the log)
 *     --- says
 *     (what is printed)
 *     --- edits
 *     (the lines that `--apply` takes out and puts in)
 *
 * With `CELLC_UPDATE_DIAGNOSE=1` in the environment test/compiler/cli/diagnose.spec.ts writes what follows `---`, to be read
 * by eye.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { unifiedDiff } from "../../compiler/cli/unified-diff.js";
import { MemoryHost } from "../../compiler/support/memory-host.js";
import { decodeText } from "../../schema/text.js";
import { cellc } from "./cli-runner.js";

const folder = resolve(import.meta.dirname, "../../../test/fixtures/diagnose");

export interface DiagnoseFile {
  readonly name: string;
  readonly machine: string;
  readonly cases: readonly DiagnoseCase[];
}

export interface DiagnoseCase {
  readonly title: string;
  readonly log: string;
  readonly says: string;
  readonly edits: string;
}

export function readDiagnoseFiles(): readonly DiagnoseFile[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const [machine, ...parts] = readFileSync(join(folder, name), "utf8").split(/^=== /m);
      return { name, machine: machine!, cases: parts.map(caseOf) };
    });
}

function caseOf(part: string): DiagnoseCase {
  const end = part.indexOf("\n");
  const [log, says = "", edits = ""] = part.slice(end + 1).split(/^--- (?:says|edits)\n/m);
  return { title: part.slice(0, end), log: log!, says, edits };
}

/** What the command says now. */
export async function diagnosed(machine: string, log: string): Promise<Omit<DiagnoseCase, "title" | "log">> {
  const files = { "main.jail": machine, "uart.log": log };
  const { out, error } = await cellc(["diagnose", "uart.log", "main.jail"], files);
  const host = new MemoryHost(files);
  await cellc(["diagnose", "--apply", "-q", "uart.log", "main.jail"], host);
  const result = host.readBytes("main.jail");
  if (!result.ok) throw new Error("the machine is gone");
  return { says: `${error}${out}`, edits: changedLines(machine, decodeText(result.value)) };
}

function changedLines(before: string, after: string): string {
  const lines = unifiedDiff("main.jail", before, after).split("\n");
  return lines.flatMap((line) => (/^(?:-(?!--)|\+(?!\+\+))/.test(line) ? [`${line}\n`] : [])).join("");
}

export async function updateDiagnoseFile({ name, machine, cases }: DiagnoseFile): Promise<void> {
  const texts: string[] = [];
  for (const { title, log } of cases) {
    const { says, edits } = await diagnosed(machine, log);
    texts.push(`=== ${title}\n${log}--- says\n${says}--- edits\n${edits}`);
  }
  writeFileSync(join(folder, name), `${machine}${texts.join("")}`);
}
