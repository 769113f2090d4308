import { type Cell, cellStates } from "../cell.js";
import { CommRegion } from "../comm-region.js";
import { isSubPage, memory } from "../config/cell-config.js";
import { returnToRoot } from "../hand-over.js";
import type { Hypervisor } from "../hypervisor.js";
import { commit } from "./commit.js";
import { managed } from "./managed.js";
import { tellReconfiguration } from "./messages.js";

/** Ends a cell and gives back what was the root cell's (hypervisor/control.c:712-743). */
export function destroyCell(hypervisor: Hypervisor, id: number): void {
  managed(hypervisor, "destroy", id, (cell) => {
    hypervisor.print(`Closing cell "${cell.name}"\n`);
    destroyInternally(hypervisor, cell);
    hypervisor.cells.splice(hypervisor.cells.indexOf(cell), 1);
    if (cell.dataPages !== null) hypervisor.freePages(cell.dataPages.first, cell.dataPages.count);
    hypervisor.printPoolUsage("after cell destruction");
    tellReconfiguration(hypervisor);
  });
}

/** Also undoes a creation that fails when memory is handed over. */
export function destroyInternally(hypervisor: Hypervisor, cell: Cell): void {
  const { architecture } = hypervisor;
  new CommRegion(hypervisor, cell).state = cellStates.shutDown;
  returnCpus(hypervisor, cell);
  for (const region of cell.config.memoryRegions) {
    if (!isSubPage(region)) architecture.unmap(cell, region);
    if ((region.flags & (memory.commRegion | memory.rootShared)) === 0n)
      returnToRoot(hypervisor, region, "warn");
  }
  hypervisor.handOvers.note("destroyed", cell.config);
  for (const unit of [...architecture.units].reverse()) unit.exitCell(cell);
  architecture.destroyCell(cell);
  commit(hypervisor, cell);
  cell.free();
}

function returnCpus(hypervisor: Hypervisor, cell: Cell): void {
  for (const id of cell.cpus) {
    const cpu = hypervisor.cpu(id);
    hypervisor.architecture.parkCpu(cpu);
    hypervisor.rootCell.cpus.add(id);
    cpu.cell = hypervisor.rootCell;
    cpu.failed = false;
    cpu.counters.fill(0);
  }
}
