import type { Instance } from "../names/scope.js";

/** `name = value` in the block of a statement that makes a struct. */
export interface RawSetting {
  readonly instance: Instance;
}

/** Which raw fields each node of the model gets. They are applied to its struct once that is laid out. */
export class RawStore {
  private readonly settings = new Map<object, RawSetting[]>();

  add(node: object, setting: RawSetting): void {
    const known = this.settings.get(node);
    if (known === undefined) this.settings.set(node, [setting]);
    else known.push(setting);
  }

  of(node: object): readonly RawSetting[] {
    return this.settings.get(node) ?? [];
  }

  /** A node was replaced by another one that says the same and more. */
  move(from: object, to: object): void {
    const settings = this.settings.get(from);
    if (settings === undefined || from === to) return;
    this.settings.delete(from);
    this.settings.set(to, [...(this.settings.get(to) ?? []), ...settings]);
  }

  /** The settings of nodes other than these: nothing of the file is made of them. */
  settingsBeside(nodes: ReadonlySet<object>): readonly RawSetting[] {
    return [...this.settings].flatMap(([node, settings]) => (nodes.has(node) ? [] : settings));
  }

  get isEmpty(): boolean {
    return this.settings.size === 0;
  }
}
