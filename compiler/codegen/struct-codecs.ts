import { Project, type SourceFile, VariableDeclarationKind } from "ts-morph";
import type { Profile } from "../../schema/layout/types.js";
import { type Artifact, generatedBanner } from "./artifact.js";
import { type DistinctLayout, distinctLayouts, type LayoutCatalogue } from "./distinct-layouts.js";
import {
  type GeneratedFunction,
  generateReader,
  generateWriter,
  type NameCodec,
} from "./struct-codec-functions.js";
import { interfaceName } from "./wire-types.js";

const folder = "schema/generated";

/**
 * The codecs: a file for each struct, with a reader and a writer for each distinct layout it ever had, and two that
 * lead to them from the tag of a struct and the id of a profile. Readers and writers are reached separately, so that a
 * program that only reads ships no writers.
 */
export function generateStructCodecs(profiles: readonly Profile[]): readonly Artifact[] {
  const catalogue = distinctLayouts(profiles);
  const nameOf = codecNames(catalogue);
  const project = new Project({ useInMemoryFileSystem: true });
  const tags = [...catalogue.byName.keys()].filter((name) =>
    profiles.some(({ structs }) => structs.has(name)),
  );
  const files = [...catalogue.byName].map(([name, layouts]) => {
    const functions = layouts.flatMap((entry) => functionsOf(entry, profiles, nameOf));
    if (tags.includes(name)) functions.push(...lookUps(name, layouts, nameOf));
    const source = project.createSourceFile(`codecs/${fileName(name)}`);
    source.addFunctions(functions);
    addImports(source, catalogue, nameOf);
    return source;
  });
  const indexes = (["read", "write"] as const).map((kind) => indexOf(project, kind, tags));
  return [...files, ...indexes].map((source) => {
    source.formatText({ indentSize: 2 });
    return {
      path: `${folder}${source.getFilePath()}`,
      text: `// ${generatedBanner}\n\n${wrapImports(source.getFullText())}`,
    };
  });
}

/** The struct and the first profile that has the layout: `JailhouseMemory_r0_1`. */
export function codecNames({ distinct }: LayoutCatalogue): NameCodec {
  return (layout) => {
    const { profiles } = distinct(layout);
    return `${interfaceName(layout.name)}_${profiles[0]!.id.replace(/[^a-z0-9]/gi, "_")}`;
  };
}

/** `jailhouse_system.platform_info` is in `jailhouse-system.platform-info.ts`. */
const fileName = (struct: string): string => `${struct.replaceAll("_", "-")}.ts`;

const nouns = { read: "reader", write: "writer" } as const;

function functionsOf(
  { layout, profiles }: DistinctLayout,
  all: readonly Profile[],
  nameOf: NameCodec,
): readonly GeneratedFunction[] {
  const where = `\`${layout.name}\` (${layout.size} bytes) of ${spans(profiles, all)}.`;
  const reader = generateReader(layout, nameOf, wrapped(`Reads ${where}`.split(" ")));
  return [reader, generateWriter(layout, nameOf, `Writes what {@link ${reader.name}} reads.`)];
}

/** `r0.1 to r3.4, r5.1, fork-lfd-v17`: upstream's profiles follow each other, forks stand alone. */
function spans(profiles: readonly Profile[], all: readonly Profile[]): string {
  const runs: { first: Profile; last: Profile }[] = [];
  for (const profile of profiles) {
    const run = runs.at(-1);
    const follows = run !== undefined && profile.fork === null && all[all.indexOf(profile) - 1] === run.last;
    if (follows) run.last = profile;
    else runs.push({ first: profile, last: profile });
  }
  return runs.map(({ first, last }) => (first === last ? first.id : `${first.id} to ${last.id}`)).join(", ");
}

/** Joins words into lines of a sensible length. */
function wrapped(words: readonly string[]): string {
  const lines = [""];
  for (const word of words) {
    const line = lines.at(-1)!;
    if (line.length + word.length > 100) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}

/** The ways from a profile to its codec. */
function lookUps(
  struct: string,
  layouts: readonly DistinctLayout[],
  nameOf: NameCodec,
): readonly GeneratedFunction[] {
  const cases = layouts.flatMap(({ profiles }, index) => {
    const own = profiles.filter(({ structs }) => structs.has(struct));
    return [...caseLabels(own), `return ${index};`];
  });
  const lookUp = (kind: "read" | "write"): GeneratedFunction => ({
    name: `${nouns[kind]}Of${interfaceName(struct)}`,
    isExported: true,
    docs: [`What ${kind}s \`${struct}\` in a profile; undefined where the profile has no such struct.`],
    parameters: [{ name: "profile", type: "string" }],
    returnType: `${kind === "read" ? "ReadStruct" : "WriteStruct"} | undefined`,
    statements: `return [\n${layouts.map(({ layout }) => `${kind}${nameOf(layout)},`).join("\n")}\n][layoutOf(profile)];`,
  });
  const layoutOf = {
    name: "layoutOf",
    docs: [`Which of the layouts above a profile has, from 0 on; -1 where it has no \`${struct}\`.`],
    parameters: [{ name: "profile", type: "string" }],
    returnType: "number",
    statements: `switch (profile) {\n${cases.join("\n")}\ndefault:\nreturn -1;\n}`,
  };
  return [layoutOf, lookUp("read"), lookUp("write")];
}

/** Those of a revision in lines of their own, so that a new profile changes one of them. */
function caseLabels(profiles: readonly Profile[]): readonly string[] {
  const byRevision = new Map<string, string[]>();
  for (const { fork, id } of profiles) {
    const revision = fork === null ? id.split(".")[0]! : "forks";
    byRevision.set(revision, [...(byRevision.get(revision) ?? []), `case "${id}":`]);
  }
  return [...byRevision.values()].map(wrapped);
}

// ---- imports and index ---------------------------------------------------------------------------------------------

/** What generated code may use of schema/codec, file by file. */
const vocabulary: readonly (readonly [file: string, names: readonly string[]])[] = [
  [
    "field-access",
    [
      ...[
        "arrayOf",
        "bigintOf",
        "numberOf",
        "readStructs",
        "refuseOthers",
        "structOf",
        "writeField",
        "writeS16",
      ],
      ...["writeS32", "writeS64", "writeS8", "writeStructs", "writeU16", "writeU32", "writeU64", "writeU8"],
    ],
  ],
  ["residue", ["withResidue", "writeResidue"]],
  ["struct-codec", ["type ReadStruct", "type WriteStruct"]],
  ["text-access", ["readText", "writeText"]],
  ["union-views", ["chooseView", "givenAlternative", "type ViewContext"]],
  ["wire", ["type WireStruct", "type WireValue"]],
];

function addImports(source: SourceFile, catalogue: LayoutCatalogue, nameOf: NameCodec): void {
  const text = source.getFullText();
  const words = new Set(text.replaceAll(/"[^"]*"/g, "").match(/\w+/g));
  const used = (names: readonly string[]): string[] =>
    names.filter((name) => words.has(name.split(" ").at(-1)!));
  const own = source.getBaseName();
  const codecs = [...catalogue.byName].flatMap(([struct, layouts]) => {
    const names = layouts.flatMap(({ layout }) => [`read${nameOf(layout)}`, `write${nameOf(layout)}`]);
    return fileName(struct) === own ? [] : [[`./${fileName(struct)}`, names] as const];
  });
  const files = [...vocabulary.map(([file, names]) => [`../../codec/${file}.ts`, names] as const), ...codecs];
  source.addImportDeclarations(
    files.flatMap(([file, names]) => {
      const namedImports = used(names);
      if (namedImports.length === 0) return [];
      const moduleSpecifier = file.replace(/ts$/, "js");
      if (!namedImports.every((name) => name.startsWith("type "))) return [{ moduleSpecifier, namedImports }];
      const types = namedImports.map((name) => name.slice("type ".length));
      return [{ moduleSpecifier, namedImports: types, isTypeOnly: true }];
    }),
  );
}

/** `import { ... } from "...";` over several lines where it is long: the formatter leaves it on one. */
function wrapImports(text: string): string {
  return text.replaceAll(/^(import .*?\{) (.{80,}) (\} from .*)$/gm, (_, start, names: string, end) =>
    [start, wrapped(names.split(/(?<=,) /)).replaceAll(/^/gm, "  "), end].join("\n"),
  );
}

function indexOf(project: Project, kind: "read" | "write", tags: readonly string[]): SourceFile {
  const type = kind === "read" ? "ReadStruct" : "WriteStruct";
  const source = project.createSourceFile(`${nouns[kind]}s.ts`);
  source.addImportDeclarations([
    { moduleSpecifier: "../codec/struct-codec.js", namedImports: [type], isTypeOnly: true },
    ...tags.map((tag) => ({
      moduleSpecifier: `./codecs/${fileName(tag).replace(/ts$/, "js")}`,
      namedImports: [`${nouns[kind]}Of${interfaceName(tag)}`],
    })),
  ]);
  source.addVariableStatement({
    declarationKind: VariableDeclarationKind.Const,
    isExported: true,
    docs: [`From the tag of a struct to the function that knows its ${nouns[kind]} in each profile.`],
    declarations: [
      {
        name: `${nouns[kind]}s`,
        type: `Readonly<Record<string, (profile: string) => ${type} | undefined>>`,
        initializer: `{\n${tags.map((tag) => `${tag}: ${nouns[kind]}Of${interfaceName(tag)},`).join("\n")}\n}`,
      },
    ],
  });
  return source;
}
