import { defineDiagnostics } from "../diagnostics/define.js";

export const projectMessages = defineDiagnostics({
  "project-syntax": {
    severity: "error",
    message: ({ message }: { message: string }) => `cellc.yaml is no valid YAML: ${message}`,
    why: "A project that is half understood is not built.",
    help: "a cellc.yaml is a list of `key: value` lines; strings with `: ` or `#` in them need quotes",
  },
  "project-unknown-key": {
    severity: "error",
    message: ({ key }: { key: string; near: string | undefined; known: readonly string[] }) =>
      `cellc.yaml has no key \`${key}\``,
    help: ({ near, known }: { key: string; near: string | undefined; known: readonly string[] }) =>
      near === undefined ? `the keys are ${known.join(", ")}` : `did you mean \`${near}\`?`,
    why: "A mistyped key would have no effect, and nobody would see why.",
  },
  "project-duplicate-key": {
    severity: "error",
    message: ({ key }: { key: string }) => `\`${key}\` is given twice`,
    why: "Only one of the two values would count, and which one nobody sees.",
    help: "take one of them out",
  },
  "project-wrong-value": {
    severity: "error",
    message: ({ key, wanted, found }: { key: string; wanted: string; found: string }) =>
      `\`${key}\` must be ${wanted}, not ${found}`,
    why: "The project cannot be built as it is described.",
    help: "docs/project-file.md describes the keys and what they take",
  },
  "project-empty-value": {
    severity: "error",
    message: ({ key }: { key: string }) => `\`${key}\` is an empty text`,
    why: "Nothing has an empty name; perhaps a script that writes the file left it out.",
    help: "write the name, or take the entry out",
  },
  "project-misnamed": {
    severity: "note",
    message: ({ file }: { file: string }) => `\`${file}\` is not read: a project is described in cellc.yaml`,
    why: "What it says about profile, headers and macros has no effect.",
    help: "rename it to cellc.yaml",
  },
  "project-bad-macro-name": {
    severity: "error",
    message: ({ name }: { name: string }) => `\`${name}\` cannot be the name of a macro`,
    help: "letters, digits and `_`, not starting with a digit",
    why: "Such a name could never be used in a config.",
  },
});
