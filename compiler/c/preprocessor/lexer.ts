import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { type Token, TokenKind } from "../token.js";
import {
  conditionalBranches,
  conditionalOpenings,
  type Directive,
  type HeaderName,
  orphan,
} from "./directive.js";
import { messages } from "./messages.js";
import { plainName } from "./name-characters.js";
import { PpToken } from "./pp-token.js";
import { scannedKind, scanToken, singleCharacters } from "./scan.js";
import { maxContinuations, splice } from "./splice.js";

/** A file after translation phases 1 to 3: tokens outside directives, and the directives between them. */
export interface LexedFile {
  readonly file: SourceFile;
  readonly tokens: readonly PpToken[];
  readonly directives: readonly Directive[];
  /** What is wrong with the file whatever the macros are. */
  readonly problems: readonly Diagnostic[];
  /** Some punctuator is spelled as a digraph. */
  readonly digraphs: boolean;
  /** Text of the file is lost: it has too many tokens, or a comment or an `#if` that never ends. */
  readonly truncated: boolean;
}

/** What a file counts for against the limit on what is read. */
export function lexedSize({ tokens, directives }: LexedFile): number {
  return tokens.length + directives.length;
}

const cache = new WeakMap<SourceFile, LexedFile>();

/** No config and no header comes near it; it bounds the memory that a hostile file can take (about 150 bytes a token). */
export const maxTokensPerFile = 2_000_000;

/** Lexes a file; each file once per process, however many configs include it. */
export function lexFile(file: SourceFile): LexedFile {
  let lexed = cache.get(file);
  if (lexed === undefined) {
    lexed = new FileLexer(file, maxTokensPerFile).run();
    cache.set(file, lexed);
  }
  return lexed;
}

/** As {@link lexFile}, with another limit on the number of tokens and without the cache. */
export function lexUncached(file: SourceFile, maxTokens: number): LexedFile {
  return new FileLexer(file, maxTokens).run();
}

const digraphs: ReadonlyMap<string, string> = new Map([
  ["<:", "["],
  [":>", "]"],
  ["<%", "{"],
  ["%>", "}"],
  ["%:", "#"],
  ["%:%:", "##"],
]);

/** The punctuator that a digraph stands for. */
export function canonicalPunctuator(text: string): string {
  return digraphs.get(text) ?? text;
}

/** The tokens with every digraph as what it stands for. */
export function withoutDigraphs(tokens: readonly Token[]): Token[] {
  return tokens.map((token) =>
    token.kind === TokenKind.punctuator ? { ...token, text: canonicalPunctuator(token.text) } : token,
  );
}

const includeDirectives: ReadonlySet<string> = new Set(["include", "include_next", "import", "embed"]);

class FileLexer {
  private readonly text: string;
  private readonly original: ((offset: number) => number) | undefined;
  private at = 0;
  private spaceBefore = false;
  private sawDigraph = false;
  private sawNull = false;
  private isTruncated = false;
  private remaining: number;
  private readonly tokens: PpToken[] = [];
  private readonly directives: Directive[] = [];
  private readonly problems: Diagnostic[] = [];
  /** One string object per spelling: later map lookups then compare by identity. */
  private readonly spellings = new Map<string, string>();

  constructor(
    private readonly file: SourceFile,
    private readonly maxTokens: number,
  ) {
    const spliced = splice(file.text);
    this.text = spliced?.text ?? file.text;
    this.original = spliced?.original;
    for (const offset of spliced?.spaced ?? []) {
      this.problems.push(messages["c-backslash-space"]({}, at(this.span(offset, offset + 1))));
    }
    if (spliced?.leftFrom !== undefined) {
      const place = at(this.span(spliced.leftFrom, spliced.leftFrom + 1));
      this.problems.push(messages["c-too-many-continuations"]({ limit: maxContinuations }, place));
    }
    this.remaining = maxTokens;
  }

  run(): LexedFile {
    const { text, tokens } = this;
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
    let startOfLine = true;
    for (;;) {
      this.spaceBefore = startOfLine;
      if (this.skipSpace()) {
        this.at++;
        startOfLine = true;
        continue;
      }
      if (this.at >= text.length || this.remaining <= 0) break;
      const token = this.token();
      if (startOfLine && token.kind === TokenKind.punctuator && (token.text === "#" || token.text === "%:")) {
        this.directive(token);
        continue;
      }
      startOfLine = false;
      tokens.push(token);
    }
    if (this.remaining <= 0 && this.at < text.length) this.tooLarge();
    if (this.sawNull) {
      const first = this.file.text.indexOf("\0");
      this.problems.push(messages["c-null-character"]({}, at(this.span(first, first + 1))));
    }
    this.linkConditionals();
    return {
      file: this.file,
      tokens,
      directives: this.directives,
      problems: this.problems,
      digraphs: this.sawDigraph,
      truncated: this.isTruncated,
    };
  }

  private span(start: number, end: number) {
    return { file: this.file, start, end };
  }

  private tooLarge(): void {
    this.isTruncated = true;
    const limit = this.maxTokens;
    const last = this.tokens.at(-1);
    const place = last === undefined ? undefined : at(this.span(last.start, last.end));
    this.problems.push(messages["c-source-too-large"]({ path: this.file.path, limit }, place));
  }

  /** Skips white space and comments within a line; true where it stopped at a line end. */
  private skipSpace(): boolean {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) {
        if (code === 0x0a) return true;
        this.at++;
      } else if (code === 0x2f) {
        const next = text.charCodeAt(this.at + 1);
        if (next === 0x2a) this.blockComment();
        else if (next === 0x2f) {
          const end = text.indexOf("\n", this.at);
          this.at = end < 0 ? text.length : end;
        } else return false;
      } else if (code === 0) {
        this.sawNull = true;
        this.at++;
      } else return false;
      this.spaceBefore = true;
    }
  }

  private blockComment(): void {
    const start = this.at;
    const end = this.text.indexOf("*/", start + 2);
    const nested = this.text.indexOf("/*", start + 2);
    if (end < 0) {
      const from = this.original?.(start) ?? start;
      this.problems.push(messages["c-unterminated-comment"]({}, at(this.span(from, from + 2))));
      this.at = this.text.length;
      this.isTruncated = true;
      return;
    }
    // in "/*/" the slash is no second opening
    if (nested >= 0 && nested + 1 < end) {
      const opening = this.original?.(start) ?? start;
      const from = this.original?.(nested) ?? nested;
      this.problems.push(
        messages["c-nested-comment"]({}, at(this.span(from, from + 2)), {
          secondary: [{ place: at(this.span(opening, opening + 2)), text: "the comment starts here" }],
        }),
      );
    }
    this.at = end + 2;
  }

  private token(): PpToken {
    const start = this.at;
    const end = scanToken(this.text, start);
    return this.finishToken(scannedKind, start, end);
  }

  private finishToken(kind: TokenKind, start: number, end: number): PpToken {
    this.at = end;
    this.remaining--;
    let from = start;
    let to = end;
    if (this.original !== undefined) {
      from = this.original(start);
      to = this.original(end - 1) + 1;
    }
    return new PpToken(kind, this.spelling(kind, start, end), this.file, from, to, this.spaceBefore, null, 0);
  }

  private spelling(kind: TokenKind, start: number, end: number): string {
    if (end - start === 1) {
      const code = this.text.charCodeAt(start);
      return singleCharacters[code] ?? this.text[start]!;
    }
    const text = this.text.slice(start, end);
    if (kind === TokenKind.punctuator && digraphs.has(text)) this.sawDigraph = true;
    const known = this.spellings.get(text);
    if (known !== undefined) return known;
    const plain = kind === TokenKind.identifier ? plainName(text) : text;
    this.spellings.set(text, plain);
    return plain;
  }

  /** The next token of a directive's line; undefined at its end. */
  private tokenOnLine(): PpToken | undefined {
    this.spaceBefore = false;
    if (this.skipSpace() || this.at >= this.text.length || this.remaining <= 0) return undefined;
    return this.token();
  }

  private directive(hash: PpToken): void {
    const nameToken = this.tokenOnLine() ?? null;
    const name = nameToken === null ? "" : directiveName(nameToken);
    let header: HeaderName | null = null;
    const tokens: PpToken[] = [];
    if (includeDirectives.has(name)) {
      const token = this.headerName();
      if (token !== undefined) {
        header = { name: token.text.slice(1, -1), form: token.text.startsWith("<") ? "angled" : "quoted" };
        tokens.push(token);
      }
    } else if (nameToken?.kind === TokenKind.number) tokens.push(nameToken);
    const condition = name === "if" || name === "elif";
    for (let token = this.tokenOnLine(); token !== undefined; token = this.tokenOnLine()) {
      tokens.push(token);
      if (condition && token.text === "(" && isHasInclude(tokens.at(-2)?.text)) {
        const file = this.headerName();
        if (file !== undefined) tokens.push(file);
      }
    }
    this.directives.push({
      name,
      at: this.tokens.length,
      hash,
      nameToken,
      tokens,
      header,
      next: -1,
      dead: false,
      definition: null,
    });
  }

  /** A header name stands as it is: it has no escapes, and "//" within it starts no comment. */
  private headerName(): PpToken | undefined {
    this.spaceBefore = false;
    if (this.skipSpace()) return undefined;
    const { text, at: start } = this;
    const first = text[start];
    if (first !== "<" && first !== '"') return undefined;
    const close = first === "<" ? ">" : '"';
    let end = start + 1;
    while (end < text.length && text[end] !== close && text[end] !== "\n") end++;
    return text[end] === close ? this.finishToken(TokenKind.string, start, end + 1) : undefined;
  }

  /** Ties each `#if` to its branches and its end. Works on a stack of its own: nesting depth costs no recursion. */
  private linkConditionals(): void {
    const open: { first: number; last: number; sawElse: boolean }[] = [];
    for (const [index, directive] of this.directives.entries()) {
      const { name } = directive;
      if (conditionalOpenings.has(name)) {
        open.push({ first: index, last: index, sawElse: false });
        continue;
      }
      if (name !== "endif" && !conditionalBranches.has(name)) continue;
      const place = at(this.span(directive.hash.start, directive.nameToken!.end));
      const group = open.at(-1);
      if (group === undefined) {
        this.problems.push(messages["c-else-without-if"]({ name }, place));
        directive.next = orphan;
        continue;
      }
      this.directives[group.last]!.next = index;
      group.last = index;
      if (name === "endif") open.pop();
      else if (group.sawElse) {
        directive.dead = true;
        this.problems.push(
          messages["c-after-else"]({ name }, place, {
            secondary: [{ place: this.directivePlace(group.first), text: "the conditional starts here" }],
          }),
        );
      } else group.sawElse = name === "else";
    }
    // its rest was to be left out or not, who knows
    if (open.length > 0) this.isTruncated = true;
    for (const group of open) {
      const { name } = this.directives[group.first]!;
      this.problems.push(messages["c-unterminated-conditional"]({ name }, this.directivePlace(group.first)));
    }
  }

  private directivePlace(index: number) {
    const directive = this.directives[index]!;
    return at(this.span(directive.hash.start, directive.nameToken!.end));
  }
}

function directiveName(token: PpToken): string {
  if (token.kind === TokenKind.identifier) return token.text;
  // gcc's line marker, "# 1 "file""
  return token.kind === TokenKind.number ? "line" : token.text;
}

function isHasInclude(text: string | undefined): boolean {
  return text === "__has_include" || text === "__has_include_next";
}
