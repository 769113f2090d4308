import { expect } from "chai";
import { disable } from "../../../hypervisor/core/control/disable.js";
import { MachineHang } from "../../../hypervisor/core/refusal.js";
import type { VtdUnit } from "../../../hypervisor/x86/vtd-unit.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { DeviceMachine, type DevicePatch } from "./device-machine.js";

const hda = { bdf: 0xd8, index: 3, msi: 0x60 } as const;
const nic = { bdf: 0x10, index: 1, msix: 0xa0 } as const;
const fields = { msiVectors: 34, msixAddress: 40, capsStart: 30, numCaps: 32 } as const;
const master = 0x4;

/** MSI of the HDA device as a kernel has set it. */
function setByKernel(machine: DeviceMachine, control: number, address = 0xfee0_1000, data = 0x41): void {
  const space = machine.space(hda.bdf);
  space.write(4, 2, master);
  space.write(hda.msi + 2, 2, control);
  space.write(hda.msi + 4, 4, address);
  space.write(hda.msi + 12, 2, data);
}

function begun(patches: readonly DevicePatch[], prepare: (machine: DeviceMachine) => void): DeviceMachine {
  const machine = new DeviceMachine({ patches });
  prepare(machine);
  return machine;
}

describe("interrupts that the kernel has set before the hypervisor is enabled", () => {
  it("are remapped, sent once since one may be lost, and given back at the end", () => {
    const machine = begun([], (each) => setByKernel(each, 0x81));
    machine.machine.enable();
    const space = machine.space(hda.bdf);
    expect([space.read(hda.msi + 4, 4), space.read(hda.msi + 12, 2)]).to.deep.equal([0xfee0_03d8, 0]);
    expect(machine.sent).to.deep.include({ destination: 1, vector: 0x41, command: 0x4041 });
    disable(machine.machine.hypervisor);
    expect([space.read(hda.msi + 4, 4), space.read(hda.msi + 12, 2)]).to.deep.equal([0xfee0_1000, 0x41]);
  });

  it("reach nobody while the hypervisor takes over", () => {
    // The config promises one vector: at the end of enabling, two are found.
    const machine = begun([], (each) => {
      setByKernel(each, 0x91);
      each.space(hda.bdf).write(hda.msi + 8, 4, 7);
    });
    expect(() => machine.machine.enable()).to.throw(MachineHang);
    const space = machine.space(hda.bdf);
    expect([4, 8].map((offset) => space.read(hda.msi + offset, 4))).to.deep.equal([0xfee0_000c, 0]);
  });

  it("stay with a device that may not write", () => {
    const machine = begun([], (each) => {
      setByKernel(each, 0x80);
      each.space(hda.bdf).write(4, 2, 0);
    });
    machine.machine.enable();
    expect(machine.space(hda.bdf).read(hda.msi + 4, 4)).to.equal(0xfee0_1000);
  });

  it("stop the machine if they are more than the config says", () => {
    const machine = begun([], (each) => setByKernel(each, 0x91));
    expect(() => machine.machine.enable()).to.throw(MachineHang);
    expect(machine.machine.takeLines().slice(-2)).to.deep.equal([
      "FATAL: Unsupported MSI/MSI-X state, device 00:1b.0, cap 5",
      'Stopping CPU 0 (Cell: "QEMU-VM")',
    ]);
  });

  it("are as many as the config says, each with its own vector", () => {
    const machine = begun([[hda.index, fields.msiVectors, [2]]], (each) => setByKernel(each, 0x91));
    machine.machine.enable();
    const vectors = machine.sent.filter(({ destination }) => destination === 1).map(({ vector }) => vector);
    expect(vectors).to.deep.equal([0x40, 0x41]);
    // The device adds the vector to the first of the two.
    const { interrupts } = machine.machine.x86.units[0] as VtdUnit;
    const index = (machine.space(hda.bdf).read(hda.msi + 4, 4) >> 5) & 0x7fff;
    expect([0, 1].map((more) => interrupts.messageOf(index + more, hda.bdf)?.vector)).to.deep.equal([
      0x40, 0x41,
    ]);
  });

  it("are not sent if the device masks them", () => {
    const bridge = { bdf: 0x18, msi: 0x8c } as const;
    const sentWith = (mask: number): boolean => {
      const machine = new DeviceMachine();
      const space = machine.space(bridge.bdf);
      space.write(4, 2, master);
      space.write(bridge.msi + 2, 2, 0x181);
      space.write(bridge.msi + 4, 4, 0xfee0_1000);
      space.write(bridge.msi + 12, 2, 0x55);
      space.write(bridge.msi + 16, 4, mask);
      machine.machine.enable();
      return machine.sent.some(({ vector }) => vector === 0x55);
    };
    expect([sentWith(0), sentWith(1), sentWith(2)]).to.deep.equal([true, false, true]);
  });

  it("are remapped below 4G, whatever address stood there", () => {
    const machine = begun([], (each) => {
      setByKernel(each, 0x81);
      each.space(hda.bdf).write(hda.msi + 8, 4, 7);
      each.space(hda.bdf).write(4, 2, 0);
    });
    machine.machine.enable();
    expect([4, 8].map((offset) => machine.space(hda.bdf).read(hda.msi + offset, 4))).to.deep.equal([
      0xfee0_03d8, 0,
    ]);
  });

  it("cannot be remapped anew after the end", () => {
    const machine = new DeviceMachine().begin();
    const { interrupts } = machine.machine.x86.units[0] as VtdUnit;
    disable(machine.machine.hypervisor);
    expect(() => interrupts.release(hda.bdf, 1)).to.throw(MachineHang);
  });

  it("of MSI-X are masked as a whole, and on again at the end of enabling", () => {
    const machine = new DeviceMachine();
    const space = machine.space(nic.bdf);
    space.write(nic.msix + 2, 2, 0x8000);
    const { hypervisor } = machine.machine;
    const window = Number(hypervisor.config.rootCell.pciDevices[nic.index]!.msixAddress);
    for (const [word, value] of [0xfee0_1000, 0, 0x51].entries()) {
      hypervisor.machine.memory.write(window + 16 + 4 * word, 4, BigInt(value));
    }
    // Vectors that are zero lead nowhere.
    machine.machine.enable();
    expect(space.read(nic.msix + 2, 2)).to.equal(0x8004);
    expect(hypervisor.machine.memory.read(window + 16, 4)).to.equal(BigInt(0xfee0_0000 + 25 * 32 + 0x18));
    hypervisor.pci.prepareHandOver();
    expect(space.read(nic.msix + 2, 2)).to.equal(0xc004);
    disable(hypervisor);
    expect(space.read(nic.msix + 2, 2)).to.equal(0x8004);
    const left = [16, 20, 24].map((offset) => hypervisor.machine.memory.read(window + offset, 4));
    expect(left).to.deep.equal([0xfee0_1000n, 0n, 0x51n]);
  });
});

describe("interrupts of the root cell", () => {
  it("stop the machine when a CPU that they go to becomes another cell's", () => {
    const machine = new DeviceMachine({ cells: ["pci-demo"], patches: [] });
    const nicSpace = machine.space(nic.bdf);
    nicSpace.write(4, 2, master);
    nicSpace.write(0xd2, 2, 0x81);
    nicSpace.write(0xd4, 4, 0xfee0_2000);
    expect(() => machine.begin()).to.throw(MachineHang);
    expect(machine.machine.takeLines().slice(-2)).to.deep.equal([
      "FATAL: Unsupported MSI/MSI-X state, device 00:02.0, cap 5",
      'Stopping CPU 0 (Cell: "QEMU-VM")',
    ]);
  });

  it("are sent once more whenever a cell comes or goes", () => {
    const machine = begun([], (each) => setByKernel(each, 0x81));
    machine.machine.enable();
    machine.sent.length = 0;
    machine.machine.create(baseConfigs().get("apic-demo")!, 1);
    expect(machine.sent).to.deep.equal([{ destination: 1, vector: 0x41, command: 0x4041 }]);
    machine.machine.load(1);
    machine.machine.start(1);
    expect(machine.sent).to.have.length(1);
    machine.machine.destroy(1);
    expect(machine.sent).to.have.length(2);
  });
});

describe("a cell's device", () => {
  it("has its interrupts off when the cell is created, loaded and started", () => {
    const machine = new DeviceMachine({ cells: ["pci-demo"] });
    setByKernel(machine, 0x81);
    // As a kernel leaves it that has given the device up.
    const { machine: x86 } = machine;
    machine.space(hda.bdf).write(hda.msi + 2, 2, 0x80);
    machine.begin();
    const isOff = (): unknown => [
      machine.space(hda.bdf).read(4, 2),
      machine.space(hda.bdf).read(hda.msi + 2, 2),
      machine.config(1, hda.bdf, hda.msi + 4, 4),
    ];
    // The address is what suppressed the root cell's interrupts: it stays in a device whose MSI is off.
    expect(isOff()).to.deep.equal([0x400, 0x80, 0xfee0_000cn]);
    for (const step of [() => x86.load(1), () => x86.start(1)]) {
      machine.config(1, hda.bdf, 4, 2, 0x6);
      machine.config(1, hda.bdf, hda.msi + 4, 4, 0xfee0_2000);
      machine.config(1, hda.bdf, hda.msi + 2, 2, 0x81);
      expect(step()).to.equal(0);
      expect(isOff()).to.deep.equal([0x400, 0x80, 0n]);
    }
  });
});

describe("a device that the root cell does not have", () => {
  it("is reset when a cell gets it", () => {
    const other = { bdf: 0xc8, msi: 0xd0 } as const;
    const machine = new DeviceMachine({ cells: ["e1000-demo"] });
    const space = machine.space(other.bdf);
    space.write(4, 2, 0x6);
    space.write(other.msi + 2, 2, 0x81);
    machine.begin();
    expect([space.read(4, 2), space.read(other.msi + 2, 2)]).to.deep.equal([0x400, 0x80]);
  });
});

describe("base addresses", () => {
  it("are at first those that the kernel has set", () => {
    const machine = new DeviceMachine();
    machine.space(nic.bdf).write(0x18, 4, 0xfebc_0000);
    machine.begin();
    expect(machine.config(0, nic.bdf, 0x18, 4)).to.equal(0xfebc_0000n);
    machine.config(0, nic.bdf, 0x18, 4, 0xffff_ffff);
    expect(machine.config(0, nic.bdf, 0x18, 4)).to.equal(0xffff_ffe0n);
    expect(machine.space(nic.bdf).read(0x18, 4)).to.equal(0xfebc_0000);
  });
});

describe("a device that is not there", () => {
  it("seems to have 128 vectors on, which stops the machine", () => {
    const machine = new DeviceMachine();
    const { pci } = machine.machine.hypervisor.machine;
    pci.remove(hda.bdf);
    expect(() => machine.machine.enable()).to.throw(MachineHang);
    expect(machine.machine.takeLines().at(-2)).to.equal(
      "FATAL: Unsupported MSI/MSI-X state, device 00:1b.0, cap 5",
    );
  });
});

describe("a device with MSI-X whose config does not say where its table is", () => {
  it("brings the hypervisor down when it is added", () => {
    const machine = new DeviceMachine({ patches: [[nic.index, fields.msixAddress, new Array(8).fill(0)]] });
    expect(() => machine.machine.enable()).to.throw("access to registers at 0x0, where nothing is mapped");
  });
});
