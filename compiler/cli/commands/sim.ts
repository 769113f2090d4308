/**
 * $ cellc sim start qemu-x86
 * $ jailhouse enable qemu-x86.cell
 * $ cellc sim run 2s
 */

import { nearestName } from "../../support/nearest-name.js";
import { boardOption } from "../check/board-option.js";
import { type Command, formatOption, profileOption, quietOption } from "../command.js";
import { type Context, exitSuccess } from "../context.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { readingOptions } from "../settings.js";
import { image, run, serial, start, status, stop } from "../sim/actions.js";
import { cardOption } from "../sim/card-option.js";

export const simCommand: Command = {
  name: "sim",
  operands: "ACTION [OPERAND]...",
  minimumOperands: 1,
  maximumOperands: Number.POSITIVE_INFINITY,
  description: [
    "Runs a simulated machine in the background, on which the command `jailhouse` works as on a real one.",
    "start [BOARD]...: makes the machine of a system config and its cells. BOARD is the name of a machine in boards/, a folder with a machine.jail, or files of any kind that `cellc check` takes; without one, those of cellc.yaml. `jailhouse` finds the compiled configs by their names, qemu-x86.cell, where the working directory has no such file.",
    "stop: ends it. status: says what runs.",
    "run TIME: lets time pass on the machine, in addition to what passes by itself (500ms, 1.5s, 2m).",
    "serial [LINE]: shows what was printed on a serial line: 0x3f8, or of one cell only demo/0x3f8, or just demo; `hypervisor`, `kernel` (the log of the kernel) and `simulator` (what no machine would say) are lines, too. Without LINE, lists them.",
    "image PROGRAM: writes the image to load for a demo that the simulator has as a program.",
  ].join("\n"),
  options: [
    {
      key: "name",
      flags: ["--name"],
      value: "NAME",
      help: "Which simulation, where there are several (default: the variable CELLC_SIM, or `default`)",
    },
    {
      key: "clock",
      flags: ["--clock"],
      value: "follow|stand",
      choices: ["follow", "stand"],
      help: "start: time follows the clock of the world while cells are there (default), or stands until `run`",
    },
    {
      key: "trace-errors",
      flags: ["--trace-errors"],
      help: "start: `jailhouse` says for each refusal where upstream's sources refuse",
    },
    boardOption,
    cardOption,
    { key: "follow", flags: ["-f", "--follow"], help: "serial: go on with what comes, until Ctrl-C" },
    {
      key: "output",
      flags: ["-o", "--output"],
      value: "FILE",
      help: "image: where to write it (default: PROGRAM.bin; `-` is standard output)",
    },
    formatOption(["text", "json"], "status: for people, or for tools"),
    {
      ...profileOption,
      help: "start: read .cell files by this revision instead of the one they seem to have",
    },
    ...readingOptions,
    quietOption,
  ],
  examples: [
    { command: "cellc sim start qemu-x86", explanation: "QEMU's PC of boards/, with all its cells" },
    {
      command: "cellc sim image tiny-demo && jailhouse cell load tiny-demo tiny-demo.bin",
      explanation: "what to load into a cell",
    },
    { command: "cellc sim start --clock stand machine.jail && cellc sim run 2s", explanation: "for tests" },
    { command: "cellc sim serial -f tiny-demo", explanation: "what a cell prints, as it comes" },
    { command: "cellc sim status --format json", explanation: "for tools" },
    { command: "cellc sim stop", explanation: "ends the machine" },
  ],
  run: simulate,
};

/** How many operands each action takes after its name. */
const actions = {
  start: { least: 0, most: Number.POSITIVE_INFINITY },
  stop: { least: 0, most: 0 },
  status: { least: 0, most: 0 },
  run: { least: 1, most: 1 },
  serial: { least: 0, most: 1 },
  image: { least: 1, most: 1 },
} as const;

type Action = keyof typeof actions;

async function simulate(args: ParsedArguments, context: Context): Promise<number> {
  const [action, ...operands] = args.operands as [string, ...string[]];
  if (!Object.hasOwn(actions, action)) {
    const names = Object.keys(actions);
    const near = nearestName(action, names);
    const help = near === undefined ? `there are ${names.join(", ")}` : `did you mean \`${near}\`?`;
    context.usage(`\`cellc sim\` has no action \`${action}\``, help);
    return exitSuccess;
  }
  const { least, most } = actions[action as Action];
  if (operands.length < least || operands.length > most) {
    const wanted = least === 1 ? (action === "run" ? "one TIME" : "one PROGRAM") : "nothing more";
    const counted = action === "serial" ? "one LINE at most" : wanted;
    context.usage(`\`cellc sim ${action}\` takes ${counted}`, "see `cellc sim --help`");
    return exitSuccess;
  }
  switch (action as Action) {
    case "start":
      return start(operands, args, context);
    case "stop":
      return stop(args, context);
    case "status":
      return status(args, context);
    case "run":
      return run(operands[0]!, args, context);
    case "serial":
      return serial(operands[0], args, context);
    case "image":
      return image(operands[0]!, args, context);
  }
}
