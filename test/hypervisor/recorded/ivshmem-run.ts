import type { Cell } from "../../../hypervisor/core/cell.js";
import { dispatch } from "../../../hypervisor/core/mmio/dispatch.js";
import {
  cellOf,
  type Interrupt,
  type LinkAccess,
  type LinkRecord,
  type LinkStep,
  systemOf,
} from "./ivshmem-records.js";
import { outcomeOf, X86Machine } from "./x86-machine.js";

/** What came of a step, in the words of the recordings. */
export interface StepOutcome {
  readonly console: readonly string[];
  readonly interrupts: readonly Interrupt[];
  /** Of a command. */
  readonly ret?: number | string;
  /** Of an access. */
  readonly result?: "handled" | "error" | "unhandled";
  /** Of an access that reads. */
  readonly value?: string;
  readonly words?: readonly string[];
  readonly tables?: Readonly<Record<string, readonly (readonly [string, string, string])[]>>;
}

const mostEnds = 12;
const configSpaceSize = 4096;

/** Plays the steps of a recorded sequence in a machine that is enabled. */
export class LinkRun {
  private readonly machine: X86Machine;
  private sent: Interrupt[] = [];

  constructor(private readonly record: LinkRecord) {
    this.machine = new X86Machine(systemOf(record), { vendor: "intel" });
    this.machine.hypervisor.machine.interrupts.attach({
      send: (destination, vector, lowWord) => {
        this.sent.push([destination, vector, lowWord.toString(16)]);
      },
      setPending: () => {
        throw new Error("no interrupt of a GIC is sent on x86");
      },
    });
    this.machine.enable();
    this.machine.takeLines();
  }

  step(step: LinkAccess | LinkStep): StepOutcome {
    this.sent = [];
    const came = isAccess(step) ? this.access(step) : this.other(step);
    return { ...came, console: this.machine.takeLines(), interrupts: this.sent };
  }

  private access([op, id, address, register, size, written]: LinkAccess): Partial<StepOutcome> {
    const place = Number.parseInt(address, 16);
    const at = op === "cfg" ? this.placeInWindow(place, Number.parseInt(register!, 16)) : place;
    const value = written === null ? null : BigInt(`0x${written}`);
    const answer = dispatch(this.cell(id), this.record.cpus[id]!, at, size, value);
    if (answer === "unhandled") return { result: "unhandled" };
    if (answer === "denied") return { result: "error" };
    return answer === "done" ? { result: "handled" } : { result: "handled", value: answer.toString(16) };
  }

  private placeInWindow(bdf: number, register: number): number {
    return Number(this.machine.hypervisor.config.pciMmconfigBase) + bdf * configSpaceSize + register;
  }

  private cell(id: number): Cell {
    return this.machine.hypervisor.allCells.find(({ config }) => config.id === id)!;
  }

  private other(step: LinkStep): Partial<StepOutcome> {
    const { machine } = this;
    switch (step.op) {
      case "create":
        return { ret: outcomeOf(() => machine.create(cellOf(this.record, step.cell), step.cell)) };
      case "load":
        return { ret: outcomeOf(() => machine.load(step.cell)) };
      case "start":
        return { ret: outcomeOf(() => machine.start(step.cell)) };
      case "state_table":
        return { words: this.words(Number.parseInt(step.phys, 16)) };
      case "mmio_tables":
        return { tables: this.tables() };
    }
  }

  private words(table: number): readonly string[] {
    const { memory } = this.machine.hypervisor.machine;
    return Array.from({ length: mostEnds }, (_, id) => memory.read(table + 4 * id, 4).toString(16));
  }

  private tables(): NonNullable<StepOutcome["tables"]> {
    const ofLinks = ({ mmio }: Cell): readonly (readonly [string, string, string])[] =>
      mmio.regions
        .filter(({ handler }) => handler.kind.startsWith("ivshmem-"))
        .map(({ start, size, handler }) => [start.toString(16), size.toString(16), handler.kind]);
    const { allCells } = this.machine.hypervisor;
    return Object.fromEntries(allCells.map((cell) => [cell.config.id, ofLinks(cell)]));
  }
}

export function isAccess(step: LinkAccess | LinkStep): step is LinkAccess {
  return Array.isArray(step);
}
