import { dirname } from "node:path";
import { compiledPath, type Exports, type ModuleCode, type ModuleGraph } from "./module-graph.js";

/** Modules run together, one of them perhaps with another text than its file has. */
export class ModuleWorld {
  private readonly loaded = new Map<string, { exports: Exports }>();

  private constructor(
    private readonly graph: ModuleGraph,
    /** Whose modules serve where they do not import the changed one. */
    private readonly original: ModuleWorld | null,
    private readonly changed: { readonly path: string; readonly code: ModuleCode } | null,
    private readonly affected: ReadonlySet<string>,
  ) {}

  static original(graph: ModuleGraph): ModuleWorld {
    return new ModuleWorld(graph, null, null, new Set());
  }

  /** The same with another code in one module; what imports it, directly or not, is run again when it is asked for. */
  with(path: string, code: ModuleCode): ModuleWorld {
    return new ModuleWorld(this.graph, this, { path, code }, this.graph.withImporters([path]));
  }

  /** @param globals what the module can use besides its imports; only its first run counts */
  exportsOf(path: string, globals: Readonly<Record<string, unknown>> = {}): Exports {
    if (this.original !== null && !this.affected.has(path)) return this.original.exportsOf(path, globals);
    const known = this.loaded.get(path);
    if (known !== undefined) return known.exports;
    const code = this.changed?.path === path ? this.changed.code : this.graph.codeOf(path);
    if (code === undefined) return this.graph.exportsOf(path);
    const module: { exports: Exports } = { exports: {} };
    this.loaded.set(path, module);
    const required = (specifier: string): Exports => this.exportsOf(this.graph.targetOf(path, specifier));
    try {
      code(module, module.exports, required, dirname(compiledPath(path)), globals);
    } catch (error) {
      // Whoever asks again must not take what there was until then for the whole of it.
      this.loaded.delete(path);
      throw error;
    }
    return module.exports;
  }
}
