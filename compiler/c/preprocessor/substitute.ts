import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { Expansion } from "../../support/span.js";
import { spanOf, TokenKind } from "../token.js";
import { type BodyItem, ItemKind, type Macro } from "./macro.js";
import { messages } from "./messages.js";
import { Mark, PpToken, padding, paddingFor } from "./pp-token.js";
import { stringify } from "./spelling.js";

/** One argument of a macro call. */
export interface Argument {
  /** As given; paddings within, none at the ends. */
  readonly tokens: readonly PpToken[];
  /** The variable part of a call that says nothing for it, not even a comma. */
  readonly omitted: boolean;
  /** Macros expanded; made at its first use. */
  expanded: readonly PpToken[] | null;
  /** What `#` makes of it. */
  stringified: string | null;
}

export interface SubstitutionTools {
  readonly expand: (argument: Argument) => readonly PpToken[];
  readonly paste: (left: PpToken, right: PpToken) => PpToken | undefined;
  readonly spendText: (length: number, place: PpToken) => void;
  readonly report: Report;
}

/**
 * The body of a function-like macro with its arguments put in. Tokens that `##` joins with their successor carry the
 * mark for it; the pasting itself is done when they are read.
 */
export function substitute(
  macro: Macro,
  args: Argument[],
  expansion: Expansion,
  tools: SubstitutionTools,
): PpToken[] {
  return new Substitution(macro, args, expansion, tools).run();
}

/** A `__VA_OPT__(` whose end has not been met. */
interface OptionalBegin {
  /** Length of the output before it. */
  readonly length: number;
  readonly item: BodyItem;
  readonly dropped: boolean;
  /** How many arguments that give nothing came before the first token in it (C23's placemarkers). */
  placemarkers: number;
}

class Substitution {
  private readonly output: PpToken[] = [];
  /** Index of the last token before the `__VA_OPT__` that is open; -1 where there is none. */
  private optionalStart = -1;
  private optionalBegin: OptionalBegin | null = null;

  constructor(
    private readonly macro: Macro,
    private readonly args: readonly Argument[],
    private readonly expansion: Expansion,
    private readonly tools: SubstitutionTools,
  ) {}

  run(): PpToken[] {
    const { body } = this.macro;
    let afterPaste = false;
    // gcc expands the arguments before it puts any in, those that __VA_OPT__ drops too; __COUNTER__ tells
    for (const item of body) {
      if (item.kind === ItemKind.parameter && !item.pasteLeft && !afterPaste) {
        this.tools.expand(this.args[item.parameter]!);
      }
      afterPaste = item.pasteLeft;
    }
    afterPaste = false;
    for (let index = 0; index < body.length; index++) {
      const item = body[index]!;
      switch (item.kind) {
        case ItemKind.optionalStart:
        case ItemKind.stringifiedOptionalStart:
          this.startOptional(item, index > 0 && !afterPaste);
          break;
        case ItemKind.optionalEnd:
          this.endOptional(item);
          break;
        default:
          if (this.optionalBegin?.dropped !== true) this.substituteItem(item, index > 0, afterPaste);
      }
      afterPaste = item.pasteLeft;
    }
    return this.output;
  }

  private substituteItem(item: BodyItem, notFirst: boolean, afterPaste: boolean): void {
    const { output } = this;
    if (item.kind === ItemKind.token) {
      this.separateFromPlacemarkers();
      output.push(this.own(item.token, item.pasteLeft));
      return;
    }
    const argument = this.args[item.parameter]!;
    let tokens: readonly PpToken[];
    /** Index of the token whose paste mark becomes that of this item; -1 for none. */
    let remark = -1;
    if (item.kind === ItemKind.stringified) tokens = [this.stringified(item, argument)];
    else if (item.pasteLeft) tokens = argument.tokens;
    else if (afterPaste) {
      tokens = argument.tokens;
      if (output.length > 0) remark = this.joinLeft(item, argument);
    } else tokens = this.tools.expand(argument);
    if (notFirst && !afterPaste && !this.atOptionalStart()) output.push(paddingFor(item.token));
    if (tokens.some((token) => (token.marks & Mark.padding) === 0)) this.separateFromPlacemarkers();
    if (tokens.length > 0) {
      for (const token of tokens) {
        // what stands before __VA_OPT__ with ## is pasted to the first token within, white space or not
        if ((token.marks & Mark.padding) !== 0 && this.pastesIntoOptional()) continue;
        output.push(token);
      }
      if (item.pasteLeft) remark = output.length - 1;
    }
    if (this.atOptionalStart()) {
      if (!item.pasteLeft) this.optionalBegin!.placemarkers++;
    } else if (!item.pasteLeft) output.push(padding.boundary);
    if (remark >= 0) this.mark(remark, item.pasteLeft);
  }

  /** What an argument on the right of `##` does to the token on its left; returns the index of the one to mark anew. */
  private joinLeft(item: BodyItem, argument: Argument): number {
    const { output, macro } = this;
    const last = output.length - 1;
    const variable = macro.variadic && item.parameter === macro.parameters!.length - 1;
    if (output[last]!.text === "," && output[last]!.kind === TokenKind.punctuator && variable) {
      // GNU: a comma before ## and the variable part goes away where that part is omitted, and is never pasted
      if (argument.omitted) {
        output.pop();
        return -1;
      }
      return last;
    }
    return argument.tokens.length === 0 && !this.atOptionalStart() ? last : -1;
  }

  private startOptional(item: BodyItem, padded: boolean): void {
    if (padded) this.output.push(paddingFor(item.token));
    const variable = this.args.at(-1)!;
    const given = this.tools.expand(variable).some((token) => (token.marks & Mark.padding) === 0);
    this.optionalStart = this.output.length - 1;
    this.optionalBegin = { length: this.output.length, item, dropped: !given, placemarkers: 0 };
  }

  private endOptional(item: BodyItem): void {
    const { output } = this;
    const begin = this.optionalBegin!;
    const start = this.optionalStart;
    this.optionalBegin = null;
    this.optionalStart = -1;
    if (begin.item.kind === ItemKind.stringifiedOptionalStart) {
      const tokens = this.pasteAll(output.splice(begin.length));
      const token = this.stringToken(begin.item.token, stringify(tokens).text);
      output.push(item.pasteLeft ? token.withMarks(Mark.pasteLeft) : token);
      return;
    }
    if (start >= 0 && output.length - 1 === start && (output[start]!.marks & Mark.pasteLeft) !== 0) {
      // nothing came out of it: nothing is pasted to what stands before it, or only what stands behind it
      this.mark(start, item.pasteLeft && begin.placemarkers < 2);
      if (item.pasteLeft) return;
    }
    if (!item.pasteLeft) {
      output.push(padding.boundary);
      return;
    }
    while (output.length - 1 > start && output.at(-1) === padding.boundary) output.pop();
    const last = output.at(-1);
    if (last !== undefined && (last.marks & Mark.padding) === 0) this.mark(output.length - 1, true);
  }

  /** Does the pastes among tokens that are to become one string. */
  private pasteAll(tokens: readonly PpToken[]): PpToken[] {
    const result: PpToken[] = [];
    for (let index = 0; index < tokens.length; index++) {
      let token = tokens[index]!;
      while ((tokens[index]!.marks & Mark.pasteLeft) !== 0 && index + 1 < tokens.length) {
        const made = this.tools.paste(token, tokens[index + 1]!);
        if (made === undefined) break;
        token = made;
        index++;
      }
      result.push(token);
    }
    return result;
  }

  private atOptionalStart(): boolean {
    return (
      this.optionalBegin !== null && this.optionalStart >= 0 && this.output.length - 1 === this.optionalStart
    );
  }

  /** In `x ## __VA_OPT__(a b)` an `a` that gives nothing is what x is pasted to: b then stands for itself. */
  private separateFromPlacemarkers(): void {
    if (this.atOptionalStart() && this.optionalBegin!.placemarkers > 0)
      this.mark(this.output.length - 1, false);
  }

  private pastesIntoOptional(): boolean {
    return this.atOptionalStart() && (this.output.at(-1)!.marks & Mark.pasteLeft) !== 0;
  }

  private mark(index: number, pasteLeft: boolean): void {
    const token = this.output[index]!;
    if ((token.marks & Mark.padding) !== 0) return;
    const marks = pasteLeft ? token.marks | Mark.pasteLeft : token.marks & ~Mark.pasteLeft;
    if (marks !== token.marks) this.output[index] = token.withMarks(marks);
  }

  private own(token: PpToken, pasteLeft: boolean): PpToken {
    const { kind, text, file, start, end, spaceBefore } = token;
    return new PpToken(
      kind,
      text,
      file,
      start,
      end,
      spaceBefore,
      this.expansion,
      pasteLeft ? Mark.pasteLeft : 0,
    );
  }

  private stringified(item: BodyItem, argument: Argument): PpToken {
    if (argument.stringified === null) {
      // before the text is made: a few lines can ask for more than a string can hold
      const length = argument.tokens.reduce((sum, { text }) => sum + text.length, 0);
      this.tools.spendText(length, item.token);
      const { text, droppedBackslash } = stringify(argument.tokens);
      if (droppedBackslash) {
        this.tools.report(messages["c-invalid-stringification"]({}, at(spanOf(item.token), this.expansion)));
      }
      argument.stringified = text;
    }
    return this.stringToken(item.token, argument.stringified);
  }

  private stringToken(hash: PpToken, text: string): PpToken {
    this.tools.spendText(text.length, hash);
    const { file, start, end, spaceBefore } = hash;
    return new PpToken(TokenKind.string, text, file, start, end, spaceBefore, this.expansion, 0);
  }
}

export function emptyArgument(omitted: boolean): Argument {
  return { tokens: [], omitted, expanded: null, stringified: null };
}
