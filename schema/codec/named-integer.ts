/** Integers as people write them: names of flags and choices, and sizes with a unit. */

import { constantGroup, sumsOf, symbolsOf } from "../constants/groups.js";
import type { Unit } from "../docs/field-doc.js";
import { fieldDoc } from "../docs/fields.js";
import type { Profile } from "../layout/types.js";

export type NamedInteger = { readonly value: bigint } | { readonly problem: string };

const binaryUnits: Readonly<Record<string, bigint>> = {
  B: 1n,
  KiB: 1n << 10n,
  MiB: 1n << 20n,
  GiB: 1n << 30n,
  TiB: 1n << 40n,
};

const sized: ReadonlySet<Unit | undefined> = new Set(["bytes", "physical address", "virtual address"]);

/**
 * The value of a text that is no plain number: `read|write` (short or C names, numbers among them) in a field of
 * flags, `ivshmem` in one of choices, `ext:acs` where a mark is added to one, `64 KiB` in a size or an address. Undefined where the field takes neither.
 *
 * @param layout name of the struct that holds the field
 */
export function namedInteger(
  profile: Profile,
  layout: string,
  field: string,
  text: string,
): NamedInteger | undefined {
  const doc = fieldDoc(layout, field);
  if (sized.has(doc?.unit)) {
    const match = /^(\d{1,20}) ?(B|[KMGT]iB)$/.exec(text);
    if (match !== null) return { value: BigInt(match[1]!) * binaryUnits[match[2]!]! };
  }
  const group = doc?.values === undefined ? undefined : constantGroup(doc.values);
  if (group === undefined) return undefined;
  const groups = [group.id, ...(group.parts ?? []).map((part) => part.group)];
  const symbols = groups.flatMap((id) => symbolsOf(profile, id));
  const sum = sumsOf(profile, group.id).find(({ short }) => short === text);
  if (sum !== undefined) return { value: sum.value };
  const names = text.split("|").map((name) => name.trim());
  if (names.length > 1 && group.kind !== "flags")
    return { problem: `${quoted(text)} names several values, ${field} holds one` };
  let value = 0n;
  for (const name of names) {
    const symbol = symbols.find(({ short, name: inC }) => short === name || inC === name);
    const number = symbol?.value ?? numberOf(name);
    if (number === undefined) {
      const known = symbols.slice(0, 20).map(({ short }) => short);
      return { problem: `${profile.id} has no ${quoted(name)} for ${field}; it knows ${known.join(", ")}` };
    }
    value |= number;
  }
  return { value };
}

function numberOf(text: string): bigint | undefined {
  return /^(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,20})$/.test(text) ? BigInt(text) : undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
