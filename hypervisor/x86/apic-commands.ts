import type { HypervisorCpu } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import type { CpuStarts } from "./cpu-starts.js";
import type { LocalApics } from "./local-apics.js";

/** Fields of the lower word of an interrupt command (Intel SDM 3A, 11.6.1). */
const fields = { vector: 0xff, mode: 0x700, logical: 0x800, level: 0xc000, shorthand: 0xc_0000 } as const;
const modes = { fixed: 0, lowestPriority: 0x100, nmi: 0x400, init: 0x500, sipi: 0x600 } as const;
const shorthands = { none: 0, self: 0x4_0000, all: 0x8_0000, allOthers: 0xc_0000 } as const;
const highestApicId = 254;
/** Stands for no CPU of any cell. */
const noCpu = 255;

/** Who has to be there for commands. */
export interface CommandTargets {
  readonly apics: LocalApics;
  readonly starts: CpuStarts;
}

/** What takes commands of a CPU. */
export interface SentCommands {
  /**
   * @param low, high 32 bits each; destination as x2APIC has it
   * @returns false after the reason has been told: the CPU is to be parked
   */
  send(low: number, high: number): boolean;
}

/** Whose commands they are. */
export interface CommandSender {
  readonly hypervisor: Hypervisor;
  readonly cpu: HypervisorCpu;
}

/**
 * Interrupt commands of a cell's CPU, the root cell's too: they reach the CPUs of the cell only (hypervisor/arch/x86/apic.c:
 * 380-490). After INIT the sender may be one that does not go on: `CpuStarts` says so.
 */
export class ApicCommands implements SentCommands {
  constructor(
    private readonly sender: CommandSender,
    private readonly targets: CommandTargets,
  ) {}

  send(low: number, high: number): boolean {
    if (!isAllowed(low)) {
      this.sender.hypervisor.print(
        `FATAL: Unsupported/invalid APIC delivery mode, ICR.lo=${low.toString(16)}\n`,
      );
      return false;
    }
    switch (low & fields.shorthand) {
      case shorthands.self:
        this.sendToHardware(this.sender.cpu, low & ~(fields.shorthand | fields.logical));
        return true;
      case shorthands.all:
        this.sendToAll(low, null);
        return true;
      case shorthands.allOthers:
        this.sendToAll(low, this.sender.cpu.id);
        return true;
    }
    if ((low & fields.logical) === 0) this.sendTo(this.cpuOf(high), high, low);
    else this.sendToLogical(low & ~fields.logical, high);
    return true;
  }

  private cpuOf(apicId: number): number {
    return apicId <= highestApicId ? (this.targets.apics.cpuOf(apicId) ?? noCpu) : noCpu;
  }

  private sendToAll(low: number, except: number | null): void {
    const command = low & (fields.level | fields.mode | fields.vector);
    const cpus = [...this.sender.cpu.cell!.cpus].sort((one, other) => one - other);
    for (const cpu of cpus) if (cpu !== except) this.sendTo(cpu, 0, command);
  }

  /** An id beyond the last one leaves the CPU before it as the target. */
  private sendToLogical(low: number, high: number): void {
    if (!this.sender.hypervisor.machine.usesX2apic) {
      for (let bit = 0; bit < 32; bit++) if (((high >>> bit) & 1) === 1) this.sendTo(bit, high, low);
      return;
    }
    let target = noCpu;
    for (let bit = 0; bit < 16; bit++) {
      if (((high >> bit) & 1) === 0) continue;
      const apicId = bit + (high >>> 16) * 16;
      if (apicId <= highestApicId) target = this.cpuOf(apicId);
      this.sendTo(target, high, low);
    }
  }

  private sendTo(target: number, high: number, low: number): void {
    const { hypervisor, cpu } = this.sender;
    // Of a command to several CPUs it does not send the rest then.
    if (this.targets.starts.isStuck(cpu)) return;
    if (!cpu.cell!.cpus.has(target)) {
      hypervisor.denials.begin();
      const destination = (high >>> 0).toString(16);
      hypervisor.print(
        `WARNING: CPU ${cpu.id} specified IPI destination outside cell boundaries, ICR.hi=${destination}\n`,
      );
      const tried = { kind: "ipi", cpu: target === noCpu ? null : target, destination: high >>> 0 } as const;
      hypervisor.denials.tell(cpu.cell!, cpu.id, tried, "told");
      return;
    }
    switch (low & fields.mode) {
      case modes.nmi:
        hypervisor.print(`Ignoring NMI IPI to CPU ${target}\n`);
        return;
      case modes.init:
        this.targets.starts.sendInit(cpu, hypervisor.cpu(target));
        return;
      case modes.sipi:
        this.targets.starts.sendSipi(hypervisor.cpu(target), low & fields.vector);
        return;
      default:
        this.sendToHardware(hypervisor.cpu(target), low);
    }
  }

  private sendToHardware({ hardwareId }: HypervisorCpu, low: number): void {
    this.sender.hypervisor.machine.interrupts.send(hardwareId, low & fields.vector, low);
  }
}

function isAllowed(low: number): boolean {
  const shorthand = low & fields.shorthand;
  switch (low & fields.mode) {
    case modes.fixed:
      return true;
    case modes.lowestPriority:
    case modes.nmi:
    case modes.init:
    case modes.sipi:
      return shorthand === shorthands.none || shorthand === shorthands.allOthers;
    default:
      return false;
  }
}
