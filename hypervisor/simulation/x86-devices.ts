import { consoleFlags, type SystemConfig } from "../core/config/cell-config.js";
import { addLegacyDevices } from "../machine/legacy-devices.js";
import { LocalApic, type ProcessorClocks } from "../machine/local-apic.js";
import { LocalApicBus } from "../machine/local-apic-bus.js";
import type { Machine } from "../machine/machine.js";
import { PmTimer } from "../machine/pm-timer.js";
import { Uart8250 } from "../machine/uart-8250.js";
import type { Scheduler } from "../run/scheduler.js";

/** The serial lines that PCs have. */
const commonLines = [0x3f8, 0x2f8, 0x3e8, 0x2e8];
const linePorts = 8;
/** `JAILHOUSE_CON_TYPE_8250`. */
const uart8250 = 2;

/** The devices of an x86 machine that act by themselves or keep time: they are there with any hypervisor, and without. */
export class X86Devices {
  readonly bus = new LocalApicBus();
  private readonly lines = new Map<number, Uart8250>();

  constructor(
    readonly machine: Machine,
    private readonly config: SystemConfig,
    readonly scheduler: Scheduler,
    readonly clocks: ProcessorClocks,
  ) {
    addLegacyDevices(machine.ports);
    for (const base of commonLines) this.addLine(base);
    const { pmTimerAddress } = config.x86;
    if (pmTimerAddress !== 0)
      machine.ports.add(pmTimerAddress, 4, new PmTimer(pmTimerAddress, scheduler, 24));
    for (const { id, hardwareId } of machine.cpus) {
      const wake = (): void => scheduler.wake(id);
      this.bus.add(id, new LocalApic(hardwareId, id, scheduler, clocks, machine.usesX2apic, wake));
    }
    machine.interrupts.attach(this.bus);
  }

  private addLine(base: number): Uart8250 {
    const line = new Uart8250(base);
    this.machine.ports.add(base, linePorts, line);
    this.lines.set(base, line);
    return line;
  }

  /** The serial line at a port; null where none is. */
  line(base: number): Uart8250 | null {
    return this.lines.get(base) ?? null;
  }

  /** What the hypervisor prints goes out on its serial line, if it has one at ports. */
  sendConsole(text: string): void {
    const { type, flags, address } = this.config.debugConsole;
    if (type !== uart8250 || (flags & consoleFlags.mmio) !== 0) return;
    const line = this.line(Number(address)) ?? this.addLine(Number(address));
    line.send(text.replaceAll("\n", "\r\n"));
  }
}
