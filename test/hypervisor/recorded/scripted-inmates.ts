import { type Cell, cellStates } from "../../../hypervisor/core/cell.js";
import { CommRegion } from "../../../hypervisor/core/comm-region.js";
import { messages, replies } from "../../../hypervisor/core/control/messages.js";
import type { World } from "../../../hypervisor/core/hypervisor.js";
import { panicPark } from "../../../hypervisor/core/panic.js";
import type { JailhouseDriver } from "../../../hypervisor/driver/driver.js";

/** Places of the messages in the communication region (include/jailhouse/hypercall.h). */
const places = { message: 12, reply: 16 } as const;

/** What an image does that a command later sees. */
interface Inmate {
  readonly image: string;
  /** The first time, it begins; without being loaded again, its data are not those of the beginning, and it does nothing. */
  hasRun: boolean;
  answers: boolean;
  hasDenied: boolean;
}

/**
 * The programs of the recordings, as far as their cells' states and their answers go. What they did beside that (their one
 * access, their output) is read from the recording.
 */
export class ScriptedInmates implements World {
  private readonly inmates = new Map<string, Inmate>();
  driver: JailhouseDriver | null = null;

  /** @param arguments_ its command line, or nothing */
  load(cell: string, image: string): void {
    this.inmates.set(cell, { image, hasRun: false, answers: false, hasDenied: false });
  }

  /** After a start. @param printed lines of the recording during it */
  start(name: string, printed: readonly string[], commandLine: string): void {
    const hypervisor = this.driver!.hypervisor!;
    const cell = hypervisor.cells.find((each) => each.name === name)!;
    const inmate = this.inmates.get(name);
    if (inmate === undefined) return;
    const comm = new CommRegion(hypervisor, cell);
    inmate.answers = !inmate.hasRun && inmate.image === "apic-demo.bin";
    if (inmate.answers) comm.state = cellStates.runningLocked;
    if (!inmate.hasRun && commandLine.includes("state=4")) comm.state = cellStates.failedCommRevision;
    inmate.hasRun = true;
    for (const line of printed) {
      const parked = /^Parking CPU (\d+) /.exec(line)?.[1];
      if (parked !== undefined) panicPark(hypervisor, hypervisor.cpu(Number(parked)));
    }
  }

  /** The demo of the APIC denies the first request to shut down, and does not know of changes. */
  run(awaited: Cell): boolean {
    const inmate = this.inmates.get(awaited.name);
    if (inmate?.answers !== true) return false;
    const hypervisor = this.driver!.hypervisor!;
    const { memory } = hypervisor.machine;
    const message = Number(memory.read(awaited.commPage + places.message, 4));
    const answer = (reply: number): void => {
      memory.write(awaited.commPage + places.message, 4, 0n);
      memory.write(awaited.commPage + places.reply, 4, BigInt(reply));
    };
    if (message === messages.reconfigCompleted) answer(replies.unknown);
    else if (message === messages.shutdownRequest && !inmate.hasDenied) {
      inmate.hasDenied = true;
      answer(replies.requestDenied);
    } else if (message === messages.shutdownRequest) {
      inmate.answers = false;
      answer(replies.requestApproved);
      new CommRegion(hypervisor, awaited).state = cellStates.shutDown;
    }
    return true;
  }
}
