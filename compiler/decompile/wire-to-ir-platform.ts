import type { IrNode } from "../ir/node.js";
import type {
  AmdIommu,
  ArmPlatform,
  IommuUnit,
  Platform,
  RiscvIrqchip,
  RiscvPlatform,
  TiPvuIommu,
  X86Platform,
} from "../ir/platform.js";
import { isZero, PlacedOrigins, type StructReader } from "./wire-to-ir-reader.js";

/** @param system the enclosing struct: it held the interrupt limit from August 2014 to late 2016 */
export function readPlatform(reader: StructReader, system: StructReader): Platform {
  const x86 = reader.struct("x86", "x86");
  const arm = reader.struct("arm", "arm");
  const riscv = reader.struct("riscv", "riscv");
  const generic = reader.nameOf(["pci_mmconfig_base"]) !== undefined || x86 === undefined;
  const pci = generic ? reader : x86;
  const platform = {
    pciMmconfigBase: pci.bigint("pciMmconfigBase", "pci_mmconfig_base", "mmconfig_base"),
    pciMmconfigEndBus: pci.number("pciMmconfigEndBus", "pci_mmconfig_end_bus", "mmconfig_end_bus"),
    pciIsVirtual: reader.number("pciIsVirtual", "pci_is_virtual"),
    pciDomain: reader.number("pciDomain", "pci_domain"),
    vtdInterruptLimit: readInterruptLimit(reader, system, x86),
    iommuUnits: readIommuUnits(reader, x86 ?? arm),
    x86: x86 === undefined ? null : readX86(x86),
    arm: arm === undefined ? null : readArm(arm),
    riscv: riscv === undefined ? null : readRiscv(riscv),
  };
  if (!generic) {
    reader.place("pciMmconfigBase", x86.placeOf("mmconfig_base"));
    reader.place("pciMmconfigEndBus", x86.placeOf("mmconfig_end_bus"));
  }
  return { ...platform, ...reader.finish() };
}

function readInterruptLimit(
  reader: StructReader,
  system: StructReader,
  x86: StructReader | undefined,
): number {
  const holder = system.nameOf(["interrupt_limit"]) !== undefined ? system : x86;
  if (holder === undefined) return 0;
  reader.place(
    "vtdInterruptLimit",
    holder.placeOf("interrupt_limit") ?? holder.placeOf("vtd_interrupt_limit"),
  );
  return holder.number("vtdInterruptLimit", "interrupt_limit", "vtd_interrupt_limit");
}

/** Up to the last unit that is not all zero. */
function readIommuUnits(reader: StructReader, machine: StructReader | undefined): readonly IommuUnit[] {
  const holder = reader.nameOf(["iommu_units"]) !== undefined ? reader : machine;
  if (holder === undefined) return [];
  reader.place(
    "iommuUnits",
    (["iommu_units", ...addressOnly] as const).map((name) => holder.placeOf(name)).find(Boolean),
  );
  const units =
    holder.nameOf(["iommu_units"]) !== undefined
      ? holder.structs("iommuUnits", "iommu_units").map(readIommuUnit)
      : readAddresses(holder);
  const used = units.findLastIndex((unit) => !isUnused(unit));
  return units.slice(0, used + 1);
}

function isUnused(unit: IommuUnit): boolean {
  const { type, base, size, amd, tipvu, extra, residue } = unit;
  const plain = typeof type === "number" && type === 0 && base === 0n && size === 0n && tipvu === null;
  const nothingElse = Object.keys(extra).length === 0 && residue.length === 0;
  return plain && nothingElse && (amd === null || isUnusedAmd(amd));
}

function isUnusedAmd({ bdf, baseCap, msiCap, features, extra, residue }: AmdIommu): boolean {
  return (
    bdf === 0 &&
    baseCap === 0 &&
    msiCap === 0 &&
    features === 0 &&
    Object.keys(extra).length === 0 &&
    residue.length === 0
  );
}

/** Until early 2016 a unit was just an address, under two names in turn. */
const addressOnly = ["iommu_base", "dmar_unit_base"] as const;

function readAddresses(holder: StructReader): readonly IommuUnit[] {
  const name = holder.nameOf(addressOnly);
  if (name === undefined) return [];
  const [start] = holder.placeOf(name)!;
  const bases = holder.bigints("iommuUnits", name);
  return bases.map((base, index) => {
    const place = [start + index * 8, 8] as const;
    const origins = new PlacedOrigins(holder.context.originOf, place, new Map([["base", place]]));
    const type = base === 0n ? 0 : "JAILHOUSE_IOMMU_INTEL";
    return { type, base, size: 0n, amd: null, tipvu: null, origins, extra: {}, residue: [] };
  });
}

function readIommuUnit(reader: StructReader): IommuUnit {
  const base = reader.bigint("base", "base");
  const size = reader.bigint("size", "size");
  const amd = readAmd(reader);
  const tipvu = reader.struct("tipvu", "tipvu");
  return {
    type: iommuType(reader, base, amd),
    base,
    size,
    amd,
    tipvu: tipvu === undefined ? null : readTiPvu(tipvu),
    ...reader.finish(),
  };
}

function iommuType(reader: StructReader, base: bigint, amd: AmdIommu | null): IommuUnit["type"] {
  if (reader.nameOf(["type"]) !== undefined) {
    const type = reader.choice("type", "iommuTypes", "type");
    // A fork counts its types from 0; a unit in which all is zero is unused there too.
    return isZero(reader.value) ? 0 : type;
  }
  if (amd !== null && !isUnusedAmd(amd)) return "JAILHOUSE_IOMMU_AMD";
  return base === 0n ? 0 : "JAILHOUSE_IOMMU_INTEL";
}

function readAmd(reader: StructReader): AmdIommu | null {
  const nested = reader.struct("amd", "amd");
  if (nested !== undefined) {
    const amd = {
      bdf: nested.number("bdf", "bdf"),
      baseCap: nested.number("baseCap", "base_cap"),
      msiCap: nested.number("msiCap", "msi_cap"),
      features: nested.number("features", "features"),
    };
    return { ...amd, ...nested.finish() };
  }
  if (reader.nameOf(["amd_bdf"]) === undefined) return null;
  const names = {
    bdf: "amd_bdf",
    baseCap: "amd_base_cap",
    msiCap: "amd_msi_cap",
    features: "amd_features",
  } as const;
  const places = new Map(
    Object.entries(names).map(([field, name]) => [field, reader.placeOf(name)!] as const),
  );
  const amd: Omit<AmdIommu, keyof IrNode> = {
    bdf: reader.number("amd", names.bdf),
    baseCap: reader.number("amd", names.baseCap),
    msiCap: reader.number("amd", names.msiCap),
    features: reader.number("amd", names.features),
  };
  const origins = new PlacedOrigins(reader.context.originOf, [reader.at, reader.layout.size], places);
  return { ...amd, origins, extra: {}, residue: [] };
}

function readTiPvu(reader: StructReader): TiPvuIommu {
  const tipvu = {
    tlbBase: reader.bigint("tlbBase", "tlb_base"),
    tlbSize: reader.number("tlbSize", "tlb_size"),
  };
  return { ...tipvu, ...reader.finish() };
}

function readX86(reader: StructReader): X86Platform {
  const x86 = {
    pmTimerAddress: reader.number("pmTimerAddress", "pm_timer_address"),
    apicMode: reader.choice("apicMode", "apicModes", "apic_mode"),
    tscKhz: reader.number("tscKhz", "tsc_khz"),
    apicKhz: reader.number("apicKhz", "apic_khz"),
  };
  return { ...x86, ...reader.finish() };
}

function readArm(reader: StructReader): ArmPlatform {
  const arm = {
    maintenanceIrq: reader.number("maintenanceIrq", "maintenance_irq"),
    gicVersion: reader.number("gicVersion", "gic_version"),
    gicdBase: reader.bigint("gicdBase", "gicd_base"),
    giccBase: reader.bigint("giccBase", "gicc_base"),
    gichBase: reader.bigint("gichBase", "gich_base"),
    gicvBase: reader.bigint("gicvBase", "gicv_base"),
    gicrBase: reader.bigint("gicrBase", "gicr_base"),
  };
  return { ...arm, ...reader.finish() };
}

function readRiscv(reader: StructReader): RiscvPlatform {
  const timebaseFrequency = reader.bigint("timebaseFrequency", "timebase_frequency");
  const irqchip = readRiscvIrqchip(reader.wholeStruct("irqchip", "irqchip", "plic"));
  return { timebaseFrequency, irqchip, ...reader.finish() };
}

function readRiscvIrqchip(reader: StructReader): RiscvIrqchip {
  const irqchip = {
    type: reader.choice("type", "riscvIrqchips", "type"),
    baseAddress: reader.bigint("baseAddress", "base_address"),
    size: reader.bigint("size", "size"),
    maxIrq: reader.number("maxIrq", "max_irq"),
    maxPriority: reader.number("maxPriority", "max_priority"),
    imsicStride: reader.number("imsicStride", "imsic_stride"),
    imsicBase: reader.bigint("imsicBase", "imsic_base"),
    imsicSize: reader.bigint("imsicSize", "imsic_size"),
    hartToContext: reader.numbers("hartToContext", "hart_to_context"),
  };
  return { ...irqchip, ...reader.finish() };
}
