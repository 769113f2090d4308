import type { ConsoleReader } from "../driver/console-reader.js";
import type { JailhouseDriver } from "../driver/driver.js";
import type { StatsView } from "./cell-stats/stats-view.js";

/** A file, or at which step it could not be read and why, in the words of `strerror`. */
export type FileRead =
  | { readonly bytes: Uint8Array }
  | { readonly failed: "opening" | "reading"; readonly reason: string };

/** A script that extends the tool: the commands that it does not know itself. */
export type Extension = "cell-linux" | "cell-stats" | "config-check";

/** What the tool finds where it is started. */
export interface ToolHost {
  readFile(path: string): FileRead;
  /** @returns what went wrong, in the words of `strerror`; null if nothing did */
  writeFile(path: string, bytes: Uint8Array): string | null;
  /** Null where the module is not loaded. */
  readonly driver: JailhouseDriver | null;
  /** As `--version` tells it. */
  readonly version: string;
  /** Scripts that are installed. */
  readonly extensions: ReadonlySet<Extension>;
}

/** What goes on after the first output, until the user ends it. */
export type Ongoing =
  | { readonly kind: "console"; readonly reader: ConsoleReader }
  | { readonly kind: "stats"; readonly view: StatsView };

/** Texts are those of `schema/text.ts`: any byte comes back. */
export interface ToolResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Null where the command does not end by itself. */
  readonly exitCode: number | null;
  /** Why the command never returns: the machine does not go on. */
  readonly hang: string | null;
  readonly ongoing: Ongoing | null;
}
