import { spawnSync } from "node:child_process";
import { canonicalPunctuator, lexUncached } from "../../../../compiler/c/preprocessor/lexer.js";
import type { PreprocessLimits } from "../../../../compiler/c/preprocessor/limits.js";
import { preprocess } from "../../../../compiler/c/preprocessor/preprocess.js";
import type { Preprocessed } from "../../../../compiler/c/preprocessor/preprocessed.js";
import type { MacroOption, Target } from "../../../../compiler/c/target.js";
import { TokenKind } from "../../../../compiler/c/token.js";
import { IncludeError, type IncludeResolver } from "../../../../compiler/c/unit.js";
import type { Diagnostic } from "../../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { outermostUse } from "../../../../compiler/support/span.js";

export interface Setup {
  /** Headers by name; an `Error` is thrown where it would be read. */
  readonly headers?: Readonly<Record<string, string | Error>>;
  readonly target?: Target;
  /** `-DTEXT` and `-UNAME`, in order. */
  readonly flags?: readonly string[];
  readonly forced?: readonly string[];
  readonly limits?: Partial<PreprocessLimits>;
  readonly path?: string;
}

export interface Outcome extends Preprocessed {
  readonly diagnostics: readonly Diagnostic[];
  /** Spellings, without the end of the file. */
  readonly texts: readonly string[];
  /** `id line:column` of each finding, at the text the user wrote. */
  readonly findings: readonly string[];
}

export function preprocessText(text: string, setup: Setup = {}): Outcome {
  const files = new Map<string, SourceFile>();
  const open = (name: string): SourceFile | undefined => {
    const content =
      setup.headers !== undefined && Object.hasOwn(setup.headers, name) ? setup.headers[name] : undefined;
    if (content === undefined) return undefined;
    if (content instanceof Error) throw new IncludeError(content.message);
    const file = files.get(name) ?? new SourceFile(name, content);
    files.set(name, file);
    return file;
  };
  const includes: IncludeResolver = {
    resolve: (name) => open(name),
    searched: (name, form) => (form === "quoted" ? [`./${name}`, `include/${name}`] : [`include/${name}`]),
  };
  const diagnostics: Diagnostic[] = [];
  const result = preprocess(new SourceFile(setup.path ?? "main.c", text), {
    target: setup.target ?? "x86_64",
    macros: (setup.flags ?? []).map((flag): MacroOption => {
      const rest = flag.slice(2);
      return flag.startsWith("-D") ? { kind: "define", text: rest } : { kind: "undefine", name: rest };
    }),
    forcedIncludes: (setup.forced ?? []).map((name) => open(name)!),
    includes,
    report: (diagnostic) => diagnostics.push(diagnostic),
    ...(setup.limits === undefined ? {} : { limits: setup.limits }),
  });
  return {
    ...result,
    diagnostics,
    texts: result.tokens.slice(0, -1).map((token) => token.text),
    findings: diagnostics.map(finding),
  };
}

function finding({ id, primary }: Diagnostic): string {
  const place = primary?.place;
  if (place?.kind !== "source") return id;
  const { file, start } = outermostUse(place.span, place.expansion);
  const { line, column } = file.position(start);
  return `${id} ${line}:${column}`;
}

/** Runs gcc's preprocessor on a text from standard input. @throws Error where there is no gcc */
export function runGcc(text: string, flags: readonly string[] = []): { stdout: string; stderr: string } {
  const result = spawnSync("gcc", ["-E", "-P", "-std=gnu17", ...flags, "-"], {
    input: text,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (result.error !== undefined) throw result.error;
  return result;
}

/**
 * Spellings of the tokens in gcc's output; digraphs and universal character names, which gcc writes there, in their
 * plain form.
 */
export function spellings(output: string): string[] {
  const plain = output.replace(/\\U([0-9a-f]{8})/g, (_, code) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
  // on one line behind a name, so that no "#" looks like a directive
  const { tokens } = lexUncached(new SourceFile("output", `_ ${plain.replace(/\n/g, " ")}`), 10_000_000);
  return tokens
    .slice(1)
    .map(({ kind, text }) => (kind === TokenKind.punctuator ? canonicalPunctuator(text) : text));
}

export const sentinel = "SNIPPET_BEGINS_HERE";

/**
 * Joins programs into one, so that gcc need be started only once: each begins with the sentinel and its number, open
 * argument lists are closed behind it, and its macros are forgotten.
 */
export function joinPrograms(programs: readonly string[]): string {
  return programs
    .map((program, index) => {
      const names = new Set(
        [...program.matchAll(/^[ \t]*(?:#|%:)[ \t]*define[ \t]+(\w+)/gm)].map((match) => match[1]!),
      );
      const forget = [...names].map((name) => `#undef ${name}\n`).join("");
      return `${sentinel} ${index}\n${program}\n))))))))\n${forget}`;
    })
    .join("");
}

/** The tokens of each program of {@link joinPrograms}, by its number. */
export function splitPrograms(tokens: readonly string[]): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  let current: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (tokens[index] === sentinel) {
      current = [];
      parts.set(tokens[index + 1]!, current);
      index++;
    } else current.push(tokens[index]!);
  }
  return parts;
}
