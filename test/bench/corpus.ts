import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { writeHeaderTree } from "../support/header-tree.js";
import { readExpectedRows } from "../upstream/expected.js";
import type { ExtractedTrees } from "../upstream/trees.js";

/** C configs to measure with, and how each compiler is called for them. */
export interface Corpus {
  readonly name: string;
  readonly files: readonly string[];
  /** `-I` and `-D` for one file with gcc. */
  readonly gccFlags: (file: string) => readonly string[];
  /** The same for all files at once with cellc. */
  readonly cellcFlags: readonly string[];
}

const examples = resolve(import.meta.dirname, "../../../examples/c");

/** Upstream's newest configs, from a git repository. The extracted tree lives until `trees.remove()`. */
export function upstreamCorpus(trees: ExtractedTrees): Corpus {
  const rows = readExpectedRows().filter((row) => row.tag === "HEAD");
  const tree = trees.extract(rows[0]!.commit);
  const flags = new Map(
    rows.map((row) => [
      join(tree, row.path),
      [
        ...row.includeDirectories.map((directory) => `-I${join(tree, directory)}`),
        ...row.defines.map((define) => `-D${define}`),
      ],
    ]),
  );
  // The headers that differ between the machines give configs the same types; one path serves them all.
  const all = new Set([...flags.values()].flat());
  return {
    name: `upstream ${rows[0]!.commit.slice(0, 12)}`,
    files: [...flags.keys()],
    gccFlags: (file) => flags.get(file)!,
    cellcFlags: [...all],
  };
}

/** The examples, each in many copies with a number of its own, so that no two inputs are equal. */
export function exampleCorpus(directory: string, copies: number): Corpus {
  const include = join(directory, "include");
  writeHeaderTree(resolveProfile("HEAD")!, include);
  const files: string[] = [];
  for (const name of readdirSync(examples).sort()) {
    const text = readFileSync(join(examples, name), "utf8");
    if (name.endsWith(".h")) writeFileSync(join(directory, name), text);
    if (!name.endsWith(".c")) continue;
    for (let copy = 0; copy < copies; copy += 1) {
      const file = join(directory, `${basename(name, ".c")}-${copy}.c`);
      writeFileSync(
        file,
        text
          .replace(/(\.cpu_set_size)/, `.id = ${copy + 1},\n\t\t$1`)
          .replace(/\.root_cell = \{\n\t\t\t\.id = \d+,/, ".root_cell = {"),
      );
      files.push(file);
    }
  }
  return {
    name: `examples, ${copies} copies of each`,
    files,
    gccFlags: () => [`-I${include}`],
    cellcFlags: [`-I${include}`],
  };
}
