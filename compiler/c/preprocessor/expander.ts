import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { Expansion } from "../../support/span.js";
import { spanOf, TokenKind } from "../token.js";
import { chainLength, definedHere, expansionOf, produced } from "./expansion.js";
import { type PreprocessLimits, Stop } from "./limits.js";
import type { Builtin, Macro } from "./macro.js";
import { type KnownMacros, MacroTable } from "./macro-table.js";
import { messages } from "./messages.js";
import { endOfInput, Mark, PpToken, padding, paddingFor } from "./pp-token.js";
import type { ExpanderState } from "./prelude.js";
import { pasteKind } from "./spelling.js";
import { type Argument, emptyArgument, substitute } from "./substitute.js";
import type { TokenSource } from "./token-source.js";

/** Tokens that wait to be read: a macro's expansion, an argument, a directive's line. */
interface Context {
  readonly tokens: readonly PpToken[];
  index: number;
  readonly macro: Macro | null;
  readonly below: Context | null;
}

/**
 * Macro expansion in the way of gcc's own preprocessor: a stack of token lists, and macros that are switched off while
 * their list is on it. A name met while its macro is off is marked and never expanded again. Where the C standard
 * leaves open what belongs to an expansion, the results are therefore gcc's.
 */
export class Expander {
  macros: MacroTable;
  private top: Context | null = null;
  /** Above 0: names are read as they are. */
  private prevent = 0;
  private expandedTokens = 0;
  private madeText = 0;
  /** The calls whose arguments are being expanded: `__LINE__` in them is that of the argument's own line. */
  private argumentsOf: Expansion[] = [];
  /** Names of macros whose call was in error: the name is put out in its place. */
  readonly failedCalls = new Set<string>();
  /** An argument list never ended, and the rest of a file went into it. */
  ranOut = false;
  /** The macro whose arguments are being collected from the file, for diagnostics. */
  collecting: PpToken | null = null;

  constructor(
    predefined: KnownMacros,
    private readonly source: TokenSource,
    private readonly limits: PreprocessLimits,
    private readonly report: Report,
  ) {
    this.macros = new MacroTable(predefined);
  }

  /** Expands a macro whose name stands in a file, and puts what it gives into `output`. */
  expandInto(output: PpToken[], name: PpToken, macro: Macro): void {
    if (macro.constant !== null && !macro.disabled) {
      this.spend(1, name);
      output.push(macro.constant.withExpansion(expansionOf(macro, name)));
      return;
    }
    if (!this.enter(name, macro)) output.push(name);
    while (this.top !== null) {
      const token = this.next();
      if ((token.marks & Mark.padding) === 0 && token !== endOfInput) output.push(token);
    }
  }

  /**
   * Reads the tokens of a directive's line, macros expanded.
   *
   * @param read receives a function that gives the next token, `endOfInput` at the end of the line; `raw` tokens are
   *   read without expansion
   */
  withLine<Result>(tokens: readonly PpToken[], read: (next: (raw: boolean) => PpToken) => Result): Result {
    const { prevent, top, collecting, argumentsOf } = this;
    this.prevent = 0;
    this.collecting = null;
    this.argumentsOf = [];
    this.top = { tokens: [...tokens, endOfInput], index: 0, macro: null, below: null };
    try {
      return read((raw) => {
        if (raw) this.prevent++;
        const token = this.nextToken();
        if (raw) this.prevent--;
        if (token === endOfInput) this.unread();
        return token;
      });
    } finally {
      this.leaveAll();
      this.prevent = prevent;
      this.top = top;
      this.collecting = collecting;
      this.argumentsOf = argumentsOf;
    }
  }

  state(): ExpanderState {
    const { macros, expandedTokens, madeText } = this;
    return { macros: macros.copy(), expandedTokens, madeText };
  }

  goOnFrom({ macros, expandedTokens, madeText }: ExpanderState): void {
    this.macros = new MacroTable(macros);
    this.expandedTokens = expandedTokens;
    this.madeText = madeText;
  }

  /** Switches every macro on again; after a stop in the middle of an expansion. */
  leaveAll(): void {
    while (this.top !== null) this.pop(this.top);
  }

  /** The next token, macros expanded; may be a padding. */
  private next(): PpToken {
    for (;;) {
      const context = this.top;
      let token: PpToken;
      if (context === null) token = this.source.fileToken(false);
      else if (context.index < context.tokens.length) {
        token = context.tokens[context.index++]!;
        if ((token.marks & Mark.pasteLeft) !== 0) {
          this.paste(context, token);
          return paddingFor(token);
        }
      } else {
        this.pop(context);
        return padding.boundary;
      }
      if (token.kind !== TokenKind.identifier || (token.marks & Mark.noExpand) !== 0) return token;
      const macro = this.macros.get(token.text);
      if (macro === undefined || macro.builtin === "operator") return token;
      if (macro.disabled) return token.withMarks(token.marks | Mark.noExpand);
      if (this.prevent > 0) return token;
      return this.enter(token, macro) ? paddingFor(token) : token;
    }
  }

  private push(tokens: readonly PpToken[], macro: Macro | null): void {
    this.top = { tokens, index: 0, macro, below: this.top };
  }

  private pop(context: Context): void {
    this.top = context.below;
    if (context.macro !== null) context.macro.disabled = false;
  }

  /** Gives back the token that `next` returned last. */
  private unread(): void {
    if (this.top === null) this.source.unreadFileToken();
    else this.top.index--;
  }

  private spend(count: number, place: PpToken): void {
    this.expandedTokens += count;
    const limit = this.limits.expandedTokens;
    if (this.expandedTokens > limit) {
      this.report(
        messages["c-expansion-limit"]({ what: "tokens", limit }, at(spanOf(place), place.expansion)),
      );
      throw new Stop();
    }
  }

  /** Counts text made by `#` and `##`, whose length can double with each use. */
  spendText(length: number, place: PpToken): void {
    this.madeText += length;
    const limit = this.limits.madeText;
    if (this.madeText > limit) {
      const what = "characters in # and ##";
      this.report(messages["c-expansion-limit"]({ what, limit }, at(spanOf(place), place.expansion)));
      throw new Stop();
    }
  }

  /** Starts the expansion of a macro; false where its name stands for itself. */
  private enter(name: PpToken, macro: Macro): boolean {
    if (macro.builtin !== null) return this.enterBuiltin(name, macro.builtin);
    const expansion = expansionOf(macro, name);
    let tokens: readonly PpToken[];
    if (macro.parameters === null) {
      this.spend(macro.body.length, name);
      tokens = macro.body.map((item) => produced(item.token, expansion, item.pasteLeft));
    } else {
      const args = this.arguments(name, macro, macro.parameters, expansion);
      if (args === undefined) return false;
      tokens = substitute(macro, args, expansion, {
        expand: (argument) => this.expandArgument(argument, expansion),
        paste: (left, right) => this.pasted(left, right),
        spendText: (length, place) => this.spendText(length, place),
        report: this.report,
      });
      this.spend(tokens.length, name);
    }
    macro.disabled = true;
    this.push(tokens, macro);
    return true;
  }

  private enterBuiltin(name: PpToken, builtin: Builtin): boolean {
    // __LINE__ walks the whole chain, which can be long
    this.spend(builtin === "line" ? 1 + chainLength(name.expansion) : 1, name);
    if (builtin === "pragma") return this.pragmaOperator(name);
    const expansion: Expansion = { macro: name.text, use: name, definition: null, parent: name.expansion };
    const { kind, text } = this.source.builtinText(builtin, name, this.argumentsOf);
    this.push(
      [new PpToken(kind, text, name.file, name.start, name.end, name.spaceBefore, expansion, 0)],
      null,
    );
    return true;
  }

  private pragmaOperator(name: PpToken): boolean {
    this.prevent++;
    const open = this.nextToken();
    const text = open.text === "(" ? this.nextToken() : open;
    const close = text.kind === TokenKind.string ? this.nextToken() : text;
    this.prevent--;
    if (close.text === ")" && text !== close) this.source.pragma(name, text);
    else {
      // the end of a file is met again by itself
      if (close !== endOfInput || this.top !== null) this.unread();
      const problem = "_Pragma needs one string in parentheses";
      this.report(messages["c-malformed-pragma"]({ problem }, at(spanOf(name), name.expansion)));
    }
    return true;
  }

  private nextToken(): PpToken {
    let token = this.next();
    while ((token.marks & Mark.padding) !== 0) token = this.next();
    return token;
  }

  /** Reads the arguments behind a function-like macro's name; undefined where there are none, or wrong ones. */
  private arguments(
    name: PpToken,
    macro: Macro,
    parameters: readonly string[],
    expansion: Expansion,
  ): Argument[] | undefined {
    this.prevent++;
    const outer = this.collecting;
    this.collecting = name;
    try {
      return this.parenthesisFollows() ? this.collect(name, macro, parameters, expansion) : undefined;
    } finally {
      this.collecting = outer;
      this.prevent--;
    }
  }

  private parenthesisFollows(): boolean {
    let kept: PpToken | null = null;
    for (;;) {
      const token = this.top === null ? this.source.fileToken(true) : this.next();
      if ((token.marks & Mark.padding) !== 0) {
        const hasSource = (token.marks & Mark.hasSource) !== 0;
        const keptSource = kept !== null && (kept.marks & Mark.hasSource) !== 0;
        if (!keptSource || (!kept!.spaceBefore && !hasSource)) kept = token;
        continue;
      }
      if (token.text === "(" && token.kind === TokenKind.punctuator) return true;
      // the end of a file is met again by itself
      if (token !== endOfInput || this.top !== null) this.unread();
      if (kept !== null) this.push([kept], null);
      return false;
    }
  }

  private collect(
    name: PpToken,
    macro: Macro,
    parameters: readonly string[],
    expansion: Expansion,
  ): Argument[] | undefined {
    const args: Argument[] = [];
    let given = 0;
    let last: PpToken;
    do {
      given++;
      const tokens: PpToken[] = [];
      last = this.collectOne(tokens, name, expansion, macro.variadic && given === parameters.length);
      while (tokens.length > 0 && (tokens.at(-1)!.marks & Mark.padding) !== 0) tokens.pop();
      // surplus arguments are an error: only their number is of interest
      if (given <= parameters.length)
        args.push({ tokens, omitted: false, expanded: null, stringified: null });
      else if (parameters.length === 0 && tokens.length > 0) args.push(emptyArgument(false));
    } while (last.text === "," && last !== endOfInput);

    if (last === endOfInput) {
      if (this.top !== null) this.unread();
      this.failedCalls.add(macro.name);
      this.ranOut = true;
      this.report(
        messages["c-unterminated-arguments"]({ name: macro.name }, at(spanOf(name), name.expansion), {
          secondary: definedHere(macro),
        }),
      );
      return undefined;
    }
    const none = given === 1 && (parameters.length === 0 ? args.length === 0 : args[0]!.tokens.length === 0);
    if (parameters.length === 0 && none) return [];
    if (given === parameters.length) {
      if (macro.variadic && given === 1 && none) return [emptyArgument(true)];
      return args;
    }
    if (macro.variadic && given + 1 === parameters.length) return [...args, emptyArgument(true)];
    this.failedCalls.add(macro.name);
    const required = macro.variadic ? parameters.length - 1 : parameters.length;
    this.report(
      messages["c-macro-arguments"](
        { name: macro.name, required, atLeast: macro.variadic, given },
        at(spanOf(name), name.expansion),
        { secondary: definedHere(macro) },
      ),
    );
    return undefined;
  }

  /** Reads one argument; returns the comma, parenthesis or end that ends it. */
  private collectOne(tokens: PpToken[], name: PpToken, expansion: Expansion, variable: boolean): PpToken {
    let depth = 0;
    for (;;) {
      const token = this.next();
      if ((token.marks & Mark.padding) !== 0) {
        if (tokens.length > 0) tokens.push(token);
        continue;
      }
      if (token.kind === TokenKind.punctuator) {
        const { text } = token;
        if (text === "(") depth++;
        else if (text === ")") {
          if (depth === 0) return token;
          depth--;
        } else if (text === "," && depth === 0 && !variable) return token;
      } else if (token === endOfInput) return token;
      this.spend(1, name);
      // a token that stands where the macro's name stands comes out of the macro; others have their own story
      tokens.push(token.expansion === name.expansion ? token.withExpansion(expansion) : token);
    }
  }

  private expandArgument(argument: Argument, expansion: Expansion): readonly PpToken[] {
    if (argument.expanded !== null) return argument.expanded;
    if (argument.tokens.length === 0) {
      argument.expanded = [];
      return argument.expanded;
    }
    const limit = this.limits.argumentDepth;
    if (this.argumentsOf.length >= limit) {
      const place = argument.tokens[0]!;
      this.report(messages["c-expansion-depth"]({ limit }, at(spanOf(place), place.expansion)));
      throw new Stop();
    }
    this.argumentsOf.push(expansion);
    const expanded: PpToken[] = [];
    this.push([...argument.tokens, endOfInput], null);
    for (let token = this.next(); token !== endOfInput; token = this.next()) expanded.push(token);
    this.pop(this.top!);
    this.argumentsOf.pop();
    argument.expanded = expanded;
    return expanded;
  }

  /** Pastes `left` with what follows it in its context, and leaves the result to be read next. */
  private paste(context: Context, left: PpToken): void {
    let result = left.withMarks(left.marks & ~Mark.pasteLeft);
    for (;;) {
      const right = context.tokens[context.index++];
      if (right === undefined) break;
      if ((right.marks & Mark.padding) !== 0) break;
      const made = this.pasted(result, right);
      if (made === undefined) {
        context.index--;
        break;
      }
      result = made;
      if ((right.marks & Mark.pasteLeft) === 0) break;
    }
    this.push([result], null);
  }

  private pasted(left: PpToken, right: PpToken): PpToken | undefined {
    const text = left.text + right.text;
    this.spendText(text.length, left);
    const kind = pasteKind(left, right, text);
    if (kind === undefined) {
      this.report(
        messages["c-invalid-paste"]({ left: left.text, right: right.text }, at(spanOf(left), left.expansion)),
      );
      return undefined;
    }
    return new PpToken(kind, text, left.file, left.start, left.end, left.spaceBefore, left.expansion, 0);
  }
}
