import { expect } from "chai";
import { functionsOf } from "../../../hypervisor/core/pci/pci-function.js";
import { VtdUnit } from "../../../hypervisor/x86/vtd-unit.js";
import { DeviceMachine } from "./device-machine.js";

/** The HDA device of QEMU's PC: MSI at 0x60 with 64 bits, one vector; interrupt 30 is reserved for it. */
const hda = { bdf: 0xd8, msi: 0x60, interrupt: 30 } as const;
const enabled = 0x81;

function table({ machine }: DeviceMachine) {
  const unit = machine.x86.units[0];
  if (!(unit instanceof VtdUnit)) throw new Error("a machine of AMD");
  return unit.interrupts;
}

/** MSI of the pci-demo cell, whose CPU is 2. */
function setMsi(machine: DeviceMachine, address: number, data: number, cell = 1, upper = 0): unknown[] {
  return [
    machine.config(cell, hda.bdf, hda.msi + 4, 4, address),
    machine.config(cell, hda.bdf, hda.msi + 8, 4, upper),
    machine.config(cell, hda.bdf, hda.msi + 12, 2, data),
    machine.config(cell, hda.bdf, hda.msi + 2, 2, enabled),
  ];
}

describe("MSI of a cell's device", () => {
  const newMachine = () => new DeviceMachine({ cells: ["pci-demo"] }).begin();

  it("goes through an entry of the remapping table on Intel", () => {
    const machine = newMachine();
    expect(setMsi(machine, 0xfee0_2000, 0x4125)).to.deep.equal(["done", "done", "done", "done"]);
    expect(table(machine).messageOf(hda.interrupt, hda.bdf)).to.deep.equal({
      vector: 0x25,
      deliveryMode: 1,
      isLogical: false,
      isLevelTriggered: false,
      hasRedirectionHint: false,
      destination: 2,
    });
    const space = machine.space(hda.bdf);
    // Index 30 in bits 5 to 19, marked as remapped and with a subhandle.
    expect([
      space.read(hda.msi + 4, 4),
      space.read(hda.msi + 8, 4),
      space.read(hda.msi + 12, 2),
    ]).to.deep.equal([0xfee0_0000 + 30 * 32 + 0x18, 0, 0]);
    expect(space.read(hda.msi + 2, 2)).to.equal(enabled);
    // The cell sees what it has written.
    expect(machine.config(1, hda.bdf, hda.msi + 4, 4)).to.equal(0xfee0_2000n);
    expect(Number(machine.config(1, hda.bdf, hda.msi + 12, 2)) & 0xffff).to.equal(0x4125);
  });

  it("is passed on as it is on AMD, wherever it leads", () => {
    const machine = new DeviceMachine({ vendor: "amd", cells: ["pci-demo"] }).begin();
    expect(setMsi(machine, 0xfee0_1000, 0x4425)).to.deep.equal(["done", "done", "done", "done"]);
    const space = machine.space(hda.bdf);
    expect([space.read(hda.msi + 4, 4), space.read(hda.msi + 12, 2)]).to.deep.equal([0xfee0_1000, 0x4425]);
  });

  for (const { title, address, data } of [
    { title: "a CPU of another cell", address: 0xfee0_1000, data: 0x25 },
    { title: "a CPU that is not there", address: 0xfee7_7000, data: 0x25 },
    { title: "a set of CPUs with one of another cell", address: 0xfee0_6004, data: 0x25 },
    { title: "an NMI", address: 0xfee0_2000, data: 0x425 },
  ]) {
    it(`is fatal for the cell if it is for ${title}`, () => {
      const machine = newMachine();
      expect(setMsi(machine, address, data).at(-1)).to.equal("denied");
      expect(machine.machine.takeLines()).to.deep.equal([
        "FATAL: Invalid PCI MMCONFIG write, device 00:1b.0, reg: 0x62, size: 2",
      ]);
      expect(table(machine).messageOf(hda.interrupt, hda.bdf)).to.equal(null);
      expect(machine.space(hda.bdf).read(hda.msi + 2, 2)).to.equal(0x80);
    });
  }

  it("may be for a set of the cell's own CPUs", () => {
    const machine = newMachine();
    expect(setMsi(machine, 0xfee0_400c, 0x25).at(-1)).to.equal("done");
    expect(table(machine).messageOf(hda.interrupt, hda.bdf)).to.include({
      destination: 4,
      isLogical: true,
      hasRedirectionHint: true,
    });
  });

  it("is accepted and blocked if its address is not one of local APICs", () => {
    for (const [low, high] of [
      [0xfed0_2000, 0],
      [0xfee0_2000, 1],
    ] as const) {
      const machine = newMachine();
      expect(setMsi(machine, low, 0x425, 1, high).at(-1)).to.equal("done");
      expect(table(machine).messageOf(hda.interrupt, hda.bdf)).to.equal(null);
    }
  });

  it("cannot have more vectors than are reserved for the device", () => {
    const machine = newMachine();
    setMsi(machine, 0xfee0_2000, 0x25);
    expect(machine.config(1, hda.bdf, hda.msi + 2, 2, enabled | 0x10)).to.equal("denied");
  });

  it("of the root cell loses CPUs that are not its own", () => {
    const machine = new DeviceMachine({ cells: ["tiny-demo"] }).begin();
    const others = 0xfee0_0004 + (0xf << 12);
    expect(setMsi(machine, others, 0x25, 0).at(-1)).to.equal("done");
    const taken = [...machine.machine.hypervisor.cells[0]!.cpus].reduce((mask, cpu) => mask | (1 << cpu), 0);
    expect(table(machine).messageOf(hda.interrupt, hda.bdf)?.destination).to.equal(0xf & ~taken);
  });

  it("is off after the cell is gone, and its entry free", () => {
    const machine = newMachine();
    setMsi(machine, 0xfee0_2000, 0x25);
    machine.machine.destroy(1);
    expect(machine.space(hda.bdf).read(hda.msi + 2, 2)).to.equal(0x80);
    expect(machine.space(hda.bdf).read(4, 2)).to.equal(0x400);
    expect(table(machine).messageOf(hda.interrupt, hda.bdf)).to.equal(null);
    expect(machine.machine.takeLines()).to.include.members([
      'Removing PCI device 00:1b.0 from cell "pci-demo"',
      "Freeing 1 interrupt(s) for device 00:1b.0 at index 30",
      'Adding PCI device 00:1b.0 to cell "QEMU-VM"',
      "Reserving 1 interrupt(s) for device 00:1b.0 at index 30",
    ]);
  });
});

/** The network device: a table of 5 vectors, interrupts 24 to 28, the capability at 0xa0. */
describe("MSI-X of the root cell's device", () => {
  const nic = { bdf: 0x10, msix: 0xa0, interrupt: 24, vectors: 5 } as const;
  const on = 0x8000_0000;

  function newMachine(vendor: "intel" | "amd" = "intel") {
    const machine = new DeviceMachine({ vendor }).begin();
    const device = functionsOf(machine.machine.hypervisor.rootCell).find(({ info }) => info.bdf === nic.bdf)!;
    const window = Number(device.info.msixAddress);
    const hardware = (offset: number): number =>
      Number(machine.machine.hypervisor.machine.memory.read(window + offset, 4));
    return { machine, window, hardware };
  }

  it("keeps address and data to itself, and gives the mask to the device", () => {
    const { machine, window, hardware } = newMachine();
    for (const [offset, value] of [
      [0x10, 0xfee0_1000],
      [0x14, 0],
      [0x18, 0x31],
      [0x1c, 1],
    ] as const) {
      expect(machine.memory(0, window + offset, 4, value)).to.equal("done");
    }
    expect([0x10, 0x14, 0x18, 0x1c].map((offset) => machine.memory(0, window + offset, 4))).to.deep.equal([
      0xfee0_1000n,
      0n,
      0x31n,
      1n,
    ]);
    expect([0x10, 0x14, 0x18, 0x1c].map(hardware)).to.deep.equal([0, 0, 0, 1]);
  });

  it("reaches the device when it is on and a vector is not masked", () => {
    const { machine, window, hardware } = newMachine();
    machine.memory(0, window + 0x10, 4, 0xfee0_1000);
    machine.memory(0, window + 0x18, 4, 0x31);
    expect(table(machine).messageOf(nic.interrupt + 1, nic.bdf)).to.equal(null);
    expect(machine.config(0, nic.bdf, nic.msix, 4, on + 0x0004_0011)).to.equal("done");
    expect(table(machine).messageOf(nic.interrupt + 1, nic.bdf)).to.include({ vector: 0x31, destination: 1 });
    expect([0x10, 0x14, 0x18].map(hardware)).to.deep.equal([
      0xfee0_0000 + (nic.interrupt + 1) * 32 + 0x18,
      0,
      0,
    ]);
    // All vectors masked: what is written now is only kept.
    expect(machine.config(0, nic.bdf, nic.msix, 4, on + 0x4004_0011)).to.equal("done");
    expect(machine.memory(0, window + 0x18, 4, 0x32)).to.equal("done");
    expect(table(machine).messageOf(nic.interrupt + 1, nic.bdf)).to.include({ vector: 0x31 });
  });

  it("is fatal at the table if a vector that is on leaves the cell", () => {
    const { machine, window } = newMachine();
    machine.config(0, nic.bdf, nic.msix, 4, on + 0x0004_0011);
    expect(machine.memory(0, window, 4, 0xfee0_9000)).to.equal("denied");
    expect(machine.machine.takeLines()).to.deep.equal([
      "FATAL: Invalid PCI MSI-X table/PBA access, device 00:02.0",
    ]);
  });

  it("is written through on AMD", () => {
    const { machine, window, hardware } = newMachine("amd");
    machine.config(0, nic.bdf, nic.msix, 4, on + 0x0004_0011);
    expect(machine.memory(0, window, 4, 0xfee0_9000)).to.equal("done");
    expect(machine.memory(0, window + 8, 4, 0x31)).to.equal("done");
    expect([0, 4, 8].map(hardware)).to.deep.equal([0xfee0_9000, 0, 0x31]);
  });

  it("shows the mask that the device has", () => {
    const { machine, window } = newMachine();
    machine.memory(0, window + 0x1c, 4, 1);
    machine.machine.hypervisor.machine.memory.write(window + 0x1c, 4, 0x55n);
    expect(machine.memory(0, window + 0x1c, 4)).to.equal(0x55n);
  });

  it("lets what is pending be read, but not written", () => {
    const { machine, window } = newMachine();
    machine.machine.hypervisor.machine.memory.write(window + 16 * nic.vectors, 4, 0x1234n);
    expect(machine.memory(0, window + 16 * nic.vectors, 4)).to.equal(0x1234n);
    expect(machine.memory(0, window + 16 * nic.vectors, 4, 0)).to.equal("denied");
    expect(machine.memory(0, window + 2, 2)).to.equal("denied");
    expect(machine.memory(0, window + 0x11, 1, 0)).to.equal("denied");
    expect(machine.machine.takeLines()).to.have.length(3);
  });
});
