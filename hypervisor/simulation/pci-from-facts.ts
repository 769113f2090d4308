import {
  type CellConfig,
  extendedCapability,
  type PciCapability,
  type PciDevice,
  pciTypes,
} from "../core/config/cell-config.js";
import type { PciBus } from "../machine/pci-bus.js";
import { derivePciBus } from "./derive-pci.js";
import type { BarFacts, PciFunctionFacts } from "./machine-facts.js";

const firstBar = 0x10;
const bar64Bit = 0x4;
const bars = 6;
/** Of a capability that no config lists: its header. */
const headerSize = { plain: 2, extended: 4 } as const;

/**
 * The functions that a machine is known to have, and no others: what facts leave open of one is as the first config says
 * that has it. Registers of its BARs hold their addresses, as firmware leaves them.
 *
 * @param domain of the configs: functions of others cannot be reached
 */
export function pciBusFromFacts(
  functions: readonly PciFunctionFacts[],
  configs: readonly CellConfig[],
  domain: number,
): PciBus {
  const there = functions.filter((each) => each.domain === domain);
  const known = there.map((facts) => {
    const config = configs.find(({ pciDevices }) => deviceAt(pciDevices, facts.bdf) !== undefined);
    return asConfig(facts, config);
  });
  const bus = derivePciBus(known);
  for (const { bdf, bars: places } of there) {
    const space = bus.at(bdf)!;
    const header = new DataView(space.bytes.buffer);
    for (const { index, start, is64Bit } of places ?? []) {
      header.setUint32(firstBar + 4 * index, (start % 2 ** 32) + (is64Bit ? bar64Bit : 0), true);
      if (is64Bit) header.setUint32(firstBar + 4 * index + 4, Math.floor(start / 2 ** 32), true);
    }
  }
  return bus;
}

function deviceAt(devices: readonly PciDevice[], bdf: number): PciDevice | undefined {
  return devices.find((device) => device.bdf === bdf && device.type !== pciTypes.ivshmem);
}

const unknown: PciDevice = {
  type: pciTypes.device,
  iommu: 0,
  domain: 0,
  bdf: 0,
  barMask: [0, 0, 0, 0, 0, 0],
  capsStart: 0,
  numCaps: 0,
  numMsiVectors: 0,
  msi64Bits: false,
  msiMaskable: false,
  numMsixVectors: 0,
  msixRegionSize: 0,
  msixAddress: 0n,
  shmemRegionsStart: 0,
  shmemDevId: 0,
  shmemPeers: 0,
  shmemProtocol: 0,
};

type PciConfig = Pick<CellConfig, "pciDevices" | "pciCapabilities">;

/** A function in the terms of a config that describes nothing else. */
function asConfig(facts: PciFunctionFacts, config: CellConfig | undefined): PciConfig {
  const device = deviceAt(config?.pciDevices ?? [], facts.bdf) ?? { ...unknown, bdf: facts.bdf };
  const listed = (config?.pciCapabilities ?? []).slice(device.capsStart, device.capsStart + device.numCaps);
  const capabilities = facts.capabilities?.map(({ id, start, isExtended }): PciCapability => {
    const full = isExtended ? id | extendedCapability : id;
    const same = listed.find((each) => each.id === full && each.start === start);
    return same ?? { id: full, start, len: headerSize[isExtended ? "extended" : "plain"], flags: 0 };
  });
  return {
    pciCapabilities: capabilities ?? listed,
    pciDevices: [
      {
        ...device,
        barMask: facts.bars === null ? device.barMask : masksOf(facts.bars),
        capsStart: 0,
        numCaps: (capabilities ?? listed).length,
        numMsiVectors: facts.msiVectors ?? device.numMsiVectors,
        numMsixVectors: facts.msixVectors ?? device.numMsixVectors,
      },
    ],
  };
}

/** Bits of the registers that can be written. */
function masksOf(places: readonly BarFacts[]): readonly number[] {
  const masks = new Array<number>(bars).fill(0);
  for (const { index, size, is64Bit } of places) {
    const mask = 2n ** 64n - BigInt(size);
    masks[index] = Number(mask & 0xffff_fff0n);
    if (is64Bit && index + 1 < bars) masks[index + 1] = Number(mask >> 32n);
  }
  return masks;
}
