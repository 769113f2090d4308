import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { type Token, TokenKind } from "../token.js";
import { type CType, type RecordDefinition, type RecordType, showType } from "../types/types.js";
import { cMessages, placeOf } from "./messages.js";
import { oddTokenDiagnostic } from "./odd-tokens.js";
import type { Parser } from "./state.js";
import { didYouMean } from "./suggest.js";

/**
 * Names that mean nothing: what is said of them, and what may have been meant. One name is reported once, at its first
 * use: where a header lacks it, every use is the same mistake.
 */

/** An identifier in an expression that nothing defines. */
export function reportUnknownName(parser: Parser, token: Token): void {
  const { text: name } = token;
  if (isFollowUp(parser, token)) return;
  parser.reportOnce(`name ${name}`, () => {
    const help = callHelp(parser, name) ?? parser.context.explainConstant?.(name) ?? nameHelp(parser, name);
    return oddTokenDiagnostic(token) ?? unknown("c-unknown-name", name, token, help, usesOf(parser, token));
  });
}

/** A word that stands where only a type can. */
export function reportUnknownType(parser: Parser, token: Token): void {
  const { text: name } = token;
  if (isFollowUp(parser, token)) return;
  if (/^(?:__)?[us](?:8|16|32|64)$/.test(name)) {
    // one header gives all of them
    const help = "#include <jailhouse/types.h>";
    parser.reportOnce("integer types", () => unknown("c-unknown-type", name, token, help, {}));
    return;
  }
  parser.reportOnce(`type ${name}`, () => {
    const help = callHelp(parser, name) ?? didYouMean(name, parser.namesOf("typedef"));
    return oddTokenDiagnostic(token) ?? unknown("c-unknown-type", name, token, help, usesOf(parser, token));
  });
}

/** What is wrong was reported at the macro's call, or with the missing header. */
function isFollowUp(parser: Parser, token: Token): boolean {
  return parser.context.failedCalls.has(token.text) || parser.hasSaid(missingConfigHeader);
}

function unknown(
  id: "c-unknown-name" | "c-unknown-type",
  name: string,
  token: Token,
  help: string | undefined,
  uses: Uses,
): Diagnostic {
  return cMessages[id]({ name }, placeOf(token), { ...uses, ...(help === undefined ? {} : { help }) });
}

function callHelp(parser: Parser, name: string): string | undefined {
  const parameters = parser.context.macros.get(name)?.parameters ?? null;
  return parameters === null
    ? undefined
    : `\`${name}\` is a macro: write \`${name}(${parameters.join(", ")})\``;
}

function nameHelp(parser: Parser, name: string): string | undefined {
  return didYouMean(name, candidateNames(parser, name));
}

/** Macros, enum constants and objects; predefined macros only where one of their kind was written. */
function* candidateNames(parser: Parser, name: string): Iterable<string> {
  for (const [macro, { definition }] of parser.context.macros) {
    if (definition !== null || macro.startsWith("_") === name.startsWith("_")) {
      if (macro !== "linux" && macro !== "unix") yield macro;
    }
  }
  yield* parser.namesOf("enumerator", "object");
}

interface Uses {
  readonly notes?: readonly [{ readonly message: string }];
}

/** How often the name is used again, so that one report is not taken for one use. */
function usesOf(parser: Parser, token: Token): Uses {
  const count = parser.countAhead(({ kind, text }) => kind === TokenKind.identifier && text === token.text);
  if (count === 0) return {};
  return { notes: [{ message: `it is used ${count === 1 ? "once" : `${count} times`} more below` }] };
}

/** A member that the struct or union does not have. */
export function reportUnknownMember(parser: Parser, type: RecordType, token: Token): void {
  const { text: name } = token;
  const shown = showType(type);
  const report = (): Diagnostic => {
    const { tag, names } = type.definition;
    const within = pathWithin(type.definition, name);
    const help =
      (within === undefined ? undefined : `did you mean \`.${within}\`?`) ??
      parser.context.explainMember?.(tag, name) ??
      didYouMean(name, names.keys());
    const details = { ...usesOf(parser, token), ...(help === undefined ? {} : { help }) };
    const args = { type: shown, name };
    return oddTokenDiagnostic(token) ?? cMessages["c-unknown-member"](args, placeOf(token), details);
  };
  parser.reportOnce(name, report, type.definition);
}

/** Enough for every real struct, little enough for one that is made to take long. */
const mostStructs = 500;

/** Where a struct within the struct has the member: `x86.pm_timer_address`. Revisions moved members about. */
function pathWithin(definition: RecordDefinition, name: string): string | undefined {
  const found: string[] = [];
  const waiting: { readonly path: string; readonly definition: RecordDefinition }[] = [
    { path: "", definition },
  ];
  for (const { path, definition: outer } of waiting) {
    for (const member of outer.members) {
      if (waiting.length > mostStructs) return undefined;
      if (member.type.kind !== "record" || member.name === null) continue;
      const inner = { path: `${path}${member.name}.`, definition: member.type.definition };
      if (inner.definition.names.has(name)) found.push(`${inner.path}${name}`);
      waiting.push(inner);
    }
  }
  // of several, none is more likely than the others
  return found.length === 1 ? found[0] : undefined;
}

const missingConfigHeader = "missing cell-config.h";

/** A type of which no size is known. Without the header of all configs, that is the one thing to say. */
export function reportIncomplete(parser: Parser, type: CType, token: Token): void {
  const shown = showType(type);
  const place = placeOf(token);
  let element = type;
  while (element.kind === "array") element = element.element;
  const tag = element.kind === "record" ? element.definition.tag : null;
  if (element.kind === "record" && tag !== null) {
    if (tag.startsWith("jailhouse_") && !parser.context.hasConfigHeader) {
      const help = "#include <jailhouse/cell-config.h>";
      parser.reportOnce(missingConfigHeader, () =>
        cMessages["c-incomplete-type"]({ type: shown }, place, { help }),
      );
      return;
    }
    const { kind } = element.definition;
    const help = didYouMean(tag, parser.completeTags(kind), `${kind} `);
    if (help !== undefined) {
      parser.reportOnce(`tag ${tag}`, () => cMessages["c-incomplete-type"]({ type: shown }, place, { help }));
      return;
    }
  }
  parser.report(cMessages["c-incomplete-type"]({ type: shown }, place));
}
