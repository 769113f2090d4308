/**
 * $ cellc check --fix machine.jail
 * fixed machine.jail:12: start at the page, 0x3b000000 (mem-phys-misaligned)
 * checked system "pc" and 1 cell: nothing found
 */

import path from "node:path";
import { encodeText } from "../../../../schema/text.js";
import { checkMessages } from "../../../check/messages.js";
import type { Finding } from "../../../check/run.js";
import { atFile } from "../../../diagnostics/diagnostic.js";
import type { Host } from "../../../support/host.js";
import type { SourceFile } from "../../../support/source.js";
import type { Context } from "../../context.js";
import type { ParsedArguments } from "../../parse-arguments.js";
import { unifiedDiff } from "../../unified-diff.js";
import { isShownWith, reportChecked, reportFindings, reportUnchecked } from "../report-checked.js";
import { type MadeFix, makeFixes } from "./make-fixes.js";
import { type LoadAndCheck, type State, Trials } from "./trial.js";

export async function fixAndReport(
  args: ParsedArguments,
  context: Context,
  loadAndCheck: LoadAndCheck,
): Promise<void> {
  const isShown = isShownWith(args);
  const trials = new Trials(context, loadAndCheck);
  const first = await trials.of(new Map());
  if (first === undefined) {
    // What is wrong is told as it is without fixes.
    const checked = await loadAndCheck(context);
    if (checked === undefined) await reportUnchecked(args, context);
    else await reportChecked(checked.result, checked.loadedSet, args, context);
    return;
  }
  const { made, state, originals } = await makeFixes(first, trials, isShown);
  const isDry = args.has("dry-run");
  if (isDry) context.printAll(patchOf(originals, state, context.host));
  else {
    const outputs = originals.map((file) => ({
      path: file.path,
      bytes: encodeText(state.texts.get(file.identity!)!),
      isSource: true as const,
    }));
    if (!context.written(context.host.writeAll(outputs), otherwise)) return;
    const isText = (args.value("format") ?? "text") === "text";
    if (isText && !args.has("quiet")) context.printAll(made.map(madeLine));
  }
  takeOver(state, context);
  reportUntouched(state, isShown, args, context);
  // Standard output is a patch then, and nothing else.
  if (isDry) reportFindings(state.result, args, context);
  else await reportChecked(state.result, state.loadedSet, args, context, made);
}

const otherwise =
  "allow writing, as with `chmod +w`, or take the changes as a patch: `cellc check --fix --dry-run`";

function madeLine({ file, line, title, rule }: MadeFix): string {
  return `fixed ${file}:${line}: ${title} (${rule})\n`;
}

/**
 * Tools apply a patch to files below a directory only: to those of the working directory, or of one above it, which is
 * said in front.
 */
function patchOf(originals: readonly SourceFile[], { texts }: State, host: Host): readonly string[] {
  const here = host.identity(host.cwd());
  let root = here;
  while (!originals.every((file) => isBelow(root, file.identity!))) root = path.dirname(root);
  const differences = originals.map((file) => {
    const below = path.relative(root, file.identity!).replaceAll(path.sep, "/");
    return unifiedDiff(below, file.text, texts.get(file.identity!)!);
  });
  const inRoot = root === here ? [] : [`# patch -p1 -d '${root.replaceAll("'", "'\\''")}'\n`];
  return [...(differences.length === 0 ? [] : inRoot), ...differences];
}

function isBelow(directory: string, file: string): boolean {
  const below = path.relative(directory, file);
  return below.split(path.sep)[0] !== ".." && !path.isAbsolute(below);
}

/** What was said of the inputs while they were loaded out of sight. */
function takeOver({ context: quiet }: State, context: Context): void {
  for (const diagnostic of quiet.reporter.findings().diagnostics) context.reporter.report(diagnostic);
  for (const [file, bytes] of quiet.binaries) context.binaries.set(file, bytes);
}

/** Inputs that are no sources on disk, although something in them could be mended. */
function reportUntouched(
  { result, loadedSet }: State,
  isShown: (finding: Finding) => boolean,
  args: ParsedArguments,
  context: Context,
): void {
  const files = new Set<string>();
  for (const { fixes } of result.findings.filter(isShown)) {
    for (const { config } of fixes.flatMap(({ changes }) => changes.map(({ at }) => at))) {
      const { source, cell, file } = loadedSet.loaded.get(config)!;
      const isStdin = file === (args.value("stdin-name") ?? "<stdin>");
      if ((source === undefined && cell === undefined) || isStdin) files.add(file);
    }
  }
  for (const file of files) context.reporter.report(checkMessages["fix-not-here"]({ file }, atFile(file)));
}
