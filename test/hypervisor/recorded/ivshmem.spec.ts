import { expect } from "chai";
import { readRecords } from "../../oracle/recorded-maps.js";
import type { LinkAccess, LinkRecord, LinkStep } from "./ivshmem-records.js";
import { isAccess, LinkRun, type StepOutcome } from "./ivshmem-run.js";

/** Links of shared memory: each access of the recorded sequences, and what the hypervisor made of it. */
describe("links as the hypervisor was recorded to answer", () => {
  const records = readRecords<LinkRecord>("ivshmem");

  it("covers all records", () => {
    expect([records.length, records.reduce((sum, { steps }) => sum + steps.length, 0)]).to.deep.equal([
      42, 10_476,
    ]);
  });

  for (const [index, record] of records.entries()) {
    it(`${index}: ${record.desc} (${record.cells.join(", ")})`, () => {
      const run = new LinkRun(record);
      for (const [number, step] of record.steps.entries()) {
        expect(compared(run.step(step)), `step ${number}: ${JSON.stringify(step)}`).to.deep.equal(
          compared(recorded(step)),
        );
      }
    });
  }
});

function recorded(step: LinkAccess | LinkStep): StepOutcome {
  if (!isAccess(step)) {
    if (step.op === "state_table") return { words: step.words, console: [], interrupts: [] };
    if (step.op === "mmio_tables") return { tables: step.tables, console: [], interrupts: [] };
    return { ret: step.ret, console: step.con, interrupts: [] };
  }
  const [, , , , , , result, value, interrupts, console] = step;
  return {
    result,
    ...(value === undefined || value === null ? {} : { value }),
    interrupts: interrupts ?? [],
    console: console ?? [],
  };
}

/** Figures of the pool were not recorded here. */
function compared(outcome: StepOutcome): StepOutcome {
  return { ...outcome, console: outcome.console.filter((line) => !line.startsWith("Page pool usage")) };
}
