/** `machine.jail.lock`: what the compiler chose for a machine, kept so that nothing moves. */

import type { Span } from "../support/span.js";

/** A place of memory, in bytes. */
export interface LockedMemory {
  readonly start: bigint;
  readonly size: bigint;
}

export interface LockedSlot {
  /** 0..0xffff */
  readonly domain: number;
  /** Bus in bits 15..8, device in 7..3, function in 2..0. */
  readonly bdf: number;
}

/** The first of four interrupts. */
export interface LockedInterrupts {
  readonly first: number;
}

/** By the key of who asked. */
export interface Lock<Extra = unknown> {
  readonly memory: ReadonlyMap<string, LockedMemory & Extra>;
  readonly slots: ReadonlyMap<string, LockedSlot & Extra>;
  readonly interrupts: ReadonlyMap<string, LockedInterrupts & Extra>;
}

/** With where each entry stands. */
export type LockRead = Lock<{ readonly span: Span }>;

export const lockVersion = 1;

export const lockSections = {
  memory: "Places of memory: `CELL.NAME`, `CELL SIZE from POOL`, `link NAME`.",
  slots: "Addresses of the devices of links, by the name of the link.",
  interrupts: "Four interrupts of the GIC in a row, by the cell whose `vpci-irq` they are.",
} as const;

export type LockSection = keyof typeof lockSections;

/** @param source path of the file that `cellc build` is given */
export function lockPath(source: string): string {
  return `${source}.lock`;
}

/** `0001:00:1f.2`, the domain only where it is not 0. */
export const slotPattern = /^(?:([0-9a-f]{1,4}):)?([0-9a-f]{2}):([01][0-9a-f])\.([0-7])$/;

/** `140-143` */
export const interruptsPattern = /^(\d{1,4})-(\d{1,4})$/;

export const interruptsInRow = 4;

/** The JSON Schema of a lock file (draft 2020-12); schema/json/jail-lock.schema.json holds this very value. */
export function lockJsonSchema(): unknown {
  const entries: Readonly<Record<LockSection, object>> = {
    memory: {
      type: "object",
      required: ["at", "size"],
      additionalProperties: false,
      properties: { at: { type: "integer", minimum: 0 }, size: { type: "integer", minimum: 1 } },
    },
    slots: { type: "string", pattern: slotPattern.source },
    interrupts: { type: "string", pattern: interruptsPattern.source },
  };
  const sections = Object.entries(lockSections).map(([name, description]) => [
    name,
    { description, type: "object", additionalProperties: entries[name as LockSection] },
  ]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "machine.jail.lock",
    description: "What cellc chose for a machine of the cell language",
    type: "object",
    required: ["version"],
    additionalProperties: false,
    properties: { version: { const: lockVersion }, ...Object.fromEntries(sections) },
  };
}
