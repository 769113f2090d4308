import { Cell } from "../cell.js";
import { type CellConfig, isSubPage } from "../config/cell-config.js";
import { termsOf } from "../config/revision-terms.js";
import { type Hypervisor, pagesOf } from "../hypervisor.js";
import type { MmioTable } from "../mmio/mmio-table.js";
import { pageSize } from "../paging/table-format.js";
import { undoing } from "../refusal.js";

/** A larger set of CPUs takes a page of its own (hypervisor/control.c:251). */
const smallCpuSet = 8;

/** What a cell takes before any of its resources: its set of CPUs and its table of trapped regions. */
export interface CellFrame {
  readonly mmio: MmioTable;
  readonly cpus: readonly number[];
  free(): void;
}

/** Refuses a set of CPUs that is too large, and a cell without any trapped region: its table would have no page. */
export function frameOf(hypervisor: Hypervisor, config: CellConfig, isRoot: boolean): CellFrame {
  const { cpuSet } = config;
  if (cpuSet.length > pageSize) throw hypervisor.refusal("EINVAL", "hypervisor/control.c:250");
  const setPages = cpuSet.length > smallCpuSet ? 1 : 0;
  const setAddress = setPages > 0 ? hypervisor.takePages(setPages) : 0;
  const freeSet = (): void => hypervisor.freePages(setAddress, setPages);
  const { table, free } = undoing(() => hypervisor.mmioTableOf(slotsOf(hypervisor, config, isRoot)), freeSet);
  return {
    mmio: table,
    cpus: cpusOf(cpuSet),
    free: () => {
      free();
      freeSet();
    },
  };
}

function slotsOf({ architecture, setup }: Hypervisor, config: CellConfig, isRoot: boolean): number {
  const ofUnits = architecture.units.reduce((sum, unit) => sum + unit.mmioRegions({ config, isRoot }), 0);
  const slots = ofUnits + config.memoryRegions.filter(isSubPage).length;
  return termsOf(setup.profile).hasTrapTable ? slots : Math.max(1, slots);
}

/** Ascending. */
export function cpusOf(cpuSet: Uint8Array): readonly number[] {
  return Array.from(cpuSet).flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => 8 * index + bit),
  );
}

/** Pages of the pool that the description of a cell takes, its communication page included. */
export function descriptionPages({ setup }: Hypervisor, config: CellConfig): number {
  return pagesOf(setup.build.cellSize + config.totalSize);
}

export function newCell(
  config: CellConfig,
  isRoot: boolean,
  commPage: number,
  dataPages: number,
  mmio: MmioTable,
): Cell {
  return new Cell(
    config,
    isRoot,
    commPage,
    dataPages === 0 ? null : { first: commPage, count: dataPages },
    mmio,
  );
}
