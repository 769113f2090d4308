import type { Cell } from "../core/cell.js";
import type { HypervisorCpu } from "../core/cpu.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { pageSize } from "../core/paging/table-format.js";
import { deliveryModes, type InterruptMessage } from "./interrupt-message.js";

/** Where local APICs are in every machine. */
export const apicPage = 0xfee0_0000;

/** `JAILHOUSE_APIC_MODE_*`. */
const apicModes = { auto: 0, xapic: 1, x2apic: 2 } as const;
const highestApicId = 254;
const noCpu = 255;
const logicalCommand = 0x800;
const asserted = 0x4000;
const levelTriggered = 0x8000;

/** The local APICs as the hypervisor reaches them (hypervisor/arch/x86/apic.c). */
export class LocalApics {
  private readonly cpus = new Map<number, number>();

  constructor(private readonly hypervisor: Hypervisor) {}

  /** Refused where the mode that the kernel has chosen is not the one that the config demands (apic.c:178-215). */
  init(): void {
    const { hypervisor } = this;
    const { apicMode } = hypervisor.config.x86;
    const { usesX2apic } = hypervisor.machine;
    const contradicts = usesX2apic ? apicMode === apicModes.xapic : apicMode === apicModes.x2apic;
    if (contradicts) throw hypervisor.refusal("EIO", "hypervisor/arch/x86/apic.c:213");
    if (!usesX2apic) hypervisor.mapDevice(BigInt(apicPage), pageSize);
    hypervisor.print(`Using x${usesX2apic ? "2" : ""}APIC\n`);
  }

  initCpu(cpu: HypervisorCpu): void {
    const { hypervisor } = this;
    hypervisor.print(`(APIC ID ${cpu.hardwareId}) `);
    if (cpu.hardwareId > highestApicId || cpu.id === noCpu)
      throw hypervisor.refusal("ERANGE", "hypervisor/arch/x86/apic.c:155");
    if (this.cpus.has(cpu.hardwareId)) throw hypervisor.refusal("EBUSY", "hypervisor/arch/x86/apic.c:157");
    this.cpus.set(cpu.hardwareId, cpu.id);
  }

  /** The processor with this APIC id; null without one. */
  cpuOf(apicId: number): number | null {
    return this.cpus.get(apicId) ?? null;
  }

  private owns(cell: Cell, apicId: number): boolean {
    const cpu = this.cpuOf(apicId);
    return cpu !== null && cell.cpus.has(cpu);
  }

  /**
   * The message with the destinations that the cell may reach (apic.c:262-291). Only the root cell may name others, too:
   * they are left out, since Linux programs inactive vectors broadly.
   *
   * @returns null where it goes beyond the cell
   */
  withinCell(cell: Cell, message: InterruptMessage): InterruptMessage | null {
    if (!message.isLogical) return this.owns(cell, message.destination) ? message : null;
    const destination = this.hypervisor.machine.usesX2apic
      ? this.withinCluster(cell, message.destination)
      : message.destination & maskOf(cell);
    if (destination !== message.destination && !cell.isRoot) return null;
    return { ...message, destination };
  }

  /** A cluster's number stands in the upper half, and a bit for each of its 16 processors in the lower one. */
  withinCluster(cell: Cell, destination: number): number {
    const cluster = destination >>> 16;
    let kept = destination;
    for (let bit = 0; bit < 16; bit++) {
      if (((destination >> bit) & 1) === 1 && !this.owns(cell, cluster * 16 + bit)) kept &= ~(1 << bit);
    }
    return kept >>> 0;
  }

  /** Of lowest priority is no such command: one of the processors gets it, whatever its cluster is (apic.c:293-312). */
  send(message: InterruptMessage): void {
    const { deliveryMode, isLogical, isLevelTriggered, vector } = message;
    const isLowest = deliveryMode === deliveryModes.lowestPriority;
    let { destination } = message;
    if (isLowest && isLogical && destination !== 0) destination = (destination & -destination) >>> 0;
    const mode = isLowest ? deliveryModes.fixed : deliveryMode;
    const command =
      vector |
      (mode << 8) |
      (isLogical ? logicalCommand : 0) |
      asserted |
      (isLevelTriggered ? levelTriggered : 0);
    this.hypervisor.machine.interrupts.send(destination, vector, command);
  }
}

/** Processors of the cell that a logical destination of 8 bits can name. */
function maskOf(cell: Cell): number {
  let mask = 0;
  for (let cpu = 0; cpu < 32; cpu++) if (cell.cpus.has(cpu)) mask |= 1 << cpu;
  return mask >>> 0;
}
