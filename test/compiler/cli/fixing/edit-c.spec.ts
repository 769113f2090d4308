import { expect } from "chai";
import type { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import type { Change } from "../../../../compiler/check/fix.js";
import type { MemoryRegion } from "../../../../compiler/ir/memory.js";
import { copy, editedBy, flag, remove, set } from "../../../support/fixing.js";

/** A cell with these regions and devices, and what goes before and behind them. */
const source = (
  length: string,
  regions: string,
  more = "",
  count = "ARRAY_SIZE(config.mem_regions)",
): string =>
  `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#define BASE 0x3b000800
#define REGION(at) { .phys_start = at, .virt_start = at, .size = 0x1000, .flags = JAILHOUSE_MEM_READ }

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[${length}];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pci_device pci_devices[1];
	struct jailhouse_pci_capability pci_caps[2];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "demo",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ${count},
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.num_pci_caps = ARRAY_SIZE(config.pci_caps),
		.vpci_irq_base = 123,
	},

	.cpus = { 1 << 3 },

	.mem_regions = {
${regions}	},
${more}};
`;

const own = `		/* RAM */ {
			.phys_start = 0x3b000800,
			.virt_start = 0,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
`;

async function edited(
  text: string,
  changes: (cell: CheckedConfig, region: MemoryRegion) => readonly Change[],
): Promise<string | undefined> {
  const result = await editedBy({ "demo.c": text }, ({ cells: [cell] }) =>
    changes(cell!, cell!.cell.memoryRegions[0]!),
  );
  return result?.texts["demo.c"];
}

/** What the lines of a region become; undefined where no edit is offered. */
async function regionEdited(
  region: string,
  changes: (cell: CheckedConfig, region: MemoryRegion) => readonly Change[],
): Promise<string | undefined> {
  const [before, behind] = source("1", "@").split("@") as [string, string];
  const result = await edited(before + region + behind, changes);
  if (result === undefined) return undefined;
  expect([result.slice(0, before.length), result.slice(-behind.length)]).to.deep.equal([before, behind]);
  return result.slice(before.length, -behind.length);
}

const address = (value: bigint) => (cell: CheckedConfig, region: MemoryRegion) => [
  set(cell, region, "physStart", value),
];

describe("changes of fields in C", () => {
  const numbers: readonly (readonly [before: string, value: bigint, after: string | undefined])[] = [
    ["0x3b000800", 0x3b00_0000n, "0x3b000000"],
    ["0x3B00A800", 0x3b00_b000n, "0x3B00B000"],
    ["0X3b000800ULL", 0x3b00_0000n, "0X3b000000ULL"],
    ["0x0003b000800", 0x3b00_0000n, "0x0003b000000"],
    ["989857792", 0x3b00_0000n, "989855744"],
    ["0", 0x3b00_0000n, "0x3b000000"],
    ["0x3b000000 + 0x800", 0x3b00_0000n, undefined],
    ["(944 << 20) | 0x800", 0x3b00_0000n, undefined],
    ["0x3b000800 /* here */", 0x3b00_0000n, "0x3b000000 /* here */"],
    ["BASE", 0x3b00_0000n, undefined],
    ["BASE + 0x800", 0x3b00_0000n, undefined],
  ];
  for (const [before, value, after] of numbers) {
    it(`${before} becomes ${after ?? "nothing"}`, async () => {
      const result = await regionEdited(own.replace("0x3b000800", before), address(value));
      expect(result).to.equal(after === undefined ? undefined : own.replace("0x3b000800", after));
    });
  }

  it("a field that is not written comes behind the last one", async () => {
    const region = own.replace("\t\t\t.virt_start = 0,\n", "");
    const where = (cell: CheckedConfig, each: MemoryRegion): readonly Change[] => [
      set(cell, each, "virtStart", 0x20_0000n),
    ];
    expect(await regionEdited(region, where)).to.equal(
      region.replace("WRITE,\n", "WRITE,\n\t\t\t.virt_start = 0x200000,\n"),
    );
    const short = "\t\t{ .phys_start = 0x3b000800, .size = 4096 },\n";
    expect(await regionEdited(short, where)).to.equal(
      short.replace("4096 }", "4096, .virt_start = 0x200000 }"),
    );
    expect(
      await regionEdited(short, (cell, each) => [flag(cell, each, "JAILHOUSE_MEM_READ", true)]),
    ).to.equal(short.replace("4096 }", "4096, .flags = JAILHOUSE_MEM_READ }"));
  });

  it("nothing is offered where values go by their places, or a macro makes them", async () => {
    for (const region of ["\t\t{ 0x3b000800, 0, 0x1000, 3 },\n", "\t\tREGION(0x3b000800),\n"])
      expect(await regionEdited(region, address(0x3b00_0000n))).to.equal(undefined);
  });

  it("nothing is offered where a later value wins", async () => {
    const region = own.replace("\t\t\t.size", "\t\t\t.phys_start = BASE,\n\t\t\t.size");
    expect(await regionEdited(region, address(0x3b00_0000n))).to.equal(undefined);
  });

  const flags: readonly (readonly [before: string, name: string, on: boolean, after: string | undefined])[] =
    [
      ["JAILHOUSE_MEM_READ", "DMA", true, "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_DMA"],
      ["0", "READ", true, "JAILHOUSE_MEM_READ"],
      ["JAILHOUSE_MEM_READ", "READ", false, "0"],
      ["JAILHOUSE_MEM_READ | JAILHOUSE_MEM_DMA", "READ", false, "JAILHOUSE_MEM_DMA"],
      ["JAILHOUSE_MEM_READ | JAILHOUSE_MEM_DMA", "DMA", false, "JAILHOUSE_MEM_READ"],
      ["JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO", "IO", false, "JAILHOUSE_MEM_IO_8"],
      ["JAILHOUSE_MEM_IO | JAILHOUSE_MEM_IO_8", "IO", false, "JAILHOUSE_MEM_IO_8"],
      [
        "JAILHOUSE_MEM_READ |\n\t\t\t\tJAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_DMA",
        "WRITE",
        false,
        "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_DMA",
      ],
      [
        "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE",
        "ROOTSHARED",
        true,
        "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |\n\t\t\t\tJAILHOUSE_MEM_ROOTSHARED",
      ],
      ["(JAILHOUSE_MEM_READ)", "DMA", true, undefined],
      ["1 << 0", "DMA", true, undefined],
      ["0x3", "WRITE", false, undefined],
    ];
  for (const [before, name, on, after] of flags) {
    it(`${before.replace(/\s+/g, " ")} ${on ? "with" : "without"} ${name}`, async () => {
      const lines = (text: string): string => own.replace("JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE", text);
      const result = await regionEdited(lines(before), (cell, region) => [
        flag(cell, region, `JAILHOUSE_MEM_${name}`, on),
      ]);
      expect(result).to.equal(after === undefined ? undefined : lines(after));
    });
  }

  it("fields of the cell, and of devices", async () => {
    const more = "\n\t.pci_devices = {\n\t\t{ .bdf = 8, .caps_start = 5, .num_caps = 1 },\n\t},\n";
    const text = source("1", own, more);
    const result = await edited(text, (cell) => [
      set(cell, cell.cell, "vpciIrqBase", 131n),
      set(cell, cell.cell.pciDevices[0]!, "capsStart", 1n),
      flag(cell, cell.cell, "JAILHOUSE_CELL_AARCH32", true),
    ]);
    expect(result).to.equal(
      text
        .replace("= 123", "= 131")
        .replace(".caps_start = 5", ".caps_start = 1")
        .replace("PASSIVE_COMMREG,", "PASSIVE_COMMREG |\n\t\t\tJAILHOUSE_CELL_AARCH32,"),
    );
  });

  it("interrupts, word by word", async () => {
    const chip = (words: string): string =>
      source("1", own, `\n\t.irqchips = {\n\t\t{ .pin_base = 32, .pin_bitmap = { ${words} } },\n\t},\n`);
    const bits = (1n << 5n) | (1n << 70n);
    const changed = (text: string): Promise<string | undefined> =>
      edited(text, (cell) => [
        set(cell, cell.cell.irqchips[0]!, "pinBitmap", cell.cell.irqchips[0]!.pinBitmap | bits),
      ]);
    expect(await changed(chip("0x1, 0x2, 0x4, 0x8"))).to.equal(chip("0x21, 0x2, 0x44, 0x8"));
    expect(await changed(chip("1 << 3"))).to.equal(chip("1 << 3 | (1 << 5), 0x0, 0x40"));
    const spelled = "(1 << (36 - 32)) | 1 << 9";
    expect(await changed(chip(`${spelled}, 1 << 1, 0`))).to.equal(
      chip(`${spelled} | (1 << 5), 1 << 1, 0x40`),
    );
    expect(await changed(chip("BASE"))).to.equal(undefined);
  });
});

describe("elements that come and go in C", () => {
  const three = `		/* RAM */ {
			.phys_start = 0x3b000800,
			.size = 0x3000,
		},
		/* UART */
		{
			.phys_start = 0x3b010000,
			.size = 0x1000,
		}, /* behind */

		/* Both of them: */

		{ .phys_start = 0x3b020000, .size = 0x1000 }, // last
`;
  const index = (cell: CheckedConfig, at: number): MemoryRegion => cell.cell.memoryRegions[at]!;
  const removed = (text: string, at: number): Promise<string | undefined> =>
    edited(text, (cell) => [remove(cell, index(cell, at))]);

  it("an element goes with its comma, comments and lines, and the lengths follow", async () => {
    const text = source("3", three);
    const shorter = (regions: string): string => source("2", regions);
    expect(await removed(text, 0)).to.equal(shorter(three.slice(three.indexOf("\t\t/* UART"))));
    expect(await removed(text, 1)).to.equal(
      shorter(three.replace(/\t\t\/\* UART \*\/[\s\S]*behind \*\/\n/, "")),
    );
    expect(await removed(text, 2)).to.equal(shorter(three.replace(/\t\t\{ .*\/\/ last\n/, "")));
  });

  it("counts that are written as numbers follow", async () => {
    expect(await removed(source("3", three, "", "3"), 2)).to.equal(
      source("2", three.replace(/\t\t\{ .*\/\/ last\n/, ""), "", "2"),
    );
    expect(await removed(source("1 + 2", three), 2)).to.equal(
      source("1 + 1", three.replace(/\t\t\{ .*\/\/ last\n/, "")),
    );
  });

  it("nothing is offered where the length is a name, or elements have indices", async () => {
    const named = source("REGIONS", three).replace("#define BASE", "#define REGIONS 3\n#define BASE");
    expect(await removed(named, 2)).to.equal(undefined);
    expect(await removed(source("3", three.replace("\t\t{ .", "\t\t[2] = { .")), 0)).to.equal(undefined);
  });

  it("elements of one line", async () => {
    const line = "\t\t{ .size = 0x1000 }, { .size = 0x2000 }, { .size = 0x3000 }\n";
    const text = source("3", line);
    expect(await removed(text, 0)).to.equal(source("2", "\t\t{ .size = 0x2000 }, { .size = 0x3000 }\n"));
    expect(await removed(text, 1)).to.equal(source("2", "\t\t{ .size = 0x1000 }, { .size = 0x3000 }\n"));
    expect(await removed(text, 2)).to.equal(source("2", "\t\t{ .size = 0x1000 }, { .size = 0x2000 },\n"));
    const copied = await edited(text, (cell) => [copy(cell, index(cell, 2), { size: 0x4000n })]);
    expect(copied).to.equal(source("4", `${line.trimEnd()}, { .size = 0x4000 }\n`));
  });

  it("a copy comes behind the element, with its comment", async () => {
    const result = await edited(source("3", three), (cell) => [
      set(cell, index(cell, 0), "size", 0x800n),
      copy(cell, index(cell, 0), { physStart: 0x3b00_1000n, virtStart: 0x800n, size: 0x2000n }),
      copy(cell, index(cell, 0), { physStart: 0x3b00_3000n, virtStart: 0x2800n, size: 0x800n }, [
        "JAILHOUSE_MEM_IO_32",
      ]),
    ]);
    const split = `		/* RAM */ {
			.phys_start = 0x3b000800,
			.size = 0x800,
		},
		/* RAM */ {
			.phys_start = 0x3b001000,
			.size = 0x2000,
			.virt_start = 0x800,
		},
		/* RAM */ {
			.phys_start = 0x3b003000,
			.size = 0x800,
			.virt_start = 0x2800,
			.flags = JAILHOUSE_MEM_IO_32,
		},
`;
    expect(result).to.equal(source("5", split + three.slice(three.indexOf("\t\t/* UART"))));
  });

  it("devices go on using the regions that they used", async () => {
    const device = (start: string): string =>
      `\n\t.pci_devices = {\n\t\t{\n\t\t\t.type = JAILHOUSE_PCI_TYPE_IVSHMEM,\n\t\t\t.shmem_regions_start = ${start},\n\t\t},\n\t},\n`;
    const without = three.slice(three.indexOf("\t\t/* UART"));
    expect(await removed(source("3", three, device("1")), 0)).to.equal(source("2", without, device("0")));
    expect(await removed(source("3", three, device("0x2")), 0)).to.equal(source("2", without, device("0x1")));
    const behind = three.replace(/\t\t\{ .*\/\/ last\n/, "");
    expect(await removed(source("3", three, device("1")), 2)).to.equal(source("2", behind, device("1")));
    expect(await removed(source("3", three, device("BASE - BASE + 1")), 0)).to.equal(undefined);
  });

  it("line ends stay what they are", async () => {
    const dos = (text: string): string => text.replaceAll("\n", "\r\n");
    const result = await edited(dos(source("3", three)), (cell) => [
      copy(cell, index(cell, 2), { size: 0x2000n }),
    ]);
    const line = "\t\t{ .phys_start = 0x3b020000, .size = 0x2000 },\n";
    expect(result).to.equal(dos(source("4", three + line)));
  });

  it("nothing is offered for what a header says", async () => {
    const files = {
      "parts/regions.h": "{ .phys_start = 0x3b000800, .size = 0x1000 },\n",
      "demo.c": source("1", '#include "parts/regions.h"\n'),
    };
    const result = await editedBy(files, ({ cells: [cell] }) => [
      set(cell!, index(cell!, 0), "physStart", 0x3b00_0000n),
    ]);
    expect(result).to.equal(undefined);
  });

  it("nothing is offered for one of the two regions that a macro with arguments makes", async () => {
    const text = source("2", "\t\tREGION(0x3b000800), REGION(0x3b010000)\n");
    expect(await removed(text, 0)).to.equal(undefined);
  });
});
