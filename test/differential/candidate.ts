import { compileC } from "../../compiler/c/compile.js";
import { systemHeader } from "../../compiler/c/preprocessor/system-headers.js";
import type { ConfigObject, IncludeResolver } from "../../compiler/c/unit.js";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../compiler/support/source.js";
import { ownHeaders, type Program } from "./program.js";

/** cellc's answer to a program: the C reader in this process, all files in memory. */
export type Candidate =
  | { readonly accepted: true; readonly objects: readonly ConfigObject[] }
  | { readonly accepted: false; readonly errors: readonly Diagnostic[] };

/** @param program with its prefix already filled in */
export function compileWithCellc(program: Program, headers: ReadonlyMap<string, string>): Candidate {
  const files = new Map<string, SourceFile>();
  const open = (path: string, text: string | undefined): SourceFile | undefined => {
    const known = files.get(path);
    if (known !== undefined || text === undefined) return known;
    const file = new SourceFile(path, text);
    files.set(path, file);
    return file;
  };
  const main = new SourceFile("main.c", program.main);
  const errors: Diagnostic[] = [];
  const includes: IncludeResolver = {
    resolve: (name, form) =>
      (form === "quoted" ? open(name, program.files.get(name)) : undefined) ??
      open(`${ownHeaders}/${name}`, program.files.get(`${ownHeaders}/${name}`)) ??
      open(`profile/${name}`, headers.get(name)) ??
      systemHeader(name),
    searched: () => [],
  };
  const unit = compileC(main, {
    target: program.target,
    macros: [
      ...program.defines.map(({ name, body }) => ({ kind: "define" as const, text: `${name}=${body}` })),
      ...program.undefines.map((name) => ({ kind: "undefine" as const, name })),
    ],
    forcedIncludes: program.forcedIncludes.map((name) => open(name, program.files.get(name))!),
    includes,
    report: (diagnostic) => {
      if (diagnostic.severity === "error") errors.push(diagnostic);
    },
  });
  if (errors.length > 0) return { accepted: false, errors };
  // Nothing can be said of the bytes of an object that has none.
  return { accepted: true, objects: unit.objects.filter((object) => object.bytes.length > 0) };
}
