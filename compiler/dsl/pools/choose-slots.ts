import { at } from "../../diagnostics/diagnostic.js";
import { pciAddressText } from "../../support/pci-address.js";
import type { Definition } from "../names/scope.js";
import type { Pins, SlotChoice } from "./choices.js";
import { type Requests, type SlotRequest, slotName } from "./requests.js";

interface Address {
  readonly domain: number;
  readonly bdf: number;
}

/**
 * Chooses an address for each link that has none: the pinned one, if it is still free, then the first free one of the
 * first pool that has any, in the order of the text.
 */
export function chooseSlots(
  { slotPools, slots: requests, takenSlots }: Requests,
  pins: Pins["slots"],
): ReadonlyMap<Definition, SlotChoice> {
  const chosen = new Map<Definition, SlotChoice>();
  const all = slotPools.flatMap(({ slots }) => slots);
  const poolOf = new Map<string, string>();
  for (const { definition, slots } of slotPools)
    for (const slot of slots) if (!poolOf.has(slotName(slot))) poolOf.set(slotName(slot), definition.name);
  const taken = new Set(takenSlots);
  const settle = (request: SlotRequest, { domain, bdf }: Address, pinned: boolean): void => {
    const name = slotName({ domain, bdf });
    const span = request.reading.scope.span(request.place);
    const from = poolOf.get(name)!;
    taken.add(name);
    chosen.set(request.link.definition, { kind: "slot", key: request.key, domain, bdf, from, pinned, span });
  };
  const lost = new Map<SlotRequest, string>();
  for (const request of requests) {
    const pin = pins.get(request.key);
    if (pin === undefined) continue;
    if (!poolOf.has(slotName(pin))) lost.set(request, "that is in no pool");
    else if (taken.has(slotName(pin))) lost.set(request, "another device has it");
    else settle(request, pin, true);
  }
  let next = 0;
  for (const request of requests) {
    if (chosen.has(request.link.definition)) continue;
    // What is taken is never given back, so nobody needs to look there again.
    while (next < all.length && taken.has(slotName(all[next]!))) next += 1;
    const slot = all[next];
    if (slot === undefined) {
      const pool = slotPools.map(({ definition }) => definition.name).join("`, `");
      request.reading.problem("jail-pool-full", { pool, wanted: "one", what: "more device" }, request.place);
      continue;
    }
    settle(request, slot, false);
    const why = lost.get(request);
    const pin = pins.get(request.key);
    if (why !== undefined && pin !== undefined) {
      const args = { key: request.key, from: pciAddressText(pin), to: pciAddressText(slot), why };
      const secondary = [{ place: at(pin.span), text: "pinned here" }];
      request.reading.problem("jail-pin-lost", args, request.place, { secondary });
    }
  }
  return chosen;
}
