import { linesOf } from "../../dsl/vocabulary/file-lines.js";
import { knownFlagWords } from "../../dsl/vocabulary/flag-words.js";
import type { BlockPlace } from "../../dsl/vocabulary/shape.js";

/** Names for what the text declares. */

/** Words that lines read by themselves, besides those of their tables. */
const readByLines =
  "as auto back else end ext false front in intx nobody none or root spi true start last size".split(" ");
/** Those of a link's `peers`, among the names of cells. */
const readByPeers: ReadonlySet<string> = new Set(["as", "nobody", "or", "root"]);

const machines = "x86 arm arm64 riscv64".split(" ");

const places: readonly BlockPlace[] = [
  ...(["file", "system", "cell", "link", "link-end", "device", "ivshmem"] as const),
  ...(["gic", "x86", "iommu"] as const),
];

const flagVocabularies = [
  "memoryFlags",
  "cacheFlags",
  "consoleFlags",
  "consoleTypes",
  "capabilityFlags",
] as const;

let words: ReadonlySet<string> | undefined;

/** Words that mean something at one place of the language or another: nothing is called so. */
function reserved(): ReadonlySet<string> {
  words ??= new Set([
    ...readByLines,
    ...machines,
    ...flagVocabularies.flatMap((vocabulary) => [...knownFlagWords(vocabulary)]),
    ...places
      .flatMap((place) => [...linesOf(place).values()])
      .flatMap((shape) => [
        shape.word,
        ...(shape.clauses ?? []).flatMap(({ word, then }) => [word, then ?? word]),
        ...(shape.words ?? []).map(({ word }) => word),
      ]),
  ]);
  return words;
}

/** Letters, digits and single hyphens, beginning with a letter, so that no name is a number or an address. */
const namePattern = /^[a-z_][a-z0-9_]*(?:-[a-z0-9_]+)*$/i;

export class Names {
  private readonly taken: Set<string>;

  /** @param outer names that are known outside, which this block shall not hide */
  constructor(outer: Iterable<string> = []) {
    this.taken = new Set(outer);
  }

  /** The name that is wanted or, where that is taken, the same with a number behind it. */
  claim(wanted: string): string {
    return this.free(wanted, (name) => this.isAllowed(name));
  }

  private free(wanted: string, isAllowed: (name: string) => boolean): string {
    let name = wanted;
    for (let number = 2; this.taken.has(name) || !isAllowed(name); number++) name = `${wanted}-${number}`;
    this.taken.add(name);
    return name;
  }

  /** As {@link claim}, for a cell or a system: only links name these, and other lines never take them for words. */
  claimCell(wanted: string): string {
    return this.free(wanted, (name) => namePattern.test(name) && !readByPeers.has(name));
  }

  private isAllowed(name: string): boolean {
    return namePattern.test(name) && !reserved().has(name) && !/^r?w?x?$/.test(name);
  }

  all(): ReadonlySet<string> {
    return this.taken;
  }

  inner(): Names {
    return new Names(this.taken);
  }
}

const longestName = 24;

/** A name made of a comment: `UART (shared)` is `uart-shared`. Undefined where no short one comes of it. */
export function nameFrom(comment: string | undefined): string | undefined {
  if (comment === undefined || /[\r\n]/.test(comment)) return undefined;
  const name = comment
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name.length <= longestName && /^[a-z]/.test(name) ? name : undefined;
}

/** A file's or cell's name as one of the language. */
export function declaredName(stem: string): string {
  const name = stem.replace(/[^A-Za-z0-9_]+/g, "-").replace(/^-+|-+$/g, "");
  if (name === "") return "cell";
  return /^[A-Za-z_]/.test(name) ? name : `cell-${name}`;
}
