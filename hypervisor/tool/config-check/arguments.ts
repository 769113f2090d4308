import { type NamedFile, type ScriptShape, scriptArguments } from "../script-arguments.js";
import type { ToolRun } from "../tool-run.js";

const shape: ScriptShape = {
  program: "jailhouse config check",
  usage: "usage: jailhouse config check [-h] SYSCONFIG [CELLCONFIG ...]\n",
  help: `
Check system and cell configurations.

positional arguments:
  SYSCONFIG   system configuration file
  CELLCONFIG  cell configuration file

options:
  -h, --help  show this help message and exit
`,
  positionals: [
    { name: "SYSCONFIG", isRepeated: false },
    { name: "CELLCONFIG", isRepeated: true },
  ],
  options: [],
};

export interface ConfigSet {
  readonly system: NamedFile;
  readonly cells: readonly NamedFile[];
}

/** Reads the files that are named. */
export function configSetOf(run: ToolRun, args: readonly string[]): ConfigSet {
  const { files } = scriptArguments(run, shape, args);
  return { system: files.get("SYSCONFIG")![0]!, cells: files.get("CELLCONFIG") ?? [] };
}
