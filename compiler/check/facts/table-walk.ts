/**
 * How the hypervisor walks page tables to take memory out of them (hypervisor/paging.c:368-456): it goes on by the size of
 * the entry that it has cleared or found empty, from wherever it stands in it.
 */

/** What one entry stands for, from the level of the tables of pages up. */
export const smallBlock = 1n << 21n;
export const largeBlock = 1n << 30n;
/** Entries of the highest level of four hold no pages: where one is empty, the walk goes on page by page. */
export const topBlock = 1n << 39n;

/** Levels of tables: three begin with entries of 1 GiB, four with entries of 512 GiB. */
export type Levels = 3 | 4;

/** Neither touches what is mapped in front and behind, nor has anything mapped in it. */
export interface Hole {
  /** End of what is mapped in front; 0 where nothing is. */
  readonly before: bigint;
  /** Start of what is mapped behind. */
  readonly next: bigint;
}

/**
 * Where the walk arrives that stands at `start` in a hole: at or behind the next thing that is mapped. What it is behind of
 * stays mapped.
 */
export function walkHole(start: bigint, hole: Hole, levels: Levels): bigint {
  const { next } = hole;
  let at = start;
  while (at < next) {
    if (levels === 4 && isEmpty(at, topBlock, hole)) at = startOfBlock(next, topBlock);
    else if (isEmpty(at, largeBlock, hole)) at = afterBlocks(at, largeBlock, topBlock, next);
    else if (isEmpty(at, smallBlock, hole)) at = afterBlocks(at, smallBlock, largeBlock, next);
    else at = smaller(endOfBlock(at, smallBlock), next);
  }
  return at;
}

/** As long as the blocks are empty and the larger one around them is not. */
function afterBlocks(at: bigint, block: bigint, around: bigint, next: bigint): bigint {
  const limit = smaller(startOfBlock(next, block), endOfBlock(at, around));
  return at + limit - startOfBlock(at, block);
}

function isEmpty(at: bigint, size: bigint, { before, next }: Hole): boolean {
  return before <= startOfBlock(at, size) && next >= endOfBlock(at, size);
}

export function startOfBlock(at: bigint, size: bigint): bigint {
  return at - (at % size);
}

export function endOfBlock(at: bigint, size: bigint): bigint {
  return startOfBlock(at, size) + size;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
