import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../boards/read-machine.js";
import type { Outcome, StepName } from "./recorded-case.js";

/**
 * Why a recorded case went wrong:
 * - `config`: one of the files is wrong by itself,
 * - `set`: files do not fit to each other,
 * - `sequence`: the same files are fine in another order of operations, or with other arguments,
 * - `platform`: the machine is not what the files are for, which only facts about the board tell,
 * - `inmate`: what runs in a cell, or in root, did what it must not.
 */
export const reasonClasses = ["config", "set", "sequence", "platform", "inmate"] as const;
export type ReasonClass = (typeof reasonClasses)[number];

/** A line of classes.tsv: a case with its first step that was not `ok`. */
export interface ClassifiedCase {
  readonly id: string;
  readonly step: StepName;
  readonly outcome: Outcome;
  /** What the whole machine makes of it, where the recording left out the driver, which comes first; else undefined. */
  readonly withDriver: Outcome | undefined;
  readonly class: ReasonClass;
  /** Rules of which one has to find it; for `platform`, one that could with facts about the board. */
  readonly rules: readonly string[];
  readonly reason: string;
}

/** A line of accepted-but-wrong.tsv: an error that the hypervisor does not refuse. */
export interface AcceptedCase {
  readonly id: string;
  readonly rule: string;
  /** False where the rule may keep quiet, or say it is no error: on this machine, or beside another mistake, it is none. */
  readonly isError: boolean;
  /** Step and errno of a refusal by the driver, where the recording left the driver out; else undefined. */
  readonly withDriver: { readonly step: StepName; readonly outcome: Outcome } | undefined;
  readonly reason: string;
}

/** What stands for nothing in a column. */
const none = "-";

export function readClasses(): readonly ClassifiedCase[] {
  return linesOf("classes.tsv", 7).map(([id, step, outcome, driver, reasonClass, rules, reason]) => ({
    id: id!,
    step: step as StepName,
    outcome: outcome as Outcome,
    withDriver: driver === none ? undefined : (driver as Outcome),
    class: reasonClass as ReasonClass,
    rules: rules === none ? [] : rules!.split("|"),
    reason: reason!,
  }));
}

export function readAcceptedButWrong(): readonly AcceptedCase[] {
  return linesOf("accepted-but-wrong.tsv", 5).map(([id, rule, finding, driver, reason]) => {
    const [step, outcome] = driver!.split(":");
    if (finding !== "error" && finding !== "any")
      throw new Error(`${id}: ${finding} is neither error nor any`);
    return {
      id: id!,
      rule: rule!,
      isError: finding === "error",
      withDriver: outcome === undefined ? undefined : { step: step as StepName, outcome: outcome as Outcome },
      reason: reason!,
    };
  });
}

function linesOf(name: string, columns: number): readonly (readonly string[])[] {
  const [, ...lines] = readFileSync(path.join(root, "test/oracle", name), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line, index) => {
    const fields = line.split("\t");
    if (fields.length !== columns || fields.includes("")) {
      throw new Error(`test/oracle/${name}:${index + 2} has not ${columns} columns`);
    }
    return fields;
  });
}
