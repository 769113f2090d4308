import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { Span } from "../../support/span.js";
import { TokenKind } from "../token.js";
import type { Macro } from "./macro.js";
import type { MacroTable } from "./macro-table.js";
import { messages } from "./messages.js";
import type { PpToken } from "./pp-token.js";

/** What a pragma can change. */
export interface PragmaTarget {
  readonly macros: MacroTable;
  /** `push_macro`: for each name, the definitions put aside. */
  readonly pushed: Map<string, (Macro | undefined)[]>;
  /** `#pragma once` */
  readonly once: () => void;
  readonly report: Report;
}

/** Pragmas that change the layout of structs: to ignore one would give other bytes than gcc's. */
const refused: ReadonlySet<string> = new Set([
  "pack",
  "scalar_storage_order",
  "ms_struct",
  "options",
  "align",
]);

/** Executes a pragma. Those that touch neither bytes nor macros are ignored, unknown ones too, as gcc does. */
export function executePragma(tokens: readonly PpToken[], place: Span, target: PragmaTarget): void {
  const name = tokens[0]?.text ?? "";
  const second = tokens[1]?.text ?? "";
  if (refused.has(name)) target.report(messages["c-unsupported-pragma"]({ name }, at(place)));
  else if (name === "once") target.once();
  else if (name === "push_macro" || name === "pop_macro") stackMacro(name, tokens, place, target);
  else if (name === "GCC" && (second === "error" || second === "warning")) {
    const text = tokens
      .slice(2)
      .filter((token) => token.kind === TokenKind.string)
      .map((token) => token.text.slice(1, -1))
      .join("");
    target.report(
      messages[second === "error" ? "c-error-directive" : "c-warning-directive"]({ text }, at(place)),
    );
  }
}

function stackMacro(
  pragma: "push_macro" | "pop_macro",
  tokens: readonly PpToken[],
  place: Span,
  { macros, pushed, report }: PragmaTarget,
): void {
  const [, open, text, close] = tokens;
  const name = text?.text.slice(1, -1) ?? "";
  if (
    open?.text !== "(" ||
    text?.kind !== TokenKind.string ||
    close?.text !== ")" ||
    !/^[\w$]+$/.test(name)
  ) {
    report(messages["c-malformed-pragma"]({ problem: `${pragma} needs a macro name in quotes` }, at(place)));
    return;
  }
  const stack = pushed.get(name) ?? [];
  if (pragma === "push_macro") {
    stack.push(macros.get(name));
    pushed.set(name, stack);
  } else if (stack.length > 0) {
    const macro = stack.pop();
    if (macro === undefined) macros.delete(name);
    else macros.set(name, macro);
  }
}

/** The text that `_Pragma("...")` stands for (C17 6.10.9). */
export function destringize(text: string): string {
  return text.slice(text.indexOf('"') + 1, -1).replace(/\\([\\"])/g, "$1");
}
