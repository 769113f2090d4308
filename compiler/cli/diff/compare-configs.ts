/** Compares configs of any two revisions: in the terms of one of them. */

import { layoutKey } from "../../../schema/codec/detect.js";
import type { WireConfig } from "../../../schema/codec/wire.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import { irToWire } from "../../emit/ir-to-wire.js";
import type { Loss } from "../../emit/revise-losses.js";
import { type Difference, differences } from "./differences.js";

/**
 * Empty for configs that say the same and are for the same hypervisors. Where the layouts differ, one config is
 * rewritten in the other's revision, whichever way loses less; what is lost on the way is a difference too.
 */
export function compareConfigs(before: WireConfig, after: WireConfig): readonly Difference[] {
  if (layoutKey(before.profile) === layoutKey(after.profile) || before.kind !== after.kind) {
    return differences(before, after);
  }
  const forwards = irToWire(wireToIr(before), after.profile);
  const backwards = irToWire(wireToIr(after), before.profile);
  const inNewTerms = forwards.losses.length <= backwards.losses.length;
  const found = inNewTerms ? differences(forwards.wire, after) : differences(before, backwards.wire);
  const lost = inNewTerms
    ? forwards.losses.map((loss): Difference => ({ kind: "removed", path: loss.path, before: textOf(loss) }))
    : backwards.losses.map((loss): Difference => ({ kind: "added", path: loss.path, after: textOf(loss) }));
  const profile: Difference = {
    kind: "changed",
    path: "profile",
    before: before.profile.id,
    after: after.profile.id,
  };
  return [profile, ...found, ...lost];
}

function textOf({ value, why }: Loss): string {
  return value === "" ? why : `${value} (${why})`;
}
