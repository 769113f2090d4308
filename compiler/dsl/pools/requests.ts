import type { DeclaredLink } from "../lower/links.js";
import type { Lowering } from "../lower/lowering.js";
import type { Reading } from "../lower/reading.js";
import type { Instance, StatementDefinition } from "../names/scope.js";
import type { Place } from "../syntax/ast.js";
import type { Interval } from "./free-space.js";
import type { InterruptPool, MemoryPool, SlotPool } from "./read-pools.js";

/** Where memory is taken from: a pool, or a region that some cell or the file has named. */
export type MemorySource =
  | { readonly kind: "pool"; readonly pool: MemoryPool; readonly definition: StatementDefinition }
  | { readonly kind: "region"; readonly definition: StatementDefinition };

interface Request {
  /** See {@link Keys}. */
  readonly key: string;
  /** The line that asks. */
  readonly instance: Instance;
  readonly reading: Reading;
  /** What to point to where there is nothing to be had. */
  readonly place: Place;
}

export interface MemoryRequest extends Request {
  readonly source: MemorySource;
  /** In bytes, more than 0. */
  readonly size: bigint;
  /** A power of two. */
  readonly align: bigint;
}

export interface SlotRequest extends Request {
  readonly link: DeclaredLink;
}

export interface InterruptRequest extends Request {
  readonly pool: InterruptPool;
  readonly cell: StatementDefinition;
}

/** A region whose place depends on a choice: nobody else may get it once that is made. */
export interface DependentRegion {
  /** Regions that have to be chosen first, as far as that is known. */
  readonly waitsFor: ReadonlySet<StatementDefinition>;
  readonly placeOf: (lowering: Lowering) => { readonly start: bigint; readonly size: bigint } | undefined;
}

/** What the files of a machine leave to the compiler, and what stands in the way of it. */
export interface Requests {
  /** In the order of the text. */
  readonly memory: readonly (MemoryRequest | DependentRegion)[];
  /** Regions with places of their own. */
  readonly regions: readonly Interval[];
  readonly pools: readonly MemoryPool[];
  /** What nobody may touch, whatever it lies in. */
  readonly hypervisor: readonly Interval[];
  readonly slots: readonly SlotRequest[];
  /** In the order of the text: the first one with room serves. */
  readonly slotPools: readonly SlotPool[];
  /** Addresses that devices have, see {@link slotName}. */
  readonly takenSlots: ReadonlySet<string>;
  readonly interrupts: readonly InterruptRequest[];
  /** Which cell has an interrupt by a line of its own; null for several. */
  readonly takenInterrupts: ReadonlyMap<number, StatementDefinition | null>;
}

export function slotName({ domain, bdf }: { readonly domain: number | null; readonly bdf: number }): string {
  return `${domain ?? 0}:${bdf}`;
}
