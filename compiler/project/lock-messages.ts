import { defineDiagnostics } from "../diagnostics/define.js";

export const lockMessages = defineDiagnostics({
  "lock-syntax": {
    severity: "error",
    message: ({ message }: { message: string }) => `the lock file is no valid YAML: ${message}`,
    why: "Without it everything would be chosen anew, and could move.",
    help: "mend it (a merge may have left its marks), or take an older one from version control; where it may all move, delete it",
  },
  "lock-version": {
    severity: "error",
    message: ({ found, known }: { found: string | null; known: number }) =>
      found === null
        ? "the lock file does not say its version"
        : `the lock file is of version ${found}; this cellc knows version ${known}`,
    why: "What it says may mean something else, and what is not understood would be chosen anew.",
    help: "use the cellc that wrote it, or a newer one",
  },
  "lock-entry": {
    severity: "warning",
    message: ({ entry, what }: { entry: string; what: string }) => `\`${entry}\` pins nothing: ${what}`,
    why: "What it was for is chosen anew, and may move.",
    help: "take the line from version control; `cellc build` writes the file anew",
  },
});
