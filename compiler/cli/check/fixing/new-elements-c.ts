/** Elements of tables as designated initialisers. */

import { resolveProfile } from "../../../../schema/layout/resolve.js";
import type { CheckedConfig } from "../../../check/facts/checked-config.js";
import type { NewDevice, NewElement, NewRegion } from "../../../check/fix.js";
import { writeProtocol } from "../../../ir/revision-facts.js";

/** The table of an entry, and its fields. */
export function newElement(
  { table, node }: NewElement,
  config: CheckedConfig,
): [table: string, fields: readonly string[]] {
  if (table === "pciDevices") return ["pci_devices", deviceFields(node, config)];
  if (table === "memoryRegions") return ["mem_regions", regionFields(node)];
  return ["pio_regions", [`.base = 0x${node.base.toString(16)}`, `.length = ${node.length}`]];
}

/** None for a region that is all zero. */
export function regionFields({ physStart, virtStart, size, flags }: NewRegion): readonly string[] {
  const fields = [
    ...addressField("phys_start", physStart),
    ...addressField("virt_start", virtStart),
    ...addressField("size", size),
  ];
  return flags.names.length === 0 ? fields : [...fields, `.flags = ${flags.names.join(" | ")}`];
}

export function deviceFields(device: NewDevice, { config }: CheckedConfig): readonly string[] {
  const profile = resolveProfile(config.profile)!;
  const bus = device.bdf >> 8;
  const number = `0x${(device.bdf & 0xff).toString(16)}`;
  return [
    `.type = ${device.type}`,
    ...numberField("iommu", device.iommu),
    ...numberField("domain", device.domain),
    `.bdf = ${bus === 0 ? number : `0x${bus.toString(16)} << 8 | ${number}`}`,
    `.bar_mask = { ${device.barMask.map((mask) => `0x${mask.toString(16)}`).join(", ")} }`,
    ...numberField("num_msix_vectors", device.numMsixVectors),
    ...(device.type === "JAILHOUSE_PCI_TYPE_IVSHMEM"
      ? [
          `.shmem_regions_start = ${device.shmemRegionsStart}`,
          `.shmem_dev_id = ${device.shmemDevId}`,
          `.shmem_peers = ${device.shmemPeers}`,
          ...numberField("shmem_protocol", writeProtocol(device.shmemProtocol, profile.constants) ?? 0, 16),
        ]
      : []),
  ];
}

function addressField(name: string, value: bigint): readonly string[] {
  return value === 0n ? [] : [`.${name} = 0x${value.toString(16)}`];
}

function numberField(name: string, value: number, base: 10 | 16 = 10): readonly string[] {
  if (value === 0) return [];
  return [`.${name} = ${base === 16 ? "0x" : ""}${value.toString(base)}`];
}
