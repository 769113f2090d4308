import { builds } from "../../../hypervisor/core/build.js";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { replies } from "../../../hypervisor/core/control/messages.js";
import { type DriverOptions, JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import type { ArmOptions } from "../../../hypervisor/simulation/arm-hardware-of.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { FileRead, ToolHost } from "../../../hypervisor/tool/tool-host.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { Profile } from "../../../schema/layout/types.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { filesOf, type RunningOperation, type RunningRecord } from "../../oracle/running-cases.js";
import { ScriptedInmates } from "./scripted-inmates.js";

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

/** Plays the commands of a record, on the machine that it was made on. */
export class RunningRun {
  private readonly inmates = new ScriptedInmates();
  private readonly driver: JailhouseDriver;
  private readonly files = new Map<string, Uint8Array>();
  private readonly host: ToolHost;
  private readonly isX86: boolean;
  private isLoaded = true;
  private printed = "";
  private order: readonly number[] = [];
  private commandLines = new Map<string, string>();

  constructor(private readonly record: RunningRecord) {
    const profile = builtInProfiles.profile("r14.1");
    this.isX86 = record.set.startsWith("x86-");
    this.driver = new JailhouseDriver({
      ...(this.isX86 ? pcOfAmd(profile) : virtOfArm64(profile, hasFirmware(record))),
      profile,
      world: this.inmates,
      entryOrder: (online) => (this.order.length === online.length ? this.order : online),
    });
    this.inmates.driver = this.driver;
    this.driver.listenToSerial((text) => {
      this.printed += text;
    });
    if (!this.isX86) this.inmates.reply = replies.requestApproved;
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

  /** Images are what a recording says of them: their bytes do not matter. */
  private readFile(path: string): FileRead {
    const bytes = this.files.get(path) ?? (/^\/i\/.*\.bin$/.test(path) ? new Uint8Array(64) : undefined);
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
    if (!this.isX86) this.inmates.reply = replyIn(operation);
    const before = this.driver.log.lines.length;
    const result = this.tool(args);
    const hv = this.printed.split("\n");
    if (hv.at(-1) === "") hv.pop();
    const { stdout, stderr, exitCode } = result;
    const dmesg = this.driver.log.lines.slice(before);
    if (exitCode === 0) this.followInmates(args, operation);
    return { rc: exitCode, stdout, stderr, dmesg, hv, hang: result.hang !== null };
  }

  private followInmates(
    [command, subcommand, name, image, ...rest]: readonly string[],
    { hv }: RunningOperation,
  ): void {
    if (command !== "cell" || name === undefined) return;
    if (subcommand === "load" && image !== undefined) {
      this.inmates.load(name, image.split("/").at(-1)!);
      this.commandLines.set(name, rest.join(" "));
    } else if (subcommand === "start") this.inmates.start(name, hv, this.commandLines.get(name) ?? "");
  }

  /** Whatever else a record did: CPUs that Linux was to give up, the module, and programs that went on. */
  follow({ op, hv }: RunningOperation): void {
    if (op === "rmmod jailhouse") this.isLoaded = false;
    for (const { cpu, isOnline } of switchedCpus(op)) this.driver.setCpuOnline(cpu, isOnline);
    this.inmates.lose(hv);
  }

  readSysfs(path: string): string {
    return this.driver.sysfs.readText(path);
  }
}

type Recorder = Pick<DriverOptions, "machine" | "build" | "kernel">;

/** A PC with 4 CPUs of AMD and 1 GiB of memory. */
function pcOfAmd(profile: Profile): Recorder {
  const config = readSystemConfig(baseConfigs().get(amdSystem)!, profile);
  return {
    machine: deriveMachine(config, "x86", { vendor: "amd" }),
    build: { ...builds.amd, version: "v0.12" },
    kernel: { busyMemory: [{ start: 0, size: 0x3a00_0000 }] },
  };
}

/** QEMU's machine for ARM64 with 16 CPUs, 768 MiB of memory for Linux, and a GICv3. */
function virtOfArm64(profile: Profile, hasFirmware: boolean): Recorder {
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
  return {
    machine,
    kernel: {
      busyMemory: [{ start: 0x4000_0000, size: 0x3000_0000 }],
      ramSize: 0x3000_0000,
      redistributors: 0x080a_0000,
      obstacle: hasFirmware ? null : "no firmware",
    },
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

/** Cells of ARM64 answer so that what was recorded comes true. */
function replyIn({ stderr = "", hang, hv }: RunningOperation): number | null {
  if (hang === true || hv.some((line) => line.startsWith("Timeout expired while waiting"))) return null;
  return stderr.includes("Operation not permitted") ? replies.requestDenied : replies.requestApproved;
}
