import { expect } from "chai";
import { baseConfigs } from "../../oracle/base-configs.js";
import type { RecordedCase } from "../../oracle/recorded-case.js";
import { readRecords } from "../../oracle/recorded-maps.js";
import { readRunningCases } from "../../oracle/running-cases.js";
import { operations, type Probe, ProbeCpu, probeOf, registersOf } from "./arm64-probes.js";
import { RunningCase } from "./arm64-running.js";

interface PoolRecord {
  readonly set: string;
  readonly id: string;
  readonly pool_before?: readonly number[];
}

/** Windows of the distributor, of redistributors and of configuration space: other reads depend on what memory holds. */
const windows = { start: 0x0800_0000n, end: 0x0900_0000n };

/** Counters of exits depend on what else the inmate has done. */
const firstCounter = 1000;

/** The one access of the recorder's test inmate, and what the hypervisor said to it. */
describe("accesses and calls of a cell on ARM64 as recorded", () => {
  const pools = new Map(
    readRecords<PoolRecord>("running").map(({ set, id, pool_before }) => [
      `running/${set}/${id}`,
      pool_before,
    ]),
  );
  const cases = readRunningCases()
    .filter(({ machine, steps }) => machine.cpu === "Arm" && probesOf(steps) > 0)
    .filter(({ note }) => !note.startsWith("environment flake"));

  it("covers all cases of such inmates", () => {
    expect(cases).to.have.length(112);
  });

  for (const recorded of cases) {
    it(`${recorded.id}: ${recorded.description}`, () => {
      play(recorded, pools.get(recorded.id));
    });
  }
});

function probesOf(steps: RecordedCase["steps"]): number {
  return steps.filter(({ name, what }) => {
    const probe = name === "load" ? probeOf(what) : null;
    return probe !== null && operations.has(probe.get("op")!);
  }).length;
}

function play(recorded: RecordedCase, before: readonly number[] | undefined): void {
  const played = new RunningCase(recorded);
  if (!recorded.steps.some(({ name }) => name === "enable")) {
    played.begin(baseConfigs().get("qemu-arm64-linux-demo")!, before?.[0] === 145);
  }
  let probe: Probe | null = null;
  for (const [number, step] of recorded.steps.entries()) {
    const last = recorded.steps[number - 1];
    const isRun = step.name === "run" && last?.name === "start" && last.outcome === "ok";
    if (isRun && probe !== null && operations.has(probe.get("op")!)) {
      compare(played, probe, step.console);
    } else {
      played.play(step);
    }
    if (step.name === "load") probe = probeOf(step.what);
    if (played.isOver || step.outcome === "hang") return;
  }
}

function compare(played: RunningCase, probe: Probe, lines: readonly string[]): void {
  const { hypervisor } = played;
  const cell = hypervisor.cells.find(({ cpus }) => cpus.has(1)) ?? hypervisor.cells[0]!;
  const cpu = new ProbeCpu(hypervisor, Math.min(...cell.cpus), registersOf(lines));
  const outcome = cpu.run(probe);
  if (lines.some((line) => line.includes("Unhandled HYP exception"))) {
    expect(outcome).to.equal("over");
    expect(played.takeLines().filter(isFaultOfHypervisor)).to.deep.equal(lines.filter(isFaultOfHypervisor));
    return;
  }
  const said = lines.filter((line) => !/^(probe: |Started cell )/.test(line));
  expect(played.takeLines()).to.deep.equal(said);
  const result = /^probe: survived, result=0x([0-9a-f]+)$/.exec(lines.at(-1) ?? "")?.[1];
  if (result === undefined) expect(outcome).to.equal("over");
  else if (isDecided(probe)) expect(seen(probe, outcome as bigint).toString(16)).to.equal(result);
  else expect(outcome).to.be.a("bigint");
}

/** Registers and stack are those of the hypervisor. */
function isFaultOfHypervisor(line: string): boolean {
  return /^(FATAL: |Stopping CPU )/.test(line);
}

/** The inmate shows as much of its register as it has asked for. */
function seen(probe: Probe, value: bigint): bigint {
  const width = Number(probe.get("width") ?? (probe.has("addr") ? 4 : 8));
  return BigInt.asUintN(8 * width, value);
}

function isDecided(probe: Probe): boolean {
  if (probe.get("op") === "hvc") return Number(probe.get("val3") ?? 0) < firstCounter;
  const address = BigInt(probe.get("addr") ?? 0);
  return probe.get("op") !== "read" || (address >= windows.start && address < windows.end);
}
