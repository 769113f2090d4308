import { encodeText } from "../../schema/text.js";
import { HypervisorFault, MachineHang, type Refusal } from "../core/refusal.js";
import type { JailhouseDriver } from "../driver/driver.js";
import { sysfsRoot } from "../driver/sysfs.js";
import type { SerialLine, Speaker } from "../machine/serial-line.js";
import type { SimulationStatus } from "./answers.js";
import type { SimulationOptions } from "./board-files.js";
import {
  emptySimulation,
  type Listeners,
  type MadeSimulation,
  simulationFor,
  simulationIfAny,
} from "./make-simulation.js";
import { SerialLog } from "./serial-log.js";

/** As a build for tracing prints it (hypervisor/include/jailhouse/printk.h:21). */
const traceLine = /^\S+:\d+: returning error -/;

/** Of one command: programs that run meanwhile can be refused as much as they like. */
const mostRemarks = 20;

/** The machine of a daemon: one that was given to it, or the one that a system config is for that is enabled. */
export class SimulatedMachine {
  readonly serial = new SerialLog();
  private simulation: MadeSimulation | null = null;
  /** The config that the machine was made from. */
  private source: Uint8Array | null = null;
  private remarks: string[] = [];
  /** Lines of the machine that are listened to. */
  private heard = new Set<SerialLine>();

  /** @throws SetupError where the board's system is for no machine */
  constructor(private readonly options: SimulationOptions) {
    const { board, tracesErrors } = options;
    if (board === null) return;
    const cells = board.cells.map(({ bytes }) => bytes);
    this.take(simulationFor(board.system.bytes, cells, board.choices, tracesErrors, this.listeners));
  }

  /** Null while there is no machine: the module is loaded, and has nothing to do. */
  get driver(): JailhouseDriver | null {
    return this.simulation?.driver ?? null;
  }

  /** Of the machine, in nanoseconds. */
  get time(): number {
    return this.simulation?.scheduler.now ?? 0;
  }

  /** Whether there are cells whose programs could do something as time passes. */
  get isAlive(): boolean {
    const { driver } = this;
    return driver !== null && driver.end === null && driver.cells.length > 1;
  }

  /** Whether an operation would change the machine: another board is put in the place of one that does nothing. */
  prepareFor(system: Uint8Array): void {
    if (this.options.board !== null || (this.simulation !== null && !this.isFree)) return;
    if (this.source !== null && sameBytes(this.source, system)) return;
    const made = simulationIfAny(system, this.options.tracesErrors, this.listeners);
    if (made !== null) this.source = system;
    if (made !== null || this.simulation === null) this.take(made ?? emptySimulation(this.onRefusal));
  }

  private get isFree(): boolean {
    const { driver } = this;
    return driver === null || (driver.hypervisor === null && driver.end === null);
  }

  /** Lets programs go on. What they meet can stop the machine. */
  runFor(nanoseconds: number): void {
    const { simulation } = this;
    if (simulation === null || simulation.driver.end !== null) return;
    try {
      simulation.scheduler.runFor(nanoseconds);
    } catch (error) {
      const isEnd = error instanceof MachineHang || error instanceof HypervisorFault;
      if (!isEnd)
        this.note(`the simulation itself has failed: ${error instanceof Error ? error.stack : error}`);
      simulation.driver.endWith(isEnd ? error : new MachineHang("the simulation itself has failed"));
    }
  }

  private get listeners(): Listeners {
    return { note: (line) => this.note(line), refusal: this.onRefusal };
  }

  private take(simulation: MadeSimulation): void {
    this.simulation = simulation;
    this.heard = new Set();
    const { driver } = simulation;
    driver.listenToSerial((text) => {
      this.hearLines();
      this.serial.add("hypervisor", encodeText(text));
      if (traceLine.test(text)) this.remark(text.trimEnd());
    });
    driver.log.listen((line) => this.serial.add("kernel", encodeText(`${line}\n`)));
    this.hearLines();
  }

  /** Some lines are there only once something is printed on them. */
  private hearLines(): void {
    for (const { name, line } of this.simulation?.lines ?? []) {
      if (this.heard.has(line)) continue;
      this.heard.add(line);
      const place = name.replace(/^.* /, "");
      this.serial.add(place, encodeText(line.take()));
      line.listen((text, speaker) => this.hear(place, text, speaker));
    }
  }

  private hear(place: string, text: string, speaker: Speaker): void {
    const bytes = encodeText(text);
    this.serial.add(place, bytes);
    const cpu = this.simulation?.scheduler.runningCpu ?? null;
    if (speaker === "hypervisor" || cpu === null) return;
    const cell = this.driver?.hypervisor?.cpu(cpu).cell ?? null;
    if (cell !== null) this.serial.add(`${cell.config.name}/${place}`, bytes);
  }

  private note(line: string): void {
    this.serial.add("simulator", encodeText(`${line}\n`));
    this.remark(`simulator: ${line}`);
  }

  /** What the hypervisor refuses it has told itself. */
  private readonly onRefusal = ({ errno, source }: Refusal): void => {
    if (this.options.tracesErrors && this.remarks.length === 0)
      this.remark(`${source ?? "driver"}: returning error -${errno}`);
  };

  private remark(line: string): void {
    if (this.remarks.length < mostRemarks) this.remarks.push(line);
  }

  /** What no real machine would say since the last time, and refusals with their places in upstream's sources. */
  takeRemarks(): readonly string[] {
    const taken = this.remarks;
    this.remarks = [];
    return taken;
  }

  get status(): SimulationStatus {
    const { board, clock } = this.options;
    const { driver } = this;
    const machine = driver?.machine;
    const end = driver?.end ?? null;
    return {
      board: board?.name ?? null,
      architecture: machine?.architecture ?? null,
      vendor: machine?.vendor ?? null,
      profile: this.simulation?.profile.id ?? null,
      clock,
      time: this.time,
      isEnabled: driver !== null && driver.hypervisor !== null,
      hang: end === null ? null : "reason" in end ? end.reason : `the hypervisor has crashed: ${end.message}`,
      cells:
        driver === null
          ? []
          : driver.cells.map(({ id, name, cpus }) => ({
              id,
              name,
              state: stateOf(driver, id),
              cpus: [...cpus].sort((one, other) => one - other),
            })),
      serialLines: this.serial.names,
      files: board === null ? [] : [board.system, ...board.cells].map(({ name }) => name),
    };
  }

  /** Of a name that a client's working directory does not have. */
  fileOf(name: string): Uint8Array | null {
    const { board } = this.options;
    if (board === null) return null;
    return [board.system, ...board.cells].find((file) => file.name === name)?.bytes ?? null;
  }
}

function stateOf(driver: JailhouseDriver, id: number): string {
  if (driver.end !== null) return "unknown";
  return driver.sysfs.readText(`${sysfsRoot}/cells/${id}/state`).trimEnd();
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
