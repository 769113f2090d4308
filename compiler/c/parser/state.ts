import type { Diagnostic, Report } from "../../diagnostics/diagnostic.js";
import type { Operand } from "../expressions/operand.js";
import { type Token, TokenKind } from "../token.js";
import type { RecordDefinition } from "../types/types.js";
import { plainContext, type UnitContext } from "./context.js";
import { keywords } from "./keywords.js";
import { cMessages, placeOf, showToken } from "./messages.js";
import type { Entity, FileScope, Tag } from "./names.js";
import { oddTokenDiagnostic } from "./odd-tokens.js";
import { isStraySemicolon, OpenBraces } from "./open-braces.js";
import { placeBetween, showWritten } from "./places.js";

/** Thrown after a syntax error was reported; caught where the parser can take up its thread again. */
export class SyntaxFailure extends Error {}

/** Thrown when reading on makes no sense: too many errors. */
export class GiveUp extends Error {}

const failure = new SyntaxFailure("reported");

/** Deep enough for every real macro, shallow enough for the stack of the host. */
export const depthLimit = 256;

const errorLimit = 200;
const warningLimit = 1000;

interface Scope {
  readonly names: Map<string, Entity>;
  readonly tags: Map<string, Tag>;
}

/**
 * A walk over the tokens of one translation unit: the cursor, the names in scope, and the way findings leave.
 * The grammar itself is in functions over this, one file for each part of the language.
 */
export class Parser {
  /** The token the parser looks at. */
  token: Token;
  /** Above zero: inside an operand that is not evaluated, where gcc is silent about overflow. */
  silenced = 0;
  /** Bytes that initialisers have filled; bounded by `ObjectImage`. */
  readonly work = { bytes: 0 };
  /** Operands of integer literals by their spelling: the same few numbers fill a config. */
  readonly literals = new Map<string, Operand>();
  readonly braces: OpenBraces;
  /** Tagged structs and unions of the file scope in order of their definition. */
  readonly definitions: RecordDefinition[] = [];

  private position = 0;
  private depth = 0;
  private errors = 0;
  private warnings = 0;
  private readonly said = new Map<object | null, Set<string>>();
  private readonly scopes: Scope[] = [{ names: new Map(), tags: new Map() }];
  private readonly end: Token;

  /** @param tokens the last of which is the end of the file */
  constructor(
    private readonly tokens: readonly Token[],
    private readonly sink: Report,
    readonly context: UnitContext = plainContext,
  ) {
    const last = tokens.at(-1);
    if (last?.kind !== TokenKind.endOfFile)
      throw new RangeError("the tokens must end with the end of the file");
    this.end = last;
    this.token = tokens[0]!;
    this.braces = new OpenBraces(tokens);
  }

  // ---- cursor -----------------------------------------------------------------------------------------------------

  advance(): Token {
    const consumed = this.token;
    if (consumed !== this.end) this.token = this.tokens[++this.position]!;
    return consumed;
  }

  peek(distance = 1): Token {
    return this.tokens[this.position + distance] ?? this.end;
  }

  /** The token before the current one. */
  previous(): Token {
    return this.tokens[this.position - 1] ?? this.token;
  }

  /** How many tokens behind the current one satisfy the condition. */
  countAhead(condition: (token: Token) => boolean): number {
    let count = 0;
    for (let at = this.position + 1; at < this.tokens.length; at++) if (condition(this.tokens[at]!)) count++;
    return count;
  }

  mark(): number {
    return this.position;
  }

  reset(mark: number): void {
    this.position = mark;
    this.token = this.tokens[mark]!;
  }

  at(text: string): boolean {
    return this.token.text === text;
  }

  /** An identifier that is no keyword: what can be declared. */
  atName(): boolean {
    return this.token.kind === TokenKind.identifier && !keywords.has(this.token.text);
  }

  /** A `;` where only a `,` can be meant. */
  atStraySemicolon(): boolean {
    return this.token.text === ";" && isStraySemicolon(this.token, this.peek());
  }

  atEnd(): boolean {
    return this.token === this.end;
  }

  accept(text: string): boolean {
    if (this.token.text !== text) return false;
    this.advance();
    return true;
  }

  /** Takes the punctuator or fails with what was found in its place. */
  expect(text: string): Token {
    if (this.token.text === text) return this.advance();
    return this.failBetween(`\`${text}\``);
  }

  // ---- findings ---------------------------------------------------------------------------------------------------

  report(diagnostic: Diagnostic): void {
    // tokens are missing there, which was reported
    if (!this.context.complete && this.atEnd()) return;
    if (diagnostic.severity === "error") {
      if (this.errors === errorLimit) {
        this.sink(cMessages["c-too-many-errors"]({ limit: errorLimit }, placeOf(this.token)));
        throw new GiveUp("too many errors");
      }
      this.errors++;
    } else if (++this.warnings > warningLimit) {
      return;
    }
    this.sink(diagnostic);
  }

  /**
   * Reports what would be said again at every use of a name only for its first one.
   *
   * @param owner what the name belongs to, e.g. a struct of which it is a member
   */
  reportOnce(subject: string, diagnostic: () => Diagnostic, owner: object | null = null): void {
    if (this.hasSaid(subject, owner)) return;
    const said = this.said.get(owner) ?? new Set();
    this.said.set(owner, said.add(subject));
    this.report(diagnostic());
  }

  hasSaid(subject: string, owner: object | null = null): boolean {
    return this.said.get(owner)?.has(subject) ?? false;
  }

  /** How many errors were reported so far. */
  errorCount(): number {
    return this.errors;
  }

  fail(diagnostic: Diagnostic): never {
    this.report(diagnostic);
    throw failure;
  }

  /** Reports what makes reading on pointless, and ends the reading of this file. */
  giveUp(diagnostic: Diagnostic): never {
    this.report(diagnostic);
    throw new GiveUp(diagnostic.message);
  }

  /** Fails without a word: what is wrong was reported before. */
  failSilently(): never {
    throw failure;
  }

  /** The current token is not what must stand here. */
  failExpected(wanted: string): never {
    const args = { wanted, found: showToken(this.token) };
    return this.fail(oddTokenDiagnostic(this.token) ?? cMessages["c-expected"](args, placeOf(this.token)));
  }

  /** Something is missing between the previous and the current token. */
  failBetween(wanted: string): never {
    return this.fail(this.missing(wanted));
  }

  missing(wanted: string, help?: string): Diagnostic {
    const odd = oddTokenDiagnostic(this.token);
    if (odd !== undefined) return odd;
    const before = this.previous();
    const found = showWritten(this.token, before, this.peek());
    return cMessages["c-expected-between"]({ wanted, found }, placeBetween(before, this.token), {
      label: `expected ${wanted}`,
      ...(help === undefined ? {} : { help }),
    });
  }

  /** As {@link missing}, where it is missing on the line of the current token rather than behind the previous one. */
  expectedBefore(wanted: string): Diagnostic {
    const found = showWritten(this.token, this.previous(), this.peek());
    return cMessages["c-expected-between"]({ wanted, found }, placeOf(this.token));
  }

  // ---- nesting ----------------------------------------------------------------------------------------------------

  enter(): void {
    if (++this.depth > depthLimit) {
      this.depth--;
      this.fail(cMessages["c-too-deep"]({ limit: depthLimit }, placeOf(this.token)));
    }
  }

  leave(): void {
    this.depth--;
  }

  /** For `restoreDepth` after a failure was caught. */
  currentDepth(): number {
    return this.depth;
  }

  restoreDepth(depth: number): void {
    this.depth = depth;
  }

  // ---- recovery ---------------------------------------------------------------------------------------------------

  /**
   * Goes on from `start` to the first token at or behind the current one that is one of `stops` and lies in no
   * bracket opened since `start`. A closing bracket that was not opened since stops as well, and so does `;`
   * unless a brace is open: no parenthesis spans it, so one that is open was never closed.
   */
  resume(start: number, stops: readonly string[]): void {
    const failedAt = this.position;
    this.reset(start);
    const open: string[] = [];
    while (!this.atEnd()) {
      const { text } = this.token;
      const behind = this.position >= failedAt;
      if (behind && open.length === 0 && stops.includes(text)) return;
      if (text === "{" || text === "(" || text === "[") open.push(text);
      else if (text === ";") {
        if (behind && !open.includes("{")) return;
      } else if (text === "}") {
        const brace = open.lastIndexOf("{");
        if (brace < 0 && behind) return;
        open.length = Math.max(0, brace);
      } else if (text === ")" || text === "]") {
        if (open.length === 0) {
          if (behind) return;
        } else if (open.at(-1) !== "{") open.pop();
      }
      this.advance();
    }
  }

  /** Skips a bracket with all it holds; the current token is the opening one. */
  skipBalanced(): void {
    const opening = this.token;
    let open = 0;
    do {
      if (this.atEnd()) this.fail(cMessages["c-unclosed"]({ open: opening.text }, placeOf(opening)));
      const { text } = this.advance();
      if (text === "{" || text === "(" || text === "[") open++;
      else if (text === "}" || text === ")" || text === "]") open--;
    } while (open > 0);
  }

  // ---- names ------------------------------------------------------------------------------------------------------

  lookup(name: string): Entity | undefined {
    for (let level = this.scopes.length - 1; level >= 0; level--) {
      const found = this.scopes[level]!.names.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  lookupHere(name: string): Entity | undefined {
    return this.scopes.at(-1)!.names.get(name);
  }

  declare(name: string, symbol: Entity): void {
    this.scopes.at(-1)!.names.set(name, symbol);
  }

  lookupTag(name: string): Tag | undefined {
    for (let level = this.scopes.length - 1; level >= 0; level--) {
      const found = this.scopes[level]!.tags.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  lookupTagHere(name: string): Tag | undefined {
    return this.scopes.at(-1)!.tags.get(name);
  }

  declareTag(name: string, tag: Tag): void {
    this.scopes.at(-1)!.tags.set(name, tag);
  }

  /** The tags of complete structs or unions at file scope, for suggestions. */
  *completeTags(kind: "struct" | "union"): Iterable<string> {
    for (const [name, tag] of this.scopes[0]!.tags) {
      if (tag.kind === kind && tag.definition.complete) yield name;
    }
  }

  /** The names of one kind at file scope, for suggestions. */
  *namesOf(...kinds: readonly Entity["kind"][]): Iterable<string> {
    for (const [name, symbol] of this.scopes[0]!.names) if (kinds.includes(symbol.kind)) yield name;
  }

  /** Runs `body` with a scope of its own: the parameters of a function. */
  inScope<T>(body: () => T): T {
    const level = this.scopes.length;
    this.scopes.push({ names: new Map(), tags: new Map() });
    try {
      return body();
    } finally {
      this.scopes.length = level;
    }
  }

  /** A copy of what the file scope holds so far. */
  declaredNames(): FileScope {
    const { names, tags } = this.scopes[0]!;
    const { bytes } = this.work;
    return { names: new Map(names), tags: new Map(tags), definitions: [...this.definitions], bytes };
  }

  /** Goes on behind the first `count` tokens, which declare what is given. */
  skipHeaders(count: number, { names, tags, definitions, bytes }: FileScope): void {
    this.work.bytes = bytes;
    this.scopes[0] = { names: new Map(names), tags: new Map(tags) };
    this.definitions.push(...definitions);
    this.reset(count);
  }

  /** Nothing was reported so far, nor kept back because the preprocessor reported its cause. */
  isSilent(): boolean {
    const { complete, failedCalls } = this.context;
    const said = this.errors + this.warnings + this.said.size;
    return said === 0 && complete && failedCalls.size === 0;
  }

  isFileScope(): boolean {
    return this.scopes.length === 1;
  }
}
