import { expect } from "chai";
import { UntranslatedMessages } from "../../../../hypervisor/core/pci/device-messages.js";
import { functionsOf } from "../../../../hypervisor/core/pci/pci-function.js";
import { DeviceMachine, type DevicePatch } from "../../x86/device-machine.js";

const hda = { bdf: 0xd8, msi: 0x60 } as const;
const nic = { bdf: 0x10, index: 1, msix: 0xa0 } as const;
const numMsixVectors = 36;

describe("messages that an architecture does not translate", () => {
  it("reach the device as the cell sets them, on or off", () => {
    const machine = new DeviceMachine().begin();
    const { pci, machine: hardware, rootCell } = machine.machine.hypervisor;
    pci.messages = new UntranslatedMessages(pci.hardware, (each) => pci.registers.tableOf(each));
    expect(machine.config(0, hda.bdf, hda.msi + 4, 4, 0x1234_5678)).to.equal("done");
    expect(machine.config(0, hda.bdf, hda.msi + 8, 4, 0x9)).to.equal("done");
    expect(machine.config(0, hda.bdf, hda.msi + 12, 2, 0x4321)).to.equal("done");
    const space = machine.space(hda.bdf);
    expect([4, 8, 12].map((offset) => space.read(hda.msi + offset, 4))).to.deep.equal([
      0x1234_5678, 9, 0x4321,
    ]);
    const window = Number(functionsOf(rootCell).find(({ info }) => info.bdf === nic.bdf)!.info.msixAddress);
    for (const [word, value] of [0x1111, 0x2222, 0x3333].entries()) {
      machine.memory(0, window + 16 + 4 * word, 4, value);
    }
    const table = [16, 20, 24, 28].map((offset) => hardware.memory.read(window + offset, 4));
    expect(table).to.deep.equal([0x1111n, 0x2222n, 0x3333n, 0n]);
  });
});

describe("a device with more than 16 vectors of MSI-X", () => {
  const vectors = (count: number): DevicePatch => [nic.index, numMsixVectors, [count]];

  it("has them in pages of their own", () => {
    const used = (count: number): number => {
      const machine = new DeviceMachine({ patches: [vectors(count)] });
      machine.machine.enable();
      return machine.machine.hypervisor.pool.used;
    };
    expect([used(17) - used(16), used(200) - used(17)]).to.deep.equal([1, 0]);
  });

  it("keeps what is written to each, and no more", () => {
    const machine = new DeviceMachine({ patches: [vectors(40)] });
    machine.space(nic.bdf).write(nic.msix + 2, 2, 0);
    machine.begin();
    const { rootCell } = machine.machine.hypervisor;
    const known = functionsOf(rootCell).find(({ info }) => info.bdf === nic.bdf)!;
    const window = Number(known.info.msixAddress);
    for (let index = 0; index < 40; index++) machine.memory(0, window + 16 * index + 8, 4, 0x100 + index);
    const data = Array.from({ length: 40 }, (_, index) => machine.memory(0, window + 16 * index + 8, 4));
    expect(data).to.deep.equal(Array.from({ length: 40 }, (_, index) => BigInt(0x100 + index)));
    expect(machine.memory(0, window + 16 * 40, 4, 0)).to.equal("denied");
  });
});
