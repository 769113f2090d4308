import type { Macro } from "./macro.js";

/**
 * Macros that nobody changes any more: those of a target, or those behind headers that many configs share. Most are
 * never used: they may be given as text, which is read at the first use.
 */
export class KnownMacros {
  constructor(
    private readonly entries: Map<string, Macro | string>,
    private readonly read: (text: string) => Macro,
  ) {}

  get(name: string): Macro | undefined {
    const entry = this.entries.get(name);
    if (typeof entry !== "string") return entry;
    const macro = this.read(entry);
    this.entries.set(name, macro);
    return macro;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  names(): Iterable<string> {
    return this.entries.keys();
  }

  /** A copy without some of them, with some in the place of others, and with more behind them. */
  with(removed: ReadonlySet<string>, changed: ReadonlyMap<string, Macro>): KnownMacros {
    const entries = new Map(this.entries);
    for (const name of removed) entries.delete(name);
    for (const [name, macro] of changed) entries.set(name, macro);
    return new KnownMacros(entries, this.read);
  }
}

/**
 * Macros by name: a `Map` in all but its cost. It goes on from known macros without a copy: there are hundreds, of which
 * a config changes few.
 */
export class MacroTable {
  private readonly changed = new Map<string, Macro>();
  /** Known ones that are not defined any more, or were after that and stand in `changed`. */
  private readonly removed = new Set<string>();

  constructor(private readonly known: KnownMacros) {}

  get(name: string): Macro | undefined {
    const changed = this.changed.size > 0 ? this.changed.get(name) : undefined;
    if (changed !== undefined) return changed;
    return this.removed.size > 0 && this.removed.has(name) ? undefined : this.known.get(name);
  }

  has(name: string): boolean {
    return this.changed.has(name) || (this.known.has(name) && !this.removed.has(name));
  }

  set(name: string, macro: Macro): void {
    this.changed.set(name, macro);
  }

  delete(name: string): void {
    this.changed.delete(name);
    if (this.known.has(name)) this.removed.add(name);
  }

  /** In the order of a `Map`: a name stands where it was first defined since it was last deleted. */
  *[Symbol.iterator](): Iterator<[string, Macro]> {
    for (const name of this.known.names()) if (!this.removed.has(name)) yield [name, this.get(name)!];
    for (const entry of this.changed) {
      if (!this.known.has(entry[0]) || this.removed.has(entry[0])) yield entry;
    }
  }

  /** All of them as they are now. */
  copy(): KnownMacros {
    return this.known.with(this.removed, this.changed);
  }
}
