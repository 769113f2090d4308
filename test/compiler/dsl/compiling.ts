import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { type CompiledMachine, compileMachine } from "../../../compiler/dsl/compile.js";
import { noPins, type Pins } from "../../../compiler/dsl/pools/choices.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";

export interface Compiled {
  readonly machine: CompiledMachine;
  readonly findings: readonly Diagnostic[];
}

export interface CompileSetting {
  /** As if `-p` had named it. */
  readonly profile?: string;
  readonly defines?: Readonly<Record<string, string>>;
  /** Files that can be imported, by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What a lock file holds. */
  readonly pins?: Pins;
}

/** Compiles `main.jail` with these contents. */
export function compileText(
  text: string,
  { profile, defines = {}, files = {}, pins = noPins }: CompileSetting = {},
): Compiled {
  const findings: Diagnostic[] = [];
  const sources = new Map(Object.entries(files).map(([path, each]) => [path, new SourceFile(path, each)]));
  const main = new SourceFile("main.jail", text);
  sources.set("main.jail", main);
  const machine = compileMachine(
    main,
    {
      chosenProfile: profile === undefined ? null : resolveProfile(profile)!,
      newestProfile: resolveProfile("HEAD")!,
      defines: new Map(Object.entries(defines)),
      resolveImport: (path) => {
        if (path.startsWith("../")) return { kind: "outside" };
        const file = sources.get(path);
        return file === undefined
          ? { kind: "unreadable", why: "there is no such file" }
          : { kind: "file", file };
      },
      pins,
    },
    (finding) => findings.push(finding),
  );
  return { machine, findings };
}
