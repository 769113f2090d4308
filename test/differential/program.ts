import type { Target } from "../../compiler/c/target.js";
import type { Define, Feature, Scope } from "./scope.js";

/** One generated config program, in every name `@` for the prefix of the case. */
export interface Program {
  readonly kind: "realistic" | "wild";
  /** The profile whose header it includes; null for none. */
  readonly profile: string | null;
  readonly target: Target;
  readonly main: string;
  /** Files beside the main file, by name; those of `headers/` are found by `-I`. */
  readonly files: ReadonlyMap<string, string>;
  readonly defines: readonly Define[];
  readonly undefines: readonly string[];
  readonly forcedIncludes: readonly string[];
  /** Names of the objects it defines, in order. */
  readonly objects: readonly string[];
  /** It cannot share a translation unit with other programs. */
  readonly alone: boolean;
  readonly used: ReadonlySet<Feature>;
}

/** The directory of a program that stands on its include path before all others. */
export const ownHeaders = "headers";

export function makeProgram(
  scope: Scope,
  parts: Pick<Program, "kind" | "profile" | "target" | "main" | "objects">,
): Program {
  return {
    ...parts,
    files: scope.files,
    defines: scope.defines,
    undefines: scope.undefines,
    forcedIncludes: scope.forcedIncludes,
    alone: scope.alone,
    used: scope.used,
  };
}

/** The program with its names made unique by `prefix`, an identifier or nothing. */
export function withPrefix(program: Program, prefix: string): Program {
  const name = (text: string): string => text.replaceAll("@", prefix);
  return {
    ...program,
    main: name(program.main),
    files: new Map([...program.files].map(([path, text]) => [name(path), name(text)])),
    defines: program.defines.map((define) => ({ name: name(define.name), body: name(define.body) })),
    undefines: program.undefines.map(name),
    forcedIncludes: program.forcedIncludes.map(name),
    objects: program.objects.map(name),
  };
}

/** The whole program as a person would put it in a bug report. */
export function describeProgram(program: Program): string {
  const options = [
    `--target ${program.target}`,
    ...(program.profile === null ? [] : [`--profile ${program.profile}`]),
    ...program.defines.map((define) => `-D '${define.name}=${define.body}'`),
    ...program.undefines.map((name) => `-U ${name}`),
    ...program.forcedIncludes.map((file) => `-include ${file}`),
  ];
  const parts = [`options: ${options.join(" ")}`];
  for (const [path, text] of program.files) parts.push(`---- ${path}\n${text}`);
  parts.push(`---- main.c\n${program.main}`);
  return parts.join("\n");
}
