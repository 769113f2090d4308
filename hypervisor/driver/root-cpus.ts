import type { Hypervisor } from "../core/hypervisor.js";
import { MachineHang, Refusal } from "../core/refusal.js";
import type { Machine } from "../machine/machine.js";
import { X86 } from "../x86/x86.js";
import type { KernelSettings } from "./kernel.js";
import type { KernelLog } from "./kernel-log.js";

/** Bytes between the redistributors of two CPUs of a GICv3. */
const redistributorSize = 0x2_0000;

/** The CPUs that Linux runs on: it gives up those of other cells, and gets them back. */
export class RootCpus {
  private readonly onlineCpus: Set<number>;
  /** Taken from Linux for a cell; those that were offline before are not brought back with its end. */
  private readonly givenUp = new Set<number>();

  constructor(
    private readonly machine: Machine,
    private readonly kernel: KernelSettings,
    private readonly log: KernelLog,
    private readonly hypervisor: () => Hypervisor | null,
  ) {
    this.onlineCpus = new Set(machine.cpus.filter(({ isOnline }) => isOnline).map(({ id }) => id));
  }

  /** Ascending. */
  get online(): readonly number[] {
    return [...this.onlineCpus].sort((one, other) => one - other);
  }

  /** CPUs that Linux has room for in its sets. */
  get limit(): number {
    return Math.max(...this.machine.cpus.map(({ id }) => id)) + 1;
  }

  isOnline(cpu: number): boolean {
    return this.onlineCpus.has(cpu);
  }

  /** @throws Refusal EBUSY for the last one */
  takeOffline(cpu: number): void {
    if (this.onlineCpus.size === 1 && this.onlineCpus.has(cpu)) throw new Refusal("EBUSY");
    if (!this.onlineCpus.delete(cpu)) return;
    const { architecture } = this.machine;
    if (architecture === "x86") this.log.add(`smpboot: CPU ${cpu} is now offline`);
    else this.log.add(`psci: CPU${cpu} killed (polled 0 ms)`);
  }

  /** For a cell. @throws Refusal as {@link takeOffline} does */
  giveUp(cpu: number): void {
    if (!this.onlineCpus.has(cpu)) return;
    this.takeOffline(cpu);
    this.givenUp.add(cpu);
  }

  /** After the end of a cell. */
  takeBack(cpu: number): void {
    if (this.givenUp.delete(cpu)) this.bringOnline(cpu);
  }

  bringOnline(cpu: number): void {
    this.givenUp.delete(cpu);
    if (this.onlineCpus.has(cpu)) return;
    const hardwareId = this.machine.cpus.find(({ id }) => id === cpu)?.hardwareId ?? cpu;
    if (this.machine.architecture === "x86") this.bootX86(cpu, hardwareId);
    else this.bootArm(cpu, hardwareId);
    this.onlineCpus.add(cpu);
  }

  /** By INIT and a start at the page of the kernel's first code, which the hypervisor lets through. */
  private bootX86(cpu: number, apicId: number): void {
    if (cpu === 1) this.log.add("x86: Booting SMP configuration:");
    this.log.add(`smpboot: Booting Node 0 Processor ${cpu} APIC 0x${apicId.toString(16)}`);
    const hypervisor = this.hypervisor();
    if (!(hypervisor?.architecture instanceof X86)) return;
    const { starts } = hypervisor.architecture;
    const target = hypervisor.cpu(cpu);
    // An INIT is waited for until its target has seen it (hypervisor/arch/x86/control.c:162-170).
    if (target.stopped) {
      throw new MachineHang(`Linux sends INIT to CPU ${cpu}, which the hypervisor has given up for good`);
    }
    starts.park(target);
    starts.handle();
    starts.sendSipi(target, this.kernel.startVector);
    starts.handle();
  }

  private bootArm(cpu: number, affinity: number): void {
    const { midr, redistributors } = this.kernel;
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
    this.log.add(`Detected PIPT I-cache on CPU${cpu}`);
    if (redistributors !== null) {
      const address = hex(redistributors + cpu * redistributorSize, 16);
      this.log.add(`GICv3: CPU${cpu}: found redistributor ${hex(affinity, 1)} region 0:0x${address}`);
    }
    this.log.add(`CPU${cpu}: Booted secondary processor 0x${hex(affinity, 10)} [0x${hex(midr, 8)}]`);
  }
}
