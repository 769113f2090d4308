import { counters } from "../../core/cpu.js";
import type { Hypervisor } from "../../core/hypervisor.js";
import { type ArmCpu, armCounters } from "../arm-cpu.js";
import type { ArmParts } from "../arm-parts.js";

/** An interrupt that software sends from CPU to CPU. */
export interface Sgi {
  /** 0 to 15. */
  readonly id: number;
  /** 0: to those in `targets`; 1: to all others; 2: to the sender. Another value counts as 0. */
  readonly mode: number;
  /** One bit for a CPU of the cluster. */
  readonly targets: number;
  /** Affinity fields above the lowest one. */
  readonly cluster: number;
}

/** SGIs reach CPUs of the sender's cell only; others are left out without a word (arch/arm-common/irqchip.c:98-125). */
export class SgiFilter {
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly parts: ArmParts,
    private readonly targetOf: (cpu: ArmCpu) => { readonly cluster: number; readonly bit: number },
  ) {}

  send(sender: number, { id, mode, targets, cluster }: Sgi): void {
    if (mode === 2) {
      this.parts.cpu(sender).inject(id, sender);
      return;
    }
    const { cpus } = this.hypervisor.cpu(sender).cell!;
    if (mode !== 1) this.tellOthers(sender, cluster, targets);
    for (const each of cpus) {
      const cpu = this.parts.cpu(each);
      const target = this.targetOf(cpu);
      const isMeant =
        mode === 1 ? each !== sender : target.cluster === cluster && (target.bit & targets) !== 0;
      if (!isMeant) continue;
      if (each !== sender) this.callIn(each);
      cpu.inject(id, sender);
    }
  }

  private tellOthers(sender: number, cluster: number, targets: number): void {
    const { cpus, denials } = this.hypervisor;
    const cell = this.hypervisor.cpu(sender).cell!;
    for (const id of cpus.keys()) {
      if (cell.cpus.has(id)) continue;
      const cpu = this.parts.cpu(id);
      const target = this.targetOf(cpu);
      if (target.cluster !== cluster || (target.bit & targets) === 0) continue;
      denials.tell(cell, sender, { kind: "ipi", cpu: id, destination: cpu.mpidr }, "silent");
    }
  }

  /** The hypervisor's own SGI tells another CPU that there is something to inject. */
  private callIn(cpu: number): void {
    const { counters: values } = this.hypervisor.cpu(cpu);
    values[counters.total]!++;
    values[armCounters.virtualSgi]!++;
  }
}
