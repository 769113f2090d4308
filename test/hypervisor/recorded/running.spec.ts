import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { root } from "../../boards/read-machine.js";
import { type RunningOperation, type RunningRecord, readRunningRecords } from "../../oracle/running-cases.js";
import { type OperationResult, RunningRun } from "./running-run.js";

/** Lines of the hypervisor; all others on its serial line are of inmates, or of what an inmate did. */
const ofHypervisor =
  /^(Created cell|Closing cell|Page pool usage|Cell "|Started cell|Adding |Removing |Shared memory connection| "|Shutting down| Releasing|Initializing|Code location|Using x| CPU \d+\.\.\.|Activating|WARNING: [^C]|Timeout|CPU \d+ received SIPI, vector (100|99)$)/;

/** A line of test/hypervisor/recorded/running-deviations.tsv. */
interface Deviation {
  readonly id: string;
  readonly op: string;
  readonly field: string;
  readonly reason: string;
}

const deviations: readonly Deviation[] = readFileSync(
  path.join(root, "test/hypervisor/recorded/running-deviations.tsv"),
  "utf8",
)
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [id, op, field, reason] = line.split("\t") as [string, string, string, string];
    return { id, op, field, reason };
  });

/**
 * Each command of the recorded machines: exit code, both outputs, the kernel's log, and on the PC the hypervisor's own lines;
 * arm64-running.spec.ts compares those of ARM64.
 */
describe("commands as they were recorded on running machines", () => {
  const records = readRunningRecords();
  const used = new Set<Deviation>();

  it("has 404 cases with 2101 commands", () => {
    expect(records).to.have.length(404);
    expect(records.flatMap(({ ops }) => ops.filter(isCommand))).to.have.length(2101);
  });

  for (const record of records) {
    it(`${record.set}/${record.id}: ${record.desc}`, () => {
      const run = new RunningRun(record);
      if (record.pool_before) expect(run.poolUsed, "pool_before").to.deep.equal(record.pool_before);
      for (const [index, operation] of record.ops.entries()) {
        if (isCommand(operation)) compare(record, index, operation, run.play(operation));
        else run.follow(operation);
        if (operation.hang === true) return;
        if (record.set.startsWith("x86-") && isRead(operation)) {
          const text = run.readSysfs(operation.op.split(" ")[1]!);
          expect(text, operation.op).to.equal(operation.stdout);
        }
      }
    });
  }

  function compare(
    record: RunningRecord,
    index: number,
    operation: RunningOperation,
    result: OperationResult,
  ): void {
    const isX86 = record.set.startsWith("x86-");
    const recorded = recordedResult(operation, isX86);
    const ours = {
      ...result,
      dmesg: operation.hang === true ? [] : result.dmesg,
      hv: isX86 ? hypervisorLines(result.hv, operation) : [],
    };
    for (const field of Object.keys(recorded) as (keyof OperationResult)[]) {
      const deviation = deviations.find(
        (each) => each.id === record.id && each.op === String(index) && each.field === field,
      );
      const place = `operation ${index}, ${operation.op}: ${field}`;
      if (deviation === undefined) expect(ours[field], place).to.deep.equal(recorded[field]);
      else {
        used.add(deviation);
        expect(ours[field], `${place} agrees after all`).to.not.deep.equal(recorded[field]);
      }
    }
  }

  after("every deviation is one", () => {
    const unused = deviations.filter((each) => !used.has(each) || each.reason === "");
    expect(unused).to.deep.equal([]);
  });
});

function isCommand({ op }: RunningOperation): boolean {
  return /^jailhouse(?: [^|]*)?$/.test(op);
}

function isRead({ op }: RunningOperation): boolean {
  return /^cat \/sys\/devices\/jailhouse\/\S+$/.test(op);
}

/** What other parts of Linux print: lost or late interrupts of clocks, and a host for PCI that is added to a device tree. */
const ofOthers = /^(hpet: Lost \d+ RTC interrupts$|hrtimer: interrupt took |pci-host-generic[: ])/;

/** A machine that hangs was not asked for its log. */
function recordedResult(operation: RunningOperation, isX86: boolean): OperationResult {
  const { rc = 0, stdout = "", stderr = "", dmesg = [], hv, hang = false } = operation;
  return {
    rc,
    stdout,
    stderr,
    dmesg: dmesg.filter((line) => !ofOthers.test(line)),
    hv: isX86 ? hypervisorLines(hv, operation) : [],
    hang,
  };
}

/** CPUs that start at the same time tell of it in any order. */
function hypervisorLines(lines: readonly string[], { op }: RunningOperation): readonly string[] {
  const own = lines.filter((line) => ofHypervisor.test(line));
  if (!op.startsWith("jailhouse cell start ")) return own;
  const isStart = (line: string): boolean => line.includes("received SIPI");
  return [...own.filter((line) => !isStart(line)), ...own.filter(isStart).sort()];
}
