import type { ArmPlatform, Platform } from "../../ir/platform.js";
import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";

/** What the system of a set says of the machine, and where. */
export interface StatedPlatform {
  readonly system: CheckedConfig;
  readonly platform: Platform;
}

/** Undefined without a system, and before systems said anything (July 2014). */
export function statedPlatform({ system }: CheckedSet): StatedPlatform | undefined {
  const platform = system?.system?.platform ?? undefined;
  return system === null || platform === undefined ? undefined : { system, platform };
}

/** Undefined for cells other than the root cell, and for machines other than ARM's. */
export function armPlatformOf(config: CheckedConfig): ArmPlatform | undefined {
  return config.system?.platform?.arm ?? undefined;
}
