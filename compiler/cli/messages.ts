/** What the command itself has to say: about command lines, files and outputs. */

import { defineDiagnostics } from "../diagnostics/define.js";
import type { FileFailure, FileProblem } from "../support/file-result.js";

const whatHappened: Readonly<Record<FileProblem, string>> = {
  "not-found": "there is no such file or directory",
  "is-a-directory": "it is a directory",
  "not-a-directory": "a part of its path is no directory",
  "no-permission": "permission denied",
  "too-large": "the file is too large",
  "disk-full": "no space is left on the disk",
  "read-only": "the file system is read-only",
  "name-too-long": "the name is too long",
  "link-loop": "its symbolic links form a loop",
  "broken-pipe": "nobody reads it any more",
  other: "the system refused",
};

const readingHelp: Partial<Record<FileProblem, string>> = {
  "not-found": "check the spelling; relative paths start at the working directory",
  "is-a-directory": "name a file in it",
  "no-permission": "its owner can allow reading with `chmod +r`",
  "too-large": "the limit for one input is 256 MiB; a config has a few KiB: is this the right file?",
};

const writingHelp: Partial<Record<FileProblem, string>> = {
  "not-found": "create the directory first, or end `-o` with `/` to have it created",
  "no-permission": "choose another place with `-o`",
  "disk-full": "nothing was changed; make room and run it again",
  "read-only": "choose another place with `-o`",
};

export const cliMessages = defineDiagnostics({
  "cli-usage": {
    severity: "error",
    message: ({ message }: { message: string }) => message,
  },
  "cannot-read": {
    severity: "error",
    message: ({ path, problem }: FileFailure) =>
      `cannot read \`${path}\`: ${whatHappened[problem] ?? problem}`,
    help: ({ problem }: FileFailure) => readingHelp[problem],
  },
  "cannot-write": {
    severity: "error",
    message: ({ path, problem }: FileFailure) =>
      `cannot write \`${path}\`: ${whatHappened[problem] ?? problem}`,
    help: ({ problem }: FileFailure) => writingHelp[problem],
  },
  "profile-unknown": {
    severity: "error",
    message: ({ name }: { name: string; suggestions: readonly string[] }) =>
      `there is no format profile \`${name}\``,
    help: ({ suggestions }: { name: string; suggestions: readonly string[] }) =>
      suggestions.length === 0
        ? "`cellc profiles` lists all of them"
        : `did you mean ${suggestions.map((name) => `\`${name}\``).join(" or ")}?`,
  },
  "profile-differs-from-headers": {
    severity: "warning",
    message: ({ chosen, found }: { chosen: string; found: string }) =>
      `profile ${chosen} was asked for, but the headers of \`-I\` have the layout of ${found}`,
    why: "The bytes follow the headers, and a hypervisor of the profile asked for would misread them.",
    help: "drop `--profile`, or drop the `-I` that leads to <jailhouse/cell-config.h>",
  },
  "no-config-object": {
    severity: "error",
    message: ({ file }: { file: string }) => `\`${file}\` defines no config`,
    help: "a config is an initialised struct at file scope: `struct { ... } __attribute__((packed)) config = { ... };`",
  },
  "outputs-collide": {
    severity: "error",
    message: ({ path, first, second }: { path: string; first: string; second: string }) =>
      `${first} and ${second} would both be written to \`${path}\``,
    help: "build them into different directories, or in two runs with different `-o`",
  },
  "output-is-input": {
    severity: "error",
    message: ({ path }: { path: string }) => `the output \`${path}\` would overwrite an input`,
    help: "choose another place with `-o`",
  },
  "output-not-a-directory": {
    severity: "error",
    message: ({ path, count }: { path: string; count: number }) =>
      `${count} outputs cannot all be written to the one file \`${path}\``,
    help: "name a directory: end it with `/`",
  },
  "project-has-no-files": {
    severity: "error",
    message: ({ project }: { project: string }) => `\`${project}\` names no files to build`,
    help: 'add `files: ["*.c"]` to it, or name files on the command line',
  },
  "glob-matches-nothing": {
    severity: "error",
    message: ({ pattern }: { pattern: string }) => `no file matches \`${pattern}\``,
    help: "patterns are relative to the directory of cellc.yaml; `**` stands for any number of directories",
  },
  "strict-warnings": {
    severity: "error",
    message: ({ count }: { count: number }) =>
      `nothing was written: ${count === 1 ? "a warning counts" : `${count} warnings count`} as errors with --strict`,
  },
  "diagnostic-unknown": {
    severity: "error",
    message: ({ id }: { id: string; near: string | undefined }) => `there is no diagnostic \`${id}\``,
    help: ({ near }: { id: string; near: string | undefined }) =>
      near === undefined ? "`cellc explain` without an id lists all of them" : `did you mean \`${near}\`?`,
  },
  "conversion-loses": {
    severity: "error",
    message: ({ count, profile }: { count: number; profile: string }) =>
      `${profile} cannot express ${count} ${count === 1 ? "value" : "values"} of this config`,
    why: "What the format has no field for is lost; the hypervisor will act as if it had never been written.",
    help: "nothing was written; `--allow-loss` writes what can be expressed",
  },
  "conversion-lost": {
    severity: "warning",
    message: ({ path, value }: { path: string; value: string }) =>
      value === "" ? `lost: ${path}` : `lost: ${path} = ${value}`,
  },
});
