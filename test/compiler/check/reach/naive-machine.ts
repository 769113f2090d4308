/**
 * A machine so small that every byte of it can be looked at: 16 pages of memory, 32 ports, two devices. What each cell
 * reaches is worked out on plain arrays, step by step as the hypervisor does it, with none of the product's code.
 */

export const page = 4096;
export const pages = 16;
export const bytes = page * pages;
export const ports = 32;
export const pmTimer = 8;

export type Iommu = "intel" | "amd" | "none";

export const flag = {
  read: 1,
  write: 2,
  execute: 4,
  dma: 8,
  comm: 0x20,
  loadable: 0x40,
  rootShared: 0x80,
  unaligned: 0x8000,
} as const;

/** Bit of a width of 1, 2, 4 or 8 bytes. */
export const widthFlag = (width: number): number => width << 16;

export interface NaiveRegion {
  readonly phys: number;
  readonly virt: number;
  readonly size: number;
  readonly flags: number;
}

export interface NaiveCell {
  readonly regions: readonly NaiveRegion[];
  readonly ports: readonly { readonly base: number; readonly length: number }[];
  /** Numbers of devices, 0 or 1. */
  readonly devices: readonly number[];
}

export interface NaiveMachine {
  readonly iommu: Iommu;
  readonly root: NaiveCell;
  readonly cells: readonly NaiveCell[];
}

/** Bits of what can be done to each byte of memory. */
export interface NaiveReach {
  readonly cpu: Uint8Array;
  /** By devices of the cell; 0 everywhere where it has none. */
  readonly dma: Uint8Array;
  readonly ports: readonly boolean[];
  readonly devices: readonly boolean[];
}

interface PageEntry {
  readonly phys: number;
  readonly flags: number;
}

interface State {
  readonly cell: NaiveCell;
  readonly memory: (PageEntry | undefined)[];
  readonly dma: (PageEntry | undefined)[];
  /** Ascending by start; of those that start at the same address, the later one behind. */
  readonly trapped: NaiveRegion[];
  readonly ports: boolean[];
  readonly devices: boolean[];
}

/** Cells see addresses up to this one. */
const virtualPages = 64;

export function naiveReach(machine: NaiveMachine): readonly NaiveReach[] {
  const { iommu } = machine;
  const root = stateOf(machine.root);
  for (const { base, length } of machine.root.ports)
    for (let n = 0; n < length; n++) root.ports[base + n] = true;
  for (let n = 0; n < 4; n++) root.ports[pmTimer + n] = true;
  for (const device of machine.root.devices) root.devices[device] = true;
  for (const region of machine.root.regions) map(root, region, iommu);

  const cells = machine.cells.map((cell) => {
    const state = stateOf(cell);
    for (const { base, length } of cell.ports)
      for (let n = 0; n < length; n++) {
        state.ports[base + n] = true;
        root.ports[base + n] = false;
      }
    for (let n = 0; n < 4; n++) state.ports[pmTimer + n] = true;
    for (const device of cell.devices) {
      state.devices[device] = true;
      root.devices[device] = false;
    }
    for (const region of cell.regions) {
      if ((region.flags & (flag.comm | flag.rootShared)) === 0) takeFromRoot(root, region, iommu);
      map(state, region, iommu);
    }
    return state;
  });
  for (const { cell } of cells) {
    const loadable = cell.regions.filter(({ flags }) => (flags & flag.loadable) !== 0);
    for (const region of loadable) giveToRoot(root, region, iommu);
    for (const region of loadable) takeFromRoot(root, region, iommu);
  }
  const all = [root, ...cells];
  return all.map((state) => ({
    cpu: cpuReach(state, iommu),
    dma: dmaReach(state, all, iommu),
    ports: state.ports,
    devices: state.devices,
  }));
}

function stateOf(cell: NaiveCell): State {
  return {
    cell,
    memory: new Array(virtualPages).fill(undefined),
    dma: new Array(virtualPages).fill(undefined),
    trapped: [],
    ports: new Array(ports).fill(false),
    devices: [false, false],
  };
}

function map(state: State, region: NaiveRegion, iommu: Iommu): void {
  const { phys, virt, size, flags } = region;
  if (virt % page !== 0 || size % page !== 0) {
    trap(state, region);
    return;
  }
  for (let n = 0; n < size; n += page) {
    const entry = { phys: phys - (phys % page) + n, flags };
    state.memory[(virt + n) / page] = entry;
    if (iommu === "intel" && (flags & flag.dma) !== 0)
      state.dma[(virt + n) / page] = { phys: entry.phys, flags: flags & ~flag.comm };
  }
}

function trap({ trapped }: State, region: NaiveRegion): void {
  const behind = trapped.findIndex(({ virt }) => virt > region.virt);
  trapped.splice(behind < 0 ? trapped.length : behind, 0, region);
}

/** As the hypervisor searches: it expects that nothing overlaps, and misses some where it does. */
function search(trapped: readonly NaiveRegion[], address: number, width: number): number {
  let first = 0;
  let count = trapped.length;
  while (count > 0) {
    const middle = first + Math.floor(count / 2);
    const { virt, size } = trapped[middle]!;
    if (address < virt) count = middle - first;
    else if (virt + size < address + width) {
      count -= middle + 1 - first;
      first = middle + 1;
    } else return middle;
  }
  return -1;
}

function takeFromRoot(root: State, { phys, size, flags }: NaiveRegion, iommu: Iommu): void {
  if (phys % page !== 0 || size % page !== 0) {
    const found = search(root.trapped, phys, 1);
    if (found >= 0) root.trapped.splice(found, 1);
    return;
  }
  for (let n = 0; n < size; n += page) {
    root.memory[(phys + n) / page] = undefined;
    if (iommu === "intel" && (flags & flag.dma) !== 0) root.dma[(phys + n) / page] = undefined;
  }
}

function giveToRoot(root: State, { phys, size }: NaiveRegion, iommu: Iommu): void {
  for (const own of root.cell.regions) {
    const start = Math.max(phys, own.phys);
    const end = Math.min(phys + size, own.phys + own.size);
    if (start < end)
      map(
        root,
        { phys: start, virt: own.virt + (start - own.phys), size: end - start, flags: own.flags },
        iommu,
      );
  }
}

function rights(flags: number, iommu: Iommu): number {
  const isRead = (flags & flag.read) !== 0;
  const asked = flags & (flag.read | flag.write | flag.execute);
  // AMD: a page is present with `read` or with `dma`, and what is present can be read.
  if (iommu === "amd") return isRead || (flags & flag.dma) !== 0 ? asked | flag.read : 0;
  return !isRead && (flags & flag.write) !== 0 ? 0 : asked;
}

function cpuReach({ memory, trapped }: State, iommu: Iommu): Uint8Array {
  const reached = new Uint8Array(bytes);
  for (const entry of memory) {
    if (entry === undefined || (entry.flags & flag.comm) !== 0) continue;
    for (let n = 0; n < page; n++)
      if (entry.phys + n < bytes) reached[entry.phys + n]! |= rights(entry.flags, iommu);
  }
  for (const [index, { phys, virt, size, flags }] of trapped.entries()) {
    for (const width of [1, 2, 4, 8]) {
      if ((flags & widthFlag(width)) === 0) continue;
      for (let offset = 0; offset + width <= size; offset++) {
        if (offset % width !== 0 && (flags & flag.unaligned) === 0) continue;
        if (search(trapped, virt + offset, width) !== index) continue;
        // Behind the page that is mapped for the access, the hypervisor faults.
        if ((phys % page) + (offset % page) + width > page) continue;
        for (let n = 0; n < width; n++)
          if (phys + offset + n < bytes) reached[phys + offset + n]! |= flags & (flag.read | flag.write);
      }
    }
  }
  return reached;
}

function dmaReach(state: State, all: readonly State[], iommu: Iommu): Uint8Array {
  const reached = new Uint8Array(bytes);
  const isOwner = (device: number): boolean =>
    all.findLast(({ cell }) => cell.devices.includes(device)) === state;
  if (![0, 1].some(isOwner)) return reached;
  if (iommu === "none") return reached.fill(flag.read | flag.write);
  for (const entry of iommu === "intel" ? state.dma : state.memory) {
    if (entry === undefined || (entry.flags & flag.comm) !== 0 || (entry.flags & flag.dma) === 0) continue;
    for (let n = 0; n < page; n++)
      if (entry.phys + n < bytes) reached[entry.phys + n]! |= entry.flags & (flag.read | flag.write);
  }
  return reached;
}
