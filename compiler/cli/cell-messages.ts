/** What can be wrong with a `.cell` file or a decoded document that is read. */

import { defineDiagnostics } from "../diagnostics/define.js";

interface Problem {
  readonly problem: string;
}

interface UnknownRevision {
  readonly signature: string;
  readonly revision: number;
  readonly profile: string;
}

interface TooLarge {
  readonly kind: "cell" | "json" | "yaml";
  readonly size: number;
  readonly limit: number;
}

const whatIsTooLarge: Readonly<Record<TooLarge["kind"], string>> = {
  cell: "a config",
  json: "a JSON document",
  yaml: "a YAML document",
};

const message = ({ problem }: Problem): string => problem;

export const cellMessages = defineDiagnostics({
  "config-too-large": {
    severity: "error",
    message: ({ kind, size, limit }: TooLarge) =>
      `this has ${size} bytes; ${whatIsTooLarge[kind]} may have ${limit}`,
    why: "Each value is kept with its place, which takes far more memory than its bytes; no real config is near the limit.",
    help: ({ kind }: TooLarge) =>
      kind === "cell" ? "is this the right file?" : "a .cell file holds the same in fewer bytes",
  },
  "cell-not-recognised": {
    severity: "error",
    message: ({ file, size }: { file: string; size: number }) =>
      size === 0 ? `\`${file}\` is empty` : `\`${file}\` is no .cell file`,
    help: "a .cell file starts with JHSYS, JHCLL, JHSYST or JHCELL; for one from before 2015, name its profile with `--profile`",
    why: "Without a signature nothing says how the bytes are to be read, and a guess would show nonsense.",
  },
  "cell-cut-off": {
    severity: "error",
    message: ({ file, size }: { file: string; size: number }) => `\`${file}\` is cut off after ${size} bytes`,
    why: "It starts like a .cell file, but ends before the revision that says how to read it.",
    help: "copy or build it again; was there room for it on the disk?",
  },
  "cell-unknown-revision": {
    severity: "error",
    message: ({ signature, revision, profile }: UnknownRevision) =>
      `no profile with signature ${signature} has revision ${revision}; the file is read as ${profile}`,
    why: "The hypervisor refuses a file whose revision is not its own; fields may have other places in it.",
    help: "name the right profile with `--profile`; `cellc profiles` lists them",
  },
  "cell-ambiguous-profile": {
    severity: "warning",
    message: ({ profile, others }: { profile: string; others: readonly string[] }) =>
      `read as ${profile}, but the file would fit ${others.join(", ")} as well`,
    why: "States of one revision differ in what their bytes mean, and the file does not say which one it is.",
    help: "name its profile with `--profile`",
  },
  "cell-other-profile": {
    severity: "error",
    message: ({ found, asked }: { found: string; asked: string }) =>
      `\`--profile ${asked}\` was asked for, but the file begins like one of ${found}`,
    why: "Its signature is that of another revision: read by the one that was asked for, each field would be another.",
    help: "leave out `--profile`, or convert the file first: `cellc convert --profile NAME`",
  },
  "cell-truncated-header": {
    severity: "error",
    message,
    why: "The file ends before all fields of its header were there; those that are missing are not shown.",
    help: "copy or build the file again, or name the profile it was made for with `--profile`",
  },
  "cell-count-exceeds-file": {
    severity: "error",
    message,
    why: "A table has fewer elements in the file than its count says. The hypervisor would read beyond the end.",
    help: "was the file cut off, or is it of another revision (`--profile`)? In its source, count with ARRAY_SIZE",
  },
  "cell-trailing-bytes": {
    severity: "warning",
    message,
    why: "The hypervisor does not look at bytes that its counts do not cover.",
    help: "correct the count of the last table, or take the table out of the struct; or is it another revision (`--profile`)?",
  },
  "cell-wrong-signature": {
    severity: "error",
    message,
    why: "The driver looks at the signature first and refuses the file.",
    help: "name the profile that the file was made for with `--profile`, or mend `.signature` in its source",
  },
  "cell-wrong-revision": {
    severity: "error",
    message,
    why: "A hypervisor takes only files of its own revision, since fields lie elsewhere in others.",
    help: "name the profile that the file was made for with `--profile`; `cellc convert` writes another revision",
  },
  "layout-unknown": {
    severity: "error",
    message: ({ file }: { file: string }) => `the headers of \`${file}\` have a layout that no profile knows`,
    help: "`cellc build` compiles it all the same; to decode it, name the profile to read it by with `--profile`",
    why: "Without a profile the structs have sizes, but nothing says in which order the tables follow.",
  },
  "document-syntax": {
    severity: "error",
    message: ({ format, problem }: { format: string; problem: string }) =>
      `this is no valid ${format}: ${problem}`,
    why: "The document could not be read at all.",
    help: "`cellc decode FILE.cell --format json` (or yaml) shows the form",
  },
  "document-duplicate-key": {
    severity: "error",
    message: ({ key }: { key: string }) => `\`${key}\` is given twice`,
    why: "Only one of the two values would count, and which one nobody sees.",
    help: "take one of them out",
  },
  "document-revision": {
    severity: "warning",
    message: ({ found, profile, expected }: { found: number; profile: string; expected: number }) =>
      `the revision is ${found}, but the profile ${profile} is of revision ${expected}`,
    why: "The bytes follow the profile; a hypervisor that looks at the revision reads them by another layout, or refuses them.",
    help: "to write a config in another revision, leave both as they are and use `cellc convert --profile NAME`",
  },
  "document-contradicts": {
    severity: "warning",
    message,
    why: "The file is written as the document says; the driver refuses it, or the hypervisor misreads its tables.",
    help: "leave it out: signature, revision and counts then follow from the rest of the document",
  },
  "document-value": {
    severity: "error",
    message: ({ pointer, problem }: { pointer: string; problem: string }) =>
      pointer === "" ? problem : `${pointer}: ${problem}`,
    why: "A value that its field cannot hold, or a field that the profile does not have, has no place in the file.",
    help: "the reference of the format names the fields of each profile and what they hold",
  },
  "several-configs": {
    severity: "error",
    message: ({ file, names }: { file: string; names: readonly string[] }) =>
      `\`${file}\` holds ${names.length} configs: ${names.join(", ")}`,
    help: "build it first and name one of the .cell files",
    why: "This command works on one config, and which one is meant cannot be told.",
  },
});
