import { lstatSync, mkdirSync, type Stats } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The place of sockets cannot be used: others could put theirs there. */
export class UnsafeDirectory extends Error {
  override readonly name = "UnsafeDirectory";
}

export interface UserSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the user; null where the system has none. */
  readonly uid: number | null;
}

/** Longest name of a simulation: the path of a socket has room for 107 bytes. */
const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;
const longestPath = 107;

export function isSimulationName(text: string): boolean {
  return name.test(text);
}

/** Where sockets of the user are: below `XDG_RUNTIME_DIR`, or in a directory for temporary files that only the user enters. */
export function runtimeDirectory({ environment, uid }: UserSurroundings): string {
  const given = environment.XDG_RUNTIME_DIR;
  if (given !== undefined && path.isAbsolute(given)) {
    const status = statusOf(given);
    // After `sudo` it is that of another user, and after a logout it is gone.
    if (status?.isDirectory() === true && (uid === null || status.uid === uid))
      return path.join(given, "cellc");
  }
  return path.join(tmpdir(), uid === null ? "cellc" : `cellc-${uid}`);
}

/** @throws UnsafeDirectory where no socket can have such a name */
export function socketPath(directory: string, simulation: string): string {
  const file = path.join(directory, `${simulation}.sock`);
  if (Buffer.byteLength(file) > longestPath - ".4194304-ffff".length) {
    throw new UnsafeDirectory(`${file} is too long for a socket: set XDG_RUNTIME_DIR to a shorter path`);
  }
  return file;
}

/**
 * Makes the directory, and sees that nobody else can put anything into it.
 *
 * @throws UnsafeDirectory
 */
export function prepareDirectory(directory: string, uid: number | null): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST")
      throw new UnsafeDirectory(`cannot make ${directory}: ${(error as Error).message}`);
  }
  const problem = problemOf(directory, uid);
  if (problem !== null) throw new UnsafeDirectory(problem);
}

/** @returns why the directory is not trusted, in a sentence; null where it is, or is not there */
export function problemOf(directory: string, uid: number | null): string | null {
  const status = statusOf(directory);
  if (status === null) return null;
  if (!status.isDirectory()) return `${directory} is no directory`;
  if (uid === null) return null;
  if (status.uid !== uid) return `${directory} belongs to another user`;
  if ((status.mode & 0o077) !== 0) return `${directory} is open to other users: \`chmod 700 ${directory}\``;
  return null;
}

/** Of the entry itself: a link of somebody else is no directory. */
function statusOf(file: string): Stats | null {
  try {
    return lstatSync(file);
  } catch {
    return null;
  }
}
