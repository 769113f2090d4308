import type { PageTables } from "../core/paging/page-tables.js";
import { pageSize } from "../core/paging/table-format.js";
import type { PhysicalMemory } from "../machine/physical-memory.js";

/**
 * What instructions are read from: the bytes from an address to the end of its page, as they are and will be until the tables
 * change. Those of devices are all ones.
 *
 * @param right flags that an entry has to have
 * @returns null where there is no such entry
 */
export function fetchCode(
  memory: PhysicalMemory,
  tables: PageTables,
  right: number,
  address: number,
): Uint8Array | null {
  const found = tables.translate(address, right);
  if (found === null) return null;
  const offset = found.physical % pageSize;
  const page = memory.shown(Math.floor(found.physical / pageSize));
  return page?.subarray(offset) ?? new Uint8Array(pageSize - offset).fill(0xff);
}

/** Another number than before means that what was fetched may not be what is there now. */
export function mappingsOf(memory: PhysicalMemory, tables: PageTables): number {
  return memory.generation + tables.generation;
}
