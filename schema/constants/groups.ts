/** All groups of constants, and how values of a profile read in their terms. */

import type { Profile } from "../layout/types.js";
import { apicModes, architectures, cellFlags, fpgaFlags, riscvIrqchips, systemFlags } from "./cell.js";
import { consoleFlags, consoleTypes, secondConsoleTypes } from "./console.js";
import type { ConstantDoc, ConstantGroup } from "./group.js";
import { iommuTypes, smmuArchitectures, smmuImplementations } from "./iommu.js";
import { limits, masks } from "./limits.js";
import { cacheFlags, cacheTypes, memoryFlags } from "./memory.js";
import {
  pciCapFlags,
  pciCapIds,
  pciCapMark,
  pciExtCapIds,
  pciTypes,
  shmemProtocols,
  virtioDevices,
} from "./pci.js";

/** In the order in which a header or a reference lists them. */
export const constantGroups: readonly ConstantGroup[] = [
  limits,
  architectures,
  systemFlags,
  cellFlags,
  memoryFlags,
  cacheTypes,
  cacheFlags,
  consoleTypes,
  secondConsoleTypes,
  consoleFlags,
  pciTypes,
  shmemProtocols,
  virtioDevices,
  pciCapMark,
  pciCapFlags,
  pciCapIds,
  pciExtCapIds,
  apicModes,
  iommuTypes,
  smmuArchitectures,
  smmuImplementations,
  riscvIrqchips,
  fpgaFlags,
  masks,
];

/** A name of a group in one profile. */
export interface GroupSymbol {
  readonly name: string;
  readonly short: string;
  readonly value: bigint;
  readonly text: string;
}

export function constantGroup(id: string): ConstantGroup | undefined {
  return constantGroups.find((group) => group.id === id);
}

/** The names of a group that the profile knows, by value; empty for a group that does not exist. */
export function symbolsOf(profile: Profile, groupId: string): readonly GroupSymbol[] {
  const symbols: GroupSymbol[] = [];
  for (const { name, short, text } of constantGroup(groupId)?.names ?? []) {
    const value = profile.constants.get(name);
    if (value !== undefined) symbols.push({ name, short, value, text });
  }
  return symbols.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
}

/**
 * The values that are a mark of the group plus a name of another group, as `ext:acs` and `virtio-back:net`; a mark that
 * is no name of the group itself is `ext`.
 */
export function sumsOf(
  profile: Profile,
  groupId: string,
): readonly { readonly short: string; readonly value: bigint }[] {
  const { marks, group } = constantGroup(groupId)?.sums ?? { marks: [], group: "" };
  const added = symbolsOf(profile, group);
  return marks.flatMap((name) => {
    const mark = profile.constants.get(name);
    if (mark === undefined) return [];
    const own = symbolsOf(profile, groupId).find((symbol) => symbol.name === name)?.short ?? "ext";
    return added.map(({ short, value }) => ({ short: `${own}:${short}`, value: mark + value }));
  });
}

/**
 * Takes a value apart into the names of a group.
 *
 * For flags: the short names of the bits that are set (a name of value zero is never listed), and the bits that have
 * no name. For an enumeration: the one name with that value; a value without a name is all unknown. In profiles where
 * a console's type is part of its flags, the short name of the type comes first.
 */
export function describeFlags(
  profile: Profile,
  groupId: string,
  value: bigint,
): { readonly names: readonly string[]; readonly unknownBits: bigint } {
  const group = constantGroup(groupId);
  const symbols = symbolsOf(profile, groupId);
  if (group === undefined || group.kind === "enum" || group.kind === "number") {
    const match = symbols.find((symbol) => symbol.value === value);
    return match === undefined
      ? { names: [], unknownBits: value }
      : { names: [match.short], unknownBits: 0n };
  }
  const names: string[] = [];
  let rest = value;
  for (const part of group.parts ?? []) {
    const mask = profile.constants.get(part.mask);
    if (mask === undefined) continue;
    const inside = value & mask;
    const match = symbolsOf(profile, part.group).find((symbol) => symbol.value === inside);
    if (match === undefined) continue;
    names.push(match.short);
    rest &= ~mask;
  }
  for (const symbol of symbols) {
    if (symbol.value !== 0n && (rest & symbol.value) === symbol.value) {
      names.push(symbol.short);
      rest &= ~symbol.value;
    }
  }
  return { names, unknownBits: rest };
}

/** The documentation of a constant by its C name, and the group it belongs to. */
export function constantDoc(
  name: string,
): { readonly doc: ConstantDoc; readonly group: ConstantGroup } | undefined {
  return docsByName().get(name);
}

let knownDocs: ReadonlyMap<string, { readonly doc: ConstantDoc; readonly group: ConstantGroup }> | undefined;

function docsByName(): NonNullable<typeof knownDocs> {
  knownDocs ??= new Map(
    constantGroups.flatMap((group) => group.names.map((doc) => [doc.name, { doc, group }] as const)),
  );
  return knownDocs;
}
