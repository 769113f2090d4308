import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { targets } from "../../../compiler/c/target.js";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { projectJsonSchema, projectTargets } from "../../../compiler/project/project-keys.js";
import { readProject } from "../../../compiler/project/read-project.js";
import { SourceFile } from "../../../compiler/support/source.js";

function read(text: string) {
  const found: Diagnostic[] = [];
  const project = readProject(new SourceFile("p/cellc.yaml", text), (diagnostic) => found.push(diagnostic));
  return { project, found };
}

/** `line:column message` of each mistake. */
function mistakes(text: string): readonly string[] {
  return read(text).found.map(({ message, primary }) => {
    const place = primary!.place;
    if (place.kind !== "source") throw new Error("a mistake in a text has a place in it");
    const { line, column } = place.span.file.position(place.span.start);
    return `${line}:${column} ${message}`;
  });
}

describe("reading cellc.yaml", () => {
  it("gives every key its meaning", () => {
    const { project, found } = read(
      [
        "profile: v0.12",
        "target: aarch64",
        "include: [include, ../common]",
        "defines:",
        "  CONFIG_A:",
        "  CONFIG_B: true",
        "  CONFIG_C: false",
        "  BASE: 0x1000",
        "  NAME: '\"x\"'",
        "files:",
        '  - "configs/**/*.c"',
        "output: build",
      ].join("\n"),
    );
    expect(found).to.deep.equal([]);
    expect(project!.root).to.equal("p");
    expect(project!.profile!.value).to.equal("v0.12");
    expect(project!.target).to.equal("aarch64");
    expect(project!.include.map(({ value }) => value)).to.deep.equal(["include", "../common"]);
    expect(project!.defines).to.deep.equal([
      { name: "CONFIG_A", body: "1" },
      { name: "CONFIG_B", body: "1" },
      { name: "CONFIG_C", body: "0" },
      { name: "BASE", body: "0x1000" },
      { name: "NAME", body: '"x"' },
    ]);
    expect(project!.files.map(({ value }) => value)).to.deep.equal(["configs/**/*.c"]);
    expect(project!.output!.value).to.equal("build");
  });

  it("takes an empty file for a project without settings", () => {
    expect(read("").project).to.include({ profile: undefined, output: undefined });
    expect(read("# nothing yet\n").found).to.deep.equal([]);
  });

  it("says where a mistake stands and what would be right", () => {
    expect(mistakes("profil: v0.12\n")).to.deep.equal(["1:1 cellc.yaml has no key `profil`"]);
    expect(read("profil: v0.12\n").found[0]!.help).to.equal("did you mean `profile`?");
    expect(mistakes("files: a.c\n")).to.deep.equal([
      "1:8 `files` must be a list of texts, like `[a, b]`, not `a.c`",
    ]);
    expect(mistakes("files:\n  - a.c\n  - 3\n")).to.deep.equal(["3:5 `files[1]` must be a text, not `3`"]);
    expect(mistakes("target: sparc\n")).to.deep.equal([
      "1:9 `target` must be one of x86_64, arm, aarch64, riscv64, not `sparc`",
    ]);
    expect(mistakes("defines: { 1X: 2, Y: 1.5 }\n")).to.deep.equal([
      "1:12 `1X` cannot be the name of a macro",
      "1:22 `defines.Y` must be a text, an integer, true, false or nothing, not `1.5`",
    ]);
    expect(mistakes("output: a\noutput: b\n")).to.deep.equal(["2:1 `output` is given twice"]);
    expect(mistakes("- a\n")).to.deep.equal(["1:1 `cellc.yaml` must be `key: value` lines, not a list"]);
  });

  it("reports all mistakes at once, and gives no half project", () => {
    expect(mistakes("a: 1\nfiles: 2\noutput: []\n")).to.have.length(3);
    expect(read("a: 1\nprofile: v0.12\n").project).to.equal(undefined);
  });

  it("places errors of the YAML itself", () => {
    const [mistake] = mistakes("files: [a.c\nprofile: x\n");
    expect(mistake).to.match(/^\d+:\d+ cellc.yaml is no valid YAML: /);
  });

  it("says what is wrong in words of its own", () => {
    expect(mistakes("profile: r14\n---\noutput: a\n")).to.deep.equal([
      "2:1 cellc.yaml is no valid YAML: a second document begins here, and only one is read",
    ]);
    expect(mistakes('profile: ""\nfiles: [a.c, ""]\n')).to.deep.equal([
      "1:10 `profile` is an empty text",
      "2:14 `files[1]` is an empty text",
    ]);
    expect(mistakes("defines: [A]\n")).to.deep.equal([
      "1:10 `defines` must be `NAME: value` lines, or `NAME:` for a macro that is 1, not a list",
    ]);
    expect(mistakes("files: { a: b }\n")[0]).to.match(/not `key: value` lines$/);
  });

  it("quotes little of what it does not understand, and no binary data", () => {
    expect(mistakes(`files: ${"x".repeat(1000)}\n`)[0]).to.have.length.below(120);
    expect(mistakes(`${"y".repeat(1000)}: 1\n`)[0]).to.have.length.below(100);
    expect(mistakes(`${"z ".repeat(1000)}\n z\n`)[0]).to.have.length.below(120);
    expect(mistakes(`files: |${"y".repeat(1000)}\n`)[0]).to.have.length.below(180);
    const binary = String.fromCharCode(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0xdc80);
    expect(mistakes(binary)).to.deep.equal(["1:5 cellc.yaml is no valid YAML: it holds binary data"]);
    expect(mistakes("files: \udc80\u202e\n")[0]).to.contain("not `\ufffd\ufffd`");
  });

  it("survives nesting of any depth and aliases of themselves", () => {
    for (const level of ["[", "- ", "? ", "{a: "]) {
      const [mistake] = mistakes(level.repeat(30_000));
      expect(mistake, level).to.match(/^1:\d+ cellc.yaml is no valid YAML: nested too deeply/);
    }
    expect(mistakes("files: &a [*a]\n")).to.have.length(1);
  });

  it("has the machines of the C reader", () => {
    expect(projectTargets).to.deep.equal(targets);
  });
});

describe("the JSON Schema of cellc.yaml", () => {
  it("is the committed one", () => {
    const file = path.resolve(import.meta.dirname, "../../../../schema/json/cellc-yaml.schema.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal(projectJsonSchema());
  });

  it("accepts exactly what the reader accepts", () => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(projectJsonSchema() as object);
    const scalar = fc.oneof(
      fc.constantFrom("x86_64", "arm", "a/*.c", "", "true"),
      fc.boolean(),
      fc.integer(),
      fc.constant(1.5),
      fc.constant(null),
    );
    const value = fc.oneof(
      scalar,
      fc.array(scalar, { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom("A", "_b1", "1x", "a-b"),
        fc.oneof(scalar, fc.array(scalar, { maxLength: 1 })),
      ),
    );
    const key = fc.constantFrom("profile", "target", "include", "defines", "files", "output", "other");
    const document = fc.oneof(
      { weight: 9, arbitrary: fc.dictionary(key, value) },
      { weight: 1, arbitrary: value },
    );
    fc.assert(
      fc.property(document, (content) => {
        // JSON is YAML, so one text serves both.
        const text = JSON.stringify(content);
        expect(read(text).project !== undefined, text).to.equal(validate(parse(text)));
      }),
      { numRuns: 2000 },
    );
  });
});
