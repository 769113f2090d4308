import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import { transform } from "esbuild";

/** The project: sources are read here, and what was compiled of them lies in its `dist`. */
export const projectRoot = resolve(import.meta.dirname, "../../..");

const subjects = "compiler/check/";

/** A module's code as a function that fills its exports. */
export type ModuleCode = (
  module: { exports: Exports },
  exports: Exports,
  require: (specifier: string) => Exports,
  dirname: string,
  globals: Readonly<Record<string, unknown>>,
) => void;

export type Exports = Readonly<Record<string, unknown>>;

/**
 * What some modules import, directly or not. Those that the rules take part in can be run again with another text in one
 * of them; all others are imported as usual, once. Paths are those of the sources, from the root of the project.
 */
export class ModuleGraph {
  private readonly imports = new Map<string, ReadonlyMap<string, string>>();
  private readonly importers = new Map<string, Set<string>>();
  private readonly codes = new Map<string, ModuleCode>();
  private readonly others = new Map<string, Exports>();
  private readonly repeatable: ReadonlySet<string>;

  private constructor(readonly roots: readonly string[]) {
    const waiting = [...roots];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (this.imports.has(path)) continue;
      const found = importsOf(path);
      this.imports.set(path, found);
      for (const target of found.values()) {
        const importers = this.importers.get(target) ?? new Set();
        this.importers.set(target, importers.add(path));
        if (isOurs(target)) waiting.push(target);
      }
    }
    this.repeatable = this.withImporters(
      [...this.imports.keys()].filter((path) => path.startsWith(subjects)),
    );
  }

  /** @param roots modules that nothing else need import, such as specs */
  static async of(roots: readonly string[]): Promise<ModuleGraph> {
    const graph = new ModuleGraph(roots);
    await Promise.all(
      [...graph.repeatable].map(async (path) => {
        graph.codes.set(path, await moduleCode(path, readFileSync(join(projectRoot, path), "utf8")));
      }),
    );
    for (const path of graph.repeatable)
      for (const target of graph.imports.get(path)!.values())
        if (!graph.repeatable.has(target) && !graph.others.has(target))
          graph.others.set(target, await importedOnce(target));
    return graph;
  }

  /** The modules with all that import one of them, directly or not. */
  withImporters(paths: readonly string[]): ReadonlySet<string> {
    const found = new Set<string>();
    const waiting = [...paths];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (found.has(path)) continue;
      found.add(path);
      waiting.push(...(this.importers.get(path) ?? []));
    }
    return found;
  }

  /** What `specifier` means in a module. */
  targetOf(path: string, specifier: string): string {
    const target = this.imports.get(path)?.get(specifier);
    if (target === undefined) throw new Error(`${path} does not import ${specifier}`);
    return target;
  }

  codeOf(path: string): ModuleCode | undefined {
    return this.codes.get(path);
  }

  /** Of a module that no rule takes part in. */
  exportsOf(path: string): Exports {
    const exports = this.others.get(path);
    if (exports === undefined) throw new Error(`${path} was not imported`);
    return exports;
  }
}

/**
 * Rejects where the text is no program.
 * @param path what the text is in place of
 */
export async function moduleCode(path: string, text: string): Promise<ModuleCode> {
  const { code } = await transform(text, {
    loader: "ts",
    format: "cjs",
    target: "es2023",
    define: { "import.meta.dirname": "__dirname" },
    logLevel: "silent",
  });
  const parameters = ["module", "exports", "require", "__dirname", "mochaGlobals"];
  const globals = path.endsWith(".spec.ts") ? "const { describe, it, before } = mochaGlobals;" : "";
  return compileFunction(globals + code, parameters, { filename: path }) as ModuleCode;
}

/** Where the compiled module lies: what it reads by `import.meta.dirname` is found from there. */
export function compiledPath(path: string): string {
  return join(projectRoot, "dist", path.replace(/\.ts$/, ".js"));
}

function isOurs(target: string): boolean {
  return target.endsWith(".ts");
}

/** Read from the compiled module: types are not imported there. Targets are paths of ours, or names of packages. */
function importsOf(path: string): ReadonlyMap<string, string> {
  const compiled = compiledPath(path);
  const text = readFileSync(compiled, "utf8");
  const found = new Map<string, string>();
  const statement = /^(?:import|export)\b(?:[^"'`;(]*\bfrom)?\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  for (const [, fixed, dynamic] of text.matchAll(statement)) {
    const specifier = fixed ?? dynamic!;
    found.set(specifier, resolved(compiled, specifier));
  }
  return found;
}

function resolved(importer: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const target = join(dirname(importer), specifier);
  if (!existsSync(target)) throw new Error(`${importer} imports ${specifier}, which does not exist`);
  return relative(join(projectRoot, "dist"), target).replace(/\.js$/, ".ts");
}

async function importedOnce(target: string): Promise<Exports> {
  const exports = await import(isOurs(target) ? pathToFileURL(compiledPath(target)).href : target);
  return { ...exports, __esModule: true };
}
