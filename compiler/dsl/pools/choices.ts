import type { Span } from "../../support/span.js";
import type { Definition, Instance, PciAddressValue, Scope } from "../names/scope.js";
import type { Statement } from "../syntax/ast.js";

/** Something that the compiler chose. */
export type Choice = MemoryChoice | SlotChoice | InterruptsChoice;

interface Chosen {
  /** Who asked for it, by a name that stays the same when other lines come and go; unique within its kind. */
  readonly key: string;
  /** The pool or region that it was taken from. */
  readonly from: string;
  /** It was taken from the lock file; else it is the first free place. */
  readonly pinned: boolean;
  /** Where it was asked for. */
  readonly span: Span;
}

export interface MemoryChoice extends Chosen {
  readonly kind: "memory";
  readonly start: bigint;
  /** In bytes. */
  readonly size: bigint;
}

export interface SlotChoice extends Chosen {
  readonly kind: "slot";
  /** 0..0xffff */
  readonly domain: number;
  /** Bus in bits 15..8, device in 7..3, function in 2..0. */
  readonly bdf: number;
}

/** Four interrupts in a row. */
export interface InterruptsChoice extends Chosen {
  readonly kind: "interrupts";
  /** As the GIC counts: 32 is the first SPI. */
  readonly first: number;
}

/** What a lock file holds, by the key of who asked for it. */
export interface Pins {
  readonly memory: ReadonlyMap<
    string,
    { readonly start: bigint; readonly size: bigint; readonly span: Span }
  >;
  readonly slots: ReadonlyMap<string, { readonly domain: number; readonly bdf: number; readonly span: Span }>;
  readonly interrupts: ReadonlyMap<string, { readonly first: number; readonly span: Span }>;
}

export const noPins: Pins = { memory: new Map(), slots: new Map(), interrupts: new Map() };

/** What was chosen for a line; undefined where nothing could be, which was reported. */
export interface Choices {
  /** For a `memory` line or a link. */
  memoryOf(instance: Instance): { readonly start: bigint; readonly size: bigint } | undefined;
  /** The first of four interrupts, for a `vpci-irq` line. */
  interruptsOf(instance: Instance): bigint | undefined;
  slotOf(link: Definition): PciAddressValue | undefined;
}

/** Things by the statement and the scope in which it takes effect: those of loops and fragments do so many times. */
export class ByInstance<Thing> {
  private readonly byScope = new Map<Scope, Map<Statement, Thing>>();

  get({ statement, scope }: Instance): Thing | undefined {
    return this.byScope.get(scope)?.get(statement);
  }

  set({ statement, scope }: Instance, thing: Thing): void {
    const known = this.byScope.get(scope);
    if (known === undefined) this.byScope.set(scope, new Map([[statement, thing]]));
    else known.set(statement, thing);
  }
}
