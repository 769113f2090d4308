import type { Cell } from "../cell.js";
import type { Hypervisor } from "../hypervisor.js";
import { functionsOf } from "../pci/pci-function.js";
import type { CellInPlay, CellScene, LinkWindows, ProcessorKind } from "./scene.js";

/** The configs as they are in play now, with one of the cells as the one that tries something. */
export function sceneOf(hypervisor: Hypervisor, cell: Cell): CellScene {
  const cells = hypervisor.allCells.map(inPlay);
  return {
    system: hypervisor.config,
    processor: processorOf(hypervisor),
    cells,
    history: hypervisor.handOvers.all,
    cell: cells[hypervisor.allCells.indexOf(cell)] ?? inPlay(cell),
  };
}

function processorOf({ machine }: Hypervisor): ProcessorKind {
  return machine.architecture === "x86" ? machine.vendor! : machine.architecture;
}

function inPlay(cell: Cell): CellInPlay {
  const { config, isRoot } = cell;
  const windows = functionsOf(cell).flatMap(({ ivshmem }, device): readonly LinkWindows[] => {
    const [registers, vectors] = ivshmem?.active ?? [];
    return registers === undefined || vectors === undefined ? [] : [{ device, registers, vectors }];
  });
  return { config, isRoot, windows };
}
