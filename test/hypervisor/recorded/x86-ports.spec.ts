import { expect } from "chai";
import { bytesOfPorts, type PortRecord, readRecords } from "../../oracle/recorded-maps.js";
import { X86Machine } from "./x86-machine.js";

/** Which ports are not trapped, of each cell after each step. */
describe("bitmaps of ports as the hypervisor was recorded", () => {
  const records = readRecords<PortRecord>("x86-pio").filter(({ kind }) => kind === "bitmap");

  it("are 96 cases", () => {
    expect(records).to.have.length(96);
  });

  for (const [index, record] of records.entries()) {
    it(`${index}: ${record.system} (${record.variant}): ${record.cells.join(", ")}`, () => {
      const [system, ...cells] = bytesOfPorts(record)!;
      const machine = new X86Machine(system, { vendor: record.variant });
      const turns = { enable: 0, create: 0, load: 0, start: 0, shutdown: 0, destroy: 0 };
      for (const { op, ret, open, i8042_allowed } of record.steps) {
        const id = ++turns[op];
        const result =
          op === "enable"
            ? machine.enable()
            : op === "create"
              ? machine.create(cells[id - 1]!, id)
              : machine[op === "shutdown" ? "load" : op](id);
        expect(result, op).to.equal(ret);
        if (open === undefined) continue;
        expect(portsOf(machine), op).to.deep.equal({ open, i8042_allowed });
      }
    });
  }
});

function portsOf({ hypervisor, x86 }: X86Machine): unknown {
  const cells = hypervisor.allCells.map((cell) => ({ id: cell.config.id, ...x86.cell(cell) }));
  return {
    open: Object.fromEntries(
      cells.map(({ id, ports }) => [
        id,
        ports.openRuns().map(([first, count]) => [first.toString(16), count]),
      ]),
    ),
    i8042_allowed: Object.fromEntries(cells.map(({ id, ports }) => [id, Number(ports.allowsI8042)])),
  };
}
