import type { Consequence, Errno } from "./consequence.js";
import type { CheckedConfig } from "./facts/checked-config.js";

/** The command that sets up a cell: the root cell's is `enable`. */
export function setupOf({ isRoot }: CheckedConfig): "create" | "enable" {
  return isRoot ? "enable" : "create";
}

/** The consequences of what the hypervisor refuses when it sets up a cell, as {@link setupOf} names them. */
export function refusedAtSetup(
  errno: Errno,
  text: string,
  prints: readonly string[] = [],
): Readonly<Record<"create" | "enable", Consequence>> {
  const refused = { outcome: "refused", errno, prints, text } as const;
  return { create: { step: "create", ...refused }, enable: { step: "enable", ...refused } };
}
