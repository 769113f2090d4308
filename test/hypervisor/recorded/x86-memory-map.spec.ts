import { expect } from "chai";
import { accessFlags } from "../../../hypervisor/core/access-flags.js";
import type { Cell } from "../../../hypervisor/core/cell.js";
import type { PageTables } from "../../../hypervisor/core/paging/page-tables.js";
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
import { outcomeOf, X86Machine } from "./x86-machine.js";

/** Page tables, trapped regions and page counts after each step, destroying included. */
describe("page tables of x86 as the hypervisor was recorded", () => {
  const known = readRecords<MapRecord>("memory-map").flatMap((record) => {
    const files = record.variant === "arm64" ? undefined : bytesOf(record);
    return files === undefined ? [] : [{ record, files }];
  });

  it("covers all cases of x86", () => {
    expect(known).to.have.length(48);
  });

  for (const [index, { record, files }] of known.entries()) {
    const names = record.cells.map((cell) => ("path" in cell ? cell.path : cell.note)).join(", ");
    it(`${index}: ${record.system} (${record.variant}): ${names}`, () => {
      playSteps(record, files);
    });
  }
});

function playSteps(record: MapRecord, [system, ...cells]: RecordFiles): void {
  const machine = new X86Machine(system, { vendor: record.variant === "amd" ? "amd" : "intel" });
  const turns = { enable: 0, create: 0, load: 0, start: 0, shutdown: 0, destroy: 0 };
  const before = new Map<string, RecordedTables>();
  for (const [number, step] of record.steps.entries()) {
    const turn = turns[step.op]++;
    const what = `step ${number}: ${step.op}`;
    expect(
      outcomeOf(() => take(machine, step, turn, cells)),
      what,
    ).to.equal(step.ret);
    const { pool, remapPool } = machine.hypervisor;
    expect([pool.used, pool.pages, remapPool.used], `${what}: pool`).to.deep.equal(step.pool);
    const there = Object.keys(step.cells).sort();
    expect(machine.hypervisor.allCells.map(({ config }) => String(config.id)).sort(), what).to.deep.equal(
      there,
    );
    for (const cell of machine.hypervisor.allCells) {
      const id = String(cell.config.id);
      const recorded = step.cells[id]!;
      const full = { ...before.get(id), ...withoutSame(recorded) };
      before.set(id, full as RecordedTables);
      compare(machine, cell, full as RecordedTables, record.variant, `${what}, cell ${id}`);
    }
  }
}

function take(machine: X86Machine, { op }: MapStep, turn: number, cells: readonly Uint8Array[]): number {
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

function withoutSame(tables: RecordedTables): object {
  return Object.fromEntries(Object.entries(tables).filter(([, value]) => value !== "="));
}

function compare(
  machine: X86Machine,
  cell: Cell,
  { cpu, mmio, iommu }: RecordedTables,
  variant: MapRecord["variant"],
  what: string,
): void {
  const { tables, dmaTables } = machine.x86.cell(cell);
  expect(runsOf(machine, tables, variant), what).to.deep.equal(merged(cpu as readonly RecordedRun[]));
  if (iommu !== undefined) {
    expect(runsOf(machine, dmaTables!, variant), `${what}: IOMMU`).to.deep.equal(
      merged(iommu as readonly RecordedRun[]),
    );
  }
  expect(
    cell.mmio.regions.map(({ start, size, handler }) => [
      start.toString(16),
      size.toString(16),
      handler.kind,
    ]),
    `${what}: trapped`,
  ).to.deep.equal((mmio as readonly RecordedHandler[]).map((row) => [...row]));
}

const letters = [
  ["r", accessFlags.read],
  ["w", accessFlags.write],
  ["x", accessFlags.execute],
  ["R", accessFlags.dmaRead],
  ["W", accessFlags.dmaWrite],
] as const;

/** Runs in the recorder's words: pages of the hypervisor by their names, empty entries left out. */
function runsOf(machine: X86Machine, tables: PageTables, variant: string): readonly string[] {
  const runs = [...tables.pages()].flatMap(({ virtual, size, physical, flags }): RecordedRun[] => {
    const access = letters.map(([letter, flag]) => ((flags & flag) === 0 ? "" : letter)).join("");
    const named = nameOf(machine, physical, virtual, size, variant);
    return access === "" ? [] : [[virtual.toString(16), size.toString(16), access, named]];
  });
  return merged(runs);
}

function nameOf(
  { hypervisor }: X86Machine,
  physical: number,
  virtual: number,
  size: number,
  variant: string,
): string {
  const { memoryStart, setup, cells, rootCell } = hypervisor;
  const { build } = setup;
  const offset = physical - memoryStart;
  if (offset === build.emptyPage && size === 0x1000) return "zero";
  if (offset === build.consolePage && virtual === physical) return "console";
  if (offset === build.apicAccessPage && variant === "intel") return "apic";
  const owner = [rootCell, ...cells].find(({ commPage }) => commPage === physical);
  if (owner !== undefined) return `comm:${owner.config.id}`;
  const isOwn = offset >= 0 && offset < Number(setup.config.hypervisorMemory.size);
  return isOwn ? `hv+${offset.toString(16)}` : physical.toString(16);
}

/** Neighbours of one meaning are one run, and the page of zeros stands for itself as often as it is there. */
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
