import { expect } from "chai";
import { StateTable } from "../../../../hypervisor/core/ivshmem/state-table.js";
import { temporaryPage } from "../../../../hypervisor/core/temporary-page.js";
import { PhysicalMemory } from "../../../../hypervisor/machine/physical-memory.js";
import { everyBoard } from "../../../oracle/base-configs.js";
import { RecordedMachine } from "../../recorded/recorded-machine.js";

describe("a state table", () => {
  for (const [board, bits, page] of [
    ["qemu-x86", 52, 0x1_1234_5000],
    ["qemu-arm64", 48, 0x1_1234_5000],
    ["bananapi", 32, 0x1234_5000],
  ] as const) {
    it(`lies at the start of the page that its region begins in, of ${bits} bits on ${board}`, () => {
      const bytes = everyBoard().get(board)!;
      const architecture = (["x86", "arm", "arm64"] as const)[bytes[5]!]!;
      const { hypervisor } = new RecordedMachine(architecture, bytes, {});
      const beyond = 2n ** BigInt(bits);
      expect(temporaryPage(hypervisor, 0x1_1234_5678n + (bits === 32 ? 0n : beyond))).to.equal(page);
      const memory = new PhysicalMemory();
      new StateTable(memory, page).write(2, 0xffff_ffff);
      expect(memory.read(page + 8, 4)).to.equal(0xffff_ffffn);
    });
  }

  it("clears the words of as many ends as there are peers", () => {
    const memory = new PhysicalMemory();
    memory.writeBytes(0x1000, new Uint8Array(1024).fill(0xff));
    new StateTable(memory, 0x1000).clear(255);
    expect(memory.readBytes(0x1000, 1020).every((byte) => byte === 0)).to.equal(true);
    expect(memory.read(0x13fc, 4)).to.equal(0xffff_ffffn);
  });
});
