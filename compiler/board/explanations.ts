import type { Explanations } from "../diagnostics/explain.js";
import type { boardMessages } from "./messages.js";

/** Examples of what can be wrong with a board file. */
export const boardExplanations: Explanations<typeof boardMessages> = {
  "board-syntax": { example: { message: "this list is never closed" } },
  "board-empty": { example: {} },
  "board-unknown-key": {
    help: "docs/board-file.md lists the keys",
    example: { key: "ionline", within: "cpus", near: "online", known: ["online"] },
  },
  "board-duplicate-key": { example: { key: "spis", earlier: "interrupts" } },
  "board-missing-key": {
    help: "add it, or take the entry out",
    example: { key: "at", within: "ioapics[0]" },
  },
  "board-wrong-value": {
    example: { key: "cpus.online", wanted: "numbers up to 8191, like `0-3,5` or `[0, 1]`", found: "`all`" },
  },
};
