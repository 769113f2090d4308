import { expect } from "chai";
import fc from "fast-check";
import { partitionOf } from "../../../../compiler/check/reach/reach.js";
import { type CheckSetting, setOf } from "../../../support/checking.js";
import { answerText } from "./telling.js";

/** The answer about a device. */
function answer(text: string, bdf: number, setting: CheckSetting = {}): string {
  const set = setOf(text, setting);
  return answerText(partitionOf(set, set.cells), { kind: "device", domain: 0, bdf });
}

interface Entry {
  readonly bdf: number;
  readonly domain: number;
  readonly type: "DEVICE" | "BRIDGE" | "IVSHMEM";
}

const anyEntry: fc.Arbitrary<Entry> = fc.record({
  bdf: fc.constantFrom(8, 16),
  domain: fc.constantFrom(0, 0, 1),
  type: fc.constantFrom("DEVICE", "BRIDGE", "IVSHMEM"),
});

const entryText = ({ bdf, domain }: Entry, index: number): string =>
  `device 000${domain}:00:0${bdf >> 3}.0 "entry ${index}"`;

const statementText = (entry: Entry, index: number): string =>
  `${entryText(entry, index)} { type = JAILHOUSE_PCI_TYPE_${entry.type} }`;

/** Of the root cell, then of the cells. */
function textOf(tables: readonly (readonly Entry[])[]): string {
  const [root, ...cells] = tables.map((entries) => entries.map(statementText).join("\n"));
  return [
    `system pc {\narchitecture x86\ncpus 0-7\n${root}\n}`,
    ...cells.map((entries, index) => `cell c${index} {\ncpus ${index + 1}\n${entries}\n}`),
  ].join("\n");
}

/** By looking at each entry: the first one of a cell counts, and physical devices leave the root cell. */
function expectedText(tables: readonly (readonly Entry[])[], bdf: number, hasSystem: boolean): string {
  const [root, ...cells] = tables;
  const firstOf = (entries: readonly Entry[]): number => entries.findIndex((each) => each.bdf === bdf);
  const takenOf = (entries: readonly Entry[]): number =>
    entries.findIndex((each) => each.bdf === bdf && each.type !== "IVSHMEM");
  const isTaken = cells.some((entries) => takenOf(entries) >= 0);
  const lines: string[] = [];
  for (const [index, entries] of tables.entries()) {
    const first = firstOf(entries);
    if (first < 0 || (index === 0 && (!hasSystem || isTaken))) continue;
    const text =
      entries[first]!.type === "IVSHMEM"
        ? "the hypervisor makes up this shared-memory device for the cell"
        : "the device is the cell's: the hypervisor checks each write";
    lines.push(`${index === 0 ? 'root cell "pc"' : `cell "c${index - 1}"`}, its CPUs: rw`);
    lines.push(`  ${entryText(entries[first]!, first)}: ${text}`);
  }
  const had = firstOf(root!);
  if (had < 0 || !hasSystem) return lines.join("\n");
  for (const [index, entries] of cells.entries()) {
    const taken = takenOf(entries);
    if (taken < 0) continue;
    lines.push(`root cell "pc" has lost device 00:0${bdf >> 3}.0 to cell "c${index}"`);
    lines.push(`  ${entryText(root![had]!, had)}: the root cell lists it`);
    lines.push(`  ${entryText(entries[taken]!, taken)}: cell "c${index}" takes it away`);
  }
  return lines.join("\n");
}

describe("who reaches the configuration space of a device", () => {
  it("is what each entry by itself says", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyEntry, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(true, true, false),
        (tables, hasSystem) => {
          if (!hasSystem && tables.length === 1) return;
          for (const bdf of [8, 16])
            expect(answer(textOf(tables), bdf, { onlyCells: !hasSystem })).to.equal(
              expectedText(tables, bdf, hasSystem),
            );
        },
      ),
      { numRuns: 40 },
    );
  });

  const open = "ports 0xcf8-0xcff are open: the cell reaches every device, and nothing is checked";

  it("is a cell with all address ports and a data port", () => {
    const ports = fc.subarray([0xcf7, 0xcf8, 0xcf9, 0xcfa, 0xcfb, 0xcfc, 0xcfd, 0xcfe, 0xcff, 0xd00], {
      minLength: 4,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          ports,
          ports.map((few) => [...new Set([0xcf8, 0xcf9, 0xcfa, 0xcfb, ...few])]),
        ),
        (listed) => {
          const entries = listed.map((port) => `pio_regions { base = ${port}; length = 1 }`);
          const text = `system pc {\narchitecture x86\ncpus 0\n${entries.join("\n")}\n}`;
          const isOpen =
            [0xcf8, 0xcf9, 0xcfa, 0xcfb].every((port) => listed.includes(port)) &&
            [0xcfc, 0xcfd, 0xcfe, 0xcff].some((port) => listed.includes(port));
          expect(answer(text, 8)).to.equal(
            isOpen ? `root cell "pc", its CPUs: rw\n  pio_regions { base = 3320; length = 1 }: ${open}` : "",
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  const ioports = `system pc {
  architecture x86
  cpus 0-1
  ioports 0xcf0-0xcf7
  ioports 0xcf9-0xcff
  ioports 0xcf7-0xcf8
  ioports 0xcf8
}`;

  it("is told by the entry with the first of the address ports", () => {
    expect(answer(ioports, 8)).to.equal(`root cell "pc", its CPUs: rw\n  ioports 0xcf7-0xcf8: ${open}`);
  });

  it("is told by the table where none has it: there is a bitmap, or a timer", () => {
    expect(answer(`profile r8.1\n${ioports}`, 8)).to.equal(
      `root cell "pc", its CPUs: rw\n  ioports 0xcf8: ${open}`,
    );
    const timer = "system pc {\narchitecture x86\ncpus 0\nx86 { pm-timer 0xcf8 }\nioports 0xcff\n}";
    expect(answer(timer, 8)).to.equal(`root cell "pc", its CPUs: rw\n  ioports 0xcff: ${open}`);
  });

  it("is nobody by ports that the machine does not have", () => {
    expect(answer(ioports.replace("x86", "arm64"), 8)).to.equal("");
  });

  const mapped = `system pc {
  architecture x86
  cpus 0-1
  pci mmconfig at 0xb000_0000 buses 0-1
  memory "RAM" at 0 size 16M rw
  device 00:01.0
}
cell demo {
  cpus 1
  memory "one" at 0xb001_0000 size 4K mapped at 0 r
  memory "last" at 0xb01f_f000 size 8K mapped at 0x1000 rw
}`;

  it("is a cell that has its memory", () => {
    const link = "pci mmconfig at 0xb000_0000 buses 0-1: there is the configuration space of the device";
    expect(answer(mapped, 0x10)).to.equal(`cell "demo", its CPUs: r, at 0x0
  memory "one" at 0xb001_0000 size 4K mapped at 0 r: memory "one" maps it at 0x0, r
  ${link}`);
    expect(answer(mapped, 0x1ff)).to.equal(`cell "demo", its CPUs: rw, at 0x1000
  memory "last" at 0xb01f_f000 size 8K mapped at 0x1000 rw: memory "last" maps it at 0x1000, rw
  ${link}`);
    for (const bdf of [0xf, 0x11, 0x1fe, 0x200]) expect(answer(mapped, bdf), `${bdf}`).to.equal("");
  });

  it("is nobody by memory where there is none", () => {
    expect(answer(mapped.replace(/.*mmconfig.*\n/, ""), 0x10)).to.equal("");
    expect(answer(mapped.replace("pci mm", "pci virtual mm"), 0x10)).to.equal("");
    expect(answer(mapped, 0x10, { onlyCells: true })).to.equal("");
  });

  it("is all of these ways in their order", () => {
    const both = mapped
      .replace("device 00:01.0", "device 00:01.0\nioports 0xcf8-0xcff")
      .replace("cpus 1\n", "cpus 1\ndevice 00:02.0\nioports 0xcf8-0xcff\n");
    expect(answer(both, 0x10)).to.equal(`cell "demo", its CPUs: rw
  device 00:02.0: the device is the cell's: the hypervisor checks each write
cell "demo", its CPUs: rw
  ioports 0xcf8-0xcff: ${open}
cell "demo", its CPUs: r, at 0x0
  memory "one" at 0xb001_0000 size 4K mapped at 0 r: memory "one" maps it at 0x0, r
  pci mmconfig at 0xb000_0000 buses 0-1: there is the configuration space of the device`);
    expect(answer(both, 0x18)).to.equal(`cell "demo", its CPUs: rw\n  ioports 0xcf8-0xcff: ${open}`);
  });
});
