import { expect } from "chai";
import type { WireStruct } from "../../../schema/codec/wire.js";
import { arm64, cell, convert, system, type Written, x86 } from "../../support/convert-config.js";
import { profileNamed } from "../../support/random-config.js";

describe("tables in another revision", () => {
  it("hold ports as a bitmap of denials before revision 11, as ranges since", () => {
    const wire = cell("r14", {
      cell: x86,
      tables: {
        pio_regions: [
          { base: 0x60, length: 5 },
          { base: 0x3f8, length: 8 },
        ],
      },
    });
    const { wire: old, lost } = convert(wire, "r10");
    expect(lost).to.deep.equal([]);
    const bitmap = old.tables.pio_bitmap as Uint8Array;
    expect(bitmap).to.have.length(0x2000);
    expect([bitmap[0x60 / 8], bitmap[0x3f8 / 8], bitmap[0]]).to.deep.equal([0xe0, 0, 0xff]);
    expect(convert(old, "r14").wire.tables.pio_regions).to.deep.equal(wire.tables.pio_regions);
    expect(convert(cell("r14", { cell: x86 }), "r10").wire.tables.pio_bitmap).to.have.length(0);
  });

  it("cannot allow ports that x86 does not have", () => {
    const wire = cell("r14", { cell: x86, tables: { pio_regions: [{ base: 0xffff, length: 2 }] } });
    expect(convert(wire, "r10").lost).to.deep.equal(["portIo.ranges[0]: does-not-fit"]);
    const long = cell("r10", { tables: { pio_bitmap: new Uint8Array(0x2001) } });
    expect(convert(long, "r11").lost).to.deep.equal(["portIo: does-not-fit"]);
  });

  it("describe 64 pins with a fixed base before mid 2016", () => {
    const chip = (architecture: number, pin_base: number, pin_bitmap: readonly number[]) =>
      convert(
        cell("r14", {
          cell: { architecture },
          tables: { irqchips: [{ address: 1n, pin_base, pin_bitmap }] },
        }),
        "r0.30",
      );
    const fits = chip(2, 32, [1, 2, 0, 0]);
    expect(fits.lost).to.deep.equal([]);
    expect(fits.wire.tables.irqchips).to.deep.equal([{ address: 1n, id: 0n, pin_bitmap: 0x2_0000_0001n }]);
    expect(chip(0, 0, [1, 0, 0, 0]).lost).to.deep.equal([]);
    expect(chip(0, 32, [1, 0, 0, 0]).lost).to.deep.equal(["irqchips[0].pinBase: fixed-in-profile"]);
    expect(chip(2, 32, [0, 0, 1, 0]).lost).to.deep.equal(["irqchips[0].pinBitmap: does-not-fit"]);
    const wide = cell("r0.30", { tables: { irqchips: [{ id: 1n << 32n }] } });
    expect(convert(wide, "r13").lost).to.deep.equal(["irqchips[0].id: does-not-fit"]);
    expect(
      convert(cell("r0.30", { tables: { irqchips: [{ pin_bitmap: 5n }] } }), "r13").wire.tables.irqchips,
    ).to.deep.equal([{ address: 0n, id: 0, pin_base: 32, pin_bitmap: [5, 0, 0, 0] }]);
  });

  it("say that the mask of a stream id means something else before December 2020", () => {
    const ids = (profile: string, id: number, target: string) =>
      convert(cell(profile, { cell: arm64, tables: { stream_ids: [{ id }] } }), target);
    const masked = ids("r14", 0x7f80_0005, "r13.7");
    expect(masked.lost).to.deep.equal(["streamIds[0].id: other-meaning"]);
    expect(masked.wire.tables.stream_ids).to.deep.equal([0x7f80_0005]);
    expect(ids("r14", 0xffff, "r13.7").lost).to.deep.equal([]);
    expect(ids("r14", 0x1_0000, "r13.8").lost).to.deep.equal([]);
    const plain = cell("r12", { tables: { stream_ids: [0x1_0000] } });
    expect(convert(plain, "r13.7").lost).to.deep.equal([]);
    const newer = convert(plain, "r13.8");
    expect(newer.lost).to.deep.equal([]);
    expect(newer.wire.tables.stream_ids).to.deep.equal([{ id: 0x1_0000 }]);
  });

  it("are lost where the target does not have them", () => {
    const wire = cell("r14", {
      cell: { ...arm64, vpci_irq_base: 1, cpu_reset_address: 2n, msg_reply_timeout: 3n },
      tables: {
        cache_regions: [{ size: 1 }],
        stream_ids: [{ id: 1 }],
        irqchips: [{ pin_base: 32 }],
        pci_caps: [{ id: 1 }],
      },
    });
    expect(convert(wire, "r4").lost).to.have.members([
      "cpuResetAddress: no-field",
      "msgReplyTimeout: no-field",
      "streamIds: no-field",
    ]);
    expect(convert(wire, "r0.2").lost).to.include.members([
      "vpciIrqBase: no-field",
      "cacheRegions: no-field",
      "irqchips: no-field",
      "pciCapabilities: no-field",
    ]);
    expect(convert(cell("r0.2", { tables: { irq_lines: [{ num: 1 }] } }), "r13").lost).to.deep.equal([
      "irqLines: no-field",
    ]);
    expect(
      convert(cell("r14", { cell: arm64, tables: { stream_ids: [{ id: 9 }] } }), "r12").wire.tables
        .stream_ids,
    ).to.deep.equal([9]);
  });

  it("cannot turn logical CPU numbers into physical ids or back", () => {
    const bits = cell("r14", { cell: arm64, tables: { cpus: Uint8Array.of(1) } });
    expect(convert(bits, "fork-lfd-v17").lost).to.deep.equal(["cpus: no-field"]);
    const list = cell("fork-lfd-v17", { cell: arm64, tables: { cpus: [{ phys_id: 1n }] } });
    const { losses } = convert(list, "r14");
    expect(losses.map(({ path, value }) => [path, value])).to.deep.equal([["cpus", "0x1"]]);
    const other = convert(list, "fork-lfd-v18");
    expect(other.lost).to.deep.equal([]);
    expect((other.wire.tables.cpus as WireStruct[])[0]!.phys_id).to.equal(1n);
  });

  it("of forks are lost elsewhere", () => {
    const fork = profileNamed("fork-danieleottaviano");
    const qos = fork.tables.find(({ name }) => name.includes("qos"))!.name;
    const wire = cell(fork.id, { cell: arm64, tables: { [qos]: [{ base: 1 }] } });
    expect(convert(wire, "r14").lost).to.deep.equal([`${qos}: not-modelled`]);
    expect(
      convert(cell(fork.id, { cell: arm64, tables: { mem_regions: [{ colors: 3n }] } }), "r14").lost,
    ).to.deep.equal(["memoryRegions[0].colors: not-modelled"]);
  });

  it("carry fields of forks to a profile that has them too", () => {
    const wire = cell("fork-danieleottaviano", { cell: arm64, tables: { mem_regions: [{ colors: 3n }] } });
    const { wire: written, lost } = convert(wire, "fork-danieleottaviano-zynqmp");
    expect(lost).to.deep.equal([]);
    expect((written.tables.mem_regions as WireStruct[])[0]!.colors).to.equal(3n);
  });
});

describe("PCI devices in another revision", () => {
  const device = (from: string, fields: WireStruct, to: string) => {
    const parts = { cell: from === "r14" ? arm64 : {}, tables: { pci_devices: [fields] } };
    const { wire, lost } = convert(cell(from, parts), to, { architecture: "arm64" });
    return { device: (wire.tables.pci_devices as WireStruct[])[0]!, lost };
  };

  it("have their bus and device number apart before mid 2014", () => {
    expect(device("r14", { type: 1, bdf: 0x1234 }, "r0.5")).to.deep.include({ lost: [] });
    expect(device("r14", { type: 1, bdf: 0x1234 }, "r0.5").device).to.include({ bus: 0x12, devfn: 0x34 });
  });

  it("lose BAR masks, MSI-X and maskable MSI where there is no place for them", () => {
    expect(device("r14", { bar_mask: [1, 0, 0, 0, 0, 0] }, "v0.1").lost).to.deep.equal([
      "pciDevices[0].barMask: no-field",
    ]);
    expect(device("r14", { msix_address: 1n }, "r0.15").lost).to.deep.equal([
      "pciDevices[0].msixAddress: no-field",
    ]);
    expect(device("r14", { msi_maskable: 1, msi_64bits: 1 }, "r10.1").lost).to.deep.equal([
      "pciDevices[0].msiMaskable: no-field",
    ]);
    expect(device("r10.1", { msi_64bits: 2 }, "r14").lost).to.deep.equal([
      "pciDevices[0].msi64bits: does-not-fit",
    ]);
  });

  it("that share memory are of another kind since mid 2019", () => {
    const lost = device(
      "r14",
      { type: 3, shmem_regions_start: 4, shmem_peers: 2, shmem_protocol: 1 },
      "r10",
    ).lost;
    expect(lost).to.deep.equal([
      "pciDevices[0].shmemRegionsStart: other-meaning",
      "pciDevices[0].shmemPeers: no-field",
    ]);
    expect(device("r10", { type: 3, shmem_region: 4 }, "r14").lost).to.deep.equal([
      "pciDevices[0].shmemRegionsStart: other-meaning",
    ]);
    expect(device("r14", { type: 3 }, "v0.1").lost).to.include("pciDevices[0].type: no-such-name");
  });

  it("have other protocol numbers since mid 2019", () => {
    expect(device("r10", { shmem_protocol: 0x100 }, "r14").device.shmem_protocol).to.equal(1);
    expect(device("r14", { shmem_protocol: 0x4005 }, "r10").device.shmem_protocol).to.equal(0x8005);
    expect(device("r14", { shmem_protocol: 0x8001 }, "r10").lost).to.deep.equal([
      "pciDevices[0].shmemProtocol: no-such-name",
    ]);
    expect(device("r14", { shmem_protocol: 1 }, "r0.30").lost).to.deep.equal([
      "pciDevices[0].shmemProtocol: no-field",
    ]);
  });

  it("mark extended capabilities by a bit since September 2015", () => {
    const capability = (from: string, fields: WireStruct, to: string) => {
      const parts = { cell: from === "r14" ? arm64 : {}, tables: { pci_caps: [fields] } };
      const { wire, lost } = convert(cell(from, parts), to, { architecture: "arm64" });
      return [(wire.tables.pci_caps as WireStruct[])[0]!.id, lost];
    };
    expect(capability("r14", { id: 0x8001, start: 0x100 }, "r0.30")).to.deep.equal([1, []]);
    expect(capability("r0.30", { id: 1, start: 0x100 }, "r14")).to.deep.equal([0x8001, []]);
    expect(capability("r14", { id: 1, start: 0x100 }, "r0.30")).to.deep.equal([
      1,
      ["pciCapabilities[0].extended: fixed-in-profile"],
    ]);
    expect(capability("r0.30", { id: 0x8001, start: 4 }, "r14")).to.deep.equal([
      1,
      ["pciCapabilities[0].id: does-not-fit"],
    ]);
  });
});

describe("platform data in another revision", () => {
  const platform = (parts: WireStruct, to: string, architecture: number) =>
    convert(system("r14", { header: { architecture, platform_info: parts } }), to, {
      family: architecture === 0 ? "x86" : "arm",
    });
  const of = ({ wire }: Written): WireStruct => wire.header.platform_info as WireStruct;

  it("hold the configuration space of PCI in the part of x86 before November 2016", () => {
    const written = platform({ pci_mmconfig_base: 5n, pci_mmconfig_end_bus: 6 }, "r0.30", 0);
    expect(written.lost).to.deep.equal([]);
    expect(of(written).x86).to.include({ mmconfig_base: 5n, mmconfig_end_bus: 6 });
    expect(platform({ pci_mmconfig_base: 5n }, "r0.45", 2).lost).to.deep.equal([]);
    expect(platform({ pci_mmconfig_base: 5n }, "r0.43", 2).lost).to.deep.equal([
      "platform.pciMmconfigBase: no-field",
    ]);
    expect(platform({ pci_domain: 1, pci_is_virtual: 1 }, "r0.30", 0).lost).to.deep.equal([
      "platform.pciIsVirtual: no-field",
      "platform.pciDomain: no-field",
    ]);
  });

  it("hold the interrupt limit of VT-d in the system before", () => {
    const written = platform({ x86: { vtd_interrupt_limit: 256 } }, "r0.30", 0);
    expect(written.lost).to.deep.equal([]);
    expect(written.wire.header.interrupt_limit).to.equal(256);
  });

  it("know less of GICs", () => {
    const gic = { arm: { gic_version: 3, gicd_base: 1n } };
    expect(platform(gic, "r6", 2).lost).to.deep.equal([]);
    expect(platform(gic, "r5", 2).lost).to.deep.equal(["platform.arm.gicVersion: no-field"]);
    expect(platform(gic, "r0.30", 2).lost).to.deep.equal(["platform.arm: no-field"]);
  });

  it("know less of APICs", () => {
    const apic = { x86: { apic_mode: 1, tsc_khz: 5 } };
    expect(platform(apic, "r3", 0).lost).to.deep.equal(["platform.x86.tscKhz: no-field"]);
    expect(platform(apic, "r2", 0).lost).to.deep.equal([
      "platform.x86.apicMode: no-field",
      "platform.x86.tscKhz: no-field",
    ]);
    expect(platform({}, "r2", 0).lost).to.deep.equal([]);
    expect(platform({ x86: { pm_timer_address: 1 } }, "r0.5", 0).lost).to.deep.equal(["platform: no-field"]);
    expect(platform({}, "r0.5", 0).lost).to.deep.equal([]);
  });

  it("tell IOMMUs apart by what they have where there is no type", () => {
    const units = (list: readonly WireStruct[], to: string, architecture = 0) =>
      platform(
        { iommu_units: [...list, ...Array.from({ length: 8 - list.length }, () => ({}))] },
        to,
        architecture,
      );
    const intel = { type: 2, base: 1n, size: 2 };
    const amd = { type: 1, base: 1n, size: 2, amd: { bdf: 3, features: 4 } };
    const written = units([intel, amd], "r10");
    expect(written.lost).to.deep.equal([]);
    expect(((of(written).x86 as WireStruct).iommu_units as WireStruct[]).slice(0, 2)).to.deep.equal([
      { base: 1n, size: 2, amd_bdf: 0, amd_base_cap: 0, amd_msi_cap: 0, amd_features: 0 },
      { base: 1n, size: 2, amd_bdf: 3, amd_base_cap: 0, amd_msi_cap: 0, amd_features: 4 },
    ]);
    expect(units([{ type: 3, base: 1n }], "r10").lost).to.deep.equal([
      "platform.iommuUnits[0].type: no-field",
    ]);
    expect(units([{ type: 5 }], "r12").lost).to.deep.equal(["platform.iommuUnits[0].type: no-such-name"]);
    expect(units([intel, amd], "r0.30").lost).to.deep.equal([
      "platform.iommuUnits[0].size: no-field",
      "platform.iommuUnits[1].size: no-field",
      "platform.iommuUnits[1].amd: no-field",
    ]);
    expect((of(units([{ ...intel, size: 0 }], "r0.30")).x86 as WireStruct).iommu_base).to.deep.equal([
      1n,
      ...new Array(7).fill(0n),
    ]);
    expect(units([{ type: 3, base: 1n }], "r10", 2).lost).to.deep.equal(["platform.iommuUnits[0]: no-field"]);
    expect(units([{ type: 4, tipvu: { tlb_base: 5n } }], "r12", 2).lost).to.deep.equal([]);
    expect(units([{ type: 4, tipvu: { tlb_base: 5n } }], "r12.5", 2).lost).to.include(
      "platform.iommuUnits[0].tipvu: no-field",
    );
  });

  it("of RISC-V exist in forks only", () => {
    const riscv = system("fork-lfd-v17", {
      header: { architecture: 3, platform_info: { riscv: { irqchip: { type: 1, max_irq: 5 } } } },
    });
    expect(convert(riscv, "r14").lost).to.include("platform.riscv: no-field");
    const written = convert(riscv, "fork-lfd-v18");
    expect(written.lost).to.deep.equal([]);
    expect(((of(written).riscv as WireStruct).irqchip as WireStruct).max_irq).to.equal(5);
  });
});
