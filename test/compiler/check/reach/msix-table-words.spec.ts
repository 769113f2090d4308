import { expect } from "chai";
import fc from "fast-check";
import { tablePassages } from "../../../../compiler/check/reach/msix-table.js";
import { partitionOf, whoReaches } from "../../../../compiler/check/reach/reach.js";
import { setOf } from "../../../support/checking.js";
import { answerText } from "./telling.js";

interface Table {
  /** Where the config says that the table is; it begins at the start of this page. */
  readonly address: number;
  readonly size: number;
  readonly vectors: number;
}

const page = 0x3a00_4000;

const anyTable: fc.Arbitrary<Table> = fc.record({
  address: fc.constantFrom(page, page, page + 4, page + 0x800),
  size: fc.nat({ max: 70 }),
  vectors: fc.nat({ max: 5 }),
});

const deviceText = ({ address, size, vectors }: Table): string =>
  `msix_address = 0x${address.toString(16)}; num_msix_vectors = ${vectors}; msix_region_size = ${size}`;

const textOf = (...tables: readonly Table[]): string => `architecture x86
system pc { cpus 0-1; iommu intel at 0xfed9_0000 size 4K }
cell demo {
  cpus 1
${tables.map((table, index) => `  device 00:0${index + 3}.0 { ${deviceText(table)} }`).join("\n")}
}`;

/**
 * What accesses to each word get to (hypervisor/pci.c:360-396): reads behind the entries and of the last word of each go to
 * the table, writes of the last word, too. Handlers get the access from its first byte on, and then take a whole word.
 */
function wordRights({ size, vectors }: Table, word: number): string {
  if (word * 4 >= size) return "";
  const isInEntry = word < vectors * 4;
  const isControl = word % 4 === 3;
  if (isInEntry) return isControl ? "rw" : "";
  return "r";
}

/** Longer than any of the tables. */
const words = 24;

/** The answer about a part of the page that the table is in. */
function answer(text: string, from: number, to: number): string {
  const set = setOf(text);
  return answerText(partitionOf(set, set.cells), { kind: "memory", from: BigInt(from), to: BigInt(to) });
}

describe("what the owner of a device reaches by its MSI-X table", () => {
  it("is what accesses to each word get to", () => {
    fc.assert(
      fc.property(anyTable, fc.nat({ max: 90 }), fc.nat({ max: 90 }), (table, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const set = setOf(textOf(table));
        const target = { kind: "memory", from: BigInt(page + from), to: BigInt(page + to) } as const;
        const { accesses } = whoReaches(partitionOf(set, set.cells), target);
        const found = new Array<string>(words * 4).fill("");
        for (const { cell, range, seenAt, rights } of accesses) {
          expect(cell).to.equal(set.cells[0]);
          expect(seenAt! - BigInt(table.address)).to.equal(range.start - BigInt(page));
          expect(rights.read).to.equal(true);
          for (let at = Number(range.start) - page; at < Number(range.end) - page; at++)
            found[at] = `r${rights.write ? "w" : ""}`;
        }
        expect(found).to.deep.equal(
          found.map((_, at) => (at >= from && at <= to ? wordRights(table, at >> 2) : "")),
        );
      }),
      { numRuns: 40 },
    );
  });

  const why = "device 00:03.0 lets accesses to its MSI-X table through";

  it("is told with the address that the config has", () => {
    const text = textOf({ address: page + 0x800, size: 0x23, vectors: 2 });
    const field = "msix_address = 0x3a004800";
    expect(answer(text, page, page + 0xfff)).to.equal(
      `cell "demo", its CPUs: memory 0x3a004020..0x3a004023, r, at 0x3a004820..0x3a004823
  ${field}: ${why} at 0x3a004820, r
cell "demo", its CPUs: memory 0x3a00400c..0x3a00400f, rw, at 0x3a00480c..0x3a00480f
  ${field}: ${why} at 0x3a00480c, rw
cell "demo", its CPUs: memory 0x3a00401c..0x3a00401f, rw, at 0x3a00481c..0x3a00481f
  ${field}: ${why} at 0x3a00481c, rw`,
    );
  });

  it("is all of a table that is larger than devices have", () => {
    const large = (vectors: number): string => textOf({ address: page, size: 0x8010, vectors });
    const field = "msix_address = 0x3a004000";
    expect(answer(large(2048), page + 12, page + 31)).to.equal(
      `cell "demo", its CPUs: memory 0x3a00400c..0x3a00400f, rw, at 0x3a00400c..0x3a00400f
  ${field}: ${why} at 0x3a00400c, rw
cell "demo", its CPUs: memory 0x3a00401c..0x3a00401f, rw, at 0x3a00401c..0x3a00401f
  ${field}: ${why} at 0x3a00401c, rw`,
    );
    expect(answer(large(2049), page + 12, page + 31)).to.equal(
      `cell "demo", its CPUs: rw, at 0x3a00400c..0x3a00401f\n  ${field}: ${why} at 0x3a00400c, rw`,
    );
    expect(answer(large(2049), page, page)).to.equal(
      `cell "demo", its CPUs: rw, at 0x3a004000\n  ${field}: ${why} at 0x3a004000, rw`,
    );
    const [from, to] = [page + 0x7ffc, page + 0x8fff];
    expect(answer(large(2048), from, to)).to.equal(
      `cell "demo", its CPUs: memory 0x3a00c000..0x3a00c00f, r, at 0x3a00c000..0x3a00c00f
  ${field}: ${why} at 0x3a00c000, r
cell "demo", its CPUs: memory 0x3a00bffc..0x3a00bfff, rw, at 0x3a00bffc..0x3a00bfff
  ${field}: ${why} at 0x3a00bffc, rw`,
    );
    expect(answer(large(2049), from, to)).to.equal(
      `cell "demo", its CPUs: memory 0x3a00bffc..0x3a00c00f, rw, at 0x3a00bffc..0x3a00c00f
  ${field}: ${why} at 0x3a00bffc, rw`,
    );
    expect(answer(large(2050), from, to)).to.equal(answer(large(2049), from, to));
  });

  it("is a whole word where the table is a single byte, and nothing where it is none", () => {
    const text = (size: number): string => textOf({ address: page, size, vectors: 0 });
    expect(answer(text(1), page, page + 3)).to.equal(
      `cell "demo", its CPUs: r, at 0x3a004000..0x3a004003
  msix_address = 0x3a004000: ${why} at 0x3a004000, r`,
    );
    expect(answer(text(0), page, page + 3)).to.equal("");
  });

  it("is looked at only where it is asked about", () => {
    const set = setOf(textOf({ address: page, size: 0x400, vectors: 64 }));
    const partition = partitionOf(set, set.cells);
    const view = partition.views.get(set.cells[0]!)!;
    const handler = view.handlers.all.find(({ start }) => start === BigInt(page))!;
    const found = (start: number, end: number): readonly (readonly number[])[] =>
      tablePassages(view, handler, { start: BigInt(page + start), end: BigInt(page + end) }, "x86")
        .filter(({ rights }) => rights.write)
        .map(({ phys }) => [Number(phys.start) - page, Number(phys.end) - page]);
    expect(found(16, 32)).to.deep.equal([[28, 32]]);
    expect(found(31, 33)).to.deep.equal([
      [28, 32],
      [44, 48],
    ]);
    expect(found(0x3f8, 0x800)).to.deep.equal([[0x3fc, 0x400]]);
  });

  it("is nothing where another table hides it", () => {
    const text = textOf({ address: page, size: 32, vectors: 1 }, { address: page, size: 32, vectors: 2 });
    const other = why.replace("03", "04");
    expect(answer(text, page, page + 31)).to.equal(
      `cell "demo", its CPUs: memory 0x3a00400c..0x3a00400f, rw, at 0x3a00400c..0x3a00400f
  msix_address = 0x3a004000: ${other} at 0x3a00400c, rw
cell "demo", its CPUs: memory 0x3a00401c..0x3a00401f, rw, at 0x3a00401c..0x3a00401f
  msix_address = 0x3a004000: ${other} at 0x3a00401c, rw`,
    );
  });

  it("is at the address that page tables have room for", () => {
    const text = textOf({ address: 2 ** 52 + page, size: 16, vectors: 0 });
    expect(answer(text, page, page + 31)).to.equal(
      `cell "demo", its CPUs: memory 0x3a004000..0x3a00400f, r, at 0x1000003a004000..0x1000003a00400f
  msix_address = 0x1000003a004000: ${why} at 0x1000003a004000, r`,
    );
  });
});
