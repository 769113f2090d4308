import type { WireStruct, WireTable } from "../../../schema/codec/wire.js";
import type { CellDescription, StreamId } from "../../ir/config.js";
import type { Irqchip, IrqLine } from "../../ir/irq.js";
import type { CacheRegion, MemoryRegion } from "../../ir/memory.js";
import { noFlags } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { PortRange } from "../../ir/port-io.js";
import { hexBytesOf } from "../assemble/hex-bytes.js";
import { mostElements } from "../names/limits.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import { headOf } from "../names/open-block.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { CellDevices } from "./cell-devices.js";
import { eachLine, linesIn, plainDevice } from "./devices.js";
import { grantedRaw } from "./granted-raw.js";
import { usualPinBase } from "./interrupts.js";
import type { Lowering } from "./lowering.js";
import { emptyElement, tableOf, wholeTable } from "./raw-tables.js";
import { originIn, Reading, WrittenOrigins } from "./reading.js";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The elements of a cell's tables, in the order of the lines that make them, and what raw statements say of them. */
export class CellRows {
  readonly memory: MemoryRegion[] = [];
  readonly caches: CacheRegion[] = [];
  readonly irqchips: Irqchip[] = [];
  readonly irqLines: IrqLine[] = [];
  readonly ports: PortRange[] = [];
  readonly streams: StreamId[] = [];
  readonly devices: CellDevices;
  readonly extraTables: Record<string, WireTable>;
  /** What is said once. */
  readonly fields: Partial<Mutable<CellDescription>> = {};
  /** Whole tables that are set raw: they win over all lines, wherever those stand. */
  readonly wholeTables: Partial<Mutable<CellDescription>> = {};
  /** Bytes that are asked for behind the last table. */
  trailing: Uint8Array | undefined;
  /** Raw fields of the cell itself, in their order. */
  readonly raw: Opened[] = [];

  /** The words of lines that make more elements than there may be. */
  private readonly full = new Set<string>();

  constructor(
    extraTables: CellDescription["extraTables"],
    private readonly lowering: Lowering,
    private readonly opener: BlockOpener,
  ) {
    this.extraTables = { ...extraTables };
    this.devices = new CellDevices(lowering.raw);
  }

  addAll<Node>(table: Node[], nodes: readonly Node[], line: Reading): void {
    if (table.length + nodes.length > mostElements) {
      const what = `the table of \`${line.line.shape.word}\``;
      const limit = `${mostElements.toLocaleString("en")} elements`;
      line.problem("jail-too-many-bytes", { what, limit }, line.line.instance.statement.head);
      this.full.add(line.line.shape.word);
      return;
    }
    for (const node of nodes) table.push(node);
  }

  /** Lines like this one have nowhere to go, which was reported. */
  isFull({ line }: Reading): boolean {
    return this.full.has(line.shape.word);
  }

  /** Raw fields in the block of a line are those of the structs that it makes, over those of what it grants. */
  keepRaw(nodes: readonly object[], line: Reading): void {
    const add = (instance: Opened): void => {
      for (const node of nodes) this.lowering.raw.add(node, { instance });
    };
    if (nodes.length > 0) for (const each of grantedRaw(line, false, this.lowering, this.opener)) add(each);
    if (line.line.instance.statement.block !== null)
      eachLine(linesIn(line, this.opener, "raw"), () => {}, add);
  }

  /** `trailing = "00ff"`, `mem_regions { size = 4K }`, `cpus = "0f"`, or a field of the cell itself. */
  takeRaw(opened: Opened): void {
    const { lowering } = this;
    const { statement, scope } = opened;
    if (headOf(statement) === "trailing") {
      this.trailing = hexBytesOf(opened, lowering.evaluator);
      return;
    }
    const table = tableOf(opened, lowering);
    if (table === undefined) {
      this.raw.push(opened);
      return;
    }
    if (statement.value !== null) {
      const values = wholeTable(opened, table, lowering);
      if (values !== undefined) this.replaceTable(table.name, values, originIn(scope, statement));
      return;
    }
    const element = emptyElement(table);
    if (element === undefined) {
      const wanted = table.unit === "bytes" ? "a text of bytes in hexadecimal" : "numbers";
      lowering.evaluator.problem("jail-raw-value", { field: table.name, wanted }, statement.head, scope);
      return;
    }
    const [surplus] = statement.items;
    if (surplus !== undefined) {
      const args = { what: "this", statement: table.name };
      lowering.evaluator.problem("jail-not-expected", args, surplus, scope);
    }
    this.addElement(table.name, element, opened);
  }

  private replaceTable(name: string, values: WireTable, origin: ReturnType<typeof originIn>): void {
    const origins = new WrittenOrigins(origin);
    if (name === "cpus" && values instanceof Uint8Array)
      this.wholeTables.cpus = { kind: "bits", bytes: values, origins };
    else if (name === "pio_bitmap" && values instanceof Uint8Array)
      this.wholeTables.portIo = { kind: "bitmap", bytes: values, origins };
    else if (name === "stream_ids") {
      const ids = values as readonly number[];
      this.wholeTables.streamIds = ids.map((id) => ({ id, mayHoldMask: false, ...plainNode(origins) }));
    } else this.extraTables[name] = values;
  }

  private addElement(name: string, element: WireStruct, opened: Opened): void {
    const { lowering } = this;
    const { statement, scope } = opened;
    const line = {
      instance: opened,
      shape: linesOf("raw").get("const")!,
      label: null,
      lead: [],
      clauses: new Map(),
      words: [],
      isFaulty: statement.damaged,
    };
    const reading = new Reading(line, lowering.evaluator);
    const node = plainNode(new WrittenOrigins(originIn(scope, statement)));
    const add = <Node extends object>(nodes: Node[], made: Node): void => {
      nodes.push(made);
      this.keepRaw([made], reading);
    };
    const makers: Readonly<Record<string, () => void>> = {
      mem_regions: () =>
        add(this.memory, { physStart: 0n, virtStart: 0n, size: 0n, flags: noFlags, ...node }),
      cache_regions: () => add(this.caches, { start: 0, size: 0, type: 0, flags: noFlags, ...node }),
      cpus: () => {
        const cpus = this.fields.cpus?.kind === "list" ? [...this.fields.cpus.cpus] : [];
        add(cpus, { physicalId: 0n, ...node });
        this.fields.cpus = { kind: "list", cpus, origins: node.origins };
      },
      irqchips: () =>
        add(this.irqchips, {
          address: 0n,
          id: 0n,
          pinBase: usualPinBase(lowering),
          pinBitmap: 0n,
          ...node,
        }),
      irq_lines: () => add(this.irqLines, { line: 0, irqchip: 0, ...node }),
      pio_regions: () => add(this.ports, { base: 0, length: 0, ...node }),
      stream_ids: () => add(this.streams, { id: 0, mayHoldMask: true, ...node }),
      pci_devices: () => {
        const device = plainDevice(0, lowering, reading);
        this.devices.addDevice(device, null);
        this.keepRaw([device], reading);
      },
      pci_caps: () => {
        const capability = { id: 0, extended: false, start: 0, len: 0, flags: noFlags, ...node };
        this.devices.addLoose([capability], reading);
        this.keepRaw([capability], reading);
      },
    };
    const make = makers[name];
    if (make !== undefined) {
      make();
      return;
    }
    this.extraTables[name] = [...((this.extraTables[name] ?? []) as readonly WireStruct[]), element];
    this.keepRaw([element], reading);
  }
}

/** `cpus { phys_id = 3 }`: an element of the table, in profiles in which it has structs. */
export function isCpuElement(opened: Opened, lowering: Lowering): boolean {
  const { items, block } = opened.statement;
  const isBare = headOf(opened.statement) === "cpus" && items.length === 0 && block !== null;
  return isBare && (tableOf(opened, lowering)?.layout ?? null) !== null;
}
