/** What is run of a machine: its scenarios, or what stands for them where it has none. */

import { type MachineFacts, runLife, type TrialSetup } from "../../../hypervisor/index.js";
import type { CheckedConfig } from "../../check/facts/checked-config.js";
import type { LoadedSet, ResolvedScenario } from "../check/load-set.js";

export interface PlannedScenario {
  /** Of the scenario; for one that stands in for them, what it is: `cell "demo" alone`. */
  readonly title: string;
  /** Null for one that stands in. */
  readonly scenario: ResolvedScenario | null;
  /** In the order in which they are created; without the root cell. */
  readonly cells: readonly CheckedConfig[];
  /** Whether assertions of the machine are tried in it. */
  readonly asserts: boolean;
}

/** The scenarios of a machine; where it has none, each cell alone, and those together that can be. */
export function* plannedScenarios(
  loadedSet: LoadedSet,
  facts: MachineFacts,
): Generator<PlannedScenario, void> {
  const { set, scenarios } = loadedSet;
  for (const scenario of scenarios)
    yield {
      title: scenario.name,
      scenario,
      cells: scenario.cells.filter(({ isRoot }) => !isRoot),
      asserts: true,
    };
  if (scenarios.length > 0) return;
  const [first, ...others] = set.cells;
  if (others.length === 0) {
    yield { title: first?.title ?? "no cells", scenario: null, cells: set.cells, asserts: true };
    return;
  }
  for (const cell of set.cells)
    yield { title: `${cell.title} alone`, scenario: null, cells: [cell], asserts: false };
  for (const cells of groupsThatRun(loadedSet, facts))
    yield {
      title: `${cells.map(({ title }) => title).join(", ")}${cells.length === 1 ? "" : " together"}`,
      scenario: null,
      cells,
      asserts: true,
    };
}

/**
 * Nothing says which cells are alternatives: each goes with the first of those before it that the hypervisor creates it
 * beside. One that it creates in no company is among none; it has failed alone.
 */
function groupsThatRun(loadedSet: LoadedSet, facts: MachineFacts): readonly (readonly CheckedConfig[])[] {
  const groups: CheckedConfig[][] = [];
  const isCreated = (cells: readonly CheckedConfig[]): boolean => {
    const failure = runLife(setupOf(loadedSet, cells, facts)!);
    return failure === null || (failure.step !== "create" && failure.step !== "enable");
  };
  for (const cell of loadedSet.set.cells) {
    const group = groups.find((each) => isCreated([...each, cell]));
    if (group !== undefined) group.push(cell);
    else if (isCreated([cell])) groups.push([cell]);
  }
  return groups;
}

/** Undefined where nothing says what the machine is. */
export function setupOf(
  { set, loaded }: LoadedSet,
  cells: readonly CheckedConfig[],
  facts: MachineFacts,
): TrialSetup | undefined {
  const { system } = set;
  const architecture = system?.machines.at(-1);
  if (system === null || architecture === undefined) return undefined;
  const trialCell = (config: CheckedConfig): TrialSetup["system"] => {
    return { name: config.title, bytes: loaded.get(config)!.bytes };
  };
  return {
    profile: loaded.get(system)!.config.profile,
    architecture,
    facts: set.vendor === null || facts.vendor !== null ? facts : { ...facts, vendor: set.vendor },
    system: trialCell(system),
    cells: cells.map(trialCell),
  };
}
