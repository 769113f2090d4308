import { at } from "../../diagnostics/diagnostic.js";
import { ByInstance, type InterruptsChoice, type Pins } from "./choices.js";
import type { InterruptPool } from "./read-pools.js";
import type { InterruptRequest, Requests } from "./requests.js";

/** Interrupts of a virtual PCI host controller: the last two bits of the number of a device choose among them. */
export const interruptsOfController = 4;

/**
 * Chooses four interrupts in a row for each `vpci-irq from` line: those that are pinned, if they are still free, then the
 * first free ones, in the order of the text. They need no alignment: the hypervisor adds the pin of the device to the
 * first one (arch_ivshmem_update_intx), and so does the driver in the device tree that it makes for Linux.
 */
export function chooseInterrupts(
  { interrupts: requests, takenInterrupts }: Requests,
  pins: Pins["interrupts"],
): ByInstance<InterruptsChoice> {
  const chosen = new ByInstance<InterruptsChoice>();
  const handedOut = new Set<number>();
  const isFree = (interrupt: number, { cell }: InterruptRequest): boolean => {
    const owner = takenInterrupts.get(interrupt);
    return !handedOut.has(interrupt) && (owner === undefined || owner === cell);
  };
  const settle = (request: InterruptRequest, first: number, pinned: boolean): void => {
    const { key, pool, reading, place, instance } = request;
    for (const interrupt of fourFrom(first)) handedOut.add(interrupt);
    const span = reading.scope.span(place);
    chosen.set(instance, { kind: "interrupts", key, first, from: pool.definition.name, pinned, span });
  };
  const numbers = new Map<InterruptPool, ReadonlySet<number>>();
  for (const { pool } of requests) if (!numbers.has(pool)) numbers.set(pool, numbersOf(pool));
  const lost = new Map<InterruptRequest, string>();
  for (const request of requests) {
    const pin = pins.get(request.key);
    if (pin === undefined) continue;
    const pool = numbers.get(request.pool)!;
    const four = fourFrom(pin.first);
    if (!four.every((each) => pool.has(each)))
      lost.set(request, `they are not in \`${request.pool.definition.name}\``);
    else if (!four.every((each) => isFree(each, request))) lost.set(request, "another cell has some of them");
    else settle(request, pin.first, true);
  }
  for (const request of requests) {
    const { reading, place, key, instance, pool } = request;
    if (chosen.get(instance) !== undefined) continue;
    const free = new Set([...numbers.get(pool)!].filter((each) => isFree(each, request)));
    const first = [...free].find((each) => fourFrom(each).every((number) => free.has(number)));
    if (first === undefined) {
      const args = { pool: pool.definition.name, wanted: "four", what: "interrupts in a row" };
      const message = free.size === 0 ? "nothing of it is free" : `free are ${runsText([...free])}`;
      reading.problem("jail-pool-full", args, place, { notes: [{ message }] });
      continue;
    }
    settle(request, first, false);
    const why = lost.get(request);
    const pin = pins.get(key);
    if (why !== undefined && pin !== undefined) {
      const args = { key, from: String(pin.first), to: String(first), why };
      const secondary = [{ place: at(pin.span), text: "pinned here" }];
      reading.problem("jail-pin-lost", args, place, { secondary });
    }
  }
  return chosen;
}

function fourFrom(first: number): readonly number[] {
  return Array.from({ length: interruptsOfController }, (_, index) => first + index);
}

/** From the lowest. */
function numbersOf({ ranges }: InterruptPool): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const { from, to } of ranges) for (let each = from; each <= to; each += 1) numbers.add(each);
  return new Set([...numbers].sort((one, other) => one - other));
}

/** `140-142, 150` */
function runsText(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}
