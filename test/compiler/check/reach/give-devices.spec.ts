import { expect } from "chai";
import fc from "fast-check";
import { listedPins } from "../../../../compiler/check/reach/give-devices.js";
import { partitionOf } from "../../../../compiler/check/reach/reach.js";
import { setOf } from "../../../support/checking.js";

interface Chip {
  readonly address: number;
  readonly base: number;
  /** Of the four words of the bitmap, low ones first. */
  readonly words: readonly number[];
}

interface InterruptMachine {
  readonly isArm: boolean;
  /** 0 where the config does not say, as before revision 6. */
  readonly gicd: number;
  readonly maintenance: number;
  readonly hasSystem: boolean;
  /** Of the root cell, then of the cells. */
  readonly chips: readonly (readonly Chip[])[];
}

const addresses = [0x800_0000, 0x900_0000] as const;

const anyChip: fc.Arbitrary<Chip> = fc.record({
  address: fc.constantFrom(...addresses),
  base: fc.constantFrom(0, 0, 24, 32, 1023, 1024),
  words: fc.array(fc.constantFrom(0, 1, 0x8000_0003, 0xffff_ffff), { minLength: 4, maxLength: 4 }),
});

const anyMachine: fc.Arbitrary<InterruptMachine> = fc.record({
  isArm: fc.boolean(),
  gicd: fc.constantFrom(addresses[0], addresses[0], 0),
  maintenance: fc.constantFrom(0, 2, 25, 31, 33),
  hasSystem: fc.constantFrom(true, true, true, false),
  chips: fc.array(fc.array(anyChip, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
});

function textOf({ isArm, gicd, maintenance, chips }: InterruptMachine): string {
  const [root, ...cells] = chips.map((each) =>
    each
      .map(
        ({ address, base, words }) =>
          `irqchips { address = ${address}; pin_base = ${base}; pin_bitmap = ${words.join(", ")} }`,
      )
      .join("\n"),
  );
  const gic = `gic v3 { gicd ${gicd}; maintenance-irq ${maintenance} }`;
  return [
    `system board {\narchitecture ${isArm ? "arm64" : "x86"}\ncpus 0-7\n${isArm ? gic : ""}\n${root}\n}`,
    ...cells.map((entries, index) => `cell c${index} {\ncpus ${index + 1}\n${entries}\n}`),
  ].join("\n");
}

/** No number is higher than that of the last bit of a chip whose first one is the last that counts. */
const numbers = Array.from({ length: 1023 + 128 + 1 }, (_, number) => number);

/** Whether a cell has the interrupt, by looking at each entry. */
function hasInterrupt(machine: InterruptMachine, cell: number, address: number, number: number): boolean {
  const { isArm, gicd, maintenance, hasSystem, chips } = machine;
  const lists = (entries: readonly Chip[]): boolean =>
    entries.some(({ address: at, base, words }) => {
      const bit = number - base;
      return (
        at === address &&
        base < 1024 &&
        bit >= 0 &&
        bit < 128 &&
        ((words[bit >> 5]! >>> (bit & 31)) & 1) === 1
      );
    });
  const isTaken = cell === 0 && chips.slice(1).some(lists);
  if (!isArm || !hasSystem) return lists(chips[cell]!) && !isTaken;
  if (address === gicd && number < 32) return number >= 2 && number !== maintenance && !isTaken;
  return (gicd === 0 || address === gicd) && lists(chips[cell]!) && !isTaken;
}

describe("interrupts of cells", () => {
  it("are those that each entry by itself gives and takes", () => {
    fc.assert(
      fc.property(anyMachine, (machine) => {
        const { hasSystem, gicd, isArm } = machine;
        const set = setOf(textOf(machine), { onlyCells: !hasSystem });
        if (set.all.length === 0) return;
        const partition = partitionOf(set, set.cells);
        for (const [index, config] of set.all.entries()) {
          const { interrupts } = partition.views.get(config)!;
          const known = isArm && hasSystem ? [...addresses, gicd] : addresses;
          for (const address of known) {
            const bits = interrupts.get(BigInt(address)) ?? 0n;
            const has = numbers.filter((number) => ((bits >> BigInt(number)) & 1n) === 1n);
            const cell = hasSystem ? index : index + 1;
            expect(has, `${config.title} at ${address}`).to.deep.equal(
              numbers.filter((number) => hasInterrupt(machine, cell, address, number)),
            );
            expect(bits >> BigInt(numbers.length)).to.equal(0n);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("are none of a chip whose numbers are out of range", () => {
    expect(listedPins({ pinBase: 1023, pinBitmap: 5n })).to.equal(5n << 1023n);
    expect(listedPins({ pinBase: 1024, pinBitmap: 5n })).to.equal(0n);
  });
});
