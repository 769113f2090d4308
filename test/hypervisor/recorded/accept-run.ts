import { CommRegion } from "../../../hypervisor/core/comm-region.js";
import { readCellConfig, readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { HypervisorConsole } from "../../../hypervisor/core/console.js";
import { replies } from "../../../hypervisor/core/control/messages.js";
import { enableHypervisor } from "../../../hypervisor/core/enable/enable.js";
import { returnValue } from "../../../hypervisor/core/errno.js";
import { hypercall, hypercalls } from "../../../hypervisor/core/hypercall.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import { panicPark } from "../../../hypervisor/core/panic.js";
import { HypervisorFault, MachineHang, Refusal } from "../../../hypervisor/core/refusal.js";
import { newHypervisor } from "../../../hypervisor/driver/new-hypervisor.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { Profile } from "../../../schema/layout/types.js";
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
  private caller = 0;
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
      return this.run(step);
    } catch (error) {
      if (error instanceof Refusal) return returnValue(error.errno);
      if (error instanceof HypervisorFault) return "hypervisor-page-fault";
      if (error instanceof MachineHang) return `hang (${error.reason})`;
      throw error;
    }
  }

  private run(step: AcceptStep): number {
    const { op, id = 0 } = step;
    if (op === "enable") return this.enable(step);
    const hypervisor = this.hypervisor!;
    const call = (code: number, first: number, second = 0): number =>
      hypercall(hypervisor, this.caller, code, first, second);
    switch (op) {
      case "create":
        return call(hypercalls.cellCreate, this.placeConfig(hypervisor, step));
      case "load":
        return call(hypercalls.cellSetLoadable, id);
      case "start":
        return call(hypercalls.cellStart, id);
      case "destroy":
        return call(hypercalls.cellDestroy, id);
      case "state":
        return call(hypercalls.cellGetState, id);
      case "hypercall":
        return call(step.code!, step.arg1!, step.arg2);
      case "switch_cpu":
        this.caller = step.cpu!;
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

  private enable({ online }: AcceptStep): number {
    const { platform, variant } = this.record;
    const { bytes } = fileOf(this.record, this.record.system, this.record.system);
    const config = readSystemConfig(withDriverChanges(bytes, 0, 356), this.profile);
    const cpu = platform?.cpu?.toLowerCase() ?? variant;
    const machine = deriveMachine(config, "x86", {
      ioApics: this.chipsOfCells(),
      vendor: cpu === "amd" ? "amd" : "intel",
      ...(online === undefined ? {} : { onlineCpus: online }),
      ...(platform?.apic === undefined ? {} : { usesX2apic: platform.apic === "x2apic" }),
      ...(platform?.cat_cbm_max === undefined
        ? {}
        : { cacheAllocation: { maxBit: platform.cat_cbm_max, classes: platform.cat_cos_max! } }),
    });
    const world = { run: () => this.answerMessages() };
    this.hypervisor = newHypervisor(machine, config, this.profile, this.console, world, {
      maxCpus: 1 + Math.max(...machine.cpus.map((each) => each.id)),
    });
    const entering = machine.cpus.filter(({ isOnline }) => isOnline).map((each) => each.id);
    this.caller = entering[0]!;
    enableHypervisor(this.hypervisor, entering);
    return 0;
  }

  /** The recorder's machine has all chips that its cells speak of. */
  private chipsOfCells(): readonly bigint[] {
    return this.record.cells.flatMap((base, index) => {
      const { bytes } = fileOf(this.record, `cell${index}`, base);
      return bytes.length < 132
        ? []
        : readCellConfig(bytes, this.profile).irqchips.map(({ address }) => address);
    });
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

  /** @returns where it is in the root cell's memory */
  private placeConfig(hypervisor: Hypervisor, { cell, id = 0, guest_phys }: AcceptStep): number {
    const { bytes } = fileOf(this.record, `cell${cell}`, this.record.cells[cell!]!);
    const address = Number.parseInt(guest_phys!, 16);
    hypervisor.machine.memory.writeBytes(address, withDriverChanges(bytes, id, 0));
    return address;
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
