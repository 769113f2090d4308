import { chmodSync, linkSync, lstatSync, mkdirSync, rmSync, unlinkSync } from "node:fs";
import { connect } from "node:net";
import type { DaemonServer } from "./server.js";

/** A socket that belongs to this process, until it is given back. */
export interface ClaimedSocket {
  /** Removes it, unless it is somebody else's by now. Synchronous: also for the end of the process. */
  release(): void;
}

/** So often others may be faster before it is given up; between two rounds, milliseconds. */
const rounds = 400;
const pause = 5;
/** After so many rounds whoever was about to remove a stale socket is taken to have been killed while doing so. */
const abandoned = 200;

/**
 * Lets a server listen at a path that no two daemons can have. The socket is made under a name of its own, and then linked to
 * the path, which fails where one is. One that does not answer is what a killed daemon has left. Nobody but the one who has
 * the lock for exactly that file removes it, so that it cannot be another one by then.
 *
 * @param unique differs for all processes that are there
 * @returns null where another daemon answers at the path
 * @throws Error of the system, where nothing can be made there
 */
export async function claimSocket(
  server: DaemonServer,
  path: string,
  unique: string,
): Promise<ClaimedSocket | null> {
  const own = `${path}.${unique}`;
  const failed = await server.listen(own);
  if (failed !== null) throw failed;
  chmodSync(own, 0o600);
  const { ino } = lstatSync(own);
  try {
    for (let round = 0; round < rounds; round++) {
      if (isLinked(own, path)) return { release: () => removeIf(path, ino) };
      const there = keyOf(path);
      if (there === null) continue;
      if (await answers(path)) return null;
      if (!removeStale(path, there, round >= abandoned)) await new Promise((go) => setTimeout(go, pause));
    }
    throw new Error(`${path} is there and belongs to nobody: remove it`);
  } finally {
    unlinkSync(own);
  }
}

function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Whether a process listens there. */
export function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    // A daemon that has no room for one more connection is there nevertheless.
    socket.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code === "EAGAIN"));
  });
}

/** Differs for any two files that were ever at a path; null where there is none. */
function keyOf(path: string): string | null {
  const status = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? null : `${status.ino}-${status.ctimeNs}`;
}

/** @returns false where somebody else is about to remove it */
function removeStale(path: string, key: string, takesOver: boolean): boolean {
  const lock = `${path}.stale-${key}`;
  try {
    mkdirSync(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (takesOver) rmSync(lock, { recursive: true, force: true });
    return takesOver;
  }
  try {
    if (keyOf(path) === key) unlinkSync(path);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  return true;
}

function removeIf(path: string, ino: number): void {
  try {
    if (lstatSync(path).ino === ino) unlinkSync(path);
  } catch {
    // It is gone.
  }
}
