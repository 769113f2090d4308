import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { headerFiles } from "../../schema/header/header-files.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { type Candidate, compileWithCellc } from "./candidate.js";
import { generatedFrom } from "./choices.js";
import { mutant } from "./mutants.js";
import { describeProgram, type Program, withPrefix } from "./program.js";
import { realisticProgram } from "./realistic.js";
import { compileWithGcc, prefixOf, type Reference } from "./reference.js";
import { type Feature, features } from "./scope.js";
import { wildProgram } from "./wild.js";

/** Programs per round: bounds the memory and the disk of a long run. */
const roundSize = 2000;

export interface DifferentialOptions {
  readonly cases: number;
  readonly seed: number;
  /** Called after each round with the number of programs done. */
  readonly progress?: (done: number) => void;
  /** How many mismatches are made small and shown (default 5); more would teach no more. */
  readonly show?: number;
  /** How many smaller programs are tried to make one of them small (default 1000). */
  readonly shrinkSteps?: number;
  /** What is compared with gcc; cellc, but for tests of the comparison itself. */
  readonly compile?: Compile;
}

type Compile = typeof compileWithCellc;

export interface Mismatch {
  /** Replays the program: its number in the run of the seed. */
  readonly path: string;
  readonly seed: number;
  readonly message: string;
}

export interface DifferentialReport {
  readonly cases: number;
  /** Valid programs that both compilers took and agreed on. */
  readonly agreed: number;
  /** Mutants that gcc rejected. */
  readonly rejected: number;
  readonly objects: number;
  readonly bytes: number;
  readonly features: ReadonlyMap<Feature, number>;
  readonly mismatches: readonly Mismatch[];
  /** Longest time cellc spent on one program, in milliseconds. */
  readonly slowest: number;
}

interface Case {
  readonly program: Program;
  readonly mutant: boolean;
}

const headerCache = new Map<string, ReadonlyMap<string, string>>();

function headersOf(profile: Profile): ReadonlyMap<string, string> {
  const known = headerCache.get(profile.id);
  if (known !== undefined) return known;
  const files = headerFiles(profile, { comments: false });
  headerCache.set(profile.id, files);
  return files;
}

/** The programs of the test: half realistic, half wild, every tenth with a mistake in it. */
export const anyCase: fc.Arbitrary<Case> = generatedFrom(1500, (choices) => {
  const isMutant = choices.chance(10);
  const program = choices.chance(50) ? realisticProgram(choices, headersOf) : wildProgram(choices);
  // Function bodies are skipped by design, so that a mistake in one is not found.
  const mutable = isMutant && !program.used.has("static inline function");
  return mutable ? { program: mutant(choices, program), mutant: true } : { program, mutant: false };
});

/** Compiles `cases` random programs with both compilers and compares every object, byte for byte. */
export async function runDifferential(options: DifferentialOptions): Promise<DifferentialReport> {
  const { show = 5, shrinkSteps = 1000 } = options;
  const directory = mkdtempSync(join(tmpdir(), "cellc-differential-"));
  const compareAll = (round: readonly Case[]): Promise<Outcome[]> =>
    compareRound(round, directory, options.compile ?? compileWithCellc);
  const counts = new Map<Feature, number>(features.map((feature) => [feature, 0]));
  const totals = { agreed: 0, rejected: 0, objects: 0, bytes: 0, slowest: 0 };
  const mismatches: Mismatch[] = [];
  try {
    const cases = fc.sample(anyCase, { seed: options.seed, numRuns: options.cases });
    for (let start = 0; start < cases.length && mismatches.length < show; start += roundSize) {
      const round = cases.slice(start, start + roundSize);
      const outcomes = await compareAll(round);
      for (const [offset, outcome] of outcomes.entries()) {
        totals.slowest = Math.max(totals.slowest, outcome.milliseconds);
        if (outcome.difference !== null) {
          if (mismatches.length < show) {
            const path = String(start + offset);
            mismatches.push(
              await smallestMismatch(options.seed, path, outcome.difference, shrinkSteps, compareAll),
            );
          }
          continue;
        }
        if (outcome.reference.accepted) {
          totals.agreed += 1;
          totals.objects += outcome.reference.objects.length;
          for (const object of outcome.reference.objects) totals.bytes += object.bytes.length;
          for (const feature of round[offset]!.program.used) counts.set(feature, counts.get(feature)! + 1);
        } else if (round[offset]!.mutant) totals.rejected += 1;
      }
      options.progress?.(Math.min(start + roundSize, cases.length));
    }
    return { cases: cases.length, ...totals, features: counts, mismatches };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

interface Outcome {
  readonly reference: Reference;
  readonly difference: string | null;
  readonly milliseconds: number;
}

async function compareRound(round: readonly Case[], directory: string, compile: Compile): Promise<Outcome[]> {
  const references = await compileWithGcc(
    round.map((entry) => entry.program),
    {
      directory,
      width: Math.min(availableParallelism(), 8),
      headerDirectory: (profile) => headerDirectory(directory, profile),
    },
  );
  return round.map((entry, index) => {
    const reference = references[index]!;
    const program = withPrefix(entry.program, prefixOf(index));
    const began = performance.now();
    const difference = compare(entry, program, reference, compile);
    return { reference, difference, milliseconds: performance.now() - began };
  });
}

/** The include directory of a profile's header; written once, as a gcc may be reading it. */
function headerDirectory(directory: string, profile: string): string {
  const root = join(directory, `profile-${profile}`);
  if (existsSync(root)) return root;
  for (const [path, text] of headersOf(resolveProfile(profile)!)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** What is wrong with cellc's answer in the light of gcc's; null where nothing is. */
function compare(entry: Case, program: Program, reference: Reference, compile: Compile): string | null {
  const headers = program.profile === null ? new Map() : headersOf(resolveProfile(program.profile)!);
  let candidate: Candidate;
  try {
    candidate = compile(program, headers);
  } catch (error) {
    return `cellc throws: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  if (!reference.accepted) {
    // Nothing about C can be learned from a gcc that crashed (12 does on some ranges of zero-length arrays), nor from
    // an assembler that cannot read the name of a section.
    if (/internal compiler error|Assembler messages/.test(reference.message)) return null;
    // A program without a mutation is there to be compiled; that gcc rejects it is a fault of the generator.
    if (!entry.mutant)
      return `gcc rejects a program that should be valid:\n${firstErrors(reference.message)}`;
    return candidate.accepted ? `cellc accepts what gcc rejects:\n${firstErrors(reference.message)}` : null;
  }
  if (!candidate.accepted) {
    if (entry.mutant) return null;
    const errors = candidate.errors.map((error) => `  ${error.id}: ${error.message}${placeOf(error)}`);
    return `cellc rejects what gcc accepts:\n${errors.join("\n")}`;
  }
  if (entry.mutant && candidate.objects.length !== reference.objects.length) return null;
  return compareObjects(candidate.objects, reference);
}

/** What gcc says after its first errors only repeats them. */
function firstErrors(message: string): string {
  return message
    .split("\n")
    .filter((line) => line.includes("error:"))
    .slice(0, 3)
    .join("\n");
}

function placeOf(error: {
  primary?: { place: import("../../compiler/diagnostics/diagnostic.js").Place };
}): string {
  const place = error.primary?.place;
  if (place?.kind !== "source") return "";
  const { line, column } = place.span.file.position(place.span.start);
  return ` (${place.span.file.path}:${line}:${column})`;
}

function compareObjects(
  objects: readonly { readonly name: string; readonly section: string | null; readonly bytes: Uint8Array }[],
  reference: Extract<Reference, { accepted: true }>,
): string | null {
  const names = (list: readonly { readonly name: string }[]): string =>
    list.map((item) => item.name).join(", ");
  if (names(objects) !== names(reference.objects)) {
    return `gcc has the objects ${names(reference.objects)}; cellc has ${names(objects)}`;
  }
  for (const [index, expected] of reference.objects.entries()) {
    const actual = objects[index]!;
    if (actual.section !== null && actual.section !== expected.section) {
      return `${expected.name}: gcc's section is ${expected.section}, cellc's ${actual.section}`;
    }
    if (actual.section === null && !/^\.(?:ro)?data$/.test(expected.section)) {
      return `${expected.name}: gcc's section is ${expected.section}, cellc has none`;
    }
    const difference = firstDifference(expected.bytes, actual.bytes);
    if (difference !== null) return `${expected.name}: ${difference}`;
  }
  return null;
}

/** Where two byte strings part, with what stands around it; null where they are equal. */
export function firstDifference(expected: Uint8Array, actual: Uint8Array): string | null {
  const shorter = Math.min(expected.length, actual.length);
  let at = 0;
  while (at < shorter && expected[at] === actual[at]) at += 1;
  if (at === expected.length && at === actual.length) return null;
  const start = Math.max(0, at - 8) & ~7;
  const show = (bytes: Uint8Array): string =>
    `${bytes.length} bytes, from ${start}: ${Buffer.from(bytes.subarray(start, start + 48)).toString("hex")}`;
  return `first difference at byte ${at}\n  gcc:   ${show(expected)}\n  cellc: ${show(actual)}`;
}

/** Shrinks the case at `path`; the report holds the smallest program that still shows a difference of its kind. */
async function smallestMismatch(
  seed: number,
  path: string,
  difference: string,
  steps: number,
  compareAll: (round: readonly Case[]) => Promise<Outcome[]>,
): Promise<Mismatch> {
  const kind = kindOf(difference);
  // Many tapes make the same program.
  const seen = new Map<string, boolean>();
  const result = await fc.check(
    fc.asyncProperty(anyCase, async (entry) => {
      if (seen.size > steps) return true;
      const text = describeProgram(entry.program);
      let holds = seen.get(text);
      if (holds === undefined) {
        const [outcome] = await compareAll([entry]);
        holds = outcome!.difference === null || kindOf(outcome!.difference) !== kind;
        seen.set(text, holds);
      }
      return holds;
    }),
    { seed, path, numRuns: 1, endOnFailure: steps === 0 },
  );
  const smallest = result.counterexample?.[0];
  const [outcome] = smallest === undefined ? [undefined] : await compareAll([smallest]);
  const text =
    smallest === undefined
      ? "none was found; run the case of this seed alone"
      : `${outcome!.difference}\n${describeProgram(withPrefix(smallest.program, ""))}`;
  return { seed, path, message: `seed ${seed}, case ${path}: ${difference}\n\nsmallest program:\n${text}` };
}

/** Shrinking must not walk from one fault to another: the kind is the message up to its first detail. */
function kindOf(difference: string): string {
  const byteDifference = /first difference/.test(difference);
  return byteDifference ? "bytes" : (/^[^:;\d]*/.exec(difference)?.[0] ?? "");
}
