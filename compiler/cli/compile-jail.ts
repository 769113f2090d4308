/** From the path of a cell-language file to the bytes of its cells. */

import path from "node:path";
import { resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import type { MacroOption } from "../c/target.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type CompiledMachine, compileMachine } from "../dsl/compile.js";
import type { ImportResult } from "../dsl/machine/read-files.js";
import { shortPath } from "../project/find-project.js";
import { lockPath } from "../project/lock-file.js";
import type { Project } from "../project/project.js";
import type { SourceFile } from "../support/source.js";
import type { Context } from "./context.js";
import type { SourceStore } from "./include-resolver.js";
import type { LockOutput } from "./lock.js";
import { whatHappened } from "./messages.js";
import { reportWithRemedies } from "./report-with-remedies.js";
import { defaultProfile, type Settings } from "./settings.js";

export interface CompiledJail extends CompiledMachine {
  /** The lock file as it was read; null where there is none. */
  readonly lock: SourceFile | null;
  /** The lock file as it has to be written; null where it is right as it is. */
  readonly newLock: LockOutput | null;
}

/**
 * Compiles a machine. Its mistakes, and those of its lock file, are reported; it has no cells then.
 *
 * @param project decides how far imports may reach: its directory, else that of the source
 */
export async function compileJail(
  source: SourceFile,
  settings: Settings,
  project: Project | undefined,
  context: Context,
  store: SourceStore,
): Promise<CompiledJail> {
  const { host } = context;
  const root = path.resolve(host.cwd(), project?.root ?? path.dirname(source.path));
  // What reads and writes YAML is not loaded for machines that leave nothing to the compiler.
  const hasLock = host.hasEntry(lockPath(source.path));
  const locks = hasLock ? await import("./lock.js") : null;
  const lock = locks?.findLock(source, context);
  const findings: Diagnostic[] = [];
  const machine = compileMachine(
    source,
    {
      chosenProfile: settings.chosenProfile === null ? null : profileOf(settings.chosenProfile),
      newestProfile: profileOf(defaultProfile),
      defines: definesOf(settings.macros),
      resolveImport: (imported, from) => resolveImport(imported, from, root, context, store),
      ...(lock === undefined ? {} : { pins: lock.pins }),
    },
    (finding) => findings.push(finding),
  );
  await reportWithRemedies(findings, context);
  // Nothing must be chosen anew where the lock file could not be read.
  if (hasLock && lock === undefined) return { ...machine, cells: [], lock: null, newLock: null };
  const isLeft = lock === undefined && machine.choices.length === 0;
  const newLock = isLeft ? null : (await import("./lock.js")).lockOutput(machine, lock?.source ?? null);
  return { ...machine, lock: lock?.source ?? null, newLock };
}

function profileOf(id: string): Profile {
  return resolveProfile(id)!;
}

/** `-D NAME` alone is `true`; `-U` takes one of the project back. */
function definesOf(macros: readonly MacroOption[]): ReadonlyMap<string, string> {
  const defines = new Map<string, string>();
  for (const macro of macros) {
    if (macro.kind === "undefine") {
      defines.delete(macro.name);
      continue;
    }
    const equals = macro.text.indexOf("=");
    if (equals < 0) defines.set(macro.text, "true");
    else defines.set(macro.text.slice(0, equals), macro.text.slice(equals + 1));
  }
  return defines;
}

function resolveImport(
  imported: string,
  from: SourceFile,
  root: string,
  context: Context,
  store: SourceStore,
): ImportResult {
  const { host } = context;
  const file = path.resolve(host.cwd(), path.dirname(from.path), imported);
  // Symbolic links are followed: what they lead to is what would be read.
  const inside = path.relative(host.identity(root), host.identity(file));
  if (path.isAbsolute(imported) || inside.split(path.sep)[0] === ".." || path.isAbsolute(inside))
    return { kind: "outside" };
  const found = store.read(shortPath(host, file));
  if ("problem" in found) return { kind: "unreadable", why: whatHappened[found.problem] ?? found.problem };
  return { kind: "file", file: found };
}
