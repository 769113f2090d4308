import type { YAMLError } from "yaml";

/** What the library says of a text, unless it is advice to programmers or of any length. */
export function inOurWords({ code, message }: Pick<YAMLError, "code" | "message">): string {
  if (code === "MULTIPLE_DOCS") return "a second document begins here, and only one is read";
  return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}

/** In UTF-16 units; the library quotes what it does not understand. */
const longestMessage = 120;
