import {
  armDemos,
  type Connection,
  imageOf,
  longestRun,
  startDaemon,
  takenWord,
  x86Demos,
} from "../../../hypervisor/index.js";
import { nearestName } from "../../support/nearest-name.js";
import { type Context, exitSuccess } from "../context.js";
import { outputLine } from "../output-line.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { boardFilesFor } from "./board-files.js";
import { durationIn, durationText } from "./duration.js";
import { simMessages } from "./messages.js";
import { answered, nameOf, withSimulation } from "./reach.js";
import { statusText } from "./status-text.js";

export async function start(
  operands: readonly string[],
  args: ParsedArguments,
  context: Context,
): Promise<number> {
  const name = nameOf(args, context);
  const board = name === undefined ? undefined : await boardFilesFor(operands, args, context);
  if (name === undefined || board === undefined) return exitSuccess;
  const clock = args.value("clock") === "stand" ? "stand" : "follow";
  const simulation = { board, clock, tracesErrors: args.has("trace-errors") } as const;
  const failed = await startDaemon({ name, simulation, patience: null }, context.io.environment);
  if (failed === takenWord) context.trouble(simMessages["sim-runs-already"]({ name }));
  else if (failed !== null) context.trouble(simMessages["sim-refuses"]({ message: failed }));
  else if (!args.has("quiet")) {
    const files = [board.system, ...board.cells].map((file) => file.name);
    context.print(`simulation "${name}" of ${board.name} runs, with ${files.join(", ")}\n`);
  }
  return exitSuccess;
}

export async function stop(args: ParsedArguments, context: Context): Promise<number> {
  await withSimulation(args, context, async (connection) => {
    const { answer } = await connection.ask({ op: "stop" });
    if (answered(answer, "stopping", context) !== undefined) await connection.ended;
  });
  return exitSuccess;
}

export async function status(args: ParsedArguments, context: Context): Promise<number> {
  await withSimulation(args, context, async (connection) => {
    const { answer } = await connection.ask({ op: "status" });
    const found = answered(answer, "status", context);
    if (found === undefined) return;
    const isJson = args.value("format") === "json";
    context.print(isJson ? `${JSON.stringify(found.status, null, 2)}\n` : statusText(found.status));
  });
  return exitSuccess;
}

/** Lets time pass, in parts: other commands get their turn in between, and Ctrl-C ends it. */
export async function run(text: string, args: ParsedArguments, context: Context): Promise<number> {
  const time = durationIn(text);
  if (time === undefined) {
    context.usage(`\`${text}\` is no time`, "write a number and its unit: 500ms, 1.5s, 2m");
    return exitSuccess;
  }
  await withSimulation(args, context, async (connection) => {
    let left = time;
    do {
      const part = Math.min(left, longestRun);
      const { answer } = await connection.ask({ op: "run", time: part });
      const passed = answered(answer, "time", context);
      if (passed === undefined) return;
      left -= part;
      if (left === 0 && !args.has("quiet")) context.print(`time: ${durationText(passed.time)}\n`);
    } while (left > 0);
  });
  return exitSuccess;
}

/** What was printed on a line; without a name, which lines there are. */
export async function serial(
  line: string | undefined,
  args: ParsedArguments,
  context: Context,
): Promise<number> {
  await withSimulation(args, context, (connection) =>
    line === undefined
      ? listLines(connection, context)
      : showLine(connection, line, args.has("follow"), context),
  );
  return exitSuccess;
}

async function listLines(connection: Connection, context: Context): Promise<void> {
  const { answer } = await connection.ask({ op: "status" });
  const found = answered(answer, "status", context);
  for (const line of found?.status.simulation?.serialLines ?? []) context.print(`${line}\n`);
}

async function showLine(
  connection: Connection,
  line: string,
  isFollowed: boolean,
  context: Context,
): Promise<void> {
  let from = 0;
  // Lines of a serial line end with CR and LF; those of a text with LF. A CR at the end may have its LF in the next part.
  let held = "";
  for (;;) {
    const { answer } = await connection.ask({ op: "serial", line, from, wait: isFollowed });
    const part = answered(answer, "serial", context);
    if (part === undefined) return;
    if (part.missed > 0) context.print(`<missed ${part.missed} bytes>\n`);
    const text = held + part.text;
    held = isFollowed && text.endsWith("\r") ? "\r" : "";
    const shown = text.slice(0, text.length - held.length).replaceAll("\r\n", "\n");
    if (!context.print(shown) || !isFollowed) return;
    from = part.next;
  }
}

/** Writes the image that stands for a program. */
export function image(program: string, args: ParsedArguments, context: Context): number {
  const names = [...x86Demos().names, ...armDemos().names].sort();
  if (!names.includes(program)) {
    const near = nearestName(program, names);
    const help = near === undefined ? `there are ${names.join(", ")}` : `did you mean \`${near}\`?`;
    context.usage(`there is no program \`${program}\``, help);
    return exitSuccess;
  }
  const file = args.value("output") ?? `${program}.bin`;
  if (file === "-") context.print(imageOf(program));
  else if (context.written(context.host.writeAtomically(file, imageOf(program))) && !args.has("quiet"))
    context.print(outputLine(file));
  return exitSuccess;
}
