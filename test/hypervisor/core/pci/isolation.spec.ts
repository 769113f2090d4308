import { expect } from "chai";
import fc from "fast-check";
import { functionsOf } from "../../../../hypervisor/core/pci/pci-function.js";
import type { PciConfigSpace } from "../../../../hypervisor/machine/pci-bus.js";
import type { PortSize } from "../../../../hypervisor/machine/port-space.js";
import "../../../support/seed.js";
import { VtdUnit } from "../../../../hypervisor/x86/vtd-unit.js";
import { DeviceMachine } from "../../x86/device-machine.js";

const own = 0xd8;
const ownCpu = 2;
const entries = 256;

interface RandomAccess {
  readonly bdf: number;
  readonly register: number;
  readonly size: 1 | 2 | 4 | 8;
  readonly written: number | null;
}

const anywhere: fc.Arbitrary<RandomAccess> = fc.record({
  bdf: fc.oneof(
    { arbitrary: fc.constant(own), weight: 4 },
    fc.constantFrom(0x10, 0x18, 0xff),
    fc.nat(0xffff),
  ),
  register: fc.oneof(fc.integer({ min: 0x60, max: 0x6e }), fc.nat(0x3f), fc.nat(0xff8)),
  size: fc.constantFrom(1, 2, 4, 8),
  written: fc.oneof(fc.constant(null), fc.nat(0xffff_ffff)),
});

/** What a driver of MSI writes: control, address and data, to CPUs of the cell and to others. */
const ofDriver: fc.Arbitrary<RandomAccess> = fc.oneof(
  msiWrite(0x62, 2, 0x81, 0x80, 0x91),
  msiWrite(0x64, 4, 0xfee0_2000, 0xfee0_4004, 0xfee0_1000, 0xfee0_6004, 0xfee0_0000),
  msiWrite(0x68, 4, 0),
  msiWrite(0x6c, 2, 0x25, 0x125, 0x425),
);

function msiWrite(register: number, size: 2 | 4, ...values: readonly number[]): fc.Arbitrary<RandomAccess> {
  return fc.constantFrom(...values).map((written) => ({ bdf: own, register, size, written }));
}

const accesses = fc.oneof({ arbitrary: ofDriver, weight: 8 }, { arbitrary: anywhere, weight: 1 });

function snapshot(machine: DeviceMachine): ReadonlyMap<number, string> {
  const { pci } = machine.machine.hypervisor.machine;
  const known = [0x08, 0x10, 0x18, 0xd8, 0xf8, 0xfa, 0xfb, 0xff].map((bdf): [number, PciConfigSpace] => [
    bdf,
    pci.at(bdf)!,
  ]);
  return new Map(known.map(([bdf, space]) => [bdf, Buffer.from(space.bytes).toString("latin1")]));
}

/** @returns how many interrupts are let through */
function expectIsolation(machine: DeviceMachine, before: ReadonlyMap<number, string>): number {
  let passed = 0;
  for (const [bdf, bytes] of snapshot(machine)) {
    if (bdf !== own) expect(bytes === before.get(bdf), `space of ${bdf.toString(16)}`).to.equal(true);
  }
  const unit = machine.machine.x86.units[0] as VtdUnit;
  expect(unit).to.be.instanceOf(VtdUnit);
  for (let index = 0; index < entries; index++) {
    for (const bdf of before.keys()) {
      const message = unit.interrupts.messageOf(index, bdf);
      if (message === null) continue;
      passed++;
      expect(bdf).to.equal(own);
      const cpus = message.isLogical ? [0, 1 << ownCpu] : [ownCpu];
      expect(cpus).to.include(message.destination);
    }
  }
  return passed;
}

describe("a cell's accesses to configuration space", () => {
  it("end in an answer or a message, and change nothing of other cells", () => {
    let passed = 0;
    fc.assert(
      fc.property(fc.array(accesses, { minLength: 1, maxLength: 60 }), (list) => {
        const machine = new DeviceMachine({ cells: ["pci-demo"] }).begin();
        const before = snapshot(machine);
        for (const { bdf, register, size, written } of list) {
          const answer = machine.config(1, bdf, register, size, written);
          expect(machine.machine.takeLines().length).to.equal(answer === "denied" ? 1 : 0);
          if (written === null && size <= 4) expect(answer).to.be.a("bigint");
        }
        passed += expectIsolation(machine, before);
      }),
      { numRuns: 60 },
    );
    expect(passed).to.be.greaterThan(0);
  });

  it("do so through ports, too", () => {
    const ports = fc.constantFrom(0xcf8, 0xcf9, 0xcfc, 0xcfd, 0xcfe, 0xcff, 0x64, 0x80);
    fc.assert(
      fc.property(fc.array(fc.tuple(accesses, ports), { minLength: 1, maxLength: 60 }), (list) => {
        const machine = new DeviceMachine({ cells: ["pci-demo"] }).begin();
        const cell = machine.machine.hypervisor.cells[0]!;
        const before = snapshot(machine);
        for (const [{ bdf, register, size, written }, port] of list) {
          const common = { isString: false, size: Math.min(size, 4) as PortSize };
          const address = BigInt(bdf * 0x100 + (register % 0x100));
          const access = machine.machine.x86.ports;
          access.access(cell, { ...common, port: 0xcf8, size: 4, direction: "write", rax: address });
          const answer = access.access(cell, {
            ...common,
            port,
            direction: written === null ? "read" : "write",
            rax: BigInt(written ?? 0),
          });
          expect(machine.machine.takeLines().length).to.equal(answer === "denied" ? 1 : 0);
        }
        expectIsolation(machine, before);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the base addresses of a cell's device", () => {
  it("give back what was written under the mask, and all else as it was", () => {
    const nic = 0x10;
    const machine = new DeviceMachine().begin();
    const { barMask } = functionsOf(machine.machine.hypervisor.rootCell).find(
      ({ info }) => info.bdf === nic,
    )!.info;
    const kept = barMask.map(() => 0);
    fc.assert(
      fc.property(
        fc.nat(5),
        fc.constantFrom(1, 2, 4),
        fc.nat(3),
        fc.nat(0xffff_ffff),
        (bar, size, byte, value) => {
          const shift = 8 * (byte - (byte % size));
          const mask = ((2 ** (8 * size) - 1) << shift) & barMask[bar]!;
          kept[bar] = ((kept[bar]! & ~mask) | ((value << shift) & mask)) >>> 0;
          machine.config(0, nic, 0x10 + 4 * bar + shift / 8, size as PortSize, value);
          expect(machine.config(0, nic, 0x10 + 4 * bar, 4)).to.equal(BigInt(kept[bar]!));
        },
      ),
    );
    expect(
      machine
        .space(nic)
        .bytes.subarray(0x10, 0x28)
        .every((byte) => byte === 0),
    ).to.equal(true);
  });
});
