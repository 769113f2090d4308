import { CommRegion } from "../../../hypervisor/core/comm-region.js";
import { panicPark } from "../../../hypervisor/core/panic.js";
import type { MachineOptions } from "../../../hypervisor/simulation/derive-machine.js";
import { type AcceptRecord, type AcceptStep, fileOf } from "../../oracle/accept-cases.js";
import { chipsOf, outcomeOf, X86Machine } from "./x86-machine.js";

/** What a step came to: the value that the call returned, or how the machine ended. */
export interface StepResult {
  readonly ret: number | string;
  readonly console: readonly string[];
}

/** Plays the steps of a record, one after the other. */
export class AcceptRun {
  private machine: X86Machine | null = null;

  constructor(private readonly record: AcceptRecord) {}

  step(step: AcceptStep): StepResult {
    const ret = outcomeOf(() => this.run(step));
    return { ret, console: this.machine?.takeLines() ?? [] };
  }

  private run(step: AcceptStep): number {
    const { op, id = 0 } = step;
    if (op === "enable") {
      this.machine = new X86Machine(
        this.bytesOf(this.record.system, this.record.system),
        this.optionsOf(step),
      );
      return this.machine.enable();
    }
    const machine = this.machine!;
    const { hypervisor } = machine;
    switch (op) {
      case "create": {
        const bytes = this.bytesOf(`cell${step.cell}`, this.record.cells[step.cell!]!);
        return machine.create(bytes, id, Number.parseInt(step.guest_phys!, 16));
      }
      case "load":
        return machine.load(id);
      case "start":
        return machine.start(id);
      case "destroy":
        return machine.destroy(id);
      case "state":
        return machine.call(6, id);
      case "hypercall":
        return machine.call(step.code!, step.arg1!, step.arg2);
      case "switch_cpu":
        machine.caller = step.cpu!;
        return 0;
      case "panic_park":
        panicPark(hypervisor, hypervisor.cpu(step.cpu!));
        return 0;
      case "inmate_sets_state": {
        const cell = hypervisor.cells.find(({ config }) => config.id === id)!;
        new CommRegion(hypervisor, cell).state = step.state!;
        return 0;
      }
      default:
        throw new Error(`a step that is not played: ${op}`);
    }
  }

  private bytesOf(file: string, base: string): Uint8Array {
    return fileOf(this.record, file, base).bytes;
  }

  private optionsOf({ online }: AcceptStep): MachineOptions {
    const { platform = {}, variant, cells } = this.record;
    return {
      // The recorder's machine has all chips that its cells speak of.
      ioApics: cells.flatMap((base, index) => chipsOf(this.bytesOf(`cell${index}`, base))),
      vendor: (platform.cpu?.toLowerCase() ?? variant) === "amd" ? "amd" : "intel",
      ...(online === undefined ? {} : { onlineCpus: online }),
      ...(platform.apic === undefined ? {} : { usesX2apic: platform.apic === "x2apic" }),
      ...(platform.cat_cbm_max === undefined
        ? {}
        : { cacheAllocation: { maxBit: platform.cat_cbm_max, classes: platform.cat_cos_max! } }),
    };
  }
}
