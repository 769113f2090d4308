import { readCellConfig } from "../../../hypervisor/core/config/read-config.js";
import { dispatch } from "../../../hypervisor/core/mmio/dispatch.js";
import { HypervisorFault, MachineHang } from "../../../hypervisor/core/refusal.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { WireStruct, WireTable } from "../../../schema/codec/wire.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { X86Machine } from "../recorded/x86-machine.js";
import { cellNames, changedCell, withChanges } from "./configs.js";
import type { NaiveCapability, NaiveDevice, NaiveHardware, NaiveSentInterrupt } from "./naive-pci.js";
import type { NaiveMessage } from "./naive-remapping.js";

/** What a config says of devices. */
export interface DeviceTables {
  readonly devices: readonly NaiveDevice[];
  readonly caps: readonly NaiveCapability[];
}

export interface PciSetup {
  readonly vendor: "intel" | "amd";
  readonly usesX2apic: boolean;
  /** Last bus that is seen in memory; null where none is. */
  readonly lastBus: number | null;
  readonly root: DeviceTables;
  readonly cells: readonly DeviceTables[];
}

export const tableSize = 0x1000;
/** After lists of capabilities there are some that say nothing: resets run beyond the end. */
const padding = Array.from({ length: 24 }, () => ({ id: 0, start: 0, len: 0, flags: 0 }));
/** CPUs of the cells; the root cell has the others. */
export const cpusOfCells = [[2], [1, 3]] as const;

export function padded(caps: readonly NaiveCapability[]): readonly NaiveCapability[] {
  return [...caps, ...padding];
}

/** A machine with chosen devices, whose hardware takes all that is written to it. */
export class PciMachine {
  readonly machine: X86Machine;
  readonly sent: NaiveSentInterrupt[] = [];
  /** What the hardware is at first. */
  readonly before: NaiveHardware;
  private readonly files: readonly Uint8Array[];

  constructor(setup: PciSetup) {
    const { vendor, usesX2apic, lastBus, root, cells } = setup;
    const base = baseConfigs().get(vendor === "amd" ? amdSystem : "qemu-x86")!;
    const system = withChanges(base, "system", {
      tables: tablesOf(root),
      platform: { pci_mmconfig_base: lastBus === null ? 0n : mmconfig, pci_mmconfig_end_bus: lastBus ?? 0 },
    });
    this.files = cells.map((cell, index) => {
      const cpus = new Uint8Array(8);
      for (const cpu of cpusOfCells[index]!) cpus[0]! |= 1 << cpu;
      return changedCell(cellNames[index]!, {
        ...tablesOf(cell),
        cpus,
        mem_regions: [subPage],
        irqchips: [],
      });
    });
    const configs = this.files.map((bytes) => readCellConfig(bytes, builtInProfiles.profile("r14.1")));
    this.machine = new X86Machine(system, { vendor, usesX2apic, cells: configs });
    this.machine.hypervisor.machine.interrupts.attach({
      send: (destination, vector) => this.sent.push({ destination, vector }),
      setPending: () => {},
    });
    this.before = this.prepareHardware([root, ...cells]);
    this.machine.enable();
    this.takeLines();
  }

  private prepareHardware(tables: readonly DeviceTables[]): NaiveHardware {
    const { pci, memory } = this.machine.hypervisor.machine;
    const all = tables.flatMap(({ devices }) => devices);
    const spaces = new Map<number, Uint8Array>();
    for (const { bdf } of all) {
      const space = pci.at(bdf)!;
      space.writable.fill(0xff);
      for (let at = 0x10; at < 0x34; at++) space.bytes[at] = (bdf * 7 + at * 13) & 0xff;
      spaces.set(bdf, Uint8Array.from(space.bytes));
    }
    const addresses = all.map(({ msixAddress }) => msixAddress).filter((address) => address !== 0);
    for (const address of addresses) memory.writeBytes(address, new Uint8Array(tableSize));
    return { spaces, tables: new Map(addresses.map((address) => [address, new Uint8Array(tableSize)])) };
  }

  /** @returns null where the hypervisor stops the CPU that calls */
  call(action: "create" | "destroy" | "load" | "start", cell: number): number | null {
    try {
      if (action === "create") return this.machine.create(this.files[cell - 1]!, cell);
      return this.machine[action](cell);
    } catch (error) {
      if (error instanceof MachineHang) return null;
      throw error;
    }
  }

  /** Through memory. @returns what is read, or what came of it */
  throughMemory(cell: number, address: number, size: 1 | 2 | 4 | 8, written: number | null): number | string {
    const owner = this.cellOf(cell);
    try {
      const value = written === null ? null : BigInt(written);
      const answer = dispatch(owner, [...owner.cpus][0]!, address, size, value);
      return typeof answer === "bigint" ? Number(BigInt.asUintN(8 * size, answer)) : answer;
    } catch (error) {
      if (error instanceof HypervisorFault) return "fault";
      throw error;
    }
  }

  /** Through the ports 0xcf8 and 0xcfc. */
  throughPorts(
    cell: number,
    bdf: number,
    register: number,
    size: 1 | 2 | 4,
    written: number | null,
  ): number | string {
    const owner = this.cellOf(cell);
    const { ports } = this.machine.x86;
    const address = BigInt(0x8000_0000 + bdf * 0x100 + (register & 0xfc));
    ports.access(owner, { port: 0xcf8, direction: "write", size: 4, isString: false, rax: address });
    const answer = ports.access(owner, {
      port: 0xcfc + (register & 3),
      direction: written === null ? "read" : "write",
      size,
      isString: false,
      rax: BigInt(written ?? 0),
    });
    if (answer === "denied") return answer;
    return written === null ? Number(BigInt.asUintN(8 * size, answer)) : "done";
  }

  private cellOf(id: number): Parameters<typeof dispatch>[0] {
    return this.machine.hypervisor.allCells.find(({ config }) => config.id === id)!;
  }

  takeLines(): readonly string[] {
    return this.machine.takeLines();
  }

  space(bdf: number): Uint8Array {
    return this.machine.hypervisor.machine.pci.at(bdf)!.bytes;
  }

  table(address: number): Uint8Array {
    return this.machine.hypervisor.machine.memory.readBytes(address, tableSize);
  }

  messageOf(index: number, source: number): NaiveMessage | null {
    const found = this.machine.x86.remapping?.(index, source) ?? null;
    if (found === null) return null;
    const { vector, deliveryMode, isLogical, isLevelTriggered, hasRedirectionHint, destination } = found;
    return {
      vector,
      mode: deliveryMode,
      isLogical,
      isLevel: isLevelTriggered,
      hasHint: hasRedirectionHint,
      destination: destination >>> 0,
    };
  }
}

export const mmconfig = 0xb000_0000n;
/** So that each cell has something that is trapped: without that it could not be there. */
const subPage = { phys_start: 0xfed1_0000n, virt_start: 0xfed1_0000n, size: 0x10n, flags: 0x1_0003n };

function tablesOf({ devices, caps }: DeviceTables): Readonly<Record<string, WireTable>> {
  return {
    pci_devices: devices.map(wireOfDevice),
    pci_caps: padded(caps).map((each): WireStruct => ({ ...each })),
  };
}

function wireOfDevice(device: NaiveDevice): WireStruct {
  const { type, bdf, barMask, capsStart, numCaps, msiVectors, isWide, isMaskable, msixVectors, msixAddress } =
    device;
  return {
    type,
    iommu: 0,
    domain: 0,
    bdf,
    bar_mask: barMask,
    caps_start: capsStart,
    num_caps: numCaps,
    num_msi_vectors: msiVectors,
    msi_64bits: Number(isWide),
    msi_maskable: Number(isMaskable),
    num_msix_vectors: msixVectors,
    msix_region_size: msixAddress === 0 ? 0 : tableSize,
    msix_address: BigInt(msixAddress),
    shmem_regions_start: 0,
    shmem_dev_id: 0,
    shmem_peers: 0,
    shmem_protocol: 0,
  };
}
