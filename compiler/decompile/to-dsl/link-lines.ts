import type { Profile } from "../../../schema/layout/types.js";
import { usualBarMasks } from "../../dsl/lower/bar-masks.js";
import { largePage, page, usualSections } from "../../dsl/lower/links.js";
import { virtioWord } from "../../dsl/lower/protocol.js";
import { virtualDeviceInterrupt } from "../../ir/irq.js";
import type { PciDevice } from "../../ir/pci.js";
import { rawDeviations } from "./device-lines.js";
import { type Line, line } from "./lines.js";
import type { Link, LinkEnd } from "./links.js";
import { commentLines, type Part } from "./machine.js";
import { hasVpciIrq } from "./small-lines.js";
import { address, busAddress, size } from "./text.js";

/** The declaration of a link, and what an end of it has to say for itself. */

export interface LinkText {
  readonly declaration: Line;
  /** What an end says; empty for one that is as the link has it. */
  blockOf(end: LinkEnd): readonly Line[];
  /** The interrupt that the link grants to the cell, as the GIC counts; null for none. */
  interruptOf(end: LinkEnd): number | null;
}

const pageSizes = [page, largePage];

interface Hardware {
  readonly msix: boolean;
  readonly vectors: number;
  readonly page: bigint;
}

/** @param isGranted whether the element of the GIC that a cell's interrupt falls into has it */
export function linkText(
  link: Link,
  profile: Profile,
  onArm: boolean,
  isGranted: (part: Part, interrupt: number) => boolean,
): LinkText {
  const ends = link.peers.flat();
  const devices = ends.map(deviceOf);
  const hardware = mostCommon(devices.map((device) => hardwareOf(device, profile))) ?? {
    msix: false,
    vectors: 0,
    page,
  };
  const common = mostCommon(devices.map(({ domain, bdf }) => ({ domain, bdf })))!;
  const interruptOf = (end: LinkEnd): number | null => {
    const base = end.part.cell.vpciIrqBase;
    if (hardware.msix || !hasVpciIrq(end.part)) return null;
    const interrupt = virtualDeviceInterrupt(deviceOf(end).bdf, base);
    return isGranted(end.part, interrupt) ? interrupt : null;
  };
  return {
    declaration: declaration(link, hardware, common, onArm),
    interruptOf,
    blockOf: (end) => [
      ...(!hardware.msix && hasVpciIrq(end.part) && interruptOf(end) === null
        ? [line("interrupt none")]
        : []),
      ...deviations(link, end, hardware, profile),
    ],
  };
}

function deviceOf({ part, device }: LinkEnd): PciDevice {
  return part.cell.pciDevices[device]!;
}

/** Which of the usual devices it is; undefined for none. */
function hardwareOf(device: PciDevice, profile: Profile): Hardware | undefined {
  const msix = device.numMsixVectors > 0;
  for (const size of pageSizes) {
    const masks = usualBarMasks(profile, { msix, largePages: size === largePage });
    if (masks?.join() === device.barMask.join()) return { msix, vectors: device.numMsixVectors, page: size };
  }
  return undefined;
}

function mostCommon<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? "";
  const counts = new Map<string, number>();
  for (const value of values)
    if (value !== undefined) counts.set(text(value), (counts.get(text(value)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return values.find((value) => value !== undefined && counts.get(text(value)) === most);
}

function declaration(
  link: Link,
  hardware: Hardware,
  common: Pick<PciDevice, "domain" | "bdf">,
  onArm: boolean,
): Line {
  const { sections, protocol } = link;
  const lines = [line(`device ${busAddress(common)}`)];
  for (const end of link.peers.flat()) {
    const own = busAddress(deviceOf(end));
    if (own !== busAddress(common)) lines.push(line(`device ${own} for ${end.part.name}`));
  }
  lines.push({ text: "peers", list: link.peers.map(peerText) });
  if (hardware.page !== 0x1000n) lines.push(line(`pages ${size(hardware.page)}`));
  const usual = usualSections(protocol === "veth 0", hardware.page !== pageSizes[0]);
  if (sections.state !== usual.state) lines.push(line(`state ${size(sections.state)}`));
  if (sections.shared !== 0n) lines.push(line(`shared ${size(sections.shared)}`));
  if (sections.output !== usual.output) lines.push(line(`output ${size(sections.output)}`));
  if (hardware.msix) lines.push(line(`vectors ${hardware.vectors}`));
  else if (!onArm) lines.push(line("vectors intx"));
  const words = protocolWords(protocol);
  if (words !== "") lines.push(line(`protocol ${words}`));
  const comments = link.peers
    .flat()
    .map(
      ({ part, region, device }) =>
        part.commentOf("mem_regions", region) ?? part.commentOf("pci_devices", device),
    );
  const above = commentLines(comments.find((comment) => comment !== undefined));
  return { ...line(`link ${link.name} at ${address(sections.base)}`, lines), above };
}

function peerText(ends: readonly LinkEnd[]): string {
  if (ends.length === 0) return "nobody";
  const [first] = ends;
  const { kind } = deviceOf(first!).shmemProtocol;
  const role = kind === "virtio-back" ? " as back" : kind === "virtio-front" ? " as front" : "";
  return `${ends.map(({ part }) => part.name).join(" or ")}${role}`;
}

function protocolWords(protocol: string): string {
  const [kind, detail = "0"] = protocol.split(" ");
  if (kind === "veth") return "net";
  if (kind === "virtio") return `virtio ${virtioWord(Number(detail))}`;
  return kind === "custom" ? `custom ${detail}` : "";
}

/** Where the device of a peer is not what the link says. */
function deviations(
  link: Link,
  { part, device: index }: LinkEnd,
  hardware: Hardware,
  profile: Profile,
): readonly Line[] {
  const device = part.cell.pciDevices[index]!;
  const lines: Line[] = [];
  if (device.shmemPeers !== link.sections.peers) lines.push(line(`peers ${device.shmemPeers}`));
  if (device.iommu !== 0) lines.push(line(`iommu ${device.iommu}`));
  const names: string[] = [];
  const own = hardwareOf(device, profile);
  if (own?.page !== hardware.page || own.msix !== hardware.msix) names.push("bar_mask");
  if (device.numMsixVectors !== hardware.vectors) names.push("num_msix_vectors");
  if (kindOf(device) !== kindOf(deviceOf(link.peers[device.shmemDevId]![0]!))) names.push("shmem_protocol");
  if (device.capsStart !== 0) names.push("caps_start");
  if (device.numCaps !== 0) names.push("num_caps");
  if (device.numMsiVectors !== 0) names.push("num_msi_vectors");
  if (device.msi64bits !== 0) names.push("msi_64bits");
  if (device.msiMaskable !== 0) names.push("msi_maskable");
  if (device.msixRegionSize !== 0) names.push("msix_region_size");
  if (device.msixAddress !== 0n) names.push("msix_address");
  return [...lines, ...rawDeviations(part, index, names)];
}

function kindOf({ shmemProtocol }: PciDevice): string {
  return shmemProtocol.kind;
}
