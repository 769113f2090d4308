import { startLinux } from "./cell-linux/cell-linux.js";
import { showStatistics } from "./cell-stats/cell-stats.js";
import { checkConfigs } from "./config-check/config-check.js";
import type { Extension } from "./tool-host.js";
import type { ToolRun } from "./tool-run.js";
import { extensionCommands, usage } from "./usage.js";

/** Programs by the command that they carry out. @returns their exit code */
const programs: ReadonlyMap<Extension, (run: ToolRun) => number> = new Map([
  ["cell-linux", startLinux],
  ["cell-stats", showStatistics],
  ["config-check", checkConfigs],
]);

/** Hands over to the script of a command: where it is not installed, nothing can be executed (tools/jailhouse.c:93-121). */
export function runExtension(run: ToolRun): number {
  const [, command, subcommand] = run.argv;
  const isKnown = extensionCommands.some(
    (each) => each.command === command && each.subcommand === subcommand,
  );
  if (!isKnown) usage(run, 1);
  const extension = `${command}-${subcommand}` as Extension;
  const program = run.host.extensions.has(extension) ? programs.get(extension) : undefined;
  if (program !== undefined) return program(run);
  run.complain("execvp", "ENOENT");
  return 1;
}
