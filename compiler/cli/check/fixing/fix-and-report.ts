/**
 * $ cellc check --fix machine.jail
 * fixed machine.jail:12: start at the page, 0x3b000000 (mem-phys-misaligned)
 * checked system "pc" and 1 cell: nothing found
 */

import { encodeText } from "../../../../schema/text.js";
import { checkMessages } from "../../../check/messages.js";
import { atFile } from "../../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../../support/source.js";
import type { Context } from "../../context.js";
import type { ParsedArguments } from "../../parse-arguments.js";
import { unifiedDiff } from "../../unified-diff.js";
import { reportChecked, reportFindings, reportUnchecked } from "../report-checked.js";
import { type MadeFix, makeFixes } from "./make-fixes.js";
import { type LoadAndCheck, type State, Trials } from "./trial.js";

export async function fixAndReport(
  args: ParsedArguments,
  context: Context,
  loadAndCheck: LoadAndCheck,
): Promise<void> {
  const trials = new Trials(context, loadAndCheck);
  const first = await trials.of(new Map());
  if (first === undefined) {
    // What is wrong is told as it is without fixes.
    const checked = await loadAndCheck(context);
    if (checked === undefined) await reportUnchecked(args, context);
    else await reportChecked(checked.result, checked.loadedSet, args, context);
    return;
  }
  const { made, state, originals } = await makeFixes(first, trials);
  const isDry = args.has("dry-run");
  if (isDry) context.printAll(originals.map((file) => differenceOf(file, state)));
  else {
    const outputs = originals.map((file) => ({
      path: file.path,
      bytes: encodeText(state.texts.get(file.identity!)!),
    }));
    if (!context.written(context.host.writeAll(outputs))) return;
    const isText = (args.value("format") ?? "text") === "text";
    if (isText && !args.has("quiet")) context.printAll(made.map(madeLine));
  }
  takeOver(state, context);
  reportUntouched(state, context);
  // Standard output is a patch then, and nothing else.
  if (isDry) reportFindings(state.result, args, context);
  else await reportChecked(state.result, state.loadedSet, args, context, made);
}

function madeLine({ file, line, title, rule }: MadeFix): string {
  return `fixed ${file}:${line}: ${title} (${rule})\n`;
}

function differenceOf(file: SourceFile, { texts }: State): string {
  return unifiedDiff(file.path, file.text, texts.get(file.identity!)!);
}

/** What was said of the inputs while they were loaded out of sight. */
function takeOver({ context: quiet }: State, context: Context): void {
  for (const diagnostic of quiet.reporter.findings().diagnostics) context.reporter.report(diagnostic);
  for (const [file, bytes] of quiet.binaries) context.binaries.set(file, bytes);
}

/** Inputs that are no sources on disk, although something in them could be mended. */
function reportUntouched({ result, loadedSet }: State, context: Context): void {
  const files = new Set<string>();
  for (const { fixes } of result.findings) {
    for (const { config } of fixes.flatMap(({ changes }) => changes.map(({ at }) => at))) {
      const { source, cell, file } = loadedSet.loaded.get(config)!;
      if ((source === undefined && cell === undefined) || file === "<stdin>") files.add(file);
    }
  }
  for (const file of files) context.reporter.report(checkMessages["fix-not-here"]({ file }, atFile(file)));
}
