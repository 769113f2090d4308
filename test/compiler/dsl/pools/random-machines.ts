import fc from "fast-check";
import type { Choice, Pins } from "../../../../compiler/dsl/pools/choices.js";
import { SourceFile } from "../../../../compiler/support/source.js";

/** A request of a cell: some memory, perhaps with a name. */
export interface RandomRequest {
  /** In pages. */
  readonly pages: number;
  /** 0 for what a line that says nothing has. */
  readonly alignShift: number;
  readonly isNamed: boolean;
}

export interface RandomCell {
  readonly id: number;
  readonly requests: readonly RandomRequest[];
  /** Pages from the start of the pool at which it has a region of its own. */
  readonly fixed: readonly number[];
  readonly wantsInterrupts: boolean;
}

export interface RandomMachine {
  readonly cells: readonly RandomCell[];
  /** Pairs of cells, by their index. */
  readonly links: readonly { readonly id: number; readonly pages: number }[];
}

const request = fc.record({
  pages: fc.integer({ min: 1, max: 40 }),
  alignShift: fc.constantFrom(0, 0, 0, 12, 16, 20),
  isNamed: fc.boolean(),
});

const cell = fc.record({
  requests: fc.array(request, { maxLength: 4 }),
  fixed: fc.array(fc.nat(300), { maxLength: 2 }),
  wantsInterrupts: fc.boolean(),
});

export const randomMachine: fc.Arbitrary<RandomMachine> = fc
  .record({
    cells: fc.array(cell, { minLength: 2, maxLength: 6 }),
    links: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
  })
  .map(({ cells, links }) => ({
    cells: cells.map((each, id) => ({ ...each, id })),
    links: links.map((pages, id) => ({ pages, id })),
  }));

export const randomCell = cell;

export const poolStart = 0x4000_0000n;
export const poolEnd = poolStart + 0x1000_0000n;

export function nameOf({ id }: RandomCell): string {
  return `c${id}`;
}

/** The first two cells are the peers of all links, so they must stay. */
export function textOf({ cells, links }: RandomMachine): string {
  return [
    "architecture arm64",
    "gic v3 { gicd 0x800_0000 }",
    "pool inmates at 0x4000_0000 size 256M",
    "pool vpci slots 00:00.0 .. 00:1f.0",
    "pool spis interrupts 100-227",
    ...cells.map(cellText),
    ...links.map(
      ({ id, pages }) => `link l${id} from inmates { peers c0, c1; shared ${pages} * 4K; output 4K }`,
    ),
  ].join("\n");
}

function cellText(each: RandomCell): string {
  const lines = each.requests.map(({ pages, alignShift, isNamed }, index) => {
    const name = isNamed ? `m${index} ` : "";
    const align = alignShift === 0 ? "" : ` align ${2 ** alignShift}`;
    return `  memory ${name}from inmates size ${pages} * 4K${align} rw`;
  });
  const fixed = each.fixed.map((page) => `  memory at 0x4000_0000 + ${page} * 4K size 4K rw`);
  const interrupts = each.wantsInterrupts ? ["  vpci-irq from spis"] : [];
  return [`cell ${nameOf(each)} {`, "  cpus 1", ...interrupts, ...fixed, ...lines, "}"].join("\n");
}

/** As the lock file would keep them. */
export function pinsOf(choices: readonly Choice[]): Pins {
  const span = { file: new SourceFile("main.jail.lock", ""), start: 0, end: 0 };
  const memory = new Map<string, { start: bigint; size: bigint; span: typeof span }>();
  const slots = new Map<string, { domain: number; bdf: number; span: typeof span }>();
  const interrupts = new Map<string, { first: number; span: typeof span }>();
  for (const choice of choices) {
    const { key } = choice;
    if (choice.kind === "memory") memory.set(key, { start: choice.start, size: choice.size, span });
    else if (choice.kind === "slot") slots.set(key, { domain: choice.domain, bdf: choice.bdf, span });
    else interrupts.set(key, { first: choice.first, span });
  }
  return { memory, slots, interrupts };
}

/** A choice without what does not belong to its place. */
export function placeText(choice: Choice): string {
  if (choice.kind === "memory") return `${choice.start}+${choice.size}`;
  return choice.kind === "slot" ? `${choice.domain}:${choice.bdf}` : String(choice.first);
}
