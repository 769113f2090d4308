import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** One config of an upstream version, and what gcc and objcopy made of it. */
export interface ExpectedRow {
  /** Name of the version, e.g. `v0.12` or `HEAD`. */
  readonly tag: string;
  readonly commit: string;
  /** Null before revisions were introduced. */
  readonly revision: number | null;
  readonly kind: "system" | "cell";
  /** Path in the tree of the commit. */
  readonly path: string;
  /** `-I` directories in the tree of the commit, in order. */
  readonly includeDirectories: readonly string[];
  /** `NAME` or `NAME=VALUE`. */
  readonly defines: readonly string[];
  readonly size: number;
  readonly sha256: string;
}

/** Compiled tests run from dist/test/, the table stays in test/fixtures/. */
const table = resolve(import.meta.dirname, "../../../test/fixtures/upstream-expected.tsv");

/** @throws Error where the table has a line of another shape */
export function readExpectedRows(file = table): ExpectedRow[] {
  const [head, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const columns = (head ?? "").split("\t");
  return lines.map((line, index) => {
    const cells = line.split("\t");
    const cell = (name: string): string => {
      const text = cells[columns.indexOf(name)];
      if (text === undefined) throw new Error(`${file}:${index + 2}: no column ${name}`);
      return text;
    };
    const kind = cell("kind");
    if (kind !== "system" && kind !== "cell") throw new Error(`${file}:${index + 2}: kind ${kind}`);
    return {
      tag: cell("tag"),
      commit: cell("commit"),
      revision: cell("revision") === "none" ? null : Number(cell("revision")),
      kind,
      path: cell("path"),
      includeDirectories: cell("include_dirs").split(":"),
      defines: cell("defines") === "-" ? [] : cell("defines").split(","),
      size: Number(cell("size")),
      sha256: cell("sha256"),
    };
  });
}
