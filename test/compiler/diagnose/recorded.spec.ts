import { expect } from "chai";
import { partitionsOf, undecidable } from "../../../compiler/check/reach/reach.js";
import { type Diagnosis, diagnose } from "../../../compiler/diagnose/diagnose.js";
import type { LogEvent } from "../../../compiler/diagnose/log/event.js";
import { readLog } from "../../../compiler/diagnose/log/read-log.js";
import { checkedCase } from "../../oracle/checked-case.js";
import { cellsAt, type RecordedCase, type RecordedStep } from "../../oracle/recorded-case.js";
import { readRunningCases } from "../../oracle/running-cases.js";

interface Recorded {
  readonly recorded: RecordedCase;
  readonly step: RecordedStep;
  readonly event: LogEvent;
}

const cases = readRunningCases();

/** What the hypervisor printed on all its faults. */
const all: readonly Recorded[] = cases.flatMap((recorded) =>
  recorded.steps.flatMap((step) =>
    readLog(step.console.join("\n")).events.map((event) => ({ recorded, step, event })),
  ),
);

function diagnosisOf({ recorded, step, event }: Recorded): Diagnosis {
  const set = checkedCase(recorded, cellsAt(recorded, step));
  expect(undecidable(set), recorded.id).to.equal(null);
  return diagnose(event, { set, partition: partitionsOf(set, set.cells)[0]!, findings: [] }, null);
}

describe("recorded logs", () => {
  it("are read without a line that is left over, and each parked CPU belongs to a fault", () => {
    expect(all.length).to.be.greaterThan(100);
    expect(all.filter(({ event }) => event.statement === null)).to.deep.equal([]);
    for (const { id, steps } of cases)
      for (const { console } of steps) {
        const parked = console.filter((line) => /(?:Parking|Stopping) CPU/.test(line)).length;
        const ended = readLog(console.join("\n")).events.filter(({ end }) => end !== null);
        expect(
          ended.reduce((sum, { times }) => sum + times, 0),
          id,
        ).to.equal(parked);
      }
  });

  it("name cells and CPUs that the configs have", () => {
    for (const each of all) {
      const { event } = each;
      if (event.end === null || event.statement?.kind === "driver") continue;
      const { id } = diagnosisOf(each).make({ kind: "file", file: "log" }, {});
      expect(id, each.recorded.id).not.to.equal("log-cell-unknown");
    }
  });

  it("have no access that the configs grant", () => {
    let accesses = 0;
    for (const each of all) {
      const { event } = each;
      const { statement } = event;
      if (statement === null || statement.kind === "other" || statement.kind === "driver") continue;
      if (statement.kind === "errno") continue;
      accesses += 1;
      const { message } = diagnosisOf(each).make({ kind: "file", file: "log" }, {});
      expect(message, `${each.recorded.id}: ${event.line.text}`).not.to.contain("this config grants it");
    }
    expect(accesses).to.be.greaterThan(60);
  });

  it("lead to an entry or to the cell, and say what nobody may be given", () => {
    for (const each of all) {
      const { event } = each;
      if (event.statement === null || event.statement.kind === "other") continue;
      const diagnosis = diagnosisOf(each);
      expect(diagnosis.at, each.recorded.id).not.to.equal(null);
      const withheld = diagnosis.notes.filter((note) => note.startsWith("to grant it would break isolation"));
      expect(withheld.length > 0 && diagnosis.offers.length > 0, each.recorded.id).to.equal(false);
    }
  });
});
