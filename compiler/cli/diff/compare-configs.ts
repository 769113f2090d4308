/** Compares configs of any two revisions: in the terms of one of them. */

import { layoutKey } from "../../../schema/codec/detect.js";
import { descriptionOf } from "../../../schema/codec/profile-plan.js";
import type { WireConfig, WireValue } from "../../../schema/codec/wire.js";
import type { Profile } from "../../../schema/layout/types.js";
import { wireToIr } from "../../decompile/wire-to-ir.js";
import { type IrToWireOptions, irToWire } from "../../emit/ir-to-wire.js";
import { type Loss, pathInFile } from "../../emit/revise-losses.js";
import type { Config } from "../../ir/config.js";
import { lossValue } from "../show/loss-value.js";
import { type Difference, differences } from "./differences.js";

/**
 * Of configs of two kinds, the root cell of the system is compared with the cell.
 *
 * Empty for configs that say the same and are for the same hypervisors. Where the layouts differ, one config is
 * rewritten in the other's revision, whichever way loses less; what is lost on the way is a difference too.
 */
export function compareConfigs(before: WireConfig, after: WireConfig): readonly Difference[] {
  if (before.kind !== after.kind) {
    const kind: Difference = { kind: "changed", path: "kind", before: before.kind, after: after.kind };
    return [kind, ...compareConfigs(asCell(before), asCell(after))];
  }
  if (layoutKey(before.profile) === layoutKey(after.profile)) {
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
        (loss): Difference => ({
          kind: "removed",
          path: pathInFile(loss.path),
          before: textOf(loss, before.profile),
        }),
      )
    : backwards.losses.map(
        (loss): Difference => ({
          kind: "added",
          path: pathInFile(loss.path),
          after: textOf(loss, after.profile),
        }),
      );
  const profile: Difference = {
    kind: "changed",
    path: "profile",
    before: before.profile.id,
    after: after.profile.id,
  };
  return [profile, ...found, ...lost];
}

/** The root cell of a system as a cell of its own, with what the system says about the whole file. */
function asCell(config: WireConfig): WireConfig {
  const { kind, profile, header } = config;
  if (kind === "cell") return config;
  const signature = profile.signatures?.cell;
  const described: Record<string, WireValue> = { ...descriptionOf(config) };
  const fields = new Set(profile.structs.get("jailhouse_cell_desc")?.fields.map(({ name }) => name));
  if (signature !== undefined && fields.has("signature")) described.signature = signature;
  for (const name of ["revision", "architecture"]) {
    const value = header[name];
    if (value !== undefined && fields.has(name)) described[name] = value;
  }
  return { ...config, kind: "cell", header: described };
}

function knownArchitecture({ architecture }: Config): IrToWireOptions {
  return architecture === null ? {} : { architecture };
}

function textOf(loss: Loss, profile: Profile): string {
  const { why } = loss;
  const value = lossValue(loss, profile);
  return value === "" ? why : `${value} (${why})`;
}
