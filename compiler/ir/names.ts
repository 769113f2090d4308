/**
 * Flags and choices by meaning. The same bit means different things in different revisions (0x20 of a memory region
 * is COMM_REGION today and was LOADABLE in 2014), so the IR holds names, never the numbers of one revision. A name is
 * that of the C constant in the newest revision that has it; `constants.ts` knows the older ones.
 */

export interface FlagSet {
  /** In the order of the newest revision's bits, each once. */
  readonly names: readonly string[];
  /** Bits that have no name in the revision the config was read in. */
  readonly unknown: bigint;
}

/** The name of a constant, or a number that has no name in the revision the config was read in. */
export type Choice = string | number;

export const noFlags: FlagSet = { names: [], unknown: 0n };

export function flagSet(...names: readonly string[]): FlagSet {
  return { names, unknown: 0n };
}

export function hasFlag(flags: FlagSet, name: string): boolean {
  return flags.names.includes(name);
}

/** What a config says that leaves the field alone: the zero of a choice, in profiles that have a name for it. */
const neutralChoices: ReadonlySet<Choice> = new Set([
  0,
  "JAILHOUSE_APIC_MODE_AUTO",
  "JAILHOUSE_CON_TYPE_NONE",
]);

/** True for a choice that means the same as not having the field. */
export function isNeutral(choice: Choice): boolean {
  return neutralChoices.has(choice);
}
