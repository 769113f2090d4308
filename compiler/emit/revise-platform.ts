import type { PlatformFamily } from "../../schema/codec/union-views.js";
import type { WireStruct } from "../../schema/codec/wire.js";
import { impliedOrigins, plainNode } from "../ir/node.js";
import type {
  AmdIommu,
  ArmPlatform,
  IommuUnit,
  Platform,
  RiscvPlatform,
  X86Platform,
} from "../ir/platform.js";
import { saysNothing } from "../ir/says-nothing.js";
import { StructWriter } from "./ir-to-wire-writer.js";

/** @param system the enclosing struct, which held the interrupt limit from August 2014 to late 2016 */
export function writePlatform(writer: StructWriter, system: StructWriter, platform: Platform): WireStruct {
  const member = memberOf(writer, platform);
  const machine = member === null ? undefined : writer.struct(member, member)?.writer;
  const generic =
    writer.has("pci_mmconfig_base") || machine?.has("mmconfig_base") !== true ? writer : machine;
  generic.integer("pciMmconfigBase", platform.pciMmconfigBase, "pci_mmconfig_base", "mmconfig_base");
  generic.integer(
    "pciMmconfigEndBus",
    platform.pciMmconfigEndBus,
    "pci_mmconfig_end_bus",
    "mmconfig_end_bus",
  );
  writer.integer("pciIsVirtual", platform.pciIsVirtual, "pci_is_virtual");
  writer.integer("pciDomain", platform.pciDomain, "pci_domain");
  const limit = system.has("interrupt_limit") ? system : (machine ?? writer);
  limit.integer("vtdInterruptLimit", platform.vtdInterruptLimit, "interrupt_limit", "vtd_interrupt_limit");
  writeIommuUnits(writer, machine, platform.iommuUnits);
  if (member !== null && machine !== undefined) writer.set(member, writeMember(machine, member, platform));
  for (const family of families) {
    const other = platform[family];
    if (family === member || other === null || saysNothing(other)) continue;
    writer.lose("no-field", family, `platform data of ${family}`, writer.lacks([family]));
  }
  return writer.finish(platform);
}

const families = ["x86", "arm", "riscv"] as const satisfies readonly PlatformFamily[];

/** The member of the union to write: the one that was read, or the one of the machine's family. */
function memberOf(writer: StructWriter, platform: Platform): PlatformFamily | null {
  const { same, family } = writer.context;
  const given = families.filter((name) => platform[name] !== null && writer.has(name));
  if (same) return given[0] ?? null;
  if (family !== null && writer.has(family)) return family;
  return writer.layout.overlapping ? null : (given[0] ?? families.find((name) => writer.has(name)) ?? null);
}

function writeMember(writer: StructWriter, member: PlatformFamily, platform: Platform): WireStruct {
  const given = platform[member];
  if (given === null) return finishEmpty(writer);
  if (member === "x86") return writeX86(writer, given as X86Platform);
  return member === "arm"
    ? writeArm(writer, given as ArmPlatform)
    : writeRiscv(writer, given as RiscvPlatform);
}

function finishEmpty(writer: StructWriter): WireStruct {
  return writer.finish(plainNode(impliedOrigins("left out")));
}

function writeX86(writer: StructWriter, x86: X86Platform): WireStruct {
  writer.integer("pmTimerAddress", x86.pmTimerAddress, "pm_timer_address");
  writer.choice("apicMode", x86.apicMode, "apicModes", "apic_mode");
  writer.integer("tscKhz", x86.tscKhz, "tsc_khz");
  writer.integer("apicKhz", x86.apicKhz, "apic_khz");
  return writer.finish(x86);
}

function writeArm(writer: StructWriter, arm: ArmPlatform): WireStruct {
  writer.integer("maintenanceIrq", arm.maintenanceIrq, "maintenance_irq");
  writer.integer("gicVersion", arm.gicVersion, "gic_version");
  writer.integer("gicdBase", arm.gicdBase, "gicd_base");
  writer.integer("giccBase", arm.giccBase, "gicc_base");
  writer.integer("gichBase", arm.gichBase, "gich_base");
  writer.integer("gicvBase", arm.gicvBase, "gicv_base");
  writer.integer("gicrBase", arm.gicrBase, "gicr_base");
  return writer.finish(arm);
}

function writeRiscv(writer: StructWriter, riscv: RiscvPlatform): WireStruct {
  writer.integer("timebaseFrequency", riscv.timebaseFrequency, "timebase_frequency");
  const inner = writer.struct("irqchip", "irqchip", "plic");
  if (inner !== undefined) {
    const { irqchip } = riscv;
    inner.writer.choice("type", irqchip.type, "riscvIrqchips", "type");
    inner.writer.integer("baseAddress", irqchip.baseAddress, "base_address");
    inner.writer.integer("size", irqchip.size, "size");
    inner.writer.integer("maxIrq", irqchip.maxIrq, "max_irq");
    inner.writer.integer("maxPriority", irqchip.maxPriority, "max_priority");
    inner.writer.integer("imsicStride", irqchip.imsicStride, "imsic_stride");
    inner.writer.integer("imsicBase", irqchip.imsicBase, "imsic_base");
    inner.writer.integer("imsicSize", irqchip.imsicSize, "imsic_size");
    inner.writer.integers("hartToContext", irqchip.hartToContext, "hart_to_context");
    writer.set(inner.name, inner.writer.finish(irqchip));
  }
  return writer.finish(riscv);
}

// ---- IOMMUs ---------------------------------------------------------------------------------------------------

function writeIommuUnits(
  writer: StructWriter,
  machine: StructWriter | undefined,
  units: readonly IommuUnit[],
): void {
  const names = ["iommu_units", "iommu_base", "dmar_unit_base"] as const;
  const holder = [writer, machine].find((candidate) => candidate?.fieldOf(names) !== undefined);
  const field = holder?.fieldOf(names);
  if (holder === undefined || field === undefined || field.kind === "struct") {
    units.forEach((unit, index) => {
      if (!saysNothing(unit))
        writer.lose("no-field", `iommuUnits[${index}]`, "IOMMU unit", writer.lacks(names));
    });
    return;
  }
  if (field.kind === "integers") holder.set(field.name, writeAddresses(writer, units, field.length));
  if (field.kind !== "structs") return;
  const elements: WireStruct[] = [];
  for (let index = 0; index < field.length; index++) {
    const unit = units[index];
    const path = `${writer.path}iommuUnits[${index}].`;
    const element = new StructWriter(writer.context, field.layout, path);
    elements.push(unit === undefined ? finishEmpty(element) : writeIommuUnit(element, unit));
  }
  holder.set(field.name, elements);
  loseSurplus(writer, units, field.length);
}

function loseSurplus(writer: StructWriter, units: readonly IommuUnit[], room: number): void {
  for (let index = room; index < units.length; index++) {
    writer.lose("does-not-fit", `iommuUnits[${index}]`, "IOMMU unit", `there is room for ${room}`);
  }
}

/** Until early 2016 a unit was just an address. */
function writeAddresses(writer: StructWriter, units: readonly IommuUnit[], room: number): readonly bigint[] {
  units.forEach((unit, index) => {
    const place = `iommuUnits[${index}].`;
    loseType(writer, unit, place);
    const why = `${writer.context.profile.id} knows only the address of a unit`;
    if (unit.size !== 0n) writer.lose("no-field", `${place}size`, `0x${unit.size.toString(16)}`, why);
    if (unit.amd !== null && !saysNothing(unit.amd))
      writer.lose("no-field", `${place}amd`, "AMD-specific data", why);
    if (unit.tipvu !== null && !saysNothing(unit.tipvu))
      writer.lose("no-field", `${place}tipvu`, "PVU data", why);
    for (const [name] of Object.entries(unit.extra))
      writer.lose("not-modelled", `${place}${name}`, name, why);
    if (unit.residue.length > 0)
      writer.lose("not-modelled", `${place}residue`, "bytes outside of all fields", why);
  });
  loseSurplus(writer, units, room);
  return Array.from({ length: room }, (_, index) => units[index]?.base ?? 0n);
}

/** A type is lost unless a reader of this profile would arrive at the same one (see `IommuUnit`). */
function loseType(writer: StructWriter, unit: IommuUnit, place: string): void {
  const amd = unit.amd !== null && !saysNothing(unit.amd);
  const implied = amd ? "JAILHOUSE_IOMMU_AMD" : unit.base === 0n ? 0 : "JAILHOUSE_IOMMU_INTEL";
  if (unit.type === implied) return;
  const why = `${writer.context.profile.id} has no types of IOMMUs and takes this one for ${implied || "unused"}`;
  writer.lose("no-field", `${place}type`, String(unit.type), why);
}

function writeIommuUnit(writer: StructWriter, unit: IommuUnit): WireStruct {
  if (writer.has("type")) writer.choice("type", unit.type, "iommuTypes", "type");
  else loseType(writer, unit, "");
  writer.integer("base", unit.base, "base");
  writer.integer("size", unit.size, "size");
  if (unit.amd !== null) writeAmd(writer, unit.amd, unit);
  if (unit.tipvu !== null) {
    const inner = writer.struct("tipvu", "tipvu");
    if (inner !== undefined) {
      inner.writer.integer("tlbBase", unit.tipvu.tlbBase, "tlb_base");
      inner.writer.integer("tlbSize", unit.tipvu.tlbSize, "tlb_size");
      writer.set(inner.name, inner.writer.finish(unit.tipvu));
    } else if (!saysNothing(unit.tipvu)) {
      writer.lose("no-field", "tipvu", "PVU data", writer.lacks(["tipvu"]));
    }
  }
  return writer.finish(unit);
}

function writeAmd(writer: StructWriter, amd: AmdIommu, unit: IommuUnit): void {
  const inner = writer.struct("amd", "amd");
  // Where the fields share a union, they show only for units of their type.
  if (inner !== undefined && saysNothing(amd) && unit.type !== "JAILHOUSE_IOMMU_AMD") return;
  const target = inner?.writer ?? writer;
  const place = inner === undefined ? "amd." : "";
  target.integer(`${place}bdf`, amd.bdf, "bdf", "amd_bdf");
  target.integer(`${place}baseCap`, amd.baseCap, "base_cap", "amd_base_cap");
  target.integer(`${place}msiCap`, amd.msiCap, "msi_cap", "amd_msi_cap");
  target.integer(`${place}features`, amd.features, "features", "amd_features");
  if (inner !== undefined) writer.set(inner.name, inner.writer.finish(amd));
}
