import { isDeepStrictEqual } from "node:util";
import { commonSections } from "../../../ir/pci.js";

type Members = { readonly [key: string]: unknown };

/**
 * True where two cells have the same regions, in any order, and the same devices, in any order, which use the same regions:
 * what a link brings along stands elsewhere in the tables of the language than behind everything else.
 */
export function sameButForPlaces(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(withoutPlaces(one as Members), withoutPlaces(other as Members));
}

function withoutPlaces(model: Members): Members {
  if (model.rootCell !== undefined) return { ...model, rootCell: withoutPlaces(model.rootCell as Members) };
  const regions = model.memoryRegions as readonly Members[];
  const devices = (model.pciDevices as readonly Members[]).map((device) => {
    const start = device.shmemRegionsStart as number;
    const isLink = device.type === "JAILHOUSE_PCI_TYPE_IVSHMEM";
    const sections = regions.slice(start, start + commonSections + (device.shmemPeers as number));
    return {
      ...device,
      shmemRegionsStart: isLink ? sections : start,
      capsStart: device.numCaps === 0 ? 0 : device.capsStart,
    };
  });
  return { ...model, memoryRegions: sorted(regions), pciDevices: sorted(devices) };
}

function sorted(nodes: readonly Members[]): readonly Members[] {
  const keyed = nodes.map((node) => ({ node, key: textOf(node) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ node }) => node);
}

function textOf(node: Members): string {
  const ordered = Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(ordered, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
}
