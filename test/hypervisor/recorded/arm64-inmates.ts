import { type Cell, cellStates } from "../../../hypervisor/core/cell.js";
import { CommRegion } from "../../../hypervisor/core/comm-region.js";
import { cellFlags } from "../../../hypervisor/core/config/cell-config.js";
import { messages, replies } from "../../../hypervisor/core/control/messages.js";
import type { Hypervisor, World } from "../../../hypervisor/core/hypervisor.js";
import { HypervisorFault } from "../../../hypervisor/core/refusal.js";
import { operations, type Probe, ProbeCpu, type ProbeOutcome, registersOf } from "./arm64-probes.js";

/** Places in the communication region (include/jailhouse/hypercall.h), which is at the same address in each cell of ARM. */
const commRegion = 0x8000_0000;
const places = { state: 8, message: 12, reply: 16, consoleAddress: 24 } as const;

const pushedTo = 0xffff_ffec;

/** A program of a recorded cell: its image, and the words of its command line. */
interface Inmate {
  readonly image: string;
  readonly words: Probe;
  /** It looks for messages. */
  answers: boolean;
  /** Requests to shut down that it denies before it agrees. */
  denials: number;
}

/**
 * What the programs of the recordings on ARM64 do, by their images and command lines alone: the first thing that each of them
 * does is to read the communication region, the second to print. `locker` sets a state, 1 if it is told none, and answers
 * messages: unless it is mute it denies as many requests as it is told. `probe` sets a state if it is told one, and does one
 * thing. All others print for ever and look for no messages.
 */
export class Arm64Inmates implements World {
  private readonly inmates = new Map<string, Inmate>();

  constructor(private readonly hypervisor: () => Hypervisor | null) {}

  /** @param image its name without a folder; @param words of its command line */
  load(cell: string, image: string, words: Probe): void {
    this.inmates.set(cell, { image: image.replace(/\.bin$/, ""), words, answers: false, denials: 0 });
  }

  /** After a start. @param lines that have registers to be shown where a CPU is parked */
  start(name: string, lines: readonly string[] = []): void {
    const hypervisor = this.hypervisor()!;
    const cell = hypervisor.cells.find((each) => each.name === name);
    const inmate = this.inmates.get(name);
    if (cell === undefined || cell.cpus.size === 0) return;
    const cpu = new ProbeCpu(hypervisor, Math.min(...cell.cpus), registersOf(lines));
    this.guarded(cell, () => {
      const { cpuResetAddress, flags } = cell.config;
      const entry = Number(cpuResetAddress);
      const isMapped = this.hypervisor()!.architecture.tablesOf(cell).translate(entry) !== null;
      if (!isMapped) cpu.run(accessOf("exec", entry));
      // Their code is of 64 bits: taken for that of 32, its first instructions push registers below address 0.
      else if ((flags & cellFlags.aarch32) !== 0) cpu.run(accessOf("write", pushedTo));
      // Memory of zeros keeps a CPU busy with exceptions of its own.
      else if (inmate !== undefined && this.greet(cell, cpu) !== "over") this.begin(inmate, cpu);
    });
  }

  /** A fault of the hypervisor stops the CPU that is in it. */
  private guarded(cell: Cell, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof HypervisorFault)) throw error;
      this.hypervisor()!.cpu(Math.min(...cell.cpus)).stopped = true;
    }
  }

  private greet(cell: Cell, cpu: ProbeCpu): ProbeOutcome {
    const read = cpu.run(accessOf("read", commRegion));
    if (read === "over") return read;
    const console = Number(this.hypervisor()!.machine.memory.read(cell.commPage + places.consoleAddress, 8));
    return console === 0 ? 0n : cpu.run(accessOf("write", console));
  }

  private begin(inmate: Inmate, cpu: ProbeCpu): void {
    const { image, words } = inmate;
    const isLocker = image === "locker";
    const state = words.get("state") ?? (isLocker ? "1" : undefined);
    if (state !== undefined && cpu.run(accessOf("write", commRegion + places.state, state)) === "over")
      return;
    inmate.answers = isLocker && words.get("mute") !== "1";
    inmate.denials = Number(words.get("deny") ?? 0);
    if (image === "probe" && operations.has(words.get("op")!)) cpu.run(words);
  }

  run(awaited: Cell): boolean {
    const inmate = this.inmates.get(awaited.name);
    if (inmate?.answers !== true) return false;
    const { memory } = this.hypervisor()!.machine;
    const message = Number(memory.read(awaited.commPage + places.message, 4));
    memory.write(awaited.commPage + places.message, 4, 0n);
    memory.write(awaited.commPage + places.reply, 4, BigInt(this.replyTo(message, awaited, inmate)));
    return true;
  }

  private replyTo(message: number, cell: Cell, inmate: Inmate): number {
    if (message !== messages.shutdownRequest) return replies.received;
    if (inmate.denials > 0) {
      inmate.denials--;
      return replies.requestDenied;
    }
    inmate.answers = false;
    new CommRegion(this.hypervisor()!, cell).state = cellStates.shutDown;
    return replies.requestApproved;
  }
}

function accessOf(op: "read" | "write" | "exec", address: number, value = "0"): Probe {
  return new Map([
    ["op", op],
    ["addr", String(address)],
    ["val", value],
    ["width", "4"],
  ]);
}
