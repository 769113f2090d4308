import { memory, systemFlags } from "../config/cell-config.js";
import { frameOf, newCell } from "../control/cell-shape.js";
import { commit } from "../control/commit.js";
import { giveToCell } from "../hand-over.js";
import type { Hypervisor } from "../hypervisor.js";
import { pageSize } from "../paging/table-format.js";
import { Refusal } from "../refusal.js";
import { checkConsole } from "./check-console.js";
import { prepareOwnMemory, prepareOwnTablesOfCpu } from "./own-memory.js";

/**
 * What the hypervisor does when all online CPUs have called it (hypervisor/setup.c:34-258): its own memory and the root
 * cell, then each CPU, then the units and the root cell's memory. Refused with the errno that `jailhouse enable` shows.
 *
 * @param online CPUs in the order they enter
 */
export function enableHypervisor(hypervisor: Hypervisor, online: readonly number[]): void {
  try {
    initEarly(hypervisor, online[0]!);
    for (const id of online) initCpu(hypervisor, id);
    initLate(hypervisor, online.length);
  } catch (error) {
    if (error instanceof Refusal) {
      shutDown(hypervisor);
      hypervisor.architecture.restoreCpus();
    }
    throw error;
  }
  hypervisor.print("Activating hypervisor\n");
}

function initEarly(hypervisor: Hypervisor, first: number): void {
  const { build, config } = hypervisor.setup;
  hypervisor.currentCpu = first;
  hypervisor.architecture.enter();
  checkConsole(hypervisor, "first line");
  hypervisor.print(`\nInitializing Jailhouse hypervisor ${build.version} on CPU ${first}\n`);
  hypervisor.print(`Code location: ${build.codeLocation}\n`);
  prepareOwnMemory(hypervisor);
  const frame = frameOf(hypervisor, config.rootCell, true);
  const root = newCell(config.rootCell, true, hypervisor.memoryStart + build.rootCommPage, 0, frame.mmio);
  for (const cpu of frame.cpus) root.cpus.add(cpu);
  hypervisor.rootCell = root;
  hypervisor.architecture.initEarly();
  hideOwnMemory(hypervisor);
  hypervisor.printPoolUsage("after early setup");
  hypervisor.print("Initializing processors:\n");
}

/** The root cell sees pages of zeros where the hypervisor is, and the ring of its console if that is to be read. */
function hideOwnMemory(hypervisor: Hypervisor): void {
  const { memoryStart, config, architecture, rootCell } = hypervisor;
  const { consolePage, emptyPage } = hypervisor.setup.build;
  const hasRing = (config.flags & systemFlags.virtualDebugConsole) !== 0;
  const end = memoryStart + Number(config.hypervisorMemory.size);
  for (let page = memoryStart; page < end; page += pageSize) {
    const shown = hasRing && page === memoryStart + consolePage ? page : memoryStart + emptyPage;
    architecture.map(rootCell, {
      physStart: BigInt(shown),
      virtStart: BigInt(page),
      size: BigInt(pageSize),
      flags: memory.read,
    });
  }
}

function initCpu(hypervisor: Hypervisor, id: number): void {
  hypervisor.print(` CPU ${id}... `);
  try {
    const cpu = hypervisor.cpu(id);
    // It stands in no table of this check that tells where it failed.
    if (!isConfiguredCpu(hypervisor, id)) throw new Refusal("EINVAL");
    cpu.cell = hypervisor.rootCell;
    prepareOwnTablesOfCpu(hypervisor, id, () => {
      checkConsole(hypervisor, "own tables");
      hypervisor.architecture.initCpu(cpu);
    });
  } catch (error) {
    if (error instanceof Refusal) hypervisor.print("FAILED\n");
    throw error;
  }
  hypervisor.print("OK\n");
}

/** The CPU is one of those that the root cell was enabled with. */
export function isConfiguredCpu({ config }: Hypervisor, id: number): boolean {
  return (((config.rootCell.cpuSet[id >> 3] ?? 0) >> (id & 7)) & 1) === 1;
}

function initLate(hypervisor: Hypervisor, online: number): void {
  const { rootCell, architecture } = hypervisor;
  if (online !== rootCell.cpus.size) throw hypervisor.refusal("EINVAL", "hypervisor/setup.c:174");
  for (const unit of architecture.units) {
    hypervisor.print(`Initializing unit: ${unit.name}\n`);
    unit.init();
  }
  for (const region of rootCell.config.memoryRegions) giveToCell(hypervisor, rootCell, region);
  commit(hypervisor, rootCell);
  hypervisor.printPoolUsage("after late setup");
}

/** Everything is returned to the root cell's system, also after an enabling that fails. */
export function shutDown({ pci, architecture, hasRootCell }: Hypervisor): void {
  if (hasRootCell) pci.prepareHandOver();
  architecture.prepareShutdown();
  for (const unit of [...architecture.units].reverse()) unit.shutdown();
}
