/** All findings of a command, with the line that sums them up. */

import { counted, omittedText } from "./finding-text.js";
import { type RenderOptions, renderDiagnostic } from "./render.js";
import { colourPalette, plainPalette } from "./render-colour.js";
import type { Findings } from "./reporter.js";

/** Empty text where there are no findings. */
export function renderFindings(findings: Findings, options: RenderOptions): string {
  const { diagnostics, omitted, counts } = findings;
  if (diagnostics.length === 0) return "";
  const palette = options.colour ? colourPalette : plainPalette;
  const parts = diagnostics.map((diagnostic) => `${renderDiagnostic(diagnostic, options)}\n`);
  for (const each of omitted) parts.push(`${omittedText(each)}\n`);
  parts.push(`${palette.strong(summary(counts))}\n`);
  return parts.join("");
}

/** `2 errors, 1 warning`; severities without findings are left out. */
export function summary(counts: Findings["counts"]): string {
  return (["error", "warning", "note"] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => counted(counts[severity], severity))
    .join(", ");
}
