import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import { SourceFile } from "../../support/source.js";
import type { MacroOption } from "../target.js";
import { spanOf, TokenKind } from "../token.js";
import type { Directive } from "./directive.js";
import { lexUncached } from "./lexer.js";
import { type Macro, parseDefinition, sameDefinition } from "./macro.js";
import type { MacroTable } from "./macro-table.js";
import { messages } from "./messages.js";
import type { PpToken } from "./pp-token.js";

/** `#define` and `#undef`, and their like on the command line. */

const reserved: ReadonlySet<string> = new Set(["defined", "__VA_ARGS__", "__VA_OPT__"]);

function isMacroName(token: PpToken): boolean {
  return token.kind === TokenKind.identifier && !reserved.has(token.text);
}

/** The macro name that a directive must start with; reports where there is none. */
export function macroName(directive: Directive, report: Report): PpToken | undefined {
  const token = directive.tokens[0];
  if (token !== undefined && isMacroName(token)) return token;
  const place = at(spanOf(token ?? directive.nameToken!));
  report(messages["c-macro-name-expected"]({ directive: directive.name, found: token?.text ?? "" }, place));
  return undefined;
}

export function warnExtraTokens(directive: Directive, report: Report): void {
  const extra = directive.tokens[1];
  if (extra !== undefined) report(messages["c-extra-tokens"]({ name: directive.name }, at(spanOf(extra))));
}

export function defineMacro(macros: MacroTable, directive: Directive, report: Report): void {
  if (directive.definition === null) {
    const name = macroName(directive, report);
    if (name === undefined) return;
    directive.definition = parseDefinition(name, directive.tokens, true);
  }
  const { macro, problems } = directive.definition;
  for (const problem of problems) report(problem);
  if (macro !== undefined) setMacro(macros, macro, report);
}

function setMacro(macros: MacroTable, macro: Macro, report: Report): void {
  const { name } = macro;
  const previous = macros.get(name);
  if (previous !== undefined && previous !== macro && !sameDefinition(previous, macro)) {
    const place = macro.definition === null ? undefined : at(macro.definition);
    if (previous.builtin !== null) {
      report(messages["c-builtin-macro-changed"]({ name, what: "redefined" }, place));
    } else {
      const secondary =
        previous.definition === null
          ? []
          : [{ place: at(previous.definition), text: "the first definition" }];
      report(messages["c-macro-redefined"]({ name }, place, { secondary }));
    }
  }
  // a macro can be defined anew while it is being expanded, by a directive within its arguments
  macro.disabled = false;
  macros.set(name, macro);
}

export function undefineMacro(macros: MacroTable, directive: Directive, report: Report): void {
  const name = macroName(directive, report);
  if (name === undefined) return;
  warnExtraTokens(directive, report);
  const macro = macros.get(name.text);
  if (macro?.builtin != null) {
    report(messages["c-builtin-macro-changed"]({ name: name.text, what: "undefined" }, at(spanOf(name))));
  }
  macros.delete(name.text);
}

/** `-D` and `-U` in their order: each is the directive that gcc makes of it, and so are its mistakes. */
export function defineCommandLine(macros: MacroTable, options: readonly MacroOption[], report: Report): void {
  for (const option of options) {
    const text = option.kind === "define" ? definitionText(option.text) : `undef ${option.name}`;
    // as in gcc the text ends at a line end, and no backslash before it goes on
    const source = new SourceFile("<command line>", `#${text.split("\n", 1)[0]}`, true);
    const { directives, problems } = lexUncached(source, text.length + 1);
    for (const problem of problems) report(problem);
    const directive = directives[0]!;
    const name = directive.tokens[0];
    if (name === undefined || !isMacroName(name)) {
      const given = option.kind === "define" ? option.text : option.name;
      report(messages["c-command-line-macro"]({ name: given }));
    } else if (option.kind === "undefine") {
      undefineMacro(macros, directive, report);
    } else {
      const definition = parseDefinition(name, directive.tokens, false);
      for (const problem of definition.problems) report(problem);
      if (definition.macro !== undefined) setMacro(macros, definition.macro, report);
    }
  }
}

/** The first `=` parts name and value, even one within parentheses; without one the value is 1. */
function definitionText(text: string): string {
  return `define ${text.includes("=") ? text.replace("=", " ") : `${text} 1`}`;
}
