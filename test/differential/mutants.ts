import type { Choices } from "./choices.js";
import type { Program } from "./program.js";

/**
 * A copy of the program with one or two tokens of its main file deleted, doubled, exchanged or replaced. Most are
 * no C any more; what gcc rejects must be rejected, what it still takes must give the same bytes.
 */
export function mutant(choices: Choices, program: Program): Program {
  let main = program.main;
  for (let count = choices.between(1, 2); count > 0; count -= 1) main = mutated(choices, main);
  return { ...program, main, alone: true };
}

/** Literals stay whole; everything else is a word, a number, an operator or a line end. */
const tokenPattern = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|@?\w+|\.\.\.|<<|>>|##|&&|\|\||[^\s\w]/g;

/** Lines that would name other files, or that say nothing. */
const untouched = /^#(?:include|error|pragma).*$/gm;

function mutated(choices: Choices, text: string): string {
  const skipped = [...text.matchAll(untouched)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  const tokens = [...text.matchAll(tokenPattern)].filter(
    (token) => !skipped.some(([start, end]) => token.index >= start && token.index < end),
  );
  if (tokens.length < 2) return text;
  const at = choices.below(tokens.length);
  const token = tokens[at]!;
  const other = tokens[choices.below(tokens.length)]![0];
  const [start, end] = [token.index, token.index + token[0].length];
  const replacement = choices.weighted<() => string>([
    [5, () => " "],
    [2, () => `${token[0]} ${token[0]}`],
    [2, () => ` ${other} `],
    [
      2,
      () =>
        choices.pick([
          ";",
          "{",
          "}",
          "(",
          ")",
          ",",
          "=",
          '"',
          "'",
          "/*",
          "#",
          "@nowhere",
          "0x",
          "1.5",
          "int",
          "[",
          ".",
          "\\",
          "$",
          "\u0001",
        ]),
    ],
  ])();
  return text.slice(0, start) + replacement + text.slice(end);
}
