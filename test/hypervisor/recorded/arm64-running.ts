import { type Errno, errors } from "../../../hypervisor/core/errno.js";
import { hypercalls } from "../../../hypervisor/core/hypercall.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import { RegisterFile } from "../../../hypervisor/machine/register-file.js";
import type { RecordedCase, RecordedStep } from "../../oracle/recorded-case.js";
import { Arm64Inmates } from "./arm64-inmates.js";
import { probeOf } from "./arm64-probes.js";
import { outcomeOf, RecordedMachine } from "./recorded-machine.js";

/** What a command came to: what the hypervisor answered, or how it ended, or that it was never asked. */
export interface PlayedStep {
  readonly result: number | string | "not asked";
  readonly lines: readonly string[];
}

const cellHeader = 132;
const rootCell = 356;
const offsets = { architecture: 5, revision: 6, name: 8, cpuSetSize: 48, memoryCount: 52 };
const arm64 = 2;

/** A machine like the recorder's: 16 CPUs, GICv3 at its place, other devices where some configs look for IOMMUs. */
function machineOf(system: Uint8Array, order: readonly number[]): RecordedMachine {
  const machine = new RecordedMachine("arm64", system, {
    onlineCpus: order,
    arm: {
      physicalBits: 44,
      gicVersion: 3,
      interrupts: 256,
      gicdBase: 0x0800_0000n,
      gicrBase: 0x080a_0000n,
      hasIommus: false,
    },
  });
  // Thirty-two virtio transports without a device, of 512 bytes each: identification and version.
  const virtio = new RegisterFile(
    new Map([
      [0x0, 0x7472_6976],
      [0x4, 1],
    ]),
  );
  machine.hypervisor.machine.memory.addDevice(0x0a00_0000, 0x4000, virtio);
  return machine;
}

/** Plays the commands of a case: what the driver does before it calls the hypervisor, and what inmates answer. */
export class RunningCase {
  private machine: RecordedMachine | null = null;
  private readonly inmates = new Arm64Inmates(() => this.machine?.hypervisor ?? null);
  /** A cell that was started, whose program has not done anything yet. */
  private started: string | null = null;
  /** Its commands say nothing more. */
  isOver = false;

  constructor(private readonly recorded: RecordedCase) {}

  /** Starts the system that cells are added to. @param splits whether cells have come and gone before */
  begin(inmate: Uint8Array, splits: boolean): void {
    const order = Array.from({ length: 16 }, (_, id) => id);
    this.machine = this.connected(machineOf(this.recorded.system.bytes, order));
    this.machine.enable();
    if (splits) {
      this.machine.create(inmate, 1);
      this.machine.load(1);
      this.machine.destroy(1);
    }
    this.machine.takeLines();
  }

  private connected(machine: RecordedMachine): RecordedMachine {
    machine.whileWaiting = (cell) => this.inmates.run(cell);
    return machine;
  }

  get hypervisor(): Hypervisor {
    return this.machine!.hypervisor;
  }

  takeLines(): readonly string[] {
    return this.machine!.takeLines();
  }

  /** Pages in use: of memory, and for devices. */
  get pages(): readonly number[] {
    const { pool, remapPool } = this.machine!.hypervisor;
    return [pool.used, remapPool.used];
  }

  play(step: RecordedStep): PlayedStep {
    const result = this.take(step);
    if (typeof result === "string" && result !== "not asked") this.isOver = true;
    return { result, lines: this.machine?.takeLines() ?? [] };
  }

  private take(step: RecordedStep): number | string {
    switch (step.name) {
      case "enable":
        return this.enable(step);
      case "disable":
        return this.disable(step);
      case "create":
        return this.create(step);
      case "load":
        return this.load(step);
      case "start":
        return this.start(step);
      case "destroy":
        return this.manage(step, (id) => this.machine!.destroy(id));
      case "run":
        // A list of commands.
        if (step.what.includes("; jailhouse cell load")) return this.load(step);
        return this.follow(step);
    }
  }

  private load(step: RecordedStep): number | string {
    return this.manage(step, (id) => {
      const result = this.machine!.load(id);
      const image = /\/i\/(\S+\.bin)/.exec(step.what)?.[1];
      if (result === 0 && image !== undefined) {
        this.inmates.load(this.nameOf(id), image, probeOf(step.what) ?? new Map());
      }
      return result;
    });
  }

  private start(step: RecordedStep): number | string {
    return this.manage(step, (id) => {
      const result = this.machine!.start(id);
      if (result === 0) this.started = this.nameOf(id);
      return result;
    });
  }

  private nameOf(id: number): string {
    return this.machine!.hypervisor.cells.find(({ config }) => config.id === id)!.name;
  }

  /** CPUs enter in the order that the transcript has. Without any line, the driver or the tool has refused. */
  private enable(step: RecordedStep): number | string {
    const lines = step.console;
    const first = matchOf(lines, /^Initializing Jailhouse hypervisor \S+ on CPU (\d+)$/);
    if (this.machine !== null) return "not asked";
    if (first === null) return this.enableSilently(step);
    const named = lines.flatMap((line) => /^ CPU (\d+)\.\.\. /.exec(line)?.[1] ?? []).map(Number);
    // Those that do not come to it are online, too; where all is well there are no others.
    const others = step.outcome === "ok" ? [] : Array.from({ length: 16 }, (_, id) => id);
    const order = [...new Set([first, ...named, ...others])];
    const machine = this.connected(machineOf(this.recorded.system.bytes, order));
    const result = outcomeOf(() => machine.enable());
    if (result === 0) this.machine = machine;
    else this.lost = machine.takeLines();
    return result;
  }

  /** Lines of an enabling that has failed. */
  lost: readonly string[] = [];

  /** Without a line, CPUs have never entered, or have not got far enough: because of the driver, or forever. */
  private enableSilently({ outcome }: RecordedStep): number | string {
    const { bytes } = this.recorded.system;
    // The tool has no file, or Linux does not give memory for any region; sets of CPUs are looked at before all else.
    const isOfDriver =
      outcome === "hang" || outcome === "crash" || outcome === "ENOENT" || outcome === "ENOMEM";
    if (isOfDriver || !isOfArm64(bytes, "JHSYS") || bytes[rootCell + offsets.cpuSetSize] === 0)
      return "not asked";
    return outcomeOf(() => {
      machineOf(bytes, [0]);
      return 0;
    });
  }

  private disable({ console: lines, outcome }: RecordedStep): number | string {
    const machine = this.machine;
    if (machine === null || outcome !== "ok") return "not asked";
    for (const { config } of [...machine.hypervisor.cells]) machine.destroy(config.id);
    const order = lines.flatMap((line) => /^ Releasing CPU (\d+)$/.exec(line)?.[1] ?? []).map(Number);
    for (const cpu of order) {
      machine.caller = cpu;
      const result = outcomeOf(() => machine.call(hypercalls.disable, 0));
      if (result !== 0) return result;
    }
    this.machine = null;
    this.lost = machine.takeLines();
    return 0;
  }

  private create({ cell }: RecordedStep): number | string {
    const machine = this.machine;
    const file = cell === undefined ? undefined : this.recorded.cells[cell];
    if (machine === null || file === undefined) return "not asked";
    const cpus = cpusOf(file.bytes);
    if (!this.isAllowedByDriver(file.bytes, cpus)) return "not asked";
    // The driver gives 0 to the root cell, whatever its config says.
    const ids = machine.hypervisor.cells.map(({ config }) => config.id);
    let id = 1;
    while (ids.includes(id)) id++;
    machine.caller = this.callerBeside(cpus);
    return outcomeOf(() => machine.create(file.bytes, id));
  }

  /** In the order of the driver, without its words (driver/cell.c:155-260). */
  private isAllowedByDriver(bytes: Uint8Array, cpus: readonly number[]): boolean {
    if (bytes.length < cellHeader || !isOfArm64(bytes, "JHCLL")) return false;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const { allCells, rootCell } = this.machine!.hypervisor;
    const name = textAt(bytes, offsets.name, 31);
    if (allCells.some((cell) => cell.name === name)) return false;
    const regions = view.getUint32(offsets.memoryCount, true);
    const devices = view.getUint32(68, true);
    if (regions === 0 || regions > 0xfff_ffff || devices > 0xfff_ffff) return false;
    return cpus.every((cpu) => cpu >= 16 || rootCell.cpus.has(cpu)) && view.getUint32(48, true) > 0;
  }

  private callerBeside(cpus: readonly number[]): number {
    const root = [...this.machine!.hypervisor.rootCell.cpus].sort((one, other) => one - other);
    return root.find((cpu) => !cpus.includes(cpu)) ?? root[0]!;
  }

  private manage({ what, outcome }: RecordedStep, call: (id: number) => number): number | string {
    const machine = this.machine;
    const [, option, word = ""] = /jailhouse cell \S+ (--name )?("[^"]*"|\S+)/.exec(what) ?? [];
    const named = word.replace(/^"(.*)"$/, "$1");
    const isNumber = option === undefined && /^\d+$/.test(named);
    // The driver knows the first 31 characters of a name.
    const cell = machine?.hypervisor.cells.find(({ name, config }) =>
      isNumber ? config.id === Number(named) : name === named.slice(0, 31),
    );
    const isOfTool =
      outcome === "refused" ||
      (outcome === "ENOENT" && cell !== undefined) ||
      (word === '""' && option === undefined);
    if (machine === null || cell === undefined || isOfTool) return "not asked";
    machine.caller = this.callerBeside([]);
    return outcomeOf(() => call(cell.config.id));
  }

  /** Time passes: what was started runs. */
  private follow({ console: lines }: RecordedStep): "not asked" {
    if (this.started !== null) this.inmates.start(this.started, lines);
    this.started = null;
    this.machine?.takeLines();
    return "not asked";
  }
}

function isOfArm64(bytes: Uint8Array, signature: string): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return (
    textAt(bytes, 0, 5) === signature &&
    bytes[offsets.architecture] === arm64 &&
    view.getUint16(offsets.revision, true) === 14
  );
}

function textAt(bytes: Uint8Array, offset: number, length: number): string {
  const text = Buffer.from(bytes.subarray(offset, offset + length)).toString("latin1");
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

function cpusOf(bytes: Uint8Array): readonly number[] {
  if (bytes.length < cellHeader) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const set = bytes.subarray(cellHeader, cellHeader + Math.min(8, view.getUint32(offsets.cpuSetSize, true)));
  return [...set].flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => 8 * index + bit),
  );
}

function matchOf(lines: readonly string[], pattern: RegExp): number | null {
  const found = lines.map((line) => pattern.exec(line)?.[1]).find((each) => each !== undefined);
  return found === undefined ? null : Number(found);
}

/** The return value that the tool's error stands for. */
export function returnOf(outcome: string): number | null {
  if (outcome === "ok") return 0;
  return outcome in errors ? -errors[outcome as Errno].number : null;
}
