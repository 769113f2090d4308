import { expect } from "chai";
import { familyOfConfig, wireToIr } from "../../../compiler/decompile/wire-to-ir.js";
import { cellOf, type SystemConfig } from "../../../compiler/ir/config.js";
import { binaryOrigins } from "../../../compiler/ir/node.js";
import type { Origin } from "../../../compiler/ir/origin.js";
import { decode } from "../../../schema/codec/decode.js";
import { encode } from "../../../schema/codec/encode.js";
import { residue } from "../../../schema/codec/wire.js";
import { buildConfig, type ConfigParts } from "../../support/build-config.js";
import { allProfiles, profileNamed } from "../../support/random-config.js";

function system(profile: string, parts: ConfigParts): SystemConfig {
  const config = wireToIr(buildConfig(profileNamed(profile), "system", parts));
  if (config.kind !== "system") throw new Error("no system");
  return config;
}

function cell(profile: string, parts: ConfigParts) {
  return cellOf(wireToIr(buildConfig(profileNamed(profile), "cell", parts)));
}

describe("from wire values to the IR", () => {
  it("reads a cell of revision 14", () => {
    const config = wireToIr(
      buildConfig(profileNamed("r14"), "cell", {
        cell: {
          architecture: 2,
          name: "demo",
          flags: 0x4000_0001,
          vpci_irq_base: 100,
          msg_reply_timeout: 5n,
        },
        tables: {
          cpus: Uint8Array.of(6, 0, 0, 0, 0, 0, 0, 0),
          mem_regions: [{ phys_start: 1n, virt_start: 2n, size: 3n, flags: 0x8_0093n }],
          cache_regions: [{ start: 1, size: 2, type: 3, flags: 1 }],
          irqchips: [{ address: 5n, id: 6, pin_base: 32, pin_bitmap: [1, 0, 0, 0x8000_0000] }],
          pio_regions: [{ base: 0x60, length: 5 }],
          pci_devices: [
            { type: 3, bdf: 0x18, bar_mask: [1, 2, 3, 4, 5, 6], shmem_protocol: 0x8001, msi_maskable: 1 },
          ],
          pci_caps: [{ id: 0x8001, start: 0x100, len: 4, flags: 1 }],
          stream_ids: [{ id: 7 }],
        },
      }),
    );
    expect(config).to.deep.include({
      kind: "cell",
      profile: "r14.1",
      revision: 14,
      architecture: "arm64",
      family: "arm",
    });
    const description = cellOf(config);
    expect(description).to.include({ name: "demo", vpciIrqBase: 100, msgReplyTimeout: 5n });
    expect(description.flags.names).to.deep.equal([
      "JAILHOUSE_CELL_PASSIVE_COMMREG",
      "JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED",
    ]);
    expect(description.cpus.kind === "bits" && description.cpus.bytes[0]).to.equal(6);
    expect(description.memoryRegions[0]).to.deep.include({ physStart: 1n, virtStart: 2n, size: 3n });
    expect(description.memoryRegions[0]!.flags.names).to.deep.equal([
      "JAILHOUSE_MEM_READ",
      "JAILHOUSE_MEM_WRITE",
      "JAILHOUSE_MEM_IO",
      "JAILHOUSE_MEM_ROOTSHARED",
      "JAILHOUSE_MEM_IO_64",
    ]);
    expect(description.cacheRegions[0]).to.include({ start: 1, size: 2, type: "JAILHOUSE_CACHE_L3" });
    expect(description.irqchips[0]).to.include({ id: 6n, pinBase: 32, pinBitmap: (1n << 127n) | 1n });
    expect(description.portIo.kind === "ranges" && description.portIo.ranges[0]).to.include({
      base: 0x60,
      length: 5,
    });
    expect(description.pciDevices[0]).to.deep.include({
      type: "JAILHOUSE_PCI_TYPE_IVSHMEM",
      bdf: 0x18,
      barMask: [1, 2, 3, 4, 5, 6],
      msiMaskable: 1,
      shmemGeneration: "several-regions",
      shmemProtocol: { kind: "virtio-front", detail: 1 },
    });
    expect(description.pciCapabilities[0]).to.deep.include({ id: 1, extended: true, start: 0x100, len: 4 });
    expect(description.streamIds[0]!.id).to.equal(7);
  });

  it("reads the platform data of either architecture", () => {
    const x86 = system("r14", {
      header: {
        architecture: 0,
        flags: 1,
        platform_info: {
          pci_domain: 0xffff,
          x86: { pm_timer_address: 0x608, vtd_interrupt_limit: 256, apic_mode: 2, tsc_khz: 9 },
          iommu_units: [{}, { type: 1, base: 0x10n, size: 0x20, amd: { bdf: 2, features: 3 } }],
        },
      },
    });
    expect(x86.flags.names).to.deep.equal(["JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE"]);
    expect(x86.platform).to.include({ pciDomain: 0xffff, vtdInterruptLimit: 256, arm: null, riscv: null });
    expect(x86.platform!.x86).to.include({
      pmTimerAddress: 0x608,
      apicMode: "JAILHOUSE_APIC_MODE_X2APIC",
      tscKhz: 9,
    });
    expect(x86.platform!.iommuUnits).to.have.length(2);
    expect(x86.platform!.iommuUnits[1]).to.include({ type: "JAILHOUSE_IOMMU_AMD", base: 0x10n, size: 0x20n });
    expect(x86.platform!.iommuUnits[1]!.amd).to.include({ bdf: 2, features: 3 });
    const arm = system("r14", {
      header: {
        architecture: 1,
        platform_info: { arm: { gic_version: 3, gicd_base: 0x1000n, maintenance_irq: 25 } },
      },
    });
    expect(arm.platform!.arm).to.include({ gicVersion: 3, gicdBase: 0x1000n, maintenanceIrq: 25 });
    expect(arm.platform!.x86).to.equal(null);
    const riscv = system("fork-lfd-v17", {
      header: {
        architecture: 3,
        platform_info: { riscv: { irqchip: { type: 1, max_irq: 96, hart_to_context: [-1, 4] } } },
      },
    });
    expect(riscv.architecture).to.equal("riscv64");
    expect(riscv.platform!.riscv!.irqchip).to.include({ type: "JAILHOUSE_RISCV_APLIC", maxIrq: 96 });
    expect(riscv.platform!.riscv!.irqchip.hartToContext.slice(0, 3)).to.deep.equal([-1, 4, 0]);
  });

  it("reads old states by what their fields mean today", () => {
    const old = system("v0.5", {
      header: {
        debug_uart: { phys_start: 0x3f8n },
        interrupt_limit: 300,
        device_limit: 128,
        platform_info: {
          x86: { mmconfig_base: 0xb000_0000n, mmconfig_end_bus: 0xff, iommu_base: [0n, 0xfed9_0000n] },
        },
      },
      cell: { name: "old" },
      tables: {
        pio_bitmap: Uint8Array.of(0xfe),
        irqchips: [{ address: 1n, id: 1n << 40n, pin_bitmap: 0xffn }],
        pci_caps: [
          { id: 1, start: 0x100 },
          { id: 5, start: 0x50 },
        ],
        pci_devices: [{ shmem_region: 4 }],
      },
    });
    expect(old).to.include({ revision: null, architecture: null, family: "x86" });
    expect(old.platform).to.include({
      pciMmconfigBase: 0xb000_0000n,
      pciMmconfigEndBus: 0xff,
      vtdInterruptLimit: 300,
    });
    expect(old.platform!.iommuUnits.map(({ type, base }) => [type, base])).to.deep.equal([
      [0, 0n],
      ["JAILHOUSE_IOMMU_INTEL", 0xfed9_0000n],
    ]);
    expect(old.debugConsole).to.deep.include({
      address: 0x3f8n,
      type: null,
      flags: { names: [], unknown: 0n },
    });
    expect(old.extra).to.deep.equal({ device_limit: 128 });
    const { irqchips, pciCapabilities, pciDevices, portIo } = old.rootCell;
    expect(irqchips[0]).to.include({ id: 1n << 40n, pinBase: 0, pinBitmap: 0xffn });
    expect(pciCapabilities.map(({ extended }) => extended)).to.deep.equal([true, false]);
    expect(pciDevices[0]).to.include({ shmemRegionsStart: 4, shmemGeneration: "one-region" });
    expect(portIo.kind).to.equal("bitmap");
  });

  it("reads the oldest state", () => {
    const first = cell("r0.1", {
      cell: { name: "first" },
      tables: { irq_lines: [{ num: 4, irqchip: 1 }], pci_devices: [{ bus: 0x12, devfn: 0x34, type: 1 }] },
    });
    expect(first.irqLines[0]).to.include({ line: 4, irqchip: 1 });
    expect(first.pciDevices[0]).to.include({
      bdf: 0x1234,
      type: "JAILHOUSE_PCI_TYPE_DEVICE",
      shmemGeneration: null,
    });
  });

  it("reads consoles whose type and access share one word", () => {
    const packed = system("r8", { header: { debug_console: { address: 0x9000n, flags: 0x133 } } });
    expect(packed.debugConsole).to.deep.include({
      type: "JAILHOUSE_CON_TYPE_PL011",
      flags: { names: ["JAILHOUSE_CON_ACCESS_MMIO", "JAILHOUSE_CON_REGDIST_4"], unknown: 0n },
    });
    expect(packed.flags.names).to.deep.equal(["JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE"]);
    const older = system("r2", { header: { debug_console: { address: 0x9000n, flags: 0x24 } } });
    expect(older.debugConsole).to.deep.include({ type: "JAILHOUSE_CON_TYPE_PL011" });
    expect(older.debugConsole!.flags.names).to.deep.equal([
      "JAILHOUSE_CON_ACCESS_MMIO",
      "JAILHOUSE_CON_REGDIST_4",
    ]);
  });

  it("reads listed CPUs, integer stream ids and the tables of forks", () => {
    const listed = cell("fork-lfd-v17", { tables: { cpus: [{ phys_id: 0x101n }, { phys_id: 2n }] } });
    expect(listed.cpus.kind === "list" && listed.cpus.cpus.map(({ physicalId }) => physicalId)).to.deep.equal(
      [0x101n, 2n],
    );
    expect(cell("r12", { tables: { stream_ids: [3, 4] } }).streamIds.map(({ id }) => id)).to.deep.equal([
      3, 4,
    ]);
    const fork = profileNamed("fork-danieleottaviano");
    const names = fork.tables.map(({ name }) => name);
    const other = names.find((name) => name.includes("qos"))!;
    const qos = cell(fork.id, { tables: { [other]: [{ name: "dma", base: 5 }] } });
    expect(qos.extraTables[other]).to.deep.equal([{ name: "dma", flags: 0, base: 5 }]);
  });

  it("keeps what the model does not know: fields, odd identities, counts, residue, trailing bytes", () => {
    const profile = profileNamed("r14");
    const base = buildConfig(profile, "system", {
      cell: { signature: "JHSYS", revision: 14 },
      tables: {
        cache_regions: [{ padding: 9 }],
        pci_devices: [{ [residue]: [{ offset: 35, bytes: Uint8Array.of(4) }] }],
      },
      trailing: Uint8Array.of(7),
    });
    const bytes = encode(base);
    bytes[0] = 0;
    const config = wireToIr(decode(bytes, profile, { kind: "system" }).config);
    if (config.kind !== "system") throw new Error("no system");
    expect(config.extra).to.deep.equal({ signature: "\0HSYS" });
    expect(config.rootCell.extra).to.deep.equal({ signature: "JHSYS", revision: 14 });
    expect(config.rootCell.cacheRegions[0]!.extra).to.deep.equal({ padding: 9 });
    expect(config.rootCell.pciDevices[0]!.residue).to.deep.equal([{ offset: 35, bytes: Uint8Array.of(4) }]);
    expect(config.trailing).to.deep.equal(Uint8Array.of(7));
    const cut = wireToIr(decode(bytes.subarray(0, -40), profile, { kind: "system" }).config);
    expect(cellOf(cut).extra).to.include({ num_pci_devices: 1 });
  });

  it("reads a file that ends inside its header, wherever it ends", () => {
    for (const profile of allProfiles().filter((_, index) => index % 9 === 0)) {
      for (const kind of ["system", "cell"] as const) {
        const bytes = encode(buildConfig(profile, kind, { cell: { name: "cut" } }));
        for (let length = 0; length < bytes.length; length += 5) {
          const { config } = decode(bytes.subarray(0, length), profile, { kind });
          expect(wireToIr(config).kind, `${profile.id} ${length}`).to.equal(kind);
        }
      }
    }
  });
});

describe("the family of a config", () => {
  const family = (profile: string, parts: ConfigParts, kind: "system" | "cell" = "cell") =>
    familyOfConfig(buildConfig(profileNamed(profile), kind, parts));

  it("is that of the architecture byte", () => {
    expect([0, 1, 2, 9].map((architecture) => family("r14", { cell: { architecture } }))).to.deep.equal([
      "x86",
      "arm",
      "arm",
      null,
    ]);
  });

  it("is else that of the platform data shown, else x86 with ports and arm without", () => {
    expect(family("r13", {})).to.equal("arm");
    expect(family("r13", { tables: { pio_regions: [{ base: 1, length: 1 }] } })).to.equal("x86");
    expect(family("r13", {}, "system")).to.equal("arm");
    expect(family("r13", { tables: { pio_regions: [{ base: 1, length: 1 }] } }, "system")).to.equal("x86");
    const x86 = wireToIr(buildConfig(profileNamed("r13"), "cell", {}), { family: "x86" });
    expect(x86.family).to.equal("x86");
  });
});

describe("origins", () => {
  const profile = profileNamed("r14");
  const wire = buildConfig(profile, "system", {
    cell: { name: "root" },
    tables: { mem_regions: [{}, { size: 5n }], irqchips: [{}], stream_ids: [{ id: 1 }] },
  });
  const bytes = encode(wire);
  const config = wireToIr(wire, { originOf: binaryOrigins("a.cell") }) as SystemConfig;
  const placed = (origin: Origin): readonly number[] =>
    origin.kind === "binary" ? [origin.offset, origin.length] : [-1, -1];

  it("lead to the bytes of a field", () => {
    const { origins } = config.rootCell.memoryRegions[1]!;
    const origin = origins.of("size");
    expect(origin).to.deep.include({ kind: "binary", file: "a.cell", length: 8 });
    expect(bytes[placed(origin)[0]!]).to.equal(5);
    expect(placed(origins.of())).to.deep.equal([488 + 32, 32]);
    expect(placed(config.rootCell.origins.of("name"))).to.deep.equal([364, 32]);
    expect(placed(config.hypervisorMemory.origins.of("physStart"))).to.deep.equal([12, 8]);
    expect(placed(config.platform!.origins.of("pciDomain"))).to.deep.equal([86, 2]);
    expect(placed(config.platform!.origins.of("vtdInterruptLimit"))).to.deep.equal([316, 4]);
    expect(placed(config.rootCell.tableOrigins.of("memoryRegions"))).to.deep.equal([488, 64]);
  });

  it("say so where a revision has no such field", () => {
    const old = cell("v0.1", { tables: { irqchips: [{}] } });
    expect(old.irqchips[0]!.origins.of("pinBase").kind).to.equal("implied");
    expect(old.origins.of("cpuResetAddress").kind).to.equal("implied");
  });

  it("lead to the word or the array that several fields share", () => {
    const packed = system("r8", { header: { debug_console: { flags: 3 } } });
    expect(packed.debugConsole!.origins.of("type")).to.deep.equal(packed.debugConsole!.origins.of("flags"));
    const old = system("v0.5", {
      header: { platform_info: { x86: { mmconfig_base: 1n, iommu_base: [0n, 9n] } } },
    });
    expect(placed(old.platform!.origins.of("pciMmconfigBase"))).to.deep.equal([64, 8]);
    expect(placed(old.platform!.iommuUnits[1]!.origins.of("base"))).to.deep.equal([80 + 8, 8]);
    const amd = system("r10", { header: { platform_info: {} }, tables: { pio_bitmap: Uint8Array.of(1) } });
    expect(amd.platform!.iommuUnits).to.deep.equal([]);
    const ids = cell("r12", { tables: { stream_ids: [3, 4] } });
    expect(placed(ids.streamIds[1]!.origins.of("id"))).to.deep.equal([132 + 4, 4]);
    expect(placed(ids.streamIds[1]!.origins.of())).to.deep.equal([132 + 4, 4]);
  });
});
