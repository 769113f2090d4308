import type { Arm } from "../../../hypervisor/arm/arm.js";
import type { ArmGuestCpu } from "../../../hypervisor/arm/arm-guest-cpu.js";
import type { ArmPrograms } from "../../../hypervisor/arm/arm-programs.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import { armDemos } from "../../../hypervisor/inmates/demos.js";
import { imageData, imageOf } from "../../../hypervisor/inmates/image.js";
import type { Program } from "../../../hypervisor/run/program.js";
import { ArmSimulation } from "../../../hypervisor/simulation/arm-simulation.js";
import type { MachineOptions } from "../../../hypervisor/simulation/derive-machine.js";
import { systemFrom } from "../../../hypervisor/simulation/simulated-system.js";
import type { WireStruct } from "../../../schema/codec/wire.js";
import { encodeText } from "../../../schema/text.js";
import { everyBoard } from "../../oracle/base-configs.js";
import { edited } from "./edited.js";

/** A simulated board of ARM with an enabled hypervisor, whose cells run programs of a test. */
export class ArmBoard {
  readonly simulation: ArmSimulation;
  /** What the simulation itself had to say. */
  readonly log: string[] = [];
  readonly registry = armDemos();
  private heard = "";
  private programCount = 0;

  /** @param system config, or the name of one */
  constructor(system: string | Uint8Array, options: MachineOptions = {}) {
    const bytes = typeof system === "string" ? everyBoard().get(system)! : system;
    const { architecture, config, profile, machine } = systemFrom(bytes);
    if (architecture === "x86") throw new Error("a machine of another architecture");
    this.simulation = new ArmSimulation(architecture, config, profile, this.registry, {
      machine: { ...machine, ...options },
      log: (line) => this.log.push(line),
    });
    this.simulation.driver.listenToSerial((text) => {
      this.heard += text;
    });
    this.simulation.driver.enable(bytes);
    this.takeConsole();
  }

  get hypervisor(): Hypervisor {
    return this.simulation.driver.hypervisor!;
  }

  get arm(): Arm {
    return this.hypervisor.architecture as Arm;
  }

  get programs(): ArmPrograms {
    return this.simulation.programs!;
  }

  /** @param config of a cell, or the name of one. @returns its id */
  create(config: string | Uint8Array): number {
    const { driver } = this.simulation;
    driver.createCell(typeof config === "string" ? everyBoard().get(config)! : config);
    return driver.cells.at(-1)!.id;
  }

  load(id: number, image: Uint8Array, commandLine: string | null = null): void {
    const images = [{ bytes: image, address: 0n }];
    if (commandLine !== null) {
      images.push({ bytes: encodeText(`${commandLine}\0`), address: BigInt(imageData.commandLine) });
    }
    this.simulation.driver.loadCell({ id, name: "" }, images);
  }

  start(id: number): void {
    this.simulation.driver.startCell({ id, name: "" });
  }

  destroy(id: number): void {
    this.simulation.driver.destroyCell({ id, name: "" });
  }

  /** Creates and starts a cell with a program of the registry. */
  begin(config: string | Uint8Array, program: string, commandLine: string | null = null): number {
    const id = this.create(config);
    this.load(id, imageOf(program), commandLine);
    this.start(id);
    return id;
  }

  /** The same with a program of the test's own, which gets the bare CPU. */
  beginWith(config: string | Uint8Array, program: Program<ArmGuestCpu>): number {
    return this.begin(config, this.add(program));
  }

  /** @returns the name by which images can stand for the program */
  add(program: Program<ArmGuestCpu>): string {
    const name = `test ${this.programCount++}`;
    this.registry.add(name, program);
    return name;
  }

  run(nanoseconds: number): void {
    this.simulation.run(nanoseconds);
  }

  /** Lines of the hypervisor alone, without those of pools. */
  takeConsole(): readonly string[] {
    const lines = this.heard.split("\n");
    this.heard = "";
    if (lines.at(-1) === "") lines.pop();
    return lines.filter((line) => !line.startsWith("Page pool usage "));
  }

  /** Lines of the serial line that the hypervisor prints on, too. */
  takeLines(): readonly string[] {
    const lines = this.simulation.console!.take().replaceAll("\r\n", "\n").split("\n");
    if (lines.at(-1) === "") lines.pop();
    return lines.filter((line) => !line.startsWith("Page pool usage "));
  }
}

/** A cell as tests make them. */
export interface PlainCell {
  readonly name: string;
  readonly cpus: readonly number[];
  /** Physical address of 64K that are at address 0 in the cell. */
  readonly ram: number;
  readonly interrupts?: readonly number[];
  readonly streams?: readonly number[];
  readonly gicd?: bigint;
  readonly more?: readonly WireStruct[];
}

const flags = { ram: 0x4fn, comm: 0x23n } as const;
export const ramSize = 0x1_0000;
export const commRegion = 0x8000_0000;

/** A cell with memory, a communication region, and nothing else but what is asked for. @param base config for its architecture */
export function plainCell(base: string, cell: PlainCell): Uint8Array {
  const { name, cpus, ram, interrupts = [], streams = [], gicd = 0x800_0000n, more = [] } = cell;
  const set = new Uint8Array(8);
  for (const cpu of cpus) set[cpu >> 3]! |= 1 << (cpu & 7);
  const bits = [0, 0, 0, 0];
  for (const irq of interrupts) bits[(irq - 32) >> 5] = (bits[(irq - 32) >> 5]! | (1 << (irq & 31))) >>> 0;
  return edited(base, "cell", {
    header: { name, vpci_irq_base: 0 },
    tables: {
      cpus: set,
      mem_regions: [
        { phys_start: BigInt(ram), virt_start: 0n, size: BigInt(ramSize), flags: flags.ram },
        { phys_start: 0n, virt_start: BigInt(commRegion), size: 0x1000n, flags: flags.comm },
        ...more,
      ],
      irqchips: [{ address: gicd, id: 0, pin_base: 32, pin_bitmap: bits }],
      pci_devices: [],
      stream_ids: streams.map((id) => ({ id })),
    },
  });
}
