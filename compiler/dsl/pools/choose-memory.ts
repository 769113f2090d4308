import { at } from "../../diagnostics/diagnostic.js";
import type { Lowering } from "../lower/lowering.js";
import { hexadecimal } from "../names/arithmetic.js";
import type { Instance, StatementDefinition } from "../names/scope.js";
import { ByInstance, type MemoryChoice, type Pins } from "./choices.js";
import { FreeSpace, type Interval } from "./free-space.js";
import { spelledSize } from "./keys.js";
import type { DependentRegion, MemoryRequest, Requests } from "./requests.js";

export type PlaceOfRegion = (
  definition: StatementDefinition,
) => { readonly start: bigint; readonly size: bigint } | undefined;

/** What one request came to. */
interface Wish {
  readonly request: MemoryRequest;
  state: "open" | "being-chosen" | "failed" | MemoryChoice;
  /** Why the place that was pinned for it cannot be kept. */
  lost: string | null;
  readonly dependents: Dependent[];
}

/** A region whose place follows from choices. */
interface Dependent {
  readonly region: DependentRegion;
  /** Choices that it still waits for. */
  open: number;
  isTaken: boolean;
}

/** What is left of a pool, or of a region that parts are taken from. */
interface Store {
  readonly whole: Interval;
  readonly isPool: boolean;
  readonly space: FreeSpace;
}

/**
 * Chooses the places of memory. What is pinned keeps its place before anything else is chosen; then each request gets
 * the first free place, in the order of the text, or when a place that depends on it is asked for.
 */
export class MemoryChooser {
  private readonly wishes: readonly Wish[];
  private readonly byLine = new ByInstance<Wish>();
  private readonly stores = new Map<StatementDefinition, Store>();
  /** Chosen so far, and regions whose places followed from that. */
  private readonly taken: { readonly place: Interval; readonly isChoice: boolean }[] = [];
  private readonly alignments: readonly bigint[];
  private readonly dependents: Dependent[] = [];
  private lowering: Lowering | null = null;

  /**
   * @param knownPlaceOf the place of a named region, where it depends on no choice
   * @param regionOf the place of any other one, which may ask back for a choice
   */
  constructor(
    private readonly requests: Requests,
    private readonly pins: Pins["memory"],
    private readonly knownPlaceOf: PlaceOfRegion,
    private readonly regionOf: PlaceOfRegion,
  ) {
    const wishes: Wish[] = [];
    for (const request of requests.memory) {
      if (!("key" in request)) continue;
      const wish: Wish = { request, state: "open", lost: null, dependents: [] };
      wishes.push(wish);
      this.byLine.set(request.instance, wish);
    }
    this.wishes = wishes;
    this.alignments = [...new Set(wishes.map(({ request }) => request.align))];
    for (const region of requests.memory) {
      if ("key" in region) continue;
      const first = [...region.waitsFor].flatMap(({ instance }) => this.byLine.get(instance) ?? []);
      const dependent: Dependent = { region, open: first.length, isTaken: false };
      this.dependents.push(dependent);
      for (const wish of first) wish.dependents.push(dependent);
    }
  }

  /** In the order of the text. */
  get choices(): readonly MemoryChoice[] {
    return this.wishes.flatMap(({ state }) => (typeof state === "object" ? [state] : []));
  }

  placeOf(instance: Instance): MemoryChoice | undefined {
    const wish = this.byLine.get(instance);
    return wish === undefined ? undefined : this.choose(wish);
  }

  chooseAll(lowering: Lowering): void {
    this.lowering = lowering;
    // What follows from a pinned place is said by the text, so it comes before other pins.
    for (const wish of this.wishes) if (wish.dependents.length > 0) this.keepPin(wish);
    for (const wish of this.wishes) this.keepPin(wish);
    for (const wish of this.wishes) this.choose(wish);
    for (const dependent of this.dependents) this.takeDependent(dependent);
  }

  private takeDependent(dependent: Dependent): void {
    if (dependent.isTaken || this.lowering === null) return;
    dependent.isTaken = true;
    const place = dependent.region.placeOf(this.lowering);
    if (place !== undefined) this.take({ start: place.start, end: place.start + place.size }, false);
  }

  /** Keeps what is pinned, if that can be told without choosing anything anew. */
  private keepPin(wish: Wish): void {
    const { source, key } = wish.request;
    if (wish.state !== "open" || !this.pins.has(key)) return;
    if (source.kind === "region" && this.knownPlaceOf(source.definition) === undefined) {
      const outer = this.byLine.get(source.definition.instance);
      if (outer === undefined) return;
      wish.state = "being-chosen";
      this.keepPin(outer);
      wish.state = "open";
      if (typeof outer.state !== "object") return;
    }
    const store = this.storeOf(wish);
    if (store !== undefined) this.tryPin(wish, store);
  }

  private choose(wish: Wish): MemoryChoice | undefined {
    const { request } = wish;
    if (wish.state === "being-chosen") {
      request.reading.problem("jail-depends-on-itself", { name: request.key }, request.place);
      wish.state = "failed";
    }
    if (wish.state === "failed") return undefined;
    if (wish.state !== "open") return wish.state;
    wish.state = "being-chosen";
    const store = this.storeOf(wish);
    // Where it asked for itself on the way, that was settled.
    if (this.hasFailed(wish)) return undefined;
    wish.state = "open";
    if (store === undefined) {
      wish.state = "failed";
      return undefined;
    }
    if (this.tryPin(wish, store)) return this.choose(wish);
    const start = store.space.firstFit(request.size, request.align);
    if (start === undefined) {
      wish.state = "failed";
      this.reportFull(request, store);
      return undefined;
    }
    this.settle(wish, start, false);
    this.reportMove(wish, start);
    return this.choose(wish);
  }

  private hasFailed({ state }: Wish): boolean {
    return state === "failed";
  }

  private tryPin(wish: Wish, { whole, space }: Store): boolean {
    const { key, size, align, source } = wish.request;
    const pin = this.pins.get(key);
    if (pin === undefined || wish.lost !== null) return false;
    const { start } = pin;
    const end = start + size;
    if (pin.size !== size)
      wish.lost = `${spelledSize(pin.size)} were asked for then, and now ${spelledSize(size)}`;
    else if (start < whole.start || end > whole.end)
      wish.lost = `that is not in \`${source.definition.name}\``;
    else if (start % align !== 0n) wish.lost = `that is no multiple of ${spelledSize(align)}`;
    else if (!space.isFree(start, end)) wish.lost = "other memory lies there";
    else this.settle(wish, start, true);
    return wish.lost === null;
  }

  private settle(wish: Wish, start: bigint, pinned: boolean): void {
    const { key, size, source, reading, place } = wish.request;
    const span = reading.scope.span(place);
    const from = source.definition.name;
    wish.state = { kind: "memory", key, start, size, from, pinned, span };
    this.take({ start, end: start + size }, true);
    for (const dependent of wish.dependents) {
      dependent.open -= 1;
      if (dependent.open === 0) this.takeDependent(dependent);
    }
  }

  private take(place: Interval, isChoice: boolean): void {
    this.taken.push({ place, isChoice });
    for (const store of this.stores.values()) reserveIn(store, place, isChoice);
  }

  private storeOf({ request: { source } }: Wish): Store | undefined {
    const { definition } = source;
    const known = this.stores.get(definition);
    if (known !== undefined) return known;
    const isPool = source.kind === "pool";
    const whole = isPool ? source.pool : this.wholeOf(definition);
    if (whole === undefined) return undefined;
    const store: Store = { whole, isPool, space: new FreeSpace(whole, this.alignments) };
    const { hypervisor, regions, pools } = this.requests;
    for (const { start, end } of hypervisor) store.space.reserve(start, end);
    for (const region of regions) reserveIn(store, region, false);
    // A pool is nobody's, so a region that it is a part of does not have it to give away.
    if (!isPool) for (const pool of pools) reserveIn(store, pool, false);
    for (const { place, isChoice } of this.taken) reserveIn(store, place, isChoice);
    this.stores.set(definition, store);
    return store;
  }

  private wholeOf(definition: StatementDefinition): Interval | undefined {
    const outer = this.byLine.get(definition.instance);
    const place =
      outer === undefined ? (this.knownPlaceOf(definition) ?? this.regionOf(definition)) : this.choose(outer);
    return place === undefined ? undefined : { start: place.start, end: place.start + place.size };
  }

  private reportFull({ reading, place, size, align, source }: MemoryRequest, { space }: Store): void {
    const gaps = space.firstGaps(mostGapsShown + 1);
    const shown = gaps
      .slice(0, mostGapsShown)
      .map(
        ({ start, end }) => `${hexadecimal(start)} .. ${hexadecimal(end - 1n)} (${spelledSize(end - start)})`,
      );
    const more = gaps.length > mostGapsShown ? ", and more" : "";
    const message = gaps.length === 0 ? "nothing of it is free" : `free are ${shown.join(", ")}${more}`;
    const wanted = spelledSize(size);
    const what = `of memory at a multiple of ${spelledSize(align)}`;
    const args = { pool: source.definition.name, wanted, what };
    reading.problem("jail-pool-full", args, place, { notes: [{ message }] });
  }

  private reportMove({ request, lost }: Wish, to: bigint): void {
    const pin = this.pins.get(request.key);
    if (pin === undefined || lost === null || pin.start === to) return;
    const { reading, place, key } = request;
    const args = { key, from: hexadecimal(pin.start), to: hexadecimal(to), why: lost };
    reading.problem("jail-pin-lost", args, place, {
      secondary: [{ place: at(pin.span), text: "pinned here" }],
    });
  }
}

/** Free parts that a message names. */
const mostGapsShown = 4;

/**
 * What contains all of a pool or region is what that is a part of, and does not stand in its way; but no pool is a part
 * of what another one handed out.
 */
function reserveIn({ whole, isPool, space }: Store, { start, end }: Interval, isChoice: boolean): void {
  if (start >= whole.end || end <= whole.start) return;
  if (start <= whole.start && end >= whole.end && !(isChoice && isPool)) return;
  space.reserve(start, end);
}
