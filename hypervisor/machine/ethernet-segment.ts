import type { Timers } from "./virtual-clock.js";

/** A card that hears what others send. */
export interface Listener {
  receive(frame: Uint8Array): void;
}

/** Nanoseconds from one card to another. */
const latency = 5000;

/** A wire that joins network cards. */
export class EthernetSegment {
  private readonly cards: Listener[] = [];

  constructor(private readonly timers: Timers) {}

  add(card: Listener): void {
    this.cards.push(card);
  }

  /** To all cards but the one that sends. */
  send(from: Listener, frame: Uint8Array): void {
    this.timers.at(this.timers.now + latency, () => {
      for (const card of this.cards) if (card !== from) card.receive(frame);
    });
  }
}
