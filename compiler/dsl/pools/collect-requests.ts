import { type Irqchip, pinsOf } from "../../ir/irq.js";
import { linesIn } from "../lower/devices.js";
import { lowerInterrupts, lowerIrqchip } from "../lower/interrupts.js";
import { type DeclaredLink, largePage, page, sizeOfLink } from "../lower/links.js";
import type { Lowering } from "../lower/lowering.js";
import { placeOf, waysOf } from "../lower/memory.js";
import { withoutOverridden } from "../lower/overridden.js";
import { most64, Reading } from "../lower/reading.js";
import type { TopLevel } from "../machine/top-level.js";
import { describeValue } from "../names/arithmetic.js";
import { mostSources } from "../names/limits.js";
import { BlockOpener, headOf, type Opened } from "../names/open-block.js";
import type { Instance, StatementDefinition } from "../names/scope.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine } from "../vocabulary/match.js";
import type { BlockPlace } from "../vocabulary/shape.js";
import { ByInstance } from "./choices.js";
import { interruptsOfController } from "./choose-interrupts.js";
import { type EarlyRegions, Waiting } from "./early-regions.js";
import type { Interval } from "./free-space.js";
import { Keys } from "./keys.js";
import { type Pool, poolText, readPool, readSize } from "./read-pools.js";
import {
  type DependentRegion,
  type InterruptRequest,
  type MemoryRequest,
  type MemorySource,
  type Requests,
  type SlotRequest,
  slotName,
} from "./requests.js";

/** What is known of a machine before anything is chosen. */
export interface Unchosen {
  readonly top: TopLevel;
  /** The lines of cells and the system. */
  readonly blocks: ReadonlyMap<StatementDefinition, readonly Opened[]>;
  readonly links: readonly DeclaredLink[];
  readonly lowering: Lowering;
  readonly early: EarlyRegions;
  /** Address of the GIC's distributor, 0 where there is none. */
  readonly gicdBase: bigint;
}

/**
 * Collects everything that the files of a machine leave to the compiler, before any of it is chosen: so the order is that
 * of the text, whoever asks first for a place. Reports what is wrong with what is asked.
 */
export function collectRequests(machine: Unchosen): Requests {
  return new RequestCollector(machine).collect();
}

class RequestCollector {
  private readonly memory: (MemoryRequest | DependentRegion)[] = [];
  private readonly regions: Interval[] = [];
  private readonly hypervisor: Interval[] = [];
  private readonly slots: SlotRequest[] = [];
  private readonly takenSlots = new Set<string>();
  private readonly interrupts: InterruptRequest[] = [];
  private readonly takenInterrupts = new Map<number, StatementDefinition | null>();
  /** Bitmaps of the pins of a cell, by the interrupt of the first bit, so that each counts once. */
  private readonly ownPins = new Map<StatementDefinition, Map<number, bigint>>();
  private readonly pools = new Map<StatementDefinition, Pool>();
  /** What is wrong with them was reported. */
  private hasUnreadPools = false;
  private readonly sources = new Set<StatementDefinition>();
  private hasTooManySources = false;
  private readonly linkEnds: Reading[] = [];
  private readonly memoryKeys = new Keys();
  private readonly slotKeys = new Keys();
  private readonly interruptKeys = new Keys();

  constructor(private readonly machine: Unchosen) {}

  collect(): Requests {
    const { top, links, lowering } = this.machine;
    for (const definition of top.pools) {
      const pool = readPool(definition, lowering.evaluator);
      if (pool === undefined) this.hasUnreadPools = true;
      else this.pools.set(definition, pool);
    }
    const declared = new ByInstance<StatementDefinition | DeclaredLink>();
    for (const cell of [...(top.system === null ? [] : [top.system]), ...top.cells])
      declared.set(cell.instance, cell);
    for (const link of links) declared.set(link.definition.instance, link);
    for (const each of top.opened) {
      const thing = declared.get(each);
      if (thing === undefined) this.take(each, "file", null);
      else if ("seats" in thing) this.takeLink(thing);
      else this.takeCell(thing);
    }
    this.takeLinkEnds();
    const pools = [...this.pools.values()];
    return {
      memory: this.memory,
      regions: this.regions,
      pools: pools.filter((pool) => pool.kind === "memory"),
      hypervisor: this.hypervisor,
      slots: this.slots,
      slotPools: pools.filter((pool) => pool.kind === "slots"),
      takenSlots: this.takenSlots,
      interrupts: this.interrupts,
      takenInterrupts: this.takenInterrupts,
    };
  }

  private takeCell(cell: StatementDefinition): void {
    const place = cell.kind === "system" ? "system" : "cell";
    const seen = new Set<string>();
    for (const each of withoutOverridden(this.machine.blocks.get(cell) ?? [], place)) {
      const word = headOf(each.statement);
      const isSingle = linesOf(place).get(word)?.single === true;
      // A second one is a mistake, which is reported where the cell is lowered.
      if (!(isSingle && seen.has(word))) this.take(each, place, cell);
      seen.add(word);
    }
  }

  private take(each: Opened, place: BlockPlace, cell: StatementDefinition | null): void {
    const { early, lowering } = this.machine;
    const shape = linesOf(place).get(headOf(each.statement));
    if (each.statement.value !== null || shape === undefined) return;
    const line = matchLine(each, shape, () => {});
    const reading = new Reading(line, lowering.evaluator);
    const quietly = <Result>(
      work: (reading: Reading, by: Lowering) => Result | undefined,
    ): Result | undefined => {
      const result = early.quietly((by) => work(new Reading(line, by.quiet), by));
      return result instanceof Waiting ? undefined : result;
    };
    switch (shape.word) {
      case "memory":
        this.takeMemory(reading, each, cell);
        break;
      case "hypervisor": {
        const start = quietly((quiet) => quiet.number("at"));
        const size = quietly((quiet) => quiet.number("size"));
        if (start !== undefined && size !== undefined) this.hypervisor.push({ start, end: start + size });
        break;
      }
      case "device":
      case "bridge":
      case "ivshmem": {
        const [item] = line.lead;
        const address = item === undefined ? undefined : quietly((quiet) => quiet.address(item));
        if (address !== undefined) this.takenSlots.add(slotName(address));
        break;
      }
      case "link":
        this.linkEnds.push(reading);
        break;
      case "vpci-irq":
        // Both together are a mistake, which is reported where the cell is lowered.
        if (reading.has("from") && line.lead.length > 0) break;
        if (reading.has("from")) this.takeInterrupts(reading, each, cell!);
        else {
          const first = quietly((quiet) => quiet.leadNumber());
          for (let index = 0; first !== undefined && index < interruptsOfController; index++)
            this.takeInterrupt(Number(first) + index, cell!);
        }
        break;
      case "interrupts": {
        // Interrupts that the root cell lists are those that it lends to the others.
        if (cell === null || cell.kind === "system") break;
        this.takeChips(quietly((quiet, by) => lowerInterrupts(quiet, by)) ?? [], cell);
        break;
      }
      case "irqchip": {
        if (cell === null || cell.kind === "system") break;
        const chips = quietly((quiet, by) => lowerIrqchip(quiet, by)) ?? [];
        const { gicdBase } = this.machine;
        // Pins of other controllers have numbers of their own.
        const ofGic = chips.filter(({ address }) => gicdBase !== 0n && address === gicdBase);
        this.takeChips(ofGic, cell);
        break;
      }
    }
  }

  private takeChips(chips: readonly Irqchip[], cell: StatementDefinition): void {
    const known = this.ownPins.get(cell) ?? new Map<number, bigint>();
    this.ownPins.set(cell, known);
    for (const chip of chips) {
      const pins = known.get(chip.pinBase) ?? 0n;
      for (const interrupt of pinsOf({ ...chip, pinBitmap: chip.pinBitmap & ~pins }))
        this.takeInterrupt(interrupt, cell);
      known.set(chip.pinBase, pins | chip.pinBitmap);
    }
  }

  private takeInterrupt(interrupt: number, cell: StatementDefinition): void {
    const known = this.takenInterrupts.get(interrupt);
    this.takenInterrupts.set(interrupt, known === undefined || known === cell ? cell : null);
  }

  private takeMemory(reading: Reading, instance: Instance, cell: StatementDefinition | null): void {
    const { early } = this.machine;
    const ways = waysOf(reading);
    if (ways.length !== 1 || reading.word("empty")) return;
    if (ways[0] !== "from") {
      const place = early.placeOf(instance);
      const { line } = reading;
      if (place instanceof Waiting)
        this.memory.push({
          waitsFor: place.regions,
          placeOf: (lowering) => placeOf(new Reading(line, lowering.quiet), lowering),
        });
      else if (place !== undefined) this.regions.push({ start: place.start, end: place.start + place.size });
      return;
    }
    const source = this.sourceOf(reading);
    if (!reading.has("size")) return;
    const size = readSize(reading, most64);
    const align = alignOf(reading);
    if (source === undefined || size === undefined || align === undefined) return;
    const { label } = reading.line;
    const name = label !== null && "text" in label ? label.text : null;
    const key = this.memoryKeys.ofMemory(cell, name, instance, size, source.definition.name);
    const place = reading.line.clauses.get("from")!.word;
    this.memory.push({ key, instance, reading, place, source, size, align });
  }

  private takeLink(link: DeclaredLink): void {
    const { early, lowering } = this.machine;
    const { definition, reading, seats, device, devices, largePages } = link;
    const { instance } = definition;
    const place = reading.line.label ?? instance.statement.head;
    const size = sizeOfLink(link);
    if (reading.has("at")) {
      const start = early.quietly(({ quiet }) => new Reading(reading.line, quiet).number("at"));
      if (start instanceof Waiting)
        this.memory.push({
          waitsFor: start.regions,
          placeOf: ({ quiet }) => {
            const at = new Reading(reading.line, quiet).number("at");
            return at === undefined ? undefined : { start: at, size };
          },
        });
      else if (start !== undefined) this.regions.push({ start, end: start + size });
    } else if (reading.within(size, "the size of all sections", 1n, most64, place) !== undefined) {
      const source = this.sourceOf(reading);
      const key = this.memoryKeys.ofLink(definition, "link ");
      const align = largePages ? largePage : page;
      if (source !== undefined) this.memory.push({ key, instance, reading, place, source, size, align });
    }
    for (const address of [device, ...devices.values()])
      if (address !== null) this.takenSlots.add(slotName(address));
    const unserved = seats.some(({ cells }) => cells.some((cell) => !devices.has(cell)));
    if (device !== null || !unserved) return;
    if ([...this.pools.values()].some(({ kind }) => kind === "slots")) {
      this.slots.push({ key: this.slotKeys.ofLink(definition, ""), instance, reading, place, link });
      return;
    }
    // It may be one of slots.
    if (this.hasUnreadPools) return;
    const help = "write `device 00:00.0` in its block, or declare a pool of slots";
    lowering.evaluator.problem(
      "jail-link",
      { name: link.name, what: "has no address for its device" },
      place,
      instance.scope,
      { help },
    );
  }

  /** `link NAME { device 00:01.0 }` in cells. */
  private takeLinkEnds(): void {
    this.machine.early.quietly(({ quiet }) => {
      // One for all, since it counts the statements that loops make.
      const opener = new BlockOpener(quiet, new Map());
      for (const reading of this.linkEnds) {
        for (const each of linesIn(reading, opener, "link-end").opened) {
          if (headOf(each.statement) !== "device" || each.statement.value !== null) continue;
          const line = matchLine(each, linesOf("link-end").get("device")!, () => {});
          const address =
            line.lead[0] === undefined ? undefined : new Reading(line, quiet).address(line.lead[0]);
          if (address !== undefined) this.takenSlots.add(slotName(address));
        }
      }
      return undefined;
    });
  }

  private takeInterrupts(reading: Reading, instance: Instance, cell: StatementDefinition): void {
    const definition = reading.named("from", ["pool"], "a pool of interrupts");
    const pool = definition === undefined ? undefined : this.pools.get(definition as StatementDefinition);
    if (pool === undefined) return;
    const place = reading.line.clauses.get("from")!.values[0]!;
    if (pool.kind !== "interrupts") {
      const { name } = pool.definition;
      reading.problem("jail-wrong-kind", { name, is: poolText(pool), wanted: "a pool of interrupts" }, place);
      return;
    }
    this.interrupts.push({ key: this.interruptKeys.ofCell(cell), instance, reading, place, pool, cell });
  }

  private sourceOf(reading: Reading): MemorySource | undefined {
    const wanted = "memory or a pool of it";
    const found = reading.named("from", ["pool", "memory"], wanted);
    if (found === undefined) return undefined;
    const definition = found as StatementDefinition;
    const pool = this.pools.get(definition);
    // What is wrong with its declaration was reported there.
    if (definition.kind === "pool" && pool === undefined) return undefined;
    const place = reading.line.clauses.get("from")!.values[0]!;
    if (pool !== undefined && pool.kind !== "memory") {
      reading.problem("jail-wrong-kind", { name: definition.name, is: poolText(pool), wanted }, place);
      return undefined;
    }
    if (this.sources.size === mostSources && !this.sources.has(definition)) {
      if (!this.hasTooManySources) reading.problem("jail-too-many-pools", { limit: mostSources }, place);
      this.hasTooManySources = true;
      return undefined;
    }
    this.sources.add(definition);
    return pool === undefined ? { kind: "region", definition } : { kind: "pool", pool, definition };
  }
}

/** What the address must be a multiple of; a page where the line does not say it. */
function alignOf(reading: Reading): bigint | undefined {
  if (!reading.has("align")) return page;
  const align = reading.number("align");
  if (align === undefined || (align > 0n && (align & (align - 1n)) === 0n)) return align;
  const place = reading.line.clauses.get("align")!.values[0]!;
  reading.problem("jail-wrong-type", { wanted: "a power of two", found: describeValue(align) }, place);
  return undefined;
}
