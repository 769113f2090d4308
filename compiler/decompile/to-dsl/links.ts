import { commonSections, type PciDevice } from "../../ir/pci.js";
import { isLinkDevice, protocolKey, type Sections, sectionsOf } from "./link-shape.js";
import type { Machine, Part } from "./machine.js";
import { nameFrom } from "./names.js";

/** Links that the regions and devices of a machine's cells form. */

export interface LinkEnd {
  readonly part: Part;
  /** Index of the device. */
  readonly device: number;
  /** Index of the first region. */
  readonly region: number;
}

export interface Link {
  readonly name: string;
  readonly sections: Sections;
  readonly protocol: string;
  /** Cells by their number among the peers: none, one, or some that never run together. */
  readonly peers: readonly (readonly LinkEnd[])[];
}

/** Where the links of one cell stand in its tables. */
export interface PartLinks {
  /** In the order of the regions. */
  readonly ends: readonly { readonly link: Link; readonly end: LinkEnd }[];
  /** Their regions stand before all other memory and their devices behind all others, in the order of the links. */
  readonly isUsualOrder: boolean;
}

export function findLinks(machine: Machine): readonly Link[] {
  const parts = [...(machine.system === undefined ? [] : [machine.system]), ...machine.cells];
  const excluded = new Set<Part>();
  for (;;) {
    const groups = groupEnds(parts.filter((part) => !excluded.has(part)));
    const crossed = parts.find((part) => !excluded.has(part) && isCrossed(part, groups));
    if (crossed === undefined) return named(inOrder(groups, parts), machine);
    excluded.add(crossed);
  }
}

type Group = Omit<Link, "name">;

function groupEnds(parts: readonly Part[]): readonly Group[] {
  const groups = new Map<string, { sections: Sections; protocol: string; peers: LinkEnd[][] }>();
  const open: LinkEnd[] = [];
  const join = (end: LinkEnd, peers: number): boolean => {
    const device = deviceOf(end);
    const sections = sectionsOf(end.part, device, peers);
    const protocol = protocolKey(device.shmemProtocol);
    if (sections === undefined || protocol === undefined) return false;
    const { base, state, shared, output } = sections;
    const key = [base, state, shared, output, peers, protocol].join();
    let group = groups.get(key);
    if (group === undefined) {
      group = { sections, protocol, peers: Array.from({ length: peers }, () => []) };
      groups.set(key, group);
    }
    if (group.peers.flat().some(({ part }) => part === end.part)) return false;
    group.peers[device.shmemDevId]!.push(end);
    return true;
  };
  for (const part of parts) {
    part.cell.pciDevices.forEach((device, index) => {
      if (!isLinkDevice(part, index)) return;
      const end = { part, device: index, region: device.shmemRegionsStart };
      if (!join(end, device.shmemPeers)) open.push(end);
    });
  }
  // A cell may be told of other peers than there are.
  const counts = new Set([...groups.values()].map(({ sections }) => sections.peers));
  for (const end of open) for (const peers of counts) if (join(end, peers)) break;
  return withoutOverlaps(
    [...groups.values()].filter(({ peers }) => peers.filter((ends) => ends.length > 0).length > 1),
  );
}

function deviceOf({ part, device }: LinkEnd): PciDevice {
  return part.cell.pciDevices[device]!;
}

/** No region belongs to two links: of links that share one, the first stays. */
function withoutOverlaps(groups: readonly Group[]): readonly Group[] {
  const taken = new Map<Part, Set<number>>();
  return groups.filter(({ peers, sections }) => {
    const ends = peers.flat();
    const regionsOf = (end: LinkEnd): number[] =>
      Array.from({ length: commonSections + sections.peers }, (_, index) => end.region + index);
    if (ends.some((end) => regionsOf(end).some((region) => taken.get(end.part)?.has(region)))) return false;
    for (const end of ends) {
      const own = taken.get(end.part) ?? new Set<number>();
      for (const region of regionsOf(end)) own.add(region);
      taken.set(end.part, own);
    }
    return true;
  });
}

/** The devices of the links come in another order than their regions: one line cannot place both. */
function isCrossed(part: Part, groups: readonly Group[]): boolean {
  const devices = endsOf(part, groups).map(({ end }) => end.device);
  return devices.some((device, index) => index > 0 && device < devices[index - 1]!);
}

function endsOf<Found extends Group>(
  part: Part,
  groups: readonly Found[],
): readonly { readonly link: Found; readonly end: LinkEnd }[] {
  return groups
    .flatMap((link) =>
      link.peers
        .flat()
        .filter((end) => end.part === part)
        .map((end) => ({ link, end })),
    )
    .sort((one, other) => one.end.region - other.end.region);
}

/** As the tables of the first cell have them that takes part in a link. */
function inOrder(groups: readonly Group[], parts: readonly Part[]): readonly Group[] {
  const place = ({ peers }: Group): number => {
    const firsts = peers.flat().map(({ part, region }) => parts.indexOf(part) * 0x1_0000_0000 + region);
    return Math.min(...firsts);
  };
  return [...groups].sort((one, other) => place(one) - place(other));
}

const usualNames: Readonly<Record<string, string>> = {
  "veth 0": "net",
  "virtio 1": "virtio-net",
  "virtio 2": "disk",
  "virtio 3": "tty",
};

/** What a shared-memory device is called that nobody has named. */
export function usualLinkName(protocol: string | undefined): string {
  return usualNames[protocol ?? ""] ?? "shmem";
}

function named(groups: readonly Group[], { names }: Machine): readonly Link[] {
  return groups.map((group) => {
    const comments = group.peers
      .flat()
      .map(({ part, device }) => nameFrom(part.commentOf("pci_devices", device)));
    const wanted = usualNames[group.protocol] ?? comments.find(Boolean) ?? usualLinkName(group.protocol);
    return { ...group, name: names.claim(wanted) };
  });
}

/** @param isPlain whether an end says nothing that the link does not say */
export function linksOf(
  part: Part,
  links: readonly Link[],
  isPlain: (link: Link, end: LinkEnd) => boolean,
): PartLinks {
  const ends = endsOf(part, links);
  const inTextOrder = [...ends].sort((one, other) => links.indexOf(one.link) - links.indexOf(other.link));
  let region = 0;
  let device = part.cell.pciDevices.length - ends.length;
  const isUsual = inTextOrder.every(({ link, end }) => {
    const fits = end.region === region && end.device === device && isPlain(link, end);
    region += commonSections + link.sections.peers;
    device += 1;
    return fits;
  });
  return { ends, isUsualOrder: isUsual };
}
