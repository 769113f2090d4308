import type { Hypervisor } from "../core/hypervisor.js";
import type { ArmCpu } from "./arm-cpu.js";
import type { ArmParts } from "./arm-parts.js";

/** What the hypervisor wants of a CPU the next time it looks. */
interface Wish {
  parks: boolean;
  resets: boolean;
}

/** How CPUs are switched on and off (arch/arm-common/control.c:21-125). */
export class CpuPower {
  private readonly wishes = new Map<number, Wish>();
  /** Told of CPUs that begin anew at their entry, and of those that are off from now on. */
  onBegin: (id: number) => void = () => {};
  onOff: (id: number) => void = () => {};

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly parts: ArmParts,
    private readonly resetInterrupts: (cpu: ArmCpu) => void,
  ) {}

  private wishFor(cpu: number): Wish {
    let wish = this.wishes.get(cpu);
    if (wish === undefined) {
      wish = { parks: false, resets: false };
      this.wishes.set(cpu, wish);
    }
    return wish;
  }

  park(cpu: number): void {
    this.wishFor(cpu).parks = true;
  }

  reset(cpu: number): void {
    this.wishFor(cpu).resets = true;
  }

  /** At once. It runs the loop of parked CPUs from then on. */
  switchOff(id: number): void {
    const cpu = this.parts.cpu(id);
    this.wishFor(id).parks = false;
    cpu.isOff = true;
    this.resetInterrupts(cpu);
    this.onOff(id);
  }

  /** In ascending order, but for those that are suspended. */
  handle(): void {
    for (const id of [...this.wishes.keys()].sort((one, other) => one - other)) {
      if (!this.hypervisor.cpu(id).suspended) this.handleOf(id, this.wishFor(id));
    }
  }

  /** Parking comes first; the wish for a reset is kept then. */
  private handleOf(id: number, wish: Wish): void {
    const cpu = this.parts.cpu(id);
    if (wish.parks) {
      this.switchOff(id);
    } else if (wish.resets) {
      wish.resets = false;
      if (cpu.entry === null) {
        this.switchOff(id);
        return;
      }
      cpu.isOff = false;
      cpu.resets++;
      this.resetInterrupts(cpu);
      this.onBegin(id);
    }
  }
}
