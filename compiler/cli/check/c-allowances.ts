import { ListText, type TextRange } from "../../c/list-text.js";
import { originOfSpot } from "../../check/finding-to-diagnostic.js";
import { checkMessages } from "../../check/messages.js";
import type { Finding } from "../../check/run.js";
import type { Allowance } from "../../check/suppress.js";
import { at, type Report } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { outermostUse } from "../../support/span.js";
import type { LoadedConfig } from "../load-config.js";

/** A comment that speaks to this tool, however it is spelt. */
const address = /^cellc\s*:/i;

const mark = /^cellc:\s*allow\b[ \t]*([^\s:]*)[ \t]*:?\s*([\s\S]*)$/;

/**
 * `/* cellc: allow RULE: reason *\/` in C sources: for the element in whose line it stands, or the one that follows it; in
 * front of the config, for all of it.
 */
export function allowancesOfC(configs: readonly LoadedConfig[], report: Report): readonly Allowance[] {
  const sources = new Set<SourceFile>();
  for (const { source } of configs) if (source !== undefined) sources.add(source);
  return [...sources].flatMap((source) => allowancesIn(source, report));
}

function allowancesIn(source: SourceFile, report: Report): readonly Allowance[] {
  // Most sources have none; looking at their braces would take longer than reading them.
  if (!/cellc\s*:/i.test(source.text)) return [];
  return new ListText(source.text).commentsWithScope().flatMap(({ start, end, text, scope }) => {
    if (!address.test(text)) return [];
    const place = at({ file: source, start, end });
    const [, rule = "", because = ""] = mark.exec(text) ?? [];
    if (rule === "") {
      report(checkMessages["allow-not-understood"]({}, place));
      return [];
    }
    if (because.trim() === "") {
      report(checkMessages["allow-without-reason"]({ rule }, place));
      return [];
    }
    const covers = (finding: Finding): boolean => isWithin(finding, source, scope);
    return [{ rule, because: because.trim(), place, cells: null, covers, isJudged: true }];
  });
}

/** One of the places that it is shown at lies in the range; macros count where they are used. */
function isWithin({ hit }: Finding, source: SourceFile, scope: TextRange | null): boolean {
  return [hit, ...(hit.also ?? [])].some(({ at: spot }) => {
    const origin = originOfSpot(spot);
    if (origin?.kind !== "source") return false;
    const { file, start } = outermostUse(origin.span, origin.expansion);
    return file === source && (scope === null || (start >= scope.start && start < scope.end));
  });
}
