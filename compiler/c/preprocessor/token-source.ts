import type { Expansion } from "../../support/span.js";
import type { TokenKind } from "../token.js";
import type { Builtin } from "./macro.js";
import type { PpToken } from "./pp-token.js";

/** The file that is being read: where tokens come from when no macro has any left. */
export interface TokenSource {
  /** The next token outside macros; `endOfInput` at the end of the file. @param parenthesis stop at a directive */
  fileToken(parenthesis: boolean): PpToken;
  /** Gives back the token that `fileToken` returned last. */
  unreadFileToken(): void;
  /** Makes the text of a built-in macro. */
  builtinText(
    builtin: Builtin,
    use: PpToken,
    argumentsOf: readonly Expansion[],
  ): { kind: TokenKind; text: string };
  /** Executes `_Pragma("...")`. */
  pragma(operator: PpToken, text: PpToken): void;
}
