import { counters, type HypervisorCpu } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { failingFetch, type GuestCpus } from "../run/guest-cpu.js";
import type { Program } from "../run/program.js";
import { markerSpace, type ProgramRegistry } from "../run/program-registry.js";
import type { Arm } from "./arm.js";
import { armCounters } from "./arm-cpu.js";
import type { ArmDevices } from "./arm-devices.js";
import { ArmGuestCpu, type ArmSurroundings } from "./arm-guest-cpu.js";
import { StreamDma } from "./stream-dma.js";

/** Addresses of cells have no more bits. */
const addressBits = 52;
const firstOfDevices = 16;
/** What the hypervisor takes to hand an interrupt on, in nanoseconds. */
const exitTime = 1000;

/** Lets the CPUs of cells run the programs that are in their memory. */
export class ArmPrograms implements GuestCpus {
  private readonly cpus = new Map<number, ArmGuestCpu>();
  /** Memory as devices reach it. */
  readonly dma: StreamDma;
  private readonly around: ArmSurroundings;

  /** @param log of the simulation itself: what no real machine would say */
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly arm: Arm,
    private readonly devices: ArmDevices,
    private readonly registry: ProgramRegistry<ArmGuestCpu>,
    private readonly log: (line: string) => void,
  ) {
    const { scheduler } = devices;
    this.dma = new StreamDma(hypervisor, arm);
    this.around = {
      hypervisor,
      arm,
      dma: this.dma,
      timersOf: (cpu) => devices.timersOf(cpu),
      time: scheduler,
    };
    arm.power.onBegin = (id) => this.start(hypervisor.cpu(id));
    arm.power.onOff = (id) => this.stop(id);
    hypervisor.onCallIn = ({ counters: values }) => {
      values[counters.total]!++;
      values[counters.management]!++;
    };
    devices.onSignal = (cpu, interrupt) => this.take(cpu, interrupt);
    devices.ownInterface = () => {
      const id = scheduler.runningCpu;
      return id === null ? null : arm.cpu(id).virtual;
    };
    for (const { id } of hypervisor.machine.cpus) {
      const cpu = arm.cpu(id);
      cpu.onInterrupt = () => scheduler.wake(id);
      cpu.virtual.onDeactivation = (irq) => devices.delivery.deactivate(id, irq);
    }
  }

  cpu(id: number): ArmGuestCpu | null {
    return this.cpus.get(id) ?? null;
  }

  /** What root cells run is not in their memory: it is given here. The CPU goes on with it at once. */
  run(id: number, program: Program<ArmGuestCpu>): ArmGuestCpu {
    return this.begin(this.hypervisor.cpu(id), 0, program);
  }

  private start(cpu: HypervisorCpu): void {
    this.stop(cpu.id);
    const cell = cpu.cell!;
    if (cell.isRoot) return;
    this.devices.addConsoleOf(cell.config);
    const entry = Number(BigInt.asUintN(addressBits, this.arm.cpu(cpu.id).entry!));
    const image = this.imageAt(cpu, entry);
    if (image === null) {
      this.begin(cpu, entry, failingFetch);
      return;
    }
    const program = this.registry.find(image);
    if (typeof program !== "string") this.begin(cpu, entry, program);
    else this.log(`CPU ${cpu.id} of cell "${cell.name}" waits: ${program}`);
  }

  /** Its timers are off, whoever gets it next. */
  private stop(id: number): void {
    const { scheduler } = this.devices;
    const { virtual, physical } = this.devices.timersOf(id);
    virtual.reset();
    physical.reset();
    scheduler.stop(id);
    this.cpus.delete(id);
  }

  private begin(cpu: HypervisorCpu, entry: number, program: Program<ArmGuestCpu>): ArmGuestCpu {
    const own = new ArmGuestCpu(this.around, cpu, entry);
    this.cpus.set(cpu.id, own);
    this.devices.scheduler.start(cpu.id, own, program(own));
    return own;
  }

  /** The first bytes that the CPU would run; null where nothing is mapped. */
  private imageAt(cpu: HypervisorCpu, address: number): Uint8Array | null {
    const found = this.arm.tablesOf(cpu.cell!).translate(address, this.arm.readable);
    if (found === null) return null;
    return this.hypervisor.machine.memory.readBytes(found.physical, markerSpace);
  }

  /** The controller interrupts a CPU: the hypervisor hands that on to the cell (arch/arm-common/control.c:111-150). */
  private take(id: number, interrupt: number): void {
    const { hypervisor, devices } = this;
    const cpu = this.arm.cpu(id);
    if (hypervisor.isShutDown || !cpu.isReady) return;
    const values = hypervisor.cpu(id).counters;
    values[counters.total]!++;
    if (interrupt < firstOfDevices) {
      hypervisor.print(`WARN: unknown SGI received ${interrupt}\n`);
      devices.delivery.deactivate(id, interrupt);
    } else if (interrupt === hypervisor.config.arm.maintenanceIrq) {
      values[armCounters.maintenance]!++;
      devices.delivery.deactivate(id, interrupt);
    } else {
      values[armCounters.virtualIrq]!++;
      cpu.inject(interrupt);
    }
    devices.scheduler.spend(id, exitTime);
  }
}
