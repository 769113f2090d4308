import type { Cell } from "../../../hypervisor/core/cell.js";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { HypervisorConsole } from "../../../hypervisor/core/console.js";
import { replies } from "../../../hypervisor/core/control/messages.js";
import { enableHypervisor } from "../../../hypervisor/core/enable/enable.js";
import { returnValue } from "../../../hypervisor/core/errno.js";
import { hypercall, hypercalls } from "../../../hypervisor/core/hypercall.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import { HypervisorFault, MachineHang, Refusal } from "../../../hypervisor/core/refusal.js";
import { newHypervisor } from "../../../hypervisor/driver/new-hypervisor.js";
import type { Architecture } from "../../../hypervisor/machine/machine.js";
import { deriveMachine, type MachineOptions } from "../../../hypervisor/simulation/derive-machine.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";

const profile = builtInProfiles.profile("r14.1");

/** Bytes of a cell's header in revision 14, and where the root cell's is in a system. */
const header = { size: 132, ofRootCell: 356 };

/** A machine as the recorder had it: a system, with the calls that a driver makes, and inmates that agree with everything. */
export class RecordedMachine {
  readonly hypervisor: Hypervisor;
  /** Who makes the next call. */
  caller: number;
  /** What goes on while the hypervisor waits for a cell; @returns false where nothing does. */
  whileWaiting: (awaited: Cell) => boolean = () => this.answerMessages();
  private heard = "";
  private readonly online: readonly number[];

  /** Refused where hypervisor and config do not fit. */
  constructor(architecture: Architecture, system: Uint8Array, options: MachineOptions) {
    const config = readSystemConfig(withDriverChanges(system, 0, header.ofRootCell), profile);
    const machine = deriveMachine(config, architecture, options);
    const console = new HypervisorConsole();
    console.listen((text) => {
      this.heard += text;
    });
    // The recorder's CPUs all have data of their own, also those that the root cell does not have.
    const maxCpus =
      architecture === "x86" ? { maxCpus: 1 + Math.max(...machine.cpus.map(({ id }) => id)) } : {};
    const world = { run: (awaited: Cell) => this.whileWaiting(awaited) };
    this.hypervisor = newHypervisor(machine, config, profile, console, world, maxCpus);
    this.online = options.onlineCpus ?? machine.cpus.filter(({ isOnline }) => isOnline).map(({ id }) => id);
    this.caller = this.online[0]!;
  }

  enable(): number {
    enableHypervisor(this.hypervisor, this.online);
    return 0;
  }

  call(code: number, first: number, second = 0): number {
    return hypercall(this.hypervisor, this.caller, code, first, second);
  }

  /** @param address of the config in the root cell */
  create(bytes: Uint8Array, id: number, address = this.freeAddress()): number {
    this.hypervisor.machine.memory.writeBytes(address, withDriverChanges(bytes, id, 0));
    return this.call(hypercalls.cellCreate, address);
  }

  load(id: number): number {
    return this.call(hypercalls.cellSetLoadable, id);
  }

  start(id: number): number {
    return this.call(hypercalls.cellStart, id);
  }

  destroy(id: number): number {
    return this.call(hypercalls.cellDestroy, id);
  }

  /** Memory that the root cell can read and write, enough for a config. */
  private freeAddress(): number {
    const { rootCell } = this.hypervisor.config;
    const region = rootCell.memoryRegions.find(
      ({ flags, size }) => (flags & 3n) === 3n && size >= 0x2_0000n,
    )!;
    return Number(region.physStart + region.size) - 0x1_0000;
  }

  /** Lines of the hypervisor's console since the last time. */
  takeLines(): readonly string[] {
    const lines = this.heard.split("\n");
    this.heard = "";
    if (lines.at(-1) === "") lines.pop();
    return lines;
  }

  private answerMessages(): boolean {
    const { cells, machine } = this.hypervisor;
    for (const { commPage } of cells) {
      const message = Number(machine.memory.read(commPage + 12, 4));
      if (message === 0) continue;
      machine.memory.write(commPage + 12, 4, 0n);
      machine.memory.write(
        commPage + 16,
        4,
        BigInt(message === 1 ? replies.requestApproved : replies.received),
      );
    }
    return true;
  }
}

/** What an action returns, or how the machine ended: with a fault of the hypervisor's own, or not at all. */
export function outcomeOf(action: () => number): number | string {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal) return returnValue(error.errno);
    if (error instanceof HypervisorFault) return "hypervisor-page-fault";
    if (error instanceof MachineHang) return `hang (${error.reason})`;
    throw error;
  }
}

/** What the driver writes into a config: the id, the end of the name, and a permission that another flag implies. */
function withDriverChanges(bytes: Uint8Array, id: number, cell: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  if (changed.length < cell + header.size) return changed;
  const view = new DataView(changed.buffer);
  if (cell === 0) {
    view.setUint32(40, id, true);
    view.setUint8(8 + 31, 0);
  }
  const flags = view.getUint32(cell + 44, true);
  if ((flags & 0x8000_0000) !== 0) view.setUint32(cell + 44, (flags | 0x4000_0000) >>> 0, true);
  return changed;
}
