import { readCellConfig } from "../../../hypervisor/core/config/read-config.js";
import { dispatch } from "../../../hypervisor/core/mmio/dispatch.js";
import type { MmioAnswer } from "../../../hypervisor/core/mmio/mmio-access.js";
import type { Vendor } from "../../../hypervisor/machine/machine.js";
import type { PciConfigSpace } from "../../../hypervisor/machine/pci-bus.js";
import type { AccessSize } from "../../../hypervisor/machine/physical-memory.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { X86Machine } from "../recorded/x86-machine.js";

/** A change of a device's entry in the config of the system: its index, the byte in the entry, what stands there then. */
export type DevicePatch = readonly [device: number, offset: number, bytes: readonly number[]];

export interface DeviceMachineOptions {
  readonly vendor?: Vendor;
  readonly cells?: readonly string[];
  readonly patches?: readonly DevicePatch[];
  readonly usesX2apic?: boolean;
  /** Last bus that MMCONFIG reaches. */
  readonly endBus?: number;
}

export interface SentInterrupt {
  readonly destination: number;
  readonly vector: number;
  readonly command: number;
}

const rootCell = 356;
const entrySize = 56;
const endBusPlace = 84;
/** Counts of a cell's header: CPUs, memory, caches, I/O APICs, ports; and the sizes of their entries. */
const tablesBefore = [
  [48, 1],
  [52, 32],
  [56, 12],
  [60, 32],
  [64, 4],
] as const;

/** QEMU's PC, with chosen cells created, and what its devices have sent. */
export class DeviceMachine {
  readonly machine: X86Machine;
  readonly sent: SentInterrupt[] = [];
  private readonly files: readonly Uint8Array[];

  constructor({
    vendor = "intel",
    cells = [],
    patches = [],
    usesX2apic,
    endBus = 0xff,
  }: DeviceMachineOptions = {}) {
    this.files = cells.map((name) => baseConfigs().get(name)!);
    const system = patched(baseConfigs().get(vendor === "amd" ? "amd" : "qemu-x86")!, patches);
    system[endBusPlace] = endBus;
    this.machine = new X86Machine(system, {
      vendor,
      cells: this.files.map((bytes) => readCellConfig(bytes, builtInProfiles.profile("r14.1"))),
      ...(usesX2apic === undefined ? {} : { usesX2apic }),
    });
    this.machine.hypervisor.machine.interrupts.attach({
      send: (destination, vector, command) => this.sent.push({ destination, vector, command }),
      setPending: () => {},
    });
  }

  /** Enables the hypervisor and creates the cells; what was sent until then is forgotten. */
  begin(): this {
    this.machine.enable();
    for (const [index, bytes] of this.files.entries()) {
      const result = this.machine.create(bytes, index + 1);
      if (result !== 0) throw new Error(`cell ${index + 1} is refused: ${result}`);
    }
    this.sent.length = 0;
    this.machine.takeLines();
    return this;
  }

  /** Configuration space in hardware. */
  space(bdf: number): PciConfigSpace {
    return this.machine.hypervisor.machine.pci.at(bdf)!;
  }

  config(
    cell: number,
    bdf: number,
    register: number,
    size: AccessSize,
    written: number | null = null,
  ): MmioAnswer {
    const base = Number(this.machine.hypervisor.config.pciMmconfigBase);
    return this.memory(cell, base + 4096 * bdf + register, size, written);
  }

  /** An access of a cell's first CPU to something that is trapped. */
  memory(cell: number, address: number, size: AccessSize, written: number | null = null): MmioAnswer {
    const owner = this.machine.hypervisor.allCells[cell]!;
    const value = written === null ? null : BigInt(written);
    const answer = dispatch(owner, [...owner.cpus][0]!, address, size, value);
    if (answer === "unhandled") throw new Error(`nothing answers at ${address.toString(16)}`);
    return answer;
  }
}

function patched(system: Uint8Array, patches: readonly DevicePatch[]): Uint8Array {
  const bytes = Uint8Array.from(system);
  const view = new DataView(bytes.buffer);
  let table = rootCell + 132;
  for (const [count, size] of tablesBefore) table += view.getUint32(rootCell + count, true) * size;
  for (const [device, offset, values] of patches) bytes.set(values, table + device * entrySize + offset);
  return bytes;
}
