/**
 * A map made of small changes stacked on each other. Making a layer costs what it changes; the whole map is put
 * together only where somebody asks for it.
 */

export interface Layer<T> {
  readonly below: Layer<T> | null;
  /** What this layer sets; null takes the entry away. */
  readonly entries: ReadonlyMap<string, T | null>;
}

export const bottomLayer: Layer<never> = { below: null, entries: new Map() };

/** The entry as the topmost layer that speaks of it has it. */
export function lookUp<T>(layer: Layer<T>, name: string): T | undefined {
  for (let step: Layer<T> | null = layer; step !== null; step = step.below) {
    const entry = step.entries.get(name);
    if (entry !== undefined) return entry ?? undefined;
  }
  return undefined;
}

/** All entries, in the order in which they were first set. */
export function flatten<T>(layer: Layer<T>): Map<string, T> {
  const layers: Layer<T>[] = [];
  for (let step: Layer<T> | null = layer; step !== null; step = step.below) layers.push(step);
  const flat = new Map<string, T>();
  for (const { entries } of layers.reverse()) {
    for (const [name, entry] of entries) {
      if (entry === null) flat.delete(name);
      else flat.set(name, entry);
    }
  }
  return flat;
}
