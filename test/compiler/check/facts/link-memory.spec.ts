import { expect } from "chai";
import fc from "fast-check";
import { intersection } from "../../../../compiler/check/facts/intervals.js";
import { type Intrusion, intrusionsIn } from "../../../../compiler/check/facts/link-memory.js";
import { setOf } from "../../../support/checking.js";

interface Range {
  /** In pages from the start of the memory that all lies in. */
  readonly page: number;
  readonly pages: number;
  readonly loadable: boolean;
}

interface Device {
  /** Number of the slot: ends in the same one are of one link. */
  readonly slot: number;
  readonly sections: readonly Range[];
}

interface Owner {
  readonly devices: readonly Device[];
  readonly others: readonly Range[];
}

/** The root cell first. */
type Machine = readonly Owner[];

const base = 0x7200_0000;

function regionText({ page, pages, loadable }: Range, name = ""): string {
  const rights = loadable ? "rw loadable" : "rw";
  return `memory ${name} at ${base + page * 4096} size ${pages * 4096} mapped at ${base} ${rights}`;
}

const hex = (value: number): string => value.toString(16).padStart(2, "0");

function ownerText({ devices, others }: Owner): string {
  const links = devices.flatMap(({ slot, sections }, index) => [
    ...sections.map((section, at) => regionText(section, at === 0 ? `shm${index}` : "")),
    `ivshmem ${hex(slot >> 5)}:${hex(slot & 31)}.0 { regions from shm${index}; id 0; peers ${sections.length - 2} }`,
  ]);
  return [...links, ...others.map((range) => regionText(range))].join("\n");
}

function found(machine: Machine): readonly Intrusion[] {
  const [root, ...cells] = machine;
  const text = [
    `system board {\narchitecture arm64\ncpus 0-7\n${ownerText(root!)}\n}`,
    ...cells.map((cell, index) => `cell c${index} {\ncpus ${index + 1}\n${ownerText(cell)}\n}`),
  ].join("\n");
  return [...intrusionsIn(setOf(text))];
}

const overlap = (one: Range, other: Range): boolean =>
  one.page < other.page + other.pages && other.page < one.page + one.pages;
const isLike = ({ sections }: Device, other: Device): boolean =>
  sections.length === other.sections.length &&
  sections.every(({ page }, index) => page === other.sections[index]!.page);

/** `link 0, link 1`; `cell 0, link 1`; `loaded into cell 0, link 1`: each section compared with each, and with each region. */
function expected(machine: Machine): readonly string[] {
  const slots = [...new Set(machine.flatMap(({ devices }) => devices.map(({ slot }) => slot)))];
  const all = machine.flatMap(({ devices }) => devices);
  const firstOf = (slot: number): Device => all.find((device) => device.slot === slot)!;
  const sectionsOf = (slot: number): readonly Range[] =>
    all
      .filter((device) => device.slot === slot && isLike(device, firstOf(slot)))
      .flatMap(({ sections }) => sections);
  const meet = (ranges: readonly Range[], slot: number): boolean =>
    ranges.some((range) => sectionsOf(slot).some((section) => overlap(range, section)));
  const links = slots.flatMap((slot, index) =>
    slots
      .slice(0, index)
      .filter((other) => meet(sectionsOf(slot), other))
      .map((other) => [slot, other].sort().map((each) => `link ${each}`)),
  );
  const [, ...cells] = machine;
  const ofCells = cells.flatMap(({ devices, others }, index) => {
    const isOwn = (device: Device): boolean => isLike(device, firstOf(device.slot));
    const own = new Set(devices.filter(isOwn).flatMap(({ sections }) => sections));
    const regions = [...devices.flatMap(({ sections }) => sections), ...others];
    return slots.flatMap((slot) => {
      const isPeer = devices.some((device) => device.slot === slot);
      const counts = (range: Range): boolean => !own.has(range) && (!isPeer || range.loadable);
      if (!meet(regions.filter(counts), slot)) return [];
      return [[`${isPeer ? "loaded into " : ""}cell ${index}`, `link ${slot}`]];
    });
  });
  return [...links, ...ofCells].map((pair) => pair.join(", ")).sort();
}

function toldOf({ one, link, otherLink, isPeer }: Intrusion): string {
  const slots = [link, otherLink].flatMap((each) => (each === null ? [] : [each.bdf >> 3]));
  const names = slots.sort().map((slot) => `link ${slot}`);
  if (link !== null) return names.join(", ");
  const cell = one.config.cell.name.replace(/^c/, "cell ");
  return `${isPeer === true ? "loaded into " : ""}${cell}, ${names[0]}`;
}

const anyRange: fc.Arbitrary<Range> = fc.record({
  page: fc.nat({ max: 24 }),
  pages: fc.integer({ min: 1, max: 4 }),
  loadable: fc.boolean(),
});
const sections = (starts: readonly Range[]): readonly Range[] =>
  starts.map((range) => ({ ...range, loadable: false }));
/** Ends of one link mostly agree. */
const anyMachine: fc.Arbitrary<Machine> = fc
  .array(fc.array(anyRange, { minLength: 3, maxLength: 5 }).map(sections), { minLength: 3, maxLength: 3 })
  .chain((usual) => {
    const anyOdd = fc.oneof(
      fc.array(anyRange, { minLength: 3, maxLength: 4 }),
      fc.constantFrom("usual" as const, "usual" as const, "cut" as const, "moved" as const),
    );
    const anyDevice = fc.record({ slot: fc.nat({ max: 2 }), odd: anyOdd }).map(({ slot, odd }) => {
      if (odd === "usual") return { slot, sections: usual[slot]! };
      if (odd === "cut") return { slot, sections: usual[slot]!.slice(0, 3) };
      if (odd !== "moved") return { slot, sections: odd };
      const [first, ...others] = usual[slot]!;
      return { slot, sections: [{ ...first!, page: first!.page + 1 }, ...others] };
    });
    const anyOwner = fc.record({
      devices: fc.uniqueArray(anyDevice, { maxLength: 2, selector: ({ slot }) => slot }),
      others: fc.array(anyRange, { maxLength: 3 }),
    });
    return fc.array(anyOwner, { minLength: 2, maxLength: 4 });
  })
  // Ends of one cell that agree have regions of their own all the same.
  .map((machine) =>
    machine.map(({ devices, others }) => ({
      devices: devices.map(({ slot, sections: shared }) => ({ slot, sections: sections(shared) })),
      others,
    })),
  );

const at = (page: number, pages = 1, loadable = false): Range => ({ page, pages, loadable });

describe("who else has the memory of links", () => {
  it("is found as by comparing each section with each region", () => {
    fc.assert(
      fc.property(anyMachine, (machine) => {
        expect(found(machine).map(toldOf).sort()).to.deep.equal(expected(machine));
      }),
      { numRuns: 100 },
    );
  });

  it("has memory in common with the link", () => {
    fc.assert(
      fc.property(anyMachine, (machine) => {
        for (const { one, other } of found(machine))
          expect(intersection(one.phys, other.phys)).not.to.equal(undefined);
      }),
      { numRuns: 30 },
    );
  });

  it("is found, however many sections of its own a link has there", () => {
    const nested = Array.from({ length: 14 }, (_, index) => at(index, 20));
    const behind = [at(32, 2), at(32, 2), at(32, 2)];
    const machine = [
      {
        devices: [
          { slot: 0, sections: nested },
          { slot: 1, sections: behind },
        ],
        others: [],
      },
    ];
    expect(found(machine).map(toldOf)).to.deep.equal(["link 0, link 1"]);
  });

  it("is told of 64 links for one region, and of 8 others for one link", () => {
    const many = Array.from({ length: 66 }, (_, slot) => ({
      slot,
      sections: [at(2 * slot), at(2 * slot), at(2 * slot)],
    }));
    const over = [
      { devices: many, others: [] },
      { devices: [], others: [at(0, 200)] },
    ];
    expect(found(over)).to.have.length(64);
    const crowd = Array.from({ length: 11 }, (_, slot) => ({ slot, sections: [at(0), at(0), at(0)] }));
    // All pairs but the one of the last two.
    expect(found([{ devices: crowd, others: [] }])).to.have.length((11 * 10) / 2 - 1);
  });
});
