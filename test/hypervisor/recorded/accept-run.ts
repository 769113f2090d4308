import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { Profile } from "../../../schema/layout/types.js";
import { cellStates } from "../../../hypervisor/core/cell.js";
import { CommRegion } from "../../../hypervisor/core/comm-region.js";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { HypervisorConsole } from "../../../hypervisor/core/console.js";
import { createCell } from "../../../hypervisor/core/control/create.js";
import { destroyCell } from "../../../hypervisor/core/control/destroy.js";
import { replies } from "../../../hypervisor/core/control/messages.js";
import { setLoadable } from "../../../hypervisor/core/control/set-loadable.js";
import { startCell } from "../../../hypervisor/core/control/start.js";
import { enableHypervisor } from "../../../hypervisor/core/enable/enable.js";
import { returnValue } from "../../../hypervisor/core/errno.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import { MachineHang, HypervisorFault, Refusal } from "../../../hypervisor/core/refusal.js";
import { newHypervisor } from "../../../hypervisor/driver/new-hypervisor.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { type AcceptRecord, type AcceptStep, fileOf } from "../../oracle/accept-cases.js";

/** What a step came to: the value that the call returned, or how the machine ended. */
export interface StepResult {
  readonly ret: number | string;
  readonly console: readonly string[];
}

/** Runs the steps of a record in a simulated machine; steps after the end of the machine are left out. */
export class AcceptRun {
  private readonly console = new HypervisorConsole();
  private heard = "";
  private hypervisor: Hypervisor | null = null;
  private readonly profile: Profile = builtInProfiles.profile("r14.1");

  constructor(private readonly record: AcceptRecord) {
    this.console.listen((text) => {
      this.heard += text;
    });
  }

  step(step: AcceptStep): StepResult {
    this.heard = "";
    const ret = this.outcome(step);
    const lines = this.heard.split("\n");
    if (lines.at(-1) === "") lines.pop();
    return { ret, console: lines };
  }

  private outcome(step: AcceptStep): number | string {
    try {
      return this.run(step) ?? 0;
    } catch (error) {
      if (error instanceof Refusal) return returnValue(error.errno);
      if (error instanceof HypervisorFault) return "hypervisor-page-fault";
      if (error instanceof MachineHang) return `hang (${error.reason})`;
      throw error;
    }
  }

  private run(step: AcceptStep): number | undefined {
    const { op, id = 0 } = step;
    if (op === "enable") return this.enable(step);
    const hypervisor = this.hypervisor!;
    switch (op) {
      case "create":
        return this.create(hypervisor, step);
      case "load":
        setLoadable(hypervisor, id);
        return 0;
      case "start":
        startCell(hypervisor, id);
        return 0;
      case "destroy":
        destroyCell(hypervisor, id);
        return 0;
      default:
        throw new Error(`a step that is not played: ${op}`);
    }
  }

  private enable({ online }: AcceptStep): number {
    const { platform, variant } = this.record;
    const { bytes } = fileOf(this.record, this.record.system, this.record.system);
    const config = readSystemConfig(withDriverChanges(bytes, 0, 356), this.profile);
    const cpu = platform?.cpu?.toLowerCase() ?? variant;
    const machine = deriveMachine(config, "x86", {
      vendor: cpu === "amd" ? "amd" : "intel",
      ...(online === undefined ? {} : { onlineCpus: online }),
      ...(platform?.apic === undefined ? {} : { usesX2apic: platform.apic === "x2apic" }),
      ...(platform?.cat_cbm_max === undefined
        ? {}
        : { cacheAllocation: { maxBit: platform.cat_cbm_max, classes: platform.cat_cos_max! } }),
    });
    const world = { run: () => this.answerMessages() };
    this.hypervisor = newHypervisor(machine, config, this.console, world);
    enableHypervisor(
      this.hypervisor,
      machine.cpus.filter(({ isOnline }) => isOnline).map(({ id }) => id),
    );
    return 0;
  }

  /** The recorder's inmates agree with everything at the first look. */
  private answerMessages(): boolean {
    const hypervisor = this.hypervisor!;
    for (const cell of hypervisor.cells) {
      const { memory } = hypervisor.machine;
      const message = Number(memory.read(cell.commPage + 12, 4));
      if (message === 0) continue;
      memory.write(cell.commPage + 12, 4, 0n);
      memory.write(cell.commPage + 16, 4, BigInt(message === 1 ? replies.requestApproved : replies.received));
    }
    return true;
  }

  private create(hypervisor: Hypervisor, { cell, id = 0, guest_phys }: AcceptStep): number {
    const { bytes } = fileOf(this.record, `cell${cell}`, this.record.cells[cell!]!);
    const address = Number.parseInt(guest_phys!, 16);
    hypervisor.machine.memory.writeBytes(address, withDriverChanges(bytes, id, 0));
    createCell(hypervisor, address, this.profile);
    return 0;
  }
}

/** What the driver writes into a config: the id, the end of the name, and a permission that another flag implies. */
function withDriverChanges(bytes: Uint8Array, id: number, cell: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  if (changed.length < cell + 132) return changed;
  const view = new DataView(changed.buffer);
  if (cell === 0) {
    view.setUint32(cell + 40, id, true);
    view.setUint8(cell + 8 + 31, 0);
  }
  const flags = view.getUint32(cell + 44, true);
  if ((flags & 0x8000_0000) !== 0) view.setUint32(cell + 44, (flags | 0x4000_0000) >>> 0, true);
  return changed;
}

void [cellStates, CommRegion];
