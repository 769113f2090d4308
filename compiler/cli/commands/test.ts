/**
 * $ cellc test machine.jail
 * root cell "pc", scenario bench: cell "demo"
 *   ok    created, loaded and started
 *   ok    expect demo can write ioports 0x3f8 (1 try)
 * 1 scenario, 2 checks: 2 passed, 0 failed
 */

import type { Vendor } from "../../check/facts/checked-set.js";
import { atFile } from "../../diagnostics/diagnostic.js";
import { boardFor, boardOption } from "../check/board-option.js";
import { misreadings } from "../check/check-set.js";
import { groupMachines, machinesWith } from "../check/group-machines.js";
import { loadInputs } from "../check/load-inputs.js";
import { type LoadedSet, loadSet } from "../check/load-set.js";
import { type Command, formatOption, profileOption, quietOption } from "../command.js";
import { type Context, exitSuccess } from "../context.js";
import { readingProfile } from "../load-config.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { readingOptions } from "../settings.js";
import { testMessages } from "../test/messages.js";
import type { ScenarioResult } from "../test/result.js";

export const testCommand: Command = {
  name: "test",
  operands: "[FILE]...",
  minimumOperands: 0,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Runs the scenarios of a machine in the simulator: the hypervisor is enabled, the cells are created, loaded and started, and what is asserted and expected is tried by programs in the cells. Of a machine without scenarios each cell runs alone, and those together that can. Without FILE, the configs of cellc.yaml.",
  options: [
    {
      key: "scenario",
      flags: ["--scenario"],
      value: "NAME",
      repeat: true,
      help: "Run only this scenario",
    },
    {
      key: "filter",
      flags: ["--filter"],
      value: "TEXT",
      repeat: true,
      help: "Try only lines that contain TEXT",
    },
    {
      key: "vendor",
      flags: ["--vendor"],
      value: "intel|amd",
      choices: ["intel", "amd"],
      help: "Whose processor an x86 machine has, where its IOMMUs do not tell",
    },
    boardOption,
    formatOption(["text", "json", "junit"], "text: for people; others on standard output, for tools"),
    { ...profileOption, help: "Read .cell files by this revision instead of the one they seem to have" },
    ...readingOptions,
    { ...quietOption, help: "Only what failed" },
  ],
  examples: [
    { command: "cellc test machine.jail", explanation: "all scenarios of a machine" },
    { command: "cellc test --scenario bench machine.jail", explanation: "one of them" },
    { command: "cellc test qemu-x86.c apic-demo.c", explanation: "C configs, which have no scenarios" },
    { command: "cellc test --format junit > tests.xml", explanation: "the project, for a build server" },
  ],
  run: test,
};

async function test(args: ParsedArguments, context: Context): Promise<number> {
  const results = await runTests(args, context);
  const { reporter } = context;
  for (const { checks } of results)
    for (const { problems } of checks) for (const problem of problems) reporter.report(problem);
  switch (args.value("format") ?? "text") {
    case "json": {
      const { testsToJson } = await import("../test/json-report.js");
      const { findingsToJson } = await import("../../diagnostics/json.js");
      const document = { ...testsToJson(results), ...findingsToJson(reporter.findings()) };
      context.print(`${JSON.stringify(document, null, 2)}\n`);
      context.takeOverFindings();
      break;
    }
    case "junit": {
      const { testsToJunit } = await import("../test/junit-report.js");
      context.print(testsToJunit(results));
      if (results.length > 0 && !context.hasTrouble) context.takeOverFindings();
      break;
    }
    default:
      if (results.length === 0 || args.has("quiet")) break;
      context.print((await import("../test/text-report.js")).summaryText(results));
  }
  return exitSuccess;
}

async function runTests(args: ParsedArguments, context: Context): Promise<readonly ScenarioResult[]> {
  const profile = readingProfile(args, context);
  if (context.failed) return [];
  const inputs = await loadInputs(args, profile, "test", context);
  if (inputs === undefined || context.failed) return [];
  const scenarios = [...new Set(args.all("scenario"))];
  const groups = args.operands.length === 0 ? groupMachines(inputs) : [inputs];
  const board = await boardFor(groups, args, context);
  if (context.failed) return [];
  const vendor = args.value("vendor") as Vendor | undefined;
  const request = {
    together: true,
    scenarios,
    ...(vendor === undefined ? {} : { vendor }),
    ...(board === undefined ? {} : { board }),
  };
  const loadedSets = machinesWith(scenarios, groups).flatMap(
    (group) => loadSet(group, request, context) ?? [],
  );
  for (const loadedSet of loadedSets)
    for (const finding of misreadings(loadedSet)) context.reporter.report(finding);
  if (context.failed || !loadedSets.every((each) => hasSystem(each, context))) return [];
  const { runMachine } = await import("../test/run-machine.js");
  const results: ScenarioResult[] = [];
  for (const loadedSet of loadedSets)
    results.push(...(await runMachine(loadedSet, board ?? null, args, context)));
  return results;
}

function hasSystem({ set }: LoadedSet, context: Context): boolean {
  if (set.system !== null) return true;
  const cells = set.cells.map(({ title }) => title);
  const [first] = set.cells;
  const place = first === undefined ? undefined : atFile(first.facts.file);
  context.trouble(testMessages["test-without-system"]({ cells }, place));
  return false;
}
