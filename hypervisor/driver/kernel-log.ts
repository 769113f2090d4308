/** Lines that are kept: a simulation may run for long. */
const keptLines = 8192;

/** The kernel's log, as `dmesg` shows it without times: the last lines. */
export class KernelLog {
  private readonly kept: string[] = [];
  private readonly listeners = new Set<(line: string) => void>();

  add(line: string): void {
    this.kept.push(line);
    if (this.kept.length > keptLines) this.kept.splice(0, this.kept.length - keptLines);
    for (const listener of this.listeners) listener(line);
  }

  get lines(): readonly string[] {
    return this.kept;
  }

  /** @returns what ends it */
  listen(listener: (line: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
