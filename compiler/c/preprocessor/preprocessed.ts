import type { SourceFile } from "../../support/source.js";
import type { Token } from "../token.js";
import type { IncludedFrom } from "./include.js";
import type { MacroTable } from "./macro-table.js";
import type { Prelude } from "./prelude.js";

export interface Preprocessed {
  /** Ends in one `endOfFile` token. */
  readonly tokens: Token[];
  /** Every file that was read, in order of first use, the main file first. */
  readonly files: SourceFile[];
  /** The `#include` line that first reached each header: for `withIncludeNotes`. */
  readonly includedFrom: IncludedFrom;
  /**
   * How far it came: `stopped` leaves out text that no macro may swallow (a limit was exceeded, an argument list never
   * ends); after `fatal` the tokens mean nothing (a header is missing, the file is no C).
   */
  readonly outcome: "complete" | "stopped" | "fatal";
  /** As they stand at the end of the file. */
  readonly macros: MacroTable;
  /** Names of macros with a call that could not be expanded, which was reported. */
  readonly failedCalls: ReadonlySet<string>;
  /** Whose tokens come first, where headers are shared and it can be. */
  readonly prelude: Prelude | undefined;
}
