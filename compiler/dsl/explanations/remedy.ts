import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Explained } from "../../diagnostics/explain.js";
import { jailExplanations } from "../syntax/explanations.js";
import { languageExplanations } from "./language.js";

const explanations: Readonly<Record<string, Explained<unknown>>> = {
  ...jailExplanations,
  ...languageExplanations,
};

/** A finding of the language with what helps in general, where nothing is known that helps in its own case. */
export function withRemedy(finding: Diagnostic): Diagnostic {
  if (finding.help !== undefined || !Object.hasOwn(explanations, finding.id)) return finding;
  const { help } = explanations[finding.id]!;
  return help === undefined ? finding : { ...finding, help };
}
