import type { MemoryRegion } from "../../hypervisor/core/config/cell-config.js";

/** Where a cell's description begins, and what of it is here, in revision 14. */
const descriptions = { cell: 0, system: 356 } as const;
const places = { cpuSetSize: 48, memoryRegions: 52, tables: 132, region: 32 } as const;

/** A config with another set of CPUs. */
export function withCpus(bytes: Uint8Array, kind: "cell" | "system", cpus: Uint8Array): Uint8Array {
  const at = descriptions[kind];
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + places.cpuSetSize, true);
  const start = at + places.tables;
  const changed = joined(bytes.subarray(0, start), cpus, bytes.subarray(start + size));
  new DataView(changed.buffer).setUint32(at + places.cpuSetSize, cpus.length, true);
  return changed;
}

/** A config with more memory regions, behind those that it has. */
export function withRegions(
  bytes: Uint8Array,
  kind: "cell" | "system",
  regions: readonly MemoryRegion[],
): Uint8Array {
  const at = descriptions[kind];
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const count = view.getUint32(at + places.memoryRegions, true);
  const end = at + places.tables + view.getUint32(at + places.cpuSetSize, true) + count * places.region;
  const table = new Uint8Array(regions.length * places.region);
  for (const [index, { physStart, virtStart, size, flags }] of regions.entries()) {
    for (const [field, value] of [physStart, virtStart, size, flags].entries()) {
      new DataView(table.buffer).setBigUint64(index * places.region + field * 8, value, true);
    }
  }
  const changed = joined(bytes.subarray(0, end), table, bytes.subarray(end));
  new DataView(changed.buffer).setUint32(at + places.memoryRegions, count + regions.length, true);
  return changed;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
