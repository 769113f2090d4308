import { expect } from "chai";
import type { JailInput } from "../../../../compiler/decompile/to-dsl/to-jail.js";
import { arm64, cell, system } from "../../../support/convert-config.js";
import { jailOf, lossThroughJail } from "../../../support/jail-round-trip.js";
import { profileNamed } from "../../../support/random-config.js";

/** A bit set of `size` bytes. */
function cpus(size: number, ...numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(size);
  for (const cpu of numbers) bytes[cpu >> 3]! |= 1 << (cpu & 7);
  return bytes;
}

const read = 1n;
const write = 2n;
const execute = 4n;
const io = 0x10n;
const comm = 0x20n;
const loadable = 0x40n;
const rootshared = 0x80n;

function expectText(inputs: readonly JailInput[], text: string): void {
  expect(jailOf(inputs)).to.equal(text);
  expect(lossThroughJail(inputs)).to.equal(null);
}

describe("the cell language of", () => {
  it("a cell of x86 with devices, capabilities, ports, and fields that take raw lines", () => {
    const config = cell("HEAD", {
      cell: { name: "nic", flags: 1, console: { address: 0x3f8n, type: 2 } },
      tables: {
        cpus: cpus(8, 1, 2, 5),
        mem_regions: [
          {
            phys_start: 0x3f0_0000n,
            virt_start: 0n,
            size: 0x10_0000n,
            flags: read | write | execute | loadable,
          },
          { virt_start: 0x10_0000n, size: 0x1000n, flags: read | write | comm },
          { phys_start: 0xfebc_0000n, virt_start: 0xfebc_0000n, size: 0x1_2345n, flags: 0x8000_0003n },
          {},
          {},
        ],
        cache_regions: [{ start: 2, size: 1, type: 1 }],
        irqchips: [{ address: 0xfec0_0000n, id: 0xff01, pin_bitmap: [1 << 9, 0, 0, 0] }],
        pio_regions: [
          { base: 0x3f8, length: 8 },
          { base: 0x80, length: 1 },
        ],
        pci_devices: [
          {
            type: 1,
            bdf: 0x10,
            bar_mask: [0xffff_0000, 0, 0xffff_f000, 0, 0, 0],
            caps_start: 1,
            num_caps: 3,
            num_msi_vectors: 1,
            msi_64bits: 1,
            num_msix_vectors: 5,
            msix_region_size: 0x1000,
            msix_address: 0xfea9_0000n,
          },
          { type: 2, bdf: 0x18, num_caps: 1, caps_start: 0 },
          { type: 1, bdf: 0xfb, domain: 1, num_caps: 7, caps_start: 3 },
        ],
        pci_caps: [
          { id: 0xd, start: 0x50, len: 2 },
          { id: 1, start: 0xc8, len: 8, flags: 1 },
          { id: 5, start: 0xd0, len: 14, flags: 1 },
          { id: 0x8003, start: 0x140, len: 12 },
        ],
      },
    });
    expectText(
      [{ config, stem: "nic" }],
      `architecture x86
revision 14

cell nic {
  cpus    1-2, 5
  flags   passive-commreg
  console 8250 pio at 0x3f8

  memory  at 0x3f0_0000 size 1M mapped at 0 rwx loadable
  comm
  memory  0xfebc_0000 .. 0xfebd_2344 rw 0x8000_0000
  memory  empty times 2
  cache   l3-code ways 2
  irqchip at 0xfec0_0000 id 0xff01 pins 9
  ioports 0x3f8-0x3ff, 0x80
  device 00:02.0 {
    bars         0xffff_0000, 0, 0xffff_f000
    msi          1 64bit
    msix         5 at 0xfea9_0000 size 4K
    capabilities pm 0xc8, msi 0xd0
    capability   ext dsn at 0x140 size 12
  }
  bridge 00:03.0 { capabilities from 0; capabilities ssvid 0x50 }
  device 0001:00:1f.3 { caps_start = 3; num_caps = 7 }
}
`,
    );
  });

  it("a system and a cell of it: one machine with a link, and grants by the names that comments make", () => {
    expectText(
      [root(), linux()],
      `system board "Board" {
  architecture arm64
  revision     14
  files        "board-*"
  flags        virtual-debug-console
  hypervisor   at 0x7c00_0000 size 4M
  console      8250 mmio32 at 0x900_0000 size 4K
  pci          virtual mmconfig at 0x7d00_0000 domain 1
  iommu        arm-mmu500 at 0xfd80_0000 size 128K
  gic v2 {
    gicd            0x800_0000
    gicc            0x801_0000
    gich            0x803_0000
    gicv            0x804_0000
    maintenance-irq 25
  }

  cpus     0-3
  vpci-irq 100

  memory uart at 0x900_0000  size 4K   rw io
  memory ram  at 0x4000_0000 size 960M rwx

  interrupts 32-100, 102-131, 160

  streams 0x860
  streams 0x870 mask 0xf
}

link net at 0x7c40_0000 {
  device   0001:00:01.0
  peers    root, linux
  protocol net
}

cell linux "linux-demo" {
  cpus     2-3
  flags    passive-commreg
  console  8250 mmio32 at 0x900_0000
  vpci-irq 104

  link   net { iommu 1 }
  memory uart rootshared
  // for the kernel
  // and its device tree
  memory last 2M of ram mapped at 0 rwx loadable
  comm
  // timer
  interrupts 33
  streams    0x900
}
`,
    );
  });

  it("an old system with whatever the language has no words for", () => {
    const config = system(
      "v0.8",
      {
        header: {
          hypervisor_memory: { phys_start: 0x3b00_0000n, size: 0x400_0000n, flags: 3n },
          debug_console: { address: 0x3f8n, flags: 1 },
          platform_info: { x86: { pm_timer_address: 0x608 } },
        },
        cell: { name: 'Odd "one"', msg_reply_timeout: 5n, flags: 2 },
        tables: {
          cpus: cpus(4, 0),
          pio_bitmap: Uint8Array.of(0xff, 0xf0),
          mem_regions: [{ phys_start: 0xffff_ffff_ffff_f000n, size: 0x2000n, flags: 3n }],
          pci_caps: [{ id: 5, start: 0x40, len: 14 }],
        },
        trailing: Uint8Array.of(1, 2),
      },
      "x86",
    );
    expectText(
      [{ config, stem: "odd" }],
      `system odd "Odd \\"one\\"" {
  architecture x86
  profile      r8.1
  hypervisor   at 0x3b00_0000 size 64M rw
  console      vga pio at 0x3f8
  x86          { pm-timer 0x608 }

  cpus          0 size 4
  reply-timeout 5
  flags = 2

  mem_regions { phys_start = 0xffff_ffff_ffff_f000; size = 0x2000; flags = 3 }

  pio_bitmap = "fff0"

  capability msi at 0x40 size 14

  trailing = "0102"
}
`,
    );
  });

  it("an IOMMU with what only units of another type have", () => {
    const type = Number(profileNamed("r12.17").constants.get("JAILHOUSE_IOMMU_INTEL"));
    const amd = { base_cap: 0x40, bdf: 2 };
    const iommu = { type, base: 0x1000n, size: 0x1000, amd };
    const arm = { gic_version: 3, iommu_units: [iommu] };
    const config = system("r12.17", { header: { platform_info: { arm } } }, "arm");
    expect(lossThroughJail([{ config, stem: "any" }])).to.equal(null);
    expect(jailOf([{ config, stem: "any" }])).to.match(
      /^ *iommu .*\{ amd\.bdf = 2; amd\.base_cap = 0x40 \}$/m,
    );
  });

  it("a cell of a fork, with a table that only it has", () => {
    const tables = { cpus: cpus(8, 1), smc_ids: [0x8400_0000, 7] };
    const config = cell("fork-mtk-smc-ids", { cell: { ...arm64, name: "fork" }, tables });
    expectText(
      [{ config, stem: "secure.world" }],
      `architecture arm64
profile fork-mtk-smc-ids

cell secure-world "fork" {
  cpus 1
  smc_ids = 0x8400_0000, 7
}
`,
    );
  });
});

/** The four regions of a network link, as one of its two peers has them. */
function netRegions(peer: 0 | 1): readonly { readonly [field: string]: bigint }[] {
  const start = 0x7c40_0000n;
  const region = (offset: bigint, size: bigint, more: bigint): { readonly [field: string]: bigint } => ({
    phys_start: start + offset,
    virt_start: start + offset,
    size,
    flags: read | rootshared | more,
  });
  const own = (other: 0 | 1): bigint => (peer === other ? write : 0n);
  return [
    region(0n, 0x1000n, 0n),
    {},
    region(0x1000n, 0x7_f000n, own(0)),
    region(0x8_0000n, 0x7_f000n, own(1)),
  ];
}

const netDevice = {
  type: 3,
  domain: 1,
  bdf: 8,
  bar_mask: [0xffff_f000, 0, 0, 0, 0, 0],
  shmem_peers: 2,
  shmem_protocol: 1,
};

const uart = { phys_start: 0x900_0000n, virt_start: 0x900_0000n, size: 0x1000n };

function root(): JailInput {
  const arm = {
    gic_version: 2,
    gicd_base: 0x800_0000n,
    gicc_base: 0x801_0000n,
    gich_base: 0x803_0000n,
    gicv_base: 0x804_0000n,
    maintenance_irq: 25,
  };
  const type = Number(profileNamed("HEAD").constants.get("JAILHOUSE_IOMMU_ARM_MMU500"));
  const iommu = { type, base: 0xfd80_0000n, size: 0x2_0000 };
  const config = system("HEAD", {
    header: {
      ...arm64,
      flags: 1,
      hypervisor_memory: { phys_start: 0x7c00_0000n, size: 0x40_0000n },
      debug_console: { address: uart.phys_start, size: 0x1000, type: 2, flags: 3 },
      platform_info: {
        pci_mmconfig_base: 0x7d00_0000n,
        pci_is_virtual: 1,
        pci_domain: 1,
        iommu_units: [iommu, {}, {}, {}, {}, {}, {}, {}],
        arm,
      },
    },
    cell: { name: "Board", vpci_irq_base: 68 },
    tables: {
      cpus: cpus(8, 0, 1, 2, 3),
      mem_regions: [
        ...netRegions(0),
        { ...uart, flags: read | write | io },
        {
          phys_start: 0x4000_0000n,
          virt_start: 0x4000_0000n,
          size: 0x3c00_0000n,
          flags: read | write | execute,
        },
      ],
      irqchips: [
        { address: 0x800_0000n, pin_base: 32, pin_bitmap: [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xf] },
        { address: 0x800_0000n, pin_base: 160, pin_bitmap: [1, 0, 0, 0] },
      ],
      stream_ids: [{ mmu500: { id: 0x860 } }, { mmu500: { id: 0x870, mask_out: 0xf } }],
      pci_devices: [netDevice],
    },
  });
  const comments: Readonly<Record<number, string>> = { 4: "UART", 5: "RAM" };
  return {
    config,
    stem: "board",
    commentOf: (table, index) => (table === "mem_regions" ? comments[index] : undefined),
  };
}

function linux(): JailInput {
  const config = cell("HEAD", {
    cell: {
      ...arm64,
      name: "linux-demo",
      vpci_irq_base: 72,
      flags: 1,
      console: { address: uart.phys_start, type: 2, flags: 3 },
    },
    tables: {
      cpus: cpus(8, 2, 3),
      mem_regions: [
        ...netRegions(1),
        { ...uart, flags: read | write | io | rootshared },
        { phys_start: 0x7be0_0000n, size: 0x20_0000n, flags: read | write | execute | loadable },
        { virt_start: 0x8000_0000n, size: 0x1000n, flags: read | write | comm },
      ],
      irqchips: [{ address: 0x800_0000n, pin_base: 32, pin_bitmap: [2, 0, 1 << 9, 0] }],
      stream_ids: [{ mmu500: { id: 0x900 } }],
      pci_devices: [{ ...netDevice, iommu: 1, shmem_dev_id: 1 }],
    },
  });
  const comments: Readonly<Record<number, string>> = {
    4: "UART",
    5: "for the kernel\nand its device tree",
    6: "communication region",
  };
  return {
    config,
    stem: "board-linux",
    commentOf: (table, index) =>
      table === "mem_regions" ? comments[index] : table === "irqchips" ? "timer" : undefined,
  };
}
