/** What a config says once changes are made: what an edit of its source has to come to. */

import { inOrder } from "../ir/constants.js";
import type { FlagSet } from "../ir/names.js";
import type { Origins } from "../ir/node.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import type { Change, NewElement } from "./fix.js";

type Members = { readonly [key: string]: unknown };

/** Thrown at a change that cannot be made: of a field that is no number, or of an element that is none. */
class Impossible extends Error {}

/**
 * The model of the config with the changes and without origins. Devices go on using the regions and capabilities that
 * they used: their indices follow where elements come or go.
 *
 * @param changes those of other configs are passed over
 * @returns undefined where one of them cannot be made
 */
export function changedModel(config: CheckedConfig, changes: readonly Change[]): unknown {
  const own = new ChangesByNode(changes.filter(({ at }) => at.config === config));
  try {
    const changed = own.rebuild(config.config);
    return own.allMade ? changed : undefined;
  } catch (error) {
    if (error instanceof Impossible) return undefined;
    throw error;
  }
}

/** Tables whose elements devices count, and the fields by which they do. */
const countedBy = { memoryRegions: "shmemRegionsStart", pciCapabilities: "capsStart" } as const;

class ChangesByNode {
  private readonly byNode = new Map<Origins, Change[]>();
  private readonly made = new Set<Change>();

  constructor(private readonly changes: readonly Change[]) {
    for (const change of changes) {
      const { origins } = change.at.node;
      this.byNode.set(origins, [...(this.byNode.get(origins) ?? []), change]);
    }
  }

  get allMade(): boolean {
    return this.made.size === this.changes.length;
  }

  rebuild(value: unknown): unknown {
    if (Array.isArray(value)) return value.flatMap((element) => this.elements(element));
    if (!isMembers(value)) return value;
    return this.node(value);
  }

  /** What an element of a list becomes: nothing, itself, or itself and its copies. */
  private elements(element: unknown): readonly unknown[] {
    const changes = isMembers(element) ? this.changesOf(element) : [];
    const removals = changes.filter(({ kind }) => kind === "remove");
    for (const removal of removals) this.made.add(removal);
    const kept = removals.length > 0 ? [] : [this.rebuild(element)];
    const copies = changes.flatMap((change) => (change.kind === "copy" ? [this.copy(element, change)] : []));
    return [...kept, ...copies];
  }

  private copy(element: unknown, change: Change & { readonly kind: "copy" }): unknown {
    this.made.add(change);
    let copied = new ChangesByNode([]).rebuild(element) as Members;
    for (const [field, value] of Object.entries(change.values)) copied = withNumber(copied, field, value);
    for (const name of change.flags ?? []) copied = withFlag(copied, "flags", name, true);
    return copied;
  }

  private node(node: Members): Members {
    let plain: Members = Object.fromEntries(
      Object.entries(node).flatMap(([key, member]) =>
        key === "origins" || key === "tableOrigins"
          ? []
          : [[key, isOpaque(member) ? member : this.rebuild(member)]],
      ),
    );
    plain = this.withIndices(node, plain);
    for (const change of this.changesOf(node)) {
      if (change.kind === "set") plain = withNumber(plain, change.at.field, change.value);
      else if (change.kind === "flag") plain = withFlag(plain, change.at.field, change.name, change.on);
      else if (change.kind === "join") plain = withEnd(plain, change);
      else if (change.kind === "add") plain = withElement(plain, change.element);
      else continue;
      this.made.add(change);
    }
    return plain;
  }

  private withIndices(cell: Members, plain: Members): Members {
    const { pciDevices } = plain;
    const before = cell.pciDevices;
    if (!Array.isArray(pciDevices) || !Array.isArray(before) || pciDevices.length !== before.length)
      return plain;
    const devices = pciDevices.map((device: Members, index) => {
      const was = before[index] as Members;
      const moved = Object.entries(countedBy).flatMap(([table, field]) => {
        const isSet = this.changesOf(was).some(({ at }) => at.field === field);
        if (isSet || !usesIndex(was, field)) return [];
        return [[field, this.movedIndex(cell[table] as readonly Members[], was[field] as number)] as const];
      });
      return { ...device, ...Object.fromEntries(moved) };
    });
    return { ...plain, pciDevices: devices };
  }

  /** Where the element with an index lies once elements before it have come or gone. */
  movedIndex(elements: readonly Members[], index: number): number {
    let moved = index;
    for (const element of elements.slice(0, index)) {
      for (const { kind } of this.changesOf(element)) {
        if (kind === "remove") moved -= 1;
        else if (kind === "copy") moved += 1;
      }
    }
    return moved;
  }

  private changesOf(node: Members): readonly Change[] {
    return this.byNode.get(node.origins as Origins) ?? [];
  }
}

/** How far the index of each device moves, by the field that holds it. */
export interface IndexMove {
  readonly node: { readonly origins: Origins };
  readonly field: "shmemRegionsStart" | "capsStart";
  readonly by: bigint;
}

/** The indices that follow from changes of a config: a source that counts by itself has to be told. */
export function movedIndices(config: CheckedConfig, changes: readonly Change[]): readonly IndexMove[] {
  const own = new ChangesByNode(changes.filter(({ at }) => at.config === config));
  const { cell } = config;
  return cell.pciDevices.flatMap((device) =>
    Object.entries(countedBy).flatMap(([table, name]) => {
      const field = name as IndexMove["field"];
      const elements = cell[table as keyof typeof countedBy] as unknown as readonly Members[];
      const isSet = changes.some(({ at }) => at.node.origins === device.origins && at.field === field);
      if (isSet || !usesIndex(device as unknown as Members, field)) return [];
      const by = BigInt(own.movedIndex(elements, device[field]) - device[field]);
      return by === 0n ? [] : [{ node: device, field, by }];
    }),
  );
}

function usesIndex(device: Members, field: string): boolean {
  return field === "capsStart"
    ? (device.numCaps as number) > 0
    : device.type === "JAILHOUSE_PCI_TYPE_IVSHMEM" && device.shmemGeneration !== null;
}

/** Regions and device come last: see `sameButForPlaces`. */
function withEnd(cell: Members, { regions, device }: Change & { readonly kind: "join" }): Members {
  const { memoryRegions, pciDevices } = cell;
  if (!Array.isArray(memoryRegions) || !Array.isArray(pciDevices)) throw new Impossible("join");
  const node = { extra: {}, residue: [] };
  const added = { ...device, ...node, shmemRegionsStart: memoryRegions.length };
  return {
    ...cell,
    memoryRegions: [...memoryRegions, ...regions.map((region) => ({ ...region, ...node }))],
    pciDevices: [...pciDevices, added],
  };
}

function withElement(cell: Members, { table, node }: NewElement): Members {
  const element = { ...node, extra: {}, residue: [] };
  const { memoryRegions, portIo, pciDevices } = cell;
  if (table === "memoryRegions" && Array.isArray(memoryRegions))
    return { ...cell, memoryRegions: [...memoryRegions, element] };
  if (table === "pciDevices" && Array.isArray(pciDevices))
    return { ...cell, pciDevices: [...pciDevices, element] };
  const ports = portIo as { readonly kind: string; readonly ranges: readonly Members[] } | undefined;
  if (table !== "portRanges" || ports?.kind !== "ranges") throw new Impossible(table);
  return { ...cell, portIo: { ...ports, ranges: [...ports.ranges, element] } };
}

function withNumber(node: Members, field: string, value: bigint): Members {
  const before = node[field];
  if (typeof before === "bigint") return { ...node, [field]: value };
  if (typeof before === "number" && BigInt(Number(value)) === value)
    return { ...node, [field]: Number(value) };
  throw new Impossible(field);
}

function withFlag(node: Members, field: string, name: string, on: boolean): Members {
  const before = node[field] as FlagSet | undefined;
  if (typeof before !== "object" || before === null || !("names" in before)) throw new Impossible(field);
  if (before.names.includes(name) === on) throw new Impossible(field);
  const names = on ? inOrder([...before.names, name]) : before.names.filter((each) => each !== name);
  return { ...node, [field]: { ...before, names } };
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !isOpaque(value);
}

/** Bytes are compared as they are. */
function isOpaque(value: unknown): boolean {
  return value instanceof Uint8Array;
}
