import { isStruct, type WireStruct } from "../../../schema/codec/wire.js";
import type { StructLayout } from "../../../schema/layout/types.js";
import { isNeutral } from "../../ir/names.js";
import type { ArmPlatform, Platform, X86Platform } from "../../ir/platform.js";
import { iommuLines } from "./iommu-lines.js";
import { type Line, line } from "./lines.js";
import { inside, type RawPlace, rawFields, rawPlace, rawRest, rawStruct } from "./raw.js";
import { address, count } from "./text.js";
import { choiceWord } from "./words.js";

/** `platform_info`: what the system says about the machine. */

/** A member and its value on the wire. */
interface Member {
  readonly struct: WireStruct;
  readonly place: RawPlace;
}

export interface PlatformLines {
  readonly lines: readonly Line[];
  /** What no statement can say, for the end of the system. */
  readonly raw: readonly Line[];
}

/** @param header the `jailhouse_system` on the wire */
export function platformLines(platform: Platform, header: WireStruct, layout: StructLayout): PlatformLines {
  const system: Member = { struct: header, place: rawPlace(layout) };
  const info = member(system, "platform_info")!;
  const x86 = member(info, "x86");
  const arm = member(info, "arm");
  const riscv = member(info, "riscv");
  const pci = pciLines(platform, info, x86);
  const ofX86 = platform.x86 === null ? nothing : x86Lines(platform.x86, platform, x86!);
  const ofArm = platform.arm === null ? nothing : gicLines(platform.arm, arm!);
  const holder = [info, x86, arm].find((each) => each?.struct.iommu_units !== undefined);
  const units = iommuLines(platform.iommuUnits, holder);
  return {
    lines: [...pci.lines, ...units, ...limitOutsideOfX86(platform, x86), ...ofX86.lines, ...ofArm.lines],
    raw: [
      ...pci.raw,
      ...ofX86.raw,
      ...ofArm.raw,
      ...(riscv === undefined ? [] : rawStruct(riscv.struct, riscv.place)),
      ...rawRest(platform, info.place),
    ],
  };
}

const nothing: PlatformLines = { lines: [], raw: [] };

function member({ struct, place }: Member, name: string): Member | undefined {
  const value = struct[name];
  const inner = inside(place, name);
  return isStruct(value) && inner !== undefined ? { struct: value, place: inner } : undefined;
}

function pciLines(platform: Platform, info: Member, x86: Member | undefined): PlatformLines {
  const {
    pciMmconfigBase: base,
    pciMmconfigEndBus: last,
    pciIsVirtual: virtual,
    pciDomain: domain,
  } = platform;
  const raw: Line[] = [];
  if (virtual > 1) raw.push(...rawFields(info.struct, ["pci_is_virtual"], info.place));
  if (base === 0n && last === 0 && virtual === 0 && domain === 0) return { lines: [], raw };
  const words = [virtual === 1 ? "pci virtual mmconfig" : "pci mmconfig", `at ${address(base)}`];
  if (virtual !== 1) words.push(`buses 0-${last}`);
  else if (last !== 0) {
    for (const holder of [info, x86])
      if (holder !== undefined)
        raw.push(...rawFields(holder.struct, ["pci_mmconfig_end_bus", "mmconfig_end_bus"], holder.place));
  }
  if (virtual === 1) words.push(`domain ${domain === 0xffff ? "auto" : domain}`);
  else if (domain !== 0) raw.push(...rawFields(info.struct, ["pci_domain"], info.place));
  return { lines: [line(words.join(" "))], raw };
}

function x86Lines(
  x86: X86Platform,
  { vtdInterruptLimit: limit }: Platform,
  { struct, place }: Member,
): PlatformLines {
  const block: Line[] = [];
  const raw: Line[] = [];
  if (x86.pmTimerAddress !== 0) block.push(line(`pm-timer ${address(x86.pmTimerAddress)}`));
  if (struct.vtd_interrupt_limit !== undefined && limit !== 0)
    block.push(line(`vtd-interrupt-limit ${count(limit)}`));
  const mode = choiceWord(x86.apicMode, "apicModes");
  if (mode !== undefined && !isNeutral(x86.apicMode)) block.push(line(`apic-mode ${mode}`));
  else if (!isNeutral(x86.apicMode)) raw.push(...rawFields(struct, ["apic_mode"], place));
  if (x86.tscKhz !== 0) block.push(line(`tsc-khz ${x86.tscKhz}`));
  if (x86.apicKhz !== 0) block.push(line(`apic-khz ${x86.apicKhz}`));
  return { lines: block.length === 0 ? [] : [line("x86", block)], raw: [...raw, ...rawRest(x86, place)] };
}

/** From August 2014 to late 2016 the limit was a field of the system. */
function limitOutsideOfX86({ vtdInterruptLimit }: Platform, x86: Member | undefined): readonly Line[] {
  if (vtdInterruptLimit === 0 || x86?.struct.vtd_interrupt_limit !== undefined) return [];
  return [line(`interrupt-limit ${count(vtdInterruptLimit)}`)];
}

function gicLines(arm: ArmPlatform, { struct, place }: Member): PlatformLines {
  const known = arm.gicVersion === 2 || arm.gicVersion === 3;
  const raw: Line[] = known || arm.gicVersion === 0 ? [] : [...rawFields(struct, ["gic_version"], place)];
  const bases = [
    ["gicd", arm.gicdBase],
    ["gicc", arm.giccBase],
    ["gich", arm.gichBase],
    ["gicv", arm.gicvBase],
    ["gicr", arm.gicrBase],
  ] as const;
  const block = bases
    .filter(([, base]) => base !== 0n)
    .map(([word, base]) => line(`${word} ${address(base)}`));
  if (arm.maintenanceIrq !== 0) block.push(line(`maintenance-irq ${arm.maintenanceIrq}`));
  raw.push(...rawRest(arm, place));
  if (block.length === 0)
    return { lines: [], raw: [...(known ? rawFields(struct, ["gic_version"], place) : []), ...raw] };
  return { lines: [line(known ? `gic v${arm.gicVersion}` : "gic", block)], raw };
}
