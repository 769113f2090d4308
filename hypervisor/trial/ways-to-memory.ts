import { pciTypes } from "../core/config/cell-config.js";
import type { PageTables } from "../core/paging/page-tables.js";
import { pageSize } from "../core/paging/table-format.js";
import { functionsOf } from "../core/pci/pci-function.js";
import type { GuestCpu } from "../run/guest-cpu.js";
import { makeAccess } from "../trace/make-access.js";
import type { Width } from "../trace/trace.js";
import { X86 } from "../x86/x86.js";
import type { Way } from "./attempts.js";
import type { TrialAccess } from "./request.js";
import type { TrialMachine } from "./trial-machine.js";

const widths: readonly Width[] = [1, 2, 4, 8];
/** What a CPU can name at all. */
const mostAddress = 2 ** 48;
/** Devices of one cell share their tables: so many are tried. */
const mostDevices = 4;
/** Planted into memory, one after the other: what is read is then no accident. */
const marks = [0xa5, 0x3c];

/**
 * Ways in which a cell could reach a byte of physical memory: wherever its page tables or the regions of its config lead to
 * it, at the same address, and by devices. A way has gone through where the very byte was read or written.
 */
export function waysToPhysical(
  machine: TrialMachine,
  cell: number,
  physical: bigint,
  access: TrialAccess,
): readonly Way[] {
  if (physical >= BigInt(mostAddress)) return [];
  const place = Number(physical);
  const kinds = access === "reach" ? (["read", "write", "execute"] as const) : [access];
  return kinds.flatMap((kind): readonly Way[] => {
    const byCpu = addressesOf(machine, cell, place).flatMap((address) =>
      waysAt(machine, cell, address, place, kind),
    );
    return kind === "execute" ? byCpu : [...byCpu, ...byDevices(machine, cell, place, kind)];
  });
}

/** Where a cell could see a byte. */
function addressesOf(machine: TrialMachine, cell: number, physical: number): readonly number[] {
  const { architecture } = machine.hypervisor;
  const own = machine.cellAt(cell);
  const { memoryRegions } = machine.configOf(cell);
  const byRegions = memoryRegions.flatMap(({ physStart, virtStart, size }) => {
    const offset = BigInt(physical) - physStart;
    return offset >= 0n && offset < size ? [Number(virtStart + offset)] : [];
  });
  const byTables = pagesTo(architecture.tablesOf(own), physical);
  return [...new Set([...byTables, ...byRegions, physical])].filter((address) => address < mostAddress);
}

/** Addresses that tables lead to a byte from. */
function pagesTo(tables: PageTables, physical: number): readonly number[] {
  const found: number[] = [];
  for (const { virtual, size, physical: start } of tables.pages())
    if (physical >= start && physical < start + size) found.push(virtual + (physical - start));
  return found;
}

/** Where nothing is trapped, all widths are alike. */
function widthsAt(machine: TrialMachine, cell: number, address: number): readonly Width[] {
  const { mmio } = machine.cellAt(cell);
  return widths.filter((width) => width === 1 || mmio.find(address - (address % width), 1) !== null);
}

function waysAt(
  machine: TrialMachine,
  cell: number,
  address: number,
  physical: number,
  access: "read" | "write" | "execute" | "call",
): readonly Way[] {
  const tables = machine.hypervisor.architecture.tablesOf(machine.cellAt(cell));
  const leads = tables.translate(address)?.physical === physical;
  if (access === "execute") return [{ make: (cpu) => leads && cpu.fetch(address).length > 0 }];
  return widthsAt(machine, cell, address).map((width): Way => {
    const start = address - (address % width);
    const byte = address % width;
    const act = access === "read" ? readsByte : writesByte;
    return { make: (cpu) => act(machine, cpu, { start, width, byte, physical, leads }) };
  });
}

interface ByteAccess {
  /** Of the access, as the cell has it. */
  readonly start: number;
  readonly width: Width;
  /** Place of the byte within the access. */
  readonly byte: number;
  readonly physical: number;
  /** The page tables lead to it. */
  readonly leads: boolean;
}

function isRam(machine: TrialMachine, physical: number): boolean {
  return machine.simulation.machine.memory.isMemory(Math.floor(physical / pageSize));
}

function readsByte(machine: TrialMachine, cpu: GuestCpu, access: ByteAccess): boolean {
  const { memory } = machine.simulation.machine;
  const { start: address, width, byte, physical, leads } = access;
  const read = (): number => {
    const outcome = makeAccess(cpu, { kind: "read", address, width }, machine.around);
    return outcome.kind === "value" ? Number((outcome.value >> BigInt(8 * byte)) & 0xffn) : -1;
  };
  if (!isRam(machine, physical)) {
    read();
    return leads || passesThrough(machine, cpu, address);
  }
  const [kept] = memory.readBytes(physical, 1);
  try {
    return marks.every((mark) => {
      memory.writeBytes(physical, Uint8Array.of(mark));
      return read() === mark;
    });
  } finally {
    memory.writeBytes(physical, Uint8Array.of(kept!));
  }
}

function writesByte(machine: TrialMachine, cpu: GuestCpu, access: ByteAccess): boolean {
  const { memory } = machine.simulation.machine;
  const { start: address, width, byte, physical, leads } = access;
  const write = (mark: number): void => {
    const value = BigInt(mark) << BigInt(8 * byte);
    makeAccess(cpu, { kind: "write", address, width, value }, machine.around);
  };
  if (!isRam(machine, physical)) {
    write(0);
    return leads || passesThrough(machine, cpu, address);
  }
  const first = physical - byte;
  const kept = Uint8Array.from(memory.readBytes(first, width));
  try {
    return marks.every((mark) => {
      write(mark);
      return memory.readBytes(physical, 1)[0] === mark;
    });
  } finally {
    memory.writeBytes(first, kept);
  }
}

/** A trapped region that lets accesses to registers through, and does not answer them by itself. */
function passesThrough(machine: TrialMachine, cpu: GuestCpu, address: number): boolean {
  const { mmio } = machine.hypervisor.cpu(cpu.id).cell!;
  const found = mmio.find(address, 1);
  return found !== null && ["subpage", "msix"].includes(mmio.regions[found]!.handler.kind);
}

/** Devices that the cell has, through the IOMMU. */
function byDevices(
  machine: TrialMachine,
  cell: number,
  physical: number,
  access: "read" | "write" | "call",
): readonly Way[] {
  const own = machine.cellAt(cell);
  const { architecture } = machine.hypervisor;
  if (!(architecture instanceof X86)) return [];
  const tables = architecture.cell(own).dmaTables ?? architecture.tablesOf(own);
  const addresses = [...new Set([...pagesTo(tables, physical), physical])].filter(
    (each) => each < mostAddress,
  );
  return functionsOf(own)
    .filter(({ owner, info }) => owner === own && info.type !== pciTypes.ivshmem)
    .slice(0, mostDevices)
    .flatMap(({ info: { bdf } }) =>
      addresses.map(
        (address): Way => ({ make: (cpu) => deviceReaches(machine, cpu, bdf, address, physical, access) }),
      ),
    );
}

function deviceReaches(
  machine: TrialMachine,
  cpu: GuestCpu,
  bdf: number,
  address: number,
  physical: number,
  access: "read" | "write" | "call",
): boolean {
  const { memory } = machine.simulation.machine;
  if (!isRam(machine, physical)) return access === "read" ? cpu.dmaRead(bdf, address, 1) !== null : false;
  const [kept] = memory.readBytes(physical, 1);
  try {
    return marks.every((mark) => {
      if (access === "write")
        return cpu.dmaWrite(bdf, address, Uint8Array.of(mark)) && memory.readBytes(physical, 1)[0] === mark;
      memory.writeBytes(physical, Uint8Array.of(mark));
      return cpu.dmaRead(bdf, address, 1)?.[0] === mark;
    });
  } finally {
    memory.writeBytes(physical, Uint8Array.of(kept!));
  }
}
