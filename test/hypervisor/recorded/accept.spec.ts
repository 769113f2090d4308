import { expect } from "chai";
import { type AcceptStep, readAcceptRecords } from "../../oracle/accept-cases.js";
import { AcceptRun, type StepResult } from "./accept-run.js";

/** Each call of the recorded acceptance, its return value and every line of the console, page counts included. */
describe("acceptance as the hypervisor was recorded", () => {
  const records = readAcceptRecords();

  it("has 324 cases", () => {
    expect(records).to.have.length(324);
  });

  for (const record of records) {
    it(`${record.n}: ${record.desc} (${record.variant})`, () => {
      const run = new AcceptRun(record);
      for (const [index, step] of record.steps.entries()) {
        const result = run.step(step);
        expect(told(result, step), `step ${index}: ${step.op}`).to.deep.equal(recorded(step));
        if (step.stop !== undefined) return;
      }
    });
  }
});

/** Of an enabling that succeeds, the last lines were kept, and what comes after them was not run. */
function told({ ret, console }: StepResult, { con, con_tail, stop, op }: AcceptStep): unknown {
  const lines = console.filter((line) => line !== "Activating hypervisor");
  const last = con_tail?.length ?? (op === "enable" ? (con?.length ?? 0) : undefined);
  return {
    ret: stop?.startsWith("hang ") ? String(ret).slice(0, 5) : ret,
    console: last === undefined ? lines : lines.slice(lines.length - last),
  };
}

function recorded({ ret, stop, con, con_tail }: AcceptStep): unknown {
  return {
    ret: stop?.startsWith("hang ") ? "hang " : (stop ?? ret ?? 0),
    console: con_tail ?? con ?? [],
  };
}
