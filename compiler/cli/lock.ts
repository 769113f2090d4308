/** The lock file beside a machine: read before it is compiled, written with what was built. */

import { decodeText } from "../../schema/text.js";
import type { CompiledMachine } from "../dsl/compile.js";
import type { Choice, Pins } from "../dsl/pools/choices.js";
import { type Lock, lockPath } from "../project/lock-file.js";
import { readLock } from "../project/read-lock.js";
import { lockText } from "../project/write-lock.js";
import { SourceFile } from "../support/source.js";
import type { Context } from "./context.js";

export interface LockFile {
  readonly source: SourceFile;
  readonly pins: Pins;
}

export interface LockOutput {
  readonly path: string;
  readonly text: string;
}

/** The lock file of a machine, which is there; undefined where it cannot be read, which was reported. */
export function findLock(machine: SourceFile, context: Context): LockFile | undefined {
  const path = lockPath(machine.path);
  const bytes = context.read(context.host.readBytes(path));
  if (bytes === undefined) return undefined;
  const source = new SourceFile(path, decodeText(bytes));
  const pins = readLock(source, context.reporter.report);
  return pins === undefined ? undefined : { source, pins };
}

/**
 * The lock file as it should be; null where it is so already, or where there is none and nothing to keep.
 *
 * @param source the lock file as it is; null where there is none
 */
export function lockOutput(
  { choices, files, cells }: CompiledMachine,
  source: SourceFile | null,
): LockOutput | null {
  // Of a machine with mistakes nothing is known.
  if (cells.length === 0 || (source === null && choices.length === 0)) return null;
  const machine = files.at(-1)!.path;
  const text = lockText(lockOf(choices), machine);
  return text === source?.text ? null : { path: lockPath(machine), text };
}

export function lockOf(choices: readonly Choice[]): Lock {
  return {
    memory: new Map(choices.flatMap((choice) => (choice.kind === "memory" ? [[choice.key, choice]] : []))),
    slots: new Map(choices.flatMap((choice) => (choice.kind === "slot" ? [[choice.key, choice]] : []))),
    interrupts: new Map(
      choices.flatMap((choice) => (choice.kind === "interrupts" ? [[choice.key, choice]] : [])),
    ),
  };
}
