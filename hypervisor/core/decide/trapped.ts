import { memory } from "../config/cell-config.js";
import type { MemoryAccess } from "./access.js";
import type { Decision } from "./decision.js";
import { decision } from "./describe.js";
import { decideIoApic } from "./interrupts.js";
import { takersOfRegion } from "./lost-memory.js";
import { decideMsix, decideVectorTable } from "./messages.js";
import { decideConfigSpace } from "./pci-config.js";
import { type CellScene, entryOf } from "./scene.js";
import type { Window } from "./windows.js";

const spaceSize = 0x1000;

/** What a window answers to an access that it has all bytes of; one to execute never comes here. */
export function decideWindow(access: MemoryAccess, window: Window, scene: CellScene): Decision {
  const { size } = access;
  const direction = access.direction === "write" ? "write" : "read";
  const offset = access.address - Number(window.start);
  const device = scene.cell.config.pciDevices[window.index];
  switch (window.what) {
    case "region":
      return decideSubPage(access, offset, window.index, scene);
    case "config-space": {
      const bdf = (offset / spaceSize) & 0xffff;
      const register = offset % spaceSize;
      return decideConfigSpace(
        { kind: "pci-config", via: "memory", direction, bdf, register, size, value: null },
        scene,
      );
    }
    case "msix":
      return decideMsix({ kind: "msix", direction, bdf: device!.bdf, offset }, window.index, scene);
    case "vectors":
      return decideVectorTable({ kind: "msix", direction, bdf: device!.bdf, offset }, window.index, scene);
    case "ioapic":
      return decideIoApic(
        { kind: "ioapic", direction, address: Number(window.start), register: offset, index: 0, pin: null },
        scene,
      );
    case "registers":
    case "distributor":
    case "redistributor":
      return decision("granted", access, []);
  }
}

/** Permission, width and alignment are looked at in this order (hypervisor/mmio.c:307-352). */
function decideSubPage(access: MemoryAccess, offset: number, index: number, scene: CellScene): Decision {
  const { cell } = scene;
  const { flags, physStart } = cell.config.memoryRegions[index]!;
  const { direction, size } = access;
  const missing = [
    ...(direction === "write" && (flags & memory.write) === 0n ? ["JAILHOUSE_MEM_WRITE"] : []),
    ...(direction === "read" && (flags & memory.read) === 0n ? ["JAILHOUSE_MEM_READ"] : []),
    ...((flags & (BigInt(size) << memory.ioWidthShift)) === 0n ? [`JAILHOUSE_MEM_IO_${8 * size}`] : []),
    ...(offset % size !== 0 && (flags & memory.ioUnaligned) === 0n ? ["JAILHOUSE_MEM_IO_UNALIGNED"] : []),
  ];
  // The access is made at the sum of both places within their pages, in a single page.
  const within = Number(physStart & 0xfffn) + (offset & 0xfff);
  if (missing.length === 0 && within + size > 0x1000) missing.push("phys_start");
  if (missing.length > 0) {
    return decision("denied", access, [entryOf(cell, "mem_regions", index, "lacks", missing)]);
  }
  const region = cell.config.memoryRegions[index]!;
  const takers = takersOfRegion(region, region.physStart + BigInt(offset), scene);
  if (takers.length === 0) return decision("granted", access, []);
  return decision("denied", access, [entryOf(cell, "mem_regions", index, "lost"), ...takers]);
}
