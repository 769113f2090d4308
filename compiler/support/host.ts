/**
 * The only door to files. Everything above gets a {@link Host} handed in, so that tests and editors can serve
 * files from memory, and so that every failure of the system is a value with a name.
 */

import fs from "node:fs";
import path from "node:path";
import { type Output, writeAllOrNothing } from "./atomic-write.js";
import { placeOfMissing } from "./dangling-link.js";
import { type FileResult, failed, failureOf, success } from "./file-result.js";

export type { Output } from "./atomic-write.js";

/** Inputs over this size are refused: no config is near it, and a mistyped path to a disk image should not hang. */
export const inputLimit = 256 * 1024 * 1024;

export type FileKind = "file" | "directory" | "special";

export interface Host {
  /** Absolute path of the working directory. */
  cwd(): string;
  /** Undefined where nothing is there, or where it cannot be told. Follows symbolic links. */
  kind(path: string): FileKind | undefined;
  exists(path: string): boolean;
  /** Whether the directory has that name, also for a symbolic link that leads nowhere. */
  hasEntry(path: string): boolean;
  isDirectory(path: string): boolean;
  /** The whole file; `too-large` over `limit` bytes (default {@link inputLimit}). */
  readBytes(path: string, limit?: number): FileResult<Uint8Array>;
  /** Names in a directory, sorted by code unit, so that results do not depend on the file system. */
  list(path: string): FileResult<readonly string[]>;
  /** One spelling for all paths to the same file; works for files that do not exist yet. */
  identity(path: string): string;
  /** The directory and its parents; no error where it exists. */
  makeDirectory(path: string): FileResult<void>;
  /** Each file complete or untouched. */
  writeAtomically(path: string, bytes: Uint8Array): FileResult<void>;
  /** All of the files, each complete, or none of them. */
  writeAll(outputs: readonly Output[]): FileResult<void>;
}

export const nodeHost: Host = {
  cwd: () => process.cwd(),
  kind,
  exists: (file) => kind(file) !== undefined,
  hasEntry,
  isDirectory: (file) => kind(file) === "directory",
  readBytes,
  list: (directory) => guarded(directory, () => fs.readdirSync(directory).sort(byCodeUnit)),
  identity,
  makeDirectory,
  writeAtomically: (file, bytes) => writeAll([{ path: file, bytes }]),
  writeAll,
};

function writeAll(outputs: readonly Output[]): FileResult<void> {
  if (outputs.length === 0) return success(undefined);
  return shieldedFromSignals(() => writeAllOrNothing(fs, outputs, process.pid));
}

function makeDirectory(directory: string): FileResult<void> {
  const made = guarded(directory, () => {
    fs.mkdirSync(directory, { recursive: true });
  });
  if (made.ok || !["file", "special"].includes(kind(directory.replace(/\/+$/, "")) ?? "")) return made;
  return failed("file-in-the-way", directory, made.failure.detail);
}

function guarded<T>(file: string, action: () => T): FileResult<T> {
  try {
    return success(action());
  } catch (error) {
    return failureOf(error, file);
  }
}

function kind(file: string): FileKind | undefined {
  try {
    const status = fs.statSync(file, { throwIfNoEntry: false });
    if (status === undefined) return undefined;
    return status.isFile() ? "file" : status.isDirectory() ? "directory" : "special";
  } catch {
    // Not reachable (permission, a loop, a file where a directory should be): reading it says which.
    return undefined;
  }
}

function hasEntry(file: string): boolean {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // In a directory that may not be searched, or below a file: nothing that could be read.
    return false;
  }
}

function readBytes(file: string, limit = inputLimit): FileResult<Uint8Array> {
  const result = readOpened(file, limit);
  if (result.ok || result.failure.problem !== "not-found" || !hasEntry(file)) return result;
  return failed("dangling-link", file, result.failure.detail);
}

function readOpened(file: string, limit: number): FileResult<Uint8Array> {
  return guardedRead(file, () => {
    const descriptor = fs.openSync(file, "r");
    try {
      return readDescriptor(descriptor, file, limit);
    } finally {
      fs.closeSync(descriptor);
    }
  });
}

/** Reads an open file, pipe or terminal to its end. Also serves standard input. */
export function readDescriptor(descriptor: number, name: string, limit = inputLimit): FileResult<Uint8Array> {
  return guardedRead(name, () => {
    const status = fs.fstatSync(descriptor);
    if (status.isDirectory()) return failed("is-a-directory", name, "EISDIR: it is a directory");
    if (status.isFile() && status.size > limit) return tooLarge(name, limit);
    // One byte more than expected, so that the usual file ends with one short read and no second buffer.
    let buffer = Buffer.allocUnsafe(status.isFile() ? status.size + 1 : 65536);
    let length = 0;
    for (;;) {
      if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(length * 2, limit + 1));
      const count = readWaiting(descriptor, buffer, length);
      if (count === 0) return success(buffer.subarray(0, length));
      length += count;
      if (length > limit) return tooLarge(name, limit);
    }
  });
}

/** A pipe whose other end set it to non-blocking answers EAGAIN instead of waiting. */
function readWaiting(descriptor: number, buffer: Buffer, offset: number): number {
  for (;;) {
    try {
      return fs.readSync(descriptor, buffer, offset, buffer.length - offset, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EOF") return 0;
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** Writes all of `bytes` to an open descriptor, standard output in practice. */
export function writeDescriptor(descriptor: number, name: string, bytes: Uint8Array): FileResult<void> {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += fs.writeSync(descriptor, bytes, offset);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return failureOf(error, name);
      pause();
    }
  }
  return success(undefined);
}

/** Without loading `tty` (3 ms of a cold start) in the usual case of a pipe or a file. */
export async function isTerminal(descriptor: number): Promise<boolean> {
  try {
    if (!fs.fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return (await import("node:tty")).isatty(descriptor);
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

function guardedRead(file: string, action: () => FileResult<Uint8Array>): FileResult<Uint8Array> {
  try {
    return action();
  } catch (error) {
    return failureOf(error, file);
  }
}

function tooLarge(file: string, limit: number): FileResult<never> {
  return failed("too-large", file, `it is larger than ${limit} bytes`);
}

function identity(file: string): string {
  return identityOf(path.resolve(file), 40);
}

/** @param links how many links to nothing may still be followed: a link can lead through itself */
function identityOf(file: string, links: number): string {
  try {
    return fs.realpathSync.native(file);
  } catch {
    const place = links === 0 ? file : placeOfMissing(fs, file);
    if (place !== file) return identityOf(place, links - 1);
    const parent = path.dirname(file);
    return parent === file ? file : path.join(identityOf(parent, links), path.basename(file));
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const deadlySignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * While temporary files exist, Ctrl-C must not end the process between two of its steps. The handlers make Node
 * keep the signal until the (synchronous, short) writing is over; then it has its usual effect.
 */
let releaseLater: (() => void) | undefined;

function shieldedFromSignals<T>(action: () => T): T {
  if (releaseLater === undefined) {
    const dieLater = (signal: NodeJS.Signals): void => {
      release();
      process.kill(process.pid, signal);
    };
    const release = (): void => {
      for (const signal of deadlySignals) process.removeListener(signal, dieLater);
      releaseLater = undefined;
    };
    for (const signal of deadlySignals) process.on(signal, dieLater);
    releaseLater = release;
    // Not at once: a signal that came meanwhile is delivered in the next turn of the event loop.
    setImmediate(() => setImmediate(release));
  }
  return action();
}
