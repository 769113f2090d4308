import { expect } from "chai";
import fc from "fast-check";
import { compileC } from "../../../compiler/c/compile.js";
import type { DeclaredNames } from "../../../compiler/c/declarations/declared-names.js";
import { lexFile } from "../../../compiler/c/preprocessor/lexer.js";
import { MacroTable } from "../../../compiler/c/preprocessor/macro-table.js";
import { PpToken } from "../../../compiler/c/preprocessor/pp-token.js";
import type { Prelude } from "../../../compiler/c/preprocessor/prelude.js";
import { systemHeader } from "../../../compiler/c/preprocessor/system-headers.js";
import { SharedHeaders } from "../../../compiler/c/shared-headers.js";
import type { MacroOption } from "../../../compiler/c/target.js";
import {
  type CompileCOptions,
  type CUnit,
  IncludeError,
  type IncludeResolver,
} from "../../../compiler/c/unit.js";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { headerFiles } from "../../../schema/header/header-files.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import { ownHeaders, withPrefix } from "../../differential/program.js";
import { anyCase } from "../../differential/run.js";

/** Throws where a unit writes to what it shares with the next. */
class FrozenHeaders extends SharedHeaders {
  override keep(prelude: Prelude): void {
    for (const [, macro] of new MacroTable(prelude.expander.macros)) deepFreeze(macro.body);
    super.keep(prelude);
  }

  override keepNames(prelude: Prelude, names: DeclaredNames): void {
    for (const { definition } of names.tags.values()) deepFreeze(definition);
    for (const definition of names.definitions) deepFreeze(definition);
    for (const entity of names.names.values()) deepFreeze(entity);
    super.keepNames(prelude, names);
  }
}

/** Tokens aside, which know their file with all its text. */
function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof PpToken || Object.isFrozen(value))
    return;
  Object.freeze(value);
  for (const part of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(part);
}

type Options = Omit<CompileCOptions, "report" | "sharedHeaders">;

interface Seen {
  readonly unit: CUnit;
  readonly diagnostics: readonly Diagnostic[];
}

function compile(main: SourceFile, options: Options, sharedHeaders: SharedHeaders | undefined): Seen {
  const diagnostics: Diagnostic[] = [];
  const unit = compileC(main, { ...options, sharedHeaders, report: (found) => diagnostics.push(found) });
  return { unit, diagnostics };
}

/** Everything a unit tells, with the places of all bytes. */
function told({ unit, diagnostics }: Seen): unknown {
  return {
    objects: unit.objects.map(({ bytes, provenance, ...rest }) => ({
      ...rest,
      bytes: Buffer.from(bytes).toString("hex"),
      origins: [...bytes.keys()].map((at) => {
        const token = provenance.at(at);
        return token && [token.file.path, token.start, token.expansion?.macro];
      }),
    })),
    structs: [...unit.structs],
    files: unit.files.map(({ path }) => path),
    diagnostics: diagnostics.map(({ id, severity, message, primary, secondary, notes, help, fixes }) => ({
      ...{ id, severity, message, help, fixes: fixes.length },
      places: [primary, ...secondary, ...notes].map((part) => {
        const place = part?.place;
        return place?.kind === "source" ? [place.span.file.path, place.span.start, place.span.end] : part;
      }),
    })),
  };
}

/** Headers by path; each path is one file. A header that is null cannot be read, until it is given a text. */
class Tree implements IncludeResolver {
  private readonly opened = new Map<string, SourceFile>();

  constructor(readonly texts: Record<string, string | null>) {}

  resolve(name: string, form: "angled" | "quoted", from: SourceFile): SourceFile | undefined {
    const beside = from.path.slice(0, from.path.lastIndexOf("/") + 1);
    return (form === "quoted" ? this.open(`${beside}${name}`) : undefined) ?? this.open(name);
  }

  searched(): readonly string[] {
    return ["here"];
  }

  open(path: string): SourceFile | undefined {
    const text = Object.hasOwn(this.texts, path) ? this.texts[path] : undefined;
    if (text === undefined) return undefined;
    if (text === null) throw new IncludeError("it may not be read");
    const file = this.opened.get(path) ?? new SourceFile(path, text);
    this.opened.set(path, file);
    return file;
  }
}

interface Sequence {
  readonly what: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Main files by path, compiled in order. */
  readonly mains: readonly (readonly [path: string, text: string])[];
  /** Of each main file; the last one's for the rest. */
  readonly macros?: readonly (readonly MacroOption[])[];
  readonly forced?: readonly string[];
  /** Whether the second file takes over what the first one read: its macros and tokens, and its declarations. */
  readonly shares: "all" | "text" | "nothing";
}

const struct = "struct s { int a; struct { char b : 3, c; } d; };\n";
const define = (text: string): MacroOption => ({ kind: "define", text });

const sequences: readonly Sequence[] = [
  {
    what: "types, constants, macros and functions",
    headers: {
      "h.h": `${struct}#define SIX 6\nenum { SEVEN = 7 };\ntypedef struct s t;\nstatic inline int f(void) { return 1; }\n`,
    },
    mains: [
      ["a.c", '#include "h.h"\nt x = { SIX, { 1 } };'],
      ["b.c", '// two\n#include "h.h"\nstruct s y[2] = { [1].d.c = SEVEN };\n#define SIX 5\nint z = SIX;'],
      ["c.c", '#include "h.h"\nstruct s { int other; } z = { 1 }; typedef int t; int f; t u = q;'],
    ],
    shares: "all",
  },
  {
    what: "a header with a finding",
    headers: { "h.h": `${struct}#warning once\n` },
    mains: [
      ["a.c", '#include "h.h"\nstruct s x = { 1 };'],
      ["b.c", '#include "h.h"\nstruct s x = { 2 };'],
    ],
    shares: "nothing",
  },
  {
    what: "a header with a mistake in a declaration",
    headers: { "h.h": "struct s { int a; nothing b; };\n" },
    mains: [
      ["a.c", '#include "h.h"\nstruct s x = { 1 };'],
      ["b.c", '#include "h.h"\nstruct s x = { 2 };'],
    ],
    shares: "text",
  },
  {
    what: "a struct that each config completes itself",
    headers: { "h.h": "struct s; struct t { struct s *p; };\n" },
    mains: [
      ["a.c", '#include "h.h"\nstruct s { char c; }; struct s x = { 1 };'],
      ["b.c", '#include "h.h"\nstruct s { int i; }; struct s x = { 2 };'],
    ],
    shares: "text",
  },
  {
    what: "an enum that each config completes itself",
    headers: { "h.h": "enum e;\n" },
    mains: [
      ["a.c", '#include "h.h"\nenum e { ONE = 1 }; char x[sizeof(enum e)] = { ONE };'],
      ["b.c", '#include "h.h"\nenum e { BIG = 1ULL << 40 }; char x[sizeof(enum e)] = { 1 };'],
    ],
    shares: "text",
  },
  {
    what: "objects declared in a header",
    headers: { "h.h": "extern int x[]; static const int k = 3;\n" },
    mains: [
      ["a.c", '#include "h.h"\nint x[] = { k, 2 };'],
      ["b.c", '#include "h.h"\nint x[] = { 1, 2, k }; int size = sizeof(x);'],
    ],
    shares: "text",
  },
  {
    what: "a declaration that begins in a header",
    headers: { "h.h": "int x[] =\n", "open.h": "struct s { int a;\n" },
    mains: [
      ["a.c", '#include "h.h"\n{ 1 };'],
      ["b.c", '#include "h.h"\n{ 1, 2 };'],
      ["c.c", '#include "open.h"\nint b; } y = { 1 };'],
      ["d.c", '#include "open.h"\n} z = { 1 };'],
    ],
    shares: "text",
  },
  {
    what: "a macro whose arguments would stand in the config",
    headers: { "h.h": "#define F(a) int x = a;\nF\n" },
    mains: [
      ["a.c", '#include "h.h"\n(1)'],
      ["b.c", '#include "h.h"\n(2)'],
    ],
    shares: "text",
  },
  {
    what: "counters and names of files",
    headers: {
      "h.h":
        "#define BASE __BASE_FILE__\nenum { ZERO = __COUNTER__, LINE = __LINE__, LEVEL = __INCLUDE_LEVEL__ };\n",
    },
    mains: [
      ["a.c", '#include "h.h"\nchar x[] = BASE __FILE__; int n = __COUNTER__, l = LINE, v = LEVEL;'],
      ["other.c", '#include "h.h"\nchar x[] = BASE; int n = __COUNTER__ + 10;'],
    ],
    shares: "all",
  },
  {
    what: "a header that looks at the name of the config",
    headers: { "h.h": "enum { SIZE = sizeof(__BASE_FILE__) };\n" },
    mains: [
      ["a.c", '#include "h.h"\nint x = SIZE;'],
      ["longer.c", '#include "h.h"\nint x = SIZE;'],
    ],
    shares: "nothing",
  },
  {
    what: "headers that are read once",
    headers: { "h.h": `#pragma once\n${struct}`, "g.h": '#ifndef G\n#define G\n#include "h.h"\n#endif\n' },
    mains: [
      ["a.c", '#include "h.h"\n#include "g.h"\n#include "h.h"\nstruct s x = { 1 };'],
      [
        "b.c",
        '#include "h.h"\n#include "g.h"\n#include "h.h"\n\n#define A\n#include "h.h"\nstruct s y = { A };',
      ],
    ],
    forced: ["g.h"],
    shares: "all",
  },
  {
    what: "other beginnings",
    headers: { "h.h": struct, "g.h": "#include <h.h>\n#define G 1\n" },
    mains: [
      ["a.c", '#include "g.h"\nstruct s x = { G };'],
      ["b.c", '#include "h.h"\nstruct s x = { 2 };'],
      ["c.c", '#include "h.h"\n#include "missing.h"\nstruct s x = { 2 };'],
      ["d.c", '#define E 1\n#include "g.h"\nstruct s x = { E };'],
      ["e.c", 'int i = 2;\n#include "g.h"\nstruct s x = { 1 };'],
      ["f.c", '#include "g.h" nonsense\nstruct s x = { 1 };'],
      ["g.c", '#if 1\n#include "g.h"\n#endif\nstruct s x = { 1 };'],
    ],
    shares: "nothing",
  },
  {
    what: "headers of one name in two directories",
    headers: { "a/h.h": "#define N 1\n", "b/h.h": "#define N 2\n" },
    mains: [
      ["a/x.c", '#include "h.h"\nint x = N;'],
      ["b/x.c", '#include "h.h"\nint x = N;'],
      ["b/y.c", '#include "h.h"\nint x = N + 1;'],
    ],
    shares: "nothing",
  },
  {
    what: "other macros of the command line",
    headers: { "h.h": "#ifdef WIDE\ntypedef long t;\n#else\ntypedef int t;\n#endif\n" },
    mains: [
      ["a.c", '#include "h.h"\nt x = 1;'],
      ["b.c", '#include "h.h"\nt x = 1;'],
      ["c.c", '#include "h.h"\nt x = 1;'],
    ],
    macros: [[define("WIDE")], [], [define("WIDE")]],
    shares: "nothing",
  },
  {
    what: "the same macros in another list",
    headers: { "h.h": "typedef int t;\n" },
    mains: [
      ["a.c", '#include "h.h"\nt x = WIDE;'],
      ["b.c", '#include "h.h"\nt x = WIDE + 1;'],
    ],
    macros: [[define("WIDE")], [define("WIDE")]],
    shares: "all",
  },
  {
    what: "a header that includes the config",
    headers: { "h.h": '#ifndef H\n#define H\n#include "b.c"\n#endif\n', "b.c": '#include "h.h"\nint x = 1;' },
    mains: [
      ["b.c", '#include "h.h"\nint x = 1;'],
      ["b.c", '#include "h.h"\nint x = 1;'],
    ],
    shares: "nothing",
  },
  {
    what: "macros that a header keeps for later",
    headers: { "h.h": '#define A 1\n#pragma push_macro("A")\n#undef A\n#define A 2\n' },
    mains: [
      ["a.c", '#include "h.h"\nint x = A;\n#pragma pop_macro("A")\nint y = A;'],
      ["b.c", '#include "h.h"\nint x = A;\n#pragma pop_macro("A")\nint y = A;'],
    ],
    shares: "nothing",
  },
  {
    what: "a header that another config calls wrongly",
    headers: { "h.h": "struct s { F a; int b; };\n" },
    mains: [
      ["a.c", '#include "h.h"\n#define F(x) x\nint y = F(1, 2);'],
      ["b.c", '#include "h.h"\nstruct s x = { 1 };'],
    ],
    shares: "text",
  },
  {
    what: "macros that are deleted and defined anew",
    headers: { "h.h": "#define FOO1 1\n#define FOO2 2\n#undef FOO1\n" },
    mains: [
      ["a.c", '#include "h.h"\nint x = FOO2;'],
      ["b.c", '#include "h.h"\n#define FOO1 3\nint x = FOO3;'],
      ["c.c", '#include "h.h"\n#undef FOO2\n#define FOO2 3\n#undef BAR1\n#define BAR1\nint x = FOO3 + BAR3;'],
    ],
    macros: [[define("BAR1"), define("BAR2"), { kind: "undefine", name: "BAR1" }]],
    shares: "all",
  },
  {
    what: "work that counts against a limit",
    headers: {
      "h.h": [1, 2, 3, 4, 5, 6, 7]
        .map((each) => `enum { A${each} = sizeof((char[16777216]){0}) };\n`)
        .join(""),
    },
    mains: [
      ["a.c", '#include "h.h"\nint x = A1;'],
      ["b.c", '#include "h.h"\nchar y[16777216] = {1}; char z[16777216] = {1};'],
    ],
    shares: "all",
  },
  {
    what: "digraphs",
    headers: { "h.h": "struct s <% int a<:2:>; %>;\n" },
    mains: [
      ["a.c", '#include "h.h"\nstruct s x = { 1 };'],
      ["b.c", '#include "h.h"\nstruct s x = <% 1, 2 %>;'],
    ],
    shares: "all",
  },
];

describe("headers shared by the configs of a tree", () => {
  for (const { what, headers, mains, macros, forced, shares } of sequences) {
    it(`change nothing for ${what}`, () => {
      const tree = new Tree(headers);
      const shared = new FrozenHeaders();
      for (const [index, [path, text]] of mains.entries()) {
        const main = tree.open(path) ?? new SourceFile(path, text);
        const options: Options = {
          target: "x86_64",
          macros: macros?.[Math.min(index, macros.length - 1)] ?? [],
          forcedIncludes: (forced ?? []).map((name) => tree.open(name)!),
          includes: tree,
        };
        if (index === 1) {
          const found = shared.find(main, lexFile(main), { ...options, report: () => {} });
          const names = found && shared.namesOf(found);
          expect(names !== undefined ? "all" : found !== undefined ? "text" : "nothing").to.equal(shares);
        }
        const alone = told(compile(main, options, undefined));
        expect(told(compile(main, options, shared)), path).to.deep.equal(alone);
      }
    });
  }

  it("are not taken over where a header could not be read", () => {
    const tree = new Tree({
      "h.h": "#if __has_include(<x.h>)\nenum { A = 1 };\n#else\nenum { A = 2 };\n#endif\n",
      "x.h": null,
    });
    const shared = new FrozenHeaders();
    const value = (): number => {
      const options = { target: "x86_64", macros: [], forcedIncludes: [], includes: tree } as const;
      const main = new SourceFile("main.c", '#include "h.h"\nchar config = A;');
      return compile(main, options, shared).unit.objects[0]!.bytes[0]!;
    };
    expect(value()).to.equal(2);
    tree.texts["x.h"] = "";
    expect(value()).to.equal(1);
  });

  it("are kept for the beginnings that are used, however many others there are", () => {
    const shared = new SharedHeaders();
    const tree = new Tree(
      Object.fromEntries([...Array(40).keys()].map((n) => [`${n}.h`, `enum { A = ${n} };`])),
    );
    const options = { target: "x86_64", macros: [], forcedIncludes: [], includes: tree } as const;
    const mainOf = (n: number) => new SourceFile(`${n}.c`, `#include "${n}.h"\nint x = A + 1;`);
    const isKept = (n: number): boolean => {
      const main = mainOf(n);
      return shared.find(main, lexFile(main), { ...options, report: () => {} }) !== undefined;
    };
    for (let n = 1; n < 40; n += 1) {
      compile(mainOf(0), options, shared);
      compile(mainOf(n), options, shared);
    }
    expect([0, 39, 1].map(isKept)).to.deep.equal([true, true, false]);
  });

  /** What people change in a config: a macro of its headers, a call of one, a name, a number. */
  const edits: fc.Arbitrary<string> = fc.constantFrom(
    "",
    "\n#undef ARRAY_SIZE\n",
    "\n#define JAILHOUSE_MEM_READ 2\n",
    "\n#undef JAILHOUSE_MEM_WRITE\n#define JAILHOUSE_MEM_WRITE 4\n",
    "\nlong extra1[] = { JAILHOUSE_MEM_REED, ARRAY_SIZE() };\n",
    "\nstruct jailhouse_memory { int mine; } extra2 = { 1 };\n",
    "\nstruct jailhouse_console; typedef int __u8; enum { __u16 };\n",
    "\nunsigned extra3[] = { __COUNTER__, __COUNTER__ };\n",
    "\n}\n",
  );

  it("change nothing for any programs that share them, nor do the programs change them", () => {
    const texts = new Map<string, ReadonlyMap<string, string>>();
    let sharing = 0;
    fc.assert(
      fc.property(anyCase, edits, edits, ({ program: drawn }, ...edited) => {
        const program = withPrefix(drawn, "p");
        if (program.profile !== null && !texts.has(program.profile))
          texts.set(program.profile, headerFiles(resolveProfile(program.profile)!));
        const profile = program.profile === null ? undefined : texts.get(program.profile);
        const tree = new Tree(
          Object.fromEntries([
            ...(profile ?? []),
            ...[...program.files].map(([path, text]) => [path.replace(`${ownHeaders}/`, ""), text] as const),
          ]),
        );
        const options: Options = {
          target: program.target,
          macros: program.defines.map(({ name, body }) => define(`${name}=${body}`)),
          forcedIncludes: program.forcedIncludes.map((name) => tree.open(name)!),
          includes: {
            resolve: (name, form, from) => tree.resolve(name, form, from) ?? systemHeader(name),
            searched: () => [],
          },
        };
        const behindIncludes = Math.max(0, program.main.lastIndexOf("#include"));
        const at = program.main.indexOf("\n", behindIncludes) + 1;
        const mains = [
          program.main,
          ...edited.map((edit) => program.main.slice(0, at) + edit + program.main.slice(at)),
        ];
        const alone = mains.map((text) => told(compile(new SourceFile("main.c", text), options, undefined)));
        for (const order of [
          [0, 1, 2, 0],
          [2, 1, 0, 2],
        ]) {
          const shared = new FrozenHeaders();
          for (const index of order) {
            const main = new SourceFile("main.c", mains[index]!);
            const found = shared.find(main, lexFile(main), { ...options, report: () => {} });
            if (found !== undefined && shared.namesOf(found) !== undefined) sharing++;
            expect(told(compile(main, options, shared))).to.deep.equal(alone[index]);
          }
        }
      }),
      { numRuns: 150 },
    );
    // programs that share nothing would prove nothing
    expect(sharing).to.be.greaterThan(150);
  });
});
