import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Target } from "../../compiler/c/target.js";
import { type ElfObject, readElfObjects } from "../support/elf-objects.js";
import { gccFlags, inParallel, run } from "../support/gcc.js";
import { ownHeaders, type Program, withPrefix } from "./program.js";

/**
 * gcc's answer to many programs. Starting gcc costs far more than one config does, so programs of one profile and
 * target share a translation unit: a driver includes them one after the other, sets and clears the `-D` of each,
 * and every name carries the prefix of its program. The bytes of each object are found by its symbol.
 */

export interface ReferenceObject {
  readonly name: string;
  readonly section: string;
  readonly bytes: Uint8Array;
}

export type Reference =
  | { readonly accepted: true; readonly objects: readonly ReferenceObject[] }
  | { readonly accepted: false; readonly message: string };

/** What of gcc's predefined macros must go and come so that a config sees another machine. */
const targetFlags: Readonly<Record<Target, readonly string[]>> = (() => {
  const without = ["-U__x86_64__", "-U__x86_64", "-U__amd64__", "-U__amd64"];
  return {
    x86_64: [],
    arm: [...without, "-D__arm__=1"],
    aarch64: [...without, "-D__aarch64__=1"],
    riscv64: [...without, "-D__riscv=1", "-D__riscv_xlen=64"],
  };
})();

/** More programs in one unit would make one mistake costlier to find. */
const largestBatch = 40;

interface Numbered {
  readonly index: number;
  readonly program: Program;
}

export interface ReferenceOptions {
  /** An empty directory for sources and objects. */
  readonly directory: string;
  /** The include directory of a profile's header. */
  readonly headerDirectory: (profile: string) => string;
  /** How many gcc run at a time. */
  readonly width: number;
}

/** The identifier in front of every name of program number `index`. */
export function prefixOf(index: number): string {
  return `k${index}_`;
}

/** Compiles each program with gcc; the results are in the order of the programs. */
export async function compileWithGcc(
  programs: readonly Program[],
  options: ReferenceOptions,
): Promise<Reference[]> {
  const numbered = programs.map((program, index) => ({
    index,
    program: withPrefix(program, prefixOf(index)),
  }));
  const results = new Array<Reference>(programs.length);
  await inParallel(batches(numbered), options.width, async (batch) => {
    for (const [index, reference] of await compileBatch(batch, options)) results[index] = reference;
  });
  return results;
}

function batches(programs: readonly Numbered[]): Numbered[][] {
  const open = new Map<string, Numbered[]>();
  const all: Numbered[][] = [];
  for (const numbered of programs) {
    const key = numbered.program.alone ? null : `${numbered.program.profile}/${numbered.program.target}`;
    const current = key === null ? undefined : open.get(key);
    if (current !== undefined && current.length < largestBatch) current.push(numbered);
    else {
      const batch = [numbered];
      all.push(batch);
      if (key !== null) open.set(key, batch);
    }
  }
  return all;
}

/** Makes each directory unique in this process: a search that was interrupted may still have a gcc running. */
let batchNumber = 0;

async function compileBatch(
  batch: readonly Numbered[],
  options: ReferenceOptions,
): Promise<readonly (readonly [index: number, reference: Reference])[]> {
  const first = batch[0]!;
  batchNumber += 1;
  const directory = join(options.directory, `batch-${batchNumber}`);
  for (const { index, program } of batch) writeProgram(join(directory, prefixOf(index)), program);
  writeFileSync(join(directory, "driver.c"), batch.map(driverPart).join(""));
  const { profile, target, alone } = first.program;
  const includes = [
    ...(alone ? [`-I${prefixOf(first.index)}/${ownHeaders}`] : []),
    ...(profile === null ? [] : [`-I${options.headerDirectory(profile)}`]),
  ];
  const result = await run(
    "gcc",
    ["-c", ...gccFlags, ...targetFlags[target], ...includes, "driver.c", "-o", "driver.o"],
    directory,
  );
  const objects = result.status === 0 ? readElfObjects(readFileSync(join(directory, "driver.o"))) : [];
  rmSync(directory, { recursive: true });
  if (result.status !== 0 && batch.length > 1) {
    const middle = batch.length >> 1;
    return [
      ...(await compileBatch(batch.slice(0, middle), options)),
      ...(await compileBatch(batch.slice(middle), options)),
    ];
  }
  const byName = new Map(objects.map((object) => [object.name, object]));
  return batch.map(({ index, program }) => [
    index,
    result.status === 0
      ? { accepted: true, objects: objectsOf(program, prefixOf(index), byName) }
      : { accepted: false, message: result.stderr },
  ]);
}

/** Those that were announced, in their order, then all others of the program. */
function objectsOf(
  program: Program,
  prefix: string,
  byName: ReadonlyMap<string, ElfObject>,
): ReferenceObject[] {
  const others = [...byName.keys()].filter(
    (name) => name.startsWith(prefix) && !program.objects.includes(name),
  );
  return [...program.objects, ...others.toSorted()].flatMap((name) => {
    const object = byName.get(name);
    // An object of zeros alone ends in .bss, and one of no bytes anywhere: there would be no .cell of it.
    return object?.stored && object.bytes.length > 0 ? [object] : [];
  });
}

function writeProgram(directory: string, program: Program): void {
  for (const [path, text] of [...program.files, ["main.c", program.main] as const]) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

function driverPart({ index, program }: Numbered): string {
  const removed = new Set(program.undefines);
  const macros = [...program.defines.map((define) => define.name), "ARRAY_SIZE"];
  return [
    '#pragma push_macro("ARRAY_SIZE")',
    ...program.defines.map((define) => `#define ${define.name} ${define.body}`),
    ...[...removed].map((name) => `#undef ${name}`),
    ...program.forcedIncludes.map((file) => `#include "${prefixOf(index)}/${file}"`),
    `#include "${prefixOf(index)}/main.c"`,
    ...macros.map((name) => `#undef ${name}`),
    '#pragma pop_macro("ARRAY_SIZE")',
    "",
  ].join("\n");
}
