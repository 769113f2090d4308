import { type SystemConfig, systemFlags } from "../core/config/cell-config.js";
import { HypervisorConsole } from "../core/console.js";
import type { ConsoleSource } from "./console-reader.js";

/** The console of each hypervisor, and what the last one has left (driver/main.c:153-180). */
export class KeptConsoles implements ConsoleSource {
  private readonly listeners = new Set<(text: string) => void>();
  private shown: HypervisorConsole | null = null;
  private kept: ConsoleSource["last"] = null;
  private count = 0;
  private isOpen = false;
  isReadable = false;

  get current(): HypervisorConsole | null {
    return this.isOpen ? this.shown : null;
  }

  get last(): ConsoleSource["last"] {
    return this.kept;
  }

  /** What is left is forgotten as soon as there is memory for a new hypervisor. */
  forget(): void {
    this.kept = null;
  }

  begin({ flags }: SystemConfig): HypervisorConsole {
    this.isReadable = (flags & systemFlags.virtualDebugConsole) !== 0;
    this.shown = new HypervisorConsole();
    this.shown.listen((text) => {
      for (const listener of this.listeners) listener(text);
    });
    return this.shown;
  }

  open(): void {
    this.isOpen = true;
  }

  /** Keeps what was printed, where it may be read. */
  end(): void {
    this.isOpen = false;
    if (this.isReadable) this.kept = { id: ++this.count, console: this.shown! };
  }

  listen(listener: (text: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
