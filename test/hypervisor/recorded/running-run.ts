import { builds } from "../../../hypervisor/core/build.js";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { type DriverOptions, JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { x86Demos } from "../../../hypervisor/inmates/demos.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import type { ArmOptions } from "../../../hypervisor/simulation/arm-hardware-of.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { X86Simulation } from "../../../hypervisor/simulation/x86-simulation.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { FileRead, ToolHost } from "../../../hypervisor/tool/tool-host.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { Profile } from "../../../schema/layout/types.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { filesOf, type RunningOperation, type RunningRecord } from "../../oracle/running-cases.js";
import { Arm64Inmates } from "./arm64-inmates.js";
import { probeOf } from "./arm64-probes.js";
import { probe } from "./probe.js";

/** What a command came to, in the fields of a recorded one. */
export interface OperationResult {
  readonly rc: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly dmesg: readonly string[];
  readonly hv: readonly string[];
  readonly hang: boolean;
}

/** By the pages that are in use: cells that were there before, each of which left a page of the root cell's tables behind. */
const histories: ReadonlyMap<number, readonly string[]> = new Map([
  [202, []],
  [203, ["tiny-demo"]],
  [204, ["tiny-demo", "linux-x86-demo"]],
  [144, []],
  [145, ["qemu-arm64-linux-demo"]],
]);

/** How long programs have run after each command; the recorder waited longer, in which nothing else happened. */
const afterCommand = 100_000_000;

/** What runs in the cells of a recorded machine. */
interface Cells {
  readonly driver: JailhouseDriver;
  /** A file of a program. */
  imageOf(name: string): Uint8Array;
  loaded(cell: string, image: string, command: string): void;
  started(cell: string): void;
  /** Time passes. */
  goOn(): void;
}

type EntryOrder = NonNullable<DriverOptions["entryOrder"]>;

/** Plays the commands of a record, on the machine that it was made on. */
export class RunningRun {
  private readonly cells: Cells;
  private readonly driver: JailhouseDriver;
  private readonly files = new Map<string, Uint8Array>();
  private readonly host: ToolHost;
  private readonly isX86: boolean;
  private isLoaded = true;
  private printed = "";
  private order: readonly number[] = [];

  constructor(private readonly record: RunningRecord) {
    const profile = builtInProfiles.profile("r14.1");
    this.isX86 = record.set.startsWith("x86-");
    const order: EntryOrder = (online) => (this.order.length === online.length ? this.order : online);
    this.cells = this.isX86 ? cellsOfPc(profile, order) : cellsOfVirt(profile, hasFirmware(record), order);
    this.driver = this.cells.driver;
    this.driver.listenToSerial((text) => {
      this.printed += text;
    });
    for (const [name, bytes] of baseConfigs()) this.files.set(`/i/${name}.cell`, bytes);
    for (const { name, bytes } of filesOf(record)) this.files.set(name, bytes);
    this.host = {
      readFile: (path) => this.readFile(path),
      driver: this.driver,
      version: "v0.12",
      writeFile: () => "Read-only file system",
      extensions: new Set(),
    };
    this.playHistory();
  }

  /** Without a system of their own, records begin on one that is enabled; some cells were there before. */
  private playHistory(): void {
    const { pool_before } = this.record;
    if (pool_before === undefined || pool_before === null) return;
    const cells = histories.get(pool_before[0]!);
    if (cells === undefined) throw new Error(`no history leaves ${pool_before[0]} pages`);
    this.tool(["enable", this.isX86 ? "/i/amd.cell" : "/i/qemu-arm64.cell"]);
    for (const cell of cells) {
      this.tool(["cell", "create", `/i/${cell}.cell`]);
      this.tool(["cell", "load", cell, "/i/some.bin"]);
      this.tool(["cell", "destroy", cell]);
    }
  }

  get poolUsed(): readonly number[] {
    const { pool, remapPool } = this.driver.hypervisor!;
    return [pool.used, remapPool.used];
  }

  private readFile(path: string): FileRead {
    const image = /^\/i\/(.*)\.bin$/.exec(path)?.[1];
    const bytes = this.files.get(path) ?? (image === undefined ? undefined : this.cells.imageOf(image));
    return bytes === undefined ? { failed: "opening", reason: "No such file or directory" } : { bytes };
  }

  private tool(args: readonly string[]): ReturnType<typeof jailhouse> {
    const driver = this.isLoaded ? this.driver : null;
    return jailhouse(["jailhouse", ...args], { ...this.host, driver });
  }

  /** @param operation whose command is `jailhouse` */
  play(operation: RunningOperation): OperationResult {
    const args = words(operation.op).slice(1);
    this.order = orderIn(operation.hv);
    this.printed = "";
    const before = this.driver.log.lines.length;
    const { stdout, stderr, exitCode, hang } = this.tool(args);
    if (exitCode === 0) this.followInmates(args, operation.op);
    const hv = this.printed.split("\n");
    if (hv.at(-1) === "") hv.pop();
    const dmesg = this.driver.log.lines.slice(before);
    return { rc: exitCode, stdout, stderr, dmesg, hv, hang: hang !== null };
  }

  private followInmates([command, subcommand, name, image]: readonly string[], typed: string): void {
    if (command === "cell" && name !== undefined) {
      if (subcommand === "load" && image !== undefined) {
        this.cells.loaded(name, image.split("/").at(-1)!, typed);
      } else if (subcommand === "start") this.cells.started(name);
    }
    this.cells.goOn();
  }

  /** Whatever else a record did: CPUs that Linux was to give up, the module, and programs that went on. */
  follow({ op }: RunningOperation): void {
    if (op === "rmmod jailhouse") this.isLoaded = false;
    for (const { cpu, isOnline } of switchedCpus(op)) this.driver.setCpuOnline(cpu, isOnline);
    this.cells.goOn();
  }

  readSysfs(path: string): string {
    return this.driver.sysfs.readText(path);
  }
}

/** A PC with 4 CPUs of AMD and 1 GiB of memory, whose cells run the demos and the recorder's test inmate. */
function cellsOfPc(profile: Profile, entryOrder: EntryOrder): Cells {
  const config = readSystemConfig(baseConfigs().get(amdSystem)!, profile);
  const simulation = new X86Simulation(config, profile, x86Demos().add("probe", probe), {
    machine: { vendor: "amd" },
    build: { ...builds.amd, version: "v0.12" },
    kernel: { busyMemory: [{ start: 0, size: 0x3a00_0000 }] },
    entryOrder,
  });
  simulation.devices.addHdAudio(0xd8, 0xfea9_4000);
  return {
    driver: simulation.driver,
    imageOf,
    loaded: () => {},
    started: () => {},
    goOn: () => {
      if (simulation.driver.end === null) simulation.run(afterCommand);
    },
  };
}

/** QEMU's machine for ARM64 with 16 CPUs, 768 MiB of memory for Linux, and a GICv3. */
function cellsOfVirt(profile: Profile, isInstalled: boolean, entryOrder: EntryOrder): Cells {
  const config = readSystemConfig(baseConfigs().get("qemu-arm64")!, profile);
  const arm: ArmOptions = {
    physicalBits: 44,
    gicVersion: 3,
    interrupts: 256,
    gicdBase: 0x0800_0000n,
    gicrBase: 0x080a_0000n,
    hasIommus: false,
  };
  const machine = deriveMachine(config, "arm64", {
    onlineCpus: Array.from({ length: 16 }, (_, id) => id),
    arm,
  });
  const inmates = new Arm64Inmates(() => driver.hypervisor);
  const driver = new JailhouseDriver({
    machine,
    profile,
    world: inmates,
    entryOrder,
    kernel: {
      busyMemory: [{ start: 0x4000_0000, size: 0x3000_0000 }],
      ramSize: 0x3000_0000,
      redistributors: 0x080a_0000,
      obstacle: isInstalled ? null : "no firmware",
    },
  });
  return {
    driver,
    // Only the length matters.
    imageOf: () => new Uint8Array(64),
    loaded: (cell, image, command) => inmates.load(cell, image, probeOf(command) ?? new Map()),
    started: (cell) => inmates.start(cell),
    goOn: () => {},
  };
}

/** One record takes the hypervisor's image away before it does anything else. */
function hasFirmware({ ops }: RunningRecord): boolean {
  return ops[0]?.op.startsWith("mv /lib/firmware/jailhouse.bin ") !== true;
}

/** Of a command of the shell, that may stand in a loop. */
function switchedCpus(command: string): readonly { readonly cpu: number; readonly isOnline: boolean }[] {
  const [, value, name] =
    /echo ([01]) > \/sys\/devices\/system\/cpu\/cpu(\$i|\d+)\/online/.exec(command) ?? [];
  if (value === undefined) return [];
  const cpus = name === "$i" ? /for i in ([\d ]+);/.exec(command)![1]!.split(" ") : [name!];
  return cpus.map((cpu) => ({ cpu: Number(cpu), isOnline: value === "1" }));
}

/** CPUs in the order in which they entered the hypervisor, or left it: another one in each run. */
function orderIn(lines: readonly string[]): readonly number[] {
  return lines.flatMap((line) => {
    const cpu = /^ (?:Releasing )?CPU (\d+)/.exec(line)?.[1];
    return cpu === undefined ? [] : [Number(cpu)];
  });
}

/** As a shell takes a command apart: words, and texts in quotes. */
function words(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}
