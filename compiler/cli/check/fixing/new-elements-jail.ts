/** Entries of a cell as lines of its block. */

import type { NewDevice, NewElement, NewRegion } from "../../../check/fix.js";
import { address, busAddress, guestAddress, size } from "../../../decompile/to-dsl/text.js";
import { memoryFlagWords } from "../../../decompile/to-dsl/words.js";
import { hasFlag } from "../../../ir/names.js";

export function newLine({ table, node }: NewElement): string {
  if (table === "memoryRegions") return memoryText(node);
  if (table === "pciDevices") return deviceText(node);
  const { base, length } = node;
  return `ioports ${address(base)}${length === 1 ? "" : `-${address(base + length - 1)}`}`;
}

function deviceText(device: NewDevice): string {
  const { barMask, iommu } = device;
  const used = barMask.slice(0, barMask.findLastIndex((mask) => mask !== 0) + 1);
  const lines = [
    ...(used.length === 0 ? [] : [`bars ${used.map(address).join(", ")}`]),
    ...(iommu === 0 ? [] : [`iommu ${iommu}`]),
  ];
  const head = `device ${busAddress(device)}`;
  return lines.length === 0 ? head : `${head} { ${lines.join("; ")} }`;
}

function memoryText({ physStart, virtStart, size: bytes, flags }: NewRegion): string {
  if (hasFlag(flags, "JAILHOUSE_MEM_COMM_REGION")) return `comm at ${guestAddress(virtStart)}`;
  const mapped = physStart === virtStart ? "" : ` mapped at ${guestAddress(virtStart)}`;
  return `memory at ${address(physStart)} size ${size(bytes)}${mapped} ${memoryFlagWords(flags)}`;
}
