import { expect } from "chai";
import type { CheckedConfig } from "../../compiler/check/facts/checked-config.js";
import { cpuExecute, cpuRead, cpuWrite, dmaRead, dmaWrite } from "../../compiler/check/reach/access.js";
import type { AddressMap } from "../../compiler/check/reach/address-map.js";
import type { CellView } from "../../compiler/check/reach/cell-view.js";
import { Partition } from "../../compiler/check/reach/partition.js";
import type { Handler } from "../../compiler/check/reach/trapped.js";
import {
  filesOf,
  type MapRecord,
  type RecordedHandler,
  type RecordedRun,
  type RecordedTables,
  readRecords,
} from "./recorded-maps.js";

/** What the page tables of the real hypervisor said after each step, and what ours say. */
describe("page tables as the hypervisor was recorded to make them", () => {
  const records = readRecords<MapRecord>("memory-map");
  const known = records.flatMap((record) => {
    const files = filesOf(record);
    return files === undefined ? [] : [{ record, files }];
  });

  it("covers the records whose configs machines of boards/ make", () => {
    expect(records).to.have.length(123);
    expect(known).to.have.length(78);
  });

  for (const [index, { record, files }] of known.entries()) {
    const names = record.cells.map((cell) => ("path" in cell ? cell.path : cell.note)).join(", ");
    it(`${index}: ${record.system} (${record.variant}${record.pa_bits ?? ""}): ${names}`, () => {
      compareSteps(record, files);
    });
  }
});

function compareSteps(record: MapRecord, files: NonNullable<ReturnType<typeof filesOf>>): void {
  const [system, ...cells] = files;
  const { variant } = record;
  const partition = new Partition(system!, variant === "arm64" ? "arm64" : "x86", {
    vendor: variant === "arm64" ? null : variant,
    // The modelled VT-d has tables of three levels.
    dmaLevels: 3,
    levels: record.pa_bits === 40 ? 3 : 4,
  });
  const last = new Map<string, RecordedTables>();
  const turns: Record<string, number> = { create: 0, load: 0, start: 0, shutdown: 0 };
  const created: (typeof cells)[number][] = [];
  for (const [number, { op, ret, cells: tables }] of record.steps.entries()) {
    // What a destroyed cell leaves behind is not asked about.
    if (op === "destroy") return;
    const cell = op === "enable" ? undefined : cells[turns[op]!++];
    if (ret === 0 && cell !== undefined) {
      if (op === "create") {
        partition.create(cell);
        created.push(cell);
      } else if (op === "load" || op === "shutdown") partition.setLoadable(cell);
      else partition.start(cell);
    }
    // A create that fails while it maps memory takes back what it has done: `E2BIG`.
    if (ret === -7) return;
    for (const [id, recorded] of Object.entries(tables)) {
      const before = last.get(id);
      const full = {
        cpu: recorded.cpu === "=" ? before!.cpu : recorded.cpu,
        mmio: recorded.mmio === "=" ? before!.mmio : recorded.mmio,
        ...(recorded.iommu === undefined
          ? {}
          : { iommu: recorded.iommu === "=" ? before!.iommu! : recorded.iommu }),
      };
      last.set(id, full);
      const view = partition.views.get(id === "0" ? system! : created[Number(id) - 1]!)!;
      compareTables(view, full, variant, system!, `step ${number} (${op}), cell ${id}`);
    }
  }
}

function compareTables(
  view: CellView,
  { cpu, iommu, mmio }: RecordedTables,
  variant: MapRecord["variant"],
  system: CheckedConfig,
  what: string,
): void {
  const cpuBits = [cpuRead, cpuWrite, ...(variant === "arm64" ? [] : [cpuExecute])];
  const bits = variant === "amd" ? [...cpuBits, dmaRead, dmaWrite] : cpuBits;
  expect(ours(view.memory, bits), what).to.deep.equal(theirs(cpu as readonly RecordedRun[], variant, system));
  if (iommu !== undefined)
    expect(ours(view.dma, [dmaRead, dmaWrite]), `${what}, IOMMU`).to.deep.equal(
      theirs(iommu as readonly RecordedRun[], variant, system).map((run) =>
        run.replace("r", "R").replace("w", "W"),
      ),
    );
  expect(
    view.handlers.all.map((handler) => [
      handler.start.toString(16),
      handler.size.toString(16),
      kindOf(handler),
    ]),
    `${what}, trapped`,
  ).to.deep.equal(
    (mmio as readonly RecordedHandler[]).map(([start, size, handler]) => [
      start,
      size,
      handler === "subpage" || handler === "msix" ? handler : "emulated",
    ]),
  );
}

function kindOf({ passes }: Handler): string {
  if (passes === null) return "emulated";
  return "region" in passes ? "subpage" : "msix";
}

const letters = new Map([
  [cpuRead, "r"],
  [cpuWrite, "w"],
  [cpuExecute, "x"],
  [dmaRead, "R"],
  [dmaWrite, "W"],
]);

function ours(map: AddressMap, bits: readonly number[]): readonly string[] {
  return merged(
    [...map.all()].map(({ start, end, backing, phys, access }) => ({
      start,
      end,
      flags: bits.map((bit) => ((access & bit) === 0 ? "" : letters.get(bit)!)).join(""),
      phys: backing === "physical" ? phys : null,
    })),
  );
}

function theirs(
  runs: readonly RecordedRun[],
  variant: MapRecord["variant"],
  system: CheckedConfig,
): readonly string[] {
  const hypervisor = system.system!.hypervisorMemory.physStart;
  return merged(
    runs.map(([virt, size, flags, phys], index) => ({
      start: BigInt(`0x${virt}`),
      end: BigInt(`0x${virt}`) + BigInt(`0x${size}`),
      flags: effective(flags, variant),
      phys: isOwnApic(virt, size, flags, variant)
        ? null
        : (addressOf(phys, hypervisor) ??
          addressBetween(runs[index - 1], runs[index]!, runs[index + 1], hypervisor)),
    })),
  );
}

/** The empty page itself is in the hypervisor's memory, and is called so where that memory is mapped. */
function addressBetween(
  before: RecordedRun | undefined,
  run: RecordedRun,
  after: RecordedRun | undefined,
  hypervisor: bigint,
): bigint | null {
  const [first, last] = [before, after].map((each) => each && addressOf(each[3], hypervisor));
  if (before === undefined || typeof first !== "bigint" || typeof last !== "bigint") return null;
  const phys = first + BigInt(`0x${before[1]}`);
  return phys + BigInt(`0x${run[1]}`) === last ? phys : null;
}

/** `hv+OFFSET` is the hypervisor's memory, where a config opens it; other words are pages in the place of memory. */
function addressOf(phys: string, hypervisor: bigint): bigint | null {
  if (phys.startsWith("hv+")) return hypervisor + BigInt(`0x${phys.slice(3)}`);
  return /^[0-9a-f]+$/.test(phys) ? BigInt(`0x${phys}`) : null;
}

/** Each CPU's own, at the same address: no memory of the machine. */
function isOwnApic(virt: string, size: string, flags: string, variant: MapRecord["variant"]): boolean {
  return variant === "amd" && virt === "fee00000" && size === "1000" && flags === "rx";
}

/** What the processor makes of the bits: memory that can be written and not read is a misconfiguration to Intel's. */
function effective(flags: string, variant: MapRecord["variant"]): string {
  if (variant === "intel") return flags.includes("w") && !flags.includes("r") ? "" : flags;
  return variant === "arm64" ? flags.replace("d", "") : flags;
}

interface Run {
  readonly start: bigint;
  end: bigint;
  readonly flags: string;
  /** Null for pages of the hypervisor's own. */
  readonly phys: bigint | null;
}

/** Runs of one meaning, whatever they were put together from; what allows nothing is as good as not there. */
function merged(runs: readonly Run[]): readonly string[] {
  const union: Run[] = [];
  for (const run of runs.filter(({ flags }) => flags !== "")) {
    const before = union.at(-1);
    const continues =
      before !== undefined &&
      before.end === run.start &&
      before.flags === run.flags &&
      (before.phys === null ? run.phys === null : before.phys + (before.end - before.start) === run.phys);
    if (continues) before.end = run.end;
    else union.push({ ...run });
  }
  return union.map(
    ({ start, end, flags, phys }) =>
      `${start.toString(16)}+${(end - start).toString(16)} ${flags} ${phys === null ? "hypervisor" : phys.toString(16)}`,
  );
}
