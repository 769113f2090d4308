import { expect } from "chai";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { readRecords } from "../../oracle/recorded-maps.js";
import { CellMachine, milliseconds } from "../run/cell-machine.js";
import { accessDeviations } from "./access-deviations.js";
import { probe } from "./probe.js";

/** What is used of running.jsonl.gz; test/fixtures/oracle/README.md says what its fields mean. */
interface RunningRecord {
  readonly set: string;
  readonly id: string;
  readonly desc: string;
  readonly files: Readonly<
    Record<string, { readonly base: string; readonly patches: readonly { off: number; hex: string }[] }>
  >;
  readonly ops: readonly {
    readonly op: string;
    readonly rc?: number | null;
    readonly stdout?: string;
    readonly hv: readonly string[];
  }[];
}

const records = readRecords<RunningRecord>("running").filter(
  ({ set, id }) => set.startsWith("x86-") && id.startsWith("x86-rt-"),
);

/** Counters in the order in which `grep` showed them. */
const counters: Readonly<Record<string, number>> = {
  cpuid: 7,
  cr: 6,
  exception: 9,
  hypercall: 3,
  management: 2,
  mmio: 1,
  msr_other: 10,
  msr_x2apic_icr: 11,
  pio: 4,
  total: 0,
  xapic: 5,
  xsetbv: 8,
};

/** Values of registers belong to the recorded program. */
const registers = /^(RIP|RAX|RDX|CS|CR0|EFER): /;
const place = /RIP: 0x[0-9a-f]{16}/;

function comparable(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !registers.test(line)).map((line) => line.replace(place, "RIP: ..."));
}

/** The system with the frequencies that Linux found there. */
function systemOf(record: RunningRecord): Uint8Array {
  const bytes = Uint8Array.from(baseConfigs().get(amdSystem)!);
  const text = record.ops.flatMap(({ hv }) => hv).join("\n");
  const found = / tsc=(\d+) apic=(\d+)/.exec(text);
  if (found !== null) {
    new DataView(bytes.buffer).setUint32(320, Number(found[1]), true);
    new DataView(bytes.buffer).setUint32(324, Number(found[2]), true);
  }
  return bytes;
}

function cellOf(record: RunningRecord): Uint8Array {
  const { base, patches } = record.files["t.cell"]!;
  const bytes = Uint8Array.from(baseConfigs().get(base.replace(".cell", ""))!);
  for (const { off, hex } of patches) bytes.set(Buffer.from(hex, "hex"), off);
  return bytes;
}

describe("accesses of a cell as they were recorded on a machine of AMD", () => {
  it("are 55 runs of the probe", () => {
    expect(records).to.have.length(55);
  });

  for (const record of records) {
    it(`${record.id}: ${record.desc}`, () => play(record));
  }
});

function play(record: RunningRecord): void {
  const machine = new CellMachine({ vendor: "amd" }, systemOf(record));
  machine.registry.add("probe", probe);
  const id = machine.create(cellOf(record));
  machine.takeLines();
  const expected: string[] = [];
  for (const { op, rc, hv, stdout = "" } of record.ops) {
    const load = /^jailhouse cell load \S+ \S+ -s "(.*)" -a 0x1000$/.exec(op);
    if (load !== null) expect(machine.load(id, imageOf("probe"), load[1])).to.equal(rc);
    else if (/^jailhouse cell start /.test(op)) expect(machine.start(id)).to.equal(rc);
    else if (/statistics/.test(op)) expect(statisticsOf(machine), op).to.equal(stdout.trim());
    else if (op !== "wait") continue;
    machine.run(100 * milliseconds);
    expected.push(...hv);
  }
  const ours = [...comparable(machine.takeLines())];
  const theirs = [...comparable(expected)];
  const deviation = accessDeviations.get(record.id);
  if (deviation !== undefined) {
    const [recorded, own] = deviation;
    const index = theirs.indexOf(recorded);
    expect(index).to.be.above(-1);
    expect(ours[index]).to.match(own);
    theirs.splice(index, 1);
    ours.splice(index, 1);
  }
  expect(ours).to.deep.equal(theirs);
}

function statisticsOf(machine: CellMachine): string {
  const { counters: values } = machine.hypervisor.cpu(2);
  return Object.entries(counters)
    .map(([name, index]) => `vmexits_${name}:${values[index]}`)
    .join(" ");
}
