import type { PciDevice } from "../../ir/pci.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { isIvshmem } from "../facts/checked-config.js";
import { type Access, type Agent, isByCpus, type Loss } from "./answer.js";
import { memoryAccesses } from "./memory-reach.js";
import type { Partition } from "./partition.js";

const cpu: Agent = { kind: "cpu" };
const rights = { read: true, write: true, execute: false };
const whole = { start: 0n, end: 1n };

/** Bytes of the configuration space of one device. */
const configSpace = 0x1000n;
const addressPorts = { first: 0xcf8, last: 0xcfb };
const dataPorts = { first: 0xcfc, last: 0xcff };

/**
 * Who reaches the configuration space of a device: the cells that list it (the domain does not count,
 * hypervisor/pci.c:150), through the hypervisor; and cells that have the mechanism itself, mapped memory or ports, to which
 * every device is open.
 */
export function deviceAccesses(partition: Partition, bdf: number): readonly Access[] {
  const { views, system } = partition;
  const owners = [...views.values()].flatMap(({ config, devices }): readonly Access[] => {
    const device = firstEntry(config, bdf);
    if (device === undefined || !devices.has(bdf)) return [];
    const text = isIvshmem(device)
      ? "the hypervisor makes up this shared-memory device for the cell"
      : "the device is the cell's: the hypervisor checks each write";
    return [
      {
        cell: config,
        by: [cpu],
        rights,
        range: whole,
        seenAt: null,
        chain: [{ at: config.spot(device), text }],
      },
    ];
  });
  const byPorts = [...views.values()].flatMap(({ config, openPorts }): readonly Access[] => {
    const isOpen = (port: number): boolean => openPorts[port] === 1;
    const ports = (range: typeof dataPorts): readonly number[] =>
      Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index);
    if (!ports(addressPorts).every(isOpen) || !ports(dataPorts).some(isOpen)) return [];
    const text = "ports 0xcf8-0xcff are open: the cell reaches every device, and nothing is checked";
    const { portIo } = config.cell;
    const range =
      portIo.kind === "ranges"
        ? portIo.ranges.find(
            ({ base, length }) => base <= addressPorts.first && base + length > addressPorts.first,
          )
        : undefined;
    const at = config.spot(range ?? portIo);
    return [{ cell: config, by: [cpu], rights, range: whole, seenAt: null, chain: [{ at, text }] }];
  });
  const platform = system?.system?.platform;
  if (system === null || platform == null || platform.pciMmconfigBase === 0n) return [...owners, ...byPorts];
  const start = platform.pciMmconfigBase + (BigInt(bdf) << 12n);
  if (platform.pciIsVirtual === 1 || bdf >> 8 > platform.pciMmconfigEndBus) return [...owners, ...byPorts];
  const link = {
    at: system.spot(platform, "pciMmconfigBase"),
    text: "there is the configuration space of the device",
  };
  const mapped = memoryAccesses(partition, { start, end: start + configSpace })
    .filter(isByCpus)
    .map((access) => ({ ...access, range: whole, chain: [...access.chain, link] }));
  return [...owners, ...byPorts, ...mapped];
}

/** The hypervisor looks at the first entry only (hypervisor/pci.c:150). */
function firstEntry(config: CheckedConfig, bdf: number): PciDevice | undefined {
  return config.cell.pciDevices.find((device) => device.bdf === bdf);
}

/** What the root cell lists, and has lost to every cell that lists it, too. */
export function deviceLosses({ system, views }: Partition, bdf: number): readonly Loss[] {
  const had = system === null ? undefined : firstEntry(system, bdf);
  if (system === null || had === undefined) return [];
  return [...views.keys()].flatMap((config): readonly Loss[] => {
    const device = config.isRoot ? undefined : config.physicalDevices.find((each) => each.bdf === bdf);
    if (device === undefined) return [];
    const chain = [
      { at: system.spot(had), text: "the root cell lists it" },
      { at: config.spot(device), text: `${config.title} takes it away` },
    ];
    return [{ cell: system, to: config, range: whole, chain }];
  });
}
