import { chmodSync, linkSync, lstatSync, renameSync, unlinkSync } from "node:fs";
import { connect } from "node:net";
import type { DaemonServer } from "./server.js";

/** A socket that belongs to this process, until it is given back. */
export interface ClaimedSocket {
  /** Removes it, unless it is somebody else's by now. Synchronous: also for the end of the process. */
  release(): void;
}

/** So often others may be faster before it is given up. */
const rounds = 20;

/**
 * Lets a server listen at a path that no two daemons can have. The socket is made under a name of its own, and then linked to
 * the path, which fails where one is. What a killed daemon has left does not answer: it is moved away, looked at once more (a
 * faster daemon may have replaced it in between, and gets it back), and removed.
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
      if (await answers(path)) return null;
      await removeStale(path, `${own}-old`);
    }
    return null;
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

async function removeStale(path: string, aside: string): Promise<void> {
  if (!renamed(path, aside)) return;
  if (await answers(aside)) isLinked(aside, path);
  unlinkSync(aside);
}

function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

function removeIf(path: string, ino: number): void {
  try {
    if (lstatSync(path).ino === ino) unlinkSync(path);
  } catch {
    // It is gone.
  }
}
