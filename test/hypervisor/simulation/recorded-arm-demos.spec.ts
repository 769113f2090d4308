import { expect } from "chai";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { armDemos } from "../../../hypervisor/inmates/demos.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { ArmSimulation } from "../../../hypervisor/simulation/arm-simulation.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { ToolHost } from "../../../hypervisor/tool/tool-host.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { filesOf, type RunningRecord, readRunningRecords } from "../../oracle/running-cases.js";
import { milliseconds, seconds } from "../run/cell-machine.js";

const profile = builtInProfiles.profile("r14.1");

/** Records whose cells run the demos. */
const played = [
  "walk-full",
  "mem-uart-notshared",
  "comm-missing-passive",
  "comm-plain",
  "comm-active-mute-t1",
  "comm-noflags",
  "con-none",
  "op-start-twice",
  "op-load-twice",
  "con-8250",
  "x-maint-27",
];

const greeting = /^Hello \d+ from cell!$/;
const beat = /^Timer fired, jitter: {1,6}-?\d+ ns, min: +\d+ ns, max: +\d+ ns$/;
const flood = /^\.\.\. \d+ more lines of the same kind$/;
/** What depends on the emulator, and on the program's machine code. */
const left = /^( pc: | sp: |[ x]x?\d+: |$)/;
/** Lines whose order is that in which CPUs came. */
const unordered = /^ (Releasing )?CPU \d/;

/** Lines that are the same in each run: demos speak as often as there is time for. */
function comparable(lines: readonly string[]): readonly string[] {
  const steady = lines.filter(
    (line) => ![greeting, beat, left, unordered].some((pattern) => pattern.test(line)),
  );
  return [...steady.map(withoutChance), ...lines.filter((line) => unordered.test(line)).sort()];
}

/** The version of the build, and the CPU that came first. */
function withoutChance(line: string): string {
  return line.replace(/^(Initializing Jailhouse hypervisor) .*/, "$1 ...");
}

/** The recorded machine, with programs in the place of images. */
class RecordedRun {
  private readonly simulation: ArmSimulation;
  private readonly host: ToolHost;

  constructor(record: RunningRecord) {
    const system = baseConfigs().get("qemu-arm64")!;
    const config = readSystemConfig(system, profile);
    this.simulation = new ArmSimulation("arm64", config, profile, armDemos(), {
      machine: { arm: { physicalBits: 44, interrupts: 256, hasIommus: false } },
    });
    const files = new Map<string, Uint8Array>();
    for (const [name, bytes] of baseConfigs()) files.set(`/i/${name}.cell`, bytes);
    for (const { name, bytes } of filesOf(record)) files.set(name, bytes);
    this.host = {
      readFile: (path) => {
        const image = /^\/i\/(.*)\.bin$/.exec(path)?.[1];
        return { bytes: image === undefined ? files.get(path)! : imageOf(image.replace("slow", "demo")) };
      },
      writeFile: () => "Read-only file system",
      driver: this.simulation.driver,
      version: "v0.12",
      extensions: new Set(),
    };
    if (record.ops.some(({ op }) => op.startsWith("jailhouse enable"))) return;
    this.run("jailhouse enable /i/qemu-arm64.cell");
    if (record.pool_before?.[0] === 145) {
      this.run("jailhouse cell create /i/qemu-arm64-linux-demo.cell");
      this.run("jailhouse cell destroy qemu-arm64-linux-demo");
    }
    this.takeLines();
  }

  run(command: string): number | null {
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    const { exitCode } = jailhouse(words, this.host);
    this.wait(20 * milliseconds);
    return exitCode;
  }

  wait(time: number): void {
    this.simulation.run(time);
  }

  takeLines(): readonly string[] {
    const lines = this.simulation.console!.take().replaceAll("\r", "").split("\n");
    if (lines.at(-1) === "") lines.pop();
    return lines;
  }
}

describe("runs of demos as they were recorded on ARM64", () => {
  const records = readRunningRecords().filter(({ id }) => played.includes(id));

  it("are eleven", () => {
    expect(records.map(({ id }) => id)).to.have.members(played);
  });

  for (const record of records) {
    it(`${record.id}: ${record.desc}`, () => {
      const run = new RecordedRun(record);
      const expected: string[] = [];
      const ours: string[] = [];
      for (const { op, rc = null, hv, seconds: waited = 0 } of record.ops as readonly TimedOperation[]) {
        if (op.startsWith("rmmod")) break;
        if (op.startsWith("jailhouse") && !op.includes(";")) expect(run.run(op), op).to.equal(rc);
        else if (op === "wait") run.wait(waited * seconds);
        const lines = run.takeLines();
        // What else was said is lost among the lines of a demo whose loop the recorder's compiler had taken out.
        if (hv.some((line) => flood.test(line))) continue;
        ours.push(...comparable(lines));
        expected.push(...comparable(hv));
        if (op === "wait" && waited >= 1) expect(heardIn(lines), op).to.deep.equal(heardIn(hv));
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

/** Which demos go on. */
function heardIn(lines: readonly string[]): readonly boolean[] {
  return [greeting, beat].map((pattern) => lines.some((line) => pattern.test(line)));
}
