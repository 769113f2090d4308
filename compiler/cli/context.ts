/** What a running command works with, and how its findings reach the user. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { ColourChoice } from "../diagnostics/render-colour.js";
import { Reporter } from "../diagnostics/reporter.js";
import type { FileFailure, FileResult } from "../support/file-result.js";
import type { Host } from "../support/host.js";
import type { Io } from "./io.js";
import { cliMessages } from "./messages.js";

export const exitSuccess = 0;
/** The input has errors, or two inputs differ. */
export const exitFindings = 1;
/** The command line is wrong, or a file cannot be read or written. */
export const exitTrouble = 2;

export class Context {
  readonly reporter = new Reporter();
  /** Content of binary inputs, for hex dumps. */
  readonly binaries = new Map<string, Uint8Array>();
  private troubled = false;
  private showsItself = false;
  private readonly directories = new Map<string, boolean>();

  constructor(
    readonly host: Host,
    readonly io: Io,
  ) {}

  /** Reports something that ends the command with status 2. */
  trouble(diagnostic: Diagnostic): void {
    this.troubled = true;
    this.reporter.report(diagnostic);
  }

  usage(message: string, help?: string): void {
    this.trouble(cliMessages["cli-usage"]({ message }, undefined, help === undefined ? {} : { help }));
  }

  private standardInput: FileResult<Uint8Array> | undefined;

  /** All of standard input, which can be read only once. */
  stdin(): FileResult<Uint8Array> {
    this.standardInput ??= this.io.readStdin();
    return this.standardInput;
  }

  /** The value of a read, or undefined with the failure reported. */
  read<T>(result: FileResult<T>): T | undefined {
    if (result.ok) return result.value;
    this.fileTrouble("cannot-read", result.failure);
    return undefined;
  }

  /**
   * Whether a write succeeded; the failure is reported. A reader that went away is no mistake of the user.
   *
   * @param help what else to do, where the file itself was to be changed and no other place can be chosen
   */
  written(result: FileResult<void>, help?: string): boolean {
    if (result.ok) return true;
    const { failure } = result;
    if (failure.problem === "broken-pipe") this.troubled = true;
    else this.fileTrouble("cannot-write", failure, failure.problem === "disk-full" ? undefined : help);
    return false;
  }

  /** Asked once per directory, however many inputs search it. */
  directoryExists(directory: string): boolean {
    let exists = this.directories.get(directory);
    if (exists === undefined) {
      exists = this.host.isDirectory(directory);
      this.directories.set(directory, exists);
    }
    return exists;
  }

  /** Prints a result chunk by chunk; ends early where nobody reads it any more. */
  printAll(chunks: Iterable<string>): void {
    for (const chunk of chunks) if (!this.print(chunk)) return;
  }

  /** Prints a result; false where that failed. What nobody reads any more is dropped without a word, as other tools do. */
  print(content: string | Uint8Array): boolean {
    const result = this.io.writeOut(content);
    if (!result.ok && result.failure.problem !== "broken-pipe")
      this.fileTrouble("cannot-write", result.failure);
    return result.ok;
  }

  /** The command line is wrong, or a file cannot be read or written. */
  get hasTrouble(): boolean {
    return this.troubled;
  }

  get failed(): boolean {
    return this.troubled || this.reporter.failures > 0;
  }

  exitStatus(otherwise: number): number {
    if (this.troubled) return exitTrouble;
    return this.reporter.failures > 0 ? exitFindings : otherwise;
  }

  /** The findings so far keep the command from its purpose: status 2. */
  markTrouble(): void {
    this.troubled = true;
  }

  /** The command puts the findings into its own output. */
  takeOverFindings(): void {
    this.showsItself = true;
  }

  /** Writes all findings to standard error. */
  async showFindings(format: "text" | "json", colour: ColourChoice): Promise<void> {
    if (this.showsItself || this.reporter.findings().diagnostics.length === 0) return;
    if (format === "json") {
      const { findingsToJson } = await import("../diagnostics/json.js");
      this.io.writeError(`${JSON.stringify(findingsToJson(this.reporter.findings()), null, 2)}\n`);
      return;
    }
    const { renderFindings } = await import("../diagnostics/render-findings.js");
    const { wantsColour } = await import("../diagnostics/render-colour.js");
    const terminal = await this.io.errorTerminal();
    const text = renderFindings(this.reporter.findings(), {
      colour: wantsColour(colour, this.io.environment, terminal !== undefined),
      width: terminal?.columns ?? 120,
      bytesOf: (file) => this.binaries.get(file),
    });
    this.io.writeError(text);
  }

  private fileTrouble(id: "cannot-read" | "cannot-write", failure: FileFailure, help?: string): void {
    const usual = [
      "not-found",
      "dangling-link",
      "no-file",
      "is-a-directory",
      "file-in-the-way",
      "no-permission",
      "write-protected",
    ].includes(failure.problem);
    const notes = usual ? [] : [{ message: failure.detail }];
    this.trouble(
      cliMessages[id](
        failure,
        { kind: "file", file: failure.path },
        {
          notes,
          ...(help === undefined ? {} : { help }),
        },
      ),
    );
  }
}
