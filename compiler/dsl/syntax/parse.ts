import type { ILexingError, IToken } from "chevrotain";
import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { isBinaryConfig, isPlainlyC, isUtf16 } from "../../support/text-kind.js";
import type { Comment, FileTree, Place, Statement } from "./ast.js";
import { TreeBuilder } from "./cst-to-ast.js";
import { excerpt } from "./excerpt.js";
import { parser } from "./grammar.js";
import { longestSource, mostFindings } from "./limits.js";
import { joinContinuedLines } from "./lines.js";
import { jailMessages } from "./messages.js";
import { findingOf, ProblemList, placeOfToken, type SyntaxProblem } from "./problems.js";
import { shifted } from "./shift.js";
import { readStatementByStatement, unexpected } from "./statement-by-statement.js";
import { cutIntoDeclarations } from "./structure.js";
import { LineComment, lexer, OpenComment, OpenText } from "./tokens.js";

/** A file and what is needed to read its next version faster. */
export interface ParsedFile {
  readonly tree: FileTree;
  /** By their text and indentation. */
  readonly declarations: ReadonlyMap<string, ParsedDeclaration>;
}

interface ParsedDeclaration {
  /** Where it stood when it was parsed. */
  readonly start: number;
  /** None or more than one only where something is wrong. */
  readonly statements: readonly Statement[];
  readonly problems: readonly SyntaxProblem[];
  /** There were more problems. */
  readonly overflowed: boolean;
}

/**
 * Reads a file. A mistake costs no more than its own statement: everything else is in the tree all the same. Findings
 * come in the order of the text.
 *
 * @param previous an earlier version of the file; declarations that it has too are not parsed again
 */
export function parse(source: SourceFile, report: Report, previous?: ParsedFile): ParsedFile {
  const { text } = source;
  if (text.length > longestSource) {
    const size = { length: text.length.toLocaleString("en"), limit: longestSource.toLocaleString("en") };
    report(jailMessages["jail-source-too-large"](size, at({ file: source, start: 0, end: 0 })));
    return { tree: { source, declarations: [], comments: [] }, declarations: new Map() };
  }
  const other = otherKind(text);
  if (other !== undefined) {
    report(jailMessages["jail-other-kind"](other, at({ file: source, start: 0, end: 0 })));
    return { tree: { source, declarations: [], comments: [] }, declarations: new Map() };
  }
  const lexed = lexer.tokenize(text);
  const words = new ProblemList(mostFindings);
  for (const error of lexed.errors) words.add(oddCharacters(error, text));
  const texts = new ProblemList(mostFindings);
  for (const token of lexed.tokens) if (token.tokenType === OpenText) texts.add(openText(token));
  const comments = (lexed.groups.comments ?? []).map((token) => commentOf(token, texts.add));

  const braces = new ProblemList(mostFindings);
  const own = new ProblemList(mostFindings);
  const declarations = new Map<string, ParsedDeclaration>();
  const statements: Statement[] = [];
  for (const slice of cutIntoDeclarations(joinContinuedLines(lexed.tokens, text), text, braces.add)) {
    const start = slice.tokens[0]!.startOffset;
    const key = `${slice.indent} ${text.slice(start, placeOfToken(slice.tokens.at(-1)!).end)}`;
    const known = slice.repaired ? undefined : previous?.declarations.get(key);
    const parsed = known === undefined ? parseDeclaration(slice.tokens) : movedTo(known, start);
    for (const problem of parsed.problems) own.add(problem);
    if (parsed.overflowed) own.overflowed = true;
    for (const statement of parsed.statements) statements.push(statement);
    if (!slice.repaired) declarations.set(key, parsed);
    // Making findings takes much longer than reading does.
    if (own.overflowed) break;
  }
  const swallowed = placesOfSwallowedBraces(lexed.tokens, text);
  const isSwallowed = ({ start }: SyntaxProblem): boolean =>
    swallowed.some((line) => start >= line.start && start < line.end);
  const others = braces.problems.filter((problem) => !isSwallowed(problem));
  tell([words, texts, { problems: others, overflowed: braces.overflowed }, own], source, report);
  return { tree: { source, declarations: statements, comments }, declarations };
}

/** What the text plainly is instead, and what to do then. */
function otherKind(text: string): { readonly what: string; readonly help: string } | undefined {
  if (isUtf16(text)) return { what: "UTF-16", help: "save the file as UTF-8" };
  if (isBinaryConfig(text))
    return {
      what: "a .cell file",
      help: "give it the ending `.cell`; `cellc convert --to jail` makes a source of it",
    };
  if (isPlainlyC(text)) return { what: "C", help: "give the file the ending `.c`" };
  return undefined;
}

/** Lines up to a text that has no end and holds the `{` of its line: that the brace is missing follows from that. */
function placesOfSwallowedBraces(tokens: readonly IToken[], text: string): readonly Place[] {
  return tokens
    .filter(({ tokenType, image }) => tokenType === OpenText && /\{\s*$/.test(image))
    .slice(0, mostFindings)
    .map(({ startOffset }) => ({ start: text.lastIndexOf("\n", startOffset) + 1, end: startOffset }));
}

function tell(
  lists: readonly Pick<ProblemList, "problems" | "overflowed">[],
  source: SourceFile,
  report: Report,
): void {
  const problems = lists.flatMap((list) => list.problems).sort((a, b) => a.start - b.start);
  for (const problem of problems.slice(0, mostFindings)) report(findingOf(problem, source));
  if (problems.length <= mostFindings && lists.every(({ overflowed }) => !overflowed)) return;
  const { start, end } = problems[mostFindings - 1]!;
  report(jailMessages["jail-too-many-errors"]({}, at({ file: source, start, end })));
}

function parseDeclaration(tokens: readonly IToken[]): ParsedDeclaration {
  const found = new ProblemList(mostFindings);
  parser.input = [...tokens];
  const cst = parser.statement();
  const [mistake] = parser.errors;
  const statements =
    mistake === undefined
      ? [new TreeBuilder(found.add).statement(cst)]
      : readStatementByStatement(tokens, found);
  // What the grammar refuses never passes without a word.
  if (mistake !== undefined && found.problems.length === 0)
    found.add(unexpected(mistake, undefined, tokens.at(-1)!));
  const { problems, overflowed } = found;
  return { start: tokens[0]!.startOffset, statements, problems, overflowed };
}

function movedTo(declaration: ParsedDeclaration, start: number): ParsedDeclaration {
  const by = start - declaration.start;
  if (by === 0) return declaration;
  return {
    ...declaration,
    start,
    statements: declaration.statements.map((statement) => shifted(statement, by)),
    problems: declaration.problems.map((problem) => shifted(problem, by)),
  };
}

function oddCharacters({ offset, length }: ILexingError, text: string): SyntaxProblem {
  const end = offset + length;
  return {
    start: offset,
    end,
    create: (place) =>
      jailMessages["jail-odd-character"](
        { text: `\`${excerpt(text.slice(offset, end))}\`` },
        place,
        plainCharacter(text[offset]!),
      ),
  };
}

/** Word processors write other dashes and quotes than keyboards do. */
function plainCharacter(text: string): { readonly help?: string } {
  if (/[\u2010-\u2015\u2212]/.test(text)) return { help: "write the plain `-`, as in `0-3`" };
  return /[\u201c-\u201f\u00ab\u00bb]/.test(text) ? { help: 'write the plain `"`' } : {};
}

function openText(token: IToken): SyntaxProblem {
  return { ...placeOfToken(token), create: (place) => jailMessages["jail-open-text"]({}, place) };
}

function commentOf(token: IToken, report: (problem: SyntaxProblem) => void): Comment {
  const place = placeOfToken(token);
  if (token.tokenType === OpenComment) {
    const opening = { start: place.start, end: place.start + 2 };
    report({ ...opening, create: (at) => jailMessages["jail-open-comment"]({}, at) });
  }
  return { kind: token.tokenType === LineComment ? "line" : "block", ...place };
}
