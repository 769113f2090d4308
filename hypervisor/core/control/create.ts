import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import { type Cell, cellStates } from "../cell.js";
import { CommRegion } from "../comm-region.js";
import { type CellConfig, memory } from "../config/cell-config.js";
import { configSize, readCellConfig, readCellHeader } from "../config/read-config.js";
import { termsOf } from "../config/revision-terms.js";
import { giveToCell, takeFromRoot } from "../hand-over.js";
import { type Hypervisor, pagesOf } from "../hypervisor.js";
import { pageSize } from "../paging/table-format.js";
import { Refusal, undoing } from "../refusal.js";
import { type CellFrame, descriptionPages, frameOf, newCell } from "./cell-shape.js";
import { commit } from "./commit.js";
import { destroyInternally } from "./destroy.js";
import { mayReconfigure, tellReconfiguration } from "./messages.js";
import { resumeCell, suspendCell } from "./suspend.js";

/** Pages through which the hypervisor looks at a cell's memory (hypervisor/include/jailhouse/paging.h). */
const temporaryPages = 16;

/**
 * Makes a cell of a config that lies in the root cell's memory (hypervisor/control.c:405-576), in the order of the checks
 * there. Refused with an errno; what was begun is undone, except where the real one leaves it.
 *
 * @param address of the config, as the root cell sees it
 */
export function createCell(hypervisor: Hypervisor, address: number): void {
  const { rootCell } = hypervisor;
  if (hypervisor.cpu(hypervisor.currentCpu).cell !== rootCell) throw new Refusal("EPERM");
  suspendCell(hypervisor, rootCell);
  try {
    createWhileSuspended(hypervisor, address);
  } finally {
    resumeCell(hypervisor, rootCell);
  }
}

function createWhileSuspended(hypervisor: Hypervisor, address: number): void {
  if (!mayReconfigure(hypervisor, null)) throw new Refusal("EPERM");
  const { machine, setup } = hypervisor;
  const { profile } = setup;
  const header = readRootMemory(hypervisor, address, planOfProfile(profile).headers.cell.size);
  const shape = numbered(hypervisor, readCellHeader(header, profile, machine));
  if (hypervisor.allCells.some(({ config }) => config.name === shape.name || config.id === shape.id)) {
    throw new Refusal("EEXIST");
  }
  const size = configSize(header, profile, "cell")!;
  if (pagesOf((address % pageSize) + size) > temporaryPages)
    throw hypervisor.refusal("E2BIG", "hypervisor/control.c:453");
  const whole = readRootMemory(hypervisor, address, size);
  const config = numbered(hypervisor, readCellConfig(whole, profile, machine));
  const pages = descriptionPages(hypervisor, config);
  const commPage = hypervisor.takePages(pages);
  undoing(
    () => {
      const frame = frameOf(hypervisor, config, false);
      const cell = newCell(config, false, commPage, pages, frame.mmio);
      for (const cpu of frame.cpus) cell.cpus.add(cpu);
      cell.free = frame.free;
      fillCell(hypervisor, cell, frame);
    },
    () => hypervisor.freePages(commPage, pages),
  );
}

/** Until the driver wrote numbers into configs (September 2016), a cell got the first one that was free. */
function numbered({ allCells, setup }: Hypervisor, config: CellConfig): CellConfig {
  if (termsOf(setup.profile).hasCellId) return config;
  let id = 0;
  while (allCells.some((cell) => cell.config.id === id)) id++;
  return { ...config, id };
}

/** ENOMEM where the root cell cannot read it (hypervisor/control.c:429). */
function readRootMemory(hypervisor: Hypervisor, address: number, size: number): Uint8Array {
  const tables = hypervisor.architecture.tablesOf(hypervisor.rootCell);
  const bytes = new Uint8Array(size);
  for (let done = 0; done < size; ) {
    const found = tables.lookUp(address + done, hypervisor.architecture.readable);
    if (found === null) throw new Refusal("ENOMEM");
    const room = Math.min(pageSize - ((address + done) % pageSize), size - done);
    bytes.set(hypervisor.machine.memory.readBytes(found.physical, room), done);
    done += room;
  }
  return bytes;
}

function fillCell(hypervisor: Hypervisor, cell: Cell, frame: CellFrame): void {
  const { architecture, rootCell } = hypervisor;
  undoing(() => {
    if (cell.cpus.has(hypervisor.currentCpu)) throw hypervisor.refusal("EBUSY", "hypervisor/control.c:480");
    // A set without bytes has no end: what follows it in the hypervisor counts as CPUs, which are not the root cell's.
    const isEndless = cell.config.cpuSet.length === 0;
    if (isEndless || [...cell.cpus].some((cpu) => !rootCell.cpus.has(cpu)))
      throw hypervisor.refusal("EBUSY", "hypervisor/control.c:487");
    architecture.createCell(cell);
    undoing(
      () => initUnits(hypervisor, cell),
      () => architecture.destroyCell(cell),
    );
  }, frame.free);
  takeCpus(hypervisor, cell);
  hypervisor.handOvers.note("created", cell.config);
  undoing(
    () => takeMemory(hypervisor, cell),
    () => destroyInternally(hypervisor, cell),
  );
  commit(hypervisor, cell);
  new CommRegion(hypervisor, cell).state = cellStates.shutDown;
  hypervisor.cells.push(cell);
  tellReconfiguration(hypervisor);
  hypervisor.print(`Created cell "${cell.name}"\n`);
  hypervisor.printPoolUsage("after cell creation");
}

/** The units before one that refuses are undone, the last one first. */
function initUnits({ architecture }: Hypervisor, cell: Cell): void {
  for (const [index, unit] of architecture.units.entries()) {
    undoing(
      () => unit.initCell(cell),
      () => {
        for (const before of architecture.units.slice(0, index).reverse()) before.exitCell(cell);
      },
    );
  }
}

function takeCpus(hypervisor: Hypervisor, cell: Cell): void {
  for (const id of cell.cpus) {
    const cpu = hypervisor.cpu(id);
    hypervisor.architecture.parkCpu(cpu);
    hypervisor.rootCell.cpus.delete(id);
    cpu.cell = cell;
    cpu.counters.fill(0);
  }
}

/** A region of the communication page has no memory of the root cell, and what is shared stays there, too. */
function takeMemory(hypervisor: Hypervisor, cell: Cell): void {
  for (const region of cell.config.memoryRegions) {
    if ((region.flags & (memory.commRegion | memory.rootShared)) === 0n) takeFromRoot(hypervisor, region);
    giveToCell(hypervisor, cell, region);
  }
}
