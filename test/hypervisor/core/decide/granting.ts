import type { DecidingEntry } from "../../../../hypervisor/core/decide/decision.js";
import type { Violation } from "../../../../hypervisor/core/decide/violation-log.js";
import type { WireStruct, WireTable } from "../../../../schema/codec/wire.js";
import { type Actor, cpusOf, type RandomSet } from "./random-set.js";

/** What flags are in a table, by the names that decisions have. */
const flagValues: Readonly<Record<string, bigint>> = {
  JAILHOUSE_MEM_READ: 0x1n,
  JAILHOUSE_MEM_WRITE: 0x2n,
  JAILHOUSE_MEM_EXECUTE: 0x4n,
  JAILHOUSE_MEM_DMA: 0x8n,
  JAILHOUSE_MEM_IO_UNALIGNED: 0x8000n,
  JAILHOUSE_MEM_IO_8: 0x1_0000n,
  JAILHOUSE_MEM_IO_16: 0x2_0000n,
  JAILHOUSE_MEM_IO_32: 0x4_0000n,
  JAILHOUSE_MEM_IO_64: 0x8_0000n,
};
const virtualConsolePermitted = 0x4000_0000;

export function actorOf({ cell, isRoot }: Pick<DecidingEntry, "cell" | "isRoot">): Actor {
  return isRoot ? "root" : (cell as Actor);
}

/** An entry or the header of the set, changed. */
function withTable(set: RandomSet, actor: Actor, table: string, value: WireTable): RandomSet {
  return { ...set, tables: { ...set.tables, [actor]: { ...set.tables[actor], [table]: value } } };
}

function structsOf(set: RandomSet, actor: Actor, table: string): readonly WireStruct[] {
  return (set.tables[actor][table] ?? []) as readonly WireStruct[];
}

export function withEntry(
  set: RandomSet,
  { cell, isRoot, table, index }: Pick<DecidingEntry, "cell" | "isRoot" | "table" | "index">,
  change: (entry: WireStruct) => WireStruct,
): RandomSet {
  const actor = actorOf({ cell, isRoot });
  const entries = structsOf(set, actor, table);
  return withTable(
    set,
    actor,
    table,
    entries.map((entry, at) => (at === index ? change(entry) : entry)),
  );
}

/** An entry that stands for nothing any more; the others keep their numbers. */
export function withoutEntry(set: RandomSet, entry: DecidingEntry): RandomSet {
  return withEntry(set, entry, (known) => ({ ...known, ...nothing[entry.table] }));
}

const nothing: Readonly<Record<string, WireStruct>> = {
  mem_regions: { size: 0n },
  pio_regions: { length: 0 },
  pci_devices: { bdf: 0xfff8, num_caps: 0, type: 1 },
  pci_caps: { len: 0 },
  irqchips: { pin_bitmap: [0, 0, 0, 0] },
};

/**
 * A set in which the entries that decided say otherwise: what they lack is added, an entry that is not there is made, and what
 * other cells have taken is taken from them. Null where no edit of a set can do that.
 */
export function granting(set: RandomSet, { decision }: Violation): RandomSet | null {
  let edited: RandomSet | null = decision.entries.length === 0 ? null : set;
  for (const entry of decision.entries) {
    if (edited === null) return null;
    edited = entry.role === "lost" ? edited : grantingBy(edited, entry, decision.access);
  }
  return edited;
}

type Access = Violation["decision"]["access"];

function grantingBy(set: RandomSet, entry: DecidingEntry, access: Access): RandomSet | null {
  if (entry.role === "took")
    return entry.table === "cpus" ? withCpu(set, entry) : withoutTaking(set, entry, access);
  switch (entry.table) {
    case "mem_regions":
      return grantingMemory(set, entry, access);
    case "pio_regions":
      return grantingPorts(set, entry, access);
    case "pci_devices":
      return grantingDevice(set, entry, access);
    case "pci_caps":
      return grantingCapability(set, entry, access);
    case "irqchips":
      return withEntry(set, entry, (chip) => ({
        ...chip,
        pin_bitmap: entry.lacks.reduce(
          (words, name) => withPin(words, name),
          chip.pin_bitmap as readonly number[],
        ),
      }));
    case "flags": {
      const actor = actorOf(entry);
      const flags = (set.flags[actor] | virtualConsolePermitted) >>> 0;
      return { ...set, flags: { ...set.flags, [actor]: flags } };
    }
    default:
      return null;
  }
}

/** `pin 5` */
function withPin(words: readonly number[], name: string): readonly number[] {
  const pin = Number(name.split(" ")[1]);
  return words.map((word, index) => (index === pin >> 5 ? (word | (1 << (pin & 31))) >>> 0 : word));
}

/** The CPU that acts for the cell is not asked for: another one is. */
function withCpu(set: RandomSet, entry: DecidingEntry): RandomSet {
  return withTable(set, actorOf(entry), "cpus", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0));
}

function withoutTaking(set: RandomSet, entry: DecidingEntry, access: Access): RandomSet {
  if (access.kind !== "ioapic" || access.pin === null) return withoutEntry(set, entry);
  const { pin } = access;
  return withEntry(set, entry, (chip) => ({
    ...chip,
    pin_bitmap: (chip.pin_bitmap as readonly number[]).map((word, index) =>
      index === pin >> 5 ? (word & ~(1 << (pin & 31))) >>> 0 : word,
    ),
  }));
}

const page = 0x1000;
/** Memory of the root cell that is nobody's. */
const spare = 0x3_0000_0000n;

function grantingMemory(set: RandomSet, entry: DecidingEntry, access: Access): RandomSet | null {
  if (access.kind !== "memory" && access.kind !== "dma") return null;
  const { address } = access;
  if (entry.role === "crossed") {
    const end = BigInt(address + (access.kind === "memory" ? access.size : 1));
    return withEntry(set, entry, (region) => ({ ...region, size: end - (region.virt_start as bigint) }));
  }
  if (entry.role === "absent") {
    const start = BigInt(address - (address % page));
    const actor = actorOf(entry);
    const region = {
      phys_start: entry.isRoot ? start : spare,
      virt_start: start,
      size: BigInt(page),
      flags: access.kind === "dma" ? 0xbn : 0x7n,
    };
    return withTable(set, actor, "mem_regions", [...structsOf(set, actor, "mem_regions"), region]);
  }
  const bits = entry.lacks.reduce((flags, name) => flags | (flagValues[name] ?? 0n), 0n);
  const isMoved = entry.lacks.includes("phys_start");
  return withEntry(set, entry, (region) => ({
    ...region,
    flags: (region.flags as bigint) | bits,
    ...(isMoved
      ? { phys_start: ((region.phys_start as bigint) & ~0xfffn) | ((region.virt_start as bigint) & 0xfffn) }
      : {}),
  }));
}

function grantingPorts(set: RandomSet, entry: DecidingEntry, access: Access): RandomSet | null {
  if (access.kind !== "port") return null;
  const { port, size } = access;
  if (entry.role === "crossed") {
    return withEntry(set, entry, (range) => ({ ...range, length: port + size - Number(range.base) }));
  }
  const actor = actorOf(entry);
  const range = { base: port, length: size };
  return withTable(set, actor, "pio_regions", [...structsOf(set, actor, "pio_regions"), range]);
}

function grantingDevice(set: RandomSet, entry: DecidingEntry, access: Access): RandomSet | null {
  if (access.kind === "message")
    return withEntry(set, entry, (device) => ({ ...device, num_msi_vectors: 32 }));
  if (access.kind !== "pci-config" && access.kind !== "dma") return null;
  if (entry.role === "absent") {
    const actor = actorOf(entry);
    const entries = structsOf(set, actor, "pci_devices");
    const [model] = structsOf(set, "root", "pci_devices");
    const device = { ...model!, bdf: access.bdf, type: 1, num_caps: 0, num_msi_vectors: 0 };
    return withTable(set, actor, "pci_devices", [...entries, device]);
  }
  return withEntry(set, entry, (device) => ({ ...device, bar_mask: new Array<number>(6).fill(0xffff_ffff) }));
}

/** Capabilities of a device stand behind each other: with a new one they all go to the end. */
function grantingCapability(set: RandomSet, entry: DecidingEntry, access: Access): RandomSet | null {
  if (access.kind !== "pci-config") return null;
  if (entry.role === "lacks") return withEntry(set, entry, (known) => ({ ...known, flags: 1 }));
  const actor = actorOf(entry);
  const capabilities = structsOf(set, actor, "pci_caps");
  const devices = structsOf(set, actor, "pci_devices");
  const index = devices.findIndex(({ bdf }) => bdf === access.bdf);
  const { caps_start: start, num_caps: count } = devices[index]!;
  const own = capabilities.slice(Number(start), Number(start) + Number(count));
  const added = { id: 9, start: access.register, len: access.size, flags: 1 };
  const moved = withTable(set, actor, "pci_caps", [...capabilities, ...own, added]);
  return withEntry(moved, { ...entry, table: "pci_devices", index }, (device) => ({
    ...device,
    caps_start: capabilities.length,
    num_caps: own.length + 1,
  }));
}

/** Of the root cell, those that the test's own machine can do without: it keeps configs in memory, and has a card. */
const dispensableOfRoot: ReadonlySet<string> = new Set(["pio_regions", "pci_caps"]);

/** Every entry of the set that can be left out. */
export function entriesOf(set: RandomSet): readonly DecidingEntry[] {
  return (Object.keys(cpusOf) as Actor[]).flatMap((actor) =>
    Object.keys(nothing)
      .filter((table) => actor !== "root" || dispensableOfRoot.has(table))
      .flatMap((table) =>
        structsOf(set, actor, table).map(
          (_, index): DecidingEntry => ({
            cell: actor === "root" ? "QEMU-VM" : actor,
            isRoot: actor === "root",
            table: table as DecidingEntry["table"],
            index,
            role: "has",
            lacks: [],
          }),
        ),
      ),
  );
}
