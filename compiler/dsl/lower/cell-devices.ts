import type { MemoryRegion } from "../../ir/memory.js";
import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { wordOfItem } from "../vocabulary/match.js";
import { type CapabilityList, layOutCapabilities } from "./capabilities.js";
import type { DeviceDraft } from "./devices.js";
import type { RawStore } from "./raw-store.js";
import { headLine, most32, type Reading } from "./reading.js";

interface DeviceSlot {
  readonly draft: DeviceDraft | null;
  readonly device: PciDevice;
  /** Of the end of a link. */
  readonly firstRegion: MemoryRegion | null;
}

/** The devices of a cell and their capabilities, in the order of the lines. */
export class CellDevices {
  private readonly slots: DeviceSlot[] = [];
  private readonly loose: CapabilityList[] = [];
  private readonly lists = new Map<DeviceDraft, CapabilityList>();

  constructor(private readonly raw: RawStore) {}

  addDraft(draft: DeviceDraft): void {
    const { device, capabilities, capabilitiesFrom: from, reading } = draft;
    const place = headLine(reading.line.instance);
    this.lists.set(draft, { capabilities, from, isOwned: true, reading, place });
    this.slots.push({ draft, device, firstRegion: null });
  }

  /** @returns its index in the table */
  addDevice(device: PciDevice, firstRegion: MemoryRegion | null): number {
    this.slots.push({ draft: null, device, firstRegion });
    return this.slots.length - 1;
  }

  /** A capability that no device uses. */
  addLoose(capabilities: readonly PciCapability[], reading: Reading): void {
    const place = headLine(reading.line.instance);
    this.loose.push({ capabilities, from: null, isOwned: false, reading, place });
  }

  /**
   * Both tables, with the indices of regions in `memory` and of capabilities.
   *
   * @param regionsByName the regions of the cell that have names
   */
  finish(
    memory: readonly MemoryRegion[],
    regionsByName: ReadonlyMap<string, MemoryRegion>,
  ): {
    readonly pciDevices: readonly PciDevice[];
    readonly pciCapabilities: readonly PciCapability[];
  } {
    const { table, starts } = layOutCapabilities([...this.lists.values(), ...this.loose]);
    const pciDevices = this.slots.map((slot) => {
      const { draft, firstRegion } = slot;
      const first = firstRegion ?? (draft === null ? null : firstRegionOf(draft, regionsByName));
      const region = first === null ? -1 : typeof first === "number" ? first : memory.indexOf(first);
      return this.finishDevice(slot, starts, region);
    });
    return { pciDevices, pciCapabilities: table };
  }

  private finishDevice(
    { draft, device }: DeviceSlot,
    starts: ReadonlyMap<CapabilityList, number>,
    region: number,
  ): PciDevice {
    const placed = region < 0 ? device : { ...device, shmemRegionsStart: region };
    const list = draft === null ? undefined : this.lists.get(draft);
    const finished =
      list === undefined
        ? placed
        : { ...placed, capsStart: starts.get(list) ?? 0, numCaps: list.capabilities.length };
    this.raw.move(device, finished);
    for (const instance of draft?.raw ?? []) this.raw.add(finished, { instance });
    return finished;
  }
}

/** The name of a region, or an index of the table. */
function firstRegionOf(
  { regionsFrom }: DeviceDraft,
  regionsByName: ReadonlyMap<string, MemoryRegion>,
): MemoryRegion | number | null {
  const item = regionsFrom?.line.clauses.get("from")?.values[0];
  if (regionsFrom === null || item === undefined) return null;
  const word = wordOfItem(item);
  const named = word === undefined ? undefined : regionsByName.get(word.text);
  if (named !== undefined) return named;
  const { scope, evaluator } = regionsFrom;
  const known = word === undefined ? undefined : scope.find(word.text);
  if (word !== undefined && known === undefined) {
    evaluator.unknown(word.text, regionsByName.keys(), word, scope);
    return null;
  }
  if (known?.kind === "memory") {
    const args = { name: known.name, is: "memory of another block", wanted: "memory of this cell" };
    regionsFrom.problem("jail-wrong-kind", args, item);
    return null;
  }
  const index = regionsFrom.single(item, "`regions`", most32);
  return index === undefined ? null : Number(index);
}
