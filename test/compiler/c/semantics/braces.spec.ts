import { expect } from "chai";
import { demoConfig, mistakes } from "./demo-config.js";
import { bytesOf, compileText, hex } from "./reference.js";

type Changes = readonly (readonly [string, string])[];

/** What was changed, and the one thing that is to be said of it. */
const cases: Readonly<Record<string, readonly [changes: Changes, finding: string]>> = {
  "a region that is not closed, before the next": [
    [["EXECUTE,\n\t\t},", "EXECUTE,"]],
    "16:13 this `{` is probably not closed: the next `{` belongs to what is around it",
  ],
  "the last region": [
    [["MEM_IO,\n\t\t},", "MEM_IO,"]],
    "22:14 this `{` is probably not closed: `.chips` belongs to what is around it",
  ],
  "the last region without a comma": [
    [["MEM_IO,\n\t\t},", "MEM_IO"]],
    "22:14 this `{` is probably not closed: `.chips` belongs to what is around it",
  ],
  "a table": [
    [["MEM_IO,\n\t\t},\n\t},", "MEM_IO,\n\t\t},"]],
    "15:13 this `{` is probably not closed: `.chips` belongs to what is around it",
  ],
  "a region and its table": [
    [["MEM_IO,\n\t\t},\n\t},", "MEM_IO,"]],
    "22:14 this `{` is probably not closed: `.chips` belongs to what is around it",
  ],
  "the header": [
    [["config.devices),\n\t},", "config.devices),"]],
    "2:10 this `{` is probably not closed: `.cpus` belongs to what is around it",
  ],
  "an array of numbers": [
    [["0x2,\n\t},", "0x2,"]],
    "11:10 this `{` is probably not closed: `.regions` belongs to what is around it",
  ],
  "an array of numbers deep inside": [
    [["0, 0, 0,\n\t\t\t},", "0, 0, 0,"]],
    "34:18 this `{` is probably not closed: `.devices` belongs to what is around it",
  ],
  "the last element of the last table": [
    [["0xd8,\n\t\t},", "0xd8,"]],
    "41:3 this `{` is probably not closed",
  ],
  "the whole config": [[["},\n\t},\n};", "},\n\t},\n;"]], "1:34 `{` is never closed"],
  "a brace too many behind a region": [
    [["EXECUTE,\n\t\t},", "EXECUTE,\n\t\t},\n\t\t},"]],
    "22:3 this `}` has no `{`",
  ],
  "a brace too many within an element": [
    [["0, 0, 0,\n\t\t\t},", "0, 0, 0,\n\t\t\t},\n\t\t\t},"]],
    "37:4 this `}` has no `{`",
  ],
  "a brace too many behind the header": [
    [["config.devices),\n\t},", "config.devices),\n\t},\n\t},"]],
    "10:2 this `}` ends the initialiser of `config`, but it goes on with `.cpus`",
  ],
  "a brace too many at the end": [[["},\n\t},\n};", "},\n\t},\n}};"]], "46:2 this `}` has no `{`"],
  "a brace too many with a comma": [[["},\n\t},\n};", "},\n\t},\n\t},\n};"]], "46:2 this `}` has no `{`"],
  "a brace behind the declaration": [[["},\n\t},\n};", "},\n\t},\n};\n}"]], "47:1 this `}` has no `{`"],
  "a table without its opening brace": [
    [[".regions = {", ".regions ="]],
    "16:13 expected `{`: `struct region[2]` is an array, and `.phys_start` belongs to one element of it",
  ],
  "a header without its opening brace": [[[".cell = {", ".cell ="]], "2:9 expected `{` before `.name`"],
  "a second region without its opening brace": [
    [["/* UART */ {", "/* UART */"]],
    "23:4 expected `{` before `.phys_start`",
  ],
  "elements without braces of their own": [
    [
      [".devices = {\n\t\t{", ".devices = {"],
      ["0xd8,\n\t\t},", "0xd8,"],
    ],
    "40:13 expected `{`: `struct device[1]` is an array, and `.type` belongs to one element of it",
  ],
  "a semicolon for a comma before a member": [
    [[".size = 0x100000,", ".size = 0x100000;"]],
    "18:20 expected `,`, found `;`",
  ],
  "a semicolon for a comma before a brace": [
    [[".bdf = 0xd8,", ".bdf = 0xd8;"]],
    "43:15 expected `,`, found `;`",
  ],
  "a semicolon for a comma between regions": [
    [["EXECUTE,\n\t\t},", "EXECUTE,\n\t\t};"]],
    "21:4 expected `,`, found `;`",
  ],
};

describe("C reader, braces that are missing or too many", () => {
  it("reads the config they are worked into", () => {
    expect(mistakes()).to.deep.equal([]);
  });

  for (const [what, [changes, finding]] of Object.entries(cases)) {
    it(`points at ${what}, and says nothing else`, () => {
      expect(mistakes(...changes)).to.deep.equal([finding]);
    });
  }

  it("goes on behind the config as if nothing had happened", () => {
    for (const [what, [changes]] of Object.entries(cases)) {
      const names = compileText(demoConfig(...changes)).unit.objects.map(({ name }) => name);
      expect(names, what).to.include("behind");
    }
  });

  it("takes the brace for given: what follows lands where it belongs", () => {
    const whole = bytesOf(demoConfig(), "config");
    for (const change of [
      ["MEM_IO,\n\t\t},", "MEM_IO,"],
      ["EXECUTE,\n\t\t},", "EXECUTE,"],
      [".regions = {", ".regions ="],
      [".cell = {", ".cell ="],
      ["/* UART */ {", "/* UART */"],
      [".size = 0x100000,", ".size = 0x100000;"],
    ] as const) {
      const { unit } = compileText(demoConfig(change));
      expect(hex(unit.objects[0]!.bytes), change[0]).to.equal(whole);
    }
  });

  it("still says what is wrong behind a missing brace", () => {
    expect(mistakes(["MEM_IO,\n\t\t},", "MEM_IO,"], [".bdf", ".bfd"])).to.deep.equal([
      "22:14 this `{` is probably not closed: `.chips` belongs to what is around it",
      "42:5 `struct device` has no member `bfd`",
    ]);
  });

  it("does not take a member in the wrong struct for a missing brace while the braces match", () => {
    expect(mistakes(["0x2,\n\t},", "0x2,\n\t\t.devices = { },\n\t},"])).to.deep.equal([
      "13:4 `.devices` names a member, but `unsigned long long[1]` is an array",
    ]);
  });

  it("closes no list of a compound literal from within", () => {
    const text =
      "struct s { int a; }; struct { struct s s; int b; } x = { .s = (struct s){ .a = 1, .b = 2 }, .b = 3 };";
    expect(compileText(text).findings.map(({ message }) => message)).to.deep.equal([
      "`struct s` has no member `b`",
    ]);
  });

  it("says nothing of braces where macros lost the rest of the text", () => {
    for (const [change, id] of [
      [[".bdf = 0xd8", ".bdf = ARRAY_SIZE(config"], "c-unterminated-arguments"],
      [[".bdf = 0xd8", "/* .bdf = 0xd8"], "c-unterminated-comment"],
      [[".bdf = 0xd8", "\n#if 1\n.bdf = 0xd8"], "c-unterminated-conditional"],
      [[".devices = {", "\n#if 0\n.devices = {"], "c-unterminated-conditional"],
    ] as const) {
      const { findings } = compileText(demoConfig(change));
      expect(findings.map((finding) => finding.id)).to.deep.equal([id]);
    }
  });
});
