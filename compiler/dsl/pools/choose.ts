import type { Lowering } from "../lower/lowering.js";
import type { Definition, Instance, PciAddressValue } from "../names/scope.js";
import type { ByInstance, Choice, Choices, InterruptsChoice, Pins, SlotChoice } from "./choices.js";
import { chooseInterrupts } from "./choose-interrupts.js";
import { MemoryChooser, type PlaceOfRegion } from "./choose-memory.js";
import { chooseSlots } from "./choose-slots.js";
import type { Requests } from "./requests.js";

/** Makes the choices of a machine. Memory can be asked for while it is being chosen, everything else when that is done. */
export class ChoicesMade implements Choices {
  private readonly memory: MemoryChooser;
  private readonly slots: ReadonlyMap<Definition, SlotChoice>;
  private readonly interrupts: ByInstance<InterruptsChoice>;

  /** The places as in {@link MemoryChooser}. */
  constructor(
    private readonly requests: Requests,
    pins: Pins,
    knownPlaceOf: PlaceOfRegion,
    regionOf: PlaceOfRegion,
  ) {
    this.memory = new MemoryChooser(requests, pins.memory, knownPlaceOf, regionOf);
    this.slots = chooseSlots(requests, pins.slots);
    this.interrupts = chooseInterrupts(requests, pins.interrupts);
  }

  /** Chooses all memory that nobody has asked for yet. */
  chooseMemory(lowering: Lowering): void {
    this.memory.chooseAll(lowering);
  }

  /** Memory, then slots, then interrupts, each in the order of the text. */
  get all(): readonly Choice[] {
    const { slots, interrupts } = this.requests;
    return [
      ...this.memory.choices,
      ...slots.flatMap(({ link }) => this.slots.get(link.definition) ?? []),
      ...interrupts.flatMap(({ instance }) => this.interrupts.get(instance) ?? []),
    ];
  }

  memoryOf(instance: Instance): { readonly start: bigint; readonly size: bigint } | undefined {
    return this.memory.placeOf(instance);
  }

  interruptsOf(instance: Instance): bigint | undefined {
    const choice = this.interrupts.get(instance);
    return choice === undefined ? undefined : BigInt(choice.first);
  }

  slotOf(link: Definition): PciAddressValue | undefined {
    const choice = this.slots.get(link);
    return choice === undefined ? undefined : { kind: "address", domain: choice.domain, bdf: choice.bdf };
  }
}
