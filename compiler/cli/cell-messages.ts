/** What can be wrong with a `.cell` file or a decoded document that is read. */

import { defineDiagnostics } from "../diagnostics/define.js";

interface Problem {
  readonly problem: string;
}

const message = ({ problem }: Problem): string => problem;

export const cellMessages = defineDiagnostics({
  "cell-not-recognised": {
    severity: "error",
    message: ({ file, size }: { file: string; size: number }) =>
      size === 0 ? `\`${file}\` is empty` : `\`${file}\` is no .cell file`,
    help: "a .cell file starts with JHSYS, JHCLL, JHSYST or JHCELL; for one from before 2015, name its profile with `--profile`",
  },
  "cell-unknown-revision": {
    severity: "error",
    message: ({ revision, profile }: { revision: number; profile: string }) =>
      `no profile has revision ${revision}; the file is read as ${profile}`,
    help: "name the right profile with `--profile`; `cellc profiles` lists them",
  },
  "cell-ambiguous-profile": {
    severity: "warning",
    message: ({ profile, others }: { profile: string; others: readonly string[] }) =>
      `read as ${profile}, but the file would fit ${others.join(", ")} as well`,
    why: "States of one revision differ in what their bytes mean, and the file does not say which one it is.",
    help: "name its profile with `--profile`",
  },
  "cell-truncated-header": { severity: "error", message },
  "cell-count-exceeds-file": { severity: "error", message },
  "cell-trailing-bytes": {
    severity: "warning",
    message,
    why: "The hypervisor does not look at bytes that its counts do not cover.",
  },
  "cell-wrong-signature": { severity: "error", message },
  "cell-wrong-revision": { severity: "error", message },
  "layout-unknown": {
    severity: "error",
    message: ({ file }: { file: string }) => `the headers of \`${file}\` have a layout that no profile knows`,
    help: "`cellc build` compiles it all the same; to decode it, name the profile to read it by with `--profile`",
  },
  "document-syntax": {
    severity: "error",
    message: ({ format, problem }: { format: string; problem: string }) =>
      `this is no valid ${format}: ${problem}`,
  },
  "document-value": {
    severity: "error",
    message: ({ pointer, problem }: { pointer: string; problem: string }) =>
      pointer === "" ? problem : `${pointer}: ${problem}`,
  },
  "several-configs": {
    severity: "error",
    message: ({ file, names }: { file: string; names: readonly string[] }) =>
      `\`${file}\` holds ${names.length} configs: ${names.join(", ")}`,
    help: "build it first and name one of the .cell files",
  },
});
