import type { Scope } from "./scope.js";

/**
 * Rewrites a text without changing what it means: comments for blanks, line continuations anywhere, carriage
 * returns, form feeds.
 */
export function withNoise(scope: Scope, text: string): string {
  const { choices } = scope;
  let result = text;
  if (choices.chance(30)) result = withComments(scope, result);
  if (choices.chance(25)) result = withContinuations(scope, result);
  return result;
}

const comments: readonly string[] = [
  "/* comment */",
  "/**/",
  "/* two\n lines */",
  "/* \"quoted ' */",
  "/* // /* */",
  " /***/ ",
  "\t",
  " \f ",
  "/*\\\n*/",
];

function withComments(scope: Scope, text: string): string {
  const { choices } = scope;
  const blanks = blanksOutsideLiterals(text);
  if (blanks.length === 0) return text;
  scope.use("comment");
  const places = new Set(choices.list(1, 12, () => choices.pick(blanks)));
  let result = "";
  for (const [index, character] of [...chars(text)].entries()) {
    if (!places.has(index)) result += character;
    else if (character === "\n" && choices.chance(50)) result += " // to the end\n";
    // The blank keeps a division from opening a comment with the star behind it.
    else if (character === " ") result += ` ${choices.pick(comments)} `;
    // The line may end in a comment of its own, which would hide the start of one over two lines.
    else result += ` ${choices.pick(comments.filter((comment) => !comment.includes("\n")))}\n`;
  }
  return result;
}

/** UTF-16 units, so that indices agree with those of the scanner. */
function* chars(text: string): IterableIterator<string> {
  for (let index = 0; index < text.length; index += 1) yield text[index]!;
}

/** Indices of blanks and line ends that are in no literal and no comment, and not in a name of an include. */
function blanksOutsideLiterals(text: string): number[] {
  const blanks: number[] = [];
  const pattern = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*|#[^\n]*|[ \n]/g;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === " " || match[0] === "\n") blanks.push(match.index);
  }
  return blanks;
}

function withContinuations(scope: Scope, text: string): string {
  const { choices } = scope;
  if (text.length < 2) return text;
  scope.use("line continuation");
  const places = choices
    .list(1, 10, () => Math.floor((choices.below(65536) / 65536) * text.length))
    .sort((a, b) => b - a);
  let result = text;
  for (const place of new Set(places)) {
    // A name is written with `@` until its prefix is known; a multi-byte character must stay whole for gcc's columns.
    result = `${result.slice(0, place)}\\\n${result.slice(place)}`;
  }
  return result;
}
