import { defineDiagnostics } from "../diagnostics/define.js";

export const projectMessages = defineDiagnostics({
  "project-syntax": {
    severity: "error",
    message: ({ message }: { message: string }) => `cellc.yaml is no valid YAML: ${message}`,
  },
  "project-unknown-key": {
    severity: "error",
    message: ({ key }: { key: string; near: string | undefined; known: readonly string[] }) =>
      `cellc.yaml has no key \`${key}\``,
    help: ({ near, known }: { key: string; near: string | undefined; known: readonly string[] }) =>
      near === undefined ? `the keys are ${known.join(", ")}` : `did you mean \`${near}\`?`,
  },
  "project-duplicate-key": {
    severity: "error",
    message: ({ key }: { key: string }) => `\`${key}\` is given twice`,
  },
  "project-wrong-value": {
    severity: "error",
    message: ({ key, wanted, found }: { key: string; wanted: string; found: string }) =>
      `\`${key}\` must be ${wanted}, not ${found}`,
  },
  "project-bad-macro-name": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name}\` cannot be the name of a macro`,
    help: "letters, digits and `_`, not starting with a digit",
  },
});
