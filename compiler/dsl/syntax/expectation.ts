import type { IParserErrorMessageProvider, TokenType } from "chevrotain";
import { Name, RBrace } from "./tokens.js";

/** What the parser wanted where it stopped, in words; it becomes the argument of a finding. */
export const expectation: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => nameOf(expected),
  buildNotAllInputParsedMessage: () => "the end of the line",
  buildNoViableAltMessage: () => "a value",
  buildEarlyExitMessage: ({ ruleName }) => (ruleName === "path" ? "a name" : "a value"),
};

function nameOf(token: TokenType): string {
  if (token === Name) return "a name";
  if (token === RBrace) return "`;`, `}` or a new line";
  return token.LABEL === undefined ? "a value" : `\`${token.LABEL.slice(1, -1)}\``;
}
