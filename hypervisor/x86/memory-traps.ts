import { accessFlags } from "../core/access-flags.js";
import { counters } from "../core/cpu.js";
import type { MemoryAccess } from "../core/decide/access.js";
import { dispatch } from "../core/mmio/dispatch.js";
import { pageSize } from "../core/paging/table-format.js";
import type { AccessSize } from "../machine/physical-memory.js";
import type { TrapHandler } from "../run/guest-memory.js";
import type { ApicPage } from "./apic-page.js";
import type { CpuExits } from "./cpu-exits.js";
import { apicPage } from "./local-apics.js";

const misconfiguration = 49;

/** Accesses of a CPU to what its cell has not mapped (hypervisor/arch/x86/vcpu.c:252, vmx.c:1160-1230, svm.c). */
export class MemoryTraps implements TrapHandler {
  constructor(
    private readonly exits: CpuExits,
    private readonly apic: ApicPage,
  ) {}

  read(address: number, size: AccessSize): bigint {
    const answer = this.access(address, size, null);
    return typeof answer === "bigint" ? BigInt.asUintN(8 * size, answer) : 0n;
  }

  write(address: number, size: AccessSize, value: bigint): void {
    if (this.isApicWrite(address)) this.apic.write(address - apicPage, size, value);
    else this.access(address, size, BigInt.asUintN(64, value));
  }

  /** AMD shows the page to read; an access that is not allowed there goes to the APIC. */
  private isApicWrite(address: number): boolean {
    const { architecture, machine } = this.exits.hypervisor;
    if (machine.vendor !== "amd" || address < apicPage || address >= apicPage + pageSize) return false;
    return architecture.tablesOf(this.exits.cpu.cell!).translate(address, accessFlags.read) !== null;
  }

  private access(address: number, size: AccessSize, written: bigint | null): bigint | "done" {
    const { exits } = this;
    const { hypervisor, cpu } = exits;
    exits.enter(null);
    const direction = written === null ? "read" : "write";
    const tried = { kind: "memory", direction, address, size } as const;
    if (this.isMisconfigured(address)) this.endMisconfigured(tried);
    exits.count(counters.mmio);
    const answer = exits.guarded(tried, () => dispatch(cpu.cell!, cpu.id, address, size, written));
    if (answer === "unhandled") {
      const place = `0x${address.toString(16).padStart(16, "0")}`;
      hypervisor.print(`FATAL: Invalid MMIO/RAM ${direction}, addr: ${place} size: ${size}\n`);
    }
    if (answer === "unhandled" || answer === "denied") return exits.park(tried);
    return answer;
  }

  /** Processors of Intel refuse entries that can be written but not read, whatever the access. */
  private isMisconfigured(address: number): boolean {
    const { architecture, machine } = this.exits.hypervisor;
    if (machine.vendor !== "intel") return false;
    const found = architecture.tablesOf(this.exits.cpu.cell!).translate(address, accessFlags.write);
    return found !== null && (found.flags & accessFlags.read) === 0;
  }

  private endMisconfigured(tried: MemoryAccess): never {
    const { hypervisor } = this.exits;
    const place = `0x${tried.address.toString(16).padStart(16, "0")}`;
    hypervisor.print(`FATAL: Unhandled VM-Exit, reason ${misconfiguration}\n`);
    hypervisor.print("qualification 0\nvectoring info: 0 interrupt info: 0\n");
    hypervisor.print(`guest phys: ${place} guest linear: ${place}\n`);
    return this.exits.park(tried);
  }
}
