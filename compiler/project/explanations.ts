import type { Explanations } from "../diagnostics/explain.js";
import type { projectMessages } from "./messages.js";

/** Examples of what can be wrong with a cellc.yaml. */
export const projectExplanations: Explanations<typeof projectMessages> = {
  "project-syntax": { example: { message: "this list is never closed" } },
  "project-unknown-key": {
    help: "the keys are profile, target, include, defines, files and output; docs/project-file.md describes them",
    example: { key: "include_dirs", near: "include", known: ["profile", "include", "files"] },
  },
  "project-duplicate-key": { example: { key: "files" } },
  "project-wrong-value": { example: { key: "files", wanted: "a list", found: "a text" } },
  "project-empty-value": { example: { key: "files[0]" } },
  "project-misnamed": { example: { file: "cellc.yml" } },
  "project-bad-macro-name": { example: { name: "UART-BASE" } },
};
