import type { ToolRun } from "../tool-run.js";

const synopsis = "usage: jailhouse config check [-h] SYSCONFIG [CELLCONFIG ...]\n";

const help = `${synopsis}
Check system and cell configurations.

positional arguments:
  SYSCONFIG   system configuration file
  CELLCONFIG  cell configuration file

options:
  -h, --help  show this help message and exit
`;

export interface ConfigSet {
  readonly system: NamedFile;
  readonly cells: readonly NamedFile[];
}

export interface NamedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads the files that are named, as Python's argparse does: with its words, and exit code 2. */
export function configSetOf(run: ToolRun, args: readonly string[]): ConfigSet {
  const end = args.indexOf("--");
  const options = (end < 0 ? args : args.slice(0, end)).filter((each) => /^-./.test(each));
  const unknown = options.filter((each) => !isHelp(each));
  const paths = [
    ...args.filter((each, index) => index !== end && (!/^-./.test(each) || (end >= 0 && index > end))),
  ];
  if (options.some(isHelp)) {
    run.stdout += help;
    run.exit(0);
  }
  const [system, ...cells] = paths;
  if (system === undefined) {
    refuse(run, "the following arguments are required: SYSCONFIG, CELLCONFIG");
  }
  const files = {
    system: read(run, "SYSCONFIG", system),
    cells: cells.map((path) => read(run, "CELLCONFIG", path)),
  };
  if (unknown.length > 0) refuse(run, `unrecognized arguments: ${unknown.join(" ")}`);
  return files;
}

/** Long options may be cut off. */
function isHelp(option: string): boolean {
  return option === "-h" || (option.length > 2 && "--help".startsWith(option));
}

const reasons: ReadonlyMap<string, number> = new Map([
  ["No such file or directory", 2],
  ["Permission denied", 13],
  ["Not a directory", 20],
  ["Is a directory", 21],
]);

function read(run: ToolRun, argument: string, path: string): NamedFile {
  const file = run.host.readFile(path);
  if ("bytes" in file) return { path, bytes: file.bytes };
  const number = reasons.get(file.reason) ?? 5;
  const reason = `[Errno ${number}] ${file.reason}: '${path}'`;
  return refuse(run, `argument ${argument}: can't open '${path}': ${reason}`);
}

function refuse(run: ToolRun, text: string): never {
  run.stderr += `${synopsis}jailhouse config check: error: ${text}\n`;
  return run.exit(2);
}
