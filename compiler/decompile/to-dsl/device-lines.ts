import type { Profile } from "../../../schema/layout/types.js";
import { usualBarMasks } from "../../dsl/lower/bar-masks.js";
import { virtioWord } from "../../dsl/lower/protocol.js";
import type { PciDevice, ShmemProtocol } from "../../ir/pci.js";
import type { CapabilityPlan } from "./capability-lines.js";
import { type Line, line } from "./lines.js";
import { commentLines, elementLayout, elementOf, type Part, shortComment } from "./machine.js";
import { withoutEcho } from "./memory-lines.js";
import { rawFields, rawPlace, rawRest } from "./raw.js";
import { address, busAddress, count, quoted, size } from "./text.js";

export const ivshmemType = "JAILHOUSE_PCI_TYPE_IVSHMEM";

const typeWords: Readonly<Record<string, string>> = {
  JAILHOUSE_PCI_TYPE_DEVICE: "device",
  JAILHOUSE_PCI_TYPE_BRIDGE: "bridge",
  [ivshmemType]: "ivshmem",
};

export interface DeviceNames {
  /** Names of the part's own devices, by index. */
  readonly own: ReadonlyMap<number, string>;
  /** What the system has: the text of the statement behind `device ADDRESS` leads to the name. */
  readonly granted: ReadonlyMap<string, string>;
  /** Names of regions, by index, for devices that use them. */
  readonly regions: ReadonlyMap<number, string>;
}

export function deviceLine(part: Part, index: number, plan: CapabilityPlan, names: DeviceNames): Line {
  const device = part.cell.pciDevices[index]!;
  const comment = part.commentOf("pci_devices", index);
  const word = typeWords[device.type] ?? "device";
  const block = deviceBlock(part, index, plan, names.regions);
  const own = names.own.get(index);
  const granted = names.granted.get(signatureOf(device, block));
  if (own === undefined && granted !== undefined && word !== "ivshmem")
    return { ...line(`${word} ${granted}`), above: commentLines(withoutEcho(comment, granted)) };
  const short = shortComment(comment);
  const label = own ?? (short === undefined ? undefined : quoted(short));
  const head = `${word} ${busAddress(device)}`;
  const above =
    own === undefined
      ? short === undefined
        ? commentLines(comment)
        : []
      : commentLines(withoutEcho(comment, own));
  return { ...line(label === undefined ? head : `${head} ${label}`, block), above };
}

/** Equal for statements that say the same. */
export function signatureOf(device: PciDevice, block: readonly Line[]): string {
  return JSON.stringify([device.type, busAddress(device), block]);
}

export function deviceBlock(
  part: Part,
  index: number,
  plan: CapabilityPlan,
  regions: ReadonlyMap<number, string>,
): readonly Line[] {
  const device = part.cell.pciDevices[index]!;
  const isShmem = device.type === ivshmemType;
  return [
    ...(isShmem ? shmemLines(device, regions) : []),
    ...hardwareLines(device, isShmem, part.profile),
    ...(plan.ofDevice.get(index) ?? []),
    ...rawDeviceFields(part, index, plan.raw.has(index)),
  ];
}

function shmemLines(device: PciDevice, regions: ReadonlyMap<number, string>): readonly Line[] {
  const first = regions.get(device.shmemRegionsStart) ?? count(device.shmemRegionsStart);
  const lines = device.shmemGeneration === null ? [] : [line(`regions from ${first}`)];
  if (device.shmemDevId !== 0) lines.push(line(`id ${device.shmemDevId}`));
  if (device.shmemPeers !== 0) lines.push(line(`peers ${device.shmemPeers}`));
  const protocol = protocolText(device.shmemProtocol);
  if (protocol !== "") lines.push(line(`protocol ${protocol}`));
  return lines;
}

/** What a device says; empty for no protocol. */
function protocolText({ kind, detail }: ShmemProtocol): string {
  switch (kind) {
    case "undefined":
      return "";
    case "veth":
      return detail === 0 ? "net" : `net ${detail}`;
    case "virtio-front":
    case "virtio-back":
      return `virtio ${virtioWord(detail)} ${kind.slice("virtio-".length)}`;
    default:
      return `${kind} ${count(detail)}`;
  }
}

/** The masks up to the last one that is not zero; none where they are what such a device has anyway. */
function barsText(
  { barMask, numMsixVectors }: PciDevice,
  isShmem: boolean,
  profile: Profile,
): readonly string[] {
  const usual = isShmem ? usualBarMasks(profile, { msix: numMsixVectors > 0, largePages: false }) : undefined;
  if (usual?.join() === barMask.join()) return [];
  const used = barMask.findLastIndex((mask) => mask !== 0) + 1;
  return barMask.slice(0, Math.max(used, usual === undefined ? 0 : 1)).map(address);
}

function hardwareLines(device: PciDevice, isShmem: boolean, profile: Profile): readonly Line[] {
  const lines: Line[] = [];
  const bars = barsText(device, isShmem, profile);
  if (bars.length > 0) lines.push({ text: "bars", list: bars });
  const { numMsiVectors, msi64bits, msiMaskable, numMsixVectors, msixRegionSize, msixAddress } = device;
  if (numMsiVectors !== 0 || msi64bits === 1 || msiMaskable === 1) {
    const words = ["msi", count(numMsiVectors), ...(msi64bits === 1 ? ["64bit"] : [])];
    lines.push(line([...words, ...(msiMaskable === 1 ? ["maskable"] : [])].join(" ")));
  }
  const table = msixRegionSize !== 0 || msixAddress !== 0n;
  if (table)
    lines.push(line(`msix ${numMsixVectors} at ${address(msixAddress)} size ${size(msixRegionSize)}`));
  else if (numMsixVectors !== 0) lines.push(line(`${isShmem ? "vectors" : "msix"} ${numMsixVectors}`));
  if (device.iommu !== 0) lines.push(line(`iommu ${device.iommu}`));
  return lines;
}

/** What the lines above leave out. */
function rawDeviceFields(part: Part, index: number, rawCapabilities: boolean): readonly Line[] {
  const device = part.cell.pciDevices[index]!;
  const names: string[] = [];
  if (typeWords[device.type] === undefined) names.push("type");
  if (device.msi64bits > 1) names.push("msi_64bits");
  if (device.msiMaskable > 1) names.push("msi_maskable");
  if (rawCapabilities) names.push("caps_start", "num_caps");
  if (device.type !== ivshmemType) {
    if (device.shmemRegionsStart !== 0) names.push("shmem_regions_start", "shmem_region");
    if (device.shmemDevId !== 0) names.push("shmem_dev_id");
    if (device.shmemPeers !== 0) names.push("shmem_peers");
    if (device.shmemProtocol.kind !== "undefined") names.push("shmem_protocol");
  }
  const place = rawPlace(elementLayout(part.profile, "pci_devices"));
  return [...rawFields(elementOf(part, "pci_devices", index), names, place), ...rawRest(device, place)];
}

/** Deviations of an end of a link from what the link says. */
export function rawDeviations(part: Part, index: number, names: readonly string[]): readonly Line[] {
  const place = rawPlace(elementLayout(part.profile, "pci_devices"));
  const device = part.cell.pciDevices[index]!;
  return [...rawFields(elementOf(part, "pci_devices", index), names, place), ...rawRest(device, place)];
}
