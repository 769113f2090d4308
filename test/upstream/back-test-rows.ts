import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** Families of mistakes, as the report counts them. */
export const backTestFamilies = [
  "cpu",
  "memory",
  "comm-load",
  "port-io",
  "irq",
  "pci",
  "ivshmem",
  "iommu-cache",
  "format",
  "console",
  "hypervisor-memory",
] as const;
export type BackTestFamily = (typeof backTestFamilies)[number];

/** A mistake that an expert made in a config, and the commit of upstream that mended it. */
export interface BackTestRow {
  /** The commit that mends it: 40 hexadecimal digits. */
  readonly commit: string;
  /** The config with the mistake, as a path in the tree. */
  readonly file: string;
  /** Other configs of the tree that it takes to see the mistake. */
  readonly others: readonly string[];
  /** The cells are meant to run at the same time. */
  readonly together: boolean;
  readonly family: BackTestFamily;
  /** Id of the rule that finds it. */
  readonly rule: string;
  /** What was wrong, in a few words. */
  readonly reason: string;
}

/** A mended mistake that no rule can see. */
export interface ExcludedRow {
  readonly commit: string;
  readonly file: string;
  /** Why no rule can see it. */
  readonly reason: string;
}

/** Compiled tests run from dist/test/, the tables stay in test/upstream/. */
const folder = resolve(import.meta.dirname, "../../../test/upstream");

/** @throws Error where the table has a line of another shape */
export function readBackTestRows(file = resolve(folder, "back-test.tsv")): BackTestRow[] {
  const columns = ["commit", "file", "with", "together", "family", "rule", "reason"];
  return readTable(file, columns, (cells, refuse) => {
    const [commit, path, others, together, family, rule, reason] = cells as [string, ...string[]];
    const known = backTestFamilies.find((each) => each === family);
    if (known === undefined) return refuse(`no family ${family}`);
    if (together !== "yes" && together !== "no") return refuse(`together is ${together}`);
    return {
      commit,
      file: path!,
      others: others === "-" ? [] : others!.split(","),
      together: together === "yes",
      family: known,
      rule: rule!,
      reason: reason!,
    };
  });
}

/** @throws Error where the table has a line of another shape */
export function readExcludedRows(file = resolve(folder, "back-test-excluded.tsv")): ExcludedRow[] {
  return readTable(file, ["commit", "file", "reason"], ([commit, path, reason]) => ({
    commit: commit!,
    file: path!,
    reason: reason!,
  }));
}

type Refuse = (why: string) => never;

function readTable<Row>(
  file: string,
  columns: readonly string[],
  rowOf: (cells: readonly string[], refuse: Refuse) => Row,
): Row[] {
  const [head, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  if (head !== columns.join("\t")) throw new Error(`${file}:1: the columns are ${columns.join(", ")}`);
  return lines.map((line, index) => {
    const refuse: Refuse = (why) => {
      throw new Error(`${file}:${index + 2}: ${why}`);
    };
    const cells = line.split("\t");
    if (cells.length !== columns.length || cells.includes(""))
      return refuse(`not ${columns.length} columns with text`);
    if (!/^[0-9a-f]{40}$/.test(cells[0]!)) return refuse(`no commit ${cells[0]}`);
    return rowOf(cells, refuse);
  });
}
