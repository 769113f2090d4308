/**
 * Several files, all or none: every byte is written under a temporary name before the first rename. What may
 * still go wrong after that (a rename that fails) takes the earlier renames back.
 */

import path from "node:path";
import { placeOfMissing } from "./dangling-link.js";
import { type FileResult, failed, failureOf, success } from "./file-result.js";

export interface Output {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Somebody's text: it is not replaced where it is write-protected, though the directory would allow it. */
  readonly isSource?: true;
}

/** The calls that are needed of `node:fs`; tests hand in one that fails at a chosen step. */
export type FileOperations = Pick<
  typeof import("node:fs"),
  | "openSync"
  | "writeSync"
  | "fchmodSync"
  | "closeSync"
  | "renameSync"
  | "linkSync"
  | "unlinkSync"
  | "statSync"
  | "accessSync"
  | "constants"
  | "realpathSync"
  | "readlinkSync"
  | "readFileSync"
>;

interface Staged {
  readonly output: Output;
  /** Where the bytes end up: the output's path with symbolic links followed. */
  readonly target: string;
  readonly temporary: string;
  /** Of the file that was there. */
  readonly mode: number | undefined;
  /** Name under which the earlier content is kept until all renames are done. */
  backup: string | undefined;
  readonly existed: boolean;
  /** It has these bytes already. */
  readonly unchanged: boolean;
  renamed: boolean;
}

/**
 * Writes all outputs or none. A file that has its bytes already stays, and only becomes as new as the others. Devices,
 * pipes and sockets (`/dev/stdout`, `/dev/full`) cannot be replaced by a rename and are written directly, once all
 * files are written under their temporary names.
 *
 * @param uniqueness tells concurrent processes apart, e.g. the process id
 */
export function writeAllOrNothing(
  files: FileOperations,
  outputs: readonly Output[],
  uniqueness: number,
): FileResult<void> {
  const staged: Staged[] = [];
  const direct: Output[] = [];
  for (const [index, output] of outputs.entries()) {
    const result = stage(files, output, `${uniqueness}.${index}`);
    if (!result.ok) {
      discard(files, staged);
      return result;
    }
    if (result.value === undefined) direct.push(output);
    else staged.push(result.value);
  }
  for (const output of direct) {
    const result = writeDirectly(files, output);
    if (!result.ok) {
      discard(files, staged);
      return result;
    }
  }
  return putInPlace(files, staged);
}

/**
 * Writes the bytes beside the target, without waiting for the disk: outputs are made again by the next build after a
 * power failure, and waiting costs more than compiling does.
 *
 * Returns undefined where the target is no regular file.
 */
function stage(files: FileOperations, output: Output, suffix: string): FileResult<Staged | undefined> {
  try {
    const status = files.statSync(output.path, { throwIfNoEntry: false });
    if (status?.isDirectory()) return failed("is-a-directory", output.path, "EISDIR: it is a directory");
    if (status !== undefined && !status.isFile()) return success(undefined);
    if (status !== undefined && output.isSource && isProtected(files, output.path, status.mode))
      return failed("write-protected", output.path, "EACCES: it is write-protected");
    const target =
      status === undefined ? placeOfMissing(files, output.path) : files.realpathSync.native(output.path);
    if (target !== output.path && status === undefined && !isDirectory(files, path.dirname(target)))
      return failed("dangling-link", output.path, `ENOENT: ${path.dirname(target)} is not there`);
    const temporary = path.join(path.dirname(target), temporaryName(path.basename(target), suffix));
    const existed = status !== undefined;
    const unchanged = status?.size === output.bytes.length && holds(files, target, output.bytes);
    if (!unchanged) writeTemporary(files, temporary, output.bytes, status?.mode);
    const mode = status?.mode;
    return success({
      output,
      target,
      temporary,
      mode,
      backup: undefined,
      existed,
      unchanged,
      renamed: false,
    });
  } catch (error) {
    return failureOf(error, output.path);
  }
}

/** A mode without any right to write counts for root, too, whom the system lets write all the same. */
function isProtected(files: FileOperations, file: string, mode: number): boolean {
  if ((mode & 0o222) === 0) return true;
  try {
    files.accessSync(file, files.constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

function isDirectory(files: FileOperations, directory: string): boolean {
  return files.statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether the file has exactly these bytes; not where it may not be read, as it can perhaps be replaced. */
function holds(files: FileOperations, file: string, bytes: Uint8Array): boolean {
  try {
    return files.readFileSync(file).equals(bytes);
  } catch {
    return false;
  }
}

/**
 * Makes a file that has its bytes already as new as the others, for make: its first byte is written again, so that the
 * time is the file system's own. False where it may not be written.
 */
function renewed(files: FileOperations, { target, output }: Staged): boolean {
  if (output.bytes.length === 0) return false;
  try {
    const descriptor = files.openSync(target, "r+");
    try {
      return files.writeSync(descriptor, output.bytes, 0, 1, 0) === 1;
    } finally {
      files.closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

/** Hidden, recognisable, and never longer than what a file system takes. */
function temporaryName(base: string, suffix: string): string {
  return `.${base.slice(0, 100)}.${suffix}.cellc-tmp`;
}

function writeTemporary(
  files: FileOperations,
  temporary: string,
  bytes: Uint8Array,
  mode: number | undefined,
): void {
  const descriptor = openFresh(files, temporary);
  try {
    try {
      for (let offset = 0; offset < bytes.length; ) offset += files.writeSync(descriptor, bytes, offset);
      if (mode !== undefined) files.fchmodSync(descriptor, mode & 0o7777);
    } finally {
      files.closeSync(descriptor);
    }
  } catch (error) {
    remove(files, temporary);
    throw error;
  }
}

/** A leftover of a killed process with our id may be in the way; `wx` makes sure we never write through a link. */
function openFresh(files: FileOperations, temporary: string): number {
  try {
    return files.openSync(temporary, "wx", 0o666);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    files.unlinkSync(temporary);
    return files.openSync(temporary, "wx", 0o666);
  }
}

function writeDirectly(files: FileOperations, output: Output): FileResult<void> {
  try {
    const descriptor = files.openSync(output.path, "w");
    try {
      for (let offset = 0; offset < output.bytes.length; ) {
        offset += files.writeSync(descriptor, output.bytes, offset);
      }
    } finally {
      files.closeSync(descriptor);
    }
    return success(undefined);
  } catch (error) {
    return failureOf(error, output.path);
  }
}

function putInPlace(files: FileOperations, staged: readonly Staged[]): FileResult<void> {
  // Those that stay come last: a file that became new says that all of them are there.
  for (const file of [...staged.filter(changes), ...staged.filter(stays)]) {
    try {
      if (file.unchanged) {
        if (renewed(files, file)) continue;
        writeTemporary(files, file.temporary, file.output.bytes, file.mode);
      }
      // With one file there is nothing to take back, so its earlier content needs no second name.
      if (staged.length > 1 && file.existed) file.backup = keepEarlier(files, file);
      files.renameSync(file.temporary, file.target);
      file.renamed = true;
    } catch (error) {
      takeBack(files, staged);
      return failureOf(error, file.output.path);
    }
  }
  for (const file of staged) if (file.backup !== undefined) remove(files, file.backup);
  return success(undefined);
}

const stays = ({ unchanged }: Staged): boolean => unchanged;
const changes = ({ unchanged }: Staged): boolean => !unchanged;

/** A second link leaves no moment without the file; file systems that know no links get a rename. */
function keepEarlier(files: FileOperations, file: Staged): string {
  const backup = file.temporary.replace(/tmp$/, "old");
  try {
    files.linkSync(file.target, backup);
  } catch {
    files.renameSync(file.target, backup);
  }
  return backup;
}

function takeBack(files: FileOperations, staged: readonly Staged[]): void {
  for (const file of staged) {
    if (file.backup !== undefined) {
      try {
        files.renameSync(file.backup, file.target);
        // Renaming one link over another of the same file leaves both.
        remove(files, file.backup);
      } catch {
        // The earlier content stays under its backup name: better a stray file than a lost one.
      }
    } else if (file.renamed) remove(files, file.target);
  }
  discard(files, staged);
}

function discard(files: FileOperations, staged: readonly Staged[]): void {
  for (const file of staged) if (!file.renamed) remove(files, file.temporary);
}

/** Cleaning up is best effort: the error that led here is the one to report. */
function remove(files: FileOperations, file: string): void {
  try {
    files.unlinkSync(file);
  } catch {
    // Already gone, or not ours to remove any more.
  }
}
