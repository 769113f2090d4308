import { accessFlags } from "../core/access-flags.js";
import { counters, type HypervisorCpu } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { pageSize } from "../core/paging/table-format.js";
import type { AccessSize, MmioDevice } from "../machine/physical-memory.js";
import { failingFetch, type GuestCpus } from "../run/guest-cpu.js";
import type { Program } from "../run/program.js";
import { markerSpace, type ProgramRegistry } from "../run/program-registry.js";
import { pseudoSipi, resetVector, startAddress } from "./cpu-starts.js";
import { apicPage } from "./local-apics.js";
import type { X86 } from "./x86.js";
import { type CpuSurroundings, X86Cpu } from "./x86-cpu.js";
import type { X86Devices } from "./x86-devices.js";

/** Before revision 5, images of 64K had their entry at the reset vector; their first line is where they begin. */
const entryOfOldImages = 0xfff0;

/** Lets the CPUs of cells run the programs that are in their memory. */
export class X86Programs implements GuestCpus {
  private readonly cpus = new Map<number, X86Cpu>();
  private readonly around: CpuSurroundings;

  /** @param log of the simulation itself: what no real machine would say */
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly x86: X86,
    private readonly devices: X86Devices,
    private readonly registry: ProgramRegistry<X86Cpu>,
    private readonly log: (line: string) => void,
  ) {
    const { starts, apics } = x86;
    const { bus, clocks, scheduler } = devices;
    this.around = { hypervisor, x86, starts, apics, bus, clocks, time: scheduler };
    starts.onStart = (cpu, vector) => this.start(cpu, vector);
    hypervisor.onCallIn = (cpu) => {
      cpu.counters[counters.total]!++;
      cpu.counters[counters.management]!++;
      if (cpu.lost !== null) cpu.stopped = true;
    };
    devices.interrupts.remapping = x86.remapping;
    devices.dma = x86.dma;
    this.showApicPages();
  }

  /** Intel has a page that is watched, AMD shows the APIC itself. */
  private showApicPages(): void {
    const { memory, vendor } = this.hypervisor.machine;
    if (vendor === "intel") {
      const page = this.hypervisor.memoryStart + this.hypervisor.setup.build.apicAccessPage!;
      memory.addDevice(page, pageSize, new WatchedApicPage(() => this.running?.apicPage ?? null));
    } else {
      memory.addDevice(apicPage, pageSize, new PlainApicPage(() => this.running));
    }
  }

  private get running(): X86Cpu | null {
    const id = this.devices.scheduler.runningCpu;
    return id === null ? null : this.cpu(id);
  }

  cpu(id: number): X86Cpu | null {
    return this.cpus.get(id) ?? null;
  }

  /** What root cells run is not in their memory: it is given here. The CPU goes on with it at once. */
  run(cpuId: number, program: Program<X86Cpu>): X86Cpu {
    return this.begin(this.hypervisor.cpu(cpuId), pseudoSipi, program);
  }

  private start(cpu: HypervisorCpu, vector: number): void {
    const { scheduler, bus } = this.devices;
    bus.of(cpu.id).clear();
    scheduler.stop(cpu.id);
    this.cpus.delete(cpu.id);
    if (cpu.cell!.isRoot) return;
    const address = startAddress(cpu, vector);
    const image = this.imageAt(cpu, address === resetVector ? address - entryOfOldImages : address);
    if (image === null) {
      this.begin(cpu, vector, failingFetch);
      return;
    }
    const program = this.registry.find(image);
    if (typeof program !== "string") this.begin(cpu, vector, program);
    else this.log(`CPU ${cpu.id} of cell "${cpu.cell!.name}" waits: ${program}`);
  }

  private begin(cpu: HypervisorCpu, vector: number, program: Program<X86Cpu>): X86Cpu {
    const own = new X86Cpu(this.around, cpu, vector);
    this.cpus.set(cpu.id, own);
    this.devices.scheduler.start(cpu.id, own, program(own));
    return own;
  }

  /** The first bytes that the CPU would run; null where it may not. */
  private imageAt(cpu: HypervisorCpu, address: number): Uint8Array | null {
    const found = this.x86.tablesOf(cpu.cell!).translate(address, accessFlags.read | accessFlags.execute);
    if (found === null) return null;
    return this.hypervisor.machine.memory.readBytes(found.physical, markerSpace);
  }
}

/** The page of Intel: who looks at it comes into the hypervisor. */
class WatchedApicPage implements MmioDevice {
  constructor(private readonly page: () => X86Cpu["apicPage"] | null) {}

  read(offset: number, size: AccessSize): bigint {
    return this.page()?.read(offset, size) ?? 0n;
  }

  write(offset: number, size: AccessSize, value: bigint): void {
    this.page()?.write(offset, size, value);
  }
}

/** Each processor sees its own. Only the hypervisor could write to it, and does so otherwise. */
class PlainApicPage implements MmioDevice {
  constructor(private readonly cpu: () => X86Cpu | null) {}

  read(offset: number, size: AccessSize): bigint {
    const cpu = this.cpu();
    const word =
      offset % 16 < 4 ? BigInt(cpu?.readApicPage(offset >> 4) ?? 0) >> BigInt(8 * (offset % 4)) : 0n;
    return BigInt.asUintN(8 * size, word);
  }

  write(): void {}
}
