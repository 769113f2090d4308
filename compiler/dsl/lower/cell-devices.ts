import type { MemoryRegion } from "../../ir/memory.js";
import type { PciCapability, PciDevice } from "../../ir/pci.js";
import { wordOfItem } from "../vocabulary/match.js";
import { type CapabilityList, layOutCapabilities } from "./capabilities.js";
import type { DeviceDraft } from "./devices.js";
import type { RawStore } from "./raw-store.js";
import { most32, Reading } from "./reading.js";

interface DeviceSlot {
  readonly draft: DeviceDraft | null;
  readonly device: PciDevice;
  /** Or its index, where the source says a number. */
  readonly firstRegion: MemoryRegion | number | null;
}

/** The devices of a cell and their capabilities, in the order of the lines. */
export class CellDevices {
  private readonly slots: DeviceSlot[] = [];
  private readonly loose: CapabilityList[] = [];
  private readonly lists = new Map<DeviceDraft, CapabilityList>();

  constructor(private readonly raw: RawStore) {}

  /** @param regionsByName the regions of the cell that have names so far */
  addDraft(draft: DeviceDraft, regionsByName: ReadonlyMap<string, MemoryRegion>): void {
    const { device, capabilities, capabilitiesFrom: from, reading } = draft;
    const place = reading.line.instance.statement;
    this.lists.set(draft, { capabilities, from, isOwned: true, reading, place });
    this.slots.push({ draft, device, firstRegion: firstRegionOf(draft, regionsByName) });
  }

  addDevice(device: PciDevice, firstRegion: MemoryRegion | null): void {
    this.slots.push({ draft: null, device, firstRegion });
  }

  /** A capability that no device uses. */
  addLoose(capabilities: readonly PciCapability[], reading: Reading): void {
    const place = reading.line.instance.statement;
    this.loose.push({ capabilities, from: null, isOwned: false, reading, place });
  }

  /** Both tables, with the indices of regions in `memory` and of capabilities. */
  finish(memory: readonly MemoryRegion[]): {
    readonly pciDevices: readonly PciDevice[];
    readonly pciCapabilities: readonly PciCapability[];
  } {
    const { table, starts } = layOutCapabilities([...this.lists.values(), ...this.loose]);
    const pciDevices = this.slots.map((slot) => this.finishDevice(slot, starts, memory));
    return { pciDevices, pciCapabilities: table };
  }

  private finishDevice(
    { draft, device, firstRegion }: DeviceSlot,
    starts: ReadonlyMap<CapabilityList, number>,
    memory: readonly MemoryRegion[],
  ): PciDevice {
    const region =
      firstRegion === null ? -1 : typeof firstRegion === "number" ? firstRegion : memory.indexOf(firstRegion);
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
  { regionsFrom, reading }: DeviceDraft,
  regionsByName: ReadonlyMap<string, MemoryRegion>,
): MemoryRegion | number | null {
  const item = regionsFrom?.clauses.get("from")?.values[0];
  if (regionsFrom === null || item === undefined) return null;
  const word = wordOfItem(item);
  const named = word === undefined ? undefined : regionsByName.get(word.text);
  if (named !== undefined) return named;
  const { scope } = regionsFrom.instance;
  if (word !== undefined && scope.find(word.text) === undefined) {
    reading.evaluator.unknown(word.text, regionsByName.keys(), word, scope);
    return null;
  }
  const index = new Reading(regionsFrom, reading.evaluator).single(item, "`regions`", most32);
  return index === undefined ? null : Number(index);
}
