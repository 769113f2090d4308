import { expect } from "chai";
import { baseOf, LinkMachine, offset, type SentInterrupt } from "../core/ivshmem/link-machine.js";

const [root, demo] = [0, 1];
const addresses = [0xe000_0000, 0xe001_0000];
const table = 0x8000;
const outside = 'FATAL: ivshmem MSI-X target outside of cell "ivshmem-demo" device 01:0e.0';

/** What the first vector of a cell's end sends with this message: CPU 1 is that of ivshmem-demo. */
function sent(
  vendor: "intel" | "amd",
  id: number,
  [low, high, data]: readonly [low: number, high: number, data: number],
): readonly SentInterrupt[] | readonly string[] {
  const links = new LinkMachine(vendor);
  links.machine.create(baseOf("ivshmem-demo"), demo);
  const registers = addresses[id]!;
  links.bringUp(id, registers, id, 0x20);
  links.machine.takeLines();
  links.write(id, registers + table + 12, 1);
  for (const [index, word] of [low, high, data].entries())
    links.write(id, registers + table + 4 * index, word);
  if (links.write(id, registers + table + 12, 0) === "denied") return links.machine.takeLines();
  links.write(id, registers + offset.doorbell, id * 0x1_0000);
  return links.takeInterrupts();
}

describe("messages of links on x86", () => {
  it("go nowhere with an address that is not of local APICs", () => {
    expect(sent("intel", demo, [0xfed0_1000, 0, 0x40])).to.deep.equal([]);
    expect(sent("intel", demo, [0xfee0_1000, 1, 0x40])).to.deep.equal([]);
    expect(sent("intel", demo, [0xfee0_1000, 0, 0x40])).to.deep.equal([{ destination: 1, vector: 0x40 }]);
  });

  for (const vendor of ["intel", "amd"] as const) {
    // x2APIC on Intel: bit n is the APIC with the id n. xAPIC on AMD: bit n is CPU n. Here both are the same.
    it(`reach CPUs of the cell alone by a mask (${vendor})`, () => {
      expect(sent(vendor, demo, [0xfee0_2004, 0, 0x40])).to.deep.equal([{ destination: 2, vector: 0x40 }]);
      expect(sent(vendor, demo, [0xfee0_3004, 0, 0x40])).to.deep.equal([outside]);
      expect(sent(vendor, root, [0xfee0_f004, 0, 0x40])).to.deep.equal([{ destination: 0xd, vector: 0x40 }]);
      expect(sent(vendor, root, [0xfeef_f004, 0, 0x40])).to.deep.equal([{ destination: 0xd, vector: 0x40 }]);
      expect(sent(vendor, root, [0xfee0_2004, 0, 0x40])).to.deep.equal([{ destination: 0, vector: 0x40 }]);
    });

    it(`reach one CPU of a mask with the lowest priority (${vendor})`, () => {
      expect(sent(vendor, root, [0xfee0_e004, 0, 0x140])).to.deep.equal([{ destination: 4, vector: 0x40 }]);
      expect(sent(vendor, root, [0xfee0_2004, 0, 0x140])).to.deep.equal([{ destination: 0, vector: 0x40 }]);
    });
  }
});
