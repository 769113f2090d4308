import type { ILexingError, IRecognitionException, IToken } from "chevrotain";
import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import type { Comment, FileTree, Statement } from "./ast.js";
import { TreeBuilder } from "./cst-to-ast.js";
import { parser } from "./grammar.js";
import { longestSource } from "./limits.js";
import { joinContinuedLines } from "./lines.js";
import { jailMessages } from "./messages.js";
import { findingOf, placeOfToken, type SyntaxProblem } from "./problems.js";
import { shifted } from "./shift.js";
import { cutIntoDeclarations, type DeclarationTokens } from "./structure.js";
import { LineComment, lexer, Newline, OpenComment, OpenText } from "./tokens.js";

/** A file and what is needed to read its next version faster. */
export interface ParsedFile {
  readonly tree: FileTree;
  /** By their text. */
  readonly declarations: ReadonlyMap<string, ParsedDeclaration>;
}

interface ParsedDeclaration {
  readonly start: number;
  readonly statement: Statement | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads a file. A mistake costs no more than its own line: everything else is in the tree all the same.
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
  const found = (problem: SyntaxProblem): void => report(findingOf(problem, source));
  const lexed = lexer.tokenize(text);
  for (const error of lexed.errors) found(oddCharacters(error));
  const comments = (lexed.groups.comments ?? []).map((token) => commentOf(token, found));
  for (const token of lexed.tokens) {
    if (token.tokenType === OpenText)
      found({ ...placeOfToken(token), create: (place) => jailMessages["jail-open-text"]({}, place) });
  }
  const declarations = new Map<string, ParsedDeclaration>();
  const statements: Statement[] = [];
  for (const slice of cutIntoDeclarations(joinContinuedLines(lexed.tokens, text), text, found)) {
    const start = slice.tokens[0]!.startOffset;
    const key = text.slice(start, placeOfToken(slice.tokens.at(-1)!).end);
    const known = slice.repaired ? undefined : previous?.declarations.get(key);
    const parsed = known ?? parseDeclaration(slice);
    const shift = start - parsed.start;
    for (const problem of parsed.problems) report(findingOf(problem, source, shift));
    const statement = parsed.statement === undefined ? undefined : shifted(parsed.statement, shift);
    if (statement !== undefined) statements.push(statement);
    if (!slice.repaired)
      declarations.set(
        key,
        shift === 0 ? parsed : { ...parsed, start, statement, problems: moved(parsed.problems, shift) },
      );
  }
  return { tree: { source, declarations: statements, comments }, declarations };
}

function moved(problems: readonly SyntaxProblem[], shift: number): readonly SyntaxProblem[] {
  return problems.map((problem) => ({ ...problem, start: problem.start + shift, end: problem.end + shift }));
}

function parseDeclaration({ tokens }: DeclarationTokens): ParsedDeclaration {
  const problems: SyntaxProblem[] = [];
  parser.input = [...tokens];
  const cst = parser.statement();
  for (const error of parser.errors) problems.push(unexpected(error));
  const statement = new TreeBuilder((problem) => problems.push(problem)).statement(cst);
  return { start: tokens[0]!.startOffset, statement, problems };
}

function unexpected(error: IRecognitionException): SyntaxProblem {
  const { token, message: wanted } = error;
  const previous = (error as { readonly previousToken?: IToken }).previousToken;
  const isEnd = !Number.isFinite(token.startOffset) || token.image === "" || token.tokenType === Newline;
  const place =
    isEnd && previous !== undefined
      ? { start: placeOfToken(previous).end, end: placeOfToken(previous).end }
      : placeOfToken(token);
  const found = isEnd ? "the end of the line" : `\`${token.image}\``;
  return { ...place, create: (at) => jailMessages["jail-expected"]({ wanted, found }, at) };
}

function oddCharacters({ offset, length }: ILexingError): SyntaxProblem {
  return {
    start: offset,
    end: offset + length,
    create: (place) => {
      const { file, start, end } = place.span;
      const text = file.text.slice(start, Math.min(end, start + 20));
      return jailMessages["jail-odd-character"]({ text: `\`${text}\`` }, place);
    },
  };
}

function commentOf(token: IToken, report: (problem: SyntaxProblem) => void): Comment {
  const place = placeOfToken(token);
  if (token.tokenType === OpenComment) {
    const opening = { start: place.start, end: place.start + 2 };
    report({ ...opening, create: (at) => jailMessages["jail-open-comment"]({}, at) });
  }
  return { kind: token.tokenType === LineComment ? "line" : "block", ...place };
}
