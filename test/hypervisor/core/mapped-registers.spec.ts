import { expect } from "chai";
import { unmappedRegisters } from "../../../hypervisor/core/mapped-registers.js";
import { HypervisorFault } from "../../../hypervisor/core/refusal.js";
import { DeviceMachine } from "../x86/device-machine.js";

const place = 0xd000_0000;

function begun() {
  const { machine } = new DeviceMachine().begin();
  const { hypervisor } = machine;
  const written: bigint[] = [];
  hypervisor.machine.memory.addDevice(place, 0x1000, {
    read: (offset, size) => BigInt(offset * 16 + size),
    write: (offset, _size, value) => written.push(value + BigInt(offset)),
  });
  return { hypervisor, written };
}

describe("registers that the hypervisor has mapped", () => {
  it("are those of the device, which gets as many bytes as are written", () => {
    const { hypervisor, written } = begun();
    const registers = hypervisor.mapRegisters(BigInt(place), 0x1000);
    expect(registers.read(0x20, 2)).to.equal(0x202n);
    registers.write(0x100, 1, 0x1_2345n);
    expect(written).to.deep.equal([0x145n]);
  });

  it("end where nothing is mapped, or with the mapping", () => {
    const { hypervisor } = begun();
    const used = hypervisor.remapPool.used;
    const registers = hypervisor.mapRegisters(BigInt(place), 0x1000);
    expect(() => registers.read(0x1000, 4)).to.throw(HypervisorFault);
    const next = hypervisor.mapRegisters(BigInt(place), 0x1000);
    // What is mapped next lies next to it.
    expect(registers.read(0x1004, 4)).to.equal(0x44n);
    next.release();
    registers.release();
    expect(() => registers.read(0, 4)).to.throw(HypervisorFault);
    expect(hypervisor.remapPool.used).to.equal(used);
    expect(() => unmappedRegisters(hypervisor).write(0, 4, 0n)).to.throw(HypervisorFault);
  });
});
