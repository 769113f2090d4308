/** One line on a terminal that says how far a long run has come; nothing anywhere else. */

import type { Io } from "./io.js";

/** Runs shorter than this many inputs are over before anyone could read a line. */
const worthShowing = 50;

export class Progress {
  private shown = false;
  private count = 0;

  private constructor(
    private readonly io: Io,
    private readonly total: number,
    private readonly columns: number,
  ) {}

  static async start(io: Io, total: number): Promise<Progress> {
    const terminal = total < worthShowing ? undefined : await io.errorTerminal();
    return new Progress(io, total, terminal?.columns ?? 0);
  }

  step(name: string): void {
    this.count += 1;
    if (this.columns === 0) return;
    this.shown = true;
    const text = `[${this.count}/${this.total}] ${name}`.slice(0, this.columns - 1);
    this.io.writeError(`\r\u001b[K${text}`);
  }

  end(): void {
    if (this.shown) this.io.writeError("\r\u001b[K");
  }
}
