import { builds } from "../../../hypervisor/core/build.js";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { FileRead, ToolHost } from "../../../hypervisor/tool/tool-host.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
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
]);

/** Plays the commands of a record of the x86 machine: a PC with 4 CPUs of AMD and 1 GiB of memory. */
export class RunningRun {
  private readonly inmates = new ScriptedInmates();
  private readonly driver: JailhouseDriver;
  private readonly files = new Map<string, Uint8Array>();
  private readonly host: ToolHost;
  private printed = "";
  private order: readonly number[] = [];
  private commandLines = new Map<string, string>();

  constructor(private readonly record: RunningRecord) {
    const profile = builtInProfiles.profile("r14.1");
    const system = baseConfigs().get(amdSystem)!;
    const config = readSystemConfig(system, profile);
    const machine = deriveMachine(config, "x86", { vendor: "amd" });
    this.driver = new JailhouseDriver({
      machine,
      profile,
      world: this.inmates,
      build: { ...builds.amd, version: "v0.12" },
      kernel: { busyMemory: [{ start: 0, size: 0x3a00_0000 }] },
      entryOrder: (online) => (this.order.length === online.length ? this.order : online),
    });
    this.inmates.driver = this.driver;
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
    this.tool(["enable", "/i/amd.cell"]);
    for (const cell of cells) {
      this.tool(["cell", "create", `/i/${cell}.cell`]);
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
    return jailhouse(["jailhouse", ...args], this.host);
  }

  /** @param operation whose command is `jailhouse` */
  play(operation: RunningOperation): OperationResult {
    const args = words(operation.op).slice(1);
    this.order = orderIn(operation.hv);
    this.printed = "";
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

  readSysfs(path: string): string {
    return this.driver.sysfs.readText(path);
  }
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
