import { expect } from "chai";
import { demoConfig, findingsOf, helpOf, mistakes } from "./demo-config.js";
import { bytesOf, compileText, hex, idsOf } from "./reference.js";

describe("C reader, commas and operators that are missing", () => {
  for (const [what, change, finding] of [
    ["a string", ['"demo",', '"demo"'], "3:17 expected `,` before `.flags`"],
    ["a number", [".flags = 1,", ".flags = 1"], "4:13 expected `,` before `.cpu_set_size`"],
    ["sizeof", ["(config.cpus),", "(config.cpus)"], "5:38 expected `,` before `.num_regions`"],
    ["a macro's call", ["(config.chips),", "(config.chips)"], "7:40 expected `,` before `.num_devices`"],
    ["a macro", ["MEM_EXECUTE,", "MEM_EXECUTE .size = 3,"], "20:26 expected `,` before `.size`"],
    ["a table", ["\t},\n\n\t.regions", "\t}\n\n\t.regions"], "13:3 expected `,` before `.regions`"],
    ["an element of an array", ["/* RAM */ {", "[0] = { 1 }\n\t\t[1] = {"], "16:14 expected `,` before `[`"],
  ] as const) {
    it(`points behind ${what}, with one error`, () => {
      expect(mistakes(change)[0]).to.equal(finding);
      expect(findingsOf(demoConfig(change)).filter(({ severity }) => severity === "error")).to.have.length(1);
    });
  }

  it("reads on as if the comma stood there", () => {
    const change = ['"demo",', '"demo"'] as const;
    const { unit } = compileText(demoConfig(change));
    expect(hex(unit.objects[0]!.bytes)).to.equal(bytesOf(demoConfig(), "config"));
  });

  it("takes a dot behind a struct that has the member for what it is", () => {
    const text = "struct s { int a; };\nconst struct s s = { 3 };\nint x[] = { s\n.a };";
    expect(idsOf(text)).to.deep.equal([]);
    expect(bytesOf(text, "x")).to.equal("03000000");
  });

  it("shows the name of the macro where `|` is missing, and says so", () => {
    const change = ["MEM_WRITE\n\t\t\t\t| ", "MEM_WRITE\n\t\t\t\t"] as const;
    expect(mistakes(change)).to.deep.equal(["25:53 expected `,` before `JAILHOUSE_MEM_IO`"]);
    expect(helpOf(change)).to.deep.equal(["to combine flags, write `|` between them"]);
  });

  it("shows the token itself where it stands within a macro", () => {
    const { findings } = compileText("#define PAIR 1 2\nint x[] = { PAIR };");
    expect(findings.map(({ message }) => message)).to.deep.equal(["expected `,` before `2`"]);
  });

  it("offers the dot that is missing", () => {
    const change = [".chips = {", "chips = {"] as const;
    expect(mistakes(change)).to.deep.equal(["30:2 `chips =` names no member: the dot is missing"]);
    expect(helpOf(change)).to.deep.equal(["did you mean `.chips`?"]);
    const { findings, unit } = compileText(demoConfig(change));
    const [edit] = findings[0]!.fixes[0]!.edits;
    expect([edit!.span.start, edit!.span.end, edit!.newText]).to.deep.equal([
      demoConfig(change).lastIndexOf("chips = {"),
      demoConfig(change).lastIndexOf("chips = {"),
      ".",
    ]);
    expect(hex(unit.objects[0]!.bytes)).to.equal(bytesOf(demoConfig(), "config"));
  });

  it("offers the nearest member where the one without a dot is misspelt, too", () => {
    expect(helpOf([".chips = {", "chip = {"])).to.deep.equal(["did you mean `chips`?"]);
  });
});

describe("C reader, names that mean nothing", () => {
  const unknown = (name: string) => `int x = ${name};`;
  const help = (text: string) => findingsOf(text).map((finding) => finding.help);
  const flags =
    "#define MEM_READ 1\n#define MEM_WRITE 2\n#define MEM_EXECUTE 4\n#define MEM_DMA 8\n#define MEM_IO 16\n#define CELL_PASSIVE_COMMREG 1\n";

  it("offers macros", () => {
    expect(help(flags + unknown("MEM_WRTIE"))).to.deep.equal(["did you mean `MEM_WRITE`?"]);
    expect(help(flags + unknown("CELL_PASIVE_COMMREG"))).to.deep.equal([
      "did you mean `CELL_PASSIVE_COMMREG`?",
    ]);
  });

  it("offers the one name that goes on where the wrong one ends", () => {
    expect(help(flags + unknown("MEM_EXEC"))).to.deep.equal(["did you mean `MEM_EXECUTE`?"]);
  });

  it("offers nothing on account of the words that names begin with alone", () => {
    const [text] = help(flags + unknown("MEM_FROM_USER"));
    expect(text).not.to.match(/did you mean/);
    expect(help(unknown("unit"))[0]).not.to.match(/did you mean/);
  });

  it("says how a macro with parameters is used", () => {
    expect(help("#define PAIR(a, b) a + b\nint x = PAIR;")).to.deep.equal([
      "`PAIR` is a macro: write `PAIR(a, b)`",
    ]);
  });

  it("says once that a call has too many arguments", () => {
    expect(idsOf("#define B(x) x\nint x[] = { B(1, 2), B(3) };\nB(4, 5) y;")).to.deep.equal([
      "c-macro-arguments",
      "c-macro-arguments",
    ]);
  });

  it("reports a name once, and says how often it comes", () => {
    const text =
      "struct s { int a; } x = { .b = NOPE, .b = NOPE }, y = { .b = 1 }; struct { int a; } z = { .b = NOPE };";
    expect(
      findingsOf(text).map(({ message, notes }) => [message, ...notes.map((note) => note.message)]),
    ).to.deep.equal([
      ["`struct s` has no member `b`", "it is used 3 times more below"],
      ["`NOPE` is not defined", "it is used 2 times more below"],
      ["`anonymous struct` has no member `b`"],
    ]);
  });

  it("offers tags that are complete", () => {
    const text =
      "struct irqchip { int a; }; struct irq_chip_ops; struct { struct irq_chip c; } x = { .c = { 1 } };";
    expect(findingsOf(text).map((finding) => [finding.message, finding.help])).to.deep.equal([
      ["`struct irq_chip` is incomplete: its size is not known here", "did you mean `struct irqchip`?"],
    ]);
  });

  it("asks for the header of all configs, and for nothing else", () => {
    const text = `struct { struct jailhouse_cell_desc cell; __u64 cpus[1]; struct jailhouse_memory m[2]; } x = {
      .cell = { .signature = JAILHOUSE_CELL_DESC_SIGNATURE, .n = ARRAY_SIZE(x.m) }, .cpus = { 1 },
      .m = { { .flags = JAILHOUSE_MEM_READ } } };`;
    expect(findingsOf(text).map((finding) => [finding.id, finding.help])).to.deep.equal([
      ["c-incomplete-type", "#include <jailhouse/cell-config.h>"],
    ]);
  });

  it("asks once for the header with the integer types", () => {
    const text =
      "struct s { __u64 a; __u8 b; u32 c; };\nstatic inline __u32 f(void) { return 1; }\nint x = 1;";
    expect(findingsOf(text).map((finding) => [finding.message, finding.help])).to.deep.equal([
      ["unknown type name `__u64`", "#include <jailhouse/types.h>"],
    ]);
  });
});

describe("C reader, text that only looks right", () => {
  for (const [what, text, message] of [
    [
      "a Cyrillic letter in a name",
      "int x = f\u043eo;",
      "`f\u043eo` contains the character U+043E, which looks like `o`",
    ],
    [
      "a Greek letter in a member",
      "struct { int A; } x = { .\u0391 = 1 };",
      "`\u0391` contains the character U+0391, which looks like `A`",
    ],
    ["a no-break space", "int x =\u00a01;", "the text contains the character U+00A0, a no-break space"],
    [
      "a no-break space behind a number",
      "int x[] = { 1\u00a0, 2 };",
      "the text contains the character U+00A0, a no-break space",
    ],
    [
      "an invisible character",
      "int x = 1\u200b;",
      "the text contains the character U+200B, which is invisible",
    ],
    [
      "typographic quotes",
      "char x[] = \u201ca\u201d;",
      '`\u201c` contains the character U+201C, which looks like `"`',
    ],
    [
      "a full-width comma",
      "int x[] = { 1 \uff0c 2 };",
      "`\uff0c` contains the character U+FF0C, which looks like `,`",
    ],
    [
      "a byte that is no UTF-8",
      "int x = \udca0 1;",
      "the text contains the character byte 0xA0, which is not UTF-8",
    ],
    [
      "an unterminated string",
      'char x[] = "abc;\nint y = 1;',
      "unterminated string: it does not end on its line",
    ],
    [
      "an unterminated character",
      "int x = 'a;\nint y = 1;",
      "unterminated character constant: it does not end on its line",
    ],
  ] as const) {
    it(`names ${what}`, () => {
      expect(findingsOf(text)[0]?.message).to.equal(message);
    });
  }

  it("says it once, at the character, with a fix where it can", () => {
    const text = "int x[] = { 1, f\u043eo, 3\u00a0, 4 };";
    const findings = findingsOf(text);
    expect(findings.map(({ id }) => id)).to.deep.equal(["c-odd-character", "c-odd-character"]);
    const [edit] = findings[0]!.fixes[0]!.edits;
    expect([edit!.span.start, edit!.span.end, edit!.newText]).to.deep.equal([16, 17, "o"]);
  });

  it("has nothing against letters of any script in names that are defined", () => {
    expect(
      idsOf(
        "enum { gr\u00f6\u00dfe = 1, \u043e\u0434\u0438\u043d = 2 }; int x[] = { gr\u00f6\u00dfe, \u043e\u0434\u0438\u043d };",
      ),
    ).to.deep.equal([]);
  });
});

describe("C reader, what is accepted but seldom meant", () => {
  it("warns of an attribute that gcc does not know, and offers the one that was meant", () => {
    const text = "struct { char a; int b; } __attribute__((pakced)) x = { 1, 2 };";
    expect(findingsOf(text).map((finding) => [finding.id, finding.severity, finding.help])).to.deep.equal([
      ["c-unknown-attribute", "warning", "did you mean `packed`?"],
    ]);
    expect(findingsOf("int x __attribute__((__alined__(4))) = 1;")[0]!.help).to.equal(
      "did you mean `aligned`?",
    );
    expect(idsOf("int x __attribute__((frobnicate(1, (2)))) = 1;")).to.deep.equal(["c-unknown-attribute"]);
  });

  it("keeps silent on attributes that change no bytes", () => {
    const names =
      "used unused deprecated noinline const pure format(printf,1,2) nonnull warn_unused_result may_alias weak cold " +
      "hot always_inline no_instrument_function externally_visible noreturn malloc fallthrough gnu_inline artificial " +
      'designated_init visibility("hidden") __nonstring__ retain';
    for (const name of names.split(" ")) {
      expect(idsOf(`int x __attribute__((${name})) = 1;`), name).to.deep.equal([]);
    }
  });

  it("warns of a member that is given twice, with both values and places", () => {
    const change = [".pin_base = 32,", ".pin_base = 32,\n\t\t\t.pin_base = 64,"] as const;
    expect(mistakes(change)).to.deep.equal([
      "34:4 `.pin_base` is given twice: first 0x20, then 0x40, which counts",
    ]);
    const [finding] = findingsOf(demoConfig(change));
    expect(finding!.severity).to.equal("warning");
    expect(finding!.secondary.map(({ text }) => text)).to.deep.equal(["first 0x20 here"]);
  });

  it("warns of elements, of paths, of bit-fields and of whole structs, too", () => {
    for (const [text, message] of [
      ["int x[3] = { [1] = 1, [1] = 2 };", "`[1]` is given twice: first 1, then 2, which counts"],
      [
        "struct { struct { int a, b; } s; } x = { .s.a = 1, .s.b = 2, .s.a = 3 };",
        "`.s.a` is given twice: first 1, then 3, which counts",
      ],
      [
        "struct { int a : 3, b : 5; } x = { .b = 1, .a = 2, .b = -1 };",
        "`.b` is given twice: first 1, then -1, which counts",
      ],
      [
        "struct { struct { int a; } s; } x = { .s = { 1 }, .s = { 2 } };",
        "`.s` is given twice; only the second value counts",
      ],
    ] as const) {
      expect(findingsOf(text).map((finding) => finding.message)).to.deep.equal([message]);
    }
  });

  it("lets ranges be set anew, and different members of one union", () => {
    expect(idsOf("char x[9] = { [0 ... 8] = -1, [3] = 0, [2 ... 4] = 1 };")).to.deep.equal([]);
    expect(idsOf("union { int a; char b; } x = { .a = 1, .b = 2 };")).to.deep.equal([]);
    expect(idsOf("struct { int a, b; } x[2] = { { .a = 1 }, { .a = 2 } };")).to.deep.equal([]);
  });

  it("says what is left of a constant that is too long", () => {
    const messages = (text: string) => findingsOf(text).map(({ message }) => message);
    expect(messages("long x = 0x1000000000000000002;")).to.deep.equal([
      'integer constant "0x1000000000000000002" does not fit in 64 bits; 0x2 remains of it',
    ]);
    expect(messages("long x = 18446744073709551617;")).to.deep.equal([
      'integer constant "18446744073709551617" does not fit in 64 bits; 1 remains of it',
    ]);
  });

  it("refuses section names that the assembler takes for something else", () => {
    for (const name of ["my sec", "a,b", "a;b", "a#b", "\\tb", 'a\\"b', ":a", ""]) {
      const text = `int x __attribute__((section("${name}"))) = 1;`;
      expect(idsOf(text), name).to.deep.equal(["c-attribute-argument"]);
    }
    for (const name of [".cell.a-b", "a/b", "a@b", "1"]) {
      expect(idsOf(`int x __attribute__((section("${name}"))) = 1;`), name).to.deep.equal([]);
    }
  });
});

describe("C reader, objects of a file", () => {
  const names = (text: string) => compileText(text).unit.objects.map(({ name }) => name);

  it("leaves out static helpers, as gcc does at -O2", () => {
    expect(
      names(`static const int helper = 3; static int other = 4; int config = helper;
        static int kept __attribute__((used)) = 1; static volatile int port = 2;
        static int own __attribute__((section("s"))) = 5;`),
    ).to.deep.equal(["config", "kept", "port", "own"]);
  });

  it("keeps them where there is nothing else", () => {
    expect(names("static const int config = 3;")).to.deep.equal(["config"]);
  });

  it("counts no object without bytes", () => {
    expect(
      names("const int z[0]; struct { } e = { }; const struct { int a[0]; } f; int config = 1;"),
    ).to.deep.equal(["config"]);
  });
});
