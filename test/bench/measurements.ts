import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { nodeHost } from "../../compiler/support/host.js";
import { decode } from "../../schema/codec/decode.js";
import { detect } from "../../schema/codec/detect.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { cellc } from "../support/cli-runner.js";
import { gccToCell } from "../support/gcc.js";
import { checkLargeSet, largeSet } from "./check-sets.js";
import type { Corpus } from "./corpus.js";
import { hostileSets } from "./hostile-sets.js";
import { compileSource, configOfSize, sourceWithRegions } from "./synthetic.js";
import { interleaved, repeated, type Times } from "./timing.js";

export interface TreeFigures {
  readonly corpus: string;
  readonly files: number;
  readonly gcc: Times;
  readonly cellc: Times;
  readonly warm: Times;
  /** As warm, where all outputs are there and stay as they are. */
  readonly rebuild: Times;
  /** As warm, with the checks of a build. */
  readonly checked: Times;
  /** gcc's time by cellc's, minimum by minimum. */
  readonly ratio: number;
  readonly warmRatio: number;
}

/** All configs of a tree: one cellc process against one gcc and one objcopy a file, in sequence. */
export async function measureTree(
  corpus: Corpus,
  program: string,
  directory: string,
  rounds: number,
): Promise<TreeFigures> {
  const [ours, theirs] = [join(directory, "cellc"), join(directory, "gcc")];
  const emptied = (output: string) => () => {
    rmSync(output, { recursive: true, force: true });
    mkdirSync(output, { recursive: true });
  };
  // gcc does not check either.
  const args = ["build", "-q", "--no-check", ...corpus.cellcFlags, "-o", `${ours}/`, ...corpus.files];
  const cellOf = (output: string, file: string): string => join(output, `${basename(file, ".c")}.cell`);
  const withGcc = (): void => {
    for (const file of corpus.files) gccToCell(file, cellOf(theirs, file), corpus.gccFlags(file));
  };
  const [cold, gcc] = await interleaved(
    rounds,
    { prepare: emptied(ours), run: () => runProgram(program, args) },
    { prepare: emptied(theirs), run: withGcc },
  );
  // A ratio of two programs that do different things would say nothing.
  for (const file of corpus.files) {
    if (Buffer.compare(readFileSync(cellOf(ours, file)), readFileSync(cellOf(theirs, file))) !== 0) {
      throw new Error(`cellc and gcc differ in ${file}`);
    }
  }
  const inProcess = async (argv = args): Promise<void> => {
    const result = await cellc(argv, nodeHost);
    if (result.status !== 0) throw new Error(result.error);
    // Lets the handlers of the last writing go.
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  for (let round = 0; round < 5; round += 1) await inProcess();
  const warm = await repeated({ prepare: emptied(ours), run: () => inProcess() }, 10, 500);
  const rebuild = await repeated({ run: () => inProcess() }, 10, 500);
  const checking = args.filter((argument) => argument !== "--no-check");
  const checked = await repeated({ prepare: emptied(ours), run: () => inProcess(checking) }, 10, 500);
  return {
    corpus: corpus.name,
    files: corpus.files.length,
    gcc: gcc!,
    cellc: cold!,
    warm,
    rebuild,
    checked,
    ratio: gcc!.minimum / cold!.minimum,
    warmRatio: gcc!.minimum / warm.minimum,
  };
}

export interface ColdFigures {
  readonly empty: Times;
  readonly cellc: Times;
  /** With the checks of a build. */
  readonly checked: Times;
  readonly gcc: Times;
  /** Milliseconds of one build over those of a Node that does nothing. */
  readonly above: number;
}

/** One file in a fresh process, against `node -e 0`. */
export async function measureCold(
  corpus: Corpus,
  program: string,
  directory: string,
  rounds: number,
): Promise<ColdFigures> {
  const file = corpus.files[0]!;
  const output = join(directory, "one.cell");
  // gcc does not check either.
  const args = ["build", "-q", "--no-check", ...corpus.cellcFlags, "-o", output, file];
  const checking = args.filter((argument) => argument !== "--no-check");
  const [empty, ours, gcc, checked] = await interleaved(
    rounds,
    { run: () => mustRun(process.execPath, ["-e", "0"]) },
    { prepare: () => rmSync(output, { force: true }), run: () => runProgram(program, args) },
    {
      prepare: () => rmSync(output, { force: true }),
      run: () => gccToCell(file, output, corpus.gccFlags(file)),
    },
    { prepare: () => rmSync(output, { force: true }), run: () => runProgram(program, checking) },
  );
  return { empty: empty!, cellc: ours!, checked: checked!, gcc: gcc!, above: ours!.minimum - empty!.minimum };
}

export interface DecodeFigures {
  readonly bytes: number;
  readonly decode: Times;
  readonly detect: Times;
}

/** A config of 64 KiB, warm. */
export async function measureDecode(): Promise<DecodeFigures> {
  const bytes = configOfSize(64 * 1024);
  const profile = resolveProfile("HEAD")!;
  for (let round = 0; round < 50; round += 1) decode(bytes, profile);
  return {
    bytes: bytes.length,
    decode: await repeated({ run: () => void decode(bytes, profile) }, 100),
    detect: await repeated({ run: () => void detect(bytes) }, 100, 500),
  };
}

export interface CheckFigures {
  readonly cells: number;
  readonly steps: readonly {
    /** Regions of a cell. */
    readonly regions: number;
    readonly milliseconds: number;
    /** Time for a region, by that of the first step: 1 where the cost is linear. */
    readonly perRegion: number;
    readonly findings: number;
  }[];
}

/** Sets of 64 cells that run together, up to a million regions in all: from their decoded bytes to all findings. */
export function measureCheck(): CheckFigures {
  const cells = 64;
  const sizes = [1000, 2000, 4000, 8000, 15_625];
  for (let round = 0; round < 3; round += 1) checkLargeSet(largeSet(cells, 250));
  const steps: { regions: number; milliseconds: number; perRegion: number; findings: number }[] = [];
  for (const regions of sizes) {
    const configs = largeSet(cells, regions);
    const times: number[] = [];
    let findings = 0;
    for (let round = 0; round < 3; round += 1) {
      const began = performance.now();
      findings = checkLargeSet(configs);
      times.push(performance.now() - began);
    }
    const milliseconds = Math.min(...times);
    const first = steps[0] ?? { milliseconds, regions };
    steps.push({
      regions,
      milliseconds,
      perRegion: milliseconds / regions / (first.milliseconds / first.regions),
      findings,
    });
  }
  return { cells, steps };
}

export interface HostileFigures {
  readonly cells: number;
  readonly sets: readonly {
    readonly name: string;
    /** Elements of a cell, and milliseconds for as many; four times as many have to take about four times as long. */
    readonly steps: readonly { readonly elements: number; readonly milliseconds: number }[];
    /** Time for an element of the last step, by that of the first. */
    readonly perElement: number;
    readonly findings: number;
  }[];
}

/** Sets in which everything meets everything else. */
export function measureHostile(): HostileFigures {
  const cells = 64;
  const [few, many] = [250, 1000].map((elements) => ({ elements, sets: hostileSets(cells, elements) }));
  const sets = many!.sets.map(({ name, configs }, index) => {
    const fewer = few!.sets[index]!.configs();
    checkLargeSet(fewer);
    const before = performance.now();
    checkLargeSet(fewer);
    const between = performance.now();
    const large = configs();
    const start = performance.now();
    const findings = checkLargeSet(large);
    const steps = [
      { elements: few!.elements, milliseconds: between - before },
      { elements: many!.elements, milliseconds: performance.now() - start },
    ];
    const [first, last] = steps.map(({ elements, milliseconds }) => milliseconds / elements);
    return { name, steps, perElement: last! / first!, findings };
  });
  return { cells, sets };
}

export interface LinearityFigures {
  readonly work: string;
  readonly steps: readonly {
    readonly bytes: number;
    readonly milliseconds: number;
    /** Time for a byte, by that of the first step: 1 where the cost is linear. */
    readonly perByte: number;
  }[];
}

/** Sizes n, 2n, 4n and 8n of one kind of input. */
export async function measureLinearity(): Promise<LinearityFigures[]> {
  const sources = [400, 800, 1600, 3200].map(sourceWithRegions);
  const configs = [32, 64, 128, 256].map((kib) => configOfSize(kib * 1024));
  const profile = resolveProfile("HEAD")!;
  for (let round = 0; round < 5; round += 1) {
    compileSource(sources[1]!);
    decode(configs[1]!, profile);
  }
  return [
    await steps("compile C", sources, (source) => source.text.length, compileSource),
    await steps(
      "decode",
      configs,
      (bytes) => bytes.length,
      (bytes) => decode(bytes, profile),
    ),
  ];
}

async function steps<T>(
  work: string,
  inputs: readonly T[],
  sizeOf: (input: T) => number,
  run: (input: T) => unknown,
): Promise<LinearityFigures> {
  const times = await interleaved(9, ...inputs.map((input) => ({ run: () => void run(input) })));
  const cost = (index: number): number => times[index]!.minimum / sizeOf(inputs[index]!);
  return {
    work,
    steps: inputs.map((input, index) => ({
      bytes: sizeOf(input),
      milliseconds: times[index]!.minimum,
      perByte: cost(index) / cost(0),
    })),
  };
}

function runProgram(program: string, args: readonly string[]): void {
  mustRun(process.execPath, [program, ...args]);
}

function mustRun(program: string, args: readonly string[]): void {
  const result = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`${program} ${args.slice(0, 4).join(" ")} ...:\n${result.stderr}`);
}
