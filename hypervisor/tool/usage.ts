import type { ToolRun } from "./tool-run.js";

/** Commands that scripts carry out (tools/jailhouse.c:50-64). */
export const extensionCommands: readonly {
  readonly command: string;
  readonly subcommand: string;
  readonly synopsis: string;
}[] = [
  {
    command: "cell",
    subcommand: "linux",
    synopsis: `[-h] [-d DTB] [-i INITRD] [-c "CMDLINE"] [-w PARAMS_FILE]
              [-a ARCH] [-k FACTOR]
              CELLCONFIG KERNEL`,
  },
  { command: "cell", subcommand: "stats", synopsis: "{ ID | [--name] NAME }" },
  {
    command: "config",
    subcommand: "create",
    synopsis: `[-h] [-g] [-r ROOT] [-t TEMPLATE_DIR] [-c CONSOLE]
                 [--mem-inmates MEM_INMATES] [--mem-hv MEM_HV]
                 FILE`,
  },
  { command: "config", subcommand: "collect", synopsis: "FILE.TAR" },
  { command: "config", subcommand: "check", synopsis: "[-h] SYSCONFIG [CELLCONFIG [CELLCONFIG ...]]" },
  { command: "hardware", subcommand: "check", synopsis: "" },
];

/** Tells the commands, and ends the tool. */
export function usage(run: ToolRun, exitCode: number): never {
  const program = run.argv[0]!.replace(/\/+$/, "").split("/").at(-1)!;
  run.stdout += `Usage: ${program} { COMMAND | --help | --version }

Available commands:
   enable SYSCONFIG
   disable
   console [-f | --follow]
   cell create CELLCONFIG
   cell list
   cell load { ID | [--name] NAME } { IMAGE | { -s | --string } "STRING" }
             [-a | --address ADDRESS] ...
   cell start { ID | [--name] NAME }
   cell shutdown { ID | [--name] NAME }
   cell destroy { ID | [--name] NAME }
`;
  for (const { command, subcommand, synopsis } of extensionCommands) {
    run.stdout += `   ${command} ${subcommand} ${synopsis}\n`;
  }
  run.exit(exitCode);
}
