import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import type { CheckedConfig } from "./checked-config.js";

/** Bytes of the header of such a file, without its tables; 0 where the profile is not a built-in one. */
export function headerSize({ config }: CheckedConfig): number {
  const profile = resolveProfile(config.profile);
  return profile === undefined ? 0 : planOfProfile(profile).headers[config.kind].size;
}
