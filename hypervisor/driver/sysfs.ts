import { decodeText, encodeText } from "../../schema/text.js";
import { cellStates } from "../core/cell.js";
import { cpuInfos, cpuStates, hypervisorInfos } from "../core/control/info.js";
import { hypercalls } from "../core/hypercall.js";
import { Refusal } from "../core/refusal.js";
import { cpuList, cpuMask } from "./cpu-lists.js";
import type { DriverCell } from "./driver-cell.js";
import type { DriverView } from "./driver-view.js";
import { answerOf, counterFiles, counterOf } from "./statistics.js";

export const sysfsRoot = "/sys/devices/jailhouse";

/** A folder by its entries, or what reads a file. */
type Entry = ReadonlyMap<string, () => Entry> | (() => Uint8Array);

const stateTexts: ReadonlyMap<number, string> = new Map([
  [cellStates.running, "running"],
  [cellStates.runningLocked, "running/locked"],
  [cellStates.shutDown, "shut down"],
  [cellStates.failed, "failed"],
  [cellStates.failedCommRevision, "Comm ABI mismatch"],
]);

/**
 * The files that the driver shows below `/sys/devices/jailhouse` (driver/sysfs.c), made when they are read.
 *
 * Paths are absolute. Refused with ENOENT, ENOTDIR or EISDIR; with EPERM for a console that the config does not show.
 */
export class Sysfs {
  constructor(private readonly driver: DriverView) {}

  read(path: string): Uint8Array {
    const entry = this.find(path);
    if (typeof entry !== "function") throw new Refusal("EISDIR");
    this.driver.throwEnd();
    return entry();
  }

  /** Bytes of a file as text. */
  readText(path: string): string {
    return decodeText(this.read(path));
  }

  /** Names in a folder, sorted. */
  list(path: string): readonly string[] {
    const entry = this.find(path);
    if (typeof entry === "function") throw new Refusal("ENOTDIR");
    return [...entry.keys()].sort();
  }

  private find(path: string): Entry {
    const parts = path.split("/").filter((part) => part !== "" && part !== ".");
    const root = sysfsRoot.split("/").slice(1);
    if (root.some((part, index) => parts[index] !== part)) throw new Refusal("ENOENT");
    let entry: Entry = this.top();
    for (const part of parts.slice(root.length)) {
      if (typeof entry === "function") throw new Refusal("ENOTDIR");
      const next: (() => Entry) | undefined = entry.get(part);
      if (next === undefined) throw new Refusal("ENOENT");
      entry = next();
    }
    return entry;
  }

  private top(): Entry {
    const { driver } = this;
    const info = (type: number): (() => Entry) =>
      file(() => `${driver.hypervisor === null ? 0 : driver.call(hypercalls.hypervisorGetInfo, type)}\n`);
    const entries = new Map<string, () => Entry>([
      ["cells", () => this.cells()],
      ["console", () => () => this.console()],
      ["enabled", file(() => (driver.hypervisor === null ? "0\n" : "1\n"))],
      ["mem_pool_size", info(hypervisorInfos.memSize)],
      ["mem_pool_used", info(hypervisorInfos.memUsed)],
      ["remap_pool_size", info(hypervisorInfos.remapSize)],
      ["remap_pool_used", info(hypervisorInfos.remapUsed)],
    ]);
    if (driver.loadedHypervisor !== null) entries.set("core", () => () => this.core());
    return entries;
  }

  private console(): Uint8Array {
    const { current, isReadable } = this.driver.consoles;
    if (current === null) return new Uint8Array();
    if (!isReadable) throw new Refusal("EPERM");
    return current.bytesFrom(0);
  }

  /** The memory of the hypervisor itself; where its code is, the simulated one has none. */
  private core(): Uint8Array {
    const { machine, memoryStart, setup } = this.driver.loadedHypervisor!;
    return machine.memory.readBytes(memoryStart, setup.build.coreSize);
  }

  private cells(): Entry {
    return new Map(this.driver.cells.map((cell) => [`${cell.id}`, () => this.cell(cell)]));
  }

  private cell(cell: DriverCell): Entry {
    const { limit } = this.driver.cpus;
    const assigned = (): readonly number[] => ascending(cell.cpus);
    const failed = (): readonly number[] => assigned().filter((cpu) => this.hasFailed(cpu));
    return new Map<string, () => Entry>([
      ["cpus_assigned", file(() => `${cpuMask(assigned(), limit)}\n`)],
      ["cpus_assigned_list", file(() => `${cpuList(assigned())}\n`)],
      ["cpus_failed", file(() => `${cpuMask(failed(), limit)}\n`)],
      ["cpus_failed_list", file(() => `${cpuList(failed())}\n`)],
      ["name", file(() => `${cell.name}\n`)],
      ["state", file(() => `${this.stateOf(cell)}\n`)],
      ["statistics", () => this.statistics(cell)],
    ]);
  }

  private hasFailed(cpu: number): boolean {
    return answerOf(this.driver, hypercalls.cpuGetInfo, cpu, cpuInfos.state) === cpuStates.failed;
  }

  private stateOf({ id }: DriverCell): string {
    const state = answerOf(this.driver, hypercalls.cellGetState, id);
    return stateTexts.get(state ?? Number.NaN) ?? "invalid";
  }

  private statistics(cell: DriverCell): Entry {
    const folders = ascending(cell.cpus).map((cpu): [string, () => Entry] => [
      `cpu${cpu}`,
      () => new Map(this.counters([cpu])),
    ]);
    return new Map([...folders, ...this.counters(cell.cpus)]);
  }

  private counters(cpus: Iterable<number>): readonly [string, () => Entry][] {
    return counterFiles(this.driver.machine.architecture).map((name, counter) => [
      name,
      file(() => `${counterOf(this.driver, cpus, counter)}\n`),
    ]);
  }
}

function ascending(cpus: ReadonlySet<number>): readonly number[] {
  return [...cpus].sort((one, other) => one - other);
}

function file(text: () => string): () => Entry {
  return () => () => encodeText(text());
}
