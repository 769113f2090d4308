import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { spanOf, TokenKind } from "../token.js";
import { IncludeError, type IncludeResolver } from "../unit.js";
import { ConditionError, evaluateCondition } from "./condition.js";
import { macroName, warnExtraTokens } from "./definitions.js";
import { type Directive, orphan } from "./directive.js";
import type { Expander } from "./expander.js";
import { type Frame, jump } from "./frame.js";
import { findHeader, headerNameOf } from "./include.js";
import { knownAttributes, knownBuiltins, plainAttribute } from "./known-names.js";
import { messages } from "./messages.js";
import { endOfInput, type PpToken } from "./pp-token.js";

export interface ConditionContext {
  readonly expander: Expander;
  readonly includes: IncludeResolver;
  readonly report: Report;
  readonly currentFile: () => SourceFile;
}

/** Whether the group behind `#if`, `#ifdef`, ... is to be read. An erroneous condition is false, as in gcc. */
export function conditionOf(directive: Directive, context: ConditionContext): boolean {
  const { expander, report } = context;
  if (directive.name === "if" || directive.name === "elif") return expression(directive, context);
  const name = macroName(directive, report);
  if (name === undefined) return false;
  warnExtraTokens(directive, report);
  const wanted = directive.name === "ifdef" || directive.name === "elifdef";
  return expander.macros.has(name.text) === wanted;
}

/** A group that is not taken ends: goes on in the first branch that is, or behind `#endif`. */
export function skipGroup(frame: Frame, opening: Directive, context: ConditionContext): void {
  let index = opening.next;
  for (;;) {
    const branch = jump(frame, index);
    if (branch === undefined) return;
    if (branch.name === "endif" || branch.name === "else") warnExtra(branch, context.report);
    if (branch.name === "endif") return;
    if (!branch.dead && (branch.name === "else" || conditionOf(branch, context))) return;
    index = branch.next;
  }
}

/** A group that was taken ends at one of its other branches: goes on behind `#endif`. */
export function endGroup(frame: Frame, directive: Directive, report: Report): void {
  warnExtra(directive, report);
  if (directive.name === "endif" || directive.next === orphan) return;
  let index = directive.next;
  for (;;) {
    const branch = jump(frame, index);
    if (branch === undefined || branch.name === "endif") return;
    index = branch.next;
  }
}

function warnExtra({ name, tokens }: Directive, report: Report): void {
  if ((name === "else" || name === "endif") && tokens.length > 0) {
    report(messages["c-extra-tokens"]({ name }, at(spanOf(tokens[0]!))));
  }
}

function expression(directive: Directive, context: ConditionContext): boolean {
  const { expander, report } = context;
  const { name } = directive;
  const place = (token: PpToken) =>
    token === endOfInput ? at(spanOf(directive.nameToken!)) : at(spanOf(token), token.expansion);
  return expander.withLine(directive.tokens, (next) => {
    try {
      return evaluateCondition({
        next,
        isDefined: (macro) => expander.macros.has(macro),
        operator: (token) => operator(token, next, context),
        fail: (problem, token) => report(messages["c-condition"]({ name, problem }, place(token))),
        warn: (problem, token) => report(messages["c-condition-warning"]({ name, problem }, place(token))),
      });
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error;
      report(messages["c-condition"]({ name, problem: error.message }, place(error.token)));
      return false;
    }
  });
}

/** `__has_include(...)` and its kin. */
function operator(
  token: PpToken,
  next: (raw: boolean) => PpToken,
  context: ConditionContext,
): bigint | undefined {
  const { text } = token;
  if (!text.startsWith("__has_") || context.expander.macros.get(text)?.builtin !== "operator")
    return undefined;
  if (next(false).text !== "(") throw new ConditionError(`missing "(" after "${text}"`, token);
  const value = text.startsWith("__has_include") ? hasInclude(token, next, context) : hasName(token, next);
  if (next(false).text !== ")") throw new ConditionError(`missing ")" after "${text}"`, token);
  return value ? 1n : 0n;
}

function hasInclude(token: PpToken, next: (raw: boolean) => PpToken, context: ConditionContext): boolean {
  const header = headerNameOf(() => next(false));
  if (header === undefined) throw new ConditionError(`"${token.text}" needs "FILE" or <FILE>`, token);
  if (token.text === "__has_include_next") {
    throw new ConditionError('"__has_include_next" is not supported', token);
  }
  try {
    return findHeader(context.includes, header, context.currentFile()) !== undefined;
  } catch (error) {
    if (error instanceof IncludeError) return false;
    throw error;
  }
}

function hasName(token: PpToken, next: (raw: boolean) => PpToken): boolean {
  const name = next(true);
  if (name.kind !== TokenKind.identifier) throw new ConditionError(`"${token.text}" needs a name`, token);
  if (token.text === "__has_builtin") return knownBuiltins.has(name.text);
  if (token.text === "__has_attribute") return knownAttributes.has(plainAttribute(name.text));
  // the operators of C++ and C23 attributes also take "vendor::name"; none of these is read here
  return false;
}
