import { type CellConfig, memory, type SystemConfig } from "../core/config/cell-config.js";
import { ArmLines } from "../machine/arm-lines.js";
import { GenericTimer } from "../machine/generic-timer.js";
import { GicDelivery } from "../machine/gic-delivery.js";
import type { Machine } from "../machine/machine.js";
import type { SerialLine } from "../machine/serial-line.js";
import type { Scheduler } from "../run/scheduler.js";
import type { VirtualInterface } from "./gic/virtual-interface.js";
import { VirtualInterfaceWindow } from "./gic/virtual-interface-window.js";
import type { CpuTimers } from "./guest-system-registers.js";

/** Interrupts of the timers of each CPU. */
const timerInterrupts = { virtual: 27, physical: 30 } as const;
/** What QEMU's boards have. */
export const usualTimerHertz = 62_500_000;
const virtualInterfaceSize = 0x2000;
const pageSize = 4096;

/** The devices of an ARM machine that act by themselves or keep time: they are there with any hypervisor, and without. */
export class ArmDevices {
  readonly lines: ArmLines;
  readonly delivery: GicDelivery;
  /** Takes interrupts that the controller signals to CPUs; without anyone they stay active. */
  onSignal: (cpu: number, interrupt: number) => void = () => {};
  /** The virtual interface of the CPU that acts. */
  ownInterface: () => VirtualInterface | null = () => null;
  /** The serial line of the hypervisor; null if it has none. */
  readonly console: SerialLine | null;
  private readonly timers = new Map<number, CpuTimers>();

  /** @param timerHertz of the counter that all timers follow: a multiple of 1000, at most 9,000,000,000 */
  constructor(
    readonly machine: Machine,
    config: SystemConfig,
    readonly scheduler: Scheduler,
    private readonly timerHertz: number,
  ) {
    const { arm } = machine;
    this.lines = new ArmLines(machine.memory);
    this.console = this.lines.add(config.debugConsole);
    this.addConsoleOf(config.rootCell);
    const { gic } = arm!;
    this.delivery = new GicDelivery(gic, (cpu, interrupt) => this.onSignal(cpu, interrupt));
    if (gic.version !== 2) return;
    const place = Number(BigInt.asUintN(48, config.arm.gicvBase));
    const window = new VirtualInterfaceWindow(() => this.ownInterface());
    machine.memory.addDevice(place - (place % pageSize), virtualInterfaceSize, window);
  }

  /** A cell's console is a serial line of the machine, by the address that the cell's memory regions give it. */
  addConsoleOf({ console, memoryRegions }: CellConfig): void {
    const { address } = console;
    const region = memoryRegions.find(
      ({ virtStart, size, flags }) =>
        address >= virtStart && address < virtStart + size && (flags & memory.commRegion) === 0n,
    );
    this.lines.add({
      ...console,
      address: region === undefined ? address : region.physStart + (address - region.virtStart),
    });
  }

  timersOf(cpu: number): CpuTimers {
    let timers = this.timers.get(cpu);
    if (timers === undefined) {
      const timerOf = (interrupt: number): GenericTimer =>
        new GenericTimer(this.scheduler, this.timerHertz / 1000, (isHigh) =>
          this.delivery.setLevel(cpu, interrupt, isHigh),
        );
      const { virtual, physical } = timerInterrupts;
      timers = { hertz: this.timerHertz, virtual: timerOf(virtual), physical: timerOf(physical) };
      this.timers.set(cpu, timers);
    }
    return timers;
  }

  /** What the hypervisor prints goes out on its serial line. */
  sendConsole(text: string): void {
    this.console?.send(text.replaceAll("\n", "\r\n"), "hypervisor");
  }
}
