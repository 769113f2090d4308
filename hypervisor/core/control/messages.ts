import { type Cell, cellStates } from "../cell.js";
import { CommRegion } from "../comm-region.js";
import { cellFlags } from "../config/cell-config.js";
import type { Hypervisor } from "../hypervisor.js";
import { MachineHang } from "../refusal.js";
import { suspendCell } from "./suspend.js";

/** Codes of messages and replies (include/jailhouse/hypercall.h:78-90). */
export const messages = { shutdownRequest: 1, reconfigCompleted: 2 } as const;
export const replies = { none: 0, unknown: 1, requestDenied: 2, requestApproved: 3, received: 4 } as const;

/**
 * Sends a message and waits for the reply, as `cell_exchange_message` does (hypervisor/control.c:172-231): the timeout
 * counts looks at the reply, not time, and a cell that says a strange state is waited for, too.
 *
 * @returns false where the cell denies the request, or says something else than it is asked
 * @throws MachineHang where it waits without a limit, and nothing in the machine will ever answer
 */
export function exchangeMessage(hypervisor: Hypervisor, cell: Cell, message: number): boolean {
  if ((cell.config.flags & cellFlags.passiveCommRegion) !== 0) return true;
  const comm = new CommRegion(hypervisor, cell);
  const expected = message === messages.shutdownRequest ? replies.requestApproved : replies.received;
  comm.send(message);
  for (let looks = 1n; ; looks++) {
    const { currentCpu } = hypervisor;
    const goesOn = hypervisor.world.run(cell);
    // Other CPUs may have been in the hypervisor meanwhile.
    hypervisor.currentCpu = currentCpu;
    const { reply, state } = comm;
    if (state === cellStates.shutDown || state === cellStates.failed) return true;
    if (reply === expected) return true;
    if (reply !== replies.none) return false;
    const { msgReplyTimeout } = cell.config;
    if (msgReplyTimeout > 0n && (looks >= msgReplyTimeout || !goesOn)) {
      hypervisor.print("Timeout expired while waiting for reply from target cell\n");
      suspendCell(hypervisor, cell);
      comm.state = cellStates.failed;
      return true;
    }
    if (msgReplyTimeout === 0n && !goesOn) {
      throw new MachineHang(
        `the root cell waits without a limit for an answer of cell "${cell.name}" to message ${message}, and none comes`,
      );
    }
  }
}

/** Tells all cells but the root cell that a cell came or went; what they answer does not matter. */
export function tellReconfiguration(hypervisor: Hypervisor): void {
  for (const cell of hypervisor.cells) exchangeMessage(hypervisor, cell, messages.reconfigCompleted);
}

/** Whether no cell, but the one that is excepted, has locked the partitioning. */
export function mayReconfigure(hypervisor: Hypervisor, except: Cell | null): boolean {
  return hypervisor.cells.every(
    (cell) => cell === except || new CommRegion(hypervisor, cell).state !== cellStates.runningLocked,
  );
}
