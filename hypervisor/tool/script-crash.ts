import { type Errno, errors } from "../core/errno.js";

/** Where one of upstream's scripts ends with an exception: the last line that Python prints of it. */
export class ScriptCrash extends Error {
  override readonly name = "ScriptCrash";
}

const exceptions: Readonly<Partial<Record<Errno, string>>> = {
  EPERM: "PermissionError",
  ENOENT: "FileNotFoundError",
  EEXIST: "FileExistsError",
  ENOTDIR: "NotADirectoryError",
  EISDIR: "IsADirectoryError",
  EAGAIN: "BlockingIOError",
};

/** As Python reports an errno. */
export function crashOf(errno: Errno): ScriptCrash {
  const { number, text } = errors[errno];
  return new ScriptCrash(`${exceptions[errno] ?? "OSError"}: [Errno ${number}] ${text}`);
}
