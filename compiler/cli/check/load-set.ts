/** The configs of a command as one set to be checked: systems, cells, and what their sources say about them. */

import { decodeText } from "../../../schema/text.js";
import { CheckedConfig } from "../../check/facts/checked-config.js";
import { type CheckedSet, checkedSet, type Vendor } from "../../check/facts/checked-set.js";
import { fileShape } from "../../check/facts/file-shape.js";
import { withToldArchitecture } from "../../check/facts/told-architecture.js";
import { checkMessages } from "../../check/messages.js";
import type { Situation } from "../../check/reach/assertion.js";
import type { Allowance } from "../../check/suppress.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import { at, atFile, type Report } from "../../diagnostics/diagnostic.js";
import type { Expectation } from "../../dsl/machine/expectation.js";
import type { Assertion } from "../../dsl/machine/intents.js";
import type { TraceRun } from "../../dsl/machine/scenario.js";
import type { Board } from "../../ir/board.js";
import { familyOfName } from "../../ir/config.js";
import { nearestName } from "../../support/nearest-name.js";
import type { SourceFile } from "../../support/source.js";
import type { Span } from "../../support/span.js";
import type { CompiledJail } from "../compile-jail.js";
import type { Context } from "../context.js";
import type { LoadedConfig } from "../load-config.js";
import { allowancesOfC } from "./c-allowances.js";
import type { Inputs } from "./load-inputs.js";

export interface LoadedSet {
  readonly set: CheckedSet;
  readonly loaded: ReadonlyMap<CheckedConfig, LoadedConfig>;
  /** Those of the cell language that were read, imports too. */
  readonly files: readonly SourceFile[];
  readonly allowances: readonly Allowance[];
  readonly assertions: readonly ResolvedAssertion[];
  /** In which assertions have to hold: with all cells that are checked, and in each scenario. */
  readonly situations: readonly Situation[];
  /** Those that are chosen, with what is expected in them. */
  readonly scenarios: readonly ResolvedScenario[];
}

/** A scenario of the cell language with the configs of its cells. */
export interface ResolvedScenario {
  readonly name: string;
  /** In the order of the scenario; the root cell where it is named. */
  readonly cells: readonly CheckedConfig[];
  readonly expectations: readonly ResolvedExpectation[];
  readonly runs: readonly ResolvedRun[];
  readonly span: Span;
}

export interface ResolvedExpectation extends Omit<Expectation, "cells"> {
  readonly cells: readonly CheckedConfig[];
}

export interface ResolvedRun extends Omit<TraceRun, "cell"> {
  readonly cell: CheckedConfig;
}

/** An assertion of the cell language with the configs of its cells. */
export interface ResolvedAssertion extends Omit<Assertion, "cells"> {
  readonly cells: readonly CheckedConfig[];
}

export interface SetRequest {
  /** Only the cells of these scenarios, and those of one run together; empty: all cells. */
  readonly scenarios?: readonly string[];
  readonly together: boolean;
  readonly vendor?: Vendor;
  readonly board?: Board;
  /** Hears of mistakes in exceptions; the reporter of the command where it is left out. */
  readonly report?: Report;
}

/** Undefined where a mistake was reported. */
export function loadSet(
  { configs, machines, astray }: Inputs,
  request: SetRequest,
  context: Context,
): LoadedSet | undefined {
  const report = request.report ?? context.reporter.report;
  const given = onceEach(configs, report);
  const all = withToldArchitecture(checkedConfigsOf(given), request.board ?? null);
  const loaded = new Map(all.map((config, index) => [config, given[index]!] as const));
  const [first, second] = all.filter(({ isRoot }) => isRoot);
  if (first !== undefined && second !== undefined) {
    const args = { first: first.cell.name, second: second.cell.name };
    const secondary = [{ place: atFile(first.facts.file), text: "the first one" }];
    const place = atFile(second.facts.file);
    const help = astray === undefined ? {} : { help: helpForAstray(astray) };
    context.reporter.report(checkMessages["several-systems"](args, place, { secondary, ...help }));
    return undefined;
  }
  const named = (names: readonly string[], { files }: CompiledJail): readonly CheckedConfig[] =>
    all.filter((config) => {
      const { cell, file } = loaded.get(config)!;
      return cell !== undefined && names.includes(cell) && file === files.at(-1)!.path;
    });
  const scenarios = machines.flatMap((machine) =>
    machine.scenarios.map(
      ({ name, cells, expectations, runs, span }): ResolvedScenario => ({
        name,
        span,
        cells: cells.flatMap((each) => named([each], machine)),
        expectations: expectations.map((each) => ({ ...each, cells: named(each.cells, machine) })),
        runs: runs.flatMap((each) => named([each.cell], machine).map((cell) => ({ ...each, cell }))),
      }),
    ),
  );
  const chosen = chooseScenarios(request.scenarios ?? [], scenarios, context);
  if (chosen === undefined) return undefined;
  const isChosen = (config: CheckedConfig): boolean =>
    chosen === null || config.isRoot || chosen.some(({ cells }) => cells.includes(config));
  const checked = all.filter(isChosen);
  const together = request.together || chosen?.length === 1;
  const set = checkedSet(checked, {
    scenarios: together ? "all" : (chosen ?? scenarios).map(({ cells }) => cells),
    ...(request.vendor === undefined ? {} : { vendor: request.vendor }),
    ...(request.board === undefined ? {} : { board: request.board }),
  });
  const isChecked = new Set(checked);
  const whole: Situation = { name: null, cells: set.cells };
  return {
    set,
    loaded,
    files: machines.flatMap(({ files }) => files),
    allowances: [
      ...machines.flatMap((machine) => allowancesOfMachine(machine, named, isChecked)),
      ...allowancesOfC(given, report),
    ],
    assertions: machines.flatMap((machine) =>
      machine.assertions.map((assertion) => ({ ...assertion, cells: named(assertion.cells, machine) })),
    ),
    situations: [
      ...(chosen === null ? [whole] : []),
      ...(chosen ?? scenarios).map(({ name, cells }) => ({
        name,
        cells: cells.filter((cell) => set.cells.includes(cell)),
      })),
    ],
    scenarios: chosen ?? scenarios,
  };
}

function helpForAstray(file: string): string {
  return `\`${file}\` can be a cell of any of them: name it after its system (\`SYSTEM-CELL\`, as \`board-linux.c\` for \`board.c\`), or give the files of one machine`;
}

/** Without configs that are given once more, in the form in which most is known of them. */
function onceEach(configs: readonly LoadedConfig[], report: Report): readonly LoadedConfig[] {
  const kept = new Map<string, LoadedConfig>();
  for (const config of configs) {
    const key = decodeText(config.bytes);
    const first = kept.get(key);
    if (first !== undefined) {
      const args = { name: checkedConfigOf(config).cell.name, file: config.file };
      const secondary = [{ place: atFile(first.file), text: "the first one" }];
      report(checkMessages["config-given-twice"](args, atFile(config.file), { secondary }));
    }
    if (first === undefined || formOf(config) > formOf(first)) kept.set(key, config);
  }
  return kept.size === configs.length ? configs : [...kept.values()];
}

/** The cell language knows more than C, which knows more than the bytes. */
function formOf({ cell, source }: LoadedConfig): number {
  return cell !== undefined ? 2 : source !== undefined ? 1 : 0;
}

/** Null where none is asked for; undefined where one is unknown, which was reported. */
function chooseScenarios(
  names: readonly string[],
  scenarios: readonly ResolvedScenario[],
  context: Context,
): readonly ResolvedScenario[] | null | undefined {
  if (names.length === 0) return null;
  const known = [...new Set(scenarios.map(({ name }) => name))];
  const unknown = names.filter((name) => !known.includes(name));
  for (const name of unknown) {
    const nearest = nearestName(name, known);
    context.trouble(checkMessages["scenario-unknown"]({ name, nearest, known }));
  }
  return unknown.length > 0 ? undefined : names.map((name) => scenarios.find((each) => each.name === name)!);
}

function allowancesOfMachine(
  machine: CompiledJail,
  named: (names: readonly string[], machine: CompiledJail) => readonly CheckedConfig[],
  isChecked: ReadonlySet<CheckedConfig>,
): readonly Allowance[] {
  return machine.allowances.map(({ rule, cells, because, span }) => {
    const configs = cells.length === 0 ? null : named(cells, machine);
    return {
      rule,
      because,
      place: at(span),
      cells: configs,
      covers: () => true,
      isJudged: configs === null || configs.every((config) => isChecked.has(config)),
    };
  });
}

/** Cells that are called alike go by their inputs as well. */
function checkedConfigsOf(given: readonly LoadedConfig[]): readonly CheckedConfig[] {
  const all = given.map((loaded) => checkedConfigOf(loaded));
  const titles = new Map<string, number>();
  for (const { title } of all) titles.set(title, (titles.get(title) ?? 0) + 1);
  return all.map((config, index) => {
    if (titles.get(config.title) === 1) return config;
    return new CheckedConfig(config.config, { ...config.facts, distinguishedBy: given[index]!.name });
  });
}

export function checkedConfigOf(loaded: LoadedConfig): CheckedConfig {
  const { config, bytes, originOf, architecture, file, cell } = loaded;
  const family = architecture === undefined ? null : familyOfName(architecture);
  const model = wireToIr(config, { originOf, ...(family === null ? {} : { family }) });
  return new CheckedConfig(model, {
    file,
    size: bytes.length,
    ...fileShape(bytes, config, originOf),
    ...(architecture === undefined ? {} : { architecture }),
    ...(cell === undefined ? {} : { called: cell }),
  });
}
