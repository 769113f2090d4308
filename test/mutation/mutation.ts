import type { ts } from "ts-morph";

/** What kind of mistake a mutant makes: the report counts by it. */
export type MutationKind =
  | "comparison"
  | "logic"
  | "negation"
  | "arithmetic"
  | "number"
  | "string"
  | "template"
  | "branch"
  | "boolean"
  | "statement"
  | "predicate"
  | "method"
  | "hit property"
  | "fallback"
  | "rule property";

/** An edit of the text of one file. */
export interface Edit {
  readonly kind: MutationKind;
  /** Offsets into the text of the file. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** The expression or statement that shows the edit best. */
  readonly around: ts.Node;
}

/** One change of one source, as it is shown, kept in lists and sent to the processes that judge it. */
export interface Mutation {
  readonly kind: MutationKind;
  /** From the root of the project, with slashes. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The line of the source without its indentation. */
  readonly lineText: string;
  /** `a < b` becomes `a <= b`, each cut off where it is long. */
  readonly before: string;
  readonly after: string;
}

export function mutated(text: string, { start, end, replacement }: Mutation): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** `a < b` → `a <= b`. */
export function changeText({ before, after }: Mutation): string {
  return after === "" ? `\`${before}\` removed` : `\`${before}\` -> \`${after}\``;
}
