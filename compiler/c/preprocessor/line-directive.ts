import type { Report } from "../../diagnostics/diagnostic.js";
import { parseString } from "../literal.js";
import { TokenKind } from "../token.js";
import { type Directive, lineOf } from "./directive.js";
import type { Expander } from "./expander.js";
import type { Frame } from "./frame.js";
import { messages } from "./messages.js";
import { endOfInput, type PpToken } from "./pp-token.js";

/** Executes `#line`, or a line marker of gcc. */
export function applyLine(frame: Frame, directive: Directive, expander: Expander, report: Report): void {
  const parsed = expander.withLine(directive.tokens, (next) => parseLineDirective(() => next(false)));
  if ("problem" in parsed) {
    report(messages["c-line-directive"]({ problem: parsed.problem }, lineOf(directive)));
    return;
  }
  const last = directive.tokens.at(-1) ?? directive.hash;
  frame.lineShift = parsed.line - (frame.file.position(last.end).line + 1);
  if (parsed.name !== undefined) frame.presumedName = parsed.name;
}

/** What `#line` (or gcc's line marker) says: the number of the next line, and the file's name if given. */
function parseLineDirective(
  next: () => PpToken,
): { readonly line: number; readonly name: string | undefined } | { readonly problem: string } {
  const tokens: PpToken[] = [];
  for (let token = next(); token !== endOfInput; token = next()) tokens.push(token);
  const [number, name] = tokens;
  // a digit sequence is decimal here even if it begins with 0 (C17 6.10.4)
  if (number === undefined || !/^[0-9]+$/.test(number.text)) return { problem: "a line number is needed" };
  const line = Number(number.text);
  if (line > 2_147_483_647) return { problem: "line number out of range" };
  if (name === undefined) return { line, name: undefined };
  const literal = name.kind === TokenKind.string ? parseString(name.text) : { error: "" };
  if ("error" in literal) return { problem: "a file name in quotes is needed" };
  return { line, name: name.text.slice(1, -1).replace(/\\([\\"])/g, "$1") };
}
