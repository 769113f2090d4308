/**
 * $ cellc check system.c linux.c
 * error[cpu-not-in-root]: ...
 * checked 2 configs (system "pc", 1 cell): 1 error
 */

import type { Profile } from "../../../schema/layout/types.js";
import type { Vendor } from "../../check/facts/checked-set.js";
import { boardFor, boardOption } from "../check/board-option.js";
import { type Choices, checkChoices } from "../check/check-set.js";
import { type Checked, checkSets } from "../check/check-sets.js";
import type { LoadAndCheck } from "../check/fixing/trial.js";
import { groupMachines, machinesWith } from "../check/group-machines.js";
import { loadInputs } from "../check/load-inputs.js";
import { loadSet } from "../check/load-set.js";
import { reportUnchecked, reportWithFixes } from "../check/report-checked.js";
import { type Command, formatOption, profileOption, quietOption } from "../command.js";
import { type Context, exitSuccess } from "../context.js";
import { readingProfile } from "../load-config.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { readingOptions } from "../settings.js";

export const checkCommand: Command = {
  name: "check",
  operands: "[FILE]...",
  minimumOperands: 0,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Finds what the machine would refuse, crash on or silently get wrong, in a system with its cells: sources of the cell language, C configs, .cell files, decoded documents, in any mixture; without FILE, those of cellc.yaml. Cells are taken as alternatives unless they are said to run together: what two of them share is a warning then, not an error.",
  options: [
    {
      key: "scenario",
      flags: ["--scenario"],
      value: "NAME",
      repeat: true,
      help: "Check only the cells of this scenario, as running together",
    },
    { key: "together", flags: ["--together"], help: "All cells run together" },
    {
      key: "vendor",
      flags: ["--vendor"],
      value: "intel|amd",
      choices: ["intel", "amd"],
      help: "Whose processor an x86 machine has, where its IOMMUs do not tell",
    },
    boardOption,
    {
      key: "deny",
      flags: ["--deny"],
      value: "RULE",
      repeat: true,
      help: "Findings of RULE are errors; `warnings`: all of them",
    },
    {
      key: "allow",
      flags: ["--allow"],
      value: "RULE",
      repeat: true,
      help: "Leave out findings of RULE, an error only if it may be deliberate",
    },
    { key: "info", flags: ["--info"], help: "Show notes, too: what is harmless or a matter of style" },
    { key: "fix", flags: ["--fix"], help: "Change the sources where a finding can be mended safely" },
    { key: "dry-run", flags: ["--dry-run"], help: "With --fix: print the changes and write nothing" },
    formatOption(
      ["text", "json", "sarif", "github"],
      "text: for people; others on standard output, for tools",
    ),
    { ...profileOption, help: "Read .cell files by this revision instead of the one they seem to have" },
    ...readingOptions,
    {
      key: "stdin-name",
      flags: ["--stdin-name"],
      value: "NAME",
      help: "What to call standard input (`-`) in messages; its ending says what it is",
    },
    { ...quietOption, help: "No summary" },
  ],
  examples: [
    { command: "cellc check machine.jail", explanation: "a whole machine" },
    {
      command: "cellc check qemu-x86.c apic-demo.c linux-x86-demo.c",
      explanation: "a system with two of its cells",
    },
    {
      command: "cellc check --together pc.cell *.cell",
      explanation: "all cells at once, from their binaries",
    },
    {
      command: "cellc check machine.jail --board board.yaml",
      explanation: "with what is known about the machine",
    },
    {
      command: "cellc check --format sarif > findings.sarif",
      explanation: "the project, for a code-scanning service",
    },
    { command: "cellc check --fix --dry-run machine.jail", explanation: "what could be mended, as a patch" },
  ],
  run: check,
};

async function check(args: ParsedArguments, context: Context): Promise<number> {
  const choices = { deny: args.all("deny"), allow: args.all("allow") };
  const profile = readOptions(args, choices, context);
  if (context.failed) {
    await reportUnchecked(args, context);
    return exitSuccess;
  }
  const loadAndCheck: LoadAndCheck = (within) => loadAndCheckInputs(args, profile, choices, within);
  if (args.has("fix")) {
    const { fixAndReport } = await import("../check/fixing/fix-and-report.js");
    await fixAndReport(args, context, loadAndCheck);
    return exitSuccess;
  }
  const checked = await loadAndCheck(context);
  if (checked === undefined) await reportUnchecked(args, context);
  else await reportWithFixes(checked, args, context, loadAndCheck);
  return exitSuccess;
}

/** The profile to read `.cell` files by, if one is named. Reports options that contradict each other. */
function readOptions(args: ParsedArguments, choices: Choices, context: Context): Profile | undefined {
  if (args.has("dry-run") && !args.has("fix")) context.usage("`--dry-run` says what `--fix` would do");
  else if (args.has("dry-run") && (args.value("format") ?? "text") !== "text")
    context.usage("`--dry-run` prints a difference of texts: it has no other format");
  if (args.has("together") && args.has("scenario"))
    context.usage(
      "`--together` takes all cells as running together, `--scenario` those of a scenario",
      "leave out one of them",
    );
  return checkChoices(choices, context) ? readingProfile(args, context) : undefined;
}

/** Undefined where nothing can be checked, which was reported. */
export async function loadAndCheckInputs(
  args: ParsedArguments,
  profile: Profile | undefined,
  choices: Choices,
  context: Context,
): Promise<Checked | undefined> {
  const inputs = await loadInputs(args, profile, "check", context);
  if (inputs === undefined) return undefined;
  const scenarios = [...new Set(args.all("scenario"))];
  const vendor = args.value("vendor") as Vendor | undefined;
  const all = args.operands.length === 0 ? groupMachines(inputs) : [inputs];
  const board = await boardFor(all, args, context);
  if (args.value("board") !== undefined && board === undefined) return undefined;
  const request = {
    together: args.has("together"),
    scenarios,
    ...(vendor === undefined ? {} : { vendor }),
    ...(board === undefined ? {} : { board }),
  };
  const loadedSets = machinesWith(scenarios, all).flatMap((group) => loadSet(group, request, context) ?? []);
  if (loadedSets.length === 0) return undefined;
  const checked = checkSets(loadedSets, choices);
  const resolved = loadedSets.flatMap((each) => each.scenarios);
  if (resolved.every(({ runs }) => runs.length === 0)) return checked;
  const { traceProblems } = await import("../test/traces.js");
  const problems = [...checked.result.problems, ...traceProblems(resolved, context)];
  return { ...checked, result: { ...checked.result, problems } };
}
