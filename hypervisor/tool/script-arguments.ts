import type { ToolRun } from "./tool-run.js";

/** What a script takes, as Python's argparse is told. */
export interface ScriptShape {
  /** As it calls itself. */
  readonly program: string;
  /** With the end of its last line. */
  readonly usage: string;
  /** What `--help` says after the usage. */
  readonly help: string;
  /** Files. Only the last one may stand for any number of them. */
  readonly positionals: readonly { readonly name: string; readonly isRepeated: boolean }[];
  readonly options: readonly ScriptOption[];
}

export interface ScriptOption {
  readonly short: string;
  readonly long: string;
  readonly kind: "file" | "text" | "number";
}

export interface NamedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What was given: files by the name of the argument, or by the long name of the option; everything else likewise. */
export interface ScriptArguments {
  readonly files: ReadonlyMap<string, readonly NamedFile[]>;
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads the arguments of a script as argparse does, with its words; ends the tool with 2 where they are wrong. */
export function scriptArguments(run: ToolRun, shape: ScriptShape, args: readonly string[]): ScriptArguments {
  return new Parser(run, shape, args).parse();
}

const help = { short: "-h", long: "--help" } as const;

/** Numbers of errors that opening a file can have. */
const errorNumbers: ReadonlyMap<string, number> = new Map([
  ["No such file or directory", 2],
  ["Permission denied", 13],
  ["Not a directory", 20],
  ["Is a directory", 21],
]);

interface FoundOption {
  readonly option: ScriptOption | typeof help | null;
  /** Joined to the option. */
  readonly value: string | null;
}

class Parser {
  private readonly files = new Map<string, NamedFile[]>();
  private readonly texts = new Map<string, string>();
  private readonly unknown: string[] = [];
  /** Positional arguments that have been given so far. */
  private given = 0;
  private at = 0;
  /** Everything from here on is no option. */
  private readonly end: number;
  private readonly args: readonly string[];

  constructor(
    private readonly run: ToolRun,
    private readonly shape: ScriptShape,
    args: readonly string[],
  ) {
    const divider = args.indexOf("--");
    this.end = divider < 0 ? args.length : divider;
    this.args = args.filter((_, index) => index !== divider);
  }

  parse(): ScriptArguments {
    while (this.at < this.args.length) {
      if (this.isOption(this.at)) this.takeOption();
      else this.takePositionals();
    }
    const missing = this.shape.positionals.slice(this.given).map(({ name }) => name);
    if (missing.length > 0) this.refuse(`the following arguments are required: ${missing.join(", ")}`);
    if (this.unknown.length > 0) this.refuse(`unrecognized arguments: ${this.unknown.join(" ")}`);
    return { files: this.files, texts: this.texts };
  }

  /** What begins with a dash is an option, but a negative number is none, nor is an unknown one with a space in it. */
  private isOption(index: number): boolean {
    const argument = this.args[index]!;
    if (index >= this.end || !/^-./.test(argument)) return false;
    if (this.find(argument).option !== null) return true;
    return !/^-\d+$|^-\d*\.\d+$/.test(argument) && !argument.includes(" ");
  }

  /** Long options may be cut off; a value follows after `=`, or at once after a short one. */
  private find(argument: string): FoundOption {
    const known = [help, ...this.shape.options];
    const exact = known.find(({ short, long }) => argument === short || argument === long);
    if (exact !== undefined) return { option: exact, value: null };
    if (argument.startsWith("--")) {
      const [name, ...rest] = argument.split("=") as [string, ...string[]];
      const [option, second] = known.filter(({ long }) => long.startsWith(name));
      if (option === undefined || second !== undefined) return { option: null, value: null };
      return { option, value: rest.length > 0 ? rest.join("=") : null };
    }
    const option = known.find(({ short }) => argument.startsWith(short)) ?? null;
    return { option, value: option === null ? null : argument.slice(2) };
  }

  private takeOption(): void {
    const argument = this.args[this.at++]!;
    const { option, value } = this.find(argument);
    if (option === null) {
      this.unknown.push(argument);
      return;
    }
    if (!("kind" in option)) {
      if (value !== null) this.refuse(`argument -h/--help: ignored explicit argument '${value}'`);
      this.run.stdout += this.shape.usage + this.shape.help;
      this.run.exit(0);
    }
    const name = `${option.short}/${option.long}`;
    this.keep(option, name, value ?? this.followingValue(name));
  }

  private followingValue(name: string): string {
    if (this.at >= this.args.length || this.isOption(this.at)) {
      this.refuse(`argument ${name}: expected one argument`);
    }
    return this.args[this.at++]!;
  }

  private keep({ long, kind }: ScriptOption, name: string, value: string): void {
    if (kind === "file") this.files.set(long, [this.read(name, value)]);
    else if (kind === "number" && !/^\s*[+-]?\d+(_\d+)*\s*$/.test(value)) {
      this.refuse(`argument ${name}: invalid int value: '${value}'`);
    } else this.texts.set(long, value);
  }

  /** One after the other up to the next option. Once arguments have filled all places, more of them have none. */
  private takePositionals(): void {
    const start = this.at;
    while (this.at < this.args.length && !this.isOption(this.at)) this.at++;
    const paths = this.args.slice(start, this.at);
    while (paths.length > 0) {
      const place = this.shape.positionals[this.given];
      if (place === undefined) {
        this.unknown.push(...paths);
        return;
      }
      this.given++;
      const taken = paths.splice(0, place.isRepeated ? paths.length : 1);
      this.files.set(
        place.name,
        taken.map((path) => this.read(place.name, path)),
      );
    }
    // A place for any number of files is filled as soon as those before it are.
    if (this.shape.positionals[this.given]?.isRepeated === true) this.given++;
  }

  private read(name: string, path: string): NamedFile {
    const file = this.run.host.readFile(path);
    if ("bytes" in file) return { path, bytes: file.bytes };
    const reason = `[Errno ${errorNumbers.get(file.reason) ?? 5}] ${file.reason}: '${path}'`;
    return this.refuse(`argument ${name}: can't open '${path}': ${reason}`);
  }

  private refuse(text: string): never {
    this.run.stderr += `${this.shape.usage}${this.shape.program}: error: ${text}\n`;
    return this.run.exit(2);
  }
}
