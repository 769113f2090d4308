import { expect } from "chai";
import { fromJson, type JsonDocument, toJson } from "../../../schema/codec/json.js";
import type { JsonProblem } from "../../../schema/codec/json-reader.js";
import { residue } from "../../../schema/codec/wire.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import { buildConfig } from "../../support/build-config.js";
import { profileNamed } from "../../support/random-config.js";

const r14 = profileNamed("r14");

function read(document: unknown): {
  readonly config: ReturnType<typeof fromJson>;
  readonly problems: JsonProblem[];
} {
  const problems: JsonProblem[] = [];
  const config = fromJson(document, resolveProfile, (problem) => problems.push(problem));
  return { config, problems };
}

function cell(header: object, tables: object = {}): object {
  return { profile: "r14", kind: "cell", header, tables };
}

describe("wire configs as JSON", () => {
  it("write 64-bit integers as hexadecimal text, smaller ones as numbers, bytes as hex digits", () => {
    const document = toJson(
      buildConfig(r14, "cell", {
        cell: { name: "demo", id: 3, cpu_reset_address: 0xffff_ffff_ffff_ffffn },
        tables: { cpus: Uint8Array.of(0x0f, 0xa0), stream_ids: [{ id: 5 }] },
        trailing: Uint8Array.of(1, 2),
      }),
    );
    expect(document).to.include({ profile: "r14.1", kind: "cell", trailing: "0102" });
    expect(document.header).to.include({ id: 3, name: "demo", cpu_reset_address: "0xffffffffffffffff" });
    expect(document.tables).to.include({ cpus: "0fa0" });
    expect(document.tables.stream_ids).to.deep.equal([{ id: 5 }]);
    expect(document.header).not.to.have.property("cpu_set_size");
  });

  it("write residue only where there is some", () => {
    const device = { [residue]: [{ offset: 35, bytes: Uint8Array.of(0x80) }] };
    const document = toJson(buildConfig(r14, "cell", { tables: { pci_devices: [device, {}] } }));
    const [first, second] = document.tables.pci_devices as unknown as readonly JsonDocument[];
    expect(first!.residue).to.deep.equal([{ offset: 35, bytes: "80" }]);
    expect(second).not.to.have.property("residue");
    expect(document).not.to.have.property("trailing");
  });

  it("write negative 64-bit integers with their sign", () => {
    const document = toJson({ ...buildConfig(r14, "cell", {}), header: { odd: -5n } });
    expect(document.header).to.deep.equal({ odd: "-0x5" });
  });

  it("read integers as numbers, decimal or hexadecimal text, and leave out what is left out", () => {
    const { config, problems } = read(
      cell(
        { name: "x", id: "0x10", flags: "7", cpu_reset_address: 12, console: { address: "0xFF" } },
        { cpus: "FF", mem_regions: [{ size: "4096" }] },
      ),
    );
    expect(problems).to.deep.equal([]);
    expect(config!.header).to.deep.equal({
      signature: "JHCLL",
      revision: 14,
      name: "x",
      id: 16,
      flags: 7,
      cpu_reset_address: 12n,
      console: { address: 255n },
    });
    expect(config!.tables.cpus).to.deep.equal(Uint8Array.of(255));
    expect(config!.tables.mem_regions).to.deep.equal([{ size: 4096n }]);
    expect(config!.tables.irqchips).to.deep.equal([]);
    expect(config!.trailing).to.have.length(0);
  });

  it("take digits that are a name for the name", () => {
    const { config } = read(cell({ console: { type: "8250" }, id: "8250" }));
    expect(config!.header).to.deep.include({ id: 8250, console: { type: 2 } });
  });

  it("read a document without tables", () => {
    expect(read({ profile: "r14", kind: "system", header: {} }).config!.tables.cpus).to.have.length(0);
  });

  const mistakes: readonly (readonly [string, object, JsonProblem["kind"], string, string])[] = [
    [
      "a misspelt field",
      cell({ nam: "x" }),
      "unknown-field",
      "/header/nam",
      'there is no "nam" here; did you mean name?',
    ],
    ["an unknown field", cell({ colour: 1 }), "unknown-field", "/header/colour", 'there is no "colour" here'],
    [
      "a pointer that needs escapes",
      cell({ "a/b~": 1 }),
      "unknown-field",
      "/header/a~1b~0",
      'there is no "a/b~" here',
    ],
    [
      "an unknown table",
      cell({}, { colours: [] }),
      "unknown-field",
      "/tables/colours",
      'there is no "colours" here',
    ],
    [
      "a number out of range",
      cell({ id: 4294967296 }),
      "out-of-range",
      "/header/id",
      "4294967296 is out of range: 0 to 4294967295",
    ],
    [
      "a negative number",
      cell({ id: -1 }),
      "out-of-range",
      "/header/id",
      "-1 is out of range: 0 to 4294967295",
    ],
    ["a fraction", cell({ id: 1.5 }), "wrong-type", "/header/id", "1.5 is not an integer"],
    [
      "a number JSON cannot hold",
      cell({ cpu_reset_address: 2 ** 60 }),
      "wrong-type",
      "/header/cpu_reset_address",
      'numbers from 2^53 on are not read exactly: write this one as text, "0x..."',
    ],
    ["text for a number", cell({ id: "ten" }), "wrong-type", "/header/id", '"ten" is not an integer'],
    ["a number for text", cell({ name: 5 }), "wrong-type", "/header/name", "5 is not text"],
    [
      "a long name",
      cell({ name: "é".repeat(17) }),
      "out-of-range",
      "/header/name",
      `"${"é".repeat(17)}" has 34 bytes, there is room for 32`,
    ],
    [
      "a list for a struct",
      cell({ console: [] }),
      "wrong-type",
      "/header/console",
      "an array is not an object",
    ],
    [
      "a struct for a list",
      cell({}, { mem_regions: {} }),
      "wrong-type",
      "/tables/mem_regions",
      "an object is not an array",
    ],
    [
      "odd hex digits",
      cell({}, { cpus: "abc" }),
      "wrong-type",
      "/tables/cpus",
      '"abc" is not an even number of hex digits',
    ],
    [
      "a bit too many",
      cell({}, { pci_devices: [{ msi_64bits: 2 }] }),
      "out-of-range",
      "/tables/pci_devices/0/msi_64bits",
      "2 is out of range: 0 to 1",
    ],
    [
      "too many elements",
      cell({}, { pci_devices: [{ bar_mask: [1, 2, 3, 4, 5, 6, 7] }] }),
      "out-of-range",
      "/tables/pci_devices/0/bar_mask",
      "7 elements are given, there is room for 6",
    ],
    [
      "a bad element",
      cell({}, { irqchips: [{ pin_bitmap: [1, "0x100000000"] }] }),
      "out-of-range",
      "/tables/irqchips/0/pin_bitmap/1",
      '"0x100000000" is out of range: 0 to 4294967295',
    ],
    [
      "both members of a union",
      cell({}, { stream_ids: [{ id: 1, mmu500: {} }] }),
      "overlapping-fields",
      "/tables/stream_ids/0",
      "id and mmu500 describe the same bytes: only one can be given",
    ],
    [
      "residue on top of a field",
      cell({}, { pci_devices: [{ residue: [{ offset: 34, bytes: "0001" }] }] }),
      "overlapping-fields",
      "/tables/pci_devices/0/residue/0",
      "byte 35 of the struct belongs to a field",
    ],
    [
      "residue without bytes",
      cell({ residue: [{ offset: 1 }] }),
      "missing",
      "/header/residue/0",
      "`bytes` is missing",
    ],
    [
      "trailing bytes that are none",
      { ...cell({}), trailing: 5 },
      "wrong-type",
      "/trailing",
      "hex digits are text: put them in quotes",
    ],
    [
      "an unknown profile",
      { ...cell({}), profile: "r99" },
      "unknown-profile",
      "/profile",
      'no profile is called "r99"',
    ],
    ["no profile", { kind: "cell", header: {} }, "missing", "", "`profile` is missing"],
    ["no kind", { profile: "r14", header: {} }, "missing", "", "`kind` is missing"],
    [
      "an unknown kind",
      { ...cell({}), kind: "root" },
      "wrong-type",
      "/kind",
      '"root" is neither "system" nor "cell"',
    ],
    ["no header", { profile: "r14", kind: "cell" }, "missing", "", "`header` is missing"],
    ["null", { ...cell({}), header: null }, "wrong-type", "/header", "null is not an object"],
  ];
  for (const [what, document, kind, pointer, message] of mistakes) {
    it(`report ${what}`, () => {
      const { config, problems } = read(document);
      expect(problems).to.deep.include({ kind, pointer, message });
      expect(config).to.equal(undefined);
    });
  }

  it("report what is not an object at all", () => {
    for (const document of [null, 5, "x", []]) expect(read(document).problems[0]!.pointer).to.equal("");
  });

  it("are not led astray by keys that objects inherit", () => {
    const document = JSON.parse(
      '{"profile":"r14","kind":"cell","header":{"__proto__":{"id":5},"constructor":1}}',
    ) as unknown;
    expect(read(document).problems.map(({ pointer }) => pointer)).to.have.members([
      "/header/__proto__",
      "/header/constructor",
    ]);
  });

  it("stop listing problems after a hundred", () => {
    const { problems } = read(cell({}, { stream_ids: new Array(500).fill({ id: -1 }) }));
    expect(problems).to.have.length(100);
    expect(problems.at(-1)!.kind).to.equal("too-many-problems");
  });

  it("read integer tables", () => {
    const r12 = profileNamed("r12");
    const document = { ...cell({}, { stream_ids: [1, "0x2"] }), profile: r12.id };
    expect(read(document).config!.tables.stream_ids).to.deep.equal([1, 2]);
    const wrong = { ...cell({}, { stream_ids: [1, {}] }), profile: r12.id };
    expect(read(wrong).problems[0]!.pointer).to.equal("/tables/stream_ids/1");
  });
});
