/**
 * $ cellc diagnose uart.log machine.jail
 * error[log-memory-access]: CPU 1 of cell "demo" wrote 4 bytes at 0xfe200000: ...
 * read 312 lines of uart.log: 1 error
 */

import { decodeText } from "../../../schema/text.js";
import { checkMessages } from "../../check/messages.js";
import { undecidable } from "../../check/reach/reach.js";
import type { LogEvent, ReadLog } from "../../diagnose/log/event.js";
import { readLog } from "../../diagnose/log/read-log.js";
import { diagnoseMessages } from "../../diagnose/messages.js";
import { atFile, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { nearestName } from "../../support/nearest-name.js";
import { boardOption } from "../check/board-option.js";
import type { Checked } from "../check/check-sets.js";
import type { LoadAndCheck, State } from "../check/fixing/trial.js";
import { printedForTools } from "../check/report-checked.js";
import { diagnosticsOf } from "../check/sources-of-set.js";
import { type Command, formatOption, profileOption, quietOption } from "../command.js";
import { type Context, exitSuccess } from "../context.js";
import { isCalled, LogDiagnoser } from "../diagnose/diagnose-log.js";
import { readingProfile } from "../load-config.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { readingOptions } from "../settings.js";
import { loadAndCheckInputs } from "./check.js";

export const diagnoseCommand: Command = {
  name: "diagnose",
  operands: "LOG [FILE]...",
  minimumOperands: 1,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Reads a log of the hypervisor's console (LOG, or `-` for standard input), of a board or of the simulator, x86 or Arm; lines of the kernel log and of the `jailhouse` tool may stand among them. For each violation it says which cell and CPU did what, shows the nearest entries of the configs, and offers the smallest edit that grants the access; none where that would break isolation. All cells are taken as created, loaded and started. Without FILE, the configs of cellc.yaml.",
  options: [
    {
      key: "cell",
      flags: ["--cell"],
      value: "NAME",
      help: "Whose CPU it was, where the log ends before `Parking CPU`",
    },
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
    { key: "apply", flags: ["--apply"], help: "Make the edits that are offered" },
    formatOption(["text", "json", "sarif"], "text: for people; others on standard output, for tools"),
    { ...profileOption, help: "Read .cell files by this revision instead of the one they seem to have" },
    ...readingOptions,
    { ...quietOption, help: "No summary" },
  ],
  examples: [
    { command: "cellc diagnose uart.log machine.jail", explanation: "what a board has printed" },
    {
      command: "jailhouse console | cellc diagnose - qemu-x86.c tiny-demo.c",
      explanation: "from a pipe, with C configs",
    },
    {
      command: "cellc diagnose --apply uart.log machine.jail",
      explanation: "grant what the log asks for, where that is safe",
    },
    {
      command: "cellc diagnose --cell demo uart.log machine.jail",
      explanation: "a log that was cut off",
    },
  ],
  run: diagnose,
};

async function diagnose(args: ParsedArguments, context: Context): Promise<number> {
  const [log, ...files] = args.operands;
  if (log === "-" && files.includes("-")) context.usage("standard input can be read only once");
  const profile = readingProfile(args, context);
  const bytes = context.failed
    ? undefined
    : context.read(log === "-" ? context.stdin() : context.host.readBytes(log!));
  // Cells of a log are running: that they might be alternatives does not count.
  const forConfigs = args.withOperands(files).replaced("together", "");
  const loadAndCheck: LoadAndCheck = (within) =>
    loadAndCheckInputs(forConfigs, profile, { deny: [], allow: [] }, within);
  const checked = bytes === undefined ? undefined : await loadAndCheck(context);
  if (bytes === undefined || checked === undefined || !canBeJudged(checked, args.value("cell"), context)) {
    await printedForTools({ suppressed: [], loaded: new Map(), made: null }, args, context);
    return exitSuccess;
  }
  const name = log === "-" ? "<stdin>" : log!;
  const read = readLog(decodeText(bytes));
  const state: State = { ...checked, texts: new Map(), context };
  const diagnoser = new LogDiagnoser(state, name, args.value("cell"), context, loadAndCheck);
  const isApplied = args.has("apply");
  const diagnostics = await (isApplied ? diagnoser.apply(read.events) : diagnoser.offers(read.events));
  if (isApplied && !context.written(context.host.writeAll(diagnoser.outputs()), otherwise))
    return exitSuccess;
  await report(diagnostics, read, { name, made: isApplied ? diagnoser.made : null, checked }, args, context);
  return exitSuccess;
}

const otherwise = "allow writing, as with `chmod +w`, or leave out `--apply` and make the edits by hand";

/** False where what the configs say is not known, or `--cell` names none: that was reported. */
function canBeJudged({ result, loadedSet }: Checked, cell: string | undefined, context: Context): boolean {
  const misread = result.findings.filter(
    ({ rule }) => rule.stops !== undefined || rule.id === "fmt-revision",
  );
  for (const finding of diagnosticsOf(misread, loadedSet.loaded)) context.reporter.report(finding);
  for (const set of loadedSet.sets) {
    const reason = undecidable(set);
    if (reason !== null) context.trouble(checkMessages["reach-unknown"]({ reason }));
  }
  const all = loadedSet.sets.flatMap((set) => set.all);
  if (cell !== undefined && !all.some((config) => isCalled(config, cell))) {
    const names = all.map((config) => config.facts.called ?? config.cell.name);
    const nearest = nearestName(cell, names);
    context.usage(
      `no cell is called \`${cell}\``,
      nearest === undefined
        ? `there are ${names.map((each) => `\`${each}\``).join(", ")}`
        : `did you mean \`${nearest}\`?`,
    );
  }
  return !context.failed;
}

interface Outcome {
  readonly name: string;
  readonly made: LogDiagnoser["made"] | null;
  readonly checked: Checked;
}

async function report(
  diagnostics: readonly Diagnostic[],
  { events, lines, leftOut }: ReadLog,
  { name, made, checked }: Outcome,
  args: ParsedArguments,
  context: Context,
): Promise<void> {
  const { reporter } = context;
  for (const diagnostic of diagnostics) reporter.report(diagnostic);
  if (leftOut > 0) reporter.report(diagnoseMessages["log-too-many"]({ count: leftOut }, atFile(name)));
  if (events.length === 0) reporter.report(diagnoseMessages["log-nothing-found"]({ lines }, atFile(name)));
  if (await printedForTools({ suppressed: [], loaded: checked.loadedSet.loaded, made }, args, context))
    return;
  if (args.has("quiet")) return;
  for (const { file, line, title, rule } of made ?? [])
    context.print(`changed ${file}:${line}: ${title} (${rule})\n`);
  context.print(`read ${counted(lines, "line")} of ${name}: ${summary(events, diagnostics, made)}\n`);
}

/** `2 faults, 1 edit offered (--apply makes it)` */
function summary(
  events: readonly LogEvent[],
  diagnostics: readonly Diagnostic[],
  made: Outcome["made"],
): string {
  const faults = events.length === 0 ? "no faults" : counted(events.length, "fault");
  if (made !== null) return `${faults}, ${counted(made.length, "edit")} made`;
  const offered = diagnostics.filter(({ fixes }) => fixes.length > 0).length;
  if (offered === 0) return `${faults}, no edits offered`;
  return `${faults}, ${counted(offered, "edit")} offered, \`--apply\` makes ${offered === 1 ? "it" : "them"}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
