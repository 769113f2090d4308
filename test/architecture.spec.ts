import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";
import { type Identifier, Node, Project, type SourceFile, SyntaxKind } from "ts-morph";

/**
 * The directions of the house, read from the imports of its sources. ARCHITECTURE.md draws them; the numbers are
 * those of its list of dependency rules.
 */

const root = resolve(import.meta.dirname, "../..");

interface Import {
  /** Path of the importing file from the root, e.g. `compiler/c/lexer.ts`. */
  readonly from: string;
  /** Path of a file of ours from the root; the package name otherwise, e.g. `yaml` or `node:fs`. */
  readonly to: string;
  readonly line: number;
  /** Leaves nothing in the compiled program. */
  readonly typeOnly: boolean;
}

const project = new Project({ skipAddingFilesFromTsConfig: true });
for (const folder of ["schema", "compiler", "hypervisor"]) {
  project.addSourceFilesAtPaths([`${root}/${folder}/**/*.ts`]);
}
const sources = project.getSourceFiles();
const pathOf = (file: SourceFile): string => relative(root, file.getFilePath());
const imports: readonly Import[] = sources.flatMap(importsOf);

function importsOf(file: SourceFile): Import[] {
  const from = pathOf(file);
  const found: Import[] = [];
  const add = (specifier: string, line: number, typeOnly = false): void => {
    const target = specifier.startsWith(".")
      ? relative(root, join(file.getDirectoryPath(), specifier)).replace(/\.js$/, ".ts")
      : specifier;
    found.push({ from, to: target, line, typeOnly });
  };
  for (const declaration of [...file.getImportDeclarations(), ...file.getExportDeclarations()]) {
    const specifier = declaration.getModuleSpecifierValue();
    if (specifier !== undefined) add(specifier, declaration.getStartLineNumber(), declaration.isTypeOnly());
  }
  for (const call of file.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    const isDynamic = call.getExpression().getKind() === SyntaxKind.ImportKeyword;
    const argument = call.getArguments()[0];
    if (isDynamic && argument !== undefined) {
      const literal = argument.asKind(SyntaxKind.StringLiteral);
      if (literal === undefined)
        throw new Error(`${from}: an import whose target is no literal cannot be checked`);
      add(literal.getLiteralValue(), call.getStartLineNumber());
    }
  }
  for (const type of file.getDescendantsOfKind(SyntaxKind.ImportType)) {
    const text = type.getArgument().getText();
    add(text.slice(1, -1), type.getStartLineNumber(), true);
  }
  return found;
}

const isOurs = (target: string): boolean => /^(schema|compiler|hypervisor|test)\//.test(target);
const isNode = (target: string): boolean => target.startsWith("node:");
const packageOf = (target: string): string => /^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;

/** The part of the house a file belongs to: `schema`, `hypervisor`, or a folder of the compiler. */
function partOf(path: string): string {
  const [top = "", folder = ""] = path.split("/");
  return top === "compiler" ? folder : top;
}

function violations(broken: (each: Import) => boolean): string[] {
  return imports.filter(broken).map((each) => `${each.from}:${each.line} imports ${each.to}`);
}

/** Files that need each other in a circle, each group sorted: those that can be reached from each other (Tarjan). */
function circlesOf(edges: readonly Import[]): readonly (readonly string[])[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) targets.set(from, [...(targets.get(from) ?? []), to]);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: (readonly string[])[] = [];
  const visit = (file: string): number => {
    const number = order.size;
    order.set(file, number);
    lowest.set(file, number);
    open.push(file);
    for (const target of targets.get(file) ?? []) {
      const seen = order.get(target);
      const reached = seen === undefined ? visit(target) : open.includes(target) ? seen : number;
      lowest.set(file, Math.min(lowest.get(file)!, reached));
    }
    if (lowest.get(file) === number) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1) circles.push(group.sort());
    }
    return lowest.get(file)!;
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return circles;
}

/** What each part of the compiler may import of the others; `schema` is open to all. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  support: [],
  diagnostics: ["support"],
  ir: ["support", "diagnostics"],
  c: ["support", "diagnostics", "ir"],
  // It lays out what it has lowered: the model, too, is read from the bytes.
  dsl: ["support", "diagnostics", "ir", "emit", "decompile"],
  board: ["support", "diagnostics", "ir"],
  project: ["support", "diagnostics"],
  check: ["support", "diagnostics", "ir"],
  // What a log says is judged by what the cells reach.
  diagnose: ["support", "diagnostics", "ir", "check"],
  emit: ["support", "diagnostics", "ir"],
  decompile: ["support", "diagnostics", "ir"],
  map: ["support", "diagnostics", "ir"],
};

/** What each part of the hypervisor may import of the others. */
const allowedInHypervisor: Readonly<Record<string, readonly string[]>> = {
  machine: [],
  core: ["machine"],
  run: ["core", "machine"],
  x86: ["run", "core", "machine"],
  arm: ["run", "core", "machine"],
  driver: ["x86", "arm", "run", "core", "machine"],
  inmates: ["x86", "arm", "run", "core", "machine"],
  simulation: ["driver", "x86", "arm", "run", "core", "machine"],
  tool: ["driver", "core", "machine"],
  daemon: ["tool", "simulation", "inmates", "driver", "run", "core", "machine"],
  cli: ["daemon", "tool"],
  // What accesses of any program are, and which of them only x86 has.
  trace: ["x86", "run", "core", "machine"],
  trial: ["trace", "simulation", "driver", "x86", "arm", "run", "core", "machine"],
};

/** Parts that may combine all others. */
const combining = ["cli", "lsp", "vscode"];

/** `process.x`, `Date.now()`, `new Date()`; not a property of that name. */
function isUsedAsGlobal(name: Identifier): boolean {
  const parent = name.getParent();
  return Node.isPropertyAccessExpression(parent)
    ? parent.getExpression() === name
    : Node.isNewExpression(parent) || Node.isCallExpression(parent);
}

/** The first block comment: a file's own, where it has one. */
function headerOf(file: SourceFile): string {
  return /\/\*\*[\s\S]*?\*\//.exec(file.getFullText())?.[0] ?? "";
}

describe("the architecture", () => {
  it("is read from many files and imports", () => {
    expect(sources.length).to.be.greaterThan(50);
    expect(imports.filter((each) => isOurs(each.to)).length).to.be.greaterThan(100);
    const missing = imports.filter((each) => isOurs(each.to) && !existsSync(join(root, each.to)));
    expect(missing).to.deep.equal([]);
  });

  it("1: schema imports nothing of ours and no package", () => {
    const broken = violations((each) => each.from.startsWith("schema/") && !each.to.startsWith("schema/"));
    expect(broken).to.deep.equal([]);
  });

  it("2: hypervisor imports schema only", () => {
    const broken = violations(
      (each) =>
        each.from.startsWith("hypervisor/") && isOurs(each.to) && !/^(hypervisor|schema)\//.test(each.to),
    );
    expect(broken).to.deep.equal([]);
  });

  it("2: the parts of the hypervisor import only what lies below them", () => {
    const below = (part: string): readonly string[] => allowedInHypervisor[part] ?? [];
    const folderOf = (path: string): string => path.split("/")[1] ?? "";
    const broken = violations(({ from, to }) => {
      if (!from.startsWith("hypervisor/") || !to.startsWith("hypervisor/")) return false;
      // What the command of the project uses of it is of all parts; none of them needs it.
      if (from === "hypervisor/index.ts") return false;
      return folderOf(from) !== folderOf(to) && !below(folderOf(from)).includes(folderOf(to));
    });
    expect(broken).to.deep.equal([]);
    const folders = new Set(
      sources
        .map(pathOf)
        .flatMap((path) =>
          path.startsWith("hypervisor/") && path !== "hypervisor/index.ts" ? [folderOf(path)] : [],
        ),
    );
    expect([...folders].sort()).to.deep.equal(Object.keys(allowedInHypervisor).sort());
  });

  it("no files of schema and hypervisor need each other in a circle, not for types either", () => {
    const circles = circlesOf(imports.filter(({ from }) => /^(schema|hypervisor)\//.test(from)));
    expect(circles).to.deep.equal([]);
  });

  it("no files of the compiler are loaded in a circle, but for the grammar of C, which is one", () => {
    const grammar = /^compiler\/c\/(declarations|expressions|initializers)\//;
    const loaded = imports.filter(({ from, typeOnly }) => from.startsWith("compiler/") && !typeOnly);
    const circles = circlesOf(loaded).filter((circle) => !circle.every((file) => grammar.test(file)));
    expect(circles).to.deep.equal([]);
  });

  it("circles are found, whatever leads into them and out of them", () => {
    const edge = (from: string, to: string): Import => ({ from, to, line: 1, typeOnly: false });
    const chain = [edge("a", "b"), edge("b", "c"), edge("d", "b")];
    expect(circlesOf(chain)).to.deep.equal([]);
    expect(circlesOf([...chain, edge("c", "b"), edge("c", "e")])).to.deep.equal([["b", "c"]]);
  });

  it("3: the parts of the compiler import only what lies below them", () => {
    const broken = violations((each) => {
      if (!each.from.startsWith("compiler/") || !isOurs(each.to)) return false;
      const [from, to] = [partOf(each.from), partOf(each.to)];
      if (from === to || to === "schema") return false;
      // What writes the language uses the words and the layout rules of what reads it.
      if (each.from.startsWith("compiler/decompile/to-dsl/") && to === "dsl") return false;
      // YAML has one set of limits and words for its mistakes.
      if (from === "board" && each.to.startsWith("compiler/project/yaml-")) return false;
      if (to === "hypervisor") return from !== "cli" || each.to !== "hypervisor/index.ts";
      if (from === "codegen") return to === "lsp" || to === "vscode";
      if (combining.includes(from)) return to === "codegen" || (combining.includes(to) && from !== "vscode");
      return !(allowed[from] ?? []).includes(to);
    });
    expect(broken).to.deep.equal([]);
  });

  it("3: every folder of the compiler has its place in the order", () => {
    const folders = readdirSync(join(root, "compiler"), { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() && sources.some((file) => pathOf(file).startsWith(`compiler/${entry.name}/`)),
      )
      .map((entry) => entry.name);
    const unknown = folders.filter((name) => !(name in allowed) && ![...combining, "codegen"].includes(name));
    expect(unknown).to.deep.equal([]);
  });

  it("4: packages stay in the parts that need them", () => {
    const homes: Readonly<Record<string, readonly string[]>> = {
      yaml: ["board", "emit", "project"],
      ajv: ["codegen"],
      "ts-morph": ["codegen"],
      esbuild: ["codegen"],
      commander: ["cli"],
    };
    const broken = violations((each) => {
      if (isOurs(each.to) || isNode(each.to)) return false;
      const name = packageOf(each.to);
      if (name === "chevrotain") return !each.from.startsWith("compiler/dsl/syntax/");
      const home = name.startsWith("vscode-") ? ["lsp", "vscode"] : (homes[name] ?? []);
      return !home.includes(partOf(each.from));
    });
    expect(broken).to.deep.equal([]);
  });

  it("5: nobody imports codegen", () => {
    const broken = violations(
      (each) => each.to.startsWith("compiler/codegen/") && !each.from.startsWith("compiler/codegen/"),
    );
    expect(broken).to.deep.equal([]);
  });

  it("6: files, process and clock are behind the host", () => {
    const free = /^compiler\/(support\/host\.ts|cli\/|codegen\/|lsp\/server\.ts)|^hypervisor\/(cli|daemon)\//;
    const guarded = sources.filter((file) => !free.test(pathOf(file)));
    const imported = violations(
      (each) =>
        !each.typeOnly &&
        !free.test(each.from) &&
        /^node:(fs|process|child_process|worker_threads|net|http)/.test(each.to),
    );
    const used = guarded.flatMap((file) =>
      file
        .getDescendantsOfKind(SyntaxKind.Identifier)
        .filter((name) => ["process", "Date"].includes(name.getText()) && isUsedAsGlobal(name))
        .map((name) => `${pathOf(file)}:${name.getStartLineNumber()} uses ${name.getText()}`),
    );
    expect([...imported, ...used]).to.deep.equal([]);
  });

  it("7: a file over 400 lines says why in its header", () => {
    const long = sources.filter((file) => {
      if (pathOf(file).startsWith("schema/generated/")) return false;
      return (
        file.getEndLineNumber() > 400 && !/\b(long|length|lines|one file|single file)\b/i.test(headerOf(file))
      );
    });
    expect(long.map((file) => `${pathOf(file)}: ${file.getEndLineNumber()} lines`)).to.deep.equal([]);
  });

  it("names files for what they hold", () => {
    const names = sources.map(pathOf);
    const vague = names.filter((name) => /\/(utils?|helpers?|misc|common|shared)\.ts$/.test(name));
    expect(vague).to.deep.equal([]);
    const otherwise = names.filter((name) => !/^[a-z0-9.-]+$/.test(name.split("/").at(-1)!));
    expect(otherwise).to.deep.equal([]);
  });
});

describe("the diagnostics", () => {
  const definitions = sources.flatMap((file) =>
    file
      .getDescendantsOfKind(SyntaxKind.CallExpression)
      .filter((call) => call.getExpression().getText() === "defineDiagnostics")
      .flatMap((call) => {
        const table = call.getArguments()[0]?.asKind(SyntaxKind.ObjectLiteralExpression);
        if (table === undefined) throw new Error(`${pathOf(file)}: the table is not written in place`);
        return table.getProperties().map((property) => {
          const name = property.asKindOrThrow(SyntaxKind.PropertyAssignment).getName().replaceAll('"', "");
          return { name, file: pathOf(file) };
        });
      }),
  );

  it("have ids that are slugs, each defined once", () => {
    expect(definitions.length).to.be.greaterThan(30);
    const places = new Map<string, string[]>();
    for (const { name, file } of definitions) places.set(name, [...(places.get(name) ?? []), file]);
    expect([...places].filter(([, files]) => files.length > 1)).to.deep.equal([]);
    expect([...places.keys()].filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))).to.deep.equal([]);
  });
});

describe("the index of profiles", () => {
  it("names every file of the folder, and no other", () => {
    const folder = "schema/layout/profiles";
    const present = readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".ts") && name !== "index.ts")
      .map((name) => `${folder}/${name}`)
      .sort();
    const indexed = imports
      .filter((each) => each.from === `${folder}/index.ts` && each.to.startsWith(`${folder}/`))
      .map((each) => each.to)
      .sort();
    expect(present.length).to.be.greaterThan(100);
    expect(indexed).to.deep.equal(present);
  });
});
