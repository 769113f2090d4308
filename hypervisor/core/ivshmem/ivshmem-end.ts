import type { Cell } from "../cell.js";
import { pageSize } from "../paging/table-format.js";
import type { PciFunction } from "../pci/pci-function.js";
import { MachineHang } from "../refusal.js";
import type { HypervisorServices } from "../services.js";
import { temporaryPage } from "../temporary-page.js";
import { bdfText } from "../words.js";
import {
  command,
  configWords,
  msixControl,
  oneShot,
  resetWords,
  type SharedSections,
  sharedSections,
  words,
} from "./config-words.js";
import { type IvshmemLink, type LinkedEnd, mostEnds, mostVectors } from "./ivshmem-endpoint.js";
import type { Delivery } from "./link-interrupts.js";
import { RegisterWindow } from "./register-window.js";
import { StateTable } from "./state-table.js";
import { VectorWindow } from "./vector-window.js";

const interruptEnable = 0x1;
const maskedVector = 0x1;
/** Twice the table: the size of a base address is a power of two (hypervisor/ivshmem.c:49-54). */
const vectorWindowSize = 0x200n;
/** In the description of an end the configuration space comes first, then a lock and the register it guards. */
const guardedPart = 4 * configWords + 8;

/** An end of a link while a cell has it (hypervisor/ivshmem.c). */
export class IvshmemEnd implements LinkedEnd {
  interruptControl = 0;
  state = 0;
  private space = new Uint32Array(configWords);
  private readonly deliveries = new Array<Delivery | null>(mostVectors).fill(null);
  /** Starts of the regions that are active, with the command bit for memory. */
  active: readonly bigint[];
  private readonly sections: SharedSections;
  private readonly table: StateTable;

  /**
   * The description of an end outlives its cell as long as the link is there: the regions that were active then are
   * removed from the table of the next cell that has it, whatever that has registered there.
   *
   * @throws HypervisorFault as {@link sharedSections} says
   */
  constructor(
    private readonly hypervisor: HypervisorServices,
    readonly cell: Cell,
    readonly pciFunction: PciFunction,
    readonly link: IvshmemLink,
  ) {
    this.active = link.leftActive[pciFunction.info.shmemDevId]!;
    this.sections = sharedSections(cell.config, pciFunction.info);
    this.table = new StateTable(
      hypervisor.machine.memory,
      temporaryPage(hypervisor, this.sections.stateTable.physStart),
    );
  }

  private get hasPin(): boolean {
    return this.pciFunction.info.numMsixVectors === 0;
  }

  /** Of a link that nobody else is at: words beyond those of the end's own peers keep what is there. */
  clearStates(): void {
    this.table.clear(this.pciFunction.info.shmemPeers);
  }

  readConfig(address: number): number {
    const word = this.space[address >> 2];
    return word === undefined ? 0xffff_ffff : word >>> (8 * (address % 4));
  }

  writeConfig(register: number, mask: number, value: number): "done" | "rejected" {
    const old = this.space[register];
    if (old === undefined) return "rejected";
    const word = (value | (old & ~mask)) >>> 0;
    switch (register) {
      case words.command:
        return this.writeCommand(word) ? "done" : "rejected";
      case words.msixCapability:
        this.change(register, msixControl.writable, word);
        return this.updateMsix() ? "done" : "rejected";
      case words.vendorCapability:
        this.change(register, oneShot, word);
        return "done";
      default:
        return "done";
    }
  }

  private change(register: number, bits: number, word: number): void {
    this.space[register] = (this.space[register]! & ~bits) | (word & bits);
  }

  /** Bit for bit in this order: a target outside of the cell leaves the others as they were. */
  private writeCommand(word: number): boolean {
    const changed = word ^ this.space[words.command]!;
    if ((changed & command.master) !== 0) {
      this.change(words.command, command.master, word);
      if (!this.updateMsix()) return false;
    }
    if ((changed & command.memory) !== 0) {
      this.deactivate();
      if ((word & command.memory) !== 0) this.activate();
      this.change(words.command, command.memory, word);
    }
    if ((changed & command.interruptOff) !== 0) {
      this.change(words.command, command.interruptOff, word);
      this.updatePin();
    }
    return true;
  }

  /** Where the base addresses are at this moment; their upper words do not count. */
  private activate(): void {
    const { bars, info } = this.pciFunction;
    const [registers, vectors] = [bars[0]!, bars[1]!].map((bar) => BigInt((bar & ~0xf) >>> 0));
    this.active = [registers!, vectors!];
    // A mask of zero gives a region of no bytes, which no access finds.
    const size = BigInt(-info.barMask[0]! >>> 0);
    this.hypervisor.trap(this.cell, { start: registers!, size, handler: new RegisterWindow(this) });
    const handler = new VectorWindow(this.hypervisor, this);
    this.hypervisor.trap(this.cell, { start: vectors!, size: vectorWindowSize, handler });
  }

  private deactivate(): void {
    for (const start of this.active) this.cell.mmio.unregister(start);
    this.active = [];
  }

  reset(): void {
    const { bars, info } = this.pciFunction;
    this.interruptControl = 0;
    this.deliveries.fill(null);
    this.deactivate();
    bars.fill(0);
    this.space = resetWords(info, this.sections);
    this.writeState(0);
  }

  /** The cell gives its end up. */
  leave(): void {
    this.writeState(0);
    this.link.leftActive[this.pciFunction.info.shmemDevId] = this.active;
  }

  updateMsix(): boolean {
    const { numMsixVectors } = this.pciFunction.info;
    for (let vector = 0; vector < numMsixVectors; vector++) {
      if (!this.updateVector(vector)) return false;
    }
    return true;
  }

  /** @returns false where the target is outside of the cell: the vector leads to where it led before */
  updateVector(vector: number): boolean {
    const control = this.space[words.msixCapability]!;
    const isEnabled =
      (control & msixControl.writable) >>> 0 === msixControl.enabled &&
      (this.pciFunction.msixVectors[4 * vector + 3]! & maskedVector) === 0 &&
      (this.space[words.command]! & command.master) !== 0;
    const { linkInterrupts } = this.hypervisor.architecture;
    const delivery = isEnabled ? linkInterrupts.ofVector(this, vector) : null;
    if (delivery === "outside") return false;
    this.deliveries[vector] = delivery;
    return true;
  }

  private updatePin(): void {
    if (!this.hasPin) return;
    const isEnabled = (this.space[words.command]! & command.interruptOff) === 0;
    const pin = (this.space[words.interrupt]! >> 8) & 0xff;
    this.deliveries[0] = isEnabled ? this.hypervisor.architecture.linkInterrupts.ofPin(this, pin) : null;
  }

  /** @returns false where a vector's target is outside of the cell */
  writeInterruptControl(value: number): boolean {
    this.interruptControl = value & interruptEnable;
    this.updatePin();
    return this.updateMsix();
  }

  /** A pin counts as one vector. How many vectors there are is asked of the sender. */
  ring(target: number, vector: number): void {
    const vectors = this.hasPin ? 1 : this.pciFunction.info.numMsixVectors;
    if (vector < vectors && target < mostEnds) this.link.ends[target]?.interrupt(vector);
  }

  interrupt(vector: number): void {
    if ((this.interruptControl & interruptEnable) === 0) return;
    if ((this.space[words.vendorCapability]! & oneShot) !== 0) this.interruptControl = 0;
    this.deliveries[vector]?.();
  }

  /** Other ends hear of a state that is new, as far as their ids are below the number of peers. */
  writeState(state: number): void {
    const { shmemDevId, shmemPeers } = this.pciFunction.info;
    this.table.write(shmemDevId, state);
    if (state === this.state) return;
    this.state = state;
    for (let id = 0; id < shmemPeers; id++) {
      if (id >= mostEnds) this.askBehindLink(id);
      else if (id !== shmemDevId) this.link.ends[id]?.interrupt(0);
    }
  }

  /**
   * More peers than ends are asked as if they were there (hypervisor/ivshmem.c:133). In the rest of the link's page they
   * have all interrupts disabled. Behind it their lock is taken in memory that is used for something else.
   *
   * @throws MachineHang there: nobody can say what the machine does
   */
  private askBehindLink(id: number): void {
    const { ivshmemEndSize } = this.hypervisor.setup.build;
    if (id * ivshmemEndSize + guardedPart <= pageSize) return;
    throw new MachineHang(
      `the hypervisor takes the lock of end ${id} of the link ${bdfText(this.link.bdf)}, which has ${mostEnds} ends: it writes to memory behind the link`,
    );
  }
}
