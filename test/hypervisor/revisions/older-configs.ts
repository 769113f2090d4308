import { wireToIr } from "../../../compiler/decompile/wire-to-ir.js";
import { irToWire } from "../../../compiler/emit/ir-to-wire.js";
import type { Surroundings } from "../../../hypervisor/core/config/as-on-machine.js";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import type { Architecture, Vendor } from "../../../hypervisor/machine/machine.js";
import { type MachineFacts, noFacts } from "../../../hypervisor/simulation/machine-facts.js";
import { decode } from "../../../schema/codec/decode.js";
import { encode } from "../../../schema/codec/encode.js";
import type { ConfigKind, WireConfig, WireStruct } from "../../../schema/codec/wire.js";
import { profileSummaries, resolveProfile } from "../../../schema/layout/resolve.js";
import type { Profile } from "../../../schema/layout/types.js";
import { configsOf } from "../simulation/board-system.js";

export const head = resolveProfile("HEAD")!;

/** All states of upstream's format, in the order of time. */
export const upstream: readonly Profile[] = profileSummaries()
  .filter(({ fork }) => fork === null)
  .map(({ id }) => resolveProfile(id)!);

/** Whether a state comes before another one, both by name. */
export function isBefore({ id }: Profile, other: string): boolean {
  return order.get(id)! < order.get(other)!;
}
const order = new Map(upstream.map(({ id }, index) => [id, index]));

/** A machine with its configs of the last revision. */
export interface Subject {
  readonly name: string;
  readonly architecture: Architecture;
  readonly vendor: Vendor | null;
  readonly system: Uint8Array;
  readonly cells: readonly Uint8Array[];
  /** Where its interrupt controller is: that is what hypervisors were built for. */
  readonly facts: MachineFacts;
}

export function subject(name: string, vendor: Vendor | null = null): Subject {
  const configs = configsOf(name);
  const architecture = (["x86", "arm", "arm64"] as const)[configs.system[5]!]!;
  const { arm } = readSystemConfig(configs.system, head);
  const gic = {
    version: arm.gicVersion === 3 ? (3 as const) : (2 as const),
    distributor: Number(arm.gicdBase),
    redistributors: Number(arm.gicrBase),
    cpuInterface: Number(arm.giccBase),
    hypervisorInterface: Number(arm.gichBase),
    virtualInterface: Number(arm.gicvBase),
    maintenanceIrq: arm.maintenanceIrq,
    sharedInterrupts: null,
  };
  const facts = { ...noFacts, architecture, vendor, ...(architecture === "x86" ? {} : { gic }) };
  return { name, architecture, vendor, ...configs, facts };
}

export function surroundingsOf({ architecture, vendor, facts: { gic } }: Subject): Surroundings {
  const places = gic.distributor === null ? null : { ...gic, distributor: gic.distributor };
  return { architecture, vendor, arm: architecture === "x86" ? null : { places } };
}

/** A config of the last revision as an older one says it, as far as it can. */
export function expressed(bytes: Uint8Array, kind: ConfigKind, profile: Profile, on: Subject): Uint8Array {
  const { architecture } = on;
  const { config } = decode(bytes, head, { kind });
  return encode(irToWire(wireToIr(config), profile, { architecture }).wire);
}

/**
 * A config of an older revision in the last one, by the compiler's conversion, with what hypervisors of the time took for granted
 * said in it.
 */
export function asOfToday(bytes: Uint8Array, kind: ConfigKind, profile: Profile, on: Subject): Uint8Array {
  const { architecture } = on;
  const family = architecture === "x86" ? "x86" : "arm";
  const { config } = decode(bytes, profile, { kind, architecture: family });
  const { wire } = irToWire(wireToIr(config, { family }), head, { architecture });
  const header =
    kind === "system"
      ? saidSystem(wire.header, profile, on, hasLine(wire))
      : saidCell(wire.header, profile, on, hasLine(wire));
  return encode({ ...wire, header, tables: saidTables(wire.tables, profile) });
}

function saidSystem(header: WireStruct, profile: Profile, on: Subject, hasSerialLine: boolean): WireStruct {
  const known = decode(on.system, head, { kind: "system" }).config.header;
  const [platform, told] = [header.platform_info, known.platform_info] as [WireStruct, WireStruct];
  return {
    ...header,
    root_cell: saidCell(header.root_cell as WireStruct, profile, on, hasSerialLine),
    debug_console: saidConsole(header.debug_console as WireStruct, profile, on),
    platform_info: {
      ...platform,
      iommu_units: (platform.iommu_units as readonly WireStruct[]).map((unit) => saidUnit(unit, profile, on)),
      ...(on.architecture === "x86"
        ? { x86: saidX86(platform.x86 as WireStruct, profile) }
        : { arm: saidArm(platform.arm as WireStruct, told.arm as WireStruct, profile) }),
    },
  };
}

function saidX86(x86: WireStruct, profile: Profile): WireStruct {
  return isBefore(profile, "r0.18") ? { ...x86, vtd_interrupt_limit: 4096 } : x86;
}

function saidArm(arm: WireStruct, told: WireStruct, profile: Profile): WireStruct {
  if (isBefore(profile, "r0.42")) return told;
  return isBefore(profile, "r6.1") ? { ...arm, gic_version: told.gic_version! } : arm;
}

/** A port of PCs; on ARM the driver was part of the hypervisor: that of an 8250 stands for all of them. */
function saidConsole(console: WireStruct, profile: Profile, { architecture }: Subject): WireStruct {
  if (architecture === "x86") {
    return isBefore(profile, "r0.35") ? { ...console, address: 0x3f8n, size: 8, type: 2, flags: 0 } : console;
  }
  return isBefore(profile, "r1.2") && console.address !== 0n ? { ...console, type: 2 } : console;
}

function saidUnit(unit: WireStruct, profile: Profile, { vendor }: Subject): WireStruct {
  if (unit.base === 0n) return unit;
  const type = isBefore(profile, "r11.2") && vendor !== null ? { type: vendor === "amd" ? 1 : 2 } : {};
  return { ...unit, ...type, ...(isBefore(profile, "r0.37") ? { size: 0x1000 } : {}) };
}

function saidCell(
  cell: WireStruct,
  profile: Profile,
  { architecture }: Subject,
  hasSerialLine: boolean,
): WireStruct {
  const flags = isBefore(profile, "r0.4") ? { flags: 1 } : {};
  const isReset = architecture === "x86" && isBefore(profile, "r5.1");
  const isPrinting = architecture === "x86" && isBefore(profile, "r10.1") && hasSerialLine;
  const uart = { address: 0x3f8n, size: 8, type: 2, flags: 0 };
  const console = isPrinting ? { console: { ...(cell.console as WireStruct), ...uart } } : {};
  return { ...cell, ...flags, ...console, ...(isReset ? { cpu_reset_address: 0xf_fff0n } : {}) };
}

/** The first serial line of a PC is among the cell's ports. */
function hasLine({ tables }: WireConfig): boolean {
  const ranges = (tables.pio_regions ?? []) as readonly { base: number; length: number }[];
  return ranges.some(({ base, length }) => base <= 0x3f8 && base + length >= 0x400);
}

function saidTables(tables: WireConfig["tables"], profile: Profile): WireConfig["tables"] {
  const devices = (tables.pci_devices ?? []) as readonly WireStruct[];
  const regions = (tables.mem_regions ?? []) as readonly WireStruct[];
  return {
    ...tables,
    ...(isBefore(profile, "r12.13") ? { pci_devices: devices.filter(({ type }) => type !== 3) } : {}),
    ...(isBefore(profile, "r0.7") ? { mem_regions: regions.map(loadableIfWritable) } : {}),
  };
}

function loadableIfWritable(region: WireStruct): WireStruct {
  const flags = region.flags as bigint;
  return (flags & 0x2n) !== 0n && (flags & 0x20n) === 0n ? { ...region, flags: flags | 0x40n } : region;
}
