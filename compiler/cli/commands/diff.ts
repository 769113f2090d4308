/**
 * $ cellc diff old.cell new.c
 * ~ mem_regions[2].flags (0x3f100000-0x3f1fffff): read|write -> read
 * + pci_devices[4]: type ivshmem, bdf 00:0e.0
 */

import { printable } from "../../diagnostics/render-text.js";
import { type Command, formatOption, profileOption } from "../command.js";
import { type Context, exitFindings, exitTrouble } from "../context.js";
import { compareConfigs } from "../diff/compare-configs.js";
import type { Difference } from "../diff/differences.js";
import { ConfigLoader, readingProfile } from "../load-config.js";
import { cliMessages } from "../messages.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { readingOptions } from "../settings.js";

export const diffCommand: Command = {
  name: "diff",
  operands: "A B",
  minimumOperands: 2,
  maximumOperands: 2,
  description:
    "Compares what two configs say, whatever they are written in: C, .cell, or a decoded document. Regions, devices and ports are matched by what they are, not by their place in the table. Exit status: 0 equal, 1 different, 2 trouble.",
  options: [
    formatOption(["text", "json"], "json: for tools"),
    { ...profileOption, help: "Read .cell files by this revision instead of the one they seem to have" },
    ...readingOptions,
  ],
  examples: [
    { command: "cellc diff old.cell new.cell", explanation: "what changed" },
    {
      command: "cellc diff deployed.cell inmate.c",
      explanation: "whether the deployed file is what the source says",
    },
  ],
  run: diff,
};

async function diff(args: ParsedArguments, context: Context): Promise<number> {
  const [first, second] = args.operands as [string, string];
  if (first === "-" && second === "-") {
    context.usage("standard input can be read only once");
    return exitTrouble;
  }
  const profile = readingProfile(args, context);
  if (context.failed) return exitTrouble;
  const loader = new ConfigLoader(args, context);
  const before = await loader.loadOne(first, profile);
  const after = await loader.loadOne(second, profile);
  // Of a config that cannot be read in full nobody can say that it is equal to another.
  if (context.failed || before === undefined || after === undefined) {
    context.markTrouble();
    return exitTrouble;
  }
  if (before.config.kind !== after.config.kind) {
    const [system, cell] = before.config.kind === "system" ? [before, after] : [after, before];
    context.reporter.report(cliMessages["kinds-differ"]({ system: system.name, cell: cell.name }));
  }
  const found = compareConfigs(before.config, after.config);
  if (args.value("format") === "json") {
    context.print(
      `${JSON.stringify({ version: 1, equal: found.length === 0, differences: found }, null, 2)}\n`,
    );
  } else context.print(found.map(line).join(""));
  return found.length === 0 ? 0 : exitFindings;
}

const signs = { changed: "~", added: "+", removed: "-", moved: ">" } as const;

function line({ kind, path, element, before, after }: Difference): string {
  const what = element === undefined || element === "" ? path : `${path} (${element})`;
  const values =
    kind === "added"
      ? after
      : kind === "removed"
        ? before
        : `${before} ${kind === "moved" ? "moved to" : "->"} ${after}`;
  return `${printable(`${signs[kind]} ${what}: ${values}`)}\n`;
}
