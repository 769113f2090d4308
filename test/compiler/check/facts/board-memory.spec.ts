import { expect } from "chai";
import fc from "fast-check";
import {
  firstPartIn,
  firstPartOutside,
  jailhouseMemory,
  memmapText,
  partsOutside,
  physicalRange,
  reservingText,
  systemRamOf,
} from "../../../../compiler/check/facts/board-memory.js";
import { type Interval, IntervalIndex, merged } from "../../../../compiler/check/facts/intervals.js";
import type { Board } from "../../../../compiler/ir/board.js";
import { boardOf, setOf } from "../../../support/checking.js";

const x86 = setOf('import "machines/intel-pc.jail"\nsystem pc { use intel-pc() }');
const arm = setOf('import "machines/arm64-board.jail"\nsystem board { use arm64-board() }');

/** So few addresses that everything touches, coincides and holds each other; each is a set of them: the model. */
const addresses = 12;
const interval = fc
  .tuple(fc.integer({ min: 0, max: addresses }), fc.integer({ min: 0, max: addresses }))
  .map(
    ([one, other]): Interval => ({ start: BigInt(Math.min(one, other)), end: BigInt(Math.max(one, other)) }),
  );
const intervals = fc.array(interval, { maxLength: 4 });

const held = ({ start, end }: Interval): readonly number[] =>
  Array.from({ length: Number(end - start) }, (_, index) => Number(start) + index);
const all = (ranges: readonly Interval[]): readonly number[] =>
  [...new Set(ranges.flatMap(held))].sort((one, other) => one - other);

interface Memory {
  readonly ram?: readonly Interval[] | null;
  readonly systemRam?: readonly Interval[] | null;
  readonly reserved?: readonly Interval[] | null;
}

/** Only the parts of a board that say something of memory. */
function board(
  { ram = null, systemRam = null, reserved = null }: Memory,
  commandLine: string | null = null,
): Board {
  const empty = boardOf("name: board\nmemory: {}");
  const origins = empty.origins;
  const ranges = (list: readonly Interval[] | null) => list?.map((each) => ({ ...each, origins })) ?? null;
  const kept = ranges(reserved)?.map((range) => ({
    ...{ range, origins, name: null, devices: null },
    kind: "firmware" as const,
  }));
  const memory = { ram: ranges(ram), systemRam: ranges(systemRam), reserved: kept ?? null, origins };
  return { ...empty, memory, commandLine };
}

const ramOf = (one: Board, set = x86): readonly Interval[] | undefined => systemRamOf(one, set)?.items;

describe("what Linux uses as memory", () => {
  it("is not known where the board does not say it", () => {
    expect(systemRamOf(boardOf("name: board"), x86)).to.equal(null);
    expect(systemRamOf(board({ reserved: [{ start: 1n, end: 2n }] }), x86)).to.equal(null);
  });

  it("is what the board says of it, whatever else is said", () => {
    fc.assert(
      fc.property(intervals, intervals, (systemRam, ram) => {
        const found = ramOf(board({ systemRam, ram, reserved: ram }, "mem=1 memmap=4$2"))!;
        expect(found).to.deep.equal(merged(systemRam));
      }),
    );
  });

  it("is what is installed, without all that is reserved", () => {
    fc.assert(
      fc.property(intervals, intervals, intervals, (ram, reserved, holes) => {
        const line = holes.map(({ start, end }) => `memmap=${end - start}$${start}`).join(" ");
        const kept = new Set(all([...reserved, ...holes]));
        for (const set of [x86, arm]) {
          expect(all(ramOf(board({ ram, reserved }, line), set)!)).to.deep.equal(
            all(ram).filter((each) => !kept.has(each)),
          );
          expect(all(ramOf(board({ ram }), set)!)).to.deep.equal(all(ram));
        }
      }),
    );
  });

  it("ends at an address on x86, and after so many bytes elsewhere", () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: addresses + 2 }), (ram, limit) => {
        const limited = board({ ram }, `mem=${limit}`);
        const onX86 = ramOf(limited)!;
        expect(all(onX86)).to.deep.equal(all(ram).filter((each) => each < limit));
        expect(all(ramOf(limited, arm)!)).to.deep.equal(all(ram).slice(0, limit));
        expect(onX86.every(({ start, end }) => start < end)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it("is what the command line names in parts", () => {
    const ram = [{ start: 0n, end: 10n }];
    expect(ramOf(board({ ram }, "mem=2@4"), arm)).to.deep.equal([{ start: 4n, end: 6n }]);
    expect(ramOf(board({ ram, reserved: [{ start: 5n, end: 6n }] }, "mem=2@4 mem=3@8"), arm)).to.deep.equal([
      { start: 4n, end: 5n },
      { start: 8n, end: 11n },
    ]);
  });
});

describe("a part of a range", () => {
  const runs = (numbers: readonly number[]): readonly (readonly number[])[] =>
    numbers.reduce<number[][]>((found, each) => {
      const last = found.at(-1);
      if (last !== undefined && last.at(-1) === each - 1) last.push(each);
      else found.push([each]);
      return found;
    }, []);

  it("lies in one of others, or in none of them", () => {
    fc.assert(
      fc.property(interval, intervals, (whole, others) => {
        const union = merged(others);
        const index = new IntervalIndex(union);
        const isIn = (each: number): boolean => union.some((other) => held(other).includes(each));
        const first = (found: Interval | undefined): unknown =>
          found === undefined ? undefined : held(found);
        // None of the ranges touches the next: runs of addresses are the parts.
        expect(first(firstPartIn(whole, index))).to.deep.equal(runs(held(whole).filter(isIn))[0]);
        const outside = held(whole).filter((each) => !isIn(each));
        expect(all(partsOutside(whole, index))).to.deep.equal(outside);
        expect(first(firstPartOutside(whole, index))).to.deep.equal(runs(outside)[0]);
      }),
      { numRuns: 500 },
    );
  });

  it("is asked for without going through all ranges", () => {
    let given = 0;
    const ranges = new IntervalIndex([0n, 10n, 20n, 30n].map((start) => ({ start, end: start + 5n })));
    const watched = Object.create(ranges) as IntervalIndex<Interval>;
    watched.overlapping = function* (wanted): Generator<Interval, void> {
      for (const each of ranges.overlapping(wanted)) {
        given += 1;
        yield each;
      }
    };
    expect(firstPartOutside({ start: 0n, end: 40n }, watched)).to.deep.equal({ start: 5n, end: 10n });
    expect(given).to.equal(2);
  });
});

describe("what is reserved for Jailhouse", () => {
  const everything = new IntervalIndex([{ start: 0n, end: 1n << 48n }]);
  const machine = `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  cpus 1
  memory at 0x3b00_0800 size 0x1000 mapped at 0x1800 rw
  memory at 0x3b00_2000 size 1 mapped at 0x4_0000 rw io-8
  comm at 8M
}
cell other { cpus 2; memory at 0x3d00_0000 size 4K mapped at 0 rw; memory at 0x3f00_0fff size 2 mapped at 0x5_0fff rw io-8 }`;

  it("are whole pages of the hypervisor's memory and of what cells have, joined", () => {
    expect(jailhouseMemory(setOf(machine), everything)).to.deep.equal([
      { start: 0x3a00_0000n, end: 0x3a60_0000n },
      { start: 0x3b00_0000n, end: 0x3b00_3000n },
      { start: 0x3d00_0000n, end: 0x3d00_1000n },
      { start: 0x3f00_0000n, end: 0x3f00_2000n },
    ]);
  });

  it("is that of cells where there is no system", () => {
    expect(jailhouseMemory(setOf(machine, { onlyCells: true }), everything)).to.have.length(3);
  });

  it("is RAM: what Linux does not use needs nothing", () => {
    const ram = new IntervalIndex([{ start: 0x3b00_2fffn, end: 0x3d00_0000n }]);
    expect(jailhouseMemory(setOf(machine), ram)).to.deep.equal([{ start: 0x3b00_0000n, end: 0x3b00_3000n }]);
  });

  it("has words that boot loaders and device trees take", () => {
    const range = physicalRange({ physStart: 0x3a00_0000n, size: 0x520_0000n });
    expect(range).to.deep.equal({ start: 0x3a00_0000n, end: 0x3f20_0000n });
    expect(memmapText(range)).to.equal("memmap=82M$0x3a000000");
    expect(reservingText(range, "x86")).to.contain("`memmap=82M$0x3a000000`");
    for (const each of ["arm", "arm64", null] as const) {
      expect(reservingText(range, each)).to.contain("device tree");
      expect(reservingText(range, each)).to.not.contain("memmap");
    }
  });
});
