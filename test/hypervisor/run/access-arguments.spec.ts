import { expect } from "chai";
import fc from "fast-check";
import { ProgramMistake } from "../../../hypervisor/run/access-arguments.js";
import { relax, type Steps } from "../../../hypervisor/run/program.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { CellMachine, milliseconds } from "./cell-machine.js";

type Access = (cpu: X86Cpu) => unknown;

/** What a cell with a megabyte of memory at 0 is told of each access that is made after a usual one. */
function mistakes(accesses: readonly Access[]): readonly string[] {
  const machine = new CellMachine();
  const told: string[] = [];
  machine.beginWith("tiny-demo", function* (cpu): Steps {
    yield relax;
    cpu.write32(0, 1);
    cpu.read32(0);
    for (const access of accesses) {
      try {
        access(cpu);
        told.push("nothing");
      } catch (error) {
        if (!(error instanceof ProgramMistake)) throw error;
        told.push(error.message);
      }
    }
  });
  machine.run(milliseconds);
  expect(machine.hypervisor.cpu(2).failed).to.equal(false);
  return told;
}

const noAddress = (value: string): string => `address ${value} is not a whole number from 0 to 2^53 - 1`;

describe("arguments of accesses", () => {
  it("are addresses that there are", () => {
    const reads: readonly Access[] = [
      -1,
      0.5,
      2 ** 53,
      2 ** 64,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ].flatMap((address) => [
      (cpu) => cpu.read8(address),
      (cpu) => cpu.read64(address),
      (cpu) => cpu.write16(address, 0),
      (cpu) => cpu.write64(address, 0n),
      (cpu) => cpu.fetch(address),
    ]);
    const names = ["-1", "0.5", "9007199254740992", "18446744073709552000", "NaN", "Infinity"];
    expect(mistakes(reads)).to.deep.equal(names.flatMap((name) => Array(5).fill(noAddress(name))));
  });

  it("are values that fit", () => {
    const told = mistakes([
      (cpu) => cpu.write8(0, 0x100),
      (cpu) => cpu.write16(0, -1),
      (cpu) => cpu.write32(0, 1.5),
      (cpu) => cpu.write64(0, -1n),
      (cpu) => cpu.write64(0, 2n ** 64n),
      (cpu) => cpu.write8(0, 0xff),
      (cpu) => cpu.write32(0, 0xffff_ffff),
      (cpu) => cpu.writeRegister(0, 3 as 4, 0n),
    ]);
    expect(told).to.deep.equal([
      "value for 1 byte, 256 is not a whole number from 0 to 0xff",
      "value for 2 bytes, -1 is not a whole number from 0 to 0xffff",
      "value for 4 bytes, 1.5 is not a whole number from 0 to 0xffffffff",
      "value -1 is not a bigint from 0 to 2^64 - 1",
      "value 18446744073709551616 is not a bigint from 0 to 2^64 - 1",
      "nothing",
      "nothing",
      "width 3 is not one of 1, 2, 4, 8 bytes",
    ]);
  });

  it("are ports, functions, registers and lengths that there are", () => {
    const told = mistakes([
      (cpu) => cpu.in8(0x1_0000),
      (cpu) => cpu.out8(-1, 0),
      (cpu) => cpu.out8(0x2f8, 0x100),
      (cpu) => cpu.pciRead(0x1_0000, 0, 4),
      (cpu) => cpu.pciRead(0, 0x100, 4),
      (cpu) => cpu.pciWrite(0, 0, 3 as 4, 0),
      (cpu) => cpu.readMsr(2 ** 32),
      (cpu) => cpu.writeMsr(0x830, -1n),
      (cpu) => cpu.cpuid(-1),
      (cpu) => cpu.hypercall(0.5),
      (cpu) => cpu.ipi(0, 0x100),
      (cpu) => cpu.dmaRead(0, 0, 2 ** 40),
    ]);
    expect(told.map((line) => line.replace(/ is not .*/, ""))).to.deep.equal([
      ...["port 65536", "port -1", "value for 1 byte, 256", "function 65536", "address 256", "width 3"],
      ...["MSR 4294967296", "value -1", "leaf -1", "argument 0.5", "vector 256", "length 1099511627776"],
    ]);
  });

  it("may be a whole register where the access takes a part of it", () => {
    const seen: bigint[] = [];
    const machine = new CellMachine();
    machine.beginWith("tiny-demo", function* (cpu): Steps {
      yield relax;
      cpu.write64(0x10, 0n);
      cpu.writeRegister(0x10, 2, 0x1122_3344_5566_7788n);
      cpu.writeRegister(0x1_0fff, 2, 0xabcdn);
      seen.push(cpu.read64(0x10), BigInt(cpu.read16(0x1_0fff)));
    });
    machine.run(milliseconds);
    expect(seen).to.deep.equal([0x7788n, 0xabcdn]);
  });

  it("never lead to anything but a value or a mistake", () => {
    const anything = fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.constantFrom(-0, 2 ** 63));
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 8 }), (numbers) => {
        const told = mistakes(numbers.map((number) => (cpu) => cpu.hypercall(number, number)));
        expect(told).to.have.length(numbers.length);
      }),
      { numRuns: 20 },
    );
  });
});
