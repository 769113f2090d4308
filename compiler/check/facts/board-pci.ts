import type { Board, BoardIommu, BoardPciDevice } from "../../ir/board.js";
import type { PciDevice } from "../../ir/pci.js";
import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";

type Address = Pick<PciDevice, "domain" | "bdf">;

export function addressKey({ domain, bdf }: Address): number {
  return domain * 0x1_0000 + bdf;
}

/** The devices of the board by {@link addressKey}; null where they are not known. */
export function boardPciOf({ pci }: Board): ReadonlyMap<number, BoardPciDevice> | null {
  return pci === null ? null : new Map(pci.map((device) => [addressKey(device.address), device]));
}

/** Which unit of the board is in front of a device: the one that names it, else the one for all others. */
export function boardIommuFinder({ iommus }: Board): (device: Address) => BoardIommu | undefined {
  const units = iommus ?? [];
  const named = new Map(
    units.flatMap((unit) => (unit.scope ?? []).map((address) => [addressKey(address), unit] as const)),
  );
  const rest = units.find(({ others }) => others === true);
  return (device) => named.get(addressKey(device)) ?? rest;
}

/** Cells other than the root cell that list each device, by {@link addressKey}. */
export function ownersOf({ cells }: CheckedSet): ReadonlyMap<number, readonly CheckedConfig[]> {
  const owners = new Map<number, CheckedConfig[]>();
  for (const cell of cells)
    for (const device of cell.physicalDevices) {
      const key = addressKey(device);
      const known = owners.get(key);
      if (known === undefined) owners.set(key, [cell]);
      else if (known.at(-1) !== cell) known.push(cell);
    }
  return owners;
}

/** Whether PCI of the machine is what the hypervisor makes up, so that no device of it is real. */
export function hasVirtualPci({ system }: CheckedSet): boolean {
  return system?.system?.platform?.pciIsVirtual === 1;
}
