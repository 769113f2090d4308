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
  /** What any cell answers to a request, where it is not known of its program; null: nothing, ever. */
  reply: number | null = null;

  /** @param arguments_ its command line, or nothing */
  load(cell: string, image: string): void {
    this.inmates.set(cell, { image, hasRun: false, answers: false, hasDenied: false });
  }

  /** After a start. @param printed lines of the recording during it */
  start(name: string, printed: readonly string[], commandLine: string): void {
    const hypervisor = this.driver!.hypervisor!;
    const cell = hypervisor.cells.find((each) => each.name === name)!;
    const inmate = this.inmates.get(name);
    if (inmate === undefined) {
      this.lose(printed);
      return;
    }
    const comm = new CommRegion(hypervisor, cell);
    inmate.answers = !inmate.hasRun && inmate.image === "apic-demo.bin";
    if (inmate.answers) comm.state = cellStates.runningLocked;
    const told = printed.map((line) => /^locker: state set to (\d+)$/.exec(line)?.[1]).find(Boolean);
    if (told !== undefined) comm.state = Number(told);
    const state = /\bstate=(\w+)/.exec(commandLine)?.[1];
    if (!inmate.hasRun && state !== undefined) comm.state = Number(state);
    inmate.hasRun = true;
    this.lose(printed);
  }

  /** CPUs that the hypervisor took from cells, or gave up itself, while lines were printed. */
  lose(printed: readonly string[]): void {
    const hypervisor = this.driver!.hypervisor;
    if (hypervisor === null) return;
    for (const line of printed) {
      const [, how, cpu] = /(Parking|Stopping) CPU (\d+) /.exec(line) ?? [];
      if (how === "Parking") panicPark(hypervisor, hypervisor.cpu(Number(cpu)));
      else if (how === "Stopping") hypervisor.cpu(Number(cpu)).stopped = true;
    }
  }

  private replyOf(awaited: Cell): boolean {
    if (this.reply === null) return false;
    const { memory } = this.driver!.hypervisor!.machine;
    const message = Number(memory.read(awaited.commPage + places.message, 4));
    memory.write(awaited.commPage + places.message, 4, 0n);
    const reply = message === messages.shutdownRequest ? this.reply : replies.received;
    memory.write(awaited.commPage + places.reply, 4, BigInt(reply));
    return true;
  }

  /** The demo of the APIC denies the first request to shut down, and does not know of changes. */
  run(awaited: Cell): boolean {
    const inmate = this.inmates.get(awaited.name);
    if (inmate?.answers !== true) return this.replyOf(awaited);
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
