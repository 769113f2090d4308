import { expect } from "chai";
import fc from "fast-check";
import type { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import type { Access } from "../../../../compiler/check/reach/answer.js";
import { PolicyJudge } from "../../../../compiler/check/reach/assertion.js";
import { partitionOf, whoReaches } from "../../../../compiler/check/reach/reach.js";
import { setOf } from "../../../support/checking.js";
import {
  bytes,
  flag,
  type NaiveCell,
  type NaiveMachine,
  type NaiveReach,
  type NaiveRegion,
  naiveReach,
  page,
  pages,
  pmTimer,
  ports,
  widthFlag,
} from "./naive-machine.js";

const anyFlags = fc
  .subarray([flag.read, flag.write, flag.execute, flag.dma, flag.loadable, flag.rootShared])
  .map((flags) => flags.reduce((sum, each) => sum | each, 0));

/** Mapped page by page; some not at the start of a page on the machine, and some communication regions. */
const pagesOfMemory = fc
  .record({
    phys: fc.nat({ max: pages - 1 }),
    virt: fc.nat({ max: 31 }),
    count: fc.integer({ min: 1, max: 6 }),
    flags: anyFlags,
    odd: fc.constantFrom(0, 0, 0, 0, 0x10),
    comm: fc.constantFrom(0, 0, 0, flag.comm),
  })
  .map(
    ({ phys, virt, count, flags, odd, comm }): NaiveRegion => ({
      phys: phys * page + odd,
      virt: virt * page,
      size: Math.min(count, pages - phys) * page,
      flags: flags | comm,
    }),
  );

/** Trapped: several overlap, so that the search misses some. */
const trappedMemory = fc
  .record({
    phys: fc.nat({ max: bytes - 1 }),
    shift: fc.constantFrom(0, 0, 8, 0x800),
    size: fc.integer({ min: 1, max: page + 40 }),
    widths: fc.subarray([1, 2, 4, 8]),
    access: fc.constantFrom(flag.read, flag.write, flag.read | flag.write),
    more: fc.constantFrom(0, flag.unaligned, flag.rootShared),
  })
  .filter(({ size }) => size % page !== 0)
  .map(
    ({ phys, shift, size, widths, access, more }): NaiveRegion => ({
      phys,
      virt: 40 * page + (phys % page) + shift,
      size: Math.min(size, bytes - phys),
      flags: access | more | widths.reduce((sum, width) => sum | widthFlag(width), 0),
    }),
  );

const anyPorts = fc.array(
  fc.record({ base: fc.nat({ max: ports - 4 }), length: fc.integer({ min: 0, max: 4 }) }),
  { maxLength: 3 },
);

const anyCell = fc
  .record({
    mapped: fc.array(pagesOfMemory, { minLength: 1, maxLength: 5 }),
    trapped: fc.array(trappedMemory, { maxLength: 3 }),
    ports: anyPorts,
    devices: fc.subarray([0, 1]),
  })
  .map(
    ({ mapped, trapped, ...rest }): NaiveCell => ({
      ...rest,
      regions: [...mapped, ...trapped],
    }),
  );

/** Root has its memory where the machine has it, as every config of a system must; its trapped region, too. */
const rootCell = anyCell.map(
  (cell): NaiveCell => ({
    ...cell,
    regions: cell.regions.map((region) => {
      const phys = region.size % page === 0 ? region.phys - (region.phys % page) : region.phys;
      const flags = region.flags & ~(flag.comm | flag.loadable | flag.rootShared);
      return { ...region, phys, virt: phys, flags };
    }),
  }),
);

const anyMachine: fc.Arbitrary<NaiveMachine> = fc.record({
  iommu: fc.constantFrom("intel", "amd", "none"),
  root: rootCell,
  cells: fc.array(anyCell, { maxLength: 3 }),
});

function textOf({ iommu, root, cells }: NaiveMachine): string {
  const unit = {
    intel: "iommu intel at 0xfed9_0000 size 4K",
    amd: "iommu amd at 0xfeb8_0000 size 16K",
    none: "",
  };
  const tables = ({ regions, ports: ranges, devices }: NaiveCell): readonly string[] => [
    ...regions.map(
      ({ phys, virt, size, flags }) =>
        `  mem_regions { phys_start = ${phys}; virt_start = ${virt}; size = ${size}; flags = ${flags} }`,
    ),
    ...ranges.map(({ base, length }) => `  pio_regions { base = ${base}; length = ${length} }`),
    ...devices.map((device) => `  device 00:0${device + 1}.0`),
  ];
  return [
    "system pc {",
    "  architecture x86",
    "  hypervisor at 0x100_0000 size 6M",
    "  cpus 0-3",
    `  ${unit[iommu]}`,
    `  x86 { pm-timer ${pmTimer} }`,
    ...tables(root),
    "}",
    ...cells.flatMap((cell, index) => [`cell c${index} {`, `  cpus ${index + 1}`, ...tables(cell), "}"]),
  ].join("\n");
}

/** The same bits from the ways that were found. */
function reachedBytes(accesses: readonly Access[], cell: CheckedConfig, kind: "cpu" | "device"): Uint8Array {
  const reached = new Uint8Array(bytes);
  for (const { cell: whose, by, rights, range } of accesses) {
    if (whose !== cell || !by.some((agent) => agent.kind === kind)) continue;
    const bits =
      (rights.read ? flag.read : 0) | (rights.write ? flag.write : 0) | (rights.execute ? flag.execute : 0);
    for (let at = Number(range.start); at < Number(range.end); at++) reached[at]! |= bits;
  }
  return reached;
}

describe("who reaches what, on a machine of 16 pages", () => {
  it("is what the steps of the hypervisor make of every byte, port and device", () => {
    fc.assert(
      fc.property(anyMachine, (machine) => {
        const set = setOf(textOf(machine), machine.iommu === "none" ? { vendor: "intel" } : {});
        const partition = partitionOf(set, set.cells);
        const expected = naiveReach(machine);
        const memory = whoReaches(partition, { kind: "memory", from: 0n, to: BigInt(bytes - 1) }).accesses;
        for (const [index, config] of set.all.entries()) {
          const { cpu, dma } = expected[index]!;
          expect(
            firstDifference(reachedBytes(memory, config, "cpu"), cpu),
            `CPUs of ${config.title}`,
          ).to.equal(-1);
          expect(
            firstDifference(reachedBytes(memory, config, "device"), dma),
            `devices of ${config.title}`,
          ).to.equal(-1);
        }
        for (let port = 0; port < ports; port++) {
          const { accesses } = whoReaches(partition, { kind: "ioports", from: port, to: port });
          expect(
            set.all.map((config) => accesses.some(({ cell }) => cell === config)),
            `port ${port}`,
          ).to.deep.equal(expected.map((each) => each.ports[port]));
        }
        for (const device of [0, 1]) {
          const { accesses } = whoReaches(partition, { kind: "device", domain: 0, bdf: (device + 1) << 3 });
          expect(set.all.map((config) => accesses.some(({ cell }) => cell === config))).to.deep.equal(
            expected.map((each) => each.devices[device]),
          );
        }
      }),
      { numRuns: 80 },
    );
  });

  it("decides assertions as looking at every byte does", () => {
    const kinds = { read: flag.read, write: flag.write, execute: flag.execute, reach: 7 } as const;
    const policy = fc.record({
      who: fc.constantFrom("these", "only"),
      can: fc.boolean(),
      access: fc.constantFrom("read", "write", "execute", "reach"),
      from: fc.nat({ max: bytes - 1 }),
      size: fc.constantFrom(1, 8, page, 3 * page),
      named: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    });
    fc.assert(
      fc.property(anyMachine, fc.array(policy, { minLength: 1, maxLength: 8 }), (machine, policies) => {
        const set = setOf(textOf(machine), machine.iommu === "none" ? { vendor: "intel" } : {});
        const judge = new PolicyJudge(set, [{ name: null, cells: set.cells }]);
        const reach = naiveReach(machine);
        for (const { who, can, access, from, size, named } of policies) {
          const last = Math.min(from + size, bytes) - 1;
          const cells = set.all.filter((_, index) => named.includes(index));
          const targets = [{ kind: "memory", from: BigInt(from), to: BigInt(last) }] as const;
          const [example] = judge.judge({ who, can, access, cells, targets });
          const breaking = set.all.filter((config, index) => {
            const isNamed = cells.includes(config);
            if (!isNamed && who === "these") return false;
            const isToReach = isNamed === can;
            return !everyByte(reach[index]!, from, last, kinds[access], isToReach);
          });
          const told = example === undefined ? [] : [example, ...example.others];
          const what = `${who} ${can} ${access} ${from}..${last}`;
          const indexOf = (config: (typeof breaking)[number]): number => set.all.indexOf(config);
          const toldOf = told.map(({ cell }) => indexOf(cell)).sort();
          expect(toldOf, what).to.deep.equal(breaking.map(indexOf));
          for (const [index, { cell, part, can: isOpen }] of told.entries()) {
            if (isOpen) expect(told[index - 1]?.can ?? true, "those that can come first").to.equal(true);
            const there = reach[indexOf(cell)]!;
            expect(
              everyByte(there, Number(part.start), Number(part.end) - 1, kinds[access], isOpen),
              `violation in ${part.start}..${part.end - 1n}`,
            ).to.equal(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** Whether each byte can be accessed so, by CPUs or devices; or none, where `isToReach` is false. */
function everyByte(
  { cpu, dma }: NaiveReach,
  from: number,
  to: number,
  bits: number,
  isToReach: boolean,
): boolean {
  for (let at = from; at <= to; at++) if ((((cpu[at]! | dma[at]!) & bits) !== 0) !== isToReach) return false;
  return true;
}

function firstDifference(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return at;
  return -1;
}
