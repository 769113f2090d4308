/**
 * $ cellc who 0x3ef00000 machine.jail
 * cell "demo", its CPUs: rwx, at 0x0
 *   --> machine.jail:12:3
 * ...
 * root cell "pc" cannot reach memory 0x3ef00000
 */

import type { Vendor } from "../../check/facts/checked-set.js";
import { checkMessages } from "../../check/messages.js";
import { whoMayReach } from "../../check/reach/may-reach.js";
import { partitionsOf, undecidable } from "../../check/reach/reach.js";
import type { Target } from "../../check/reach/target.js";
import type { Spot } from "../../check/spot.js";
import { boardFor, boardOption } from "../check/board-option.js";
import { misreadings } from "../check/check-set.js";
import { groupMachines, machinesWith } from "../check/group-machines.js";
import { loadInputs } from "../check/load-inputs.js";
import { type LoadedSet, loadSet } from "../check/load-set.js";
import type { MachineAnswer } from "../check/reach-json.js";
import { readTarget } from "../check/read-target.js";
import { sourcesOf } from "../check/sources-of-set.js";
import { type Command, formatOption, profileOption } from "../command.js";
import { type Context, exitSuccess } from "../context.js";
import { readingProfile } from "../load-config.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { readingOptions } from "../settings.js";

export const whoCommand: Command = {
  name: "who",
  operands: "TARGET [FILE]...",
  minimumOperands: 1,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Says which cells, and which devices on behalf of a cell, can reach TARGET, and by which entries of the configs: a physical address or a range of them, `device 00:02.0`, `irq 42`, `port 0x3f8-0x3ff`. All cells are taken as created, loaded and started, in their order. Without FILE, the configs of cellc.yaml.",
  options: [
    {
      key: "scenario",
      flags: ["--scenario"],
      value: "NAME",
      help: "Only the cells of this scenario exist, besides the root cell",
    },
    {
      key: "vendor",
      flags: ["--vendor"],
      value: "intel|amd",
      choices: ["intel", "amd"],
      help: "Whose processor an x86 machine has, where its IOMMUs do not tell",
    },
    boardOption,
    formatOption(["text", "json"], "json: for tools"),
    { ...profileOption, help: "Read .cell files by this revision instead of the one they seem to have" },
    ...readingOptions,
  ],
  examples: [
    { command: "cellc who 0x3ef00000 machine.jail", explanation: "who reaches one byte of memory" },
    { command: "cellc who 0x3ef00000..0x3effffff pc.cell demo.cell", explanation: "or a range" },
    { command: "cellc who device 00:02.0 machine.jail", explanation: "who configures a device" },
    { command: "cellc who port 0x3f8-0x3ff", explanation: "who uses I/O ports, in the project" },
    {
      command: "cellc who irq 42 machine.jail --format json",
      explanation: "who has an interrupt, for tools",
    },
  ],
  run: who,
};

async function who(args: ParsedArguments, context: Context): Promise<number> {
  const asked = readTarget(args.operands);
  if (!asked.ok) {
    context.usage(asked.message);
    return exitSuccess;
  }
  const { target, rest } = asked;
  const profile = readingProfile(args, context);
  if (context.failed) return exitSuccess;
  const inputs = await loadInputs(args.withOperands(rest), profile, "ask about", context);
  if (inputs === undefined || context.failed) return exitSuccess;
  const scenarios = args.all("scenario");
  const vendor = args.value("vendor") as Vendor | undefined;
  const groups = rest.length === 0 ? groupMachines(inputs) : [inputs];
  const board = await boardFor(groups, args, context);
  if (context.failed) return exitSuccess;
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
  if (context.failed) return exitSuccess;
  for (const { set } of loadedSets) {
    const reason = undecidable(set);
    if (reason !== null) context.trouble(checkMessages["reach-unknown"]({ reason }));
  }
  if (context.failed) return exitSuccess;
  const answers = loadedSets.map((loadedSet) => answerOf(target, loadedSet));
  if (args.value("format") === "json") {
    const { reachJson } = await import("../check/reach-json.js");
    context.print(`${JSON.stringify(reachJson(target, answers), null, 2)}\n`);
    return exitSuccess;
  }
  const { reachText } = await import("../check/reach-text.js");
  const options = { colour: false, width: 120, bytesOf: (file: string) => context.binaries.get(file) };
  context.print(reachText(target, answers, options));
  return exitSuccess;
}

function answerOf(target: Target, { set, loaded }: LoadedSet): MachineAnswer {
  const answer = whoMayReach(partitionsOf(set, set.cells), target);
  const spots: readonly Spot[] = [...answer.accesses, ...answer.losses].flatMap(({ chain }) =>
    chain.map(({ at }) => at),
  );
  return { set, answer, sources: sourcesOf(spots, loaded) };
}
