interface Timer {
  readonly time: number;
  readonly action: () => void;
}

/** Actions by their time; those of the same time in the order in which they were put in. */
export class TimerQueue {
  private readonly timers: Timer[] = [];

  /** Of the next action; infinity without any. */
  get nextTime(): number {
    return this.timers[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  add(time: number, action: () => void): () => void {
    const timer = { time, action };
    let low = 0;
    let high = this.timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.timers[middle]!.time <= time) low = middle + 1;
      else high = middle;
    }
    this.timers.splice(low, 0, timer);
    return () => {
      const place = this.timers.indexOf(timer);
      if (place !== -1) this.timers.splice(place, 1);
    };
  }

  /** Takes the next action out. */
  take(): () => void {
    return this.timers.shift()!.action;
  }
}
