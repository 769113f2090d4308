import { expect } from "chai";
import { StateTable } from "../../../../hypervisor/core/ivshmem/state-table.js";
import { PhysicalMemory } from "../../../../hypervisor/machine/physical-memory.js";

describe("a state table", () => {
  it("lies at the start of the page that its region begins in, of the 52 bits that an address has", () => {
    const memory = new PhysicalMemory();
    const region = { physStart: 0xfff0_0000_1234_5678n, virtStart: 0n, size: 0x1000n, flags: 0n };
    const table = new StateTable(memory, region);
    table.write(2, 0xffff_ffff);
    expect(memory.read(0x1234_5008, 4)).to.equal(0xffff_ffffn);
  });

  it("clears the words of as many ends as there are peers", () => {
    const memory = new PhysicalMemory();
    memory.writeBytes(0x1000, new Uint8Array(1024).fill(0xff));
    new StateTable(memory, { physStart: 0x1000n, virtStart: 0n, size: 0n, flags: 0n }).clear(255);
    expect(memory.readBytes(0x1000, 1020).every((byte) => byte === 0)).to.equal(true);
    expect(memory.read(0x13fc, 4)).to.equal(0xffff_ffffn);
  });
});
