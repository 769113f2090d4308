import type { Instance, Scope, StatementDefinition } from "../names/scope.js";

/**
 * Names for those who ask, under which the lock file keeps what they got. They are made of what people call things and
 * never of positions, so that a line more or less changes none: `linux.ram`, `linux 1M from inmates`, `demo`. Of equal
 * ones the second and further are counted.
 */
export class Keys {
  private readonly used = new Map<string, number>();

  /**
   * @param owner the cell in which the line stands; null at the top of a file
   * @param name what the line calls it; null where it has no name
   */
  ofMemory(
    owner: StatementDefinition | null,
    name: string | null,
    instance: Instance,
    size: bigint,
    from: string,
  ): string {
    const asked = name ?? `${spelledSize(size)} from ${from}`;
    const between = owner === null ? "" : name === null ? " " : ".";
    return this.unique(`${owner?.name ?? ""}${between}${asked}${roundOf(instance)}`);
  }

  /** @param kind what of the link, where others have names of the same form */
  ofLink({ name, instance }: StatementDefinition, kind: "link " | ""): string {
    return this.unique(`${kind}${name}${roundOf(instance)}`);
  }

  /** Cells have names of their own. */
  ofCell({ name }: StatementDefinition): string {
    return this.unique(name);
  }

  private unique(key: string): string {
    const count = (this.used.get(key) ?? 0) + 1;
    this.used.set(key, count);
    return count === 1 ? key : `${key} (${count})`;
  }
}

/**
 * The rounds of the loops around a line, as in `[2]` or `[0,3]`; empty outside of loops. Of a line of a fragment they are
 * those around each `use` that led to it, which has the loops around the declaration of the fragment around it as well.
 */
function roundOf({ scope }: Instance): string {
  const rounds: bigint[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.usedIn ?? at.parent)
    if (at.round !== null) rounds.unshift(at.round);
  return rounds.length === 0 ? "" : `[${rounds.join(",")}]`;
}

const units = [
  ["T", 40n],
  ["G", 30n],
  ["M", 20n],
  ["K", 10n],
] as const;

/** As in the language: `64K`, where no unit divides it `0x1234`. */
export function spelledSize(size: bigint): string {
  const unit = units.find(([, shift]) => size !== 0n && size % (1n << shift) === 0n);
  return unit === undefined ? `0x${size.toString(16)}` : `${size >> unit[1]}${unit[0]}`;
}
