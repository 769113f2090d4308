/** Runs scenarios in the simulator, and says what came of each of their lines. */

import {
  type MachineFacts,
  type Miss,
  type Outcome,
  runLife,
  runTrial,
  type StepFailure,
  type TrialPolicy,
  type TrialRequest,
} from "../../../hypervisor/index.js";
import type { CheckedConfig } from "../../check/facts/checked-config.js";
import { verdictText } from "../../check/messages.js";
import { type CounterExample, PolicyJudge } from "../../check/reach/assertion.js";
import { undecidable } from "../../check/reach/reach.js";
import { targetText } from "../../check/reach/target.js";
import { at, type Diagnostic, type Note } from "../../diagnostics/diagnostic.js";
import type { Span } from "../../support/span.js";
import type { LoadedSet, ResolvedAssertion, ResolvedExpectation, ResolvedRun } from "../check/load-set.js";
import { testMessages } from "./messages.js";
import { type PlannedScenario, setupOf } from "./plan.js";
import type { CheckResult, ScenarioResult } from "./result.js";
import { type LoadedTrace, lineStarts, type TraceFiles } from "./traces.js";

/** Misses of one line that are told besides the first one. */
const moreMisses = 4;
/** Lines of the console with one finding. */
const toldLines = 4;

export interface RunSurroundings {
  readonly loadedSet: LoadedSet;
  readonly facts: MachineFacts;
  readonly traces: TraceFiles;
  /** Whether a line is to be run. */
  readonly isWanted: (text: string) => boolean;
}

/** A line of a trace file that can be played. */
interface LoadedRun {
  readonly run: ResolvedRun;
  readonly loaded: LoadedTrace;
}

export function runScenario(planned: PlannedScenario, around: RunSurroundings): ScenarioResult {
  const start = performance.now();
  const { title, scenario, cells } = planned;
  const { loadedSet, isWanted } = around;
  const { set } = loadedSet;
  const setup = setupOf(loadedSet, cells, around.facts)!;
  const numberOf = (config: CheckedConfig): number => cells.indexOf(config);
  const isPresent = (config: CheckedConfig): boolean => config.isRoot || cells.includes(config);
  const name = scenario === null ? title : `scenario \`${title}\``;

  const assertions = loadedSet.assertions.filter(
    ({ who, cells: named, span }) =>
      planned.asserts && isWanted(lineOf(span)) && (who === "only" || named.some(isPresent)),
  );
  const verdicts = judgedByReach(assertions, planned, loadedSet);
  const expectations = (scenario?.expectations ?? []).filter(({ span }) => isWanted(lineOf(span)));
  const unplayed: CheckResult[] = [];
  const runs = (scenario?.runs ?? []).flatMap((run): readonly LoadedRun[] => {
    if (!isWanted(runText(run))) return [];
    const problems: Diagnostic[] = [];
    const loaded = around.traces.load(run, problems);
    if (loaded !== null) return [{ run, loaded }];
    unplayed.push({
      kind: "run",
      text: runText(run),
      place: at(run.span),
      tries: 0,
      problems: unread(run, problems),
    });
    return [];
  });
  const request: TrialRequest = {
    policies: assertions.map((each, index) => policyOf(each, verdicts[index] ?? [], numberOf, isPresent)),
    expectations: expectations.map(({ cells: named, ...rest }) => ({ ...rest, cells: named.map(numberOf) })),
    runs: runs.map(({ run, loaded }) => ({ cell: numberOf(run.cell), trace: loaded.trace })),
  };
  const report = runTrial(setup, request);
  const failure = report.failure ?? (scenario === null ? runLife(setup) : null);
  const titles = [...cells.map((cell) => cell.title)];
  const titleOf = (cell: number): string => titles[cell] ?? set.system!.title;
  const checks: CheckResult[] = [
    lifeCheck(name, scenario?.span ?? null, failure, cells, scenario === null),
    ...runs.map(({ run, loaded }, index) => runCheck(name, run, loaded, report.runs[index], titleOf)),
    ...unplayed,
    ...expectations.map((each, index) => expectationCheck(name, each, report.expectations[index], titleOf)),
    ...assertions.map((each, index) =>
      assertionCheck(name, each, verdicts[index], report.policies[index], titleOf),
    ),
  ];
  return {
    machine: set.system!.title,
    title,
    isDefault: scenario === null,
    cells: titles,
    checks,
    consoleLines: report.consoleLines,
    milliseconds: performance.now() - start,
  };
}

/** A mistake of a file is told where it is first named; each other line that names it has failed as well. */
function unread(run: ResolvedRun, problems: readonly Diagnostic[]): readonly Diagnostic[] {
  if (problems.length > 0) return problems;
  return [testMessages["trace-unreadable"]({ path: run.path, why: "it has mistakes" }, at(run.span))];
}

/** What the checks say of each assertion; undefined where they cannot decide. */
function judgedByReach(
  assertions: readonly ResolvedAssertion[],
  { title, scenario, cells }: PlannedScenario,
  { set }: LoadedSet,
): readonly (readonly CounterExample[] | undefined)[] {
  if (assertions.length === 0 || undecidable(set) !== null) return assertions.map(() => undefined);
  const judge = new PolicyJudge(set, [{ name: scenario === null ? null : title, cells }]);
  return assertions.map((assertion) => judge.judge(assertion));
}

function policyOf(
  { who, cells, can, access, targets }: ResolvedAssertion,
  examples: readonly CounterExample[],
  numberOf: (config: CheckedConfig) => number,
  isPresent: (config: CheckedConfig) => boolean,
): TrialPolicy {
  const suspects = examples.flatMap((each) => [each, ...each.others]).map(({ part }) => part.start);
  return {
    who,
    can,
    access,
    cells: cells.filter(isPresent).map(numberOf),
    targets: targets.map((target) => (target.kind === "device" ? { ...target, bytes: null } : target)),
    suspects,
  };
}

function lifeCheck(
  name: string,
  span: Span | null,
  failure: StepFailure | null,
  cells: readonly CheckedConfig[],
  isWhole: boolean,
): CheckResult {
  const text = isWhole ? "created, loaded, started and destroyed" : "created, loaded and started";
  const place = span === null ? null : at(span);
  const problems =
    failure === null
      ? []
      : [
          testMessages["test-step-fails"](
            { scenario: name, step: failure.step, cell: failure.cell, reason: failure.reason },
            place ?? undefined,
            { notes: stepNotes(failure) },
          ),
        ];
  return { kind: "life", text: cells.length === 0 ? "enabled" : text, place, tries: 0, problems };
}

function stepNotes({ kernelLines, consoleLines }: StepFailure): readonly Note[] {
  return [
    ...kernelLines.slice(-toldLines).map((line) => ({ message: `kernel log: ${line}` })),
    ...consoleLines.slice(-toldLines).map((line) => ({ message: `console: ${line}` })),
  ];
}

type TitleOf = (cell: number) => string;

function runCheck(
  name: string,
  run: ResolvedRun,
  { source }: LoadedTrace,
  outcome: Outcome | undefined,
  titleOf: TitleOf,
): CheckResult {
  const starts = lineStarts(source.text);
  const problems = (outcome?.misses ?? []).map((miss) => {
    const start = starts[(miss.line ?? 1) - 1]!;
    const line = source.line(miss.line ?? 1);
    const indent = line.length - line.trimStart().length;
    const place = at({ file: source, start: start + indent, end: start + line.trimEnd().length });
    const secondary = [{ place: at(run.span), text: "the scenario plays it" }];
    return testMessages["test-trace-fails"](missed(name, miss, titleOf), place, {
      secondary,
      notes: missNotes(miss),
    });
  });
  return { kind: "run", text: runText(run), place: at(run.span), tries: outcome?.tries ?? 0, problems };
}

function expectationCheck(
  name: string,
  { span, because }: ResolvedExpectation,
  outcome: Outcome | undefined,
  titleOf: TitleOf,
): CheckResult {
  const [first, ...others] = outcome?.misses ?? [];
  const problems =
    first === undefined
      ? []
      : [
          testMessages["test-expectation-fails"](missed(name, first, titleOf), at(span), {
            notes: [...reasonNotes(because), ...missNotes(first), ...otherNotes(others, titleOf)],
          }),
        ];
  return { kind: "expect", text: lineOf(span), place: at(span), tries: outcome?.tries ?? 0, problems };
}

function assertionCheck(
  name: string,
  { span, because, access }: ResolvedAssertion,
  examples: readonly CounterExample[] | undefined,
  outcome: Outcome | undefined,
  titleOf: TitleOf,
): CheckResult {
  const result = { kind: "assert", text: lineOf(span), place: at(span), tries: outcome?.tries ?? 0 } as const;
  if (outcome === undefined) return { ...result, problems: [] };
  const [first, ...others] = outcome.misses;
  const [example] = examples ?? [];
  const byChecks = exampleNotes(example, access);
  if (examples !== undefined && (first === undefined) !== (example === undefined)) {
    const notes = [
      ...byChecks,
      ...(first === undefined ? [] : [missNote(first, titleOf), ...missNotes(first)]),
    ];
    const args = { scenario: name, simulatorHolds: first === undefined };
    return { ...result, problems: [testMessages["test-verdicts-differ"](args, at(span), { notes })] };
  }
  if (first === undefined) return { ...result, problems: [] };
  const notes = [...reasonNotes(because), ...missNotes(first), ...otherNotes(others, titleOf), ...byChecks];
  return {
    ...result,
    problems: [testMessages["test-assertion-fails"](missed(name, first, titleOf), at(span), { notes })],
  };
}

function exampleNotes(
  example: CounterExample | undefined,
  access: ResolvedAssertion["access"],
): readonly Note[] {
  if (example === undefined) return [];
  const { cell, can, target, part } = example;
  const said = verdictText({ cell: cell.title, can, access, what: targetText(target, part) });
  return [{ message: `the checks say as well: ${said}` }];
}

function missed(scenario: string, { cell, tried, happened, expected }: Miss, titleOf: TitleOf) {
  return { scenario, cell: titleOf(cell), tried, happened: `${happened}, and was expected ${expected}` };
}

function reasonNotes(because: string | null): readonly Note[] {
  return because === null ? [] : [{ message: because }];
}

function missNotes({ consoleLines }: Miss): readonly Note[] {
  return consoleLines
    .filter(tellsWhy)
    .slice(0, toldLines)
    .map((line) => ({ message: `console: ${line}` }));
}

/** Registers are those of a program that has none. */
function tellsWhy(line: string): boolean {
  return !/^ ?(?:RIP|RAX|RDX|CS|CR0|EFER|pc|sp|esr|hsr|[rx]\d+|Cell state|elr|hyp)\b/i.test(line.trim());
}

function missNote({ cell, tried, happened }: Miss, titleOf: TitleOf): Note {
  return { message: `${titleOf(cell)}: ${tried} ${happened}` };
}

function otherNotes(others: readonly Miss[], titleOf: TitleOf): readonly Note[] {
  return others.slice(0, moreMisses).map((each) => {
    const { message } = missNote(each, titleOf);
    return { message: `also, ${message}` };
  });
}

/** A statement on one line. */
export function lineOf({ file, start, end }: Span): string {
  return file.text.slice(start, end).replace(/\s+/g, " ").trim();
}

function runText({ cell, path }: ResolvedRun): string {
  return `run ${cell.facts.called ?? cell.cell.name} ${JSON.stringify(path)}`;
}
