import { expect } from "chai";
import type { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import type { Change } from "../../../../compiler/check/fix.js";
import { copy, editedBy, flag, remove, set } from "../../../support/fixing.js";
import { ruleMachines } from "../../../support/rule-machines.js";

const head = `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  cpus 3
`;

/** The lines of the cell after the changes; undefined where no edit is offered. */
async function edited(
  lines: string,
  changes: (cell: CheckedConfig) => readonly Change[],
): Promise<string | undefined> {
  const files = { ...ruleMachines(), "main.jail": `${head}${lines}}\n` };
  const result = await editedBy(files, ({ cells }) => changes(cells[0]!));
  if (result === undefined) return undefined;
  expect(Object.keys(result.texts)).to.deep.equal(["main.jail"]);
  const text = result.texts["main.jail"]!;
  expect(text.slice(0, head.length)).to.equal(head);
  expect(text.slice(-2)).to.equal("}\n");
  return text.slice(head.length, -2);
}

const region = (cell: CheckedConfig, index = 0): CheckedConfig["cell"]["memoryRegions"][number] =>
  cell.cell.memoryRegions[index]!;

/** One line, and one number of its region. */
const numberCases: readonly (readonly [
  what: string,
  line: string,
  field: "physStart" | "virtStart" | "size",
  value: bigint,
  after: string | undefined,
])[] = [
  [
    "an address",
    "at 0x3b00_0800 size 4K mapped at 2M rw",
    "physStart",
    0x3b00_0000n,
    "at 0x3b00_0000 size 4K mapped at 2M rw",
  ],
  [
    "without groups",
    "at 0x3b000800 size 4K mapped at 2M rw",
    "physStart",
    0x3b00_1000n,
    "at 0x3b001000 size 4K mapped at 2M rw",
  ],
  [
    "in megabytes",
    "at 944M size 4K mapped at 2M rw",
    "physStart",
    945n << 20n,
    "at 945M size 4K mapped at 2M rw",
  ],
  [
    "that no unit divides",
    "at 944M size 4K mapped at 2M rw",
    "physStart",
    (944n << 20n) + 8n,
    "at 0x3b00_0008 size 4K mapped at 2M rw",
  ],
  [
    "where it is seen, too",
    "at 0x3b00_0800 size 4K rw",
    "physStart",
    0x3b00_0000n,
    "at 0x3b00_0000 size 4K mapped at 0x3b00_0800 rw",
  ],
  [
    "behind a name that stays",
    "at pool + 0x800 size 4K mapped at 2M rw",
    "physStart",
    0x3b00_0400n,
    "at pool + 0x400 size 4K mapped at 2M rw",
  ],
  [
    "behind a name, down to it",
    "at pool + 0x800 size 4K mapped at 2M rw",
    "physStart",
    0x3b00_0000n,
    "at pool size 4K mapped at 2M rw",
  ],
  [
    "behind a name, below it",
    "at pool + 0x800 size 4K mapped at 2M rw",
    "physStart",
    0x3aff_f000n,
    "at pool - 0x1000 size 4K mapped at 2M rw",
  ],
  [
    "that is subtracted",
    "at pool - 4K size 4K mapped at 2M rw",
    "physStart",
    0x3aff_e000n,
    "at pool - 8K size 4K mapped at 2M rw",
  ],
  ["that is a name alone", "at pool size 4K mapped at 2M rw", "physStart", 0x3b00_1000n, undefined],
  [
    "that is a calculation",
    "at 944 * 1M + 0x800 size 4K mapped at 2M rw",
    "physStart",
    0x3b00_0000n,
    "at 944 * 1M size 4K mapped at 2M rw",
  ],
  ["that is a product", "at 0x800 * 0x800 size 4K mapped at 2M rw", "physStart", 0x40_1000n, undefined],
  [
    "of the cell",
    "at 0x3b00_0000 size 4K mapped at 0x20_0800 rw",
    "virtStart",
    0x20_0000n,
    "at 0x3b00_0000 size 4K mapped at 0x20_0000 rw",
  ],
  [
    "of the cell, not said yet",
    "at 0x3b00_0000 size 4K rw",
    "virtStart",
    0x20_0000n,
    "at 0x3b00_0000 size 4K mapped at 0x20_0000 rw",
  ],
  ["a size", "at 0x3b00_0000 size 4K rw", "size", 0x3000n, "at 0x3b00_0000 size 12K rw"],
  ["a size of bytes", "at 0x3b00_0000 size 256 rw io-8", "size", 128n, "at 0x3b00_0000 size 128 rw io-8"],
  [
    "a first and last address",
    "0x3b00_0000 .. 0x3b00_0fff rw",
    "size",
    0x2000n,
    "0x3b00_0000 .. 0x3b00_1fff rw",
  ],
  [
    "a first address",
    "0x3b00_0800 .. 0x3b00_17ff mapped at 2M rw",
    "physStart",
    0x3b00_0000n,
    "0x3b00_0000 .. 0x3b00_0fff mapped at 2M rw",
  ],
];

describe("changes of a memory line in the cell language", () => {
  for (const [what, line, field, value, after] of numberCases) {
    it(`${field}: ${what}`, async () => {
      const files = {
        ...ruleMachines(),
        "main.jail": `const pool = 0x3b00_0000\n${head}  memory ${line} // why\n}\n`,
      };
      const result = await editedBy(files, ({ cells: [cell] }) => [set(cell!, region(cell!), field, value)]);
      const expected = after === undefined ? undefined : `  memory ${after} // why\n}\n`;
      expect(result?.texts["main.jail"]?.split("cpus 3\n")[1]).to.equal(expected);
    });
  }

  const flagCases: readonly (readonly [
    before: string,
    changes: readonly (readonly [name: string, on: boolean])[],
    after: string | undefined,
  ])[] = [
    ["size 256 rw", [["IO_32", true]], "size 256 rw io-32"],
    ["size 4K rw dma", [["LOADABLE", true]], "size 4K rw dma loadable"],
    ["size 4K rw dma", [["DMA", false]], "size 4K rw"],
    ["size 4K rw, dma", [["DMA", false]], "size 4K rw"],
    ["size 4K rwx", [["EXECUTE", false]], "size 4K rw"],
    ["size 4K r", [["WRITE", true]], "size 4K rw"],
    ["size 4K dma", [["READ", true]], "size 4K r dma"],
    ["size 4K r", [["READ", false]], "size 4K none"],
    ["size 4K r dma", [["READ", false]], "size 4K dma"],
    ["size 4K none", [["READ", true]], "size 4K r"],
    ["size 4K none", [["DMA", true]], "size 4K dma"],
    ["size 4K dma", [["DMA", false]], "size 4K none"],
    ["size 4K", [["READ", true]], "size 4K r"],
    [
      "size 4K r",
      [
        ["WRITE", true],
        ["DMA", true],
      ],
      "size 4K rw dma",
    ],
    ["size 4K r 0x2", [["WRITE", false]], undefined],
  ];
  for (const [before, changes, after] of flagCases) {
    it(`${before}: ${changes.map(([name, on]) => `${on ? "+" : "-"}${name}`).join(" ")}`, async () => {
      const lines = `  memory at 0x3b00_0000 ${before}\n`;
      const result = await edited(lines, (cell) =>
        changes.map(([name, on]) => flag(cell, region(cell), `JAILHOUSE_MEM_${name}`, on)),
      );
      expect(result).to.equal(after === undefined ? undefined : `  memory at 0x3b00_0000 ${after}\n`);
    });
  }

  it("several numbers at once", async () => {
    const result = await edited("  memory at 0x3b00_0800 size 0x800 rw\n", (cell) => [
      set(cell, region(cell), "physStart", 0x3b00_0000n),
      set(cell, region(cell), "virtStart", 0x3b00_0000n),
      set(cell, region(cell), "size", 0x1000n),
    ]);
    expect(result).to.equal("  memory at 0x3b00_0000 size 0x1000 rw\n");
  });

  it("a part of another region keeps its end of it", async () => {
    const lines = "  memory a at 0x3b00_0000 size 1M rw\n  memory first 8K of a mapped at 2M rw\n";
    const result = await edited(lines, (cell) => [set(cell, region(cell, 1), "size", 0x1000n)]);
    expect(result).to.equal(lines.replace("8K", "4K"));
    const moved = await edited(lines, (cell) => [set(cell, region(cell, 1), "physStart", 0x3b00_1000n)]);
    expect(moved).to.equal(undefined);
    const last = lines.replace("first", "last");
    const grown = await edited(last, (cell) => [
      set(cell, region(cell, 1), "physStart", 0x3b0f_c000n),
      set(cell, region(cell, 1), "size", 0x4000n),
    ]);
    expect(grown).to.equal(last.replace("8K", "16K"));
  });

  it("what other lines follow from does not change", async () => {
    const lines = "  memory a at 0x3b00_0000 size 4K rw\n  memory at a.end size 4K rw\n";
    expect(await edited(lines, (cell) => [set(cell, region(cell), "size", 0x2000n)])).to.equal(undefined);
  });

  it("flags of what another block has granted", async () => {
    const files = {
      ...ruleMachines(),
      "main.jail": `memory uart at 0xfe00_0000 size 4K rw io\n${head}  memory uart\n}\n`,
    };
    const result = await editedBy(files, ({ cells: [cell] }) => [
      flag(cell!, region(cell!), "JAILHOUSE_MEM_ROOTSHARED", true),
    ]);
    expect(result?.texts["main.jail"]).to.equal(
      files["main.jail"].replace("memory uart\n", "memory uart rootshared\n"),
    );
  });
});

describe("elements that come and go in the cell language", () => {
  const three = `  memory "RAM" at 0x3b00_0000 size 4K mapped at 2M rw // one

  // Only this one.
  memory second at 0x3b01_0000 size 4K rw { phys_start = 0x3b01_0000 }

  // These two:
  memory at 0x3b02_0000 size 4K rw
  memory at 0x3b03_0000 size 4K rw
`;

  it("a line goes with its comment", async () => {
    const first = await edited(three, (cell) => [remove(cell, region(cell))]);
    expect(first).to.equal(three.slice(three.indexOf("\n") + 1));
    const second = await edited(three, (cell) => [remove(cell, region(cell, 1))]);
    expect(second).to.equal(three.replace(/ {2}\/\/ Only[^}]*}\n/, ""));
  });

  it("a comment above several lines stays", async () => {
    const third = await edited(three, (cell) => [remove(cell, region(cell, 2))]);
    expect(third).to.equal(three.replace("  memory at 0x3b02_0000 size 4K rw\n", ""));
  });

  it("a line goes from among others in one line", async () => {
    const lines = "  memory at 0x3b00_0000 size 4K rw; memory at 0x3b01_0000 size 4K rw; comm\n";
    const [one, other] = ["memory at 0x3b00_0000 size 4K rw", "memory at 0x3b01_0000 size 4K rw"];
    expect(await edited(lines, (cell) => [remove(cell, region(cell))])).to.equal(`  ${other}; comm\n`);
    expect(await edited(lines, (cell) => [remove(cell, region(cell, 1))])).to.equal(`  ${one}; comm\n`);
    const last = await edited(lines, (cell) => [remove(cell, region(cell, 2))]);
    expect(last).to.equal(`  ${one}; ${other}\n`);
  });

  it("what others are named after does not go", async () => {
    const lines = "  memory a at 0x3b00_0000 size 4K rw\n  memory at a.end size 4K rw\n";
    expect(await edited(lines, (cell) => [remove(cell, region(cell))])).to.equal(undefined);
  });

  it("a copy comes behind the comment, without the name, with what is said otherwise", async () => {
    const values = { physStart: 0x3b00_1000n, virtStart: 0x20_1000n, size: 0x800n };
    const first = await edited(three, (cell) => [copy(cell, region(cell), values, ["JAILHOUSE_MEM_IO_32"])]);
    expect(first).to.equal(
      three.replace(
        "// one\n",
        '// one\n  memory "RAM" at 0x3b00_1000 size 2K mapped at 0x20_1000 rw io-32\n',
      ),
    );
    const lines = "  memory low at 0x3b00_0000 size 4K rw\n";
    const named = await edited(lines, (cell) => [
      copy(cell, region(cell), { physStart: 0x3b00_2000n, virtStart: 0x3b00_2000n }),
    ]);
    expect(named).to.equal(`${lines}  memory at 0x3b00_2000 size 4K rw\n`);
  });

  it("copies come in their order, from the line as it was", async () => {
    const lines = "  memory at 0x3b00_0800 size 0x2000 rw\n";
    const result = await edited(lines, (cell) => [
      set(cell, region(cell), "size", 0x800n),
      copy(cell, region(cell), { physStart: 0x3b00_1000n, virtStart: 0x3b00_1000n, size: 0x1000n }),
      copy(cell, region(cell), { physStart: 0x3b00_2000n, virtStart: 0x3b00_2000n, size: 0x800n }),
    ]);
    expect(result).to.equal(
      `  memory at 0x3b00_0800 size 0x800 rw
  memory at 0x3b00_1000 size 0x1000 rw
  memory at 0x3b00_2000 size 0x800 rw
`,
    );
  });

  it("nothing is offered for what a loop makes", async () => {
    const lines = "  for n in 0-1 { memory at 0x3b00_0000 + n * 4K size 4K rw }\n";
    expect(await edited(lines, (cell) => [set(cell, region(cell), "size", 0x2000n)])).to.equal(undefined);
    const both = await edited(lines, (cell) => [
      set(cell, region(cell), "size", 0x800n),
      set(cell, region(cell, 1), "size", 0x800n),
    ]);
    expect(both).to.equal(lines.replace("size 4K", "size 2K"));
  });
});

describe("other changes in the cell language", () => {
  it("a raw field", async () => {
    const lines = "  device 00:1f.2 { msi 1; caps_start = 3; num_caps = 0x1 }\n";
    const result = await edited(lines, (cell) => [
      set(cell, cell.cell.pciDevices[0]!, "capsStart", 0n),
      set(cell, cell.cell.pciDevices[0]!, "numCaps", 0n),
    ]);
    expect(result).to.equal(
      lines.replace("caps_start = 3; num_caps = 0x1", "caps_start = 0; num_caps = 0x0"),
    );
  });

  it("flags of capabilities", async () => {
    const lines = (word: string): string =>
      `  device 00:1f.2 {\n    msi 1\n    capability msi at 0x70 size 14${word}\n  }\n`;
    const writable = (on: boolean) => (cell: CheckedConfig) => [
      flag(cell, cell.cell.pciCapabilities[0]!, "JAILHOUSE_PCICAPS_WRITE", on),
    ];
    expect(await edited(lines(""), writable(true))).to.equal(lines(" writable"));
    expect(await edited(lines(" writable"), writable(false))).to.equal(lines(""));
  });

  it("flags that a raw field says", async () => {
    const lines = (flags: string): string => `  comm { flags = ${flags} }\n`;
    const [two, three] = [
      "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_COMM_REGION",
      "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_WRITE",
    ];
    const write = (on: boolean) => (cell: CheckedConfig) => [
      flag(cell, region(cell), "JAILHOUSE_MEM_WRITE", on),
    ];
    expect(await edited(lines(two), write(true))).to.equal(lines(three));
    expect(await edited(lines(three), write(false))).to.equal(lines(two));
    expect(await edited(lines("0x21"), write(true))).to.equal(lines("0x21 | JAILHOUSE_MEM_WRITE"));
    expect(await edited(lines("0x23"), write(false))).to.equal(undefined);
  });

  it("flags of a cell", async () => {
    const passive = (on: boolean) => (cell: CheckedConfig) => [
      flag(cell, cell.cell, "JAILHOUSE_CELL_PASSIVE_COMMREG", on),
    ];
    expect(await edited("  comm\n", passive(true))).to.equal("  comm\n  flags passive-commreg\n");
    const [first, both] = ["  flags test-device\n", "  flags test-device, passive-commreg\n"];
    expect(await edited(first, passive(true))).to.equal(both);
    expect(await edited(both, passive(false))).to.equal(first);
    expect(await edited("  flags passive-commreg, test-device\n", passive(false))).to.equal(first);
    expect(await edited("  flags passive-commreg\n", passive(false))).to.equal(undefined);
  });

  const board = (lines: string): string => `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  cpus 3
${lines}}
`;

  it("interrupts that are granted", async () => {
    for (const [line, after] of [
      ["interrupts 140, 150-151", "interrupts 140, 150-151, 144-145, 147"],
      ["interrupts spi 108", "interrupts spi 108, 112-113, 115"],
      ["irqchip at 0x800_0000 base 32 pins 140", "irqchip at 0x800_0000 base 32 pins 140, 144-145, 147"],
    ]) {
      const files = { ...ruleMachines(), "main.jail": board(`  ${line}\n`) };
      const result = await editedBy(files, ({ cells: [cell] }) => {
        const chip = cell!.cell.irqchips[0]!;
        const more = 0b1011n << BigInt(144 - chip.pinBase);
        return [set(cell!, chip, "pinBitmap", chip.pinBitmap | more)];
      });
      expect(result?.texts["main.jail"]).to.equal(board(`  ${after}\n`));
    }
  });

  it("the first interrupt of virtual devices, which take their own along", async () => {
    const link = "link shm at 0x7e80_0000 { device 00:01.0; peers root, demo; shared 4K }\n";
    const main = board("  vpci-irq 140\n") + link;
    const result = await editedBy({ ...ruleMachines(), "main.jail": main }, ({ cells: [cell] }) => [
      set(cell!, cell!.cell, "vpciIrqBase", 150n - 32n),
    ]);
    expect(result?.texts["main.jail"]).to.equal(main.replace("140", "150"));
  });

  it("a line that replaces what a fragment says", async () => {
    const main = board("  use vpci()\n").replace("system", "fragment vpci() { vpci-irq 140 }\nsystem");
    const result = await editedBy({ ...ruleMachines(), "main.jail": main }, ({ cells: [cell] }) => [
      set(cell!, cell!.cell, "vpciIrqBase", 150n - 32n),
    ]);
    expect(result?.texts["main.jail"]).to.equal(main.replace("use vpci()\n", "use vpci()\n  vpci-irq 150\n"));
  });

  it("what an imported file says", async () => {
    const files = {
      "parts/low.jail": "fragment low() {\n  memory at 0x3b00_0800 size 4K mapped at 2M rw\n}\n",
      "main.jail": 'architecture x86\nimport "parts/low.jail"\ncell demo { cpus 3; use low() }\n',
    };
    const result = await editedBy(files, ({ cells: [cell] }) => [
      set(cell!, region(cell!), "physStart", 0x3b00_0000n),
    ]);
    expect(result?.texts).to.deep.equal({
      "parts/low.jail": files["parts/low.jail"].replace("0x3b00_0800", "0x3b00_0000"),
    });
  });

  it("nothing is offered for what two cells have of one fragment, unless both change", async () => {
    const main = `architecture x86
fragment low() { memory at 0x3b00_0800 size 4K mapped at 2M rw }
cell one { cpus 3; use low() }
cell two { cpus 2; use low() }
`;
    const change = (cell: CheckedConfig): Change => set(cell, region(cell), "physStart", 0x3b00_0000n);
    expect(await editedBy({ "main.jail": main }, ({ cells: [one] }) => [change(one!)])).to.equal(undefined);
    const both = await editedBy({ "main.jail": main }, ({ cells }) => cells.map(change));
    expect(both?.texts["main.jail"]).to.equal(main.replace("0x3b00_0800", "0x3b00_0000"));
  });
});
