import type { Choice, FlagSet } from "./names.js";
import type { IrNode } from "./node.js";

/** A PCI device, bridge or virtual shared-memory device of a cell (`jailhouse_pci_device`). */
export interface PciDevice extends IrNode {
  /** `JAILHOUSE_PCI_TYPE_DEVICE`, `JAILHOUSE_PCI_TYPE_BRIDGE` or `JAILHOUSE_PCI_TYPE_IVSHMEM`. */
  readonly type: Choice;
  /** Index of the IOMMU unit in front of it, 0..255. */
  readonly iommu: number;
  /** PCI segment, 0..0xffff. */
  readonly domain: number;
  /** Bus in bits 15..8, device in 7..3, function in 2..0. */
  readonly bdf: number;
  /** One mask per base address register, 32 bits each; six, or none before mid 2015. */
  readonly barMask: readonly number[];
  /** Index of its first capability in the table of the cell. */
  readonly capsStart: number;
  readonly numCaps: number;
  readonly numMsiVectors: number;
  /** 1 where MSI addresses have 64 bits. */
  readonly msi64bits: number;
  /** 1 where MSI vectors can be masked one by one. */
  readonly msiMaskable: number;
  readonly numMsixVectors: number;
  /** Size in bytes of the MSI-X table, 0..0xffff. */
  readonly msixRegionSize: number;
  /** Physical address of the MSI-X table. */
  readonly msixAddress: bigint;
  /** Index of the (first) memory region that a shared-memory device uses. */
  readonly shmemRegionsStart: number;
  /** Which generation of shared-memory devices `shmemRegionsStart` speaks of; null where it speaks of none. */
  readonly shmemGeneration: ShmemGeneration | null;
  /** Own number among the peers, 0..255. */
  readonly shmemDevId: number;
  /** Number of peers at most, 0..255. */
  readonly shmemPeers: number;
  readonly shmemProtocol: ShmemProtocol;
}

/**
 * Until mid 2019 a shared-memory device was one memory region (`shmem_region`); since then it is a run of them: state
 * table, common and output sections (`shmem_regions_start`). The index means another thing in each.
 */
export type ShmemGeneration = "one-region" | "several-regions";

/**
 * Sections of a link in front of one output section for each peer: the state table and the common section
 * (hypervisor/ivshmem.c:410).
 */
export const commonSections = 2;

/** `JAILHOUSE_SHMEM_PROTO_*` without the numbers, which were changed in 2019. */
export interface ShmemProtocol {
  readonly kind: "undefined" | "veth" | "custom" | "virtio-front" | "virtio-back" | "unknown";
  /** Custom: number of the protocol; virtio: device type; veth: its revision, until 2019; unknown: the raw value. */
  readonly detail: number;
}

/** A capability of PCI devices that a cell may see (`jailhouse_pci_capability`, since July 2014). */
export interface PciCapability extends IrNode {
  /** `PCI_CAP_ID_*` or, for an extended one, `PCI_EXT_CAP_ID_*`. */
  readonly id: number;
  /** An extended capability. Before late 2015 the format told them apart only by `start`. */
  readonly extended: boolean;
  /** Offset in configuration space, in bytes. */
  readonly start: number;
  /** In bytes. */
  readonly len: number;
  /** `JAILHOUSE_PCICAPS_WRITE`. */
  readonly flags: FlagSet;
}

/** The capabilities of a device, as far as the table has them. */
export function capabilitiesOf(
  device: Pick<PciDevice, "capsStart" | "numCaps">,
  cell: { readonly pciCapabilities: readonly PciCapability[] },
): readonly PciCapability[] {
  return cell.pciCapabilities.slice(device.capsStart, device.capsStart + device.numCaps);
}

/** `0000:00:1f.3` as the tools of Linux write it. */
export function pciAddressText({ domain, bdf }: Pick<PciDevice, "domain" | "bdf">): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
  return `${hex(domain, 4)}:${hex(bdf >> 8, 2)}:${hex((bdf >> 3) & 0x1f, 2)}.${bdf & 7}`;
}
