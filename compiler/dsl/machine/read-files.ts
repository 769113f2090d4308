import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { languageMessages } from "../messages.js";
import { mostFiles } from "../names/limits.js";
import { headOf } from "../names/open-block.js";
import type { FileTree, Statement } from "../syntax/ast.js";
import { parse } from "../syntax/parse.js";

/** What became of an `import`. */
export type ImportResult =
  | { readonly kind: "file"; readonly file: SourceFile }
  /** The path leads out of the project. */
  | { readonly kind: "outside" }
  | { readonly kind: "unreadable"; readonly why: string };

/** Finds imported files: the path as it is written, relative to the file that imports it. */
export type ImportResolver = (path: string, from: SourceFile) => ImportResult;

/** A file of a machine. */
export interface MachineFile {
  readonly source: SourceFile;
  readonly tree: FileTree;
  /** Those that it imports itself. */
  readonly imports: readonly MachineFile[];
}

/**
 * Reads a file and all that it imports, each once.
 *
 * @returns imported files before those that import them, the given one last
 */
export function readFiles(
  source: SourceFile,
  resolve: ImportResolver,
  report: Report,
): readonly MachineFile[] {
  const reader = new FileReader(resolve, report);
  reader.read(source);
  return reader.files;
}

/** A file whose imports are being read. */
interface OpenFile {
  readonly source: SourceFile;
  readonly tree: FileTree;
  readonly imports: MachineFile[];
  /** `import` statements still to be followed, the next one last. */
  readonly waiting: Statement[];
}

class FileReader {
  readonly files: MachineFile[] = [];
  private readonly known = new Map<string, MachineFile>();
  private count = 0;

  constructor(
    private readonly resolve: ImportResolver,
    private readonly report: Report,
  ) {}

  /** Without recursion: a chain of imports may be as long as there may be files. */
  read(source: SourceFile): void {
    const open: OpenFile[] = [this.open(source)];
    while (open.length > 0) {
      const file = open.at(-1)!;
      const statement = file.waiting.pop();
      if (statement === undefined) {
        open.pop();
        const { tree, imports } = file;
        const done: MachineFile = { source: file.source, tree, imports };
        this.files.push(done);
        this.known.set(identityOf(file.source), done);
        open.at(-1)?.imports.push(done);
        continue;
      }
      const imported = this.find(statement, file.source);
      if (imported === undefined) continue;
      const identity = identityOf(imported);
      const known = this.known.get(identity);
      if (known !== undefined) {
        file.imports.push(known);
        continue;
      }
      const circle = open.findIndex((each) => identityOf(each.source) === identity);
      if (circle >= 0) {
        const files = [...open.slice(circle).map((each) => each.source.path), imported.path];
        this.problem("jail-import-cycle", { files }, statement, file.source);
        continue;
      }
      if (this.count >= mostFiles) {
        this.problem("jail-too-many-imports", { limit: mostFiles }, statement, file.source);
        for (const each of open) each.waiting.length = 0;
        continue;
      }
      open.push(this.open(imported));
    }
  }

  private open(source: SourceFile): OpenFile {
    this.count += 1;
    const { tree } = parse(source, this.report);
    const waiting = tree.declarations.filter((statement) => headOf(statement) === "import").reverse();
    return { source, tree, imports: [], waiting };
  }

  private find(statement: Statement, source: SourceFile): SourceFile | undefined {
    const [item, extra] = statement.items;
    if (item === undefined || extra !== undefined || item.to !== null || item.from.kind !== "text") {
      if (!statement.damaged)
        this.problem(
          "jail-missing",
          { statement: "import", what: "the path of a file as a text" },
          statement,
          source,
        );
      return undefined;
    }
    const path = item.from.value;
    const result = this.resolve(path, source);
    if (result.kind === "file") return result.file;
    if (result.kind === "outside") this.problem("jail-import-outside", { path }, item, source);
    else this.problem("jail-import-unreadable", { path, why: result.why }, item, source);
    return undefined;
  }

  private problem<
    Id extends
      | "jail-import-cycle"
      | "jail-import-outside"
      | "jail-import-unreadable"
      | "jail-too-many-imports"
      | "jail-missing",
  >(
    id: Id,
    args: Parameters<(typeof languageMessages)[Id]>[0],
    { start, end }: { readonly start: number; readonly end: number },
    file: SourceFile,
  ): void {
    const create = languageMessages[id] as (
      args: unknown,
      place: ReturnType<typeof at>,
    ) => ReturnType<(typeof languageMessages)[Id]>;
    this.report(create(args, at({ file, start, end })));
  }
}

function identityOf({ identity, path }: SourceFile): string {
  return identity ?? path;
}
