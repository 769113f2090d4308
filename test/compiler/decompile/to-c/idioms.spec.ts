import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { toC } from "../../../../compiler/decompile/to-c/to-c.js";
import type { WireStruct } from "../../../../schema/codec/wire.js";
import { buildConfig } from "../../../support/build-config.js";
import { member, text } from "../../../support/c-members.js";
import { cell, system } from "../../../support/convert-config.js";
import { requireToolchain, run } from "../../../support/gcc.js";
import { writeHeaderTree } from "../../../support/header-tree.js";
import { profileNamed } from "../../../support/random-config.js";
import { withTempDir } from "../../../support/temp-dir.js";

const inmate = cell("HEAD", {
  cell: {
    architecture: 2,
    name: "uart-demo",
    flags: 1,
    vpci_irq_base: 108,
    console: { address: 0x9000000n, size: 0x1000, type: 3, flags: 3 },
  },
  tables: {
    cpus: Uint8Array.of(0b110, 0, 0, 0, 0, 0, 0, 0),
    mem_regions: [
      { phys_start: 0x70000000n, virt_start: 0n, size: 0x10000n, flags: 0x47n },
      { phys_start: 0x9000000n, virt_start: 0x9000000n, size: 0x1000n, flags: 0x93n },
      { virt_start: 0x80000000n, size: 0x1000n, flags: 0x23n },
    ],
    irqchips: [{ address: 0x8000000n, pin_base: 32, pin_bitmap: [1 << 1, 0, 0, 0x3000] }],
  },
});

describe("the C source of a cell", () => {
  it("reads like one that was written by hand", () => {
    expect(toC(inmate)).to.equal(`/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Jailhouse cell configuration: uart-demo
 *
 * Format: revision 14 (r14.1, r14, HEAD)
 */

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

struct {
	struct jailhouse_cell_desc header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[3];
	struct jailhouse_irqchip irqchips[1];
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "uart-demo",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.vpci_irq_base = 140 - 32,
		.console = {
			.address = 0x9000000,
			.size = 0x1000,
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO |
				JAILHOUSE_CON_REGDIST_4,
		},
	},

	.cpus = {
		0x6,
	},

	.mem_regions = {
		{
			.phys_start = 0x70000000,
			.size = 0x10000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE,
		},
		{
			.phys_start = 0x9000000,
			.virt_start = 0x9000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_IO | JAILHOUSE_MEM_ROOTSHARED,
		},
		{
			.virt_start = 0x80000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_COMM_REGION,
		},
	},

	.irqchips = {
		{
			.address = 0x8000000,
			.pin_base = 32,
			.pin_bitmap = {
				1 << (33 - 32),
				0,
				0,
				1 << (140 - 128) | 1 << (141 - 128),
			},
		},
	},
};
`);
  });

  it("takes comments from who knows them, short ones beside the element, others above it", () => {
    const comments: Readonly<Record<string, string>> = {
      "mem_regions 0": "RAM",
      "mem_regions 1": "UART, which root cell and inmate share:\na long story, even without */ an end",
      "irqchips 0": " GIC ",
    };
    const source = toC(inmate, { commentOf: (table, index) => comments[`${table} ${index}`] });
    expect(source).to.contain("\n\t\t/* RAM */ {\n\t\t\t.phys_start = 0x70000000,\n");
    expect(source).to.contain(
      text(
        "\t\t/*",
        "\t\t * UART, which root cell and inmate share: a long story, even",
        "\t\t * without * / an end",
        "\t\t */",
        "\t\t{",
        "\t\t\t.phys_start = 0x9000000,",
      ),
    );
    expect(source).to.contain("\n\t\t/* GIC */ {\n");
    expect(source.match(/\/\*/g)!.length).to.equal(5);
  });
});

describe("the C source of a system", () => {
  const root: WireStruct = { name: "Machine" };
  const pc = system("HEAD", {
    header: {
      architecture: 0,
      flags: 1,
      hypervisor_memory: { phys_start: 0x3a000000n, size: 0x600000n },
      debug_console: { address: 0x3f8n, type: 2 },
      platform_info: {
        pci_mmconfig_base: 0xb0000000n,
        pci_mmconfig_end_bus: 255,
        iommu_units: [
          { type: 2, base: 0xfed90000n, size: 0x1000 },
          {},
          { type: 1, base: 0xfed80000n, amd: { bdf: 2 } },
        ],
        x86: { pm_timer_address: 0x608, vtd_interrupt_limit: 256 },
      },
    },
    cell: root,
    tables: {
      cpus: new Uint8Array(16).fill(0xff, 0, 9),
      irqchips: [{ address: 0xfec00000n, id: 0xff00, pin_bitmap: [0xffffff, 0, 1, 0] }],
      pio_regions: [
        { base: 0x70, length: 2 },
        { base: 0xd000, length: 0x1000 },
      ],
    },
  });

  it("says the architecture even where it is zero, and shows the platform of that architecture", () => {
    expect(member(pc, "header")).to.equal(
      text(
        ".signature = JAILHOUSE_SYSTEM_SIGNATURE,",
        ".architecture = JAILHOUSE_X86,",
        ".revision = JAILHOUSE_CONFIG_REVISION,",
        ".flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,",
        ".hypervisor_memory = {",
        "\t.phys_start = 0x3a000000,",
        "\t.size = 0x600000,",
        "},",
        ".debug_console = {",
        "\t.address = 0x3f8,",
        "\t.type = JAILHOUSE_CON_TYPE_8250,",
        "},",
        ".platform_info = {",
        "\t.pci_mmconfig_base = 0xb0000000,",
        "\t.pci_mmconfig_end_bus = 0xff,",
        "\t.iommu_units = {",
        "\t\t{",
        "\t\t\t.type = JAILHOUSE_IOMMU_INTEL,",
        "\t\t\t.base = 0xfed90000,",
        "\t\t\t.size = 0x1000,",
        "\t\t},",
        "\t\t[2] = {",
        "\t\t\t.type = JAILHOUSE_IOMMU_AMD,",
        "\t\t\t.base = 0xfed80000,",
        "\t\t\t.amd = {",
        "\t\t\t\t.bdf = 0x00 << 3 | 2,",
        "\t\t\t},",
        "\t\t},",
        "\t},",
        "\t.x86 = {",
        "\t\t.pm_timer_address = 0x608,",
        "\t\t.vtd_interrupt_limit = 256,",
        "\t},",
        "},",
        ".root_cell = {",
        '\t.name = "Machine",',
        "\t.cpu_set_size = sizeof(config.cpus),",
        "\t.num_irqchips = ARRAY_SIZE(config.irqchips),",
        "\t.num_pio_regions = ARRAY_SIZE(config.pio_regions),",
        "},",
      ),
    );
  });

  it("writes CPUs, pins that count from zero and ports as upstream does", () => {
    expect(member(pc, "cpus")).to.equal("0xffffffffffffffff, 0xff,");
    expect(member(pc, "irqchips")).to.contain("\t.pin_bitmap = {\n\t\t0x00ffffff, 0, 0x00000001,\n\t},");
    expect(member(pc, "pio_regions")).to.equal("PIO_RANGE(0x70, 2),\nPIO_RANGE(0xd000, 0x1000),");
  });

  it("shows stream ids of an MMU-500 as such, and those of an SMMUv3 as numbers", () => {
    const ids = { stream_ids: [{ id: 0x870 }, { id: 0x07f80010 }] };
    const platform = (type: number): WireStruct => ({
      architecture: 2,
      platform_info: { iommu_units: [{ type, base: 0xfd800000n }] },
    });
    const first = { stream_ids: [{ id: 0x870 }] };
    expect(member(system("HEAD", { header: platform(5), tables: first }), "stream_ids")).to.equal(
      "{ .mmu500.id = 0x870 },",
    );
    expect(member(system("HEAD", { header: platform(3), tables: first }), "stream_ids")).to.equal(
      "{ .id = 0x870 },",
    );
    // A cell does not say; masks do.
    expect(member(cell("HEAD", { tables: first }), "stream_ids")).to.equal("{ .id = 0x870 },");
    expect(member(cell("HEAD", { tables: ids }), "stream_ids")).to.equal(
      text("{ .mmu500.id = 0x870 },", "{", "\t.mmu500.id = 0x10,", "\t.mmu500.mask_out = 0x7f8,", "},"),
    );
    expect(member(cell("r12.19", { tables: { stream_ids: [3, 0xf003] } }), "stream_ids")).to.equal(
      "0x3,\n0xf003,",
    );
  });
});

describe("old revisions in C", () => {
  it("include what their configs included, and define what their header lacks", () => {
    const tables = { mem_regions: [{ size: 0x1000n }] };
    const head = (profile: string): string[] =>
      toC(cell(profile, { tables }))
        .split("\n")
        .filter((line) => line.startsWith("#"));
    const own = "#define ARRAY_SIZE(a) sizeof(a) / sizeof(a[0])";
    const types = "#include <jailhouse/types.h>";
    const config = "#include <jailhouse/cell-config.h>";
    expect(head("v0.5")).to.deep.equal(["#include <linux/types.h>", config, own]);
    expect(head("r0.41")[0]).to.equal("#include <linux/types.h>");
    expect(head("r0.42")).to.deep.equal([types, config, own]);
    expect(head("r10.3")).to.deep.equal([types, config, own]);
    expect(head("r10.4")).to.deep.equal([types, config]);
  });

  it("have I/O ports as runs of a bitmap, and console types among the flags", () => {
    const pio_bitmap = new Uint8Array(0x2000).fill(0xff);
    pio_bitmap[0x60 / 8] = 0xec;
    pio_bitmap.fill(0, 0x1f0 / 8, 0x1f8 / 8);
    const old = buildConfig(profileNamed("v0.7"), "system", {
      header: { debug_console: { address: 0x3f8n, flags: 0x102 } },
      tables: { pio_bitmap },
    });
    expect(toC(old)).to.contain("\t__u8 pio_bitmap[0x2000];\n");
    expect(member(old, "pio_bitmap")).to.equal(
      text(
        "[   0x0/8 ...   0x5f/8] = 0xff,",
        "[  0x60/8 ...   0x67/8] = 0xec,",
        "[  0x68/8 ...  0x1ef/8] = 0xff,",
        "[ 0x1f8/8 ... 0xffff/8] = 0xff,",
      ),
    );
    expect(toC(old)).to.contain("JAILHOUSE_CON1_TYPE_8250");
  });
});

describe("C sources", () => {
  it("compile without a warning", async () => {
    requireToolchain();
    const sources = [
      ["HEAD", toC(inmate)],
      ["v0.5", toC(cell("v0.5", { tables: { mem_regions: [{ size: 0x1000n, flags: 3n }, {}] } }))],
    ] as const;
    await withTempDir(async (directory) => {
      for (const [profile, source] of sources) {
        writeHeaderTree(profileNamed(profile), directory);
        writeFileSync(join(directory, "a.c"), source);
        const flags = ["-c", "-Wall", "-Wextra", "-Werror", `-I${directory}`, "a.c", "-o", "a.o"];
        expect((await run("gcc", flags, directory)).stderr).to.equal("");
      }
    });
  });
});
