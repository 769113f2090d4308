import { printable } from "../diagnostics/render-text.js";

/** One line about a file that was written: whatever its name holds, it is one line and no command to the terminal. */
export function outputLine(file: string, facts = ""): string {
  return `${printable(file)}${facts === "" ? "" : `  ${facts}`}\n`;
}
