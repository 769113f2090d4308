/** What the command itself has to say: about command lines, files and outputs. */

import { defineDiagnostics } from "../diagnostics/define.js";
import type { FileFailure, FileProblem } from "../support/file-result.js";

/** What happened to a file, in words. */
export const whatHappened: Readonly<Record<FileProblem, string>> = {
  "not-found": "there is no such file or directory",
  "dangling-link": "it is a symbolic link, and what it leads to is not there",
  "no-file": "it is no regular file",
  "is-a-directory": "it is a directory",
  "not-a-directory": "a part of its path is no directory",
  "file-in-the-way": "it is no directory, but a file",
  "no-permission": "permission denied",
  "write-protected": "it is write-protected",
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
  "is-a-directory":
    "name the files in it, or list them in a cellc.yaml there and run cellc in that directory",
  "no-permission": "its owner can allow reading with `chmod +r`",
  "too-large": "the limit for one input is 256 MiB; a config has a few KiB: is this the right file?",
};

const writingHelp: Partial<Record<FileProblem, string>> = {
  "not-found": "create the directory first, or end `-o` with `/` to have it created",
  "file-in-the-way": "name a directory, or leave out the `/` at the end to write to the file itself",
  "no-permission": "choose another place with `-o`",
  "write-protected": "its owner can allow writing with `chmod +w`",
  "disk-full": "nothing was changed; make room and run it again",
  "read-only": "choose another place with `-o`",
};

function list(directories: readonly string[]): string {
  const shown = directories.slice(0, 5).map((directory) => `\`${directory}\``);
  return directories.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}

export const cliMessages = defineDiagnostics({
  "option-unknown": {
    severity: "warning",
    message: ({ name }: { name: string; nearest: string | null }) =>
      `\`-D ${name}\` sets nothing: no source declares an option of that name`,
    help: ({ nearest }: { name: string; nearest: string | null }) =>
      nearest === null ? "declare it with `option NAME = value`" : `did you mean \`${nearest}\`?`,
    why: "The machine is taken as if the option had not been given, for another board variant perhaps.",
  },
  "cli-usage": {
    severity: "error",
    message: ({ message }: { message: string }) => message,
    help: "`cellc COMMAND --help` lists the options and operands",
  },
  "cannot-read": {
    severity: "error",
    message: ({ path, problem }: FileFailure) =>
      `cannot read \`${path}\`: ${whatHappened[problem] ?? problem}`,
    help: ({ problem }: FileFailure) => readingHelp[problem] ?? "check the path and who may read it",
    why: "What the command needs could not be read; nothing was written.",
  },
  "cannot-write": {
    severity: "error",
    message: ({ path, problem }: FileFailure) =>
      `cannot write \`${path}\`: ${whatHappened[problem] ?? problem}`,
    help: ({ problem }: FileFailure) => writingHelp[problem] ?? "choose another place with `-o`",
    why: "All outputs are written or none: those that were there before are unchanged.",
  },
  "profile-unknown": {
    severity: "error",
    message: ({ name }: { name: string; suggestions: readonly string[] }) =>
      `there is no format profile \`${name}\``,
    help: ({ suggestions }: { name: string; suggestions: readonly string[] }) =>
      suggestions.length === 0
        ? "`cellc profiles` lists all of them"
        : `did you mean ${suggestions.map((name) => `\`${name}\``).join(" or ")}?`,
    why: "A profile says where each field lies; none is taken for another that is called almost the same.",
  },
  "profile-differs-from-headers": {
    severity: "warning",
    message: ({ chosen, found }: { chosen: string; found: string }) =>
      `profile ${chosen} was asked for, but the headers of \`-I\` have the layout of ${found}`,
    why: "The bytes follow the headers, and a hypervisor of the profile asked for would misread them.",
    help: "drop `--profile`, or drop the `-I` that leads to <jailhouse/cell-config.h>",
  },
  "include-directory-missing": {
    severity: "error",
    message: ({ directory }: { directory: string }) =>
      directory === ""
        ? "an include directory is empty text"
        : `there is no include directory \`${directory}\``,
    why: "Headers that are not found there would silently come from elsewhere, with another layout.",
    help: "correct the path (it starts at the working directory, in cellc.yaml at that file), or drop it",
  },
  "built-in-header-serves": {
    severity: "warning",
    message: ({ profile, directories }: { profile: string; directories: readonly string[] }) =>
      `<jailhouse/cell-config.h> is the built-in header of ${profile}: ${list(directories)} ${directories.length === 1 ? "has" : "have"} none`,
    why: "The bytes follow that header; a hypervisor of another revision would misread them.",
    help: "add the `-I` directory that holds jailhouse/cell-config.h (`include/` in Jailhouse), or say `--profile` to mean the built-in one",
  },
  "other-profile-fits": {
    severity: "note",
    message: ({ served, other }: { served: string; other: string }) =>
      `names that the header of ${served} lacks are in that of ${other}`,
    why: "Constants and members come and go with the revisions of the format, and a hypervisor takes only its own.",
    help: ({ other }: { served: string; other: string }) =>
      `if the hypervisor is that one, build with \`--profile ${other}\`; else write the config as its revision wants it`,
  },
  "no-config-object": {
    severity: "error",
    message: ({ file }: { file: string }) => `\`${file}\` defines no config`,
    help: "a config is an initialised struct at file scope: `struct { ... } __attribute__((packed)) config = { ... };`",
    why: "gcc would make an object without data of it, and objcopy an empty file.",
  },
  "outputs-collide": {
    severity: "error",
    message: ({ path, first, second }: { path: string; first: string; second: string }) =>
      `${first} and ${second} would both be written to \`${path}\``,
    help: "build them into different directories, or in two runs with different `-o`; a dependency file is named with `-MF`",
    why: "The second one would replace the first one.",
  },
  "output-is-input": {
    severity: "error",
    message: ({ path }: { path: string }) => `the output \`${path}\` would overwrite an input`,
    help: "choose another place with `-o`, for a dependency file with `-MF`",
    why: "What the config is made from would be lost.",
  },
  "output-exists": {
    severity: "error",
    message: ({ path }: { path: string }) => `\`${path}\` is there already`,
    help: ({ path }: { path: string }) =>
      `to replace it, name it: \`-o ${path}\`; or choose another place with \`-o\``,
    why: "A source or document may hold what somebody wrote by hand, comments above all; its name was not given.",
  },
  "output-too-large": {
    severity: "error",
    message: ({ format, size, limit }: { format: string; size: number; limit: number }) =>
      format === "jail"
        ? `the text of these ${size} bytes has more than the million characters that cellc reads again`
        : format === "c"
          ? `this config has ${size} bytes; as C, cellc writes up to ${limit}`
          : `as ${format.toUpperCase()} this config has ${size} bytes; cellc reads up to ${limit}`,
    help: ({ format }: { format: string }) =>
      format === "yaml"
        ? "write it as JSON: `--to json`"
        : "leave it a .cell file, or write it as JSON: `--to json`",
    why: "What is written must be readable again, to the same bytes. Real configs have a few KiB.",
  },
  "machine-of-several-revisions": {
    severity: "error",
    message: ({ profiles }: { profiles: readonly string[] }) =>
      `these configs are of several revisions: ${profiles.join(", ")}`,
    help: "choose the one to write with `--profile`, or convert each on its own: `-o DIRECTORY/`",
    why: "A machine runs one hypervisor, and so all of its files have one format.",
  },
  "machine-of-several-systems": {
    severity: "error",
    message: ({ systems }: { systems: readonly string[] }) =>
      `a machine has one system, these are ${systems.length}: ${systems.join(", ")}`,
    help: "name one system and its cells, or convert each on its own: `-o DIRECTORY/`",
    why: "A `system` describes the hypervisor and its root cell, which there is one of.",
  },
  "machine-of-several-architectures": {
    severity: "error",
    message: ({ architectures }: { architectures: readonly string[] }) =>
      `these configs are of several architectures: ${architectures.join(", ")}`,
    help: "name those of one machine, or convert each on its own: `-o DIRECTORY/`",
    why: "A machine has processors of one architecture. Only cells of 32-bit ARM stand beside a system of arm64.",
  },
  "output-not-a-directory": {
    severity: "error",
    message: ({ path, count }: { path: string; count: number }) =>
      `${count} outputs cannot all be written to the one file \`${path}\``,
    help: ({ path }: { path: string; count: number }) =>
      `to have them written into a directory, say \`-o ${path}/\``,
    why: "A directory is made only where one was clearly asked for: a mistyped file name must not become one.",
  },
  "project-has-no-files": {
    severity: "error",
    message: ({ project }: { project: string }) => `\`${project}\` names no files to build`,
    help: 'add `files: ["*.c"]` to it, or name files on the command line',
    why: "Without operands, `cellc build` builds the files that the project names.",
  },
  "glob-matches-nothing": {
    severity: "error",
    message: ({ pattern }: { pattern: string }) => `no file matches \`${pattern}\``,
    help: "patterns are relative to the directory of cellc.yaml; `**` stands for any number of directories",
    why: "A pattern that matches nothing is mistyped, or its files are gone: a build without them would look complete.",
  },
  "strict-warnings": {
    severity: "error",
    message: ({ count }: { count: number }) =>
      `nothing was written: ${count === 1 ? "a warning counts as an error" : `${count} warnings count as errors`} with --strict`,
    why: "With --strict, no warning reaches a board unread.",
    help: "mend what the warnings name, or build without --strict",
  },
  "diagnostic-unknown": {
    severity: "error",
    message: ({ id }: { id: string; near: string | undefined }) => `there is no diagnostic \`${id}\``,
    help: ({ near }: { id: string; near: string | undefined }) =>
      near === undefined ? "`cellc explain` without an id lists all of them" : `did you mean \`${near}\`?`,
    why: "Ids are the words in brackets behind `error`, `warning` or `note`.",
  },
  "kinds-differ": {
    severity: "note",
    message: ({ system, cell }: { system: string; cell: string }) =>
      `\`${system}\` is a system and \`${cell}\` is a cell: its root cell is compared with the cell`,
    why: "What else a system says (its hypervisor memory, consoles, platform data) has no counterpart in a cell.",
    help: "to compare all, name two systems or two cells",
  },
  "conversion-loses": {
    severity: "error",
    message: ({ count, profile }: { count: number; profile: string }) =>
      `${profile} cannot express ${count} ${count === 1 ? "value" : "values"} of this config`,
    why: "What the format has no field for is lost; the hypervisor will act as if it had never been written.",
    help: "nothing was written; `--allow-loss` writes what can be expressed",
  },
  "architecture-unknown": {
    severity: "error",
    message: ({ profile }: { file: string; profile: string }) =>
      `${profile} wants to know the architecture, which this config does not say`,
    why: "A hypervisor refuses a config for another architecture, and no value stands for an unknown one.",
    help: "say which one it is: `--architecture arm`, or `--architecture arm64` (x86 and riscv64 as well)",
  },
  "architecture-contradicted": {
    severity: "error",
    message: ({ given, because }: { given: string; because: string }) =>
      `\`--architecture ${given}\` contradicts the config: ${because}`,
    why: "The hypervisor would refuse the file, or take its platform data for something else.",
    help: "drop `--architecture`, or correct it",
  },
  "architecture-has-no-effect": {
    severity: "warning",
    message: ({ profile }: { profile: string }) =>
      `\`--architecture\` has no effect: ${profile} has no place for it`,
    why: "Files name their architecture since revision 14.",
    help: "drop it",
  },
  "conversion-lost": {
    severity: "warning",
    message: ({ path, value }: { path: string; value: string }) =>
      value === "" ? `lost: ${path}` : `lost: ${path} = ${value}`,
    why: "The revision that is written has no field, flag or room for it.",
    help: "see whether the target can do without; `--allow-loss` writes the rest",
  },
});
