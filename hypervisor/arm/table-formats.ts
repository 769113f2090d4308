import { accessFlags } from "../core/access-flags.js";
import { fourLevels, type TableFormat } from "../core/paging/table-format.js";
import type { Machine } from "../machine/machine.js";

const { read, write, valid } = accessFlags;
const physicalBits = 48;

/** What is below decides what is allowed. */
const toTable = valid | read | write;
const leastBits = 32;

/** Root tables of so few bits have three levels, with several pages next to each other as the root (arch/arm-common/paging.c:221). */
const leastBitsOfFourLevels = 44;

/** Of the hypervisor itself on ARM64 (hypervisor/arch/arm-common/paging.c:125). */
export const ownTables64: TableFormat = {
  levels: fourLevels([false, true, true, true]),
  present: read,
  toTable: read | write,
  physicalBits,
};

/** Of the hypervisor itself in 32 bits: four entries of 1G. */
export const ownTables32: TableFormat = {
  ...ownTables64,
  levels: threeLevels(4, true),
  physicalBits: 40,
};

/** Of cells on ARM64. @param bits of physical addresses, the least that any CPU of the root cell has */
export function cellTables64(bits: number): TableFormat {
  const common = { present: valid, toTable, physicalBits };
  if (bits >= leastBitsOfFourLevels) return { ...common, levels: ownTables64.levels };
  return { ...common, levels: threeLevels(512 * rootPages64(bits), false) };
}

/** Of cells in 32 bits: an entry of 1G is never a page. */
export const cellTables32: TableFormat = {
  levels: threeLevels(4, false),
  present: valid,
  toTable,
  physicalBits: 32,
};

/** Pages of the root table of a cell (arch/arm64/include/asm/paging.h, CELL_ROOT_PT_PAGES). */
export function rootPages64(bits: number): number {
  return bits > 39 && bits < leastBitsOfFourLevels ? 2 ** (bits - 39) : 1;
}

/**
 * Bits of physical addresses as the hypervisor finds them: a CPU of the root cell that has not entered it has left no word of
 * its own, which reads as the least there is (arch/arm64/paging.c:25).
 */
export function physicalBitsOf({ cpus, arm }: Machine, rootCpus: readonly number[]): number {
  const online = new Set(cpus.filter(({ isOnline }) => isOnline).map(({ id }) => id));
  return rootCpus.every((id) => online.has(id)) ? arm!.physicalBits : leastBits;
}

function threeLevels(rootEntries: number, rootHoldsPages: boolean): TableFormat["levels"] {
  const [, root, ...below] = fourLevels([false, rootHoldsPages, true, true]);
  return [{ ...root!, entries: rootEntries }, ...below];
}
