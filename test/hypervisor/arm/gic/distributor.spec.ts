import { expect } from "chai";
import fc from "fast-check";
import type { Arm } from "../../../../hypervisor/arm/arm.js";
import type { Cell } from "../../../../hypervisor/core/cell.js";
import { dispatch } from "../../../../hypervisor/core/mmio/dispatch.js";
import { everyBoard } from "../../../oracle/base-configs.js";
import { RecordedMachine } from "../../recorded/recorded-machine.js";
import { edited } from "../edited.js";
import "../../../support/seed.js";

const distributor = 0x0800_0000;

/** Interrupts of the cell, as its config lists them: by bit from number 32 on. */
function withInterrupts(bits: readonly number[]): Uint8Array {
  const chips = [0, 1].map((half) => ({
    address: BigInt(distributor),
    id: 0,
    pin_base: 32 + 128 * half,
    pin_bitmap: [0, 1, 2, 3].map((word) => bits[4 * half + word]! >>> 0),
  }));
  return edited("qemu-arm64-inmate-demo", "cell", { tables: { irqchips: chips } });
}

function started(cell: Uint8Array): RecordedMachine {
  const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
  machine.enable();
  machine.create(cell, 1);
  return machine;
}

/** Groups of registers by their first one, and bits that each interrupt has in them. */
const groups: readonly (readonly [start: number, bits: number])[] = [
  [0x80, 1],
  [0x100, 1],
  [0x180, 1],
  [0x200, 1],
  [0x280, 1],
  [0x300, 1],
  [0x380, 1],
  [0x400, 8],
  [0xc00, 2],
];

describe("the distributor as a cell sees it", () => {
  const words = fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { minLength: 8, maxLength: 8 });

  it("reads and changes the bits of the cell's own interrupts only", () => {
    fc.assert(
      fc.property(
        words,
        fc.constantFrom(...groups),
        fc.integer({ min: 32, max: 255 }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        (bits, [start, perIrq], irq, written) => {
          const { hypervisor } = started(withInterrupts(bits));
          const [cell] = hypervisor.cells;
          const perWord = 32 / perIrq;
          const offset = start + 4 * Math.floor(irq / perWord);
          const own = Array.from({ length: perWord }, (_, index) => {
            const each = Math.floor(irq / perWord) * perWord + index - 32;
            return each >= 0 && ((bits[each >> 5]! >>> (each & 31)) & 1) === 1;
          });
          const mask = own.reduce(
            (sum, isOwn, index) =>
              isOwn ? sum | (((1n << BigInt(perIrq)) - 1n) << BigInt(index * perIrq)) : sum,
            0n,
          );
          const { memory } = hypervisor.machine;
          memory.write(distributor + offset, 4, 0x5a5a_5a5an);
          const before = memory.read(distributor + offset, 4);
          expect(dispatch(cell!, 1, distributor + offset, 4, BigInt(written))).to.equal("done");
          const changed = before ^ memory.read(distributor + offset, 4);
          expect(changed & ~mask).to.equal(0n);
          expect(dispatch(cell!, 1, distributor + offset, 4, null)).to.equal(
            memory.read(distributor + offset, 4) & mask,
          );
          // Groups without a pair keep what is written.
          if (start === 0x400 && irq < 252) {
            expect(memory.read(distributor + offset, 4) & mask).to.equal(BigInt(written) & mask);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("puts the bits of elements together, takes them from the root cell, and gives those of its config back", () => {
    const machine = started(withInterrupts([0x10, 0, 0, 0xff00_0000, 0x1, 0, 0, 0]));
    const { hypervisor } = machine;
    const arm = hypervisor.architecture as Arm;
    const interrupts = (cell: Cell): readonly number[] => [...arm.cell(cell).interrupts].slice(0, 8);
    // SGIs 0 and 1 and the maintenance interrupt, 25, are the hypervisor's.
    expect(interrupts(hypervisor.cells[0]!)).to.deep.equal([0xfdff_fffc, 0x10, 0, 0, 0xff00_0000, 1, 0, 0]);
    expect(interrupts(hypervisor.rootCell)).to.deep.equal(
      [0xfdff_fffc, 0xffff_ffef, 0xffff_ffff, 0xffff_ffff, 0x00ff_ffff, 0xffff_fffe, 0xffff_ffff, 0xffff_ffff]
        .map((word, index) => word & rootWords()[index]!)
        .map((word) => word >>> 0),
    );
    machine.destroy(1);
    // The root cell's element ends at word 4: what lies behind is not compared with it, and becomes the root cell's.
    const after = [...rootWords()];
    after[5] = 1;
    expect(interrupts(hypervisor.rootCell)).to.deep.equal(after);
  });

  it("refuses elements that do not begin at a word, or end behind number 1023", () => {
    const withBase = (pin_base: number): Uint8Array =>
      edited("qemu-arm64-inmate-demo", "cell", {
        tables: { irqchips: [{ address: BigInt(distributor), id: 0, pin_base, pin_bitmap: [0, 0, 0, 0] }] },
      });
    const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
    machine.enable();
    expect([33, 31, 928, 0xffff_ffe0].map((base) => machine.create(withBase(base), 1))).to.deep.equal([
      -22, -22, -22, -22,
    ]);
    expect(machine.create(withBase(896), 1)).to.equal(0);
  });

  it("does not give the root cell what its own element leaves out", () => {
    const system = edited("qemu-arm64", "system", {
      tables: {
        irqchips: [
          { address: BigInt(distributor), id: 0, pin_base: 32, pin_bitmap: [0xffff_ff0f, 0, 0, 0] },
          { address: 0x0900_0000n, id: 0, pin_base: 32, pin_bitmap: [0xf0, 0, 0, 0] },
        ],
      },
    });
    const machine = new RecordedMachine("arm64", system, {});
    machine.enable();
    const root = (): number =>
      (machine.hypervisor.architecture as Arm).cell(machine.hypervisor.rootCell).interrupts[1]!;
    expect(root()).to.equal(0xffff_ff0f);
    machine.create(withInterrupts([0x3c, 0, 0, 0, 0, 0, 0, 0]), 1);
    expect(root()).to.equal(0xffff_ff03);
    machine.destroy(1);
    expect(root()).to.equal(0xffff_ff0f);
  });

  it("is silent when the cell starts or ends: its shared interrupts are off, and no longer active", () => {
    const machine = started(withInterrupts([0x30, 0, 0, 0, 0, 0, 0, 0]));
    const { memory } = machine.hypervisor.machine;
    const on = (): readonly bigint[] => [0x104, 0x304].map((offset) => memory.read(distributor + offset, 4));
    for (const action of [() => machine.start(1), () => machine.destroy(1)]) {
      memory.write(distributor + 0x104, 4, 0xffn);
      memory.write(distributor + 0x304, 4, 0xffn);
      expect(action()).to.equal(0);
      expect(on()).to.deep.equal([0xcfn, 0xcfn]);
    }
  });

  it("leaves the registers of its version alone: written ones are as before, absent ones are zero", () => {
    const { hypervisor } = started(withInterrupts([0, 0, 0, 0, 0, 0, 0, 0]));
    const [cell] = hypervisor.cells;
    for (const offset of [0x0, 0x4, 0x8, 0xffe8]) {
      const before = hypervisor.machine.memory.read(distributor + offset, 4);
      expect(dispatch(cell!, 1, distributor + offset, 4, 0xffff_ffffn)).to.equal("done");
      expect(dispatch(cell!, 1, distributor + offset, 4, null)).to.equal(before);
    }
    expect(dispatch(cell!, 1, distributor + 0x800, 4, 0xffn)).to.equal("done");
    expect(dispatch(cell!, 1, distributor + 0x800, 4, null)).to.equal(0n);
    expect(dispatch(cell!, 1, distributor + 0x7fc, 4, null)).to.equal(0n);
  });
});

/** What the root cell's config has of the first 256 interrupts. */
function rootWords(): readonly number[] {
  const machine = new RecordedMachine("arm64", everyBoard().get("qemu-arm64")!, {});
  machine.enable();
  const arm = machine.hypervisor.architecture as Arm;
  return [...arm.cell(machine.hypervisor.rootCell).interrupts].slice(0, 8);
}
