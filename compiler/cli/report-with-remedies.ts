import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Context } from "./context.js";

/**
 * Reports what was found in sources of the cell language, each with what helps. That is not loaded where nothing was
 * found.
 */
export async function reportWithRemedies(
  findings: readonly Diagnostic[],
  { reporter }: Context,
): Promise<void> {
  if (findings.length === 0) return;
  const { withRemedy } = await import("../dsl/explanations/remedy.js");
  for (const finding of findings) reporter.report(withRemedy(finding));
}
