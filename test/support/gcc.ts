import { spawn, spawnSync } from "node:child_process";

/**
 * Flags of every reference compilation: upstream's language, warnings off (what gcc says is not compared).
 * `-fpermissive` makes gcc 14 accept what gcc 12, the reference, accepts.
 */
export const gccFlags: readonly string[] = [
  "-std=gnu17",
  "-O2",
  "-w",
  "-pipe",
  "-fno-common",
  "-fpermissive",
];

export interface ProcessResult {
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs a program to its end; a missing program rejects, so a test that needs it fails. */
export function run(program: string, args: readonly string[], cwd: string): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    const chunks: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stderr: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** @throws Error with the first line of each missing program's complaint */
export function requireToolchain(): void {
  for (const program of ["gcc", "objcopy"]) {
    const result = spawnSync(program, ["--version"], { encoding: "utf8" });
    if (result.status !== 0) {
      throw new Error(`${program} is needed as the reference: ${result.error?.message ?? result.stderr}`);
    }
  }
}

/** Runs `work` on every item, at most `width` at a time; the results keep the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** One config as upstream's makefile builds it: gcc, then objcopy. Blocks, like the make it stands for. */
export function gccToCell(source: string, output: string, flags: readonly string[]): void {
  const object = `${output}.o`;
  mustSucceed("gcc", ["-c", "-O2", "-w", ...flags, source, "-o", object]);
  mustSucceed("objcopy", ["-O", "binary", "--remove-section=.note.gnu.property", object, output]);
}

function mustSucceed(program: string, args: readonly string[]): void {
  const result = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`${program} ${args.join(" ")}:\n${result.stderr}`);
}
