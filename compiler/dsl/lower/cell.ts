import type { WireStruct, WireTable } from "../../../schema/codec/wire.js";
import type { CellDescription, StreamId } from "../../ir/config.js";
import type { Irqchip, IrqLine } from "../../ir/irq.js";
import type { CacheRegion, MemoryRegion } from "../../ir/memory.js";
import { flagSet, noFlags } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { PciDevice } from "../../ir/pci.js";
import { bitmapOf, type PortRange, portCount } from "../../ir/port-io.js";
import { hexBytesOf } from "../assemble/hex-bytes.js";
import { mostElements } from "../names/limits.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import { headOf } from "../names/open-block.js";
import type { StatementDefinition } from "../names/scope.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine } from "../vocabulary/match.js";
import type { BlockPlace } from "../vocabulary/shape.js";
import { lowerCapability } from "./capabilities.js";
import { CellDevices } from "./cell-devices.js";
import { CellLinks, withLinkInterrupts } from "./cell-links.js";
import { lowerCache, lowerCpus, lowerIrqLine, lowerStreams } from "./cell-tables.js";
import { lowerConsole } from "./console.js";
import { eachLine, linesIn, lowerDevice, plainDevice } from "./devices.js";
import { readFlagLine } from "./flags.js";
import { lowerInterrupts, lowerIrqchip, usualPinBase } from "./interrupts.js";
import type { Link } from "./links.js";
import type { Lowering } from "./lowering.js";
import { lowerMemory } from "./memory.js";
import { withoutOverridden } from "./overridden.js";
import { lowerPorts } from "./ports.js";
import { emptyElement, tableOf, wholeTable } from "./raw-tables.js";
import { most32, most64, originIn, Reading, WrittenOrigins } from "./reading.js";

/** What a block says, in the order of its lines. */
type Entry = { readonly line: Reading } | { readonly raw: Opened };

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const commSize = 0x1000n;

/** Makes a cell of the lines of its block. */
export class CellLowerer {
  private readonly memory: MemoryRegion[] = [];
  private readonly caches: CacheRegion[] = [];
  private readonly irqchips: Irqchip[] = [];
  private readonly ports: PortRange[] = [];
  private portsOpened: Reading | null = null;
  private readonly streams: StreamId[] = [];
  private readonly irqLines: IrqLine[] = [];
  private readonly shared = new Set<Irqchip>();
  private readonly needInterrupts: PciDevice[] = [];
  private readonly extraTables: Record<string, WireTable>;
  private readonly links: CellLinks;
  private readonly devices: CellDevices;
  private trailing: Uint8Array | undefined;
  /** Raw fields of the cell itself, in their order. */
  readonly raw: Opened[] = [];
  /** Lines that a cell does not have, for the system. */
  readonly others: Reading[] = [];
  /** The first region that a line made, by the name of the line. */
  private readonly regionsByName = new Map<string, MemoryRegion>();
  private readonly fields: Partial<Mutable<CellDescription>> = {};
  private readonly places = new Map<string, ReturnType<typeof originIn>>();

  constructor(
    private readonly definition: StatementDefinition,
    private readonly place: BlockPlace,
    private readonly base: CellDescription,
    private readonly ownLinks: readonly Link[],
    private readonly lowering: Lowering,
    private readonly opener: BlockOpener,
  ) {
    this.links = new CellLinks(definition, ownLinks, lowering, opener);
    this.devices = new CellDevices(lowering.raw);
    this.extraTables = { ...base.extraTables };
  }

  /** Bytes that are asked for behind the last table. */
  get bytesBehind(): Uint8Array {
    return this.trailing ?? new Uint8Array();
  }

  lower(opened: readonly Opened[], wireName: string): CellDescription {
    const statement = matchLine(this.definition.instance, linesOf("file").get(this.place)!, () => {});
    const whole = new Reading(statement, this.lowering.evaluator);
    const kept = withoutOverridden(opened, this.place);
    const cpus = kept.filter((each) => isCpuElement(each, this.lowering));
    const entries: Entry[] = cpus.map((raw) => ({ raw }));
    eachLine(
      { opened: kept.filter((each) => !cpus.includes(each)), place: this.place, reading: whole },
      (line) => entries.push({ line }),
      (raw) => entries.push({ raw }),
      (other) => {
        const isElement = other.statement.block !== null && tableOf(other, this.lowering) !== undefined;
        if (isElement) entries.push({ raw: other });
        return isElement;
      },
    );
    const named = new Set(
      entries.flatMap((entry) =>
        "line" in entry && entry.line.line.shape.word === "link" ? [this.links.linkOf(entry.line)] : [],
      ),
    );
    const others = this.ownLinks.filter((link) => !named.has(link));
    for (const link of others) this.memory.push(...this.links.regionsOf(link, null));
    for (const entry of entries) {
      if ("line" in entry) this.take(entry.line);
      else this.takeRaw(entry.raw);
    }
    for (const link of others) this.placeDevice(link, null);
    const base = this.fields.vpciIrqBase;
    const irqchips =
      base === undefined
        ? this.irqchips
        : withLinkInterrupts(this.irqchips, this.needInterrupts, base, this.lowering);
    const wholeOrigins = whole.origins();
    return {
      ...this.base,
      portIo: this.portIo(),
      streamIds: this.streams,
      ...this.fields,
      name: wireName,
      memoryRegions: this.memory,
      cacheRegions: this.caches,
      irqchips,
      irqLines: this.irqLines,
      ...this.devices.finish(this.memory, this.regionsByName),
      extraTables: this.extraTables,
      origins: new WrittenOrigins(wholeOrigins.of(), this.places),
      tableOrigins: wholeOrigins,
    };
  }

  private take(line: Reading): void {
    const { lowering, opener } = this;
    switch (line.line.shape.word) {
      case "memory": {
        const regions = lowerMemory(line, lowering);
        const { label } = line.line;
        if (label !== null && "text" in label && regions[0] !== undefined)
          this.regionsByName.set(label.text, regions[0]);
        this.addAll(this.memory, regions, line);
        for (const region of regions) this.keepRaw(region, line);
        break;
      }
      case "comm": {
        const at = line.has("at") ? line.number("at") : lowering.family === "x86" ? 0x10_0000n : 0x8000_0000n;
        const flags = flagSet("JAILHOUSE_MEM_READ", "JAILHOUSE_MEM_WRITE", "JAILHOUSE_MEM_COMM_REGION");
        const region = {
          physStart: 0n,
          virtStart: at ?? 0n,
          size: commSize,
          flags,
          ...plainNode(line.origins({ virtStart: "at" })),
        };
        this.memory.push(region);
        this.keepRaw(region, line);
        break;
      }
      case "link": {
        const link = this.links.linkOf(line);
        if (link === undefined) break;
        this.memory.push(...this.links.regionsOf(link, line));
        this.placeDevice(link, line);
        break;
      }
      case "device":
      case "bridge":
      case "ivshmem": {
        const draft = lowerDevice(line, lowering, opener);
        if (draft !== undefined) this.devices.addDraft(draft);
        break;
      }
      case "capability": {
        const capabilities = lowerCapability(line, lowering);
        for (const capability of capabilities) this.keepRaw(capability, line);
        this.devices.addLoose(capabilities, line);
        break;
      }
      case "ioports": {
        this.portsOpened = line;
        const ranges = lowerPorts(line, lowering);
        this.addAll(this.ports, ranges, line);
        for (const range of ranges) this.keepRaw(range, line);
        break;
      }
      case "irqchip": {
        const chips = lowerIrqchip(line, lowering);
        this.irqchips.push(...chips);
        for (const chip of chips) this.keepRaw(chip, line);
        break;
      }
      case "interrupts":
        this.takeInterrupts(line);
        break;
      case "cache": {
        const region = lowerCache(line, lowering);
        if (region === undefined) break;
        this.caches.push(region);
        this.keepRaw(region, line);
        break;
      }
      case "streams": {
        const streams = lowerStreams(line, lowering);
        this.addAll(this.streams, streams, line);
        for (const stream of streams) this.keepRaw(stream, line);
        break;
      }
      case "irq-line": {
        const irqLine = lowerIrqLine(line);
        if (irqLine === undefined) break;
        this.irqLines.push(irqLine);
        this.keepRaw(irqLine, line);
        break;
      }
      case "cpus": {
        const cpus = lowerCpus(line, this.base.cpus.kind);
        if (cpus !== undefined) this.say("cpus", cpus, line);
        break;
      }
      case "console": {
        if (this.place === "system") {
          this.others.push(line);
          break;
        }
        const console = lowerConsole(line, false, lowering);
        if (console === undefined) break;
        this.say("console", console, line);
        this.keepRaw(console, line);
        break;
      }
      case "flags":
        if (this.place === "system") this.others.push(line);
        else this.say("flags", readFlagLine(line, "cellFlags", lowering.profile), line);
        break;
      case "vpci-irq":
        this.takeVpciIrq(line);
        break;
      case "reset":
        if (!line.has("at")) line.missing("`at` and an address");
        this.say("cpuResetAddress", line.number("at") ?? 0n, line);
        break;
      case "reply-timeout":
        this.say("msgReplyTimeout", line.leadNumber(most64) ?? 0n, line);
        break;
      case "id":
        this.say("id", Number(line.leadNumber(most32) ?? 0n), line);
        break;
      default:
        this.others.push(line);
    }
  }

  /** Lines that name no base of their own share the elements that they need. */
  private takeInterrupts(line: Reading): void {
    const chips = lowerInterrupts(line, this.lowering);
    const isOwn = line.has("base") || line.line.instance.statement.block !== null;
    for (const chip of chips) {
      const index = this.irqchips.findIndex(
        (known) => known.pinBase === chip.pinBase && this.shared.has(known),
      );
      if (isOwn || index < 0) {
        this.irqchips.push(chip);
        if (!isOwn) this.shared.add(chip);
        this.keepRaw(chip, line);
        continue;
      }
      const known = this.irqchips[index]!;
      const joined = { ...known, pinBitmap: known.pinBitmap | chip.pinBitmap };
      this.irqchips[index] = joined;
      this.shared.add(joined);
    }
  }

  private say<Field extends keyof CellDescription>(
    field: Field,
    value: CellDescription[Field],
    line: Reading,
  ): void {
    this.fields[field] = value;
    this.places.set(field, line.origin());
  }

  private addAll<Node>(table: Node[], nodes: readonly Node[], line: Reading): void {
    if (table.length + nodes.length > mostElements) {
      const what = `the table of \`${line.line.shape.word}\``;
      const limit = `${mostElements.toLocaleString("en")} elements`;
      line.problem("jail-too-many-bytes", { what, limit }, line.line.instance.statement.head);
      return;
    }
    for (const node of nodes) table.push(node);
  }

  private keepRaw(node: object, line: Reading): void {
    if (line.line.instance.statement.block === null) return;
    eachLine(
      linesIn(line, this.opener, "raw"),
      () => {},
      (instance) => this.lowering.raw.add(node, { instance }),
    );
  }

  /** `trailing = "00ff"`, `mem_regions { size = 4K }`, `cpus = "0f"`, or a field of the cell itself. */
  private takeRaw(opened: Opened): void {
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
      this.fields.cpus = { kind: "bits", bytes: values, origins };
    else if (name === "pio_bitmap" && values instanceof Uint8Array)
      this.fields.portIo = { kind: "bitmap", bytes: values, origins };
    else if (name === "stream_ids") {
      const ids = values as readonly number[];
      this.fields.streamIds = ids.map((id) => ({ id, mayHoldMask: false, ...plainNode(origins) }));
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
      this.keepRaw(made, reading);
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
        this.keepRaw(device, reading);
      },
      pci_caps: () => {
        const capability = { id: 0, extended: false, start: 0, len: 0, flags: noFlags, ...node };
        this.devices.addLoose([capability], reading);
        this.keepRaw(capability, reading);
      },
    };
    const make = makers[name];
    if (make !== undefined) {
      make();
      return;
    }
    this.extraTables[name] = [...((this.extraTables[name] ?? []) as readonly WireStruct[]), element];
    this.keepRaw(element, reading);
  }

  private takeVpciIrq(line: Reading): void {
    const [item] = line.line.lead;
    if (item !== undefined && line.has("from")) {
      line.notBoth(item, "from");
      return;
    }
    const number = line.has("from") ? this.lowering.interruptsFromPool(line) : line.leadNumber();
    if (number === undefined) return;
    const place = item ?? line.line.instance.statement;
    const interrupt = line.within(number, "`vpci-irq`", 32n, 0x11fn, place);
    if (interrupt !== undefined) this.say("vpciIrqBase", Number(interrupt - 32n), line);
  }

  private placeDevice(link: Link, line: Reading | null): void {
    const placed = this.links.deviceOf(link, line);
    if (placed === undefined) return;
    const { device, firstRegion, needsInterrupt } = placed;
    this.devices.addDevice(device, firstRegion);
    if (needsInterrupt) this.needInterrupts.push(device);
  }

  private portIo(): CellDescription["portIo"] {
    const origins = this.portsOpened?.origins() ?? this.base.portIo.origins;
    if (this.base.portIo.kind === "ranges") return { kind: "ranges", ranges: this.ports, origins };
    if (this.portsOpened === null) return this.base.portIo;
    const intervals = this.ports.map(({ base, length }) => ({
      start: base,
      end: Math.min(base + length, portCount),
    }));
    const bytes = intervals.length === 0 ? new Uint8Array(portCount / 8).fill(0xff) : bitmapOf(intervals);
    return { kind: "bitmap", bytes, origins };
  }
}

/** `cpus { phys_id = 3 }`: an element of the table, in profiles in which it has structs. */
function isCpuElement(opened: Opened, lowering: Lowering): boolean {
  const { items, block } = opened.statement;
  const isBare = headOf(opened.statement) === "cpus" && items.length === 0 && block !== null;
  return isBare && (tableOf(opened, lowering)?.layout ?? null) !== null;
}
