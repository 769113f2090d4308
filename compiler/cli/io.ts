/** Standard input, output and error, and what is known of the terminal. */

import type { FileResult } from "../support/file-result.js";

export interface Io {
  readStdin(): FileResult<Uint8Array>;
  /** Writes to standard output at once; the failure is `broken-pipe` where nobody reads any more. */
  writeOut(content: string | Uint8Array): FileResult<void>;
  /** Writes to standard error; failures have nowhere to be reported. */
  writeError(text: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  errorTerminal(): Promise<{ readonly columns: number } | undefined>;
}
