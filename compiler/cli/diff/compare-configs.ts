/** Compares configs of any two revisions: in the terms of one of them. */

import { layoutKey } from "../../../schema/codec/detect.js";
import type { WireConfig } from "../../../schema/codec/wire.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import { type IrToWireOptions, irToWire } from "../../emit/ir-to-wire.js";
import { type Loss, pathInFile } from "../../emit/revise-losses.js";
import type { Config } from "../../ir/config.js";
import { type Difference, differences } from "./differences.js";

/**
 * Empty for configs that say the same and are for the same hypervisors. Where the layouts differ, one config is
 * rewritten in the other's revision, whichever way loses less; what is lost on the way is a difference too.
 */
export function compareConfigs(before: WireConfig, after: WireConfig): readonly Difference[] {
  if (layoutKey(before.profile) === layoutKey(after.profile) || before.kind !== after.kind) {
    return differences(before, after);
  }
  const [old, young] = [wireToIr(before), wireToIr(after)];
  // Where one revision says the architecture and the other does not, the two do not differ in it.
  const forwards = irToWire(old, after.profile, knownArchitecture(young));
  const backwards = irToWire(young, before.profile, knownArchitecture(old));
  const inNewTerms = forwards.losses.length <= backwards.losses.length;
  const found = inNewTerms ? differences(forwards.wire, after) : differences(before, backwards.wire);
  const lost = inNewTerms
    ? forwards.losses.map(
        (loss): Difference => ({ kind: "removed", path: pathInFile(loss.path), before: textOf(loss) }),
      )
    : backwards.losses.map(
        (loss): Difference => ({ kind: "added", path: pathInFile(loss.path), after: textOf(loss) }),
      );
  const profile: Difference = {
    kind: "changed",
    path: "profile",
    before: before.profile.id,
    after: after.profile.id,
  };
  return [profile, ...found, ...lost];
}

function knownArchitecture({ architecture }: Config): IrToWireOptions {
  return architecture === null ? {} : { architecture };
}

function textOf({ value, why }: Loss): string {
  return value === "" ? why : `${value} (${why})`;
}
