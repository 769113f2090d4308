/** What can go wrong with a file, as data: a failure becomes a diagnostic, never an exception. */

export type FileProblem =
  | "not-found"
  /** A symbolic link whose target is not there. */
  | "dangling-link"
  /** A device, pipe or socket where only a file will do. */
  | "no-file"
  | "is-a-directory"
  | "not-a-directory"
  /** A file has the name of the directory that was to be made. */
  | "file-in-the-way"
  | "no-permission"
  /** Its mode lets nobody write, or not this user, although the directory would let the file be replaced. */
  | "write-protected"
  | "too-large"
  | "disk-full"
  | "read-only"
  | "name-too-long"
  | "link-loop"
  | "broken-pipe"
  | "other";

export interface FileFailure {
  readonly problem: FileProblem;
  readonly path: string;
  /** What the operating system said, e.g. `EACCES: permission denied`; for people who want to look further. */
  readonly detail: string;
}

export type FileResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: FileFailure };

export function success<T>(value: T): FileResult<T> {
  return { ok: true, value };
}

export function failed(problem: FileProblem, path: string, detail: string): FileResult<never> {
  return { ok: false, failure: { problem, path, detail } };
}

const problemOfCode: Readonly<Record<string, FileProblem>> = {
  ENOENT: "not-found",
  EISDIR: "is-a-directory",
  ENOTDIR: "not-a-directory",
  EACCES: "no-permission",
  EPERM: "no-permission",
  EFBIG: "too-large",
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "read-only",
  ENAMETOOLONG: "name-too-long",
  ELOOP: "link-loop",
  EPIPE: "broken-pipe",
};

/** Turns what a file operation threw into a failure. Anything that is not the system's error is a bug: rethrown. */
export function failureOf(error: unknown, path: string): FileResult<never> {
  if (!(error instanceof Error)) throw error;
  // A NUL in a path never reaches the system: Node refuses it first.
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  if (code === "ERR_INVALID_ARG_VALUE") return failed("not-found", path, "the name holds a NUL character");
  return failed(problemOfCode[code] ?? "other", path, detailOf(error));
}

/** Node's message without the call and the path, which the diagnostic names itself. */
function detailOf(error: Error): string {
  return error.message.replace(/, [a-z]+( '.*)?$/s, "");
}
