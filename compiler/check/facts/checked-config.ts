import { resolveProfile } from "../../../schema/layout/resolve.js";
import {
  type Architecture,
  type CellDescription,
  type Config,
  cellOf,
  type SystemConfig,
} from "../../ir/config.js";
import { cpuNumbers } from "../../ir/cpu-set.js";
import { hasFlag } from "../../ir/names.js";
import type { Origins } from "../../ir/node.js";
import type { Origin } from "../../ir/origin.js";
import type { PciDevice } from "../../ir/pci.js";
import { allowedPorts, type PortInterval } from "../../ir/port-io.js";
import type { Spot } from "../spot.js";
import type { AskedBytes } from "./file-shape.js";
import { IntervalIndex } from "./intervals.js";
import { type PhysicalRange, Region, type VirtualRange } from "./region.js";

export type Machine = "x86" | "arm" | "arm64";

const x86Machines: readonly Machine[] = ["x86"];
const armMachines: readonly Machine[] = ["arm", "arm64"];
const otherMachines: readonly Machine[] = [];

/** What is known about the file besides what it says. */
export interface FileFacts {
  /** Of the file that holds the config, as the user named it. */
  readonly file: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes that header and tables need by the config's own counts. */
  readonly needed: number;
  /** As in {@link FileShape}. */
  readonly lastRead?: Origin;
  readonly behind?: Origin;
  readonly asked?: AskedBytes;
  /** What the source is for, where the format itself does not say it (before revision 14). */
  readonly architecture?: Architecture;
  /** What the cell language calls the cell, where two may have one name on the machine. */
  readonly called?: string;
  /** The input that it came from, where others of the set are called alike. */
  readonly distinguishedBy?: string;
}

/** A config with what rules ask about it, each worked out at most once. */
export class CheckedConfig {
  readonly cell: CellDescription;
  private titleText: string | undefined;
  private regionList: readonly Region[] | undefined;
  private physical: IntervalIndex<PhysicalRange> | undefined;
  private virtual: IntervalIndex<VirtualRange> | undefined;
  private portList: readonly PortInterval[] | undefined;
  private cpuList: readonly number[] | undefined;
  private physicalDeviceList: readonly PciDevice[] | undefined;
  private ivshmemDeviceList: readonly PciDevice[] | undefined;

  /** Undefined for a profile that is not built in: taken for a new one. */
  private readonly constants: ReadonlyMap<string, bigint> | undefined;

  constructor(
    readonly config: Config,
    readonly facts: FileFacts,
  ) {
    this.cell = cellOf(config);
    this.constants = resolveProfile(config.profile)?.constants;
  }

  /** The root cell is that of a system. */
  get isRoot(): boolean {
    return this.config.kind === "system";
  }

  get system(): SystemConfig | null {
    return this.config.kind === "system" ? this.config : null;
  }

  get architecture(): Architecture | null {
    return this.config.architecture ?? this.facts.architecture ?? null;
  }

  /**
   * The machines it may be for: that of the architecture or, where nothing says it, those of what the config looks like.
   * The two of ARM look alike. None for others.
   */
  get machines(): readonly Machine[] {
    const { architecture } = this;
    if (architecture === "x86") return x86Machines;
    if (architecture === "arm" || architecture === "arm64")
      return armMachines.filter((each) => each === architecture);
    const { family } = this.config;
    if (architecture !== null || (family !== "x86" && family !== "arm")) return otherMachines;
    return family === "x86" ? x86Machines : armMachines;
  }

  /** Null where it is another one, or one of several: see {@link machines}. */
  get machine(): Machine | null {
    const [machine, another] = this.machines;
    return another === undefined ? (machine ?? null) : null;
  }

  get isArm(): boolean {
    return this.mayBe("arm") || this.mayBe("arm64");
  }

  mayBe(machine: Machine): boolean {
    return this.machines.includes(machine);
  }

  /** `cell "linux"`, `root cell "board"`, `cell "demo" (board-demo.c)`: by the name that its source knows it by. */
  get title(): string {
    const { called = this.cell.name, distinguishedBy } = this.facts;
    const apart = distinguishedBy === undefined ? "" : ` (${distinguishedBy})`;
    this.titleText ??= `${this.isRoot ? "root cell" : "cell"} ${JSON.stringify(called)}${apart}`;
    return this.titleText;
  }

  get regions(): readonly Region[] {
    this.regionList ??= this.cell.memoryRegions.map((node, index) => new Region(this, node, index));
    return this.regionList;
  }

  /** Regions by the physical memory that they stand for; the communication region and empty ones are not in it. */
  get byPhysical(): IntervalIndex<PhysicalRange> {
    this.physical ??= new IntervalIndex(
      this.regions
        .filter(({ hasPhysical }) => hasPhysical)
        .map((region) => ({ start: region.phys.start, end: region.phys.end, region })),
    );
    return this.physical;
  }

  /** Regions by where the cell sees them, the communication region among them. */
  get byVirtual(): IntervalIndex<VirtualRange> {
    this.virtual ??= new IntervalIndex(
      this.regions.map((region) => ({ start: region.virt.start, end: region.virt.end, region })),
    );
    return this.virtual;
  }

  /** Ascending logical numbers; empty where the format lists physical ids. */
  get cpus(): readonly number[] {
    const { cpus } = this.cell;
    this.cpuList ??= cpus.kind === "bits" ? cpuNumbers(cpus) : [];
    return this.cpuList;
  }

  /** Ascending, disjoint. */
  get ports(): readonly PortInterval[] {
    this.portList ??= allowedPorts(this.cell.portIo);
    return this.portList;
  }

  /** Devices of which the machine has one: everything but shared-memory devices, as the hypervisor takes them. */
  get physicalDevices(): readonly PciDevice[] {
    this.physicalDeviceList ??= this.cell.pciDevices.filter((device) => !isIvshmem(device));
    return this.physicalDeviceList;
  }

  get ivshmemDevices(): readonly PciDevice[] {
    this.ivshmemDeviceList ??= this.cell.pciDevices.filter(isIvshmem);
    return this.ivshmemDeviceList;
  }

  /** True where the revision has a constant of this name, and its hypervisor what the constant stands for. */
  hasConstant(name: string): boolean {
    return this.constants?.has(name) ?? true;
  }

  hasCellFlag(name: string): boolean {
    return hasFlag(this.cell.flags, name);
  }

  /** @param field of the node; the node as a whole where it is left out */
  spot(node: { readonly origins: Origins }, field?: string): Spot {
    return field === undefined ? { config: this, node } : { config: this, node, field };
  }

  /** The cell as a whole, or a field of its description. */
  cellSpot(field?: keyof CellDescription & string): Spot {
    return this.spot(this.cell, field);
  }

  /** The cell as a whole, shown at these bytes of its file. */
  cellSpotAt(origin: Origin | undefined): Spot {
    return origin === undefined ? this.cellSpot() : { ...this.cellSpot(), origin };
  }

  /** A whole table, e.g. `memoryRegions`. */
  tableSpot(table: keyof CellDescription & string): Spot {
    return this.spot({ origins: this.cell.tableOrigins }, table);
  }
}

export function isIvshmem(device: PciDevice): boolean {
  return device.type === "JAILHOUSE_PCI_TYPE_IVSHMEM";
}
