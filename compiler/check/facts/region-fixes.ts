import type { MemoryRegion } from "../../ir/memory.js";
import type { RuleFix } from "../define-rule.js";
import type { Change } from "../fix.js";
import { flagsText, hex } from "../words.js";
import type { Region } from "./region.js";

/** Changes of memory regions that several rules offer. */

export function setField(
  region: Region,
  field: "physStart" | "virtStart" | "size",
  value: MemoryRegion["size"],
): Change {
  return { kind: "set", at: { ...region.spot(), field }, value };
}

/** Flags without effect only: what a cell may do is not for a fix to say. */
export function dropFlags(region: Region, flags: readonly string[]): RuleFix {
  const at = { ...region.spot(), field: "flags" };
  return {
    title: `drop ${flagsText(region, flags)}`,
    changes: flags.map((name): Change => ({ kind: "flag", at, name, on: false })),
  };
}

/** Two regions of one, the second with the address `cut` of the machine as its start. */
export function splitAt(region: Region, cut: bigint): RuleFix {
  const { physStart, virtStart, size } = region.node;
  const before = cut - physStart;
  const values = { physStart: cut, virtStart: virtStart + before, size: size - before };
  return {
    title: `split at ${hex(cut)}`,
    changes: [setField(region, "size", before), { kind: "copy", at: region.spot(), values }],
  };
}
