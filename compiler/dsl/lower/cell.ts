import type { CellDescription } from "../../ir/config.js";
import { virtualDeviceInterrupt } from "../../ir/irq.js";
import type { MemoryRegion } from "../../ir/memory.js";
import { flagSet } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { PciDevice } from "../../ir/pci.js";
import { bitmapOf, portCount } from "../../ir/port-io.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import type { StatementDefinition } from "../names/scope.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine } from "../vocabulary/match.js";
import type { BlockPlace } from "../vocabulary/shape.js";
import { lowerCapability } from "./capabilities.js";
import { CellLinks, type PlacedEnd, withLinkInterrupts } from "./cell-links.js";
import { CellRows, isCpuElement } from "./cell-rows.js";
import { lowerCache, lowerCpus, lowerIrqLine, lowerStreams } from "./cell-tables.js";
import { lowerConsole } from "./console.js";
import { eachLine, lowerDevice } from "./devices.js";
import { readFlagLine } from "./flags.js";
import { firstSpi, lastSpi, lowerInterrupts, lowerIrqchip } from "./interrupts.js";
import type { Link } from "./links.js";
import type { Lowering } from "./lowering.js";
import { lowerMemory, usualCommAddress } from "./memory.js";
import { withoutOverridden } from "./overridden.js";
import { lowerPorts } from "./ports.js";
import { tableOf } from "./raw-tables.js";
import { most32, most64, type originIn, Reading, WrittenOrigins } from "./reading.js";

/** What a block says, in the order of its lines. */
type Entry = { readonly line: Reading } | { readonly raw: Opened };

const commSize = 0x1000n;

/** Makes a cell of the lines of its block. */
export class CellLowerer {
  private readonly rows: CellRows;
  private portsOpened: Reading | null = null;
  /** Where the elements stand that lines without a base of their own share, by the interrupt of the first bit. */
  private readonly shared = new Map<number, number>();
  private readonly placedLinks: {
    readonly link: Link;
    readonly index: number;
    readonly device: PciDevice;
    readonly needsInterrupt: boolean;
  }[] = [];
  private readonly links: CellLinks;
  /** Lines that a cell does not have, for the system. */
  readonly others: Reading[] = [];
  /** The first region that a line made, by the name of the line. */
  private readonly regionsByName = new Map<string, MemoryRegion>();
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
    this.rows = new CellRows(base.extraTables, lowering, opener);
  }

  /** Raw fields of the cell itself, in their order. */
  get raw(): readonly Opened[] {
    return this.rows.raw;
  }

  /** Bytes that are asked for behind the last table. */
  get bytesBehind(): Uint8Array {
    return this.rows.trailing ?? new Uint8Array();
  }

  /** What the cell got of links. */
  get linkEnds(): readonly PlacedEnd[] {
    const base = this.rows.fields.vpciIrqBase;
    return this.placedLinks.map(({ link, index, device, needsInterrupt }) => {
      const interrupt =
        needsInterrupt && base !== undefined ? virtualDeviceInterrupt(device.bdf, base) : null;
      return { link, device: index, interrupt };
    });
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
    for (const link of others) this.rows.memory.push(...this.links.regionsOf(link, null));
    for (const entry of entries) {
      if ("line" in entry) {
        if (!this.rows.isFull(entry.line)) this.take(entry.line);
      } else this.rows.takeRaw(entry.raw);
    }
    for (const link of others) this.placeDevice(link, null);
    const base = this.rows.fields.vpciIrqBase;
    const needing = this.placedLinks.flatMap(({ device, needsInterrupt }) => (needsInterrupt ? device : []));
    const irqchips =
      base === undefined
        ? this.rows.irqchips
        : withLinkInterrupts(this.rows.irqchips, needing, base, this.lowering);
    if (base !== undefined && needing.length > 0 && this.lowering.gicdBase === 0n)
      whole.problem("jail-no-gic", {}, this.definition.instance.statement.head);
    const wholeOrigins = whole.origins();
    return {
      ...this.base,
      portIo: this.portIo(),
      streamIds: this.rows.streams,
      ...this.rows.fields,
      ...this.rows.wholeTables,
      name: wireName,
      memoryRegions: this.rows.memory,
      cacheRegions: this.rows.caches,
      irqchips,
      irqLines: this.rows.irqLines,
      ...this.rows.devices.finish(this.rows.memory, this.regionsByName),
      extraTables: this.rows.extraTables,
      origins: new WrittenOrigins(wholeOrigins.of(), this.places),
      tableOrigins: wholeOrigins,
    };
  }

  private take(line: Reading): void {
    const { lowering } = this;
    switch (line.line.shape.word) {
      case "memory": {
        const regions = lowerMemory(line, lowering);
        const { label } = line.line;
        if (label !== null && "text" in label && regions[0] !== undefined)
          this.regionsByName.set(label.text, regions[0]);
        this.rows.addAll(this.rows.memory, regions, line);
        this.rows.keepRaw(regions, line);
        break;
      }
      case "comm": {
        const at = line.has("at") ? line.number("at") : usualCommAddress(lowering.family);
        const flags = flagSet("JAILHOUSE_MEM_READ", "JAILHOUSE_MEM_WRITE", "JAILHOUSE_MEM_COMM_REGION");
        const region = {
          physStart: 0n,
          virtStart: at ?? 0n,
          size: commSize,
          flags,
          ...plainNode(line.origins({ virtStart: "at" })),
        };
        this.rows.memory.push(region);
        this.rows.keepRaw([region], line);
        break;
      }
      case "link": {
        const link = this.links.linkOf(line);
        if (link === undefined) break;
        this.rows.memory.push(...this.links.regionsOf(link, line));
        this.placeDevice(link, line);
        break;
      }
      case "device":
      case "bridge":
      case "ivshmem": {
        const draft = lowerDevice(line, lowering, this.opener);
        if (draft !== undefined) this.rows.devices.addDraft(draft);
        break;
      }
      case "capability": {
        const capabilities = lowerCapability(line, lowering);
        this.rows.keepRaw(capabilities, line);
        this.rows.devices.addLoose(capabilities, line);
        break;
      }
      case "ioports": {
        this.portsOpened = line;
        const ranges = lowerPorts(line, lowering);
        this.rows.addAll(this.rows.ports, ranges, line);
        this.rows.keepRaw(ranges, line);
        break;
      }
      case "irqchip": {
        const chips = lowerIrqchip(line, lowering);
        this.rows.irqchips.push(...chips);
        this.rows.keepRaw(chips, line);
        break;
      }
      case "interrupts":
        this.takeInterrupts(line);
        break;
      case "cache": {
        const region = lowerCache(line, lowering);
        if (region === undefined) break;
        this.rows.caches.push(region);
        this.rows.keepRaw([region], line);
        break;
      }
      case "streams": {
        const streams = lowerStreams(line, lowering);
        this.rows.addAll(this.rows.streams, streams, line);
        this.rows.keepRaw(streams, line);
        break;
      }
      case "irq-line": {
        const irqLine = lowerIrqLine(line);
        if (irqLine === undefined) break;
        this.rows.irqLines.push(irqLine);
        this.rows.keepRaw([irqLine], line);
        break;
      }
      case "cpus": {
        // Elements that are written raw, `cpus { phys_id = 3 }`, come first.
        if (this.rows.fields.cpus !== undefined) {
          line.problem("jail-only-once", { statement: "cpus" }, line.line.instance.statement.head, {
            help: "give all CPUs in one line, or each as an element of its own",
          });
          break;
        }
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
        this.rows.keepRaw([console], line);
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
    const { irqchips } = this.rows;
    for (const chip of chips) {
      const index = isOwn ? undefined : this.shared.get(chip.pinBase);
      if (index === undefined) {
        if (!isOwn) this.shared.set(chip.pinBase, irqchips.length);
        irqchips.push(chip);
        this.rows.keepRaw([chip], line);
        continue;
      }
      const known = irqchips[index]!;
      irqchips[index] = { ...known, pinBitmap: known.pinBitmap | chip.pinBitmap };
    }
  }

  private say<Field extends keyof CellDescription>(
    field: Field,
    value: CellDescription[Field],
    line: Reading,
  ): void {
    this.rows.fields[field] = value;
    this.places.set(field, line.origin());
  }

  private takeVpciIrq(line: Reading): void {
    const [item] = line.line.lead;
    if (item !== undefined && line.has("from")) {
      line.notBoth(item, "from");
      return;
    }
    const number = line.has("from")
      ? this.lowering.choices.interruptsOf(line.line.instance)
      : line.leadNumber();
    if (number === undefined) return;
    const place = item ?? line.line.instance.statement;
    const interrupt = line.within(number, "`vpci-irq`", firstSpi, lastSpi, place);
    if (interrupt !== undefined) this.say("vpciIrqBase", Number(interrupt - firstSpi), line);
  }

  private placeDevice(link: Link, line: Reading | null): void {
    const placed = this.links.deviceOf(link, line);
    if (placed === undefined) return;
    const { device, firstRegion, needsInterrupt } = placed;
    const index = this.rows.devices.addDevice(device, firstRegion);
    this.placedLinks.push({ link, index, device, needsInterrupt });
  }

  private portIo(): CellDescription["portIo"] {
    const origins = this.portsOpened?.origins() ?? this.base.portIo.origins;
    if (this.base.portIo.kind === "ranges") return { kind: "ranges", ranges: this.rows.ports, origins };
    if (this.portsOpened === null) return this.base.portIo;
    const intervals = this.rows.ports.map(({ base, length }) => ({
      start: base,
      end: Math.min(base + length, portCount),
    }));
    const bytes = intervals.length === 0 ? new Uint8Array(portCount / 8).fill(0xff) : bitmapOf(intervals);
    return { kind: "bitmap", bytes, origins };
  }
}
