import type { Word } from "../syntax/words.js";
import { isComment, type LaidWord } from "./layout.js";

/** What stands between the words of a line. */

/** A word in its canonical spelling: hexadecimal digits are small letters, comments end with what can be seen. */
export function spelled({ kind, text }: Word): string {
  switch (kind) {
    case "number":
      return /^0[xXbB]/.test(text) ? text.toLowerCase() : text;
    case "address":
      return text.toLowerCase();
    case "line-comment":
      return text.trimEnd();
    case "block-comment":
      return text.replaceAll(/\r\n?/g, "\n");
    default:
      return text;
  }
}

const tightBehind = ["(", "[", "."];
const tightBefore = [")", "]", ",", "."];

/** Whether a blank stands between two words of a statement. */
export function isApart(left: Word, right: Word): boolean {
  if (left.kind === "hyphen" || right.kind === "hyphen" || right.kind === "call") return false;
  if (isComment(left) || isComment(right)) return true;
  if (left.kind === "prefix" || left.kind === "call") return false;
  return !tightBehind.includes(left.text) && !tightBefore.includes(right.text);
}

/** Words on one line. */
export function joined(words: readonly Word[]): string {
  let text = "";
  for (const [index, word] of words.entries()) {
    const left = words[index - 1];
    if (left !== undefined && isApart(left, word)) text += " ";
    text += spelled(word);
  }
  return text;
}

/** In columns; longer lists are broken. */
export const longestLine = 110;
const hangingIndent = 4;

/**
 * Words of a statement on as many lines as they need, broken behind commas and before operators, and where comments
 * begin or end a line.
 *
 * @returns the lines without the indentation of the first one
 */
export function filled(words: readonly LaidWord[], indent: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  const finish = (): void => {
    if (line !== "") lines.push(lines.length === 0 ? line : " ".repeat(hangingIndent) + line);
    line = "";
  };
  for (const [index, piece] of piecesOf(words)) {
    const text = joined(piece);
    const left = words[index - 1];
    const gap = left !== undefined && isApart(left, piece[0]!) ? " " : "";
    const start = indent + (lines.length === 0 ? 0 : hangingIndent) + lastLine(line).length;
    if (piece[0]!.beginsLine || start + gap.length + firstLine(text).length > longestLine) finish();
    line += line === "" ? text : gap + text;
    if (piece.at(-1)!.kind === "line-comment") finish();
  }
  finish();
  return lines;
}

/** Parts of a statement between which a line may end, with the index of their first word. */
function piecesOf(words: readonly LaidWord[]): readonly (readonly [number, readonly LaidWord[]])[] {
  const pieces: [number, LaidWord[]][] = [];
  for (const [index, word] of words.entries()) {
    const last = words[index - 1];
    const isOperator = word.kind === "operator" || word.text === "?" || word.text === ":";
    const isFree =
      last === undefined || last.text === "," || last.kind === "line-comment" || word.beginsLine === true;
    if (isFree || isOperator) pieces.push([index, [word]]);
    else pieces.at(-1)![1].push(word);
  }
  return pieces;
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]!;
}
