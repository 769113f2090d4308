import { expect } from "chai";
import { VtdUnit } from "../../../hypervisor/x86/vtd-unit.js";
import { DeviceMachine } from "./device-machine.js";

const chip = 0xfec0_0000;
const registers = { index: 0x00, data: 0x10, firstEntry: 0x10 } as const;
/** Of the I/O APIC of the system, with interrupts 0 to 23. */
const id = 0xff00;

function writePin(machine: DeviceMachine, pin: number, low: number, high: number): unknown {
  machine.memory(0, chip + registers.index, 4, registers.firstEntry + 2 * pin + 1);
  machine.memory(0, chip + registers.data, 4, high);
  machine.memory(0, chip + registers.index, 4, registers.firstEntry + 2 * pin);
  return machine.memory(0, chip + registers.data, 4, low);
}

function entry(machine: DeviceMachine, pin: number): readonly number[] {
  const [hardware] = machine.machine.hypervisor.machine.ioApics;
  return [0, 1].map((word) => hardware!.register(registers.firstEntry + 2 * pin + word));
}

function messageOf({ machine }: DeviceMachine, pin: number): unknown {
  return (machine.x86.units[0] as VtdUnit).interrupts.messageOf(pin, id);
}

describe("a pin of an I/O APIC", () => {
  it("goes through the remapping table on Intel", () => {
    const machine = new DeviceMachine().begin();
    expect(machine.machine.x86.units[0]).to.be.instanceOf(VtdUnit);
    expect(writePin(machine, 4, 0x8131, 0x0100_1234)).to.equal("done");
    expect(messageOf(machine, 4)).to.deep.equal({
      vector: 0x31,
      deliveryMode: 1,
      isLogical: false,
      isLevelTriggered: true,
      hasRedirectionHint: true,
      destination: 1,
    });
    // Mode and destination are those of the table: index 4 stands above the mark of the format.
    expect(entry(machine, 4)).to.deep.equal([0x8031, (4 << 17) | (1 << 16) | 0x1234]);
  });

  it("is written through on AMD", () => {
    const machine = new DeviceMachine({ vendor: "amd" }).begin();
    expect(writePin(machine, 4, 0x8431, 0x0900_0000)).to.equal("done");
    expect(entry(machine, 4)).to.deep.equal([0x8431, 0x0900_0000]);
  });

  for (const { title, low, high } of [
    { title: "a CPU of another cell", low: 0x31, high: 0x0200_0000 },
    { title: "an NMI", low: 0x431, high: 0x0100_0000 },
  ]) {
    it(`is fatal if it is unmasked for ${title}`, () => {
      const machine = new DeviceMachine({ cells: ["pci-demo"] }).begin();
      expect(writePin(machine, 4, low, high)).to.equal("denied");
      expect(machine.machine.takeLines()).to.deep.equal(["FATAL: Invalid IOAPIC write, reg: 10, index: 18"]);
      expect(messageOf(machine, 4)).to.equal(null);
    });
  }

  it("is not looked at while it is masked", () => {
    const machine = new DeviceMachine({ cells: ["pci-demo"] }).begin();
    expect(writePin(machine, 4, 0x1_0431, 0x0200_0000)).to.equal("done");
    expect(messageOf(machine, 4)).to.equal(null);
  });

  it("is sent once at the end of enabling if it is triggered by an edge", () => {
    const machine = new DeviceMachine();
    const [hardware] = machine.machine.hypervisor.machine.ioApics;
    for (const [pin, low] of [
      [4, 0x35],
      [5, 0x8036],
    ] as const) {
      hardware!.setRegister(registers.firstEntry + 2 * pin, low);
      hardware!.setRegister(registers.firstEntry + 2 * pin + 1, 0x0100_0000);
    }
    machine.machine.enable();
    const vectors = machine.sent.map(({ vector }) => vector);
    expect([vectors.includes(0x35), vectors.includes(0x36)]).to.deep.equal([true, false]);
    expect(messageOf(machine, 5)).to.include({ vector: 0x36 });
  });
});
