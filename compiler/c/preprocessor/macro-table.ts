import type { Macro } from "./macro.js";

/** Macros that nobody changes any more: those of a target, or those behind headers that many configs share. */
export type KnownMacros = ReadonlyMap<string, Macro>;

/** Macros by name. It goes on from known ones without a copy: there are hundreds, of which a config changes few. */
export class MacroTable {
  /** Null for a known one that is not defined any more. */
  private readonly changed = new Map<string, Macro | null>();

  constructor(private readonly known: KnownMacros) {}

  get(name: string): Macro | undefined {
    const changed = this.changed.size > 0 ? this.changed.get(name) : undefined;
    return changed === undefined ? this.known.get(name) : (changed ?? undefined);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, macro: Macro): void {
    this.changed.set(name, macro);
  }

  delete(name: string): void {
    if (this.has(name)) this.changed.set(name, null);
  }

  /** In the order in which the names were first defined, whether known or not. */
  *[Symbol.iterator](): Iterator<readonly [string, Macro]> {
    for (const name of this.known.keys()) yield* this.entry(name);
    for (const name of this.changed.keys()) if (!this.known.has(name)) yield* this.entry(name);
  }

  private *entry(name: string): Iterable<readonly [string, Macro]> {
    const macro = this.get(name);
    if (macro !== undefined) yield [name, macro];
  }

  /** All of them as they are now. */
  copy(): KnownMacros {
    return new Map(this);
  }
}
