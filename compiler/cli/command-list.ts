import type { Command } from "./command.js";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Commands are loaded when they run: a build must not pay for the code of a diff. */
  readonly load: () => Promise<Command>;
}

export const commandList: readonly CommandEntry[] = [
  {
    name: "build",
    summary: "Compile C configs to .cell files",
    load: async () => (await import("./commands/build.js")).buildCommand,
  },
  {
    name: "check",
    summary: "Find what the machine would refuse or get wrong",
    load: async () => (await import("./commands/check.js")).checkCommand,
  },
  {
    name: "who",
    summary: "Say who can reach memory, a device, an interrupt or a port",
    load: async () => (await import("./commands/who.js")).whoCommand,
  },
  {
    name: "test",
    summary: "Run the scenarios of a machine in the simulator",
    load: async () => (await import("./commands/test.js")).testCommand,
  },
  {
    name: "diagnose",
    summary: "Explain the faults in a log of the hypervisor",
    load: async () => (await import("./commands/diagnose.js")).diagnoseCommand,
  },
  {
    name: "sim",
    summary: "Run a simulated machine for the `jailhouse` command",
    load: async () => (await import("./commands/sim.js")).simCommand,
  },
  {
    name: "decode",
    summary: "Show what a .cell file (or a config) says",
    load: async () => (await import("./commands/decode.js")).decodeCommand,
  },
  {
    name: "convert",
    summary: "Write a config in another format or revision",
    load: async () => (await import("./commands/convert.js")).convertCommand,
  },
  {
    name: "diff",
    summary: "Compare what two configs say",
    load: async () => (await import("./commands/diff.js")).diffCommand,
  },
  {
    name: "fmt",
    summary: "Format files of the cell language",
    load: async () => (await import("./commands/fmt.js")).fmtCommand,
  },
  {
    name: "expand",
    summary: "Show what the compiler made of a machine",
    load: async () => (await import("./commands/expand.js")).expandCommand,
  },
  {
    name: "header",
    summary: "Write the C header of a revision",
    load: async () => (await import("./commands/header.js")).headerCommand,
  },
  {
    name: "profiles",
    summary: "List the revisions of the format",
    load: async () => (await import("./commands/profiles.js")).profilesCommand,
  },
  {
    name: "explain",
    summary: "Explain a diagnostic",
    load: async () => (await import("./commands/explain.js")).explainCommand,
  },
];
