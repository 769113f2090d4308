/** Something that a config says and the target profile cannot say. */
export interface Loss {
  readonly what: LossKind;
  /** Where in the IR, e.g. `rootCell.memoryRegions[3].flags`. */
  readonly path: string;
  /** What gets lost, for people. */
  readonly value: string;
  /** A sentence without a full stop. */
  readonly why: string;
}

export type LossKind =
  /** The profile has no field or table for it. */
  | "no-field"
  /** The field is too narrow. */
  | "does-not-fit"
  /** A flag or choice that the profile does not have. */
  | "no-such-name"
  /** A number that has no meaning where it comes from and another one in the profile. */
  | "other-meaning"
  /** The profile takes another value for granted. */
  | "fixed-in-profile"
  /** The profile wants something that the config does not say. */
  | "not-said"
  /** Fields, counts or bytes that belong to the profile the config was read in. */
  | "not-modelled";

export function hex(value: number | bigint): string {
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}
