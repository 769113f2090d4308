import { expect } from "chai";
import { ConfigSpaceWindow } from "../../../../hypervisor/core/pci/config-space-window.js";
import { HypervisorFault } from "../../../../hypervisor/core/refusal.js";
import { PciConfigSpace } from "../../../../hypervisor/machine/pci-bus.js";
import { DeviceMachine } from "../../x86/device-machine.js";

describe("the hypervisor's own accesses to configuration space", () => {
  it("go through ports for buses behind the window: only 256 bytes can be named", () => {
    const { machine } = new DeviceMachine({ endBus: 0x7f }).begin();
    const { hardware } = machine.hypervisor.pci;
    const far = new PciConfigSpace();
    machine.hypervisor.machine.pci.add(0x8000, far);
    hardware.write(0x8000, 0x146, 2, 0xabcd);
    expect([far.read(0x44, 4), far.read(0x144, 4)]).to.deep.equal([0xabcd_0000, 0]);
    expect(hardware.read(0x8000, 0x46, 1)).to.equal(0xcd);
    const near = machine.hypervisor.machine.pci.at(0xd8)!;
    near.writable.fill(0xff);
    hardware.write(0xd8, 0x146, 2, 0xabcd);
    expect([near.read(0x44, 4), near.read(0x144, 4)]).to.deep.equal([0, 0xabcd_0000]);
  });

  it("count 16 bits of an address, and reach the next function behind a space", () => {
    const { machine } = new DeviceMachine().begin();
    const { hardware } = machine.hypervisor.pci;
    expect(hardware.read(0xf8, 0x2000, 4)).to.equal(hardware.read(0xfa, 0, 4));
    expect(hardware.read(0xf8, 0x1_0000, 4)).to.equal(hardware.read(0xf8, 0, 4));
  });

  it("bring the hypervisor down for a cell's access if only a virtual bus is there", () => {
    const { machine } = new DeviceMachine().begin();
    const { hypervisor } = machine;
    hypervisor.pci.hardware.window = null;
    const window = new ConfigSpaceWindow(hypervisor, hypervisor.rootCell, hypervisor.pci);
    expect(() => window.access({ offset: 0xd8 * 4096, size: 4, written: null }, 0)).to.throw(HypervisorFault);
    // What the hypervisor answers itself needs no hardware.
    expect(window.access({ offset: 0xd8 * 4096 + 0x10, size: 4, written: null }, 0)).to.equal(0n);
  });
});
