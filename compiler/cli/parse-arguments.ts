import { nearestName } from "../support/nearest-name.js";
import { type Command, commonOptions, type OptionSpec } from "./command.js";

export class ParsedArguments {
  constructor(
    readonly operands: readonly string[],
    private readonly values: ReadonlyMap<string, readonly string[]>,
    /** Options with a value in the order of the command line, for those whose order matters among them. */
    readonly ordered: readonly { readonly key: string; readonly value: string }[] = [],
  ) {}

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** The same arguments with another value of one option, or none. */
  replaced(key: string, value: string | undefined): ParsedArguments {
    const values = new Map(this.values);
    if (value === undefined) values.delete(key);
    else values.set(key, [value]);
    return new ParsedArguments(this.operands, values, this.ordered);
  }

  /** The same options for other operands. */
  withOperands(operands: readonly string[]): ParsedArguments {
    return new ParsedArguments(operands, this.values, this.ordered);
  }

  /** Of an option that can stand once; of others the last one. */
  value(key: string): string | undefined {
    return this.values.get(key)?.at(-1);
  }

  all(key: string): readonly string[] {
    return this.values.get(key) ?? [];
  }
}

/** A command line that cannot be understood, with what to do about it. */
export interface UsageMistake {
  readonly message: string;
  readonly help?: string;
}

export type ParseResult =
  | { readonly ok: true; readonly value: ParsedArguments }
  | { readonly ok: false; readonly mistake: UsageMistake };

/**
 * Options and operands in any order, `--` ends the options, `-` is an operand, `--name=value` and `--name value`,
 * short options with their value joined or apart, as compilers take them (`-Iinclude`, `-DN=1`, `-MF file`).
 */
export function parseArguments(command: Command, argv: readonly string[]): ParseResult {
  const options = [...command.options, ...commonOptions];
  const byFlag = new Map(options.flatMap((option) => option.flags.map((flag) => [flag, option] as const)));
  const operands: string[] = [];
  const values = new Map<string, string[]>();
  const ordered: { key: string; value: string }[] = [];

  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at]!;
    if (argument === "--") {
      for (const operand of argv.slice(at + 1)) operands.push(operand);
      break;
    }
    if (argument === "-" || !argument.startsWith("-")) {
      operands.push(argument);
      continue;
    }
    const match = matchFlag(argument, byFlag);
    if (match === undefined) return mistake(unknownOption(command, argument, byFlag.keys()));
    const { flag, option } = match;
    let { joined } = match;
    if (option.value === undefined) {
      if (joined !== undefined)
        return mistake({ message: `option \`${flag}\` takes no value`, help: seeHelp(command) });
      values.set(option.key, []);
      continue;
    }
    if (joined === undefined) {
      at += 1;
      joined = argv[at];
      if (joined === undefined || (joined === "" && namesFile(option))) {
        return mistake({
          message: `option \`${flag}\` needs a value`,
          help: `write \`${flag} ${option.value}\``,
        });
      }
    }
    if (option.choices !== undefined && !option.choices.includes(joined)) {
      return mistake(wrongChoice(flag, joined, option));
    }
    const known = values.get(option.key);
    const other = option.repeat || option.lastCounts ? undefined : known?.find((value) => value !== joined);
    if (other !== undefined) return mistake(givenTwice(flag, other, joined));
    ordered.push({ key: option.key, value: joined });
    if (known === undefined) values.set(option.key, [joined]);
    else known.push(joined);
  }

  if (!values.has("help")) {
    if (operands.includes(""))
      return mistake({ message: "an operand is empty", help: "is a variable of a script not set?" });
    if (operands.length < command.minimumOperands) {
      return mistake({
        message: `\`cellc ${command.name}\` needs ${command.operands}`,
        help: seeHelp(command),
      });
    }
    const extra = operands[command.maximumOperands];
    if (extra !== undefined)
      return mistake({
        message: `\`cellc ${command.name}\` has no use for \`${extra}\``,
        help: seeHelp(command),
      });
  }
  return { ok: true, value: new ParsedArguments(operands, values, ordered) };
}

/** Whoever wrote the first one believes that it counts. */
function givenTwice(flag: string, first: string, second: string): UsageMistake {
  return {
    message: `\`${flag}\` is given twice, with \`${first}\` and \`${second}\`: only one can count`,
    help: "leave out one of them",
  };
}

/** Its empty value is a variable of a script that is not set. */
function namesFile({ value }: OptionSpec): boolean {
  return value === "PATH" || value === "FILE";
}

function seeHelp(command: Command): string {
  return `see \`cellc ${command.name} --help\``;
}

function mistake(found: UsageMistake): ParseResult {
  return { ok: false, mistake: found };
}

interface FlagMatch {
  readonly flag: string;
  readonly option: OptionSpec;
  readonly joined: string | undefined;
}

function matchFlag(argument: string, byFlag: ReadonlyMap<string, OptionSpec>): FlagMatch | undefined {
  const exact = byFlag.get(argument);
  if (exact !== undefined) return { flag: argument, option: exact, joined: undefined };
  if (argument.startsWith("--")) {
    const equals = argument.indexOf("=");
    const flag = argument.slice(0, equals);
    const option = equals < 0 ? undefined : byFlag.get(flag);
    return option === undefined ? undefined : { flag, option, joined: argument.slice(equals + 1) };
  }
  // The longest flag first, so that `-MFfile` is not taken for `-M` with a value.
  for (let length = argument.length - 1; length >= 2; length -= 1) {
    const flag = argument.slice(0, length);
    const option = byFlag.get(flag);
    if (option?.value !== undefined) return { flag, option, joined: argument.slice(length) };
  }
  return undefined;
}

/** Optimisation, warnings, dialect, debugging and machine: they change no byte of a config. */
const gccOption =
  /^-(O([0-3sgz]|fast)?|W.*|std=.*|ansi|pedantic.*|pipe|g[0-3]?|g(gdb|dwarf).*|c|S|E|f[a-z].*|m[a-z].*|nostd(inc|lib)|x)$/;

/** Ways of gcc to name directories of headers. */
const gccDirectories = /^-(isystem|iquote|idirafter)/;

function unknownOption(command: Command, argument: string, flags: Iterable<string>): UsageMistake {
  const name = argument.startsWith("--") ? argument.split("=", 1)[0]! : argument;
  if (gccOption.test(argument)) {
    return {
      message: `\`${argument}\` is an option of gcc, not needed by cellc`,
      help: "leave it out: a config has no code, and cellc always reads gnu17",
    };
  }
  if (gccDirectories.test(argument)) {
    return { message: `\`${argument}\` is an option of gcc`, help: "name the directory with `-I`" };
  }
  // All options of one letter are alike.
  const near = name.length === 2 ? undefined : nearestName(name, flags);
  return {
    message: `unknown option \`${name}\` of \`cellc ${command.name}\``,
    help: near === undefined ? seeHelp(command) : `did you mean \`${near}\`?`,
  };
}

function wrongChoice(flag: string, given: string, option: OptionSpec): UsageMistake {
  const near = nearestName(given, option.choices!);
  return {
    message: `\`${given}\` is no value of \`${flag}\``,
    help: near === undefined ? `one of: ${option.choices!.join(", ")}` : `did you mean \`${near}\`?`,
  };
}
