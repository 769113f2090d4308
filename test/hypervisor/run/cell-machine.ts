import type { CellConfig, SystemConfig } from "../../../hypervisor/core/config/cell-config.js";
import { readCellConfig, readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { HypervisorConsole } from "../../../hypervisor/core/console.js";
import { ViolationLog } from "../../../hypervisor/core/decide/violation-log.js";
import { enableHypervisor } from "../../../hypervisor/core/enable/enable.js";
import { hypercall, hypercalls } from "../../../hypervisor/core/hypercall.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import { newHypervisor } from "../../../hypervisor/driver/new-hypervisor.js";
import { x86Demos } from "../../../hypervisor/inmates/demos.js";
import { imageData, imageOf } from "../../../hypervisor/inmates/image.js";
import type { Machine } from "../../../hypervisor/machine/machine.js";
import { delay, type Program, type Steps } from "../../../hypervisor/run/program.js";
import type { ProgramRegistry } from "../../../hypervisor/run/program-registry.js";
import { Scheduler } from "../../../hypervisor/run/scheduler.js";
import { deriveMachine, type MachineOptions } from "../../../hypervisor/simulation/derive-machine.js";
import { X86 } from "../../../hypervisor/x86/x86.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { X86Devices } from "../../../hypervisor/x86/x86-devices.js";
import { X86Programs } from "../../../hypervisor/x86/x86-programs.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { encodeText } from "../../../schema/text.js";
import { baseConfigs } from "../../oracle/base-configs.js";

const profile = builtInProfiles.profile("r14.1");
export const seconds = 1_000_000_000;
export const milliseconds = 1_000_000;

/** Name and id in the header of a cell. */
const header = { name: 8, id: 40 } as const;

/** Upstream's machine of four CPUs with an enabled hypervisor: CPU 0 makes the calls of the driver. */
export class CellMachine {
  readonly machine: Machine;
  readonly scheduler = new Scheduler();
  readonly devices: X86Devices;
  readonly hypervisor: Hypervisor;
  readonly programs: X86Programs;
  readonly registry: ProgramRegistry<X86Cpu> = x86Demos();
  /** What the simulation itself had to say. */
  readonly log: string[] = [];
  readonly violations: ViolationLog;
  private heard = "";
  private nextId = 1;

  /** @param addDevices before the hypervisor is enabled */
  constructor(
    options: MachineOptions = { vendor: "intel" },
    system = baseConfigs().get("qemu-x86")!,
    addDevices: (machine: CellMachine) => void = () => {},
  ) {
    const config = withClocks(readSystemConfig(system, profile));
    this.machine = deriveMachine(config, "x86", options);
    this.devices = new X86Devices(this.machine, config, this.scheduler, config.x86);
    this.devices.addHdAudio(0xd8, 0xfea9_4000);
    addDevices(this);
    const console = new HypervisorConsole();
    console.listen((text) => {
      this.devices.sendConsole(text);
      this.heard += text;
    });
    this.hypervisor = newHypervisor(this.machine, config, profile, console, this.scheduler);
    this.violations = new ViolationLog(() => this.scheduler.now);
    this.violations.watch(this.hypervisor);
    const { architecture } = this.hypervisor;
    if (!(architecture instanceof X86)) throw new Error("a machine of another architecture");
    this.programs = new X86Programs(this.hypervisor, architecture, this.devices, this.registry, (line) =>
      this.log.push(line),
    );
    enableHypervisor(
      this.hypervisor,
      this.machine.cpus.map(({ id }) => id),
    );
    this.takeConsole();
    this.takeLines();
  }

  call(code: number, first: number, second = 0): number {
    return hypercall(this.hypervisor, 0, code, first, second);
  }

  /** @returns id of the cell, or a negative errno */
  create(config: string | Uint8Array): number {
    const bytes = Uint8Array.from(typeof config === "string" ? baseConfigs().get(config)! : config);
    const id = this.nextId;
    new DataView(bytes.buffer).setUint32(header.id, id, true);
    const address = 0x100_0000;
    this.machine.memory.writeBytes(address, bytes);
    const result = this.call(hypercalls.cellCreate, address);
    if (result < 0) return result;
    this.nextId++;
    return id;
  }

  /** Makes the cell loadable and puts an image at its address 0. */
  load(id: number, image: Uint8Array, commandLine: string | null = null): number {
    const result = this.call(hypercalls.cellSetLoadable, id);
    if (result < 0) return result;
    this.put(id, 0, image);
    if (commandLine !== null) this.put(id, imageData.commandLine, encodeText(`${commandLine}\0`));
    return result;
  }

  put(id: number, address: number, bytes: Uint8Array): void {
    const region = this.configOf(id).memoryRegions.find(
      ({ virtStart, size }) => virtStart <= BigInt(address) && BigInt(address) < virtStart + size,
    )!;
    this.machine.memory.writeBytes(Number(region.physStart - region.virtStart) + address, bytes);
  }

  configOf(id: number): CellConfig {
    return this.hypervisor.allCells.find(({ config }) => config.id === id)!.config;
  }

  start(id: number): number {
    return this.call(hypercalls.cellStart, id);
  }

  destroy(id: number): number {
    return this.call(hypercalls.cellDestroy, id);
  }

  stateOf(id: number): number {
    return this.call(hypercalls.cellGetState, id);
  }

  /** Creates and starts a cell that runs a program of the registry. */
  begin(config: string | Uint8Array, program: string, commandLine: string | null = null): number {
    const id = this.create(config);
    const results = [id > 0, this.load(id, imageOf(program), commandLine), this.start(id)];
    if (results.join() !== "true,0,0") throw new Error(`no cell with ${program}: ${results.join()}`);
    return id;
  }

  /** The same with a program of the test's own, which gets the bare CPU. */
  beginWith(config: string | Uint8Array, program: Program<X86Cpu>): number {
    this.registry.add("test", program);
    return this.begin(config, "test");
  }

  run(nanoseconds: number): void {
    this.scheduler.runFor(nanoseconds);
  }

  /** Lines of the first serial line since the last time, with those of the hypervisor. */
  takeLines(port = 0x3f8): readonly string[] {
    return linesOf(this.devices.line(port)!.take().replaceAll("\r\n", "\n"));
  }

  /** Lines of the hypervisor alone. */
  takeConsole(): readonly string[] {
    const lines = linesOf(this.heard);
    this.heard = "";
    return lines;
  }
}

/** A program that does something at once, and then nothing. */
export function doing(action: (cpu: X86Cpu) => void): Program<X86Cpu> {
  return function* (cpu): Steps {
    yield delay(0);
    action(cpu);
  };
}

/** The frequencies that the driver would find for a config that has none. */
function withClocks(config: SystemConfig): SystemConfig {
  const { x86 } = config;
  return { ...config, x86: { ...x86, tscKhz: x86.tscKhz || 2_600_000, apicKhz: x86.apicKhz || 1_000_000 } };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** A cell of upstream's with some bytes changed. @param changes offset and bytes, little endian */
export function changed(base: string, change: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
  const bytes = Uint8Array.from(baseConfigs().get(base)!);
  change(new DataView(bytes.buffer), bytes);
  return bytes;
}

/** Another name, so that two cells of a kind can be there. */
export function renamed(base: string, name: string): Uint8Array {
  return changed(base, (_, bytes) => {
    bytes.fill(0, header.name, header.id);
    bytes.set(encodeText(name), header.name);
  });
}

/** The config of a cell as the hypervisor reads it. */
export function readCell(bytes: Uint8Array): CellConfig {
  return readCellConfig(bytes, profile);
}
