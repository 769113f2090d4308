/** Reads the counters of a cell, or of one of its CPUs: values by name. */
export type ReadCounters = (cpu: number | null) => ReadonlyMap<string, number>;

export interface ScreenLine {
  readonly text: string;
  /** The whole line stands out. */
  readonly isReversed: boolean;
}

interface Sample {
  readonly time: number;
  readonly values: ReadonlyMap<string, number>;
}

const footer = " Q - Quit | C - Toggle CPU | A - All CPUs";
const columns = { sum: 30, rate: 40 } as const;

/**
 * The screen of `cell stats` (tools/jailhouse-cell-stats): counters, and how much they grow a second. Those that grew most come
 * first; in the first picture, the largest.
 */
export class StatsView {
  /** Index of the CPU that is shown; null for all together. */
  private shown: number | null = null;
  private last: Sample | null = null;

  constructor(
    private readonly cellName: string,
    /** Ascending. */
    private readonly cpus: readonly number[],
    private readonly read: ReadCounters,
  ) {}

  /** @returns whether the user wants to leave */
  press(key: string): boolean {
    if (key === "q") return true;
    if (key === "c" && this.cpus.length > 0) this.show(((this.shown ?? -1) + 1) % this.cpus.length);
    if (key === "a") this.show(null);
    return false;
  }

  private show(index: number | null): void {
    this.shown = index;
    this.last = null;
  }

  /** @param time in seconds; @param height, width of the screen in characters: what does not fit is cut off */
  screen(time: number, height: number, width: number): readonly ScreenLine[] {
    const cpu = this.shown === null ? null : this.cpus[this.shown]!;
    const values = this.read(cpu);
    const of = cpu === null ? "All CPUs" : `CPU ${cpu}`;
    const header = `COUNTER (${of})`.padEnd(columns.sum) + "SUM".padStart(10) + "PER SEC".padStart(10);
    const body = this.sorted(values).map((name) => this.line(name, values, time));
    const lines = [`Statistics for ${this.cellName} cell`, "", header, ...body].slice(0, height - 1);
    while (lines.length < height - 1) lines.push("");
    this.last = { time, values };
    return [...lines, footer].map((text, index) => {
      const isReversed = index === 2 || index === height - 1;
      return { text: (isReversed ? text.padEnd(width) : text).slice(0, width), isReversed };
    });
  }

  private sorted(values: ReadonlyMap<string, number>): readonly string[] {
    const growth = (name: string): number =>
      this.last === null ? 0 : values.get(name)! - this.last.values.get(name)!;
    return [...values.keys()].sort(
      (one, other) =>
        growth(other) - growth(one) ||
        values.get(other)! - values.get(one)! ||
        (one < other ? -1 : one > other ? 1 : 0),
    );
  }

  private line(name: string, values: ReadonlyMap<string, number>, time: number): string {
    const value = values.get(name)!;
    const sum = name.padEnd(columns.sum) + String(value).padStart(10);
    if (this.last === null) return sum;
    const passed = time - this.last.time;
    const rate = passed > 0 ? (value - this.last.values.get(name)!) / passed : 0;
    return sum + String(halfToEven(rate)).padStart(10);
  }
}

/** As Python rounds. */
function halfToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
