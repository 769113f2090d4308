import { expect } from "chai";
import { Arm } from "../../../hypervisor/arm/arm.js";
import { accessFlags } from "../../../hypervisor/core/access-flags.js";
import type { Cell } from "../../../hypervisor/core/cell.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import {
  bytesOf,
  type MapRecord,
  type MapStep,
  type RecordedHandler,
  type RecordedRun,
  type RecordedTables,
  type RecordFiles,
  readRecords,
} from "../../oracle/recorded-maps.js";
import { outcomeOf, RecordedMachine } from "./recorded-machine.js";

/** Page tables, trapped regions and lines after each step, destroying included. */
describe("page tables of ARM64 as the hypervisor was recorded", () => {
  const all = readRecords<MapRecord>("memory-map").filter(({ variant }) => variant === "arm64");
  const known = all.flatMap((record) => {
    const files = bytesOf(record);
    return files === undefined ? [] : [{ record, files }];
  });

  it("covers all records of machines in boards/", () => {
    expect(all).to.have.length(75);
    expect(known).to.have.length(30);
  });

  for (const [index, { record, files }] of known.entries()) {
    const names = record.cells.map((cell) => ("path" in cell ? cell.path : cell.note)).join(", ");
    it(`${index}: ${record.system} (${record.pa_bits} bits, GICv${record.gic_version}): ${names}`, () => {
      playSteps(record, files);
    });
  }
});

function playSteps(record: MapRecord, [system, ...cells]: RecordFiles): void {
  const machine = new RecordedMachine("arm64", system, {
    arm: { physicalBits: record.pa_bits! },
  });
  const turns = { enable: 0, create: 0, load: 0, start: 0, shutdown: 0, destroy: 0 };
  const before = new Map<string, RecordedTables>();
  for (const [number, step] of record.steps.entries()) {
    const turn = turns[step.op]++;
    const what = `step ${number}: ${step.op}`;
    expect(
      outcomeOf(() => take(machine, step, turn, cells)),
      what,
    ).to.equal(step.ret);
    const lines = machine.takeLines().filter((line) => !isUnrecorded.test(line));
    if (step.op !== "enable") expect(lines, `${what}: lines`).to.deep.equal(step.con ?? []);
    const { allCells } = machine.hypervisor;
    expect(allCells.map(({ config }) => String(config.id)).sort(), what).to.deep.equal(
      Object.keys(step.cells).sort(),
    );
    for (const cell of allCells) {
      const id = String(cell.config.id);
      const { cpu, mmio } = step.cells[id]!;
      const last = before.get(id);
      const full = { cpu: cpu === "=" ? last!.cpu : cpu, mmio: mmio === "=" ? last!.mmio : mmio };
      before.set(id, full);
      compare(machine.hypervisor, cell, full, `${what}, cell ${id}`);
    }
  }
}

/** The recorder left page counts out, and units of IOMMUs: those do nothing there. */
const isUnrecorded = /^(Page pool usage |Assigning SID |WARNING: PVU )/;

function take(machine: RecordedMachine, { op }: MapStep, turn: number, cells: readonly Uint8Array[]): number {
  switch (op) {
    case "enable":
      return machine.enable();
    case "create":
      return machine.create(cells[turn]!, turn + 1);
    case "load":
    case "shutdown":
      return machine.load(turn + 1);
    case "start":
      return machine.start(turn + 1);
    case "destroy":
      return machine.destroy(turn + 1);
  }
}

const handlerNames = new Map([
  ["gicd", "gic_handle_dist_access"],
  ["gicr", "gicv3_handle_redist_access"],
]);

function compare(hypervisor: Hypervisor, cell: Cell, { cpu, mmio }: RecordedTables, what: string): void {
  expect(runsOf(hypervisor, cell), what).to.deep.equal(merged(cpu as readonly RecordedRun[]));
  expect(
    cell.mmio.regions.map(({ start, size, handler: { kind } }) => [
      start.toString(16),
      size.toString(16),
      handlerNames.get(kind) ?? kind,
    ]),
    `${what}: trapped`,
  ).to.deep.equal((mmio as readonly RecordedHandler[]).map((row) => [...row]));
}

const letters = [
  ["r", accessFlags.read],
  ["w", accessFlags.write],
  ["d", accessFlags.device],
] as const;

/** Runs in the recorder's words: pages of the hypervisor by their names. */
function runsOf(hypervisor: Hypervisor, cell: Cell): readonly string[] {
  const { architecture } = hypervisor;
  if (!(architecture instanceof Arm)) throw new Error("a machine of another architecture");
  const runs = [...architecture.cell(cell).tables.pages()].map(
    ({ virtual, size, physical, flags }): RecordedRun => {
      const access = letters.map(([letter, flag]) => ((flags & flag) === 0 ? "" : letter)).join("");
      return [virtual.toString(16), size.toString(16), access, nameOf(hypervisor, physical, virtual, size)];
    },
  );
  return merged(runs);
}

function nameOf(hypervisor: Hypervisor, physical: number, virtual: number, size: number): string {
  const { memoryStart, setup, allCells } = hypervisor;
  const offset = physical - memoryStart;
  if (offset === setup.build.emptyPage && size === 0x1000) return "zero";
  if (offset === setup.build.consolePage && virtual === physical) return "console";
  const owner = allCells.find(({ commPage }) => commPage === physical);
  if (owner !== undefined) return `comm:${owner.config.id}`;
  const isOwn = offset >= 0 && offset < Number(setup.config.hypervisorMemory.size);
  return isOwn ? `hv+${offset.toString(16)}` : physical.toString(16);
}

/** Neighbours of one meaning are one run, and a page of the hypervisor stands for itself as often as it is there. */
function merged(runs: readonly RecordedRun[]): readonly string[] {
  const found: { start: number; end: number; flags: string; phys: string }[] = [];
  for (const [virt, size, flags, phys] of runs) {
    const start = Number.parseInt(virt, 16);
    const end = start + Number.parseInt(size, 16);
    const last = found.at(-1);
    const continues =
      last !== undefined &&
      last.end === start &&
      last.flags === flags &&
      (phys === "zero" ? last.phys === "zero" : continuesAt(last.phys, last.end - last.start, phys));
    if (continues) last.end = end;
    else found.push({ start, end, flags, phys });
  }
  return found.map(
    ({ start, end, flags, phys }) => `${start.toString(16)}+${(end - start).toString(16)} ${flags} ${phys}`,
  );
}

function continuesAt(first: string, size: number, next: string): boolean {
  if (!/^(hv\+)?[0-9a-f]+$/.test(first) || first.startsWith("hv+") !== next.startsWith("hv+")) return false;
  const numberOf = (phys: string): number => Number.parseInt(phys.replace("hv+", ""), 16);
  return numberOf(first) + size === numberOf(next);
}
