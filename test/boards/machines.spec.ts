import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { decode } from "../../schema/codec/decode.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { readExpectedRows } from "../upstream/expected.js";
import { lineCount, type Machine, machinesIn, readMachine, root } from "./read-machine.js";

interface Row {
  readonly machine: string;
  /** Name of the file without `.cell`. */
  readonly cell: string;
  readonly sha256: string;
}

const rows: readonly Row[] = readFileSync(path.join(root, "test/fixtures/machines.tsv"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [machine, cell, sha256] = line.split("\t");
    return { machine: machine!, cell: cell!, sha256: sha256! };
  });

const machines = [...new Set(rows.map(({ machine }) => machine))];

/** What gcc and objcopy made of upstream's files, by the name of the file. */
const upstream = new Map(
  readExpectedRows()
    .filter(({ tag }) => tag === "HEAD")
    .map((row) => [path.basename(row.path, ".c"), row]),
);

/**
 * Lines of the nine files of upstream's HEAD that `boards/qemu-x86` replaces (`wc -l` of qemu-x86.c and of the eight demo
 * cells in configs/x86), and the part of them that the language may take at most.
 */
const qemuLinesInC = 1440;
const mostOfC = 1 / 5;

describe("the machines in boards/", () => {
  const compiled = new Map<string, Machine>();
  const machine = (name: string): Machine => {
    const known = compiled.get(name) ?? readMachine("boards", name);
    compiled.set(name, known);
    return known;
  };

  it("are those of the table", () => {
    expect(machines.length).to.be.at.least(13);
    expect(machinesIn("boards")).to.deep.equal([...machines].sort());
  });

  it("have the hashes of upstream's own build in the table", () => {
    for (const { cell, sha256 } of rows) expect(upstream.get(cell)?.sha256, cell).to.equal(sha256);
  });

  it("have all the cells that upstream has for them", () => {
    // The demo cells of x86 are for QEMU; elsewhere the name of the machine begins those of its cells.
    const pcs = ["f2a88xm-hd3", "imb-a180"];
    for (const name of machines) {
      const theirs = [...upstream.values()]
        .filter(({ path: file }) => {
          const base = path.basename(file, ".c");
          if (name === "qemu-x86") return file.startsWith("configs/x86/") && !pcs.includes(base);
          return base === name || base.startsWith(`${name}-`);
        })
        .map(({ path: file }) => path.basename(file, ".c"));
      const ours = rows.filter((row) => row.machine === name).map(({ cell }) => cell);
      expect([...ours].sort(), name).to.deep.equal(theirs.sort());
    }
  });

  for (const name of machines) {
    it(`make the bytes of upstream: ${name}`, () => {
      const { cells, findings } = machine(name);
      expect(findings).to.deep.equal([]);
      const made = cells.map(({ fileName, bytes }) => ({
        machine: name,
        cell: fileName,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      }));
      const wanted = rows.filter((row) => row.machine === name);
      const byName = (one: Row, other: Row): number => (one.cell < other.cell ? -1 : 1);
      expect(made.sort(byName)).to.deep.equal([...wanted].sort(byName));
    });

    it(`are in canonical form: ${name}`, () => {
      const { formatted, source } = machine(name);
      expect(formatted).to.equal(source.text);
    });
  }

  it("say QEMU's PC in a fifth of the lines", () => {
    const lines = lineCount(machine("qemu-x86").source.text);
    expect(lines).to.be.greaterThan(100);
    expect(lines).to.be.at.most(qemuLinesInC * mostOfC);
  });

  it("have the lines that boards/README.md says", () => {
    const page = readFileSync(path.join(root, "boards/README.md"), "utf8");
    for (const name of machines) {
      const count = rows.filter((row) => row.machine === name).length;
      const lines = lineCount(machine(name).source.text);
      const line = page.split("\n").find((each) => each.startsWith(`| [\`${name}\`](`));
      expect(line, name).to.match(new RegExp(`\\| ${count} \\| ${lines} \\| \\d+ \\|$`));
    }
  });
});

describe("the options of the machines in boards/", () => {
  const cellOf = (machine: Machine, name: string) => {
    expect(machine.findings).to.deep.equal([]);
    const { bytes } = machine.cells.find((cell) => cell.name === name)!;
    return decode(bytes, resolveProfile("HEAD")!).config;
  };

  it("hand QEMU's network card to the Linux cell", () => {
    const { tables } = cellOf(readMachine("boards", "qemu-x86", { "with-nic": "true" }), "linux-x86-demo");
    const [nic] = tables.pci_devices as readonly { bdf: number; caps_start: number; num_caps: number }[];
    expect([nic?.bdf, nic?.caps_start, nic?.num_caps]).to.deep.equal([0x10, 0, 6]);
    expect(tables.pci_caps).to.have.length(6);
    expect(tables.mem_regions).to.have.length(24);
  });

  it("hand the eMMC of the AM625 to the Linux cell", () => {
    const { tables } = cellOf(readMachine("boards", "k3-am625-sk", { emmc: "true" }), "linux-demo");
    const regions = tables.mem_regions as readonly { phys_start: bigint; size: bigint }[];
    expect(regions.map(({ phys_start }) => phys_start)).to.include.members([0xfa1_0000n, 0xfa1_8000n]);
    expect(regions.filter(({ size }) => size === 0n)).to.have.length(1);
    // Interrupt 165 is bit 5 of the element that begins with 160.
    const chips = tables.irqchips as readonly { pin_base: number; pin_bitmap: readonly number[] }[];
    expect(chips.find(({ pin_base }) => pin_base === 160)!.pin_bitmap[0]! & (1 << 5)).to.equal(1 << 5);
  });

  it("give the Foundation model its other GIC", () => {
    const machine = readMachine("boards", "foundation-v8", { "gic-v3": "true" });
    const { header, tables } = cellOf(machine, "foundation-v8");
    const { arm } = header.platform_info as { arm?: Readonly<Record<string, unknown>> };
    expect(arm).to.include({ gic_version: 3, gicd_base: 0x2f00_0000n, gicr_base: 0x2f10_0000n });
    for (const { irqchips } of [tables, cellOf(machine, "linux-demo").tables])
      for (const { address } of irqchips as readonly { address: bigint }[])
        expect(address).to.equal(0x2f00_0000n);
  });

  it("move what the inmate of the Jetson TK1 sees", () => {
    const machine = readMachine("boards", "jetson-tk1", { "inmate-base": "0x80_0000" });
    const { header, tables } = cellOf(machine, "inmate-demo");
    expect(header.cpu_reset_address).to.equal(0x80_0000n);
    expect((tables.mem_regions as readonly { virt_start: bigint }[])[1]!.virt_start).to.equal(0x80_0000n);
  });
});
