import type { CheckedCell, CheckedRegion, CheckedSystem } from "./parsed-config.js";

/** A range of addresses that something of the machine has. */
export interface NamedRange extends CheckedRegion {
  readonly name: string;
}

export function rangeOf(start: bigint, size: bigint, name = ""): NamedRange {
  return { physStart: start, virtStart: start, size, flags: 0n, name };
}

const flagNames: ReadonlyMap<bigint, string> = new Map([
  [0x1n, "READ"],
  [0x2n, "WRITE"],
  [0x4n, "EXECUTE"],
  [0x8n, "DMA"],
  [0x10n, "IO"],
  [0x20n, "COMM_REGION"],
  [0x40n, "LOADABLE"],
  [0x80n, "ROOTSHARED"],
  [0x100n, "NO_HUGEPAGES"],
  [0x8000n, "IO_UNALIGNED"],
  [0x1_0000n, "IO_8"],
  [0x2_0000n, "IO_16"],
  [0x4_0000n, "IO_32"],
  [0x8_0000n, "IO_64"],
]);

/** A region in four lines, the last one without its end. */
export function regionText({ physStart, virtStart, size, flags }: CheckedRegion): string {
  const hex = (value: bigint): string => `0x${value.toString(16).padStart(16, "0")}`;
  return `  phys_start: ${hex(physStart)}
  virt_start: ${hex(virtStart)}
  size:       ${hex(size)}
  flags:      ${flagsText(flags)}`;
}

function flagsText(flags: bigint): string {
  const names: string[] = [];
  for (let bit = 1n; bit <= flags; bit <<= 1n) {
    if ((flags & bit) === 0n) continue;
    const name = flagNames.get(bit);
    names.push(name === undefined ? `0x${bit.toString(16)}` : `JAILHOUSE_MEM_${name}`);
  }
  return names.join(" | ");
}

function overlaps(one: CheckedRegion, other: CheckedRegion, place: "physStart" | "virtStart"): boolean {
  if (one.size === 0n || other.size === 0n) return false;
  return one[place] < other[place] + other.size && other[place] < one[place] + one.size;
}

/** Two regions of a cell that overlap. */
export function* overlapsInside(cells: readonly CheckedCell[]): Generator<string> {
  for (const cell of cells) {
    for (const [index, region] of cell.regions.entries()) {
      for (let second = index + 1; second < cell.regions.length; second++) {
        const other = cell.regions[second]!;
        const kinds = [
          ...(overlaps(region, other, "physStart") ? ["physically"] : []),
          ...(overlaps(region, other, "virtStart") ? ["virtually"] : []),
        ];
        if (kinds.length === 0) continue;
        yield `${heading(cell, index)}${regionText(region)}
${kinds.join(" and ")} overlaps with region ${second}
${regionText(other)}`;
      }
    }
  }
}

/** Regions of cells over ranges of the machine. @param tell what stands between them, of each range */
export function* overlapsWith(
  cells: readonly CheckedCell[],
  ranges: readonly NamedRange[],
  tell: (range: NamedRange) => string,
): Generator<string> {
  for (const cell of cells) {
    for (const [index, region] of cell.regions.entries()) {
      for (const range of ranges) {
        if (!overlaps(region, range, "physStart")) continue;
        yield `${heading(cell, index)}${regionText(region)}
overlaps with ${tell(range)}
${regionText(range)}`;
      }
    }
  }
}

function heading({ name }: CheckedCell, region: number): string {
  return `\n\nIn cell '${name}', region ${region}\n`;
}

/** What the hypervisor has to keep from all cells; null for an interrupt controller that is not known. */
export function protectedRanges({
  architecture,
  gic,
  rootCell,
}: CheckedSystem): readonly NamedRange[] | null {
  if (architecture === "x86") {
    const ioApics = rootCell.irqchips.map((address) => rangeOf(address, 0x1000n, "IOAPIC"));
    return [rangeOf(0xfee0_0000n, 0x1000n, "xAPIC"), ...ioApics];
  }
  const [gicd, gicc, gich, gicv, gicr] = gic.bases as [bigint, bigint, bigint, bigint, bigint];
  if (gic.version === 2) {
    return [
      rangeOf(gicd, 0x1000n, "GICD"),
      rangeOf(gicc, 0x2000n, "GICC"),
      rangeOf(gich, 0x2000n, "GICH"),
      rangeOf(gicv, 0x2000n, "GICV"),
    ];
  }
  if (gic.version === 3) return [rangeOf(gicd, 0x1_0000n, "GICD"), rangeOf(gicr, 0x2_0000n, "GICR")];
  return null;
}
