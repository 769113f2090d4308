import { accessFlags } from "../core/access-flags.js";
import { counters, type HypervisorCpu } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { dispatch } from "../core/mmio/dispatch.js";
import { panicPark } from "../core/panic.js";
import { HypervisorFault } from "../core/refusal.js";
import type { AccessSize } from "../machine/physical-memory.js";
import type { TrapHandler } from "../run/guest-memory.js";
import { CpuParked, CpuStopped } from "../run/program-end.js";
import { type RegisterSource, registerDump } from "./register-dump.js";

const misconfiguration = 49;
const pageFault = 14;

/** Accesses of a CPU to what its cell has not mapped (hypervisor/arch/x86/vcpu.c:252, vmx.c:1160-1230, svm.c). */
export class MemoryTraps implements TrapHandler {
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly cpu: HypervisorCpu,
    private readonly registersOf: RegisterSource,
  ) {}

  read(address: number, size: AccessSize): bigint {
    const answer = this.access(address, size, null);
    return typeof answer === "bigint" ? BigInt.asUintN(8 * size, answer) : 0n;
  }

  write(address: number, size: AccessSize, value: bigint): void {
    this.access(address, size, BigInt.asUintN(64, value));
  }

  private access(address: number, size: AccessSize, written: bigint | null): bigint | "done" {
    const { hypervisor, cpu } = this;
    hypervisor.currentCpu = cpu.id;
    cpu.counters[counters.total]!++;
    if (this.isMisconfigured(address)) this.endMisconfigured(address);
    cpu.counters[counters.mmio]!++;
    const answer = this.dispatch(address, size, written);
    if (answer === "unhandled") {
      const direction = written === null ? "read" : "write";
      const place = `0x${address.toString(16).padStart(16, "0")}`;
      hypervisor.print(`FATAL: Invalid MMIO/RAM ${direction}, addr: ${place} size: ${size}\n`);
    }
    if (answer === "unhandled" || answer === "denied") return this.park();
    return answer;
  }

  private dispatch(address: number, size: AccessSize, written: bigint | null): ReturnType<typeof dispatch> {
    try {
      return dispatch(this.cpu.cell!, this.cpu.id, address, size, written);
    } catch (error) {
      if (error instanceof HypervisorFault) return this.stop();
      throw error;
    }
  }

  /** Processors of Intel refuse entries that can be written but not read, whatever the access. */
  private isMisconfigured(address: number): boolean {
    const { architecture, machine } = this.hypervisor;
    if (machine.vendor !== "intel") return false;
    const found = architecture.tablesOf(this.cpu.cell!).translate(address, accessFlags.write);
    return found !== null && (found.flags & accessFlags.read) === 0;
  }

  private endMisconfigured(address: number): never {
    const place = `0x${address.toString(16).padStart(16, "0")}`;
    this.hypervisor.print(`FATAL: Unhandled VM-Exit, reason ${misconfiguration}\n`);
    this.hypervisor.print("qualification 0\nvectoring info: 0 interrupt info: 0\n");
    this.hypervisor.print(`guest phys: ${place} guest linear: ${place}\n`);
    return this.park();
  }

  private park(): never {
    this.hypervisor.print(registerDump(this.registersOf(this.cpu)));
    panicPark(this.hypervisor, this.cpu);
    throw new CpuParked();
  }

  /** The hypervisor's own access went beyond its page (hypervisor/arch/x86/control.c:236). */
  private stop(): never {
    const { hypervisor, cpu } = this;
    hypervisor.print(`FATAL: Jailhouse triggered exception #${pageFault}\nError code: 0\n`);
    hypervisor.print(`Physical CPU ID: ${cpu.hardwareId}\n`);
    hypervisor.print(`Stopping CPU ${cpu.id} (Cell: "${cpu.cell!.name}")\n`);
    cpu.stopped = true;
    throw new CpuStopped();
  }
}
