import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileC } from "../../../../compiler/c/compile.js";
import type { CUnit } from "../../../../compiler/c/unit.js";
import type { Diagnostic } from "../../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { type ElfObject, readElfObjects } from "../../../support/elf-objects.js";
import { run } from "../../../support/gcc.js";

/** The C reader and gcc side by side on small texts. */

export interface Compiled {
  readonly unit: CUnit;
  readonly findings: readonly Diagnostic[];
}

export function compileText(text: string, path = "test.c"): Compiled {
  const findings: Diagnostic[] = [];
  const unit = compileC(new SourceFile(path, text), {
    target: "x86_64",
    macros: [],
    forcedIncludes: [],
    includes: { resolve: () => undefined, searched: () => [] },
    report: (finding) => findings.push(finding),
  });
  return { unit, findings };
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** The bytes of the object in a text without errors. */
export function bytesOf(text: string, name?: string): string {
  const { unit, findings } = compileText(text);
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  const object = unit.objects.find((candidate) => name === undefined || candidate.name === name);
  if (object === undefined) throw new Error("no object");
  return hex(object.bytes);
}

/** `id` of each finding, in order. */
export function idsOf(text: string): string[] {
  return compileText(text).findings.map(({ id }) => id);
}

/** 1-based line of a finding's mark, where it stands in the file that is compiled. */
export function lineOf(finding: Diagnostic): number {
  const place = finding.primary?.place;
  if (place?.kind !== "source") return 0;
  let span = place.span;
  for (let step = place.expansion; step !== null; step = step.parent) span = step.use;
  return span.file.position(span.start).line;
}

export interface GccVerdict {
  /** 1-based lines with an error. */
  readonly errors: ReadonlySet<number>;
  /** 1-based lines with a warning about lost bits or values, by kind. */
  readonly warnings: ReadonlySet<string>;
}

async function inTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "cellc-semantics-"));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What gcc says of a text, line by line. */
export function judge(text: string): Promise<GccVerdict> {
  return inTemporaryDirectory(async (directory) => {
    const errors = new Set<number>();
    const warnings = new Set<string>();
    const lines = text.split("\n");
    let first = 0;
    while (first < lines.length) {
      // lines that were judged are blanked, so that the numbers stay
      const rest = lines.map((line, index) => (index < first ? "" : line)).join("\n");
      writeFileSync(join(directory, "t.c"), rest, "latin1");
      const flags = ["-std=gnu17", "-fmax-errors=0", "-fdiagnostics-plain-output", "-c", "t.c", "-o", "t.o"];
      const { stderr } = await run("gcc", flags, directory);
      for (const match of stderr.matchAll(/^t\.c:(\d+):\d+: (error|warning): (.*)$/gm)) {
        const [, line, severity, message] = match;
        if (severity === "error") errors.add(Number(line));
        else {
          const kind = kindOf(message ?? "");
          if (kind !== null) warnings.add(`${line} ${kind}`);
        }
      }
      // an erroneous line can trip gcc itself; go on behind it
      const trip = /^t\.c:(\d+):.*(?:bailing out|internal compiler error)/m.exec(stderr);
      if (trip === null) break;
      errors.add(Number(trip[1]));
      first = Number(trip[1]);
    }
    return { errors, warnings };
  });
}

/** The warnings about values that gcc and cellc both give, under one name. */
function kindOf(message: string): string | null {
  if (message.includes("changes value from")) return "truncated";
  if (message.includes("integer overflow in expression")) return "overflow";
  if (/requires \d+ bits to represent/.test(message)) return "overflow";
  if (message.includes("shift count >= width")) return "shift";
  if (/^excess elements in/.test(message)) return "excess";
  if (message.includes("is too long [") || /initializer-string .* is too long/.test(message))
    return "long string";
  if (message.includes("braces around scalar")) return "scalar braces";
  return null;
}

const kinds: Readonly<Record<string, string>> = {
  "c-truncated": "truncated",
  "c-integer-overflow": "overflow",
  "c-shift-too-far": "shift",
  "c-excess-elements": "excess",
  "c-string-too-long": "long string",
  "c-scalar-braces": "scalar braces",
};

/** The same of cellc. */
export function judgeOwn(findings: readonly Diagnostic[]): GccVerdict {
  const errors = new Set<number>();
  const warnings = new Set<string>();
  for (const finding of findings) {
    if (finding.severity === "error") errors.add(lineOf(finding));
    else if (kinds[finding.id] !== undefined) warnings.add(`${lineOf(finding)} ${kinds[finding.id]}`);
  }
  return { errors, warnings };
}

/** The objects gcc makes of a text it accepts. */
export function compileByGcc(text: string, ...flags: readonly string[]): Promise<readonly ElfObject[]> {
  return inTemporaryDirectory(async (directory) => {
    writeFileSync(join(directory, "t.c"), text, "latin1");
    const { status, stderr } = await run(
      "gcc",
      ["-std=gnu17", "-w", ...flags, "-c", "t.c", "-o", "t.o"],
      directory,
    );
    if (status !== 0) throw new Error(stderr);
    return readElfObjects(readFileSync(join(directory, "t.o")));
  });
}

/** Makes one text of snippets, one a line; `@` and `#` behind a name make it unique, so they do not meet. */
export function batch(snippets: readonly string[]): string {
  return snippets.map((snippet, index) => snippet.replaceAll(/[@#]/g, `_${index}`)).join("\n");
}

/** Differences between gcc and cellc over the snippets, as text; empty where they agree. */
export async function compareBatch(snippets: readonly string[], options: CompareOptions): Promise<string[]> {
  const differences: string[] = [];
  for (let start = 0; start < snippets.length; start += chunkSize) {
    differences.push(...(await compareChunk(snippets.slice(start, start + chunkSize), options)));
  }
  return differences;
}

/** Few enough that the limit on errors in one file is not met. */
const chunkSize = 200;

interface CompareOptions {
  readonly compareWarnings: boolean;
  /** Findings with which cellc may reject what gcc takes. */
  readonly mayRefuse?: readonly string[];
  /** Warnings of cellc on what gcc may reject. */
  readonly mayAccept?: readonly string[];
}

async function compareChunk(snippets: readonly string[], options: CompareOptions): Promise<string[]> {
  const text = batch(snippets);
  const theirs = await judge(text);
  const { findings } = compileText(text);
  const own = judgeOwn(findings);
  const linesWith = (ids: readonly string[] = []): ReadonlySet<number> =>
    new Set(findings.filter(({ id }) => ids.includes(id)).map((finding) => lineOf(finding)));
  const mayRefuse = linesWith(options.mayRefuse);
  const mayAccept = linesWith(options.mayAccept);
  const differences: string[] = [];
  const good: string[] = [];
  snippets.forEach((snippet, index) => {
    const line = index + 1;
    const [isTheirError, isOwnError] = [theirs.errors.has(line), own.errors.has(line)];
    const isExcused = isOwnError ? mayRefuse.has(line) : mayAccept.has(line);
    if (isTheirError !== isOwnError && !isExcused) {
      differences.push(`${isTheirError ? "gcc" : "cellc"} alone rejects: ${snippet}`);
    }
    if (!isTheirError && !isOwnError) good.push(snippet);
  });
  if (options.compareWarnings) {
    for (const [mine, others, who] of [
      [own.warnings, theirs.warnings, "cellc"],
      [theirs.warnings, own.warnings, "gcc"],
    ] as const) {
      for (const warning of mine) {
        const line = Number(warning.split(" ")[0]);
        if (others.has(warning) || theirs.errors.has(line)) continue;
        differences.push(`${who} alone warns (${warning}): ${snippets[line - 1]}`);
      }
    }
  }
  differences.push(...(await compareBytes(good)));
  return differences;
}

async function compareBytes(snippets: readonly string[]): Promise<string[]> {
  const text = batch(snippets);
  const expected = new Map((await compileByGcc(text)).map((object) => [object.name, object]));
  // what -O2 leaves out, Kbuild's files do not have; without it gcc shows the bytes of all
  const kept = new Set((await compileByGcc(text, "-O2")).map(({ name }) => name));
  const { unit } = compileText(text);
  const found = new Map(unit.objects.map(({ name, bytes }) => [name, hex(bytes)]));
  const differences: string[] = [];
  snippets.forEach((snippet, index) => {
    for (const match of snippet.matchAll(/(\w+)@/g)) {
      const name = `${match[1]}_${index}`;
      const object = expected.get(name);
      // what has no bytes in the file, as in .bss, is in no output
      const theirs = object?.stored ? hex(object.bytes) : "nothing";
      const own = found.get(name) ?? "nothing";
      const isDropped = own === "nothing" && !kept.has(name);
      if (theirs !== own && !isDropped) differences.push(`${snippet}\n  gcc   ${theirs}\n  cellc ${own}`);
    }
  });
  return differences;
}
