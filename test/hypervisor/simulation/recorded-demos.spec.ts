import { expect } from "chai";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { x86Demos } from "../../../hypervisor/inmates/demos.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { X86Simulation } from "../../../hypervisor/simulation/x86-simulation.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { ToolHost } from "../../../hypervisor/tool/tool-host.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { filesOf, type RunningRecord, readRunningRecords } from "../../oracle/running-cases.js";
import { milliseconds, seconds } from "../run/cell-machine.js";

const profile = builtInProfiles.profile("r14.1");

/** Records whose demos are ported, and whose lines do not depend on which CPU was faster. */
const played = ["x86-walk", "x86-pci", "x86-ioapic", "x86-walk2", "x86-restart-noload", "x86-disable-locked"];

/** Cells that were there before, by the pages that they left in use. */
const histories: ReadonlyMap<number, readonly string[]> = new Map([
  [202, []],
  [203, ["tiny-demo"]],
  [204, ["tiny-demo", "linux-x86-demo"]],
]);

/** What depends on time, or on the program's machine code. */
const left = /^(Timer fired|PM Timer|RIP:|RAX:|RDX:|CS:|CR0:|EFER:)/;
/** Lines whose order is that in which CPUs came. */
const unordered = /^ (Releasing )?CPU \d/;

/** Lines that are the same in each run. */
function comparable(lines: readonly string[]): readonly string[] {
  const kept = lines.filter((line) => !left.test(line) && !unordered.test(line));
  const sorted = lines.filter((line) => unordered.test(line)).sort();
  return [...kept.map(withoutChance), ...sorted];
}

/** Frequencies, the version of the build, and the CPU that came first. */
function withoutChance(line: string): string {
  return line
    .replace(/^(Calibrated \w+ frequency:) [\d.]+/, "$1 ...")
    .replace(/^(Initializing Jailhouse hypervisor) .*/, "$1 ...");
}

/** The recorded machine, with programs in the place of images. */
class RecordedRun {
  readonly simulation: X86Simulation;
  private readonly host: ToolHost;

  constructor(record: RunningRecord) {
    const config = readSystemConfig(baseConfigs().get(amdSystem)!, profile);
    this.simulation = new X86Simulation(config, profile, x86Demos(), {
      machine: { vendor: "amd" },
      kernel: { busyMemory: [{ start: 0, size: 0x3a00_0000 }] },
    });
    this.simulation.devices.addHdAudio(0xd8, 0xfea9_4000);
    const files = new Map<string, Uint8Array>();
    for (const [name, bytes] of baseConfigs()) files.set(`/i/${name}.cell`, bytes);
    for (const { name, bytes } of filesOf(record)) files.set(name, bytes);
    this.host = {
      readFile: (path) => {
        const image = /^\/i\/(.*)\.bin$/.exec(path)?.[1];
        return { bytes: image === undefined ? files.get(path)! : imageOf(image) };
      },
      writeFile: () => "Read-only file system",
      driver: this.simulation.driver,
      version: "v0.12",
      extensions: new Set(),
    };
    // The machine had been on for a while.
    this.wait(2.5 * seconds);
    this.playHistory(record);
    this.takeLines();
  }

  private playHistory({ pool_before }: RunningRecord): void {
    if (pool_before === undefined || pool_before === null) return;
    this.run("jailhouse enable /i/amd.cell");
    for (const cell of histories.get(pool_before[0]!)!) {
      this.run(`jailhouse cell create /i/${cell}.cell`);
      this.run(`jailhouse cell destroy ${cell}`);
    }
  }

  run(command: string): number | null {
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    const { exitCode } = jailhouse(words, this.host);
    this.wait(100 * milliseconds);
    return exitCode;
  }

  wait(time: number): void {
    this.simulation.scheduler.runFor(time);
  }

  takeLines(): readonly string[] {
    const lines = this.simulation.devices.line(0x3f8)!.take().replaceAll("\r\n", "\n").split("\n");
    if (lines.at(-1) === "") lines.pop();
    return lines;
  }
}

describe("runs of demos as they were recorded on a PC with AMD CPUs", () => {
  const records = readRunningRecords().filter(({ id }) => played.includes(id));

  it("are six", () => {
    expect(records.map(({ id }) => id)).to.have.members(played);
  });

  for (const record of records) {
    it(`${record.id}: ${record.desc}`, () => {
      const run = new RecordedRun(record);
      const expected: string[] = [];
      const ours: string[] = [];
      for (const { op, rc = null, hv, seconds: waited = 0 } of record.ops as readonly TimedOperation[]) {
        if (op.startsWith("jailhouse")) expect(run.run(op), op).to.equal(rc);
        else if (op === "wait") run.wait(waited * seconds);
        const lines = run.takeLines();
        ours.push(...comparable(lines));
        expected.push(...comparable(hv));
        if (op === "wait" && waited >= 1) {
          expect(clocksIn(lines), `after ${op}`).to.deep.equal(clocksIn(hv));
        }
      }
      expect(ours).to.deep.equal(expected);
    });
  }
});

interface TimedOperation {
  readonly op: string;
  readonly rc?: number | null;
  readonly hv: readonly string[];
  readonly seconds?: number;
}

/** Which demos tell the time. */
function clocksIn(lines: readonly string[]): readonly boolean[] {
  return ["Timer fired", "PM Timer"].map((start) => lines.some((line) => line.startsWith(start)));
}
