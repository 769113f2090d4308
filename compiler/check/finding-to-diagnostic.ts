import type { Diagnostic, Fix, Label, Place, Severity } from "../diagnostics/diagnostic.js";
import { at, atFile } from "../diagnostics/diagnostic.js";
import type { Origin } from "../ir/origin.js";
import { outermostUse } from "../support/span.js";
import { consequenceText } from "./consequence.js";
import type { Rule, RuleFix, RuleSeverity } from "./define-rule.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import type { Finding } from "./run.js";
import type { Spot } from "./spot.js";
import { isOfLanguage, listed } from "./words.js";

/** What the caller knows about sources that the rules do not. */
export interface Sources {
  /** The path of the field at an offset of a binary file, e.g. `mem_regions[3].phys_start`. */
  fieldAt(spot: Spot, offset: number): string | undefined;
  /** A value of a document by its pointer. */
  documentPlace(spot: Spot, pointer: string): Place | undefined;
  /** A fix as edits of the text; undefined where the source cannot be changed so. */
  edit(fix: RuleFix): Fix | undefined;
}

/** Tools know three severities, by other names. */
const severities: Readonly<Record<RuleSeverity, Severity>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

export function findingToDiagnostic(finding: Finding, sources: Sources): Diagnostic {
  const { rule, hit, severity, consequence, ifTogether, keptApart } = finding;
  const notes = (hit.notes ?? []).map((message) => ({ message }));
  if (ifTogether !== null) {
    const cells = listed(ifTogether.map(({ title }) => title));
    const graver = severity === (hit.severity ?? rule.severity) ? "it does harm" : "this is an error";
    const known = keptApart
      ? `no scenario lets ${cells} run together`
      : `nothing says that ${cells} run together`;
    notes.push({ message: `${known}: if they do, ${graver} (\`--together\`, \`scenario\`)` });
  }
  return {
    id: rule.id,
    severity: severities[severity],
    message: hit.message,
    primary: { place: placeOfSpot(hit.at, sources), text: hit.label ?? "" },
    secondary: onceEach(
      (hit.also ?? []).map((label): Label => ({ place: placeOfSpot(label.at, sources), text: label.text })),
    ),
    notes,
    why: consequenceText(consequence),
    help: hit.help ?? helpFor(rule, hit.at.config),
    fixes: finding.fixes.flatMap((fix) => sources.edit(fix) ?? []),
  };
}

function helpFor({ help, helpInLanguage = help }: Rule, config: CheckedConfig): string {
  return isOfLanguage(config) ? helpInLanguage : help;
}

/** One line of a source can make many elements of tables: what is said of all of them is shown at it once. */
function onceEach(labels: readonly Label[]): readonly Label[] {
  const known = new Set<string>();
  return labels.filter(({ place, text }) => {
    const key = JSON.stringify([...placeKey(place), text]);
    return !known.has(key) && known.add(key);
  });
}

/** Equal for what is shown as one place. */
function placeKey(place: Place): readonly (string | number)[] {
  switch (place.kind) {
    case "source": {
      const { file, start, end } = place.span;
      const use = outermostUse(place.span, place.expansion);
      return [place.kind, file.path, start, end, use.file.path, use.start];
    }
    case "binary":
      return [place.kind, place.file, place.offset, place.length];
    case "file":
      return [place.kind, place.file];
  }
}

/**
 * Where a spot is written. Where nothing is written, the node has to serve; where that is not written either, the cell.
 * Undefined where none of them is.
 */
export function originOfSpot(spot: Spot): Exclude<Origin, { readonly kind: "implied" }> | undefined {
  const { config, node, field } = spot;
  const whole = node.origins.of();
  const isDescription = node.origins === config.cell.origins || node.origins === config.config.origins;
  const origins: Origin[] = [
    ...(spot.origin === undefined ? [] : [spot.origin]),
    node.origins.of(field),
    // The descriptor of a C config begins with its signature, a macro that says nothing; the name is what people know.
    ...(isDescription && whole.kind === "source" && whole.expansion !== null
      ? [config.cell.origins.of("name")]
      : []),
    whole,
    config.cell.origins.of("name"),
    config.cell.origins.of(),
  ];
  return origins.find((origin) => origin.kind !== "implied");
}

export function placeOfSpot(spot: Spot, sources: Sources): Place {
  const origin = originOfSpot(spot);
  switch (origin?.kind) {
    case "source":
      return at(origin.span, origin.expansion);
    case "binary": {
      const { file, offset, length } = origin;
      const path = sources.fieldAt(spot, offset);
      return { kind: "binary", file, offset, length, ...(path === undefined ? {} : { field: path }) };
    }
    case "document":
      return sources.documentPlace(spot, origin.pointer) ?? atFile(origin.file);
    default:
      return atFile(spot.config.facts.file);
  }
}
