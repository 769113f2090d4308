import { Arm } from "../arm/arm.js";
import { callPsci, psciFunctions, psciResults } from "../arm/psci.js";
import { returnValue } from "../core/errno.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { MachineHang, Refusal } from "../core/refusal.js";
import type { Machine } from "../machine/machine.js";
import { ApicCommands } from "../x86/apic-commands.js";
import { X86 } from "../x86/x86.js";
import type { KernelSettings } from "./kernel.js";
import type { KernelLog } from "./kernel-log.js";

/** Bytes between the redistributors of two CPUs of a GICv3. */
const redistributorSize = 0x2_0000;

/** Lower words of commands, as Linux sends them to another CPU: INIT is level triggered, and asserted at first. */
const initCommand = 0xc500;
const endOfInit = 0x8500;
const startCommand = 0x600;

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
    if (architecture === "x86") {
      this.log.add(`smpboot: CPU ${cpu} is now offline`);
      return;
    }
    this.switchOffArm(cpu);
    this.log.add(`psci: CPU${cpu} killed (polled 0 ms)`);
  }

  /** The CPU switches itself off, and another one asks whether it is. */
  private switchOffArm(cpu: number): void {
    const hypervisor = this.hypervisor();
    if (!(hypervisor?.architecture instanceof Arm)) return;
    const affinity = BigInt(hypervisor.cpu(cpu).hardwareId);
    callPsci(hypervisor, hypervisor.architecture, cpu, [BigInt(psciFunctions.cpuOff), 0n, 0n, 0n]);
    const asked = this.functionOf(psciFunctions.affinityInfo, psciFunctions.affinityInfo64);
    callPsci(hypervisor, hypervisor.architecture, this.caller, [asked, affinity, 0n, 0n]);
  }

  private functionOf(of32Bits: number, of64Bits: number): bigint {
    return BigInt(this.machine.architecture === "arm64" ? of64Bits : of32Bits);
  }

  /** For a cell. @throws Refusal as {@link takeOffline} does */
  giveUp(cpu: number): void {
    if (!this.onlineCpus.has(cpu)) return;
    this.takeOffline(cpu);
    this.givenUp.add(cpu);
  }

  /** After the end of a cell. @throws Refusal as {@link bringOnline} does */
  takeBack(cpu: number): void {
    if (this.givenUp.delete(cpu)) this.bringOnline(cpu);
  }

  /** The CPU that the tool runs on: the first one that Linux still has. @throws MachineHang without any */
  get caller(): number {
    const hypervisor = this.hypervisor();
    const cpu = this.online.find((each) => hypervisor?.cpu(each).failed !== true);
    if (cpu === undefined) throw new MachineHang("the hypervisor has taken all CPUs from the root cell");
    return cpu;
  }

  /** Through the hypervisor, which lets Linux reach CPUs of the root cell only. @throws Refusal where it does not come */
  bringOnline(cpu: number): void {
    if (this.onlineCpus.has(cpu)) return;
    const hardwareId = this.machine.cpus.find(({ id }) => id === cpu)?.hardwareId ?? cpu;
    if (this.machine.architecture === "x86") this.bootX86(cpu, hardwareId);
    else this.bootArm(cpu, hardwareId);
    this.onlineCpus.add(cpu);
    this.givenUp.delete(cpu);
  }

  /** By INIT, its end, and two starts at the page of the kernel's first code: commands as those of any cell. */
  private bootX86(cpu: number, apicId: number): void {
    if (cpu === 1) this.log.add("x86: Booting SMP configuration:");
    this.log.add(`smpboot: Booting Node 0 Processor ${cpu} APIC 0x${apicId.toString(16)}`);
    const hypervisor = this.hypervisor();
    if (!(hypervisor?.architecture instanceof X86)) return;
    const { apics, starts } = hypervisor.architecture;
    const [target, sender] = [hypervisor.cpu(cpu), hypervisor.cpu(this.caller)];
    const commands = new ApicCommands({ hypervisor, cpu: sender }, { apics, starts });
    const start = startCommand | this.kernel.startVector;
    for (const command of [initCommand, endOfInit, start, start]) {
      commands.send(command, apicId);
      if (starts.isStuck(sender)) {
        throw new MachineHang(`Linux sends INIT to CPU ${cpu}, which the hypervisor has given up for good`);
      }
    }
    if (target.cell?.isRoot === true && !starts.isTaken(target) && !target.stopped) return;
    this.log.add(`smpboot: do_boot_cpu failed(-1) to wakeup CPU#${cpu}`);
    throw new Refusal("EIO");
  }

  private bootArm(cpu: number, affinity: number): void {
    this.switchOnArm(cpu, affinity);
    const { midr, redistributors } = this.kernel;
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
    this.log.add(`Detected PIPT I-cache on CPU${cpu}`);
    if (redistributors !== null) {
      const address = hex(redistributors + cpu * redistributorSize, 16);
      this.log.add(`GICv3: CPU${cpu}: found redistributor ${hex(affinity, 1)} region 0:0x${address}`);
    }
    this.log.add(`CPU${cpu}: Booted secondary processor 0x${hex(affinity, 10)} [0x${hex(midr, 8)}]`);
  }

  /** What PSCI answers: denied for CPUs that are not the root cell's, or that are not off. */
  private switchOnArm(cpu: number, affinity: number): void {
    const hypervisor = this.hypervisor();
    if (!(hypervisor?.architecture instanceof Arm)) return;
    const called = this.functionOf(psciFunctions.cpuOn, psciFunctions.cpuOn64);
    const registers = [called, BigInt(affinity), 0n, 0n];
    const outcome = callPsci(hypervisor, hypervisor.architecture, this.caller, registers);
    if (outcome.kind !== "result" || outcome.value === psciResults.success) return;
    const errno = outcome.value === psciResults.denied ? "EPERM" : "EINVAL";
    const code = returnValue(errno);
    this.log.add(`psci: failed to boot CPU${cpu} (${code})`);
    this.log.add(`CPU${cpu}: failed to boot: ${code}`);
    throw new Refusal(errno);
  }
}
