import type { IToken } from "chevrotain";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import type { Place } from "./ast.js";
import { excerpt } from "./excerpt.js";
import { jailMessages } from "./messages.js";

/** Something wrong with the syntax, by its place in the text: it stays true when the declaration moves. */
export interface SyntaxProblem extends Place {
  readonly create: (place: ReturnType<typeof at>) => Diagnostic;
}

/** The finding of a problem in the file in which it was found. */
export function findingOf(problem: SyntaxProblem, file: SourceFile): Diagnostic {
  return problem.create(at({ file, start: problem.start, end: problem.end }));
}

export function placeOfToken({ startOffset, image }: IToken): Place {
  return { start: startOffset, end: startOffset + image.length };
}

function about(token: IToken, create: SyntaxProblem["create"]): SyntaxProblem {
  return { ...placeOfToken(token), create };
}

export const syntaxProblems = {
  tooDeep: (token: IToken) => about(token, (place) => jailMessages["jail-too-deep"]({}, place)),
  unclosed: (token: IToken) => about(token, (place) => jailMessages["jail-unclosed-brace"]({}, place)),
  missingOpen: (word: IToken) =>
    about(word, (place) => jailMessages["jail-missing-brace"]({ word: excerpt(word.image) }, place)),
  statementTooLong: (token: IToken) =>
    about(token, (place) => jailMessages["jail-statement-too-long"]({}, place)),
  strayClose: (token: IToken) => about(token, (place) => jailMessages["jail-stray-brace"]({}, place)),
};

/** Collects what is wrong, up to a bound. */
export class ProblemList {
  readonly problems: SyntaxProblem[] = [];
  /** There were more. */
  overflowed = false;

  constructor(private readonly most: number) {}

  readonly add = (problem: SyntaxProblem): void => {
    if (this.problems.length < this.most) this.problems.push(problem);
    else this.overflowed = true;
  };
}
