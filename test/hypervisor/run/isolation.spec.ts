import { expect } from "chai";
import fc from "fast-check";
import { delay, type Steps } from "../../../hypervisor/run/program.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine, milliseconds, renamed } from "./cell-machine.js";

type Access = (cpu: X86Cpu) => void;

/** Physical memory of the cell itself: its RAM; the communication region is the hypervisor's. */
const own = { start: 0x3ee0_0000, end: 0x3ef0_0000 } as const;
const running = 0;
const mark = 0x5a;

/** Addresses where there is something: RAM of Linux, the hypervisor, both cells, devices. */
const places = [
  ...[0x1000, 0x10_0000, 0x20_0000, 0x3a00_0000, 0x3a10_0000, 0x3a60_0000, 0x3ee0_0000, 0x3ef0_0000],
  ...[0x3f00_0000, 0xb000_0000, 0xb00d_8000, 0xfd00_0000, 0xfec0_0000, 0xfed0_0000, 0xfee0_0000],
];
const address = fc.tuple(fc.constantFrom(...places), fc.nat(0x1ff8)).map(([base, offset]) => base + offset);
const port = fc.oneof(
  fc.constantFrom(0x20, 0x40, 0x60, 0x64, 0x70, 0x80, 0x2f8, 0x3f8, 0x600, 0x608, 0xcf8, 0xcf9, 0xcfc),
  fc.nat(0xffff),
);
const msr = fc.oneof(
  fc.constantFrom(0x1b, 0x277, 0x2ff, 0x38f, 0x6e0, 0x802, 0x80f, 0x830, 0x832, 0x838, 0xc000_0080),
  fc.integer({ min: 0x800, max: 0x83f }),
  fc.nat(0x1_0000),
);
const word = fc.nat(0xffff_ffff);
const long = fc.tuple(word, word).map(([high, low]) => (BigInt(high) << 32n) | BigInt(low));

const access: fc.Arbitrary<Access> = fc.oneof(
  fc.tuple(address, word).map(
    ([at, value]): Access =>
      (cpu) =>
        cpu.write32(at, value),
  ),
  fc.tuple(address, long).map(
    ([at, value]): Access =>
      (cpu) =>
        cpu.write64(at, value),
  ),
  address.map(
    (at): Access =>
      (cpu) =>
        void cpu.read16(at),
  ),
  fc.tuple(port, word).map(
    ([at, value]): Access =>
      (cpu) =>
        cpu.out32(at, value),
  ),
  fc.tuple(port, fc.nat(0xff)).map(
    ([at, value]): Access =>
      (cpu) =>
        cpu.out8(at, value),
  ),
  fc.tuple(fc.nat(0xffff), fc.nat(0xff), word).map(
    ([bdf, at, value]): Access =>
      (cpu) => {
        cpu.pciWrite(bdf, at & ~3, 4, value);
      },
  ),
  fc.tuple(msr, long).map(
    ([register, value]): Access =>
      (cpu) =>
        cpu.writeMsr(register, value),
  ),
  msr.map(
    (register): Access =>
      (cpu) =>
        void cpu.readMsr(register),
  ),
  fc.tuple(fc.nat(12), word).map(
    ([code, first]): Access =>
      (cpu) =>
        void cpu.hypercall(code, first),
  ),
  fc.tuple(long).map(
    ([value]): Access =>
      (cpu) =>
        cpu.writeMsr(0x830, value),
  ),
  fc.tuple(fc.nat(5), fc.integer({ min: 16, max: 255 })).map(
    ([cpuId, vector]): Access =>
      (cpu) =>
        cpu.ipi(cpuId, vector),
  ),
);

/** Upstream's cell of the APIC, which is not asked for anything. */
function neighbourCell(): Uint8Array {
  const bytes = renamed("apic-demo", "neighbour");
  bytes[44]! |= 1;
  return bytes;
}

/** Another cell's program: it counts in its memory, and has interrupts on. */
function* neighbour(cpu: X86Cpu): Steps {
  cpu.writeMsr(0x80f, 0x1ffn);
  cpu.onInterrupt = function* (vector): Steps {
    yield delay(0);
    throw new Error(`an interrupt of another cell: ${vector}`);
  };
  cpu.interruptsEnabled = true;
  for (;;) {
    cpu.write32(0x8000, cpu.read32(0x8000) + 1);
    yield delay(milliseconds / 10);
  }
}

describe("whatever a cell does", () => {
  for (const [name, make] of [
    ["Intel", () => new CellMachine()],
    ["Intel without x2APIC", () => new CellMachine({ vendor: "intel", usesX2apic: false })],
    ["AMD", () => new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!)],
  ] as const) {
    it(`leaves memory, CPUs and interrupts of all others as they were (${name})`, () => {
      const machine = make();
      const memory = machine.machine.memory;
      const other = machine.beginWith(neighbourCell(), neighbour);
      let accesses: readonly Access[] = [];
      const id = machine.beginWith("tiny-demo", function* (cpu): Steps {
        for (const each of accesses) {
          yield delay(100);
          each(cpu);
        }
      });
      const watched = places
        .filter((at) => at < 0xb000_0000 && !(at >= 0x3a00_0000 && at < 0x3a60_0000))
        .filter((at) => at < own.start || at >= own.end);
      for (const cpu of [0, 1]) machine.devices.bus.of(cpu).write(0x0f, 0x1ff);
      for (const at of watched) memory.writeBytes(at + 0x100, new Uint8Array(0x1e00).fill(mark));
      const count = (): bigint => memory.read(0x3ef0_8000, 4);
      fc.assert(
        fc.property(fc.array(access, { minLength: 1, maxLength: 12 }), (sequence) => {
          accesses = sequence;
          const before = count();
          expect(machine.start(id)).to.equal(0);
          machine.run(milliseconds);
          for (const at of watched) {
            const bytes = memory.readBytes(at + 0x100, 0x1e00);
            expect(
              bytes.every((byte) => byte === mark),
              `memory at ${at.toString(16)}`,
            ).to.equal(true);
          }
          expect(count() > before).to.equal(true);
          expect(machine.stateOf(other)).to.equal(running);
          const failed = [0, 1, 3].filter((cpu) => machine.hypervisor.cpu(cpu).failed);
          expect(failed).to.deep.equal([]);
          for (const cpu of [0, 1]) expect(machine.devices.bus.of(cpu).pending).to.equal(null);
        }),
        { numRuns: 400 },
      );
      expect(machine.hypervisor.cpu(2).counters[0]).to.be.above(400);
    });
  }
});
