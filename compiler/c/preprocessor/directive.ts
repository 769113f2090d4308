import { at, type SourcePlace } from "../../diagnostics/diagnostic.js";
import { spanOf } from "../token.js";
import type { Definition } from "./macro.js";
import type { PpToken } from "./pp-token.js";

/** A header's name as written behind `#include`, where no macro is involved. */
export interface HeaderName {
  readonly name: string;
  readonly form: "angled" | "quoted";
}

/** One `#` line of a file. */
export interface Directive {
  /** The word behind `#`; "" for the null directive, "line" also for gcc's line markers (`# 1 "file"`). */
  readonly name: string;
  /** How many text tokens of the file stand before it. */
  readonly at: number;
  readonly hash: PpToken;
  readonly nameToken: PpToken | null;
  /** What follows the name. */
  readonly tokens: readonly PpToken[];
  /** For `#include` and its kin. */
  readonly header: HeaderName | null;
  /** Index of the next directive of the same `#if` group; -1 for none; `orphan` for one that belongs to no `#if`. */
  next: number;
  /** For `#else` and what wrongly follows it: whether this branch can be taken at all. */
  dead: boolean;
  /** For `#define`: what it says, parsed at its first use. */
  definition: Definition | null;
}

export const orphan = -2;

export const conditionalOpenings: ReadonlySet<string> = new Set(["if", "ifdef", "ifndef"]);
export const conditionalBranches: ReadonlySet<string> = new Set(["elif", "elifdef", "elifndef", "else"]);

/** From the `#` to the last token of the line. */
export function lineOf(directive: Directive): SourcePlace {
  const { hash, nameToken, tokens } = directive;
  const last = tokens.at(-1) ?? nameToken ?? hash;
  return at({ file: hash.file, start: hash.start, end: last.end });
}

/** The directive's name, or its `#`. */
export function nameOf(directive: Directive): SourcePlace {
  return at(spanOf(directive.nameToken ?? directive.hash));
}

/** What follows the name, as text. */
export function restOfLine(directive: Directive): string {
  return directive.tokens
    .map((token, index) => (index > 0 && token.spaceBefore ? " " : "") + token.text)
    .join("");
}
