import { expect } from "chai";
import type { PciCapability, PciDevice } from "../../../../hypervisor/core/config/cell-config.js";
import { functionsOf, PciFunction } from "../../../../hypervisor/core/pci/pci-function.js";
import { DeviceMachine } from "../../x86/device-machine.js";

const nic = 0x10;
const memoryOn = 0x2;
const interruptsOff = 0x400;
const ids = { msi: 0x05, msix: 0x11 } as const;

/** The network device of QEMU's PC, with other capabilities in its cell's config; each control word is 1234. */
function resetWith(capabilities: readonly PciCapability[], change: Partial<PciDevice>): readonly number[] {
  const machine = new DeviceMachine().begin();
  const { hypervisor } = machine.machine;
  const known = functionsOf(hypervisor.rootCell).find(({ info }) => info.bdf === nic)!;
  const config = { ...hypervisor.rootCell.config, pciCapabilities: capabilities };
  const cell = Object.assign(Object.create(Object.getPrototypeOf(hypervisor.rootCell)), hypervisor.rootCell, {
    config,
  });
  const pciFunction = new PciFunction(cell, { ...known.info, capsStart: 0, ...change });
  pciFunction.msixTable = known.msixTable;
  const space = machine.space(nic);
  space.writable.fill(0xff);
  for (const { start } of capabilities) space.write(start + 2, 2, 0x1234);
  hypervisor.pci.registers.reset(pciFunction);
  expect(space.read(4, 2)).to.equal(interruptsOff);
  return capabilities.map(({ start }) => space.read(start + 2, 2));
}

const capability = (id: number, start: number): PciCapability => ({ id, start, len: 12, flags: 1 });

describe("reset of a device", () => {
  it("switches MSI and MSI-X off, and nothing else", () => {
    const list = [capability(1, 0x40), capability(ids.msi, 0x50), capability(ids.msix, 0x60)];
    expect(resetWith(list, { numCaps: 3 })).to.deep.equal([0x1234, 0, 0]);
  });

  it("forgets capabilities behind MSI-X where there are at least as many vectors", () => {
    const list = [capability(ids.msix, 0x40), capability(ids.msi, 0x50)];
    expect(resetWith(list, { numCaps: 2, numMsixVectors: 1 })).to.deep.equal([0, 0x1234]);
  });

  it("goes on to those of other devices where there are fewer vectors than capabilities before", () => {
    const own = [capability(1, 0x40), capability(2, 0x50), capability(ids.msix, 0x60)];
    const others = [capability(ids.msi, 0x70), capability(ids.msi, 0x80), capability(ids.msi, 0x90)];
    // After MSI-X one capability counts as visited, so that one of three is still to come.
    expect(resetWith([...own, ...others], { numCaps: 3, numMsixVectors: 1 })).to.deep.equal([
      0x1234, 0x1234, 0, 0, 0x1234, 0x1234,
    ]);
  });

  it("ends with the table of capabilities, whatever the config counts", () => {
    const list = [capability(ids.msix, 0x40)];
    expect(resetWith(list, { numCaps: 0xffff, numMsixVectors: 0 })).to.deep.equal([0]);
  });

  it("masks each vector of MSI-X in the device", () => {
    const machine = new DeviceMachine().begin();
    const { hypervisor } = machine.machine;
    const known = functionsOf(hypervisor.rootCell).find(({ info }) => info.bdf === nic)!;
    const window = Number(known.info.msixAddress);
    const control = (index: number): bigint => hypervisor.machine.memory.read(window + 16 * index + 12, 4);
    const space = machine.space(nic);
    const written: number[] = [];
    const { write } = space;
    space.write = (offset, size, value) => {
      if (offset === 4) written.push(value);
      write.call(space, offset, size, value);
    };
    hypervisor.pci.registers.reset(known);
    expect([0, 1, 2, 3, 4, 5].map(control)).to.deep.equal([1n, 1n, 1n, 1n, 1n, 0n]);
    // Registers of the table are reached while the device decodes memory.
    expect(written).to.deep.equal([memoryOn, interruptsOff]);
  });
});
