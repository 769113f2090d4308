import { expect } from "chai";
import fc from "fast-check";
import { partitionOf } from "../../../../compiler/check/reach/reach.js";
import { type CheckSetting, setOf } from "../../../support/checking.js";
import { answerText } from "./telling.js";

interface Range {
  readonly base: number;
  readonly length: number;
}

/** The table of the root cell, then those of the cells. */
interface PortMachine {
  readonly timer: number;
  readonly tables: readonly (readonly Range[])[];
}

/** All that is listed lies around the command port of the keyboard controller. */
const i8042 = 0x64;
const anyRange = fc.record({
  base: fc.integer({ min: 0x5c, max: 0x6c }),
  length: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 12 })),
});
const anyMachine: fc.Arbitrary<PortMachine> = fc.record({
  timer: fc.oneof(fc.constant(0), fc.integer({ min: 0x5c, max: 0x70 })),
  tables: fc.array(fc.array(anyRange, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
});

const entryText = ({ base, length }: Range): string => `pio_regions { base = ${base}; length = ${length} }`;

function textOf({ timer, tables }: PortMachine): string {
  const [root, ...cells] = tables.map((ranges) => ranges.map(entryText).join("\n"));
  return [
    `system pc {\narchitecture x86\ncpus 0-7\nx86 { pm-timer ${timer} }\n${root}\n}`,
    ...cells.map((entries, index) => `cell c${index} {\ncpus ${index + 1}\n${entries}\n}`),
  ].join("\n");
}

function portsText(from: number, to: number): string {
  return from === to ? `0x${from.toString(16)}` : `0x${from.toString(16)}-0x${to.toString(16)}`;
}

const lists = ({ base, length }: Range, port: number): boolean => port >= base && port < base + length;

/** The answer by looking at each port: what hypervisor/arch/x86/vcpu.c:95-147 leaves open, and why. */
function expectedText({ timer, tables }: PortMachine, from: number, to: number): string {
  const [root, ...cells] = tables;
  const isListed = (table: readonly Range[], port: number): boolean =>
    table.some((each) => lists(each, port));
  const isTimer = (port: number): boolean => timer !== 0 && port >= timer && port < timer + 4;
  const isOpen = (table: readonly Range[], port: number): boolean => {
    if (table === root && cells.some((cell) => isListed(cell, port))) return false;
    return isTimer(port) || (port !== i8042 && isListed(table, port));
  };
  const isReached = (table: readonly Range[], port: number): boolean =>
    isOpen(table, port) || (port === i8042 && isListed(table, port));
  const titleOf = (index: number): string => (index === 0 ? 'root cell "pc"' : `cell "c${index - 1}"`);
  const entriesIn = (table: readonly Range[], first: number, last: number): readonly Range[] =>
    table.filter((each) => portsFrom(first, last).some((port) => lists(each, port)));

  const lines: string[] = [];
  for (const [index, table] of tables.entries()) {
    for (const [first, last] of runs(from, to, (port) => isReached(table, port))) {
      const part = `port${first === last ? "" : "s"} ${portsText(first, last)}, `;
      lines.push(`${titleOf(index)}, its CPUs: ${first === from && last === to ? "" : part}rw`);
      for (const each of entriesIn(table, first, last)) {
        const ports = portsText(each.base, each.base + each.length - 1);
        const are = each.length === 1 ? `port ${ports} is` : `ports ${ports} are`;
        lines.push(`  ${entryText(each)}: ${are} the cell's`);
      }
      if (first <= i8042 && i8042 <= last && !isOpen(table, i8042))
        for (const each of entriesIn(table, i8042, i8042))
          lines.push(
            `  ${entryText(each)}: port 0x64 goes through the hypervisor, which lets no reset through`,
          );
      if (portsFrom(first, last).some(isTimer))
        lines.push(`  pm-timer ${timer}: every cell may use the power-management timer`);
    }
  }
  for (const [index, table] of cells.entries()) {
    const isLost = (port: number): boolean =>
      isListed(root!, port) && !isReached(root!, port) && isListed(table, port);
    // The first stretch tells enough.
    const [run] = runs(from, to, isLost);
    if (run === undefined) continue;
    const title = titleOf(index + 1);
    const [first, last] = run;
    lines.push(
      `root cell "pc" has lost port${first === last ? "" : "s"} ${portsText(first, last)} to ${title}`,
    );
    for (const each of entriesIn(root!, first, last))
      lines.push(`  ${entryText(each)}: the root cell lists it`);
    for (const each of entriesIn(table, first, last))
      lines.push(`  ${entryText(each)}: ${title} takes it away`);
  }
  return lines.join("\n");
}

function portsFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Stretches without a gap, both ends included. */
function runs(from: number, to: number, isIn: (port: number) => boolean): readonly [number, number][] {
  const found: [number, number][] = [];
  for (const port of portsFrom(from, to)) {
    if (!isIn(port)) continue;
    const last = found.at(-1);
    if (last?.[1] === port - 1) last[1] = port;
    else found.push([port, port]);
  }
  return found;
}

/** The answer about these ports. */
function answer(text: string, from: number, to: number, setting: CheckSetting = {}): string {
  const set = setOf(text, setting);
  return answerText(partitionOf(set, set.cells), { kind: "ioports", from, to });
}

describe("who reaches I/O ports", () => {
  it("is what each port by itself says", () => {
    fc.assert(
      fc.property(
        anyMachine,
        fc.integer({ min: 0x58, max: 0x74 }),
        fc.nat({ max: 0x20 }),
        (machine, from, more) => {
          expect(answer(textOf(machine), from, from + more)).to.equal(
            expectedText(machine, from, from + more),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it("names no more than eight entries", () => {
    const entries = (count: number): readonly string[] =>
      Array.from({ length: count }, (_, index) => entryText({ base: 0x80, length: index + 2 }));
    const links = (text: string): readonly string[] => entries(8).map((each) => `  ${each}: ${text}`);
    const text = answer(
      `system pc {
        architecture x86
        cpus 0-1
        ${entries(8).join("\n")}
      }
      cell demo {
        cpus 1
        ${entries(9).join("\n")}
      }`,
      0x80,
      0x80,
    );
    expect(text.split("\n")).to.deep.equal([
      'cell "demo", its CPUs: rw',
      ...links("").map((each, index) => `${each}ports 0x80-0x${(0x81 + index).toString(16)} are the cell's`),
      'root cell "pc" has lost port 0x80 to cell "demo"',
      ...links("the root cell lists it"),
      ...links('cell "demo" takes it away'),
    ]);
  });

  it("is told of bitmaps as a whole", () => {
    const machine = `profile r8.1
system pc {
  architecture x86
  cpus 0-1
  x86 { pm-timer 0x80 }
  ioports 0x60-0x6f
}
cell demo {
  cpus 1
  ioports 0x64, 0x68-0x6b, 0xfff8-0xffff
}`;
    const own = "ioports 0x64, 0x68-0x6b, 0xfff8-0xffff";
    expect(answer(machine, 0x60, 0x80)).to.equal(`root cell "pc", its CPUs: ports 0x60-0x67, rw
  ioports 0x60-0x6f: the port bitmap allows it
  ioports 0x60-0x6f: port 0x64 goes through the hypervisor, which lets no reset through
root cell "pc", its CPUs: ports 0x6c-0x6f, rw
  ioports 0x60-0x6f: the port bitmap allows it
root cell "pc", its CPUs: port 0x80, rw
  pm-timer 0x80: every cell may use the power-management timer
cell "demo", its CPUs: port 0x64, rw
  ${own}: the port bitmap allows it
  ${own}: port 0x64 goes through the hypervisor, which lets no reset through
cell "demo", its CPUs: ports 0x68-0x6b, rw
  ${own}: the port bitmap allows it
cell "demo", its CPUs: port 0x80, rw
  pm-timer 0x80: every cell may use the power-management timer
root cell "pc" has lost ports 0x68-0x6b to cell "demo"
  ioports 0x60-0x6f: the root cell lists it
  ${own}: cell "demo" takes it away`);
    expect(answer(machine, 0xfff7, 0xffff)).to.equal(`cell "demo", its CPUs: ports 0xfff8-0xffff, rw
  ${own}: the port bitmap allows it`);
    expect(answer(machine, 0x6c, 0x6c)).to.equal(`root cell "pc", its CPUs: rw
  ioports 0x60-0x6f: the port bitmap allows it`);
  });

  it("is told of the timer and of commands only where they are meant", () => {
    const entry = "ioports 0-0xf";
    const machine = (timer: number): string => `system pc {
  architecture x86
  cpus 0-1
  x86 { pm-timer ${timer} }
  ${entry}
  ioports 0x64
  ioports 0x65
}`;
    const own = `root cell "pc", its CPUs: rw\n  ${entry}: ports 0x0-0xf are the cell's`;
    const because = "every cell may use the power-management timer";
    for (const [timer, from, to] of [
      [0, 0, 4],
      [1, 0, 0],
      [1, 5, 5],
      [8, 4, 7],
      [8, 12, 15],
    ] as const)
      expect(answer(machine(timer), from, to), `${from}-${to}`).to.equal(own);
    for (const [timer, from, to] of [
      [1, 0, 1],
      [1, 4, 5],
      [8, 4, 8],
      [8, 11, 15],
    ] as const)
      expect(answer(machine(timer), from, to)).to.equal(`${own}\n  pm-timer ${timer}: ${because}`);
    expect(answer(machine(0), 0x64, 0x65)).to.equal(`root cell "pc", its CPUs: rw
  ioports 0x64: port 0x64 is the cell's
  ioports 0x65: port 0x65 is the cell's
  ioports 0x64: port 0x64 goes through the hypervisor, which lets no reset through`);
    expect(answer(machine(1).replace(entry, ""), 1, 0xf)).to.equal(
      `root cell "pc", its CPUs: ports 0x1-0x4, rw\n  pm-timer 1: ${because}`,
    );
  });

  it("is not told of bitmaps where the timer alone is open", () => {
    const machine = `profile r8.1
system pc {
  architecture x86
  cpus 0-1
  x86 { pm-timer 0x70 }
  ioports 0x60-0x6f
}
cell demo {
  cpus 1
  ioports 0x74-0x77
}`;
    expect(answer(machine, 0x70, 0x73)).to.equal(`root cell "pc", its CPUs: rw
  pm-timer 0x70: every cell may use the power-management timer
cell "demo", its CPUs: rw
  pm-timer 0x70: every cell may use the power-management timer`);
  });

  const last = `system pc {
  architecture x86
  cpus 0-1
  x86 { pm-timer 0xfffe }
  pio_regions { base = 0xffff; length = 0xffff }
}
cell demo {
  cpus 1
  pio_regions { base = 0xffff; length = 1 }
}`;

  it("ends at port 0xffff", () => {
    expect(answer(last, 0xfff0, 0x1_fff0)).to.equal(`root cell "pc", its CPUs: port 0xfffe, rw
  pm-timer 0xfffe: every cell may use the power-management timer
cell "demo", its CPUs: ports 0xfffe-0xffff, rw
  pio_regions { base = 0xffff; length = 1 }: port 0xffff is the cell's
  pm-timer 0xfffe: every cell may use the power-management timer
root cell "pc" has lost port 0xffff to cell "demo"
  pio_regions { base = 0xffff; length = 0xffff }: the root cell lists it
  pio_regions { base = 0xffff; length = 1 }: cell "demo" takes it away`);
    expect(answer(last, 0x1_0000, 0x1_0000)).to.equal("");
  });

  it("can be told of cells alone", () => {
    expect(answer(last, 0xfff0, 0xffff, { onlyCells: true })).to.equal(`cell "demo", its CPUs: port 0xffff, rw
  pio_regions { base = 0xffff; length = 1 }: port 0xffff is the cell's`);
    expect(answer(last, 0, 0xfff0, { onlyCells: true })).to.equal("");
  });

  it("is about x86 only", () => {
    const table = "cpus 0-1\npio_regions { base = 0x60; length = 8 }";
    const machine = `system board {\narchitecture arm64\n${table}\n}\ncell demo {\n${table}\n}`;
    expect(answer(machine, 0x60, 0x64)).to.equal("");
  });
});
