import { expect } from "chai";
import { dispatch } from "../../../hypervisor/core/mmio/dispatch.js";
import type { MmioHandler } from "../../../hypervisor/core/mmio/mmio-access.js";
import { MmioTable } from "../../../hypervisor/core/mmio/mmio-table.js";
import { HypervisorFault } from "../../../hypervisor/core/refusal.js";
import type { AccessSize } from "../../../hypervisor/machine/physical-memory.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import {
  type DecodedCell,
  modified,
  type RecordedHandler,
  readRecords,
  withMemory,
} from "../../oracle/recorded-maps.js";
import { X86Machine } from "./x86-machine.js";

/** Lines of mmio-dispatch.jsonl.gz; test/fixtures/oracle/README.md says what their fields mean. */
interface SubPageRecord {
  readonly kind: "subpage" | "overlap";
  readonly desc: string;
  readonly cell_config: DecodedCell;
  readonly create: number;
  readonly table: readonly RecordedHandler[];
  readonly root_table: readonly RecordedHandler[];
  readonly accesses: readonly (readonly [
    rw: "r" | "w",
    address: string,
    size: AccessSize,
    written: string | null,
    result: "unhandled" | "error" | "handled" | null,
    value: string | null,
    console: readonly string[] | null,
    stop: string | null,
  ])[];
}

interface DispatchRecord {
  readonly kind: "dispatch";
  readonly slots: number;
  readonly ops: readonly {
    readonly op: "register" | "unregister";
    readonly start: string;
    readonly len?: string;
    readonly con?: readonly string[];
    readonly table: readonly (readonly [start: string, size: string])[];
  }[];
  readonly lookups: readonly (readonly [address: string, size: number, base: string | null, index: number])[];
}

interface HandOverRecord {
  readonly kind: "subpage-handover";
  readonly desc: string;
  readonly system_config: { readonly length: number; readonly root_cell: Pick<DecodedCell, "memory"> };
  readonly cells: readonly { readonly config: DecodedCell }[];
  readonly steps: readonly {
    readonly op: "enable" | "create" | "load" | "start" | "shutdown" | "destroy";
    readonly ret: number;
    readonly con?: readonly string[];
    readonly cells: Readonly<Record<string, { readonly mmio: readonly RecordedHandler[] | "=" }>>;
    readonly pool: readonly number[];
  }[];
}

const records = readRecords<SubPageRecord | DispatchRecord | HandOverRecord>("mmio-dispatch");
const testPage = 0xfed0_0000;
const handler: MmioHandler = { kind: "none", access: () => "done" };

describe("trapped regions as they were recorded", () => {
  it("are 70 cases", () => {
    expect(records).to.have.length(70);
  });

  for (const [index, record] of records.entries()) {
    if (record.kind === "dispatch") it(`${index}: ${record.ops.length} changes`, () => playTable(record));
    else if (record.kind === "subpage-handover") it(`${index}: ${record.desc}`, () => playHandOver(record));
    else it(`${index}: ${record.desc}`, () => playAccesses(record));
  }
});

function playTable({ slots, ops, lookups }: DispatchRecord): void {
  const table = new MmioTable(slots);
  for (const { op, start, len, table: expected } of ops) {
    const at = BigInt(`0x${start}`);
    if (op === "register") table.register({ start: at, size: BigInt(`0x${len}`), handler });
    else table.unregister(at);
    const rows = table.regions.map((region) => [region.start.toString(16), region.size.toString(16)]);
    expect(rows).to.deep.equal(expected);
  }
  for (const [address, size, base, index] of lookups) {
    const at = BigInt(`0x${address}`);
    const found = table.findExactly(at, BigInt(size));
    expect(found ?? -1, address).to.equal(index);
    if (at < 2n ** 52n) expect(table.find(Number(at), size), address).to.equal(found);
    if (found !== null) expect(table.regions[found]!.start.toString(16)).to.equal(base);
  }
}

function rowsOf(table: MmioTable): readonly RecordedHandler[] {
  return table.regions.map(({ start, size, handler: { kind } }) => [
    start.toString(16),
    size.toString(16),
    kind,
  ]);
}

/** What the recorder's registers hold: each byte says where it is. */
function fillTestPage(machine: X86Machine): void {
  const bytes = Uint8Array.from({ length: 0x1000 }, (_, offset) =>
    offset < 0x100 ? offset : ((offset >> 8) - 1) * 7 + (offset & 0xff),
  );
  machine.hypervisor.machine.memory.writeBytes(testPage, bytes);
}

function playAccesses(record: SubPageRecord): void {
  const machine = new X86Machine(baseConfigs().get("qemu-x86")!, { vendor: "intel" });
  machine.enable();
  expect(machine.create(modified(record.cell_config), 1)).to.equal(record.create);
  const [cell] = machine.hypervisor.cells;
  expect(rowsOf(cell!.mmio)).to.deep.equal(record.table);
  expect(rowsOf(machine.hypervisor.rootCell.mmio)).to.deep.equal(record.root_table);
  fillTestPage(machine);
  for (const [rw, address, size, written, result, value, console, stop] of record.accesses) {
    machine.takeLines();
    const what = `${rw} ${address} ${size}`;
    const value64 = rw === "w" ? BigInt(`0x${written}`) : null;
    const access = (): unknown => dispatch(cell!, 2, Number.parseInt(address, 16), size, value64);
    if (stop !== null) {
      expect(access, what).to.throw(HypervisorFault);
      fillTestPage(machine);
      continue;
    }
    const answer = access();
    expect(resultOf(answer), what).to.equal(result);
    if (value !== null) expect(answer, what).to.equal(BigInt(`0x${value}`));
    expect(machine.takeLines(), what).to.deep.equal(console ?? []);
  }
}

function resultOf(answer: unknown): string {
  if (answer === "unhandled") return "unhandled";
  return answer === "denied" ? "error" : "handled";
}

/** Bytes before the description of the root cell in a system of revision 14. */
const rootCell = 356;

function playHandOver({ system_config, cells, steps }: HandOverRecord): void {
  const base = baseConfigs().get("qemu-x86")!;
  const system = withMemory(base, rootCell, system_config.root_cell.memory, system_config.length);
  const machine = new X86Machine(system, { vendor: "intel" });
  const turns = { enable: 0, create: 0, load: 0, start: 0, shutdown: 0, destroy: 0 };
  const before = new Map<string, readonly RecordedHandler[]>();
  for (const { op, ret, con, cells: expected, pool } of steps) {
    const id = (turns[op]++ % cells.length) + 1;
    const result =
      op === "enable"
        ? machine.enable()
        : op === "create"
          ? machine.create(modified(cells[id - 1]!.config), id)
          : machine[op === "shutdown" ? "load" : op](id);
    expect(result, op).to.equal(ret);
    const lines = machine.takeLines();
    if (op !== "enable") expect(lines, op).to.deep.equal(con ?? []);
    const { pool: own, remapPool } = machine.hypervisor;
    expect([own.used, own.pages, remapPool.used], op).to.deep.equal(pool);
    for (const cell of machine.hypervisor.allCells) {
      const key = String(cell.config.id);
      const rows = expected[key]!.mmio;
      if (rows !== "=") before.set(key, rows);
      expect(rowsOf(cell.mmio), `${op}, cell ${key}`).to.deep.equal(before.get(key));
    }
  }
}
