import type { CheckedConfig } from "../../check/facts/checked-config.js";
import { contains, merged } from "../../check/facts/intervals.js";
import type { Region } from "../../check/facts/region.js";
import { cpuRights } from "../../check/reach/access.js";
import type { CellView } from "../../check/reach/cell-view.js";
import type { Partition } from "../../check/reach/partition.js";
import { whoReaches } from "../../check/reach/reach.js";
import { passesOf } from "../../check/reach/sub-page.js";
import { hasFlag } from "../../ir/names.js";
import type { DeniedAccess } from "../log/statement.js";
import { configAccess } from "./config-space.js";

/** True where the config lets the cell do what the log says that it was not allowed to. */
export function isGranted(access: DeniedAccess, cell: CheckedConfig, partition: Partition): boolean {
  const view = partition.views.get(cell);
  if (view === undefined) return false;
  switch (access.kind) {
    case "memory":
      return isMapped(access, view) || isPassed(access, view);
    case "trapped":
      return view.handlers.all.some((handler) => {
        const { passes } = handler;
        if (passes === null || !("region" in passes)) return false;
        if (access.address < passes.phys || access.address >= passes.phys + handler.size) return false;
        const virt = handler.start + (access.address - passes.phys);
        return isPassed({ ...access, kind: "memory", address: virt }, view);
      });
    case "port": {
      const { port, size } = access;
      const wanted = { start: BigInt(port), end: BigInt(port + size) };
      const target = { kind: "ioports", from: port, to: port + size - 1 } as const;
      const own = whoReaches(partition, target).accesses.filter((each) => each.cell === cell);
      return merged(own.map(({ range }) => range)).some((range) => contains(range, wanted));
    }
    case "pci-config":
      return configAccess(access, cell).isGranted;
    case "dma":
      return access.address !== null && isOpenToDevice(access.bdf, access.address, cell, partition);
  }
}

type ByAddress = DeniedAccess & { readonly kind: "memory" };

function isMapped({ address, size, direction }: ByAddress, { memory }: CellView): boolean {
  const end = address + BigInt(Math.max(size, 1));
  for (let at = address; at < end; ) {
    const mapping = memory.next(at);
    if (mapping === undefined || mapping.start > at || !cpuRights(mapping.access)[direction]) return false;
    at = mapping.end;
  }
  return true;
}

function isPassed({ address, size, direction }: ByAddress, view: CellView): boolean {
  if (direction === "execute" || size === 0) return false;
  const handler = view.handlers.find(address, BigInt(size));
  if (handler === undefined || handler.passes === null || !("region" in handler.passes)) return false;
  const { region, phys } = handler.passes;
  const offset = address - handler.start;
  if (missingFlags(region, offset, direction, size).length > 0) return false;
  const wanted = { start: phys + offset, end: phys + offset + BigInt(size) };
  return passesOf(view, handler).some((each) => contains(each.phys, wanted) && each.rights[direction]);
}

/** What the hypervisor asks of a trapped region, in its order (hypervisor/mmio.c:307). */
export function missingFlags(
  { node: { flags } }: Region,
  offset: bigint,
  direction: "read" | "write",
  size: number,
): readonly string[] {
  const needed = [
    direction === "read" ? "JAILHOUSE_MEM_READ" : "JAILHOUSE_MEM_WRITE",
    `JAILHOUSE_MEM_IO_${size * 8}`,
    ...(offset % BigInt(size) === 0n ? [] : ["JAILHOUSE_MEM_IO_UNALIGNED"]),
  ];
  return needed.filter((flag) => !hasFlag(flags, flag));
}

function isOpenToDevice(bdf: number, address: bigint, cell: CheckedConfig, partition: Partition): boolean {
  return cell.regions.some((region) => {
    if (!region.hasPhysical || address < region.virt.start || address >= region.virt.end) return false;
    const phys = region.phys.start + (address - region.virt.start);
    return whoReaches(partition, { kind: "memory", from: phys, to: phys }).accesses.some(
      (access) =>
        access.cell === cell &&
        access.seenAt === address &&
        access.by.some((agent) => agent.kind === "device" && agent.device.bdf === bdf),
    );
  });
}
