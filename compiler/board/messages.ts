import { defineDiagnostics } from "../diagnostics/define.js";

export const boardMessages = defineDiagnostics({
  "board-syntax": {
    severity: "error",
    message: ({ message }: { message: string }) => `the board file is no valid YAML: ${message}`,
    why: "Against facts that are half understood, nothing is checked.",
    help: "a board file is a list of `key: value` lines; docs/board-file.md describes it",
  },
  "board-empty": {
    severity: "warning",
    message: () => "the board file says nothing",
    why: "No rule about the board finds anything then.",
    help: "docs/board-file.md describes what it can say",
  },
  "board-unknown-key": {
    severity: "error",
    message: ({ key, within }: UnknownKey) =>
      `${within === "" ? "a board file" : `\`${within}\``} has no key \`${key}\``,
    help: ({ near, known }: UnknownKey) =>
      near === undefined ? `the keys are ${known.join(", ")}` : `did you mean \`${near}\`?`,
    why: "The fact would be passed over, and what it should tell would not be found.",
  },
  "board-duplicate-key": {
    severity: "error",
    message: ({ key, earlier }: { key: string; earlier: string | undefined }) =>
      earlier === undefined || earlier === key
        ? `\`${key}\` is given twice`
        : `\`${key}\` says the same as \`${earlier}\``,
    why: "Only one of the two values would count, and which one nobody sees.",
    help: "take one of them out",
  },
  "board-missing-key": {
    severity: "error",
    message: ({ key, within }: { key: string; within: string }) => `\`${within}\` has no \`${key}\``,
    why: "Without it, the rest of the entry says nothing that could be checked.",
    help: ({ key }: { key: string; within: string }) => `add \`${key}: ...\`, or take the entry out`,
  },
  "board-wrong-value": {
    severity: "error",
    message: ({ key, wanted, found }: { key: string; wanted: string; found: string }) =>
      `\`${key}\` must be ${wanted}, not ${found}`,
    why: "A fact that is not understood cannot be compared with anything.",
    help: "docs/board-file.md describes the keys and what they take",
  },
});

interface UnknownKey {
  readonly key: string;
  readonly within: string;
  readonly near: string | undefined;
  readonly known: readonly string[];
}
