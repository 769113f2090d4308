import type { Cell } from "../core/cell.js";
import type { MessageAccess } from "../core/decide/access.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { MachineHang } from "../core/refusal.js";
import { bdfText } from "../core/words.js";
import { deliveryModes, type InterruptMessage } from "./interrupt-message.js";
import type { LocalApics } from "./local-apics.js";

/** Who lets interrupts of devices and pins through. */
export interface InterruptRemapping {
  /**
   * @param device its bus, device and function, or the id of an I/O APIC: 16 bits
   * @param vector index among the interrupts of the device
   * @param message null for none: nothing will be sent
   * @returns index of the remapped interrupt; "direct" where nothing is remapped; "refused" where the cell may not
   */
  mapInterrupt(
    cell: Cell,
    device: number,
    vector: number,
    message: InterruptMessage | null,
  ): number | "direct" | "refused";
}

interface Entry {
  /** It is reserved for this one alone. */
  readonly device: number;
  message: InterruptMessage | null;
}

/** Interrupts that the units of VT-d let through (hypervisor/arch/x86/vtd.c:575-860). */
export class RemappingTable implements InterruptRemapping {
  private readonly entries: (Entry | null)[];
  /** The lowest entry of each device; null while that has to be looked up anew. */
  private firsts: Map<number, number> | null = null;
  /** Whether the units take requests: each change of an entry is one. */
  takesRequests = false;

  /** @param limit number of entries */
  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly apics: LocalApics,
    limit: number,
  ) {
    this.entries = new Array<Entry | null>(limit).fill(null);
  }

  /** Reserves consecutive entries, unless the device has some already. E2BIG without so many. */
  reserve(device: number, length: number): void {
    if (length === 0 || this.firstOf(device) !== -1) return;
    const start = this.freeRun(length);
    if (start === null) throw this.hypervisor.refusal("E2BIG", "hypervisor/arch/x86/vtd.c:635");
    this.hypervisor.print(
      `Reserving ${length} interrupt(s) for device ${bdfText(device)} at index ${start}\n`,
    );
    for (let index = start; index < start + length; index++) this.entries[index] = { device, message: null };
    this.firsts = null;
  }

  private firstOf(device: number): number {
    this.firsts ??= this.lookUpFirsts();
    return this.firsts.get(device) ?? -1;
  }

  private lookUpFirsts(): Map<number, number> {
    const firsts = new Map<number, number>();
    for (const [index, entry] of this.entries.entries()) {
      if (entry !== null && !firsts.has(entry.device)) firsts.set(entry.device, index);
    }
    return firsts;
  }

  private freeRun(length: number): number | null {
    let free = 0;
    for (const [index, entry] of this.entries.entries()) {
      free = entry === null ? free + 1 : 0;
      if (free === length) return index + 1 - length;
    }
    return null;
  }

  /** So many entries from the device's first one are free then, whoever has them. */
  release(device: number, length: number): void {
    const start = this.firstOf(device);
    if (start === -1) return;
    this.hypervisor.print(`Freeing ${length} interrupt(s) for device ${bdfText(device)} at index ${start}\n`);
    this.entries.fill(null, start, start + length);
    this.firsts = null;
    if (length > 0) this.invalidate();
  }

  private invalidate(): void {
    if (this.takesRequests) return;
    throw new MachineHang(
      "the hypervisor waits for a unit of VT-d whose queue of requests is not enabled yet",
    );
  }

  mapInterrupt(
    cell: Cell,
    device: number,
    vector: number,
    message: InterruptMessage | null,
  ): number | "refused" {
    const first = this.firstOf(device);
    if (first === -1) return this.refuse(device, vector, "vector");
    const index = first + vector;
    const entry = this.entries[index] ?? null;
    if (entry?.device !== device) return this.refuse(device, vector, "vector");
    const allowed = message === null ? null : this.allowed(cell, message);
    if (allowed === "target" || allowed === "mode") return this.refuse(device, vector, allowed);
    entry.message = allowed;
    this.invalidate();
    return index;
  }

  private refuse(source: number, vector: number, cause: MessageAccess["cause"]): "refused" {
    this.hypervisor.denials.note({ kind: "message", source, vector, cause });
    return "refused";
  }

  private allowed(cell: Cell, message: InterruptMessage): InterruptMessage | "target" | "mode" {
    const { fixed, lowestPriority } = deliveryModes;
    if (message.deliveryMode !== fixed && message.deliveryMode !== lowestPriority) return "mode";
    return this.apics.withinCell(cell, message) ?? "target";
  }

  /** What an entry lets through from a device; null where it blocks. */
  messageOf(index: number, device: number): InterruptMessage | null {
    const entry = this.entries[index] ?? null;
    return entry?.device === device ? entry.message : null;
  }
}
