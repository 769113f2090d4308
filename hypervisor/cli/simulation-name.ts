import {
  isSimulationName,
  problemOf,
  runtimeDirectory,
  socketPath,
  UnsafeDirectory,
} from "../daemon/runtime-directory.js";
import { Connection } from "./connection.js";

/** Which simulation the `jailhouse` command is for, where there are several. */
export const nameVariable = "CELLC_SIM";
export const usualName = "default";

/** Of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** @returns the name of a simulation. @throws UnsafeDirectory for one that cannot be */
export function simulationName(given: string | undefined, environment: Environment): string {
  const name = given ?? (environment[nameVariable] || usualName);
  if (isSimulationName(name)) return name;
  throw new UnsafeDirectory(
    `"${name}" is no name of a simulation: letters, digits, ".", "_" and "-", 40 at most, the first a letter or digit`,
  );
}

/**
 * Reaches a simulation of this user.
 *
 * @returns null where none of that name runs
 * @throws UnsafeDirectory where the socket could be somebody else's; ConnectionLost where it does not answer
 */
export async function reachSimulation(name: string, environment: Environment): Promise<Connection | null> {
  const uid = process.getuid?.() ?? null;
  const directory = runtimeDirectory({ environment, uid });
  const problem = problemOf(directory, uid);
  if (problem !== null) throw new UnsafeDirectory(problem);
  return Connection.open(socketPath(directory, name));
}
