import type { Span } from "../../support/span.js";
import type { Lowering } from "../lower/lowering.js";
import { Reading } from "../lower/reading.js";
import type { Evaluator } from "../names/evaluate.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import { headOf } from "../names/open-block.js";
import type { StatementDefinition } from "../names/scope.js";
import { Scope } from "../names/scope.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine } from "../vocabulary/match.js";
import { type Expectation, readExpectation } from "./expectation.js";

/** Cells that run together, and what is expected of them. */
export interface Scenario {
  readonly name: string;
  /** Names of cells; the root cell always takes part. */
  readonly cells: readonly string[];
  readonly expectations: readonly Expectation[];
  readonly runs: readonly TraceRun[];
  readonly span: Span;
}

/** Accesses that a cell makes, from a file. */
export interface TraceRun {
  /** Name of the cell, or of the system for the root cell. */
  readonly cell: string;
  /** As it is written: relative to the file of the span. Not empty. */
  readonly path: string;
  /** Where the path stands. */
  readonly span: Span;
}

/** A line of a scenario that speaks of cells, and the cells. */
interface Mention {
  readonly cells: readonly string[];
  readonly opened: Opened;
}

/** The root cell takes part whether it is named or not: `scenario bench { apic-demo; ivshmem-demo; expect apic-demo can write ioports 0x3f8; run apic-demo "boot.trace" }` */
export function readScenario(
  definition: StatementDefinition,
  system: StatementDefinition | null,
  opener: BlockOpener,
  lowering: Lowering,
): Scenario {
  const { evaluator } = lowering;
  const { statement, scope } = definition.instance;
  const block = statement.block;
  if (block === null && !statement.damaged)
    evaluator.problem("jail-needs-block", { statement: "scenario" }, statement.head, scope);
  else if (block?.statements.length === 0) {
    const what = "the names of cells: without any, nothing is checked in it";
    evaluator.problem("jail-missing", { statement: "scenario", what }, statement.head, scope);
  }
  const inner = new Scope(scope, scope.file, scope.expansion);
  const cells: string[] = [];
  const expectations: Expectation[] = [];
  const runs: TraceRun[] = [];
  const mentions: Mention[] = [];
  for (const opened of block === null ? [] : opener.open(block.statements, inner, "scenario")) {
    const word = wordOf(opened);
    if (word === "expect") {
      const expectation = readExpectation(opened, readingOf(opened, word, evaluator), lowering);
      if (expectation === undefined) continue;
      expectations.push(expectation);
      mentions.push({ cells: expectation.cells, opened });
    } else if (word === "run") {
      const run = readRun(readingOf(opened, word, evaluator));
      if (run === undefined) continue;
      runs.push(run);
      mentions.push({ cells: [run.cell], opened });
    } else {
      const cell = readCell(opened, evaluator);
      if (cell !== undefined && cells.includes(cell))
        evaluator.problem("jail-only-once", { statement: cell }, opened.statement.head, opened.scope);
      else if (cell !== undefined) cells.push(cell);
    }
  }
  const present = [...cells, system?.name ?? null];
  for (const mention of mentions) checkMention(mention, definition.name, present, evaluator);
  return { name: definition.name, cells, expectations, runs, span: scope.span(statement.head) };
}

/** A line of its own, where something stands behind the word: alone it is the name of a cell. */
function wordOf({ statement }: Opened): "expect" | "run" | null {
  const word = headOf(statement);
  if (statement.items.length === 0 && statement.value === null) return null;
  return word === "expect" || word === "run" ? word : null;
}

function readingOf(opened: Opened, word: "expect" | "run", evaluator: Evaluator): Reading {
  const reading = new Reading(matchLine(opened, linesOf("scenario").get(word)!, evaluator.report), evaluator);
  const value = opened.statement.value?.[0];
  if (value !== undefined) reading.problem("jail-not-expected", { what: "this", statement: word }, value);
  return reading;
}

/** The name of a cell on a line of its own. */
function readCell({ statement, scope }: Opened, evaluator: Evaluator): string | undefined {
  const unexpected = statement.items[0] ?? statement.value?.[0] ?? statement.block;
  if (unexpected !== null && unexpected !== undefined) {
    evaluator.problem("jail-not-expected", { what: "this", statement: "scenario" }, unexpected, scope);
    return undefined;
  }
  const found = evaluator.definition(statement.head, scope);
  if (found === undefined) return undefined;
  if (found.kind === "cell" || found.kind === "system") return found.name;
  const args = { wanted: "the name of a cell", found: `\`${headOf(statement)}\`` };
  evaluator.problem("jail-wrong-type", args, statement.head, scope);
  return undefined;
}

/** `run CELL "x.trace"` */
function readRun(reading: Reading): TraceRun | undefined {
  const [name, path, ...rest] = reading.line.lead;
  if (name === undefined || path === undefined) {
    reading.missing('the name of a cell, and a file: `run apic-demo "boot.trace"`');
    return undefined;
  }
  reading.noMore(rest);
  const cell = reading.thing(name, ["cell", "system"], "a cell");
  const text = reading.text(path);
  if (cell === undefined || text === undefined) return undefined;
  if (!isPath(text)) {
    reading.problem("jail-missing", { statement: "run", what: "the path of a file" }, path);
    return undefined;
  }
  return { cell: cell.name, path: text, span: reading.scope.span(path) };
}

function isPath(text: string): boolean {
  return text.trim() !== "" && !text.includes("\0");
}

/** Who does not take part does nothing. */
function checkMention(
  { cells: named, opened: { statement, scope } }: Mention,
  scenario: string,
  present: readonly (string | null)[],
  evaluator: Evaluator,
): void {
  const cell = named.find((each) => !present.includes(each));
  if (cell !== undefined) evaluator.problem("jail-not-in-scenario", { cell, scenario }, statement, scope);
}
