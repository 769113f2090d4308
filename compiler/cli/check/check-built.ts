/** The checks of a build: what the machine would refuse is told while the source is open. */

import { decode } from "../../../schema/codec/decode.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import type { Profile } from "../../../schema/layout/types.js";
import { originsOf } from "../../c/origins.js";
import type { Diagnostic, Report } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import type { CompiledJail } from "../compile-jail.js";
import type { CompiledSource } from "../compile-source.js";
import type { Context } from "../context.js";
import type { LoadedConfig } from "../load-config.js";
import { newestMatch } from "../match-headers.js";
import { statedRevision } from "../stated-revision.js";
import { checkSet } from "./check-set.js";
import { loadSet } from "./load-set.js";
import { reportOnce } from "./report-once.js";

/** What a build says of a C config in terms of its source: a count that is wrong, a signature, bytes that nobody counts. */
const toldBySource: ReadonlySet<string> = new Set([
  "fmt-signature",
  "fmt-revision",
  "fmt-truncated",
  "fmt-trailing",
]);

/** A whole machine: its errors end the build. */
export function checkMachine(machine: CompiledJail, source: SourceFile, context: Context): void {
  const { cells, architecture, profile } = machine;
  if (cells.length === 0) return;
  const stated = architecture === undefined ? {} : { architecture };
  const by = resolveProfile(profile.id)!;
  const configs = cells.map(({ name, fileName, bytes, originOf }): LoadedConfig => {
    const { config } = decode(bytes, by);
    return {
      name: fileName,
      file: source.path,
      part: fileName,
      config,
      bytes,
      originOf,
      cell: name,
      ...stated,
    };
  });
  const { report } = context.reporter;
  for (const finding of findingsOf(configs, [machine], report, context)) report(finding);
}

/**
 * Each config of a C source by itself, so that what is said of it does not depend on what else is built. gcc would have
 * written the bytes, and so does the build: findings are shown, and count only where it is asked to be strict.
 */
export function checkCompiled(compiled: CompiledSource, isStrict: boolean, context: Context): void {
  const { source, unit, headerProfile } = compiled;
  for (const object of compiled.configs) {
    const { name, bytes } = object;
    const profile: Profile | undefined =
      headerProfile === null ? newestMatch(unit, statedRevision(bytes)) : resolveProfile(headerProfile);
    // A fork that no profile knows: its bytes are right, but what they mean is not known.
    if (profile === undefined) continue;
    const { config } = decode(bytes, profile);
    const part = compiled.configs.length === 1 ? null : name;
    const loaded = { name, file: source.path, part, config, bytes, originOf: originsOf(object), source };
    const { reporter } = context;
    const report: Report = (finding) => (isStrict ? reporter.report(finding) : reporter.tolerate(finding));
    for (const finding of findingsOf([loaded], [], report, context))
      if (!toldBySource.has(finding.id)) reportOnce(finding, report, reporter);
  }
}

function findingsOf(
  configs: readonly LoadedConfig[],
  machines: readonly CompiledJail[],
  report: Report,
  context: Context,
): readonly Diagnostic[] {
  const loadedSet = loadSet({ configs, machines }, { together: false, report }, context);
  if (loadedSet === undefined) return [];
  const { findings, diagnostics, problems } = checkSet(loadedSet, { deny: [], allow: [] });
  // Cells that may be alternatives are nothing to mend: `cellc check` tells what they share.
  const told = diagnostics.filter(
    ({ severity }, index) => severity !== "note" && findings[index]?.ifTogether === null,
  );
  return [...problems, ...told];
}
