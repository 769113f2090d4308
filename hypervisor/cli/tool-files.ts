import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { longestBytes } from "../daemon/frames.js";
import type { FileRead } from "../tool/tool-host.js";

/** As `strerror` says it; what is not known here says Node. */
const texts: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  EMFILE: "Too many open files",
  ENAMETOOLONG: "File name too long",
  ENFILE: "Too many open files in system",
  ENODEV: "No such device",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  ENXIO: "No such device or address",
  EPERM: "Operation not permitted",
  EROFS: "Read-only file system",
  EIO: "Input/output error",
};

/** Reads a file of the user as the tool does. Larger ones than a message can have are no files for a cell. */
export function readToolFile(path: string): FileRead {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    return { failed: "opening", reason: reasonOf(error) };
  }
  try {
    if (fstatSync(descriptor).size > longestBytes) return { failed: "reading", reason: "File too large" };
    const bytes = readFileSync(descriptor);
    if (bytes.length > longestBytes) return { failed: "reading", reason: "File too large" };
    return { bytes };
  } catch (error) {
    return { failed: "reading", reason: reasonOf(error) };
  } finally {
    closeSync(descriptor);
  }
}

/** @returns what went wrong, in the words of `strerror`; null if nothing did */
export function writeToolFile(path: string, bytes: Uint8Array): string | null {
  try {
    writeFileSync(path, bytes);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : texts[code]) ?? message;
}
