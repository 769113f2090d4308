import type { SentInterrupt } from "./link-machine.js";

const mostEnds = 12;
const vectors = 16;

/** What an end is ready for, as far as its cell has set it. */
interface ModelledEnd {
  isThere: boolean;
  hasMemory: boolean;
  isMaster: boolean;
  /** The vectors lead to the cell, and MSI-X is on. */
  hasVectors: boolean;
  hears: boolean;
  isOneShot: boolean;
  state: number;
}

/** An end as a reset leaves it. */
function fresh(isThere: boolean): ModelledEnd {
  return {
    isThere,
    hasMemory: false,
    isMaster: false,
    hasVectors: false,
    hears: false,
    isOneShot: false,
    state: 0,
  };
}

/**
 * A link of three cells as its users see it: no registers, no tables, no messages. Vector n of an end is the interrupt
 * `firstVectors[id]` + n of the CPU with the id of the cell.
 */
export class LinkModel {
  private readonly ends = [fresh(true), fresh(false), fresh(false)];
  private readonly loadable = [false, false, false];
  private sent: SentInterrupt[] = [];

  constructor(private readonly firstVectors: readonly number[]) {}

  end(id: number): ModelledEnd {
    return this.ends[id]!;
  }

  get states(): readonly number[] {
    return this.ends.map(({ state }) => state);
  }

  takeInterrupts(): readonly SentInterrupt[] {
    const sent = this.sent;
    this.sent = [];
    return sent;
  }

  create(id: number): void {
    this.ends[id] = fresh(true);
    this.loadable[id] = false;
  }

  /** Nothing where the cell is loadable already. */
  load(id: number): void {
    if (!this.loadable[id]) this.reset(id);
    this.loadable[id] = true;
  }

  start(id: number): void {
    this.reset(id);
    this.loadable[id] = false;
  }

  destroy(id: number): void {
    this.reset(id);
    this.end(id).isThere = false;
  }

  private reset(id: number): void {
    const { state } = this.end(id);
    this.ends[id] = { ...fresh(true), state };
    this.setState(id, 0);
  }

  setState(id: number, state: number): void {
    const end = this.end(id);
    if (end.state === state) return;
    end.state = state;
    for (const peer of this.ends.keys()) if (peer !== id) this.interrupt(peer, 0);
  }

  ring(target: number, vector: number): void {
    if (vector < vectors && target < mostEnds && target in this.ends) this.interrupt(target, vector);
  }

  private interrupt(id: number, vector: number): void {
    const end = this.end(id);
    if (!end.hears) return;
    if (end.isOneShot) end.hears = false;
    if (end.hasVectors && end.isMaster) {
      this.sent.push({ destination: id, vector: this.firstVectors[id]! + vector });
    }
  }
}
