import { textOfByte } from "../../schema/text.js";
import { cellFlags } from "./config/cell-config.js";
import { createCell } from "./control/create.js";
import { destroyCell } from "./control/destroy.js";
import { disable } from "./control/disable.js";
import { cpuInfo, hypervisorInfo } from "./control/info.js";
import { setLoadable } from "./control/set-loadable.js";
import { startCell } from "./control/start.js";
import { cellState } from "./control/state.js";
import { counters } from "./cpu.js";
import { returnValue } from "./errno.js";
import type { Hypervisor } from "./hypervisor.js";
import { Refusal } from "./refusal.js";

/** Codes of hypercalls (include/jailhouse/hypercall.h:42-51). */
export const hypercalls = {
  disable: 0,
  cellCreate: 1,
  cellStart: 2,
  cellSetLoadable: 3,
  cellDestroy: 4,
  hypervisorGetInfo: 5,
  cellGetState: 6,
  cpuGetInfo: 7,
  debugConsolePutc: 8,
} as const;

/**
 * A call of a cell's CPU into the hypervisor. When it is over, CPUs see to what it wants of them.
 *
 * @param first, second arguments; addresses are below 2^53
 * @returns 0 or an answer; a negative errno where it is refused
 */
export function hypercall(
  hypervisor: Hypervisor,
  cpu: number,
  code: number,
  first: number,
  second: number,
): number {
  hypervisor.currentCpu = cpu;
  hypervisor.cpu(cpu).counters[counters.hypercall]!++;
  try {
    return dispatch(hypervisor, code, first, second);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return returnValue(error.errno);
  } finally {
    hypervisor.architecture.handleEvents();
  }
}

function dispatch(hypervisor: Hypervisor, code: number, first: number, second: number): number {
  switch (code) {
    case hypercalls.disable:
      disable(hypervisor);
      return 0;
    case hypercalls.cellCreate:
      createCell(hypervisor, first);
      return 0;
    case hypercalls.cellStart:
      startCell(hypervisor, first);
      return 0;
    case hypercalls.cellSetLoadable:
      setLoadable(hypervisor, first);
      return 0;
    case hypercalls.cellDestroy:
      destroyCell(hypervisor, first);
      return 0;
    case hypercalls.hypervisorGetInfo:
      return hypervisorInfo(hypervisor, first);
    case hypercalls.cellGetState:
      return cellState(hypervisor, first);
    case hypercalls.cpuGetInfo:
      return cpuInfo(hypervisor, first, second);
    case hypercalls.debugConsolePutc:
      return putCharacter(hypervisor, first);
    default:
      throw new Refusal("ENOSYS");
  }
}

/** Only cells whose config permits it, the root cell too. */
function putCharacter(hypervisor: Hypervisor, character: number): number {
  const { config } = hypervisor.cpu(hypervisor.currentCpu).cell!;
  if ((config.flags & cellFlags.virtualConsolePermitted) === 0) {
    throw hypervisor.refusal("EPERM", "hypervisor/control.c:966");
  }
  // A zero is the end of a text that has nothing in it (hypervisor/printk.c).
  if ((character & 0xff) !== 0) hypervisor.print(textOfByte(character & 0xff));
  return 0;
}
