import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { spanOf, type Token, TokenKind } from "../token.js";
import { cMessages, placeOf, quote } from "./messages.js";

/** Tokens that are wrong in themselves, however they came to be read: that is said instead of what was expected. */

/** What is wrong with the token, or undefined. Names with letters of any script are right where they are defined. */
export function oddTokenDiagnostic(token: Token): Diagnostic | undefined {
  const { kind } = token;
  if (kind === TokenKind.other) return otherToken(token) ?? oddCharacterIn(token);
  return kind === TokenKind.identifier || kind === TokenKind.number ? oddCharacterIn(token) : undefined;
}

function oddCharacterIn(token: Token): Diagnostic | undefined {
  for (let at = 0; at < token.text.length; ) {
    const code = token.text.codePointAt(at)!;
    const character = String.fromCodePoint(code);
    const like = code < 128 ? undefined : lookOf(code, character);
    if (like !== undefined) return oddCharacter(token, at, code, character, like);
    at += character.length;
  }
  return undefined;
}

function otherToken(token: Token): Diagnostic | undefined {
  const first = token.text[0];
  if (first === '"' || first === "'") {
    const what = first === '"' ? "string" : "character constant";
    return cMessages["c-unterminated-literal"]({ what }, placeOf(token));
  }
  const code = token.text.codePointAt(0) ?? 0;
  if (code < 0xdc80 || code > 0xdcff) return undefined;
  const byte = `0x${(code - 0xdc00).toString(16).toUpperCase()}`;
  const args = { text: "the text", code: `byte ${byte}`, looks: "which is not UTF-8" };
  return cMessages["c-odd-character"](args, placeOf(token), { help: "save the file as UTF-8" });
}

interface Look {
  readonly plain: string;
  readonly words: string;
}

function oddCharacter(token: Token, at: number, code: number, character: string, look: Look): Diagnostic {
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const text = /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(token.text) ? quote(token.text) : "the text";
  const start = token.start + at;
  const isPlain = token.end - token.start === token.text.length;
  const span = { ...spanOf(token), start, end: start + character.length };
  const title = look.plain === "" ? "remove it" : "replace it";
  return cMessages["c-odd-character"](
    { text, code: hex, looks: look.words },
    isPlain ? { kind: "source", span, expansion: token.expansion } : placeOf(token),
    isPlain && token.expansion === null ? { fixes: [{ title, edits: [{ span, newText: look.plain }] }] } : {},
  );
}

/** Pairs of a character and the ASCII one it is taken for: Cyrillic, Greek, typographic marks. */
const lookalikes: ReadonlyMap<string, string> = new Map(
  (
    "\u0430a \u0441c \u0435e \u0456i \u0458j \u043eo \u0440p \u0455s \u0445x \u0443y \u04bbh \u0501d " +
    "\u0410A \u0412B \u0421C \u0415E \u041dH \u0406I \u0408J \u041aK \u041cM \u041eO \u0420P \u0405S \u0422T \u0425X \u0423Y " +
    "\u0391A \u0392B \u0395E \u0396Z \u0397H \u0399I \u039aK \u039cM \u039dN \u039fO \u03a1P \u03a4T \u03a5Y \u03a7X \u03bfo \u03bdv " +
    '\u201c" \u201d" \u201e" \u2033" \u2018\' \u2019\' \u201a, \u2032\' \u2010- \u2011- \u2012- \u2013- \u2014- \u2212- \u00d7x \u037e; \u2215/'
  )
    .split(" ")
    .map((pair) => [pair[0]!, pair[1]!]),
);

function lookOf(code: number, character: string): Look | undefined {
  // the full-width forms of ASCII
  const plain =
    code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : lookalikes.get(character);
  if (plain !== undefined) return { plain, words: `which looks like \`${plain}\`` };
  if (code === 0xa0 || code === 0x202f) return { plain: " ", words: "a no-break space" };
  if ((code >= 0x2000 && code <= 0x200a) || code === 0x205f || code === 0x3000) {
    return { plain: " ", words: "a space that is none in C" };
  }
  const isInvisible =
    (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff || code === 0xad;
  return isInvisible ? { plain: "", words: "which is invisible" } : undefined;
}
