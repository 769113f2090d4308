import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { Span } from "../../support/span.js";
import { spanOf, TokenKind } from "../token.js";
import { messages } from "./messages.js";
import type { PpToken } from "./pp-token.js";

/** What stands at one place of a macro's body. */
export const ItemKind = {
  token: 0,
  parameter: 1,
  /** `#parameter` */
  stringified: 2,
  /** `__VA_OPT__(` */
  optionalStart: 3,
  /** `#__VA_OPT__(` */
  stringifiedOptionalStart: 4,
  /** The `)` of `__VA_OPT__(` */
  optionalEnd: 5,
} as const;
export type ItemKind = (typeof ItemKind)[keyof typeof ItemKind];

export interface BodyItem {
  readonly kind: ItemKind;
  readonly token: PpToken;
  /** For parameters: which one, from 0. */
  readonly parameter: number;
  /** `##` follows. */
  readonly pasteLeft: boolean;
}

/** Macros whose text is made at each use. `operator`s have a meaning only in `#if`, and are not replaced elsewhere. */
export type Builtin =
  | "file"
  | "fileName"
  | "line"
  | "counter"
  | "includeLevel"
  | "baseFile"
  | "time"
  | "pragma"
  | "operator";

export interface Macro {
  readonly name: string;
  /** The name in its `#define`; null for predefined macros and those of the command line. */
  readonly definition: Span | null;
  /** Null for an object-like macro. The variable part of a variadic macro is its last parameter. */
  readonly parameters: readonly string[] | null;
  readonly variadic: boolean;
  readonly body: readonly BodyItem[];
  /** The only token of an object-like macro that needs no further look, e.g. a number; a shortcut. */
  readonly constant: PpToken | null;
  readonly builtin: Builtin | null;
  /** It is being expanded: its name is not expanded again. Always false between two runs. */
  disabled: boolean;
}

export interface Definition {
  /** Undefined where the definition is in error. */
  readonly macro: Macro | undefined;
  readonly problems: readonly Diagnostic[];
}

export function builtinMacro(name: string, builtin: Builtin): Macro {
  return {
    name,
    definition: null,
    parameters: null,
    variadic: false,
    body: [],
    constant: null,
    builtin,
    disabled: false,
  };
}

class DefinitionError extends Error {
  constructor(
    message: string,
    readonly token: PpToken,
  ) {
    super(message);
  }
}

/**
 * Parses what stands behind `#define`.
 *
 * @param tokens the name, the parameters and the body
 * @param place whether the definition has a place that a note can show; false for the command line
 */
export function parseDefinition(name: PpToken, tokens: readonly PpToken[], place: boolean): Definition {
  const problems: Diagnostic[] = [];
  const warn = (problem: string, token: PpToken): void => {
    problems.push(messages["c-macro-definition-warning"]({ problem }, at(spanOf(token))));
  };
  try {
    const next = tokens[1];
    const functionLike = next?.text === "(" && !next.spaceBefore;
    const head = functionLike ? parseParameters(name, tokens) : null;
    const bodyStart = head?.end ?? 1;
    if (!functionLike && next !== undefined && !next.spaceBefore) {
      warn(`white space is missing after the macro name "${name.text}"`, next);
    }
    const parameters = head?.parameters ?? null;
    const variadic = head?.variadic ?? false;
    const body =
      parameters === null
        ? objectBody(tokens, bodyStart)
        : functionBody(tokens, bodyStart, parameters, variadic, warn);
    // white space before the text is no part of it
    if (body.length > 0) body[0] = { ...body[0]!, token: body[0]!.token.withoutSpace() };
    const first = parameters === null && body.length === 1 ? body[0]!.token : null;
    const macro: Macro = {
      name: name.text,
      definition: place ? spanOf(name) : null,
      parameters,
      variadic,
      body,
      constant: first !== null && first.kind !== TokenKind.identifier ? first : null,
      builtin: null,
      disabled: false,
    };
    return { macro, problems };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    problems.push(messages["c-macro-definition"]({ problem: error.message }, at(spanOf(error.token))));
    return { macro: undefined, problems };
  }
}

interface Head {
  readonly parameters: readonly string[];
  readonly variadic: boolean;
  /** Index of the first token of the body. */
  readonly end: number;
}

function parseParameters(name: PpToken, tokens: readonly PpToken[]): Head {
  const parameters: string[] = [];
  const seen = new Set<string>();
  let variadic = false;
  let index = 2;
  const fail = (problem: string): never => {
    throw new DefinitionError(problem, tokens[index] ?? tokens.at(-1) ?? name);
  };
  if (tokens[index]?.text === ")") return { parameters, variadic, end: index + 1 };
  for (;;) {
    const token = tokens[index];
    if (token?.text === "...") {
      variadic = true;
      parameters.push("__VA_ARGS__");
      index++;
    } else if (token?.kind === TokenKind.identifier) {
      if (token.text === "__VA_ARGS__") fail('"__VA_ARGS__" cannot be the name of a macro parameter');
      if (seen.has(token.text)) fail(`the macro parameter "${token.text}" is named twice`);
      seen.add(token.text);
      parameters.push(token.text);
      index++;
      if (tokens[index]?.text === "...") {
        variadic = true;
        index++;
      }
    } else fail("expected a parameter name in the parameter list of a macro");
    const separator = tokens[index]?.text;
    index++;
    if (separator === ")") return { parameters, variadic, end: index };
    if (separator !== "," || variadic) {
      index--;
      fail(`expected ${variadic ? '")"' : '"," or ")"'} in the parameter list of a macro`);
    }
  }
}

function isPaste(token: PpToken | undefined): boolean {
  return token?.text === "##" || token?.text === "%:%:";
}

function isHash(token: PpToken): boolean {
  return token.text === "#" || token.text === "%:";
}

function refusePasteAtEdge(tokens: readonly PpToken[], start: number): void {
  const last = tokens.at(-1)!;
  const edge = isPaste(tokens[start]) ? tokens[start] : isPaste(last) ? last : undefined;
  if (edge !== undefined)
    throw new DefinitionError('"##" cannot stand at either end of a macro\'s text', edge);
}

/** Index of the first token at or after `index` that is no `##`. */
function skipPastes(tokens: readonly PpToken[], index: number): number {
  let next = index;
  while (isPaste(tokens[next])) next++;
  return next;
}

function objectBody(tokens: readonly PpToken[], start: number): BodyItem[] {
  if (tokens.length > start) refusePasteAtEdge(tokens, start);
  const items: BodyItem[] = [];
  for (let index = start; index < tokens.length; ) {
    const next = skipPastes(tokens, index + 1);
    items.push({
      kind: ItemKind.token,
      token: tokens[index]!,
      parameter: -1,
      pasteLeft: next > index + 1,
    });
    index = next;
  }
  return items;
}

function functionBody(
  tokens: readonly PpToken[],
  start: number,
  parameters: readonly string[],
  variadic: boolean,
  warn: (problem: string, token: PpToken) => void,
): BodyItem[] {
  if (tokens.length > start) refusePasteAtEdge(tokens, start);
  const numbers = new Map(parameters.map((name, index) => [name, index]));
  const items: BodyItem[] = [];
  const optional = new OptionalPart();
  let index = start;
  const add = (kind: ItemKind, token: PpToken, parameter: number): void => {
    const next = skipPastes(tokens, index + 1);
    items.push({ kind, token, parameter, pasteLeft: next > index + 1 });
    index = next;
  };
  while (index < tokens.length) {
    const token = tokens[index]!;
    const operand = tokens[index + 1];
    if (variadic && token.text === "__VA_OPT__") {
      index = optional.open(tokens, index);
      items.push({ kind: ItemKind.optionalStart, token, parameter: -1, pasteLeft: false });
    } else if (optional.closes(token, tokens[index - 1]!)) add(ItemKind.optionalEnd, token, -1);
    else if (isHash(token)) {
      if (variadic && operand?.text === "__VA_OPT__") {
        index = optional.open(tokens, index + 1);
        items.push({ kind: ItemKind.stringifiedOptionalStart, token, parameter: -1, pasteLeft: false });
        continue;
      }
      const parameter = operand?.kind === TokenKind.identifier ? numbers.get(operand.text) : undefined;
      if (parameter === undefined) {
        throw new DefinitionError('"#" is not followed by a macro parameter', operand ?? token);
      }
      index++;
      add(ItemKind.stringified, token, parameter);
    } else {
      const parameter = token.kind === TokenKind.identifier ? numbers.get(token.text) : undefined;
      if (parameter !== undefined) add(ItemKind.parameter, token, parameter);
      else {
        if (token.text === "__VA_ARGS__") {
          warn('"__VA_ARGS__" has a meaning only in a macro whose parameters end in "..."', token);
        }
        add(ItemKind.token, token, -1);
      }
    }
  }
  optional.finish();
  return items;
}

/** Follows one `__VA_OPT__( ... )` of a body. */
class OptionalPart {
  private start: PpToken | null = null;
  private depth = 0;

  /** @returns the index behind the opening parenthesis */
  open(tokens: readonly PpToken[], index: number): number {
    const name = tokens[index]!;
    if (this.start !== null) throw new DefinitionError("__VA_OPT__ may not appear in a __VA_OPT__", name);
    if (tokens[index + 1]?.text !== "(") {
      throw new DefinitionError('"__VA_OPT__" must be followed by "("', name);
    }
    const first = tokens[index + 2];
    if (first !== undefined && isPaste(first)) {
      throw new DefinitionError('"##" cannot stand at either end of __VA_OPT__', first);
    }
    this.start = name;
    this.depth = 1;
    return index + 2;
  }

  /** Whether `token` is the parenthesis that ends the part. */
  closes(token: PpToken, before: PpToken): boolean {
    if (this.start === null) return false;
    if (token.text === "(") this.depth++;
    if (token.text !== ")") return false;
    this.depth--;
    if (this.depth > 0) return false;
    if (isPaste(before)) throw new DefinitionError('"##" cannot stand at either end of __VA_OPT__', before);
    this.start = null;
    return true;
  }

  finish(): void {
    if (this.start !== null) throw new DefinitionError('"__VA_OPT__(" is never closed', this.start);
  }
}

/** Whether a second definition says the same as the first, so that it is legal (C17 6.10.3). */
export function sameDefinition(a: Macro, b: Macro): boolean {
  if (a === b) return true;
  if (a.builtin !== b.builtin || a.variadic !== b.variadic || a.body.length !== b.body.length) return false;
  if (a.parameters === null || b.parameters === null) {
    if (a.parameters !== b.parameters) return false;
  } else if (
    a.parameters.length !== b.parameters.length ||
    a.parameters.some((name, index) => name !== b.parameters![index])
  ) {
    return false;
  }
  return a.body.every((item, index) => {
    const other = b.body[index]!;
    return (
      item.kind === other.kind &&
      item.token.text === other.token.text &&
      item.parameter === other.parameter &&
      item.pasteLeft === other.pasteLeft &&
      item.token.spaceBefore === other.token.spaceBefore
    );
  });
}
