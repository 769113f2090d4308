/** The end of a link that another cell lacks. */

import { inOrder } from "../../ir/constants.js";
import { firstSpi, pinsPerElement, virtualDeviceInterrupt } from "../../ir/irq.js";
import { commonSections, type PciDevice, type ShmemProtocol } from "../../ir/pci.js";
import type { RuleFix } from "../define-rule.js";
import type { Change, NewRegion } from "../fix.js";
import { deviceText } from "../words.js";
import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";
import { firstDeviceAt } from "./ivshmem-links.js";

const [read, write, shared] = ["JAILHOUSE_MEM_READ", "JAILHOUSE_MEM_WRITE", "JAILHOUSE_MEM_ROOTSHARED"];

/**
 * Gives the other end to the one cell that could have it: the set has two configs, the link has two ends, and the
 * device knows its regions.
 */
export function missingEnd(
  config: CheckedConfig,
  device: PciDevice,
  { all }: CheckedSet,
): readonly RuleFix[] {
  const [candidate, another] = all.filter((each) => each !== config);
  const { shmemRegionsStart: start, shmemPeers: peers, shmemDevId: id } = device;
  const sections = config.cell.memoryRegions.slice(start, start + commonSections + peers);
  if (candidate === undefined || another !== undefined || peers !== 2 || id >= peers) return [];
  if (device.shmemGeneration !== "several-regions" || sections.length !== commonSections + peers) return [];
  if (firstDeviceAt(device.bdf, candidate) !== undefined) return [];
  const own = 1 - id;
  const regions = sections.map(({ physStart, size }, index): NewRegion => {
    if (size === 0n) return { physStart: 0n, virtStart: 0n, size, flags: { names: [], unknown: 0n } };
    const isWritable = index === 1 || index === commonSections + own;
    const names = [read!, ...(isWritable ? [write!] : []), ...(candidate.isRoot ? [] : [shared!])];
    return { physStart, virtStart: physStart, size, flags: { names: inOrder(names), unknown: 0n } };
  });
  const { origins: _, extra, residue: __, ...fields } = device;
  if (Object.keys(extra).length > 0) return [];
  const join: Change = {
    kind: "join",
    at: candidate.cellSpot(),
    link: config.spot(device),
    regions,
    device: { ...fields, shmemDevId: own, shmemProtocol: otherSide(device.shmemProtocol) },
  };
  const title = `give ${candidate.title} the other end of ${deviceText(device)}`;
  return [{ title, changes: [join, ...interruptOf(device, candidate)] }];
}

function otherSide({ kind, detail }: ShmemProtocol): ShmemProtocol {
  if (kind === "virtio-front") return { kind: "virtio-back", detail };
  return { kind: kind === "virtio-back" ? "virtio-front" : kind, detail };
}

/** What grants the interrupt of a device without MSI-X, where there is an element that can hold it. */
function interruptOf(device: PciDevice, config: CheckedConfig): readonly Change[] {
  if (device.numMsixVectors > 0 || !config.isArm) return [];
  const interrupt = virtualDeviceInterrupt(device.bdf, config.cell.vpciIrqBase);
  const chip = config.cell.irqchips.find(
    ({ pinBase }) => pinBase >= firstSpi && interrupt >= pinBase && interrupt < pinBase + pinsPerElement,
  );
  if (chip === undefined) return [];
  const value = chip.pinBitmap | (1n << BigInt(interrupt - chip.pinBase));
  if (value === chip.pinBitmap) return [];
  return [{ kind: "set", at: { ...config.spot(chip), field: "pinBitmap" }, value }];
}
