import { keywords } from "../parser/keywords.js";
import type { Parser } from "../parser/state.js";
import { TokenKind } from "../token.js";
import { atTypeName, leadsTypeName } from "./declarations.js";

/** Words before a type that also may follow one, as in `struct s { ... } static x;`. */
const eitherSide =
  /^(?:typedef|extern|static|auto|register|_Thread_local|__thread|_Noreturn|(?:__)?(?:inline|const|volatile|restrict)(?:__)?)$/;

/**
 * Whether the `;` behind the body of a struct, union or enum was left out: the body has just been read, and what
 * follows can only be another declaration, or an end.
 */
export function lacksSemicolon(parser: Parser): boolean {
  if (!/^[})]$/.test(parser.previous().text)) return false;
  if (parser.atEnd() || parser.at("}") || parser.at("_Static_assert")) return true;
  let distance = 0;
  while (eitherSide.test(parser.peek(distance).text)) distance++;
  const token = parser.peek(distance);
  if (!atTypeName(parser, token) || token.text.startsWith("__attribute")) return false;
  if (leadsTypeName(token)) return true;
  // the name of a type may be declared anew
  const next = parser.peek(distance + 1);
  return (next.kind === TokenKind.identifier && !keywords.has(next.text)) || next.text === "*";
}
