import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readBoard } from "../../../compiler/board/read-board.js";
import { factsOfBoard } from "../../../compiler/cli/sim/facts-of-board.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { Refusal } from "../../../hypervisor/core/refusal.js";
import { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import type { MachineFacts } from "../../../hypervisor/simulation/machine-facts.js";
import {
  machineOf,
  type SimulatedSystem,
  systemFrom,
} from "../../../hypervisor/simulation/simulated-system.js";
import { readMachine, root } from "../../boards/read-machine.js";

export interface BoardConfigs {
  readonly system: Uint8Array;
  /** Those for the same processor. */
  readonly cells: readonly Uint8Array[];
}

export function configsOf(name: string): BoardConfigs {
  const [system, ...cells] = readMachine("boards", name).cells.map(({ bytes }) => bytes);
  return { system: system!, cells: cells.filter((bytes) => bytes[5] === system![5]) };
}

/** What the text of a board file says of its machine. */
export function factsIn(text: string): MachineFacts {
  const problems: string[] = [];
  const board = readBoard(new SourceFile("board.yaml", text), ({ message }) => problems.push(message));
  if (board === undefined) throw new Error(problems.join("\n"));
  return factsOfBoard(board);
}

/** Of a machine in boards/; undefined where it has no board file. */
export function boardFileOf(name: string): string | undefined {
  const file = path.join(root, "boards", name, "board.yaml");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

export function newSystem({ system, cells }: BoardConfigs, facts?: MachineFacts): SimulatedSystem {
  return systemFrom(system, { cells, ...(facts === undefined ? {} : { facts }) });
}

export function driverOf(
  system: SimulatedSystem,
  machine = machineOf(system),
  note: (line: string) => void = () => {},
): JailhouseDriver {
  const { profile, kernel, build } = system;
  return new JailhouseDriver({ machine, profile, kernel, build, note, world: { run: () => false } });
}

/** The errno of an operation, `ok`, or why it never ends. */
export function outcomeOf(action: () => void): string {
  try {
    action();
    return "ok";
  } catch (error) {
    if (error instanceof Refusal) return error.errno;
    if (error instanceof Error) return error.message;
    throw error;
  }
}
