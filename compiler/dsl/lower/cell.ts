import type { CellDescription, StreamId } from "../../ir/config.js";
import { cpuBytes } from "../../ir/cpu-set.js";
import type { Irqchip } from "../../ir/irq.js";
import { pinsOf } from "../../ir/irq.js";
import type { CacheRegion, MemoryRegion } from "../../ir/memory.js";
import { flagSet } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { PciDevice } from "../../ir/pci.js";
import { bitmapOf, type PortRange, portCount } from "../../ir/port-io.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import { headOf } from "../names/open-block.js";
import type { StatementDefinition } from "../names/scope.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import type { BlockPlace } from "../vocabulary/shape.js";
import { type CapabilityList, layOutCapabilities, lowerCapability } from "./capabilities.js";
import { lowerConsole } from "./console.js";
import { type DeviceDraft, eachLine, linesIn, lowerDevice } from "./devices.js";
import { readFlagWords } from "./flags.js";
import { lowerInterrupts, lowerIrqchip } from "./interrupts.js";
import { type Link, linkEnd } from "./links.js";
import type { Lowering } from "./lowering.js";
import { lowerMemory } from "./memory.js";
import { readChoiceWord } from "./platform.js";
import { lowerPorts } from "./ports.js";
import { most8, most16, most32, most64, Reading } from "./reading.js";

/** The parts of a cell, in the order of its lines. Devices of links come with the number of their first region. */
interface DeviceSlot {
  readonly draft: DeviceDraft | null;
  readonly device: PciDevice;
  readonly firstRegion: MemoryRegion | null;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const commSize = 0x1000n;

/** Makes a cell of the lines of its block. */
export class CellLowerer {
  private readonly memory: MemoryRegion[] = [];
  private readonly caches: CacheRegion[] = [];
  private readonly irqchips: Irqchip[] = [];
  private readonly ports: PortRange[] = [];
  private portsOpened: Reading | null = null;
  private readonly devices: DeviceSlot[] = [];
  private readonly loose: CapabilityList[] = [];
  private readonly streams: StreamId[] = [];
  private readonly irqLines: CellDescription["irqLines"][number][] = [];
  private readonly placedLinks = new Set<Link>();
  private readonly interruptsOff = new Set<PciDevice>();
  /** Raw lines of the block itself, in their order. */
  readonly raw: Opened[] = [];
  /** Lines that a cell does not have, for the system. */
  readonly others: Reading[] = [];
  /** The first region that a line made, by the name of the line. */
  private readonly regionsByName = new Map<string, MemoryRegion>();
  private readonly fields: Partial<Mutable<CellDescription>> = {};

  constructor(
    private readonly definition: StatementDefinition,
    private readonly place: BlockPlace,
    private readonly base: CellDescription,
    private readonly links: readonly Link[],
    private readonly lowering: Lowering,
    private readonly opener: BlockOpener,
  ) {}

  lower(opened: readonly Opened[], wireName: string): CellDescription {
    const { evaluator } = this.lowering;
    const statement = matchLine(this.definition.instance, linesOf("file").get(this.place)!, () => {});
    const whole = new Reading(statement, evaluator);
    const kept = withoutOverridden(opened, this.place);
    const lines: Reading[] = [];
    eachLine(
      { opened: kept, place: this.place, reading: whole },
      (line) => lines.push(line),
      (raw) => this.raw.push(raw),
    );
    const named = new Set(
      lines.filter(({ line }) => line.shape.word === "link").map((line) => this.linkOf(line)),
    );
    for (const link of this.links) if (!named.has(link)) this.placeRegions(link, null);
    for (const line of lines) this.take(line);
    for (const link of this.links) if (!named.has(link)) this.placeDevice(link, null);
    this.grantLinkInterrupts();
    const { table, starts } = this.layOut();
    return {
      ...this.base,
      ...this.fields,
      name: wireName,
      memoryRegions: this.memory,
      cacheRegions: this.caches,
      irqchips: this.irqchips,
      irqLines: this.irqLines,
      portIo: this.portIo(),
      pciDevices: this.devices.map((slot) => this.finishDevice(slot, starts)),
      pciCapabilities: table,
      streamIds: this.streams,
      origins: whole.origins(),
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
        this.memory.push(...regions);
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
        const link = this.linkOf(line);
        if (link === undefined) break;
        this.placeRegions(link, line);
        this.placeDevice(link, line);
        break;
      }
      case "device":
      case "bridge":
      case "ivshmem": {
        const draft = lowerDevice(line, lowering, opener);
        if (draft === undefined) break;
        const { device } = draft;
        this.devices.push({ draft, device, firstRegion: this.regionsOf(draft) });
        break;
      }
      case "capability": {
        const capabilities = lowerCapability(line, lowering);
        for (const capability of capabilities) this.keepRaw(capability, line);
        this.loose.push({
          capabilities,
          from: null,
          isOwned: false,
          reading: line,
          place: line.line.instance.statement,
        });
        break;
      }
      case "ioports": {
        this.portsOpened = line;
        const ranges = lowerPorts(line, lowering);
        this.ports.push(...ranges);
        for (const range of ranges) this.keepRaw(range, line);
        break;
      }
      case "irqchip":
      case "interrupts": {
        const chips =
          line.line.shape.word === "irqchip" ? lowerIrqchip(line, lowering) : lowerInterrupts(line, lowering);
        this.irqchips.push(...chips);
        for (const chip of chips) this.keepRaw(chip, line);
        break;
      }
      case "cache":
        this.takeCache(line);
        break;
      case "streams":
        this.takeStreams(line);
        break;
      case "irq-line": {
        const number = line.leadNumber(most32);
        const chip = line.has("chip") ? line.number("chip", most32) : 0n;
        if (number === undefined || chip === undefined) break;
        const node = {
          line: Number(number),
          irqchip: Number(chip),
          ...plainNode(line.origins({ irqchip: "chip" })),
        };
        this.irqLines.push(node);
        this.keepRaw(node, line);
        break;
      }
      case "cpus":
        this.takeCpus(line);
        break;
      case "console": {
        if (this.place === "system") {
          this.others.push(line);
          break;
        }
        const console = lowerConsole(line, false, lowering);
        if (console === undefined) break;
        this.fields.console = console;
        this.keepRaw(console, line);
        break;
      }
      case "flags":
        if (this.place === "system") this.others.push(line);
        else this.fields.flags = readFlagWords(line, line.line.lead, "cellFlags", lowering.profile);
        break;
      case "vpci-irq":
        this.takeVpciIrq(line);
        break;
      case "reset":
        this.fields.cpuResetAddress = line.number("at") ?? 0n;
        break;
      case "reply-timeout":
        this.fields.msgReplyTimeout = line.leadNumber(most64) ?? 0n;
        break;
      case "id":
        this.fields.id = Number(line.leadNumber(most32) ?? 0n);
        break;
      default:
        this.others.push(line);
    }
  }

  private keepRaw(node: object, line: Reading): void {
    if (line.line.instance.statement.block === null) return;
    eachLine(
      linesIn(line, this.opener, "raw"),
      () => {},
      (instance) => this.lowering.raw.add(node, { instance }),
    );
  }

  private takeCache(line: Reading): void {
    const type = readChoiceWord(line, "cacheTypes", this.lowering);
    const ways = line.line.clauses.get("ways")?.values[0];
    if (ways === undefined) line.missing("`ways`");
    const range = ways === undefined ? undefined : line.range(ways, "a way", most32);
    const flags = readFlagWords(line, line.line.words, "cacheFlags", this.lowering.profile);
    if (type === undefined || range === undefined) return;
    const size = Number(range.to - range.from) + 1;
    const node = {
      start: Number(range.from),
      size,
      type,
      flags,
      ...plainNode(line.origins({ start: "ways", size: "ways" })),
    };
    this.caches.push(node);
    this.keepRaw(node, line);
  }

  private takeStreams(line: Reading): void {
    const mask = line.has("mask") ? line.number("mask", most16) : 0n;
    const mayHoldMask =
      this.lowering.profile.structs
        .get("jailhouse_stream_id")
        ?.fields.some(({ name }) => name === "mmu500") === true;
    for (const range of line.ranges(line.line.lead, "a stream id", line.has("mask") ? most16 : most32)) {
      if (range.to - range.from >= 0x10000n) {
        line.problem(
          "jail-range-too-long",
          { count: range.to - range.from + 1n, limit: 0x10000n },
          range.place,
        );
        continue;
      }
      for (let id = range.from; id <= range.to; id += 1n) {
        const value = Number(id | ((mask ?? 0n) << 16n));
        const node = { id: value, mayHoldMask, ...plainNode(line.origins({ id: range.place })) };
        this.streams.push(node);
        this.keepRaw(node, line);
      }
    }
  }

  private takeCpus(line: Reading): void {
    const numbers: number[] = [];
    const isList = this.base.cpus.kind === "list";
    const none = line.word("none");
    if (!none && line.line.lead.length === 0) line.missing("CPU numbers, or `none`");
    for (const range of line.ranges(line.line.lead, "a CPU", isList ? most64 : 0xffffn)) {
      if (range.to - range.from >= 0x10000n) {
        line.problem(
          "jail-range-too-long",
          { count: range.to - range.from + 1n, limit: 0x10000n },
          range.place,
        );
        return;
      }
      for (let cpu = range.from; cpu <= range.to; cpu += 1n) numbers.push(Number(cpu));
    }
    const origins = line.origins();
    if (isList) {
      this.fields.cpus = {
        kind: "list",
        cpus: numbers.map((physicalId) => ({ physicalId: BigInt(physicalId), ...plainNode(origins) })),
        origins,
      };
      return;
    }
    const bytes = cpuBytes(numbers);
    const size = line.has("size") ? line.number("size", 0x2000n) : BigInt(bytes.length);
    if (size === undefined) return;
    const last = bytes.findLastIndex((byte) => byte !== 0);
    if (Number(size) <= last)
      line.problem(
        "jail-out-of-range",
        { what: "`size`", value: size, least: BigInt(last + 1), most: 0x2000n },
        line.line.instance.statement,
      );
    const sized = new Uint8Array(Number(size));
    sized.set(bytes.subarray(0, sized.length));
    this.fields.cpus = { kind: "bits", bytes: sized, origins };
  }

  private takeVpciIrq(line: Reading): void {
    const interrupt = line.leadNumber(0x11fn);
    if (interrupt === undefined) return;
    if (interrupt < 32n)
      line.problem(
        "jail-out-of-range",
        { what: "`vpci-irq`", value: interrupt, least: 32n, most: 0x11fn },
        line.line.lead[0]!,
      );
    else this.fields.vpciIrqBase = Number(interrupt - 32n);
  }

  private linkOf(line: Reading): Link | undefined {
    const { label } = line.line;
    if (label === null || !("text" in label)) {
      line.missing("the name of a link");
      return undefined;
    }
    const path = { kind: "path" as const, names: [label], start: label.start, end: label.end };
    const definition = line.thingOf(path, ["link"], "a link");
    const link = this.links.find(({ name }) => name === definition?.name);
    if (definition !== undefined && link === undefined) {
      const what = `has no peer \`${this.definition.name}\``;
      line.problem("jail-link", { name: definition.name, what }, label);
    }
    return link;
  }

  private readonly ends = new Map<Link, ReturnType<typeof linkEnd>>();

  private endOf(link: Link): ReturnType<typeof linkEnd> {
    if (!this.ends.has(link)) {
      const number = link.seats.findIndex(({ cells }) => cells.includes(this.definition));
      this.ends.set(link, linkEnd(link, number, this.definition, this.place === "system", this.lowering));
    }
    return this.ends.get(link);
  }

  private placeRegions(link: Link, line: Reading | null): void {
    if (line !== null && this.placedLinks.has(link)) {
      line.problem("jail-only-once", { statement: `link ${link.name}` }, line.line.instance.statement);
      return;
    }
    this.placedLinks.add(link);
    this.memory.push(...(this.endOf(link)?.regions ?? []));
  }

  private placeDevice(link: Link, line: Reading | null): void {
    const end = this.endOf(link);
    if (end === undefined) return;
    let { device } = end;
    let interrupt = true;
    const settings: Opened[] = [];
    if (line !== null) {
      eachLine(
        linesIn(line, this.opener, "link-end"),
        (inner) => {
          switch (inner.line.shape.word) {
            case "device": {
              const address = inner.address(inner.line.lead[0]);
              if (address !== undefined)
                device = { ...device, bdf: address.bdf, domain: address.domain ?? 0 };
              break;
            }
            case "peers":
              device = { ...device, shmemPeers: Number(inner.leadNumber(most8) ?? 0n) };
              break;
            case "iommu":
              device = { ...device, iommu: Number(inner.leadNumber(most8) ?? 0n) };
              break;
            case "interrupt":
              interrupt =
                wordOfItem(inner.line.lead[0] ?? inner.line.instance.statement.items[0]!)?.text !== "none";
              break;
          }
        },
        (opened) => settings.push(opened),
      );
    }
    if (!interrupt || link.vectors !== "intx") this.interruptsOff.add(device);
    this.devices.push({ draft: null, device, firstRegion: end.regions[0]! });
    for (const instance of settings) this.lowering.raw.add(device, { instance });
  }

  /** The interrupts of devices without MSI-X join the elements that cover them. */
  private grantLinkInterrupts(): void {
    const base = this.fields.vpciIrqBase;
    if (base === undefined) return;
    for (const { device, draft } of this.devices) {
      if (draft !== null || this.interruptsOff.has(device)) continue;
      const interrupt = base + 32 + ((device.bdf >> 3) & 3);
      const index = this.irqchips.findIndex(
        ({ pinBase, address }) =>
          address === this.lowering.gicdBase && interrupt >= pinBase && interrupt < pinBase + 128,
      );
      if (index >= 0) {
        const chip = this.irqchips[index]!;
        if (pinsOf(chip).includes(interrupt)) continue;
        const joined = { ...chip, pinBitmap: chip.pinBitmap | (1n << BigInt(interrupt - chip.pinBase)) };
        this.lowering.raw.move(chip, joined);
        this.irqchips[index] = joined;
        continue;
      }
      const pinBase = 32 + Math.floor((interrupt - 32) / 128) * 128;
      const chip: Irqchip = {
        address: this.lowering.gicdBase,
        id: 0n,
        pinBase,
        pinBitmap: 1n << BigInt(interrupt - pinBase),
        ...plainNode(device.origins),
      };
      const after = this.irqchips.findIndex((other) => other.pinBase > pinBase);
      this.irqchips.splice(after < 0 ? this.irqchips.length : after, 0, chip);
    }
  }

  private layOut(): ReturnType<typeof layOutCapabilities> {
    const lists: CapabilityList[] = this.devices.flatMap(({ draft }) =>
      draft === null ? [] : [this.listOf(draft)],
    );
    return layOutCapabilities([...lists, ...this.loose]);
  }

  private readonly lists = new Map<DeviceDraft, CapabilityList>();

  private listOf(draft: DeviceDraft): CapabilityList {
    let list = this.lists.get(draft);
    if (list === undefined) {
      const { capabilities, capabilitiesFrom: from, reading } = draft;
      list = { capabilities, from, isOwned: true, reading, place: reading.line.instance.statement };
      this.lists.set(draft, list);
    }
    return list;
  }

  private finishDevice(
    { draft, device, firstRegion }: DeviceSlot,
    starts: ReadonlyMap<CapabilityList, number>,
  ): PciDevice {
    const region = firstRegion === null ? -1 : this.memory.indexOf(firstRegion);
    const placed = region < 0 ? device : { ...device, shmemRegionsStart: region };
    const list = draft === null ? undefined : this.listOf(draft);
    const finished =
      list === undefined
        ? placed
        : { ...placed, capsStart: starts.get(list) ?? 0, numCaps: list.capabilities.length };
    this.lowering.raw.move(device, finished);
    for (const instance of draft?.raw ?? []) this.lowering.raw.add(finished, { instance });
    return finished;
  }

  private regionsOf({ regionsFrom, reading }: DeviceDraft): MemoryRegion | null {
    const item = regionsFrom?.clauses.get("from")?.values[0];
    if (regionsFrom === null || item === undefined) return null;
    const word = wordOfItem(item);
    const named = word === undefined ? undefined : this.regionsByName.get(word.text);
    if (named === undefined)
      reading.problem("jail-unknown-name", { name: word?.text ?? "", owner: null }, item);
    return named ?? null;
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

/** What a block says itself replaces what its fragments say of the same. */
function withoutOverridden(opened: readonly Opened[], place: BlockPlace): readonly Opened[] {
  const shapes = linesOf(place);
  const said = new Set(
    opened
      .filter(({ fromFragment, statement }) => !fromFragment && statement.value === null)
      .map(({ statement }) => headOf(statement)),
  );
  return opened.filter(({ fromFragment, statement }) => {
    const word = headOf(statement);
    return !(fromFragment && shapes.get(word)?.single === true && said.has(word));
  });
}
