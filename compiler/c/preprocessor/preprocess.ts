import type { Diagnostic, Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import { SourceFile } from "../../support/source.js";
import { type Expansion, outermostUse, type Span } from "../../support/span.js";
import { spanOf, TokenKind } from "../token.js";
import type { CompileCOptions, IncludeResolver } from "../unit.js";
import { textOfBuiltin } from "./builtin-text.js";
import { type ConditionContext, conditionOf, endGroup, skipGroup } from "./conditional.js";
import { defineCommandLine, defineMacro, undefineMacro } from "./definitions.js";
import { type Directive, lineOf, nameOf, restOfLine } from "./directive.js";
import { Expander } from "./expander.js";
import { mergeConflict, wrongFileKind } from "./file-kind.js";
import { type Frame, frameOf } from "./frame.js";
import { headerOf, identityOf, isAboutHeaders, withIncludeNotes } from "./include.js";
import { lexedSize, lexFile, lexUncached, maxTokensPerFile, withoutDigraphs } from "./lexer.js";
import { defaultLimits, type PreprocessLimits, Stop } from "./limits.js";
import { applyLine } from "./line-directive.js";
import type { Builtin, Macro } from "./macro.js";
import { messages } from "./messages.js";
import { requireHeader } from "./missing-header.js";
import { endOfInput, PpToken } from "./pp-token.js";
import { destringize, executePragma } from "./pragma.js";
import { predefinedMacros } from "./predefined.js";
import {
  includedFromIn,
  leadingIncludes,
  NotedIncludes,
  numberedLines,
  type Prelude,
  usesDigraphs,
} from "./prelude.js";
import type { Preprocessed } from "./preprocessed.js";
import type { Spelled } from "./spelling.js";
import type { TokenSource } from "./token-source.js";

/**
 * Translation phases 1 to 4 of C17 with GNU extensions (`gcc -std=gnu17 -E`): the tokens of a file, its directives
 * executed and its macros expanded.
 *
 * Macros are those of the target, then `macros` in their order, then the forced includes.
 * Everything wrong goes to `options.report`; reading goes on after each error, except where a limit is exceeded.
 */
export function preprocess(
  main: SourceFile,
  options: CompileCOptions & { readonly limits?: Partial<PreprocessLimits> },
): Preprocessed {
  return new Preprocessor(main, options).run();
}

class Preprocessor implements TokenSource {
  private readonly limits: PreprocessLimits;
  private readonly report: Report;
  private readonly expander: Expander;
  private readonly frames: Frame[] = [];
  private frame!: Frame;
  private output: PpToken[] = [];
  private readonly files = new Set<SourceFile>();
  private readonly includedFrom = new Map<SourceFile, Span>();
  /** `#pragma once`: what {@link identityOf} gives for the file. */
  private readonly once = new Set<unknown>();
  private readonly pushedMacros = new Map<string, (Macro | undefined)[]>();
  private readonly includes: IncludeResolver;
  private readonly conditionContext: ConditionContext;
  private readonly noted: NotedIncludes | undefined;
  private prelude: Prelude | undefined;
  private findings = 0;
  /** Something the headers gave comes from the main file. */
  private dependsOnMain = false;
  private counter = 0;
  private entered = 0;
  private sourceTokens = 0;
  private digraphs = false;
  private outcome: Preprocessed["outcome"] = "complete";

  constructor(
    private readonly main: SourceFile,
    private readonly options: CompileCOptions & { readonly limits?: Partial<PreprocessLimits> },
  ) {
    this.limits = { ...defaultLimits, ...options.limits };
    const report = withIncludeNotes(options.report, this.includedFrom);
    this.report = (diagnostic) => {
      this.findings++;
      // behind a missing header, the rest goes wrong for want of what it defines: only headers count
      if (this.outcome !== "fatal" || isAboutHeaders(diagnostic)) report(diagnostic);
    };
    this.noted = options.sharedHeaders && new NotedIncludes(options.includes, main);
    this.includes = this.noted ?? options.includes;
    this.expander = new Expander(predefinedMacros(options.target), this, this.limits, this.report);
    this.conditionContext = {
      expander: this.expander,
      includes: this.includes,
      report: this.report,
      currentFile: () => this.frame.file,
    };
  }

  run(): Preprocessed {
    try {
      this.enter(this.main);
      if (!this.reusePrelude(this.frame)) this.readPrelude(this.frame);
      this.drain(0);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      this.expander.leaveAll();
      this.cutShort();
    }
    if (this.expander.ranOut) this.cutShort();
    const end = this.main.text.length;
    this.output.push(new PpToken(TokenKind.endOfFile, "", this.main, end, end, true, null, 0));
    return {
      tokens: this.digraphs ? withoutDigraphs(this.output) : this.output,
      files: [...this.files],
      includedFrom: this.includedFrom,
      outcome: this.outcome,
      macros: this.expander.macros,
      failedCalls: this.expander.failedCalls,
      prelude: this.prelude,
    };
  }

  private readPrelude(main: Frame): void {
    defineCommandLine(this.expander.macros, this.options.macros, this.report);
    for (const file of this.options.forcedIncludes) {
      if (this.once.has(identityOf(file))) continue;
      this.enter(file);
      this.drain(1);
    }
    const { sharedHeaders } = this.options;
    if (sharedHeaders === undefined) return;
    const includes = leadingIncludes(main.lexed);
    while (main.directive < includes) {
      this.runDirective(main);
      this.drain(1);
    }
    this.prelude = this.preludeOf(main, includes);
    if (this.prelude !== undefined) sharedHeaders.keep(this.prelude);
  }

  /** What was read so far, unless it holds only for this file. */
  private preludeOf(main: Frame, includes: number): Prelude | undefined {
    const questions = this.noted?.end();
    const isOwn = this.findings > 0 || this.dependsOnMain || this.pushedMacros.size > 0;
    if (isOwn || includes === 0 || questions === undefined) return undefined;
    const { counter, entered } = this;
    const { target, macros, forcedIncludes } = this.options;
    return {
      options: { target, macros, forcedIncludes },
      questions,
      includes,
      tokens: [...this.output],
      files: [...this.files].filter((file) => file !== this.main),
      includedFrom: numberedLines(main.lexed, this.includedFrom),
      once: new Set(this.once),
      counter,
      entered,
      sourceTokens: this.sourceTokens - lexedSize(main.lexed),
      expander: this.expander.state(),
    };
  }

  private reusePrelude(main: Frame): boolean {
    const prelude = this.options.sharedHeaders?.find(this.main, main.lexed, this.options);
    if (prelude === undefined) return false;
    const sourceTokens = this.sourceTokens + prelude.sourceTokens;
    // where a limit is exceeded, the place at which it happens counts
    if (sourceTokens > this.limits.sourceTokens) return false;
    this.noted?.end();
    this.prelude = prelude;
    this.output = [...prelude.tokens];
    for (const file of prelude.files) this.files.add(file);
    for (const [file, line] of includedFromIn(main.lexed, prelude)) this.includedFrom.set(file, line);
    for (const identity of prelude.once) this.once.add(identity);
    this.digraphs ||= usesDigraphs(prelude);
    this.counter = prelude.counter;
    this.entered = prelude.entered;
    this.sourceTokens = sourceTokens;
    this.expander.goOnFrom(prelude.expander);
    main.directive = prelude.includes;
    return true;
  }

  private cutShort(): void {
    if (this.outcome === "complete") this.outcome = "stopped";
  }

  private enter(file: SourceFile): void {
    const isNew = !this.files.has(file);
    if (!isNew && file === this.main) this.dependsOnMain = true;
    this.files.add(file);
    if (isNew) this.refuse(wrongFileKind(file));
    // its tokens would outlive their use
    const lexed = file === this.main ? lexUncached(file, maxTokensPerFile) : lexFile(file);
    this.sourceTokens += lexedSize(lexed);
    if (this.sourceTokens > this.limits.sourceTokens) {
      this.stop(messages["c-source-limit"]({ limit: this.limits.sourceTokens }));
    }
    if (isNew) {
      for (const problem of lexed.problems) this.report(problem);
      if (lexed.truncated) this.cutShort();
      this.refuse(mergeConflict(lexed));
    }
    this.digraphs ||= lexed.digraphs;
    this.frame = frameOf(file, lexed);
    this.frames.push(this.frame);
  }

  /** Ends the run at a file that is no C. */
  private refuse(problem: Diagnostic | undefined): void {
    if (problem === undefined) return;
    this.findings++;
    this.outcome = "fatal";
    this.options.report(problem);
    throw new Stop();
  }

  private stop(diagnostic: Diagnostic): never {
    this.report(diagnostic);
    throw new Stop();
  }

  /** Reads until only `depth` files are open. */
  private drain(depth: number): void {
    while (this.frames.length > depth) {
      const { frame } = this;
      this.readText(frame);
      if (frame.directive < frame.lexed.directives.length) this.runDirective(frame);
      else if (frame.position >= frame.lexed.tokens.length) {
        this.frames.pop();
        this.frame = this.frames.at(-1) ?? frame;
      }
    }
  }

  /** Puts out the tokens up to the next directive: the loop in which a run spends its time. */
  private readText(frame: Frame): void {
    const { output, expander } = this;
    const { macros } = expander;
    const { tokens } = frame.lexed;
    const { directive } = frame;
    const stop = frame.lexed.directives[directive]?.at ?? tokens.length;
    let { position } = frame;
    while (position < stop) {
      const token = tokens[position++]!;
      if (token.kind === TokenKind.identifier) {
        const macro = macros.get(token.text);
        if (macro !== undefined && macro.builtin !== "operator") {
          frame.position = position;
          expander.expandInto(output, token, macro);
          position = frame.position;
          // a macro's arguments can reach over directives
          if (frame.directive !== directive) return;
          continue;
        }
      }
      output.push(token);
    }
    frame.position = position;
  }

  fileToken(parenthesis: boolean): PpToken {
    const { frame } = this;
    const { tokens, directives } = frame.lexed;
    while (directives[frame.directive]?.at === frame.position) {
      if (parenthesis) return endOfInput;
      this.runDirective(frame);
    }
    return tokens[frame.position++] ?? this.atEnd(frame);
  }

  private atEnd(frame: Frame): PpToken {
    frame.position = frame.lexed.tokens.length;
    return endOfInput;
  }

  unreadFileToken(): void {
    this.frame.position--;
  }

  private runDirective(frame: Frame): void {
    const directive = frame.lexed.directives[frame.directive]!;
    frame.directive++;
    switch (directive.name) {
      case "":
      case "ident":
      case "sccs":
        return;
      case "define":
        defineMacro(this.expander.macros, directive, this.report);
        return;
      case "undef":
        undefineMacro(this.expander.macros, directive, this.report);
        return;
      case "if":
      case "ifdef":
      case "ifndef":
        if (!conditionOf(directive, this.conditionContext))
          skipGroup(frame, directive, this.conditionContext);
        return;
      case "elif":
      case "elifdef":
      case "elifndef":
      case "else":
      case "endif":
        endGroup(frame, directive, this.report);
        return;
      case "include":
        this.include(directive);
        return;
      case "line":
        applyLine(frame, directive, this.expander, this.report);
        return;
      case "error":
      case "warning":
        this.report(
          messages[`c-${directive.name}-directive`]({ text: restOfLine(directive) }, lineOf(directive)),
        );
        return;
      case "pragma":
        this.executePragma(directive.tokens, lineOf(directive).span);
        return;
      case "include_next":
      case "import":
      case "embed":
      case "assert":
      case "unassert":
        this.report(messages["c-unsupported-directive"]({ name: directive.name }, nameOf(directive)));
        return;
      default:
        this.report(messages["c-unknown-directive"]({ name: directive.name }, nameOf(directive)));
    }
  }

  private include(directive: Directive): void {
    const { name } = directive;
    const { collecting } = this.expander;
    const place = lineOf(directive);
    if (collecting !== null) {
      this.report(messages["c-directive-in-arguments"]({ name, macro: collecting.text }, place));
      return;
    }
    const { header, extra } = headerOf(directive, this.expander);
    if (header === undefined || header.name === "") {
      this.report(messages["c-include-syntax"]({ name }, place));
      return;
    }
    if (extra !== undefined)
      this.report(messages["c-extra-tokens"]({ name }, at(spanOf(extra), extra.expansion)));
    const file = requireHeader(header, this.frame.file, place.span, {
      includes: this.includes,
      target: this.options.target,
      report: this.report,
    });
    if (file === undefined) this.outcome = "fatal";
    if (file === undefined || this.once.has(identityOf(file))) return;
    if (this.frames.length > this.limits.includeDepth) {
      this.stop(messages["c-include-depth"]({ limit: this.limits.includeDepth }, place));
    }
    if (++this.entered > this.limits.includes) {
      this.stop(messages["c-include-count"]({ limit: this.limits.includes }, place));
    }
    if (!this.files.has(file)) this.includedFrom.set(file, place.span);
    this.enter(file);
  }

  pragma(operator: PpToken, text: PpToken): void {
    const { tokens } = lexUncached(
      new SourceFile("<_Pragma>", destringize(text.text), true),
      text.text.length,
    );
    this.executePragma(tokens, outermostUse(spanOf(operator), operator.expansion));
  }

  private executePragma(tokens: readonly PpToken[], place: Span): void {
    executePragma(tokens, place, {
      macros: this.expander.macros,
      pushed: this.pushedMacros,
      once: () => this.once.add(identityOf(this.frame.file)),
      report: this.report,
    });
  }

  builtinText(builtin: Builtin, use: PpToken, argumentsOf: readonly Expansion[]): Spelled {
    const { presumedName, file, lineShift } = this.frame;
    if (builtin === "baseFile") this.dependsOnMain = true;
    return textOfBuiltin(builtin, use, argumentsOf, {
      presumedName,
      file,
      lineShift,
      mainPath: this.main.path,
      includeLevel: this.frames.length - 1,
      count: () => this.counter++,
      report: this.report,
    });
  }
}
