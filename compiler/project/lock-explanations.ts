import type { Explanations } from "../diagnostics/explain.js";
import type { lockMessages } from "./lock-messages.js";

/** Examples of what can be wrong with a lock file. */
export const lockExplanations: Explanations<typeof lockMessages> = {
  "lock-syntax": { example: { message: "this list is never closed" } },
  "lock-version": { example: { found: "2", known: 1 } },
  "lock-entry": { example: { entry: "linux.ram", what: "it stands twice" } },
};
