import type { Board } from "../../ir/board.js";
import type { Context } from "../context.js";
import { SourceStore } from "../include-resolver.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { loadBoard } from "./load-board.js";
import type { Inputs } from "./load-inputs.js";

export const boardOption = {
  key: "board",
  flags: ["--board"],
  value: "FILE.yaml",
  help: "What is known about the machine itself; docs/board-file.md describes the file",
} as const;

/** The board of the command line; undefined where there is none, or a mistake was reported. */
export async function boardFor(
  machines: readonly Inputs[],
  args: ParsedArguments,
  context: Context,
): Promise<Board | undefined> {
  const file = args.value("board");
  if (file === undefined) return undefined;
  const board = await loadBoard(file, new SourceStore(context.host), context);
  if (board === undefined || machines.length < 2) return board;
  context.usage(
    `\`--board\` describes one machine, and the project has ${machines.length}`,
    "name the files of that machine",
  );
  return undefined;
}
