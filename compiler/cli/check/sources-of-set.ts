import { pathAt } from "../../../schema/codec/locate.js";
import type { RuleFix } from "../../check/define-rule.js";
import type { CheckedConfig } from "../../check/facts/checked-config.js";
import { findingToDiagnostic, placeOfSpot, type Sources } from "../../check/finding-to-diagnostic.js";
import type { Finding } from "../../check/run.js";
import type { Spot } from "../../check/spot.js";
import type { Diagnostic, Fix, SourcePlace } from "../../diagnostics/diagnostic.js";
import type { LoadedConfig } from "../load-config.js";

const noFixes: ReadonlyMap<RuleFix, Fix> = new Map();

/**
 * Findings with the places of all kinds of inputs.
 *
 * @param fixes those that were found to be right, as edits
 */
export function diagnosticsOf(
  findings: readonly Finding[],
  loaded: ReadonlyMap<CheckedConfig, LoadedConfig>,
  fixes: ReadonlyMap<RuleFix, Fix> = noFixes,
): readonly Diagnostic[] {
  const spots = findings.flatMap(({ hit }) => [hit, ...(hit.also ?? [])].map(({ at }) => at));
  const sources = sourcesOf(spots, loaded, fixes);
  return findings.map((finding) => findingToDiagnostic(finding, sources));
}

/** Values of a document are looked up all at once: each walk goes through the whole text. */
export function sourcesOf(
  spots: readonly Spot[],
  loaded: ReadonlyMap<CheckedConfig, LoadedConfig>,
  fixes: ReadonlyMap<RuleFix, Fix> = noFixes,
): Sources {
  const pointers = new Map<LoadedConfig, Set<string>>();
  const fieldAt: Sources["fieldAt"] = ({ config }, offset) => {
    const path = pathAt(loaded.get(config)!.config, offset);
    return path.length === 0 ? undefined : pathText(path);
  };
  const collecting: Sources = {
    fieldAt,
    edit: () => undefined,
    documentPlace: ({ config }, pointer) => {
      const input = loaded.get(config)!;
      pointers.set(input, (pointers.get(input) ?? new Set()).add(pointer));
      return undefined;
    },
  };
  for (const spot of spots) placeOfSpot(spot, collecting);
  const places = new Map<LoadedConfig, ReadonlyMap<string, SourcePlace>>();
  for (const [input, wanted] of pointers) {
    const found = input.placesOf?.(wanted);
    if (found !== undefined) places.set(input, found);
  }
  return {
    fieldAt,
    edit: (fix) => fixes.get(fix),
    documentPlace: ({ config }, pointer) => places.get(loaded.get(config)!)?.get(pointer),
  };
}

/** `mem_regions[3].phys_start` */
function pathText(steps: readonly (string | number)[]): string {
  return steps
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}
