import { cMessages, placeOf, showToken } from "../parser/messages.js";
import type { OpenList } from "../parser/open-braces.js";
import { indentationOf } from "../parser/places.js";
import type { Parser } from "../parser/state.js";
import { type Token, TokenKind } from "../token.js";
import { type CType, type RecordType, showType } from "../types/types.js";
import type { Frame } from "./frames.js";

/**
 * Braces that are missing or too many. C itself notices only at the semicolon; what is in the lists, how the lines are
 * indented, and whether there are as many closing braces as opening ones tell much earlier where the mistake is.
 */

function recordWith(type: CType, name: string): RecordType | null {
  return type.kind === "record" && type.definition.names.has(name) ? type : null;
}

/** The member that `type` lacks and that a list further out has: how many lists out that is. 0: nowhere. */
function outerListWith(lists: readonly OpenList[], name: string): number {
  for (let out = 0; out < lists.length; out++) {
    const list = lists[lists.length - 1 - out]!;
    if (recordWith(list.type, name) !== null) return out;
    if (list.isRoot) return 0;
  }
  return 0;
}

/**
 * Whether the innermost list ends before the current token though its brace is missing. That is reported, and
 * `braces.closingTo` says which list goes on. A brace too many before it ends the reading of the whole initialiser.
 */
export function endsHere(parser: Parser): boolean {
  const { lists } = parser.braces;
  const list = lists.at(-1)!;
  const { text } = parser.token;
  if (text === ".") {
    const name = parser.peek();
    if (recordWith(list.type, name.text) !== null) return false;
    const out = outerListWith(lists, name.text);
    if (out > 0 && parser.braces.missing() > 0) return closeLists(parser, out, `\`.${name.text}\``);
    const isKnown = out > 0 || hasElementWith(list.type, name.text);
    if (!isKnown && parser.braces.missing() < 0) abandonAtStrayBrace(parser);
    return false;
  }
  if (text !== "{" || list.isRoot || list.type.kind !== "record") return false;
  const outer = lists.at(-2)!.type;
  const isSibling =
    outer.kind === "array" &&
    outer.element.kind === "record" &&
    outer.element.definition === list.type.definition;
  if (!isSibling || parser.braces.missing() <= 0) return false;
  const opening = indentationOf(list.open);
  const here = indentationOf(parser.token);
  if (here.line === opening.line || here.indentation > opening.indentation) return false;
  return closeLists(parser, 1, "the next `{`");
}

function closeLists(parser: Parser, out: number, found: string): true {
  const { braces } = parser;
  const ending = braces.lists.slice(braces.lists.length - out);
  const isSaid = ending.some(({ isImplied }) => isImplied);
  const open = braces.suspectOpening(parser.mark()) ?? braces.lists.at(-1)!.open;
  if (!isSaid) {
    parser.report(
      cMessages["c-probably-unclosed"]({ found }, placeOf(open), {
        secondary: [{ place: placeOf(parser.token), text: "the `}` is missing before this" }],
      }),
    );
  }
  for (let closed = 0; closed < out; closed++) braces.assume(-1);
  braces.closingTo = braces.lists.length - out;
  return true;
}

/** Whether the next element of the array is a struct that has the member: its own braces are missing. */
export function elementWith(frame: Frame, name: Token): boolean {
  return !frame.isExhausted() && hasElementWith(frame.type, name.text);
}

function hasElementWith(type: CType, name: string): boolean {
  return type.kind === "array" && recordWith(type.element, name) !== null;
}

/** A brace that closed too much makes what follows land in the wrong struct: then no more is said of it. */
function abandonAtStrayBrace(parser: Parser): void {
  const closing = parser.braces.suspectClosing(parser.mark());
  if (closing === null) return;
  parser.report(cMessages["c-stray-brace"]({ close: "}", open: "{" }, placeOf(closing)));
  skipToSemicolon(parser);
  parser.failSilently();
}

/** Goes to the semicolon that ends the declaration, whatever the braces before it say. */
export function skipToSemicolon(parser: Parser): void {
  let depth = parser.braces.lists.length;
  while (!parser.atEnd()) {
    const { text } = parser.token;
    if (text === "{") depth++;
    else if (text === "}") depth = Math.max(0, depth - 1);
    else if (text === ";" && (depth === 0 || !parser.atStraySemicolon())) return;
    parser.advance();
  }
}

/** At a semicolon or the end of the file within a list. */
export function failUnclosed(parser: Parser, open: Token): never {
  const suspect = parser.braces.suspectOpening(parser.mark());
  if (suspect === null) return parser.fail(cMessages["c-unclosed"]({ open: "{" }, placeOf(open)));
  return parser.fail(cMessages["c-probably-unclosed"]({ found: null }, placeOf(suspect)));
}

/** Reports that a list stands where each element should have one of its own. */
export function reportMissingBraces(parser: Parser, type: CType, open: Token): void {
  const args = { type: showType(type), name: parser.peek().text };
  parser.report(
    cMessages["c-missing-braces"](args, placeOf(open), {
      secondary: [{ place: placeOf(parser.token), text: "" }],
    }),
  );
}

/**
 * The initialiser of an object has ended, but its declaration has not: true if a brace is to blame, which was reported;
 * the rest up to the semicolon was then skipped.
 */
export function endedTooEarly(parser: Parser, name: string): boolean {
  if (parser.previous().text !== "}") return false;
  const behindComma = parser.at(",") ? parser.peek() : parser.token;
  if (behindComma.text === "}") {
    const stray = parser.braces.suspectClosing(parser.mark()) ?? behindComma;
    parser.report(cMessages["c-stray-brace"]({ close: "}", open: "{" }, placeOf(stray)));
  } else if ([".", "{", "["].includes(behindComma.text)) {
    const stray = parser.braces.suspectClosing(parser.mark());
    const last = parser.previous();
    const found =
      behindComma.text === "." ? `\`.${parser.peek(parser.at(",") ? 2 : 1).text}\`` : showToken(behindComma);
    parser.report(
      stray === null || stray === last
        ? cMessages["c-list-ends-early"]({ name, found }, placeOf(last), {
            secondary: [{ place: placeOf(behindComma), text: "" }],
          })
        : cMessages["c-stray-brace"]({ close: "}", open: "{" }, placeOf(stray)),
    );
  } else return false;
  skipToSemicolon(parser);
  return true;
}

/** Whether the token can be the first of an element of a list. */
export function startsElement(parser: Parser): boolean {
  const { kind, text } = parser.token;
  if (kind === TokenKind.other) return false;
  return kind !== TokenKind.punctuator || [".", "[", "{", "(", "-", "~", "!"].includes(text);
}

/** A `;` that can only be meant as a comma stays for what follows to take; any other ends the list. */
export function passSemicolon(parser: Parser, open: Token): void {
  if (!parser.atStraySemicolon()) failUnclosed(parser, open);
  parser.report(cMessages["c-expected"]({ wanted: "`,`", found: "`;`" }, placeOf(parser.token)));
  parser.advance();
}
