import type { CheckedSet } from "../../check/facts/checked-set.js";
import { type CheckResult, type Choices, checkSet } from "./check-set.js";
import type { LoadedSet } from "./load-set.js";

/** One machine after the other, as one result. */
export interface Checked {
  readonly loadedSet: CheckedInputs;
  readonly result: CheckResult;
}

export interface CheckedInputs {
  readonly sets: readonly CheckedSet[];
  readonly loaded: LoadedSet["loaded"];
  readonly files: LoadedSet["files"];
}

export function checkSets(loadedSets: readonly LoadedSet[], choices: Choices): Checked {
  const results = loadedSets.map((each) => checkSet(each, choices));
  return {
    loadedSet: {
      sets: loadedSets.map(({ set }) => set),
      files: loadedSets.flatMap(({ files }) => files),
      loaded: new Map(loadedSets.flatMap(({ loaded }) => [...loaded])),
    },
    result: {
      findings: results.flatMap(({ findings }) => findings),
      diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
      suppressed: results.flatMap(({ suppressed }) => suppressed),
      leftOut: results.reduce((sum, { leftOut }) => sum + leftOut, 0),
      problems: results.flatMap(({ problems }) => problems),
    },
  };
}
