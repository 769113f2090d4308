import { errors } from "../core/errno.js";
import { hypercalls } from "../core/hypercall.js";
import { pageSize } from "../core/paging/table-format.js";
import type { GuestCpu } from "../run/guest-cpu.js";
import { makeAccess } from "../trace/make-access.js";
import type { Outcome, Width } from "../trace/trace.js";
import { X86 } from "../x86/x86.js";
import { X86Cpu } from "../x86/x86-cpu.js";
import type { Way } from "./attempts.js";
import type { TrialMachine } from "./trial-machine.js";

type SmallWidth = 1 | 2 | 4;

/** The command port of the keyboard controller: the hypervisor passes on what does not reset the machine. */
const i8042Commands = 0x64;
/** A command of the keyboard controller that does nothing: it reads its own configuration byte. */
const harmless = 0x20n;
const identity = { offset: 0, width: 2, none: 0xffffn } as const;
const command = { offset: 4, width: 2 } as const;
const vector = 0x40;
const sgi = 1;
const ioApic = { data: 0x10, table: 0x10, destination: 0x0100_0000 } as const;
const gic = { firstShared: 32, setEnable: 0x100, clearEnable: 0x180 } as const;

/** Accesses to a port; those that the hypervisor answers by itself reach nothing. */
export function waysToPort(
  machine: TrialMachine,
  cell: number,
  port: number,
  access: "read" | "write",
  width: SmallWidth | null,
  isAnswerEnough: boolean,
): readonly Way[] {
  const { architecture } = machine.hypervisor;
  if (!(architecture instanceof X86)) return [];
  const { ports } = architecture.cell(machine.cellAt(cell));
  const isOpen = isAnswerEnough || !ports.isTrapped(port) || port === i8042Commands;
  const tried: readonly SmallWidth[] =
    width === null ? [1, ...(port === 0xcf8 ? [4 as const] : [])] : [width];
  return tried.map(
    (each): Way => ({
      make: (cpu) => {
        if (access === "read") makeAccess(cpu, { kind: "in", port, width: each }, machine.around);
        else {
          const value = port === i8042Commands ? harmless : 0n;
          makeAccess(cpu, { kind: "out", port, width: each, value }, machine.around);
        }
        return isOpen;
      },
    }),
  );
}

/** What of a configuration space is tried; both ends included. */
interface ConfigBytes {
  readonly from: number;
  readonly to: number;
}

/** A device that is not the cell's reads as all ones. What is written is what was there. */
export function waysToDevice(
  machine: TrialMachine,
  bdf: number,
  access: "read" | "write" | "reach",
  bytes: ConfigBytes | null,
): readonly Way[] {
  const direct = { ...machine.around };
  const kinds = access === "reach" ? (["read", "write"] as const) : [access];
  return kinds.map(
    (kind): Way => ({
      make: (cpu) => {
        const at = (offset: number, width: SmallWidth): Outcome =>
          makeAccess(cpu, { kind: "pci-read", bdf, offset, width }, direct);
        const found = at(identity.offset, identity.width);
        const isThere = found.kind === "value" && found.value !== identity.none;
        const places = bytes === null ? [kind === "read" ? identity : command] : placesOf(bytes);
        return places.every(({ offset, width }) => {
          const value = at(offset, width);
          if (kind === "read") return isThere && value.kind === "value";
          if (value.kind !== "value") return false;
          const written = makeAccess(
            cpu,
            { kind: "pci-write", bdf, offset, width, value: value.value },
            direct,
          );
          return isThere && written.kind === "ok";
        });
      },
    }),
  );
}

/** One access where the bytes are one that there is; else each byte by itself. */
function placesOf({
  from,
  to,
}: ConfigBytes): readonly { readonly offset: number; readonly width: SmallWidth }[] {
  const size = to - from + 1;
  if ((size === 1 || size === 2 || size === 4) && from % size === 0) return [{ offset: from, width: size }];
  return Array.from({ length: size }, (_, index) => ({ offset: from + index, width: 1 as const }));
}

/** Of a pin or a shared interrupt, what the controller keeps of it changes only for its owner. */
export function waysToInterrupt(machine: TrialMachine, cell: number, interrupt: number): readonly Way[] {
  if (machine.setup.architecture !== "x86") return waysToGic(machine, interrupt);
  const chips = machine.configOf(cell).irqchips.map(({ address }) => Number(address));
  return [...new Set(chips)].map(
    (address): Way => ({
      make: (cpu) => {
        const select = (): void => cpu.write32(address, ioApic.table + 2 * interrupt + 1);
        select();
        const kept = cpu.read32(address + ioApic.data);
        const other = (kept ^ ioApic.destination) >>> 0;
        cpu.write32(address + ioApic.data, other);
        const isOwn = cpu.read32(address + ioApic.data) === other;
        if (isOwn) cpu.write32(address + ioApic.data, kept);
        return isOwn;
      },
    }),
  );
}

function waysToGic(machine: TrialMachine, interrupt: number): readonly Way[] {
  const base = Number(machine.config.arm.gicdBase);
  if (interrupt < gic.firstShared) return [{ make: () => true }];
  const word = 4 * Math.floor(interrupt / 32);
  const bit = (1 << (interrupt % 32)) >>> 0;
  return [
    {
      make: (cpu) => {
        const isEnabled = (): boolean => (cpu.read32(base + gic.setEnable + word) & bit) >>> 0 === bit;
        if (isEnabled()) return true;
        cpu.write32(base + gic.setEnable + word, bit);
        const isOwn = isEnabled();
        if (isOwn) cpu.write32(base + gic.clearEnable + word, bit);
        return isOwn;
      },
    },
  ];
}

/** An interrupt that is sent to another CPU, and gets there. */
export function waysToCpu(machine: TrialMachine, target: number): readonly Way[] {
  const interrupt = (cpu: GuestCpu): number => (cpu instanceof X86Cpu ? vector : sgi);
  return [
    {
      make: (cpu) =>
        makeAccess(cpu, { kind: "ipi", cpu: target, vector: interrupt(cpu) }, machine.around).kind === "ok",
    },
  ];
}

const refused = [-errors.EPERM.number, -errors.ENOSYS.number];
/** Calls that change cells, or end the hypervisor. */
const changing: ReadonlySet<number> = new Set([
  hypercalls.disable,
  hypercalls.cellCreate,
  hypercalls.cellStart,
  hypercalls.cellSetLoadable,
  hypercalls.cellDestroy,
]);

/** A call is possible where it is not refused for what it is, whatever it says to its arguments. */
export function waysToCall(code: number, cell: number): readonly Way[] {
  // What a call asks about is the CPU itself: of others, most cells may not ask.
  const make = (cpu: GuestCpu): boolean =>
    !refused.includes(cpu.hypercall(code, code === hypercalls.cpuGetInfo ? cpu.id : 0));
  return [{ make, spoils: cell < 0 && changing.has(code) }];
}

/** An access to memory at an address of the cell: that it is answered is enough. */
export function waysToAddress(
  machine: TrialMachine,
  cell: number,
  address: number,
  access: "read" | "write" | "execute",
  width: Width | null,
): readonly Way[] {
  if (access === "execute") return [{ make: (cpu) => cpu.fetch(address).length > 0 }];
  const { mmio } = machine.cellAt(cell);
  const all: readonly Width[] = [1, 2, 4, 8];
  const tried =
    width === null
      ? all.filter((each) => each === 1 || (address % each === 0 && mmio.find(address, each) !== null))
      : [width];
  return tried.map(
    (each): Way => ({
      make: (cpu) => {
        if (access === "read") makeAccess(cpu, { kind: "read", address, width: each }, machine.around);
        else {
          const value = keptAt(machine, cell, address, each);
          makeAccess(cpu, { kind: "write", address, width: each, value }, machine.around);
        }
        return true;
      },
    }),
  );
}

/** What is in memory there, so that writing it changes nothing; zero for registers. */
function keptAt(machine: TrialMachine, cell: number, address: number, width: Width): bigint {
  const { memory } = machine.simulation.machine;
  const found = machine.hypervisor.architecture.tablesOf(machine.cellAt(cell)).translate(address);
  if (found === null || !memory.isMemory(Math.floor(found.physical / pageSize))) return 0n;
  return memory.read(found.physical, width);
}
