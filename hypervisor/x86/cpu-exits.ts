import { counters, type HypervisorCpu } from "../core/cpu.js";
import type { CellAccess } from "../core/decide/access.js";
import type { Outcome } from "../core/decide/denials.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { panicPark } from "../core/panic.js";
import { HypervisorFault, MachineHang } from "../core/refusal.js";
import { CpuParked, CpuStopped } from "../run/program-end.js";
import { type RegisterSource, registerDump } from "./register-dump.js";

/** Counters of x86, behind those of all architectures (include/arch/x86/asm/jailhouse_hypercall.h). */
export const x86Counters = {
  pio: 4,
  xapic: 5,
  cr: 6,
  cpuid: 7,
  xsetbv: 8,
  exception: 9,
  msrOther: 10,
  msrX2apicIcr: 11,
} as const;

const pageFault = 14;

/** How a CPU comes into the hypervisor, and how it does not come back (hypervisor/arch/x86/vmx.c:1160, svm.c:869). */
export class CpuExits {
  constructor(
    readonly hypervisor: Hypervisor,
    readonly cpu: HypervisorCpu,
    readonly registersOf: RegisterSource,
    /** Time passes in the hypervisor. */
    private readonly spend: () => void,
  ) {}

  /** Every exit counts once in all, and mostly once as what it is. */
  enter(counter: number | null): void {
    this.loseHost();
    this.hypervisor.currentCpu = this.cpu.id;
    this.hypervisor.denials.begin();
    this.spend();
    this.cpu.counters[counters.total]!++;
    if (counter !== null) this.count(counter);
  }

  /** Without the host's state nothing runs on the CPU any more, neither the cell nor the hypervisor. */
  private loseHost(): void {
    const { cpu } = this;
    if (cpu.lost === null) return;
    cpu.stopped = true;
    if (cpu.cell!.isRoot) throw new MachineHang(`CPU ${cpu.id}, which Linux runs on, is gone: ${cpu.lost}`);
    throw new CpuStopped();
  }

  count(counter: number): void {
    this.cpu.counters[counter]!++;
  }

  /** Work of the hypervisor for this CPU: if that touches what is not there, the CPU stops. */
  guarded<Result>(access: CellAccess, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof HypervisorFault) return this.stop(access);
      throw error;
    }
  }

  /** After the reason has been told. @param access that was not allowed */
  park(access: CellAccess): never {
    this.deny(access, "parked");
    this.hypervisor.print(registerDump(this.registersOf(this.cpu)));
    panicPark(this.hypervisor, this.cpu);
    throw new CpuParked();
  }

  deny(access: CellAccess, outcome: Outcome): void {
    this.hypervisor.denials.tell(this.cpu.cell!, this.cpu.id, access, outcome);
  }

  /** An exit that the hypervisor does not know. @param reason of Intel, or code of AMD */
  unexpected(access: CellAccess, reason: { readonly intel: number; readonly amd: number }): never {
    const { hypervisor } = this;
    if (hypervisor.machine.vendor === "intel") {
      hypervisor.print(`FATAL: Unhandled VM-Exit, reason ${reason.intel}\n`);
      hypervisor.print("qualification 0\nvectoring info: 0 interrupt info: 0\n");
    } else {
      const none = `0x${"0".repeat(16)}`;
      const code = reason.amd.toString(16);
      hypervisor.print(`FATAL: Unexpected #VMEXIT, exitcode ${code}, exitinfo1 ${none} exitinfo2 ${none}\n`);
    }
    return this.park(access);
  }

  /**
   * An instruction reaches what is not mapped, or cannot be fetched, and the hypervisor does not understand it
   * (hypervisor/arch/x86/mmio.c).
   *
   * @param address that it reaches
   * @param opcode what the hypervisor has read of it, up to four bytes; null where it cannot read it
   */
  failInstruction(address: number, opcode: readonly number[] | null): never {
    const { hypervisor } = this;
    this.enter(counters.mmio);
    const place = address.toString(16).padStart(16, "0");
    if (opcode === null) {
      hypervisor.print("FATAL: unable to get MMIO instruction\n");
    } else {
      const bytes = [0, 1, 2, 3].map((index) => `0x${(opcode[index] ?? 0).toString(16).padStart(2, "0")}`);
      hypervisor.print(`FATAL: unsupported instruction (${bytes.join(" ")})\n`);
    }
    hypervisor.print(`FATAL: Invalid MMIO/RAM read, addr: 0x${place} size: 0\n`);
    const direction = opcode === null ? "execute" : "read";
    return this.park({ kind: "memory", direction, address, size: 0 });
  }

  /** The hypervisor's own access went beyond what it has mapped (hypervisor/arch/x86/control.c:236). */
  private stop(access: CellAccess): never {
    const { hypervisor, cpu } = this;
    hypervisor.print(`FATAL: Jailhouse triggered exception #${pageFault}\nError code: 0\n`);
    hypervisor.print(`Physical CPU ID: ${cpu.hardwareId}\n`);
    this.deny(access, "stopped");
    hypervisor.print(`Stopping CPU ${cpu.id} (Cell: "${cpu.cell!.name}")\n`);
    cpu.stopped = true;
    if (cpu.cell!.isRoot) {
      throw new MachineHang(`the hypervisor has stopped CPU ${cpu.id}, which Linux runs on, for good`);
    }
    throw new CpuStopped();
  }
}
