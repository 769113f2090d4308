import type { Profile } from "../../schema/layout/types.js";
import type { Cell } from "../core/cell.js";
import { type CellConfig, memory, type SystemConfig } from "../core/config/cell-config.js";
import { readCellConfig } from "../core/config/read-config.js";
import { errors } from "../core/errno.js";
import type { Hypervisor } from "../core/hypervisor.js";
import { HypervisorFault, MachineHang, Refusal } from "../core/refusal.js";
import type { PreloadImage } from "../driver/load-image.js";
import type { Architecture } from "../machine/machine.js";
import type { GuestCpu } from "../run/guest-cpu.js";
import { delay, type Steps } from "../run/program.js";
import { CpuParked, CpuStopped } from "../run/program-end.js";
import { markerOf, ProgramRegistry } from "../run/program-registry.js";
import type { MachineFacts } from "../simulation/machine-facts.js";
import { systemFrom } from "../simulation/simulated-system.js";
import type { Simulation } from "../simulation/simulation.js";
import { X86Simulation } from "../simulation/x86-simulation.js";
import type { AccessSurroundings } from "../trace/make-access.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import { ConsoleTail } from "./console-tail.js";
import { idleProgram } from "./idle-program.js";

/** A cell of a trial. */
export interface TrialCell {
  /** As reports call it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a trial is made of: a system, and the cells that run together in it. */
export interface TrialSetup {
  readonly profile: Profile;
  readonly architecture: Architecture;
  /** What is known of the machine. */
  readonly facts: MachineFacts;
  readonly system: TrialCell;
  /** In the order in which they are created, then loaded and started. */
  readonly cells: readonly TrialCell[];
}

export type TrialStep = "enable" | "create" | "load" | "start" | "destroy" | "disable";

/** Why a scenario does not get as far as its accesses. */
export interface StepFailure {
  readonly step: TrialStep;
  /** Null for the system. */
  readonly cell: string | null;
  /** `Device or resource busy`, or why the machine does not go on. */
  readonly reason: string;
  /** Lines of the kernel log since the step began, then those of the hypervisor's console. */
  readonly kernelLines: readonly string[];
  readonly consoleLines: readonly string[];
}

/** What comes of something that a CPU is made to do. */
export type Course =
  | { readonly kind: "done" }
  /** The hypervisor has taken the CPU away. */
  | { readonly kind: "parked"; readonly consoleLines: readonly string[] }
  /** Nothing came of it: the CPU does not run. */
  | { readonly kind: "waits" }
  /** The machine does not go on. */
  | { readonly kind: "ended"; readonly reason: string; readonly consoleLines: readonly string[] };

/** Lines that are told of one thing. */
const toldLines = 12;
/** An access and the hypervisor's answer take less than so many nanoseconds. */
const timeForOne = 100_000;
/** Names the program of a trial in the first line of an image. */
const programName = "trial";
const mostAddress = 2n ** 48n;

/** A simulated machine on which the cells of a scenario have been started, each with a program that does as it is told. */
export class TrialMachine {
  readonly config: SystemConfig;
  readonly simulation: Simulation;
  readonly console = new ConsoleTail();
  private readonly cellConfigs: readonly CellConfig[];
  private readonly ids: number[] = [];

  constructor(readonly setup: TrialSetup) {
    const { profile, architecture, facts } = setup;
    const cells = setup.cells.map(({ bytes }) => bytes);
    const system = systemFrom(setup.system.bytes, { profile, architecture, facts, cells });
    this.config = system.config;
    this.cellConfigs = setup.cells.map(({ bytes }) => readCellConfig(bytes, profile));
    const registry = new ProgramRegistry<X86Cpu>();
    registry.add(programName, (cpu) => this.idle(cpu));
    const { machine, kernel } = system;
    this.simulation = new X86Simulation(this.config, profile, registry, { machine, kernel });
    this.simulation.driver.listenToSerial((text) => this.console.add(text));
  }

  /** While nothing is asked of it. */
  private *idle(cpu: GuestCpu): Steps {
    const cell = this.hypervisor.cpu(cpu.id).cell;
    yield* idleProgram(cell === null || cell.isRoot ? null : cell.config)(cpu);
  }

  get hypervisor(): Hypervisor {
    return this.simulation.driver.loadedHypervisor!;
  }

  /** Enables the hypervisor, creates all cells, then loads and starts each. @returns what went wrong; null if nothing did */
  prepare(): StepFailure | null {
    const { driver } = this.simulation;
    const { system, cells } = this.setup;
    let failure = this.step("enable", null, () => driver.enable(system.bytes));
    for (const [index, { name, bytes }] of cells.entries()) {
      failure ??= this.step("create", name, () => {
        driver.createCell(bytes);
        this.ids[index] = driver.cells.at(-1)!.id;
      });
    }
    for (const [index, { name }] of cells.entries()) {
      failure ??= this.step("load", name, () => driver.loadCell(this.idOf(index), this.imagesOf(index)));
      failure ??= this.step("start", name, () => this.start(index));
    }
    return failure;
  }

  private idOf(index: number): { readonly id: number; readonly name: string } {
    return { id: this.ids[index]!, name: "" };
  }

  /** Where the cell cannot be loaded, its program comes from outside. */
  private imagesOf(index: number): readonly PreloadImage[] {
    const { memoryRegions, cpuResetAddress } = this.cellConfigs[index]!;
    const needed = memory.write | memory.loadable;
    const bytes = markerOf(programName);
    const region = memoryRegions.find(
      ({ virtStart, size }) => cpuResetAddress >= virtStart && cpuResetAddress - virtStart < size,
    );
    if (region === undefined || (region.flags & needed) !== needed) return [];
    const room = region.size - (cpuResetAddress - region.virtStart);
    return room < BigInt(bytes.length) ? [] : [{ bytes, address: cpuResetAddress }];
  }

  /** Lets the first instruction be fetched; CPUs that find no program of ours there get it. */
  private start(index: number): void {
    this.simulation.driver.startCell(this.idOf(index));
    this.simulation.run(timeForOne);
    const cell = this.cellAt(index);
    const failed = [...cell.cpus].find((id) => this.hypervisor.cpu(id).failed);
    if (failed !== undefined)
      throw new MachineHang(`CPU ${failed} cannot fetch its first instruction at the cell's reset address`);
    for (const id of cell.cpus)
      if (!this.simulation.scheduler.hasProgram(id))
        this.simulation.programs!.run(id, (cpu) => this.idle(cpu));
  }

  /** Starts a cell anew, after a CPU of it was parked. @returns why that failed; null if it did not */
  restart(index: number): StepFailure | null {
    const { name } = this.setup.cells[index]!;
    const { driver } = this.simulation;
    return (
      this.step("load", name, () => driver.loadCell(this.idOf(index), this.imagesOf(index))) ??
      this.step("start", name, () => this.start(index))
    );
  }

  destroy(index: number): StepFailure | null {
    const { name } = this.setup.cells[index]!;
    return this.step("destroy", name, () => this.simulation.driver.destroyCell(this.idOf(index)));
  }

  disable(): StepFailure | null {
    return this.step("disable", null, () => this.simulation.driver.disable());
  }

  private step(step: TrialStep, cell: string | null, action: () => void): StepFailure | null {
    const { log } = this.simulation.driver;
    const kernelStart = log.lines.length;
    const consoleStart = this.console.length;
    try {
      action();
      return null;
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      const kernelLines = log.lines.slice(kernelStart).slice(-toldLines);
      return {
        step,
        cell,
        reason,
        kernelLines,
        consoleLines: this.console.linesFrom(consoleStart, toldLines),
      };
    }
  }

  /** Of the trial, by its number in the setup; -1 is the root cell. */
  cellAt(index: number): Cell {
    return index < 0 ? this.hypervisor.rootCell : this.hypervisor.cells[index]!;
  }

  configOf(index: number): CellConfig {
    return index < 0 ? this.config.rootCell : this.cellConfigs[index]!;
  }

  nameOf(index: number): string {
    return index < 0 ? this.setup.system.name : this.setup.cells[index]!.name;
  }

  /** The first CPU of a cell that still runs; of the root cell the last one, so that the first can go on with the driver. */
  cpuOf(index: number): number | null {
    const able = this.ableCpus(index);
    return (index < 0 ? able.at(-1) : able[0]) ?? null;
  }

  ableCpusOf(index: number): number {
    return this.ableCpus(index).length;
  }

  private ableCpus(index: number): readonly number[] {
    return [...this.cellAt(index).cpus]
      .filter((id) => !this.hypervisor.cpu(id).failed && !this.hypervisor.cpu(id).stopped)
      .sort((one, other) => one - other);
  }

  /** Makes a CPU do something, and lets it idle again. */
  make(cpuId: number, action: (cpu: GuestCpu) => void): Course {
    const start = this.console.length;
    let course = "waits" as "done" | "parked" | "waits";
    const lines = (): readonly string[] => this.console.linesFrom(start, toldLines);
    const idle = (cpu: GuestCpu): Steps => this.idle(cpu);
    try {
      this.simulation.programs!.run(cpuId, function* (cpu): Steps {
        yield delay(0);
        try {
          action(cpu);
          course = "done";
        } catch (error) {
          if (error instanceof CpuParked || error instanceof CpuStopped) course = "parked";
          throw error;
        }
        yield* idle(cpu);
      });
      this.simulation.run(timeForOne);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      return { kind: "ended", reason, consoleLines: lines() };
    }
    return course === "parked" ? { kind: course, consoleLines: lines() } : { kind: course };
  }

  /** What accesses need to know of the machine. */
  get around(): AccessSurroundings {
    const { pciMmconfigBase } = this.config;
    const isThere = pciMmconfigBase !== 0n && pciMmconfigBase < mostAddress;
    return {
      configBase: isThere ? Number(pciMmconfigBase) : null,
      arrives: (cpu, interrupt, action) => this.arrives(cpu, interrupt, action),
    };
  }

  private arrives(cpu: number, interrupt: number, action: (hardwareId: number) => void): boolean {
    const { machine } = this.simulation;
    const target = machine.cpus.find(({ id }) => id === cpu);
    if (target === undefined) return false;
    let isThere = false;
    const end = machine.interrupts.attach({
      send: (destination, vector) => {
        if (destination === target.hardwareId && vector === interrupt) isThere = true;
      },
      setPending: () => {},
    });
    try {
      action(target.hardwareId);
    } finally {
      end();
    }
    return isThere;
  }
}

/** Null for a mistake of ours. */
function reasonOf(error: unknown): string | null {
  if (error instanceof Refusal) return errors[error.errno].text;
  if (error instanceof MachineHang) return error.reason;
  return error instanceof HypervisorFault ? `the hypervisor faults: ${error.message}` : null;
}
