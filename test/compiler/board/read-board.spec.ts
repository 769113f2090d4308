import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import fc from "fast-check";
import "../../support/seed.js";
import { parse } from "yaml";
import { boardJsonSchema } from "../../../compiler/board/json-schema.js";
import { readBoard } from "../../../compiler/board/read-board.js";
import { allRules } from "../../../compiler/check/registry.js";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { withoutOrigins } from "../../../compiler/ir/node.js";
import { SourceFile } from "../../../compiler/support/source.js";

const root = path.resolve(import.meta.dirname, "../../../..");

function read(text: string) {
  const found: Diagnostic[] = [];
  const board = readBoard(new SourceFile("board.yaml", text), (diagnostic) => found.push(diagnostic));
  return { board, found };
}

/** `line:column id message` of each mistake. */
function mistakes(text: string): readonly string[] {
  return read(text).found.map(({ id, message, primary }) => {
    const place = primary!.place;
    if (place.kind !== "source") throw new Error("a mistake in a text has a place in it");
    const { line, column } = place.span.file.position(place.span.start);
    return `${line}:${column} ${id} ${message}`;
  });
}

function plain(text: string) {
  const { board, found } = read(text);
  expect(found.map(({ message }) => message)).to.deep.equal([]);
  return withoutOrigins(board!);
}

const everything = readFileSync(path.join(root, "test/fixtures/boards/everything.yaml"), "utf8");

/** What the text of a file gives where nothing is said. */
const nothing: ReturnType<typeof plain> = {
  name: null,
  architecture: null,
  vendor: null,
  commandLine: null,
  cpus: null,
  memory: null,
  ioapics: null,
  gic: null,
  iommus: null,
  pci: null,
  devices: null,
  clockRegisters: null,
  l3: null,
  hypervisor: null,
};

describe("a board file", () => {
  it("gives each of its facts", () => {
    const expected: typeof nothing = {
      name: "every key",
      architecture: "x86",
      vendor: "intel",
      commandLine: "console=ttyS0 memmap=82M$0x3a000000",
      cpus: {
        nrCpuIds: 8,
        online: [0, 1, 2, 3, 5],
        apicIds: [0, 2, 4, 6],
        apicMode: "x2apic",
        apicRouting: "cluster",
        mpidrs: [0n, 0x100n],
        addressBits: 39,
      },
      memory: {
        ram: [
          { start: 0n, end: 0xa_0000n },
          { start: 0x10_0000n, end: 0x4000_0000n },
        ],
        systemRam: [{ start: 0x1000n, end: 0x9_fc00n }],
        reserved: [
          {
            range: { start: 0x3a00_0000n, end: 0x3f20_0000n },
            name: "Jailhouse",
            kind: "command-line",
            devices: null,
          },
          {
            range: { start: 0x8000_0000n, end: 0x8001_0000n },
            name: null,
            kind: "rmrr",
            devices: [{ domain: 0, bdf: 0xe8 }],
          },
        ],
      },
      ioapics: [{ at: 0xfec0_0000n, id: 2, pins: 120 }],
      gic: {
        version: 2,
        gicd: 0x1000n,
        gicc: 0x2000n,
        gich: 0x4000n,
        gicv: 0x6000n,
        gicr: 0x8000n,
        spiCount: 160,
        maintenanceIrq: 25,
        ppis: [26, 27],
      },
      iommus: [
        { at: 0xfed9_0000n, size: 4096n, type: "intel", scope: [{ domain: 1, bdf: 0x0210 }], others: null },
        { at: 0xfed9_1000n, size: null, type: null, scope: null, others: true },
      ],
      pci: [
        {
          address: { domain: 0, bdf: 0xfa },
          name: "SATA",
          bars: [
            { bar: 0, range: { start: 0xfe00_0000n, end: 0xfe00_4000n }, is64bit: true },
            { bar: 5, range: { start: 0xfebd_9000n, end: 0xfebd_a000n }, is64bit: null },
          ],
          capabilities: [
            { id: 5, at: 0x80, extended: null },
            { id: 1, at: 0x100, extended: true },
          ],
          msi: 1,
          msix: 0,
          hidden: false,
        },
      ],
      devices: [
        { name: "uart", registers: [{ start: 0x900_0000n, end: 0x900_1000n }], interrupts: [33] },
        { name: "rtc", registers: null, interrupts: [34, 40] },
      ],
      clockRegisters: [{ start: 0x6000_0000n, end: 0x6000_0004n }],
      l3: { maskBits: 20, classes: 16 },
      hypervisor: { coreSize: 0x23_1000n, percpuSize: 24576n },
    };
    expect(plain(everything)).to.deep.equal(expected);
  });

  it("may say nothing at all", () => {
    for (const text of ["", "# later\n", "null\n", "{}"]) {
      const { board, found } = read(text);
      expect(withoutOrigins(board!), text).to.deep.equal(nothing);
      expect(found.map(({ id, severity }) => `${severity} ${id}`)).to.deep.equal(["warning board-empty"]);
    }
    expect(mistakes("a: [")).to.have.length(1).and.not.contain("board-empty");
  });

  it("tells no list from an empty one", () => {
    expect(plain("pci: []").pci).to.deep.equal([]);
  });

  it("takes numbers as they are spelled, with all 64 bits", () => {
    const at = (text: string) => plain(`ioapics: [{ at: ${text} }]`).ioapics![0]!.at;
    expect(at("0xffffffffffffffff")).to.equal((1n << 64n) - 1n);
    expect(at("18446744073709551615")).to.equal((1n << 64n) - 1n);
    expect(at("0xfec0_0000")).to.equal(0xfec0_0000n);
    expect(at('"4096"')).to.equal(4096n);
    const size = (text: string) => plain(`iommus: [{ at: 0, size: ${text} }]`).iommus![0]!.size;
    expect(["1", "0x10", "4K", "0x2M", "3G", "1T"].map(size)).to.deep.equal([
      1n,
      16n,
      4096n,
      2n << 20n,
      3n << 30n,
      1n << 40n,
    ]);
  });

  it("takes ranges in both spellings, up to the last address", () => {
    const range = (text: string) => plain(`clock-registers: [${text}]`).clockRegisters![0];
    expect(range("0x10..0x1f")).to.deep.equal({ start: 16n, end: 32n });
    expect(range("0x10 .. 0x10")).to.deep.equal({ start: 16n, end: 17n });
    expect(range("0..0xffffffffffffffff")).to.deep.equal({ start: 0n, end: 1n << 64n });
    expect(range("{ at: 0xfffffffffffff000, size: 4K }")).to.deep.equal({
      start: (1n << 64n) - 4096n,
      end: 1n << 64n,
    });
  });

  it("takes numbers in any order, each once", () => {
    const online = (text: string) => plain(`cpus: { online: ${text} }`).cpus!.online;
    expect(online('"5, 0-2,1"')).to.deep.equal([0, 1, 2, 5]);
    expect(online("[3, 0x1, 3]")).to.deep.equal([1, 3]);
    expect(online("7")).to.deep.equal([7]);
    expect(online("8191")).to.deep.equal([8191]);
  });

  it("knows where each value stands", () => {
    const text =
      "cpus:\n  nr-cpu-ids: 4\n  online: 0-3\nioapics:\n  - { at: 0xfec00000 }\nclock-registers: [1..2]\n";
    const { board } = read(text);
    const placeOf = (origin: ReturnType<NonNullable<typeof board>["origins"]["of"]>) =>
      origin.kind === "source" ? text.slice(origin.span.start, origin.span.end) : origin.kind;
    expect(placeOf(board!.cpus!.origins.of("online"))).to.equal("0-3");
    expect(placeOf(board!.cpus!.origins.of("apicIds"))).to.equal("nr-cpu-ids: 4\n  online: 0-3");
    expect(placeOf(board!.cpus!.origins.of())).to.equal("nr-cpu-ids: 4\n  online: 0-3");
    expect(placeOf(board!.ioapics![0]!.origins.of("at"))).to.equal("0xfec00000");
    expect(placeOf(board!.clockRegisters![0]!.origins.of())).to.equal("1..2");
    expect(placeOf(board!.origins.of("ioapics"))).to.equal("- { at: 0xfec00000 }");
  });
});

describe("a mistake in a board file", () => {
  const cases: readonly (readonly [text: string, ...mistakes: string[]])[] = [
    [
      "a: [",
      "1:5 board-syntax the board file is no valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["name: \u0001", "1:7 board-syntax the board file is no valid YAML: it holds binary data"],
    ["- 1", "1:1 board-wrong-value `the board file` must be `key: value` lines, not a list"],
    [
      "name: x\n---\nname: y",
      "2:1 board-syntax the board file is no valid YAML: a second document begins here, and only one is read",
    ],
    ["pcis: []", "1:1 board-unknown-key a board file has no key `pcis`"],
    ["cpus: { onlin: 0 }", "1:9 board-unknown-key `cpus` has no key `onlin`"],
    ["[1, 2]: 3", "1:1 board-unknown-key a board file has no key `[1, 2]`"],
    ["name: a\nname: b", "2:1 board-duplicate-key `name` is given twice"],
    [
      "devices:\n  - { name: a, spis: 1, interrupts: 33 }",
      "2:25 board-duplicate-key `interrupts` says the same as `spis`",
    ],
    ["ioapics: [{ pins: 24 }]", "1:11 board-missing-key `ioapics[0]` has no `at`"],
    [
      "memory: { reserved: [{ range: 0..1, kind: firmware }, {}] }",
      "1:55 board-missing-key `memory.reserved[1]` has no `range`",
      "1:55 board-missing-key `memory.reserved[1]` has no `kind`",
    ],
    ["name: [a]", "1:7 board-wrong-value `name` must be a text, not a list"],
    ['name: ""', '1:7 board-wrong-value `name` must be a text, not `""`'],
    ["name:", "1:1 board-wrong-value `name` must be a text, not nothing"],
    ["vendor: via", "1:9 board-wrong-value `vendor` must be one of intel, amd, not `via`"],
    [
      "pci: { a: 1 }",
      "1:6 board-wrong-value `pci` must be a list, like `[{ address: 00:1f.2 }]`, not `key: value` lines",
    ],
    ["cpus: 4", "1:7 board-wrong-value `cpus` must be `key: value` lines, not `4`"],
    [
      "cpus: { nr-cpu-ids: 0 }",
      "1:21 board-wrong-value `cpus.nr-cpu-ids` must be a number, 1 to 8192, not `0`",
    ],
    [
      "cpus: { nr-cpu-ids: 8193 }",
      "1:21 board-wrong-value `cpus.nr-cpu-ids` must be a number, 1 to 8192, not `8193`",
    ],
    [
      "cpus: { nr-cpu-ids: 1e1 }",
      "1:21 board-wrong-value `cpus.nr-cpu-ids` must be a number, 1 to 8192, not `1e1`",
    ],
    [
      "cpus: { online: 3-0 }",
      "1:17 board-wrong-value `cpus.online` must be numbers up to 8191, like `0-3,5` or `[0, 1]`, not `3-0`",
    ],
    [
      "cpus: { online: 0-8192 }",
      "1:17 board-wrong-value `cpus.online` must be numbers up to 8191, like `0-3,5` or `[0, 1]`, not `0-8192`",
    ],
    [
      "cpus: { online: [8192] }",
      "1:17 board-wrong-value `cpus.online` must be numbers up to 8191, like `0-3,5` or `[0, 1]`, not a list",
    ],
    [
      "cpus: { online: [-1] }",
      "1:17 board-wrong-value `cpus.online` must be numbers up to 8191, like `0-3,5` or `[0, 1]`, not a list",
    ],
    [
      "cpus: { online: { a: 1 } }",
      "1:17 board-wrong-value `cpus.online` must be numbers up to 8191, like `0-3,5` or `[0, 1]`, not `key: value` lines",
    ],
    [
      "ioapics: [{ at: 0x10000000000000000 }]",
      "1:17 board-wrong-value `ioapics[0].at` must be an address of up to 64 bits, like `0xfec00000`, not `0x10000000000000000`",
    ],
    [
      "ioapics: [{ at: 4K }]",
      "1:17 board-wrong-value `ioapics[0].at` must be an address of up to 64 bits, like `0xfec00000`, not `4K`",
    ],
    [
      "ioapics: [{ at: -1 }]",
      "1:17 board-wrong-value `ioapics[0].at` must be an address of up to 64 bits, like `0xfec00000`, not `-1`",
    ],
    [
      "iommus: [{ at: 0, size: 0 }]",
      "1:25 board-wrong-value `iommus[0].size` must be a size in bytes, like `64K` or `0x10000`, not `0`",
    ],
    [
      "iommus: [{ at: 0, size: 16777216T }]",
      "1:25 board-wrong-value `iommus[0].size` must be a size in bytes, like `64K` or `0x10000`, not `16777216T`",
    ],
    [
      "iommus: [{ at: 0, others: yes }]",
      "1:27 board-wrong-value `iommus[0].others` must be true or false, not `yes`",
    ],
    [
      "clock-registers: [0x2..0x1]",
      "1:19 board-wrong-value `clock-registers[0]` must be a range, like `0x0..0x9ffff` or `{ at: 0x0, size: 640K }`, not `0x2..0x1`",
    ],
    [
      "clock-registers: [7]",
      "1:19 board-wrong-value `clock-registers[0]` must be a range, like `0x0..0x9ffff` or `{ at: 0x0, size: 640K }`, not `7`",
    ],
    [
      "clock-registers: [{ at: 0xfffffffffffff001, size: 4K }]",
      "1:19 board-wrong-value `clock-registers[0]` must be a range below 2^64, not `key: value` lines",
    ],
    ["clock-registers: [{ at: 0 }]", "1:19 board-missing-key `clock-registers[0]` has no `size`"],
    [
      "pci: [{ address: 0:1f.2 }]",
      "1:18 board-wrong-value `pci[0].address` must be the address of a PCI device, like `00:1f.2` or `0001:00:02.0`, not `0:1f.2`",
    ],
    [
      "pci: [{ address: 00:20.0 }]",
      "1:18 board-wrong-value `pci[0].address` must be the address of a PCI device, like `00:1f.2` or `0001:00:02.0`, not `00:20.0`",
    ],
    [
      "pci: [{ address: 00:1f.8 }]",
      "1:18 board-wrong-value `pci[0].address` must be the address of a PCI device, like `00:1f.2` or `0001:00:02.0`, not `00:1f.8`",
    ],
    ["name: &a x\nvendor: *a", "2:9 board-wrong-value `vendor` must be one of intel, amd, not `*a`"],
    [
      "gic: { ppis: 32 }",
      "1:14 board-wrong-value `gic.ppis` must be numbers up to 31, like `0-3,5` or `[0, 1]`, not `32`",
    ],
    [
      "devices: [{ name: a, spis: 988 }]",
      "1:28 board-wrong-value `devices[0].spis` must be numbers up to 987, like `0-3,5` or `[0, 1]`, not `988`",
    ],
    [
      `name: [${"x".repeat(50)}]\nvendor: ${"y".repeat(50)}`,
      "1:7 board-wrong-value `name` must be a text, not a list",
      `2:9 board-wrong-value \`vendor\` must be one of intel, amd, not \`${"y".repeat(40)}…\``,
    ],
  ];
  for (const [text, ...expected] of cases) {
    it(`is told with its place: ${JSON.stringify(text.slice(0, 60))}`, () => {
      expect(mistakes(text)).to.deep.equal(expected);
      expect(read(text).board).to.equal(undefined);
    });
  }

  it("comes with the key that was meant", () => {
    const help = (text: string) => read(text).found.map((each) => each.help);
    expect(help("cpus: { onlin: 0 }")).to.deep.equal(["did you mean `online`?"]);
    expect(help("l3: { ways: 3 }")).to.deep.equal(["the keys are mask-bits, classes"]);
    expect(help("ioapics: [{}]")).to.deep.equal(["add `at: ...`, or take the entry out"]);
  });
});

describe("a hostile board file", () => {
  it("is refused where it nests without end", () => {
    expect(mistakes(`pci: ${"[".repeat(100_000)}`)[0]).to.match(/board-syntax .*: nested too deeply$/);
  });

  it("may repeat itself for long, and name few things", () => {
    const text = `cpus: { online: "${"0-8191,".repeat(20_000)}0" }`;
    expect(plain(text).cpus!.online).to.have.length(8192);
  });

  it("cannot make more of little with aliases", () => {
    const text = `clock-registers: &a [0..1]\ndevices: [${"*a, ".repeat(1000)}*a]`;
    expect(mistakes(text)).to.have.length(1001);
  });

  it("never gets past the reader without a word, nor makes it throw", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      "-",
      "0x",
      "..",
      "&a",
      "*a",
      "!!map",
      "<<",
      "'",
      "\n",
      "9999999999999",
      "\u0000",
    );
    fc.assert(
      fc.property(fc.nat(everything.length), fc.nat(40), piece, (at, length, added) => {
        const text = everything.slice(0, at) + added + everything.slice(at + length);
        const { board, found } = read(text);
        expect(board === undefined).to.equal(found.length > 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the schema of board files", () => {
  const file = path.join(root, "schema/json/board.schema.json");
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(boardJsonSchema() as object);
  const accepts = (text: string): boolean => validate(parse(text)) as boolean;

  it("is the one in schema/json", () => {
    expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal(boardJsonSchema());
  });

  it("accepts what the reader accepts", () => {
    const folder = path.join(root, "boards");
    const boards = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith("board.yaml"),
    );
    const texts = [
      everything,
      ...boards.map((name) => readFileSync(path.join(folder, name), "utf8")),
      ...allRules.flatMap(({ example }) => example.board ?? []),
    ];
    expect(boards).to.have.length.greaterThan(1);
    for (const text of texts) {
      plain(text);
      expect(accepts(text), text).to.equal(true);
    }
  });

  it("refuses what the reader refuses", () => {
    const texts = [
      "pcis: []",
      "ioapics: [{ pins: 24 }]",
      "name: ''",
      "vendor: via",
      "cpus: { nr-cpu-ids: 0 }",
      "cpus: { online: a }",
      "cpus: { online: [8192] }",
      "ioapics: [{ at: 4K }]",
      "iommus: [{ at: 0, size: 0 }]",
      "clock-registers: [7]",
      "clock-registers: [{ at: 0 }]",
      "pci: [{ address: 00:20.0 }]",
      "iommus: [{ at: 0, others: 1 }]",
    ];
    for (const text of texts) {
      expect(mistakes(text), text).to.have.length.greaterThan(0);
      expect(accepts(text), text).to.equal(false);
    }
  });
});
