/** What a command is: one table that its parser, its help and its suggestions are made from. */

import type { Context } from "./context.js";
import type { ParsedArguments } from "./parse-arguments.js";

export interface OptionSpec {
  /** The name under which the command asks for it. */
  readonly key: string;
  /** All spellings, e.g. `-o`, `--output`. A short one also takes its value joined: `-Iinclude`. */
  readonly flags: readonly string[];
  /** What help calls the value, e.g. `DIR`; absent for a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** It can stand several times with different values, and each counts. */
  readonly repeat?: true;
  /** Of several, the last one counts: an alias of the shell says one, the command line another. */
  readonly lastCounts?: true;
  readonly help: string;
}

export interface Example {
  readonly command: string;
  readonly explanation: string;
}

export interface Command {
  readonly name: string;
  /** The operands as shown in the usage line, e.g. `FILE...`. */
  readonly operands: string;
  readonly minimumOperands: number;
  readonly maximumOperands: number;
  readonly description?: string;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** The exit status where no diagnostic says otherwise: 0, or 1 for `diff` that found a difference. */
  readonly run: (args: ParsedArguments, context: Context) => Promise<number> | number;
}

export const commonOptions: readonly OptionSpec[] = [
  {
    key: "color",
    flags: ["--color", "--colour"],
    value: "WHEN",
    choices: ["auto", "always", "never"],
    lastCounts: true,
    help: "Colour the diagnostics; auto: only on a terminal (NO_COLOR and FORCE_COLOR are heeded)",
  },
  { key: "help", flags: ["-h", "--help"], help: "Show this help" },
];

export function formatOption(choices: readonly string[], help: string): OptionSpec {
  return { key: "format", flags: ["--format"], value: choices.join("|"), choices, help };
}

export const profileOption: OptionSpec = {
  key: "profile",
  flags: ["-p", "--profile"],
  value: "NAME",
  help: "Revision of the format: r12.18, v0.12, r13, HEAD, a fork; see `cellc profiles`",
};

export const quietOption: OptionSpec = {
  key: "quiet",
  flags: ["-q", "--quiet"],
  help: "No line per output",
};
