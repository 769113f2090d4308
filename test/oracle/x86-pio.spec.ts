import { expect } from "chai";
import { Partition } from "../../compiler/check/reach/partition.js";
import { filesOfPorts, type PortRecord, readRecords } from "./recorded-maps.js";

/** The port bitmaps of the real hypervisor after each step, and ours. */
describe("port bitmaps as the hypervisor was recorded to make them", () => {
  const records = readRecords<PortRecord>("x86-pio").filter(({ kind }) => kind === "bitmap");
  const known = records.flatMap((record) => {
    const files = filesOfPorts(record);
    return files === undefined ? [] : [{ record, files }];
  });

  it("covers all records", () => {
    expect([records.length, known.length]).to.deep.equal([96, 96]);
  });

  for (const [index, { record, files }] of known.entries()) {
    it(`${index}: ${record.system}: ${record.cells.join(", ")}`, () => {
      const [system, ...cells] = files;
      const partition = new Partition(system!, "x86", { vendor: record.variant });
      let created = 0;
      for (const { op, ret, open } of record.steps) {
        // What a destroyed cell leaves behind is not asked about.
        if (op === "destroy") break;
        if (op === "create") {
          // A create that fails takes back what it has done.
          if (ret !== 0) break;
          partition.create(cells[created++]!);
        }
        for (const [id, intervals] of Object.entries(open ?? {})) {
          const view = partition.views.get(files[Number(id)]!)!;
          expect(intervalsOf(view.openPorts), `${op}, cell ${id}`).to.deep.equal(
            intervals.map(([first, count]) => [Number.parseInt(first, 16), count]),
          );
        }
      }
    });
  }
});

function intervalsOf(open: Uint8Array): readonly (readonly [first: number, count: number])[] {
  const found: [first: number, count: number][] = [];
  for (const [port, bit] of open.entries()) {
    if (bit === 0) continue;
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === port) last[1] += 1;
    else found.push([port, 1]);
  }
  return found;
}
