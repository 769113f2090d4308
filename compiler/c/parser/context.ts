import type { Span } from "../../support/span.js";
import type { CompileCOptions } from "../unit.js";

/** A macro as the parser sees it: a name that a misspelt one may have meant. */
interface NamedMacro {
  /** Null for an object-like macro. */
  readonly parameters: readonly string[] | null;
  /** Null for predefined macros and those of the command line. */
  readonly definition: Span | null;
}

/** What the parser knows of the preprocessing that made its tokens, for the sake of its messages. */
export interface UnitContext extends Pick<CompileCOptions, "explainMember" | "explainConstant"> {
  /** False where preprocessing ended early: what seems missing at the end is then no mistake of the user. */
  readonly complete: boolean;
  readonly macros: Iterable<readonly [string, NamedMacro]> & {
    readonly get: (name: string) => NamedMacro | undefined;
  };
  /** Macros with a call that could not be expanded, which was reported: the bare name stands in its place. */
  readonly failedCalls: ReadonlySet<string>;
  /** Some `cell-config.h` was read. */
  readonly hasConfigHeader: boolean;
}

export const plainContext: UnitContext = {
  complete: true,
  macros: new Map(),
  failedCalls: new Set(),
  hasConfigHeader: true,
};
