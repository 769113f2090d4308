import type { InterruptSink } from "./interrupt-sink.js";
import type { LocalApic } from "./local-apic.js";

const deliveryModes = { fixed: 0, lowestPriority: 1 } as const;
const logical = 0x800;

/** The local APICs of a machine, as commands and messages reach them. */
export class LocalApicBus implements InterruptSink {
  private readonly apics = new Map<number, LocalApic>();

  add(cpu: number, apic: LocalApic): void {
    this.apics.set(cpu, apic);
  }

  /** Of a processor, by the number that Linux gives it. */
  of(cpu: number): LocalApic {
    return this.apics.get(cpu)!;
  }

  /** NMI, INIT and start are the hypervisor's own business: they reach no program. */
  send(destination: number, vector: number, lowWord: number): void {
    const mode = (lowWord >> 8) & 7;
    if (mode !== deliveryModes.fixed && mode !== deliveryModes.lowestPriority) return;
    for (const apic of this.apics.values()) {
      const isMeant = (lowWord & logical) !== 0 ? apic.isNamedBy(destination) : apic.id === destination;
      if (!isMeant) continue;
      apic.request(vector);
      if (mode === deliveryModes.lowestPriority) return;
    }
  }

  setPending(): void {}
}
