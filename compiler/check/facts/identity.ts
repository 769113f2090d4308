import type { CheckedConfig } from "./checked-config.js";

/** What the first bytes of a file say, where they are not what its kind and profile want. */

/** The signature in the file; undefined where it is the right one, or the format has none (before August 2015). */
export function wrongSignature({ config }: CheckedConfig): string | undefined {
  const { signature } = config.extra;
  return typeof signature === "string" ? signature : undefined;
}

/** The revision in the file; undefined where it is that of the profile, or the format has none (before late 2016). */
export function wrongRevision({ config }: CheckedConfig): number | undefined {
  const { revision } = config.extra;
  return typeof revision === "number" ? revision : undefined;
}
