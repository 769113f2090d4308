import { WireValueError } from "./wire-value-error.js";

/**
 * Which member of a union a file means. Overlapping members describe the same bytes, so one of them is shown and the
 * bytes it leaves out are kept as residue: the choice decides readability, never what is written back.
 */

/** The families of machines whose platform data differ. */
export type PlatformFamily = "x86" | "arm" | "riscv";

export interface ViewContext {
  /** Null where the architecture byte holds a value that no constant of the profile names. */
  readonly family: PlatformFamily | null;
  readonly constants: ReadonlyMap<string, bigint>;
}

type Discriminator =
  /** The member named like the family of the machine. */
  | { readonly by: "family" }
  /** The member that belongs to the constant whose value the integer field holds; none for other values. */
  | {
      readonly by: "constant";
      readonly field: string;
      readonly members: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly by: "always"; readonly member: string };

/** By name of the struct or union layout that holds the overlapping members. */
const discriminators: Readonly<Record<string, Discriminator>> = {
  "jailhouse_system.platform_info": { by: "family" },
  jailhouse_iommu: {
    by: "constant",
    field: "type",
    members: {
      JAILHOUSE_IOMMU_AMD: ["amd"],
      JAILHOUSE_IOMMU_INTEL: ["intel"],
      JAILHOUSE_IOMMU_SMMUV3: ["smmuv3"],
      JAILHOUSE_IOMMU_PVU: ["tipvu", "pvu"],
      JAILHOUSE_IOMMU_ARM_MMU500: ["arm_mmu500"],
    },
  },
  jailhouse_stream_id: { by: "always", member: "id" },
};

/**
 * Names the overlapping member to show, or null for none of them. A union that is not declared here shows its first
 * member.
 *
 * @param layout name of the struct or union layout
 * @param members the overlapping members, in declaration order
 * @param integer reads an integer field of the same struct; undefined where there is no such field
 */
export function chooseView(
  layout: string,
  members: readonly string[],
  integer: (field: string) => bigint | undefined,
  context: ViewContext,
): string | null {
  const discriminator = discriminators[layout];
  switch (discriminator?.by) {
    case undefined:
      return members[0] ?? null;
    case "family":
      return context.family !== null && members.includes(context.family) ? context.family : null;
    case "always":
      return members.includes(discriminator.member) ? discriminator.member : null;
    case "constant": {
      const value = integer(discriminator.field);
      for (const [constant, candidates] of Object.entries(discriminator.members)) {
        if (value === undefined || context.constants.get(constant) !== value) continue;
        return candidates.find((member) => members.includes(member)) ?? null;
      }
      return null;
    }
  }
}

/** The field whose value {@link chooseView} asks for; undefined where it asks for none. */
export function discriminatingField(layout: string): string | undefined {
  const discriminator = discriminators[layout];
  return discriminator?.by === "constant" ? discriminator.field : undefined;
}

/**
 * Which set of overlapping fields `value` gives: its index, or -1 for none.
 *
 * @throws WireValueError for fields of two sets
 */
export function givenAlternative(
  value: { readonly [field: string]: unknown },
  alternatives: readonly (readonly string[])[],
): number {
  const given = alternatives.flat().filter((name) => value[name] !== undefined);
  const [first] = given;
  if (first === undefined) return -1;
  const index = alternatives.findIndex((names) => names.includes(first));
  const stranger = given.find((name) => !alternatives[index]!.includes(name));
  if (stranger === undefined) return index;
  throw new WireValueError(`${first} and ${stranger} describe the same bytes: only one can be given`);
}

/** The architecture constants and the family each belongs to. */
const architectureConstants: Readonly<Record<string, PlatformFamily>> = {
  JAILHOUSE_X86: "x86",
  JAILHOUSE_ARM: "arm",
  JAILHOUSE_ARM64: "arm",
  JAILHOUSE_RISCV64: "riscv",
};

/** The family that the value of an architecture byte (revision 14 and later) names. */
export function familyOfArchitecture(
  value: bigint,
  constants: ReadonlyMap<string, bigint>,
): PlatformFamily | null {
  for (const [constant, family] of Object.entries(architectureConstants)) {
    if (constants.get(constant) === value) return family;
  }
  return null;
}
