import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { commandList } from "../../../compiler/cli/command-list.js";
import { version } from "../../../compiler/cli/version.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

describe("the command line", () => {
  it("has the version of the package", async () => {
    const file = path.resolve(import.meta.dirname, "../../../../package.json");
    expect(version).to.equal(JSON.parse(readFileSync(file, "utf8")).version);
    expect((await cellc(["--version"])).out).to.equal(`cellc ${version}\n`);
  });

  it("lists the commands, as help on standard output, as a reminder on standard error", async () => {
    const asked = await cellc(["--help"]);
    expect(asked.status).to.equal(0);
    for (const { name, summary } of commandList) expect(asked.out).to.contain(name).and.contain(summary);
    expect(await cellc([])).to.deep.include({ status: 2, out: "", error: asked.out });
  });

  for (const { name } of commandList) {
    it(`explains ${name} with its options and an example of each kind`, async () => {
      const { status, out } = await cellc([name, "--help"]);
      expect(status).to.equal(0);
      expect(out).to.contain(`Usage: cellc ${name}`).and.contain("--help").and.contain(`cellc ${name}`);
      for (const line of out.split("\n")) expect(line.length, line).to.be.at.most(100);
      expect((await cellc(["help", name])).out).to.equal(out);
    });
  }

  const mistakes: readonly (readonly [string, readonly string[], string])[] = [
    ["an unknown command", ["biuld"], "did you mean `cellc build`?"],
    ["an option without a command", ["--versoin"], "did you mean `cellc --version`?"],
    ["an option of one letter", ["decode", "-q", "a.c"], "see `cellc decode --help`"],
    ["an empty file name", ["build", "--no-check", ""], "an operand is empty"],
    ["an empty value", ["build", "--no-check", "a.c", "-o", ""], "option `-o` needs a value"],
    [
      "gcc's ways to name headers",
      ["build", "--no-check", "a.c", "-isystem", "include"],
      "name the directory with `-I`",
    ],
    ["a far-off command", ["frobnicate"], "`cellc --help` lists the commands"],
    ["an option before the command", ["--outptu"], "unknown option `--outptu`"],
    ["an unknown option", ["build", "--no-check", "--ouptut", "x", "a.c"], "did you mean `--output`?"],
    ["an option without its value", ["build", "--no-check", "a.c", "-o"], "option `-o` needs a value"],
    [
      "a value where none belongs",
      ["build", "--no-check", "a.c", "--quiet=yes"],
      "unknown option|takes no value",
    ],
    ["a wrong choice", ["build", "--no-check", "a.c", "--format", "jsno"], "did you mean `json`?"],
    [
      "an unknown machine",
      ["build", "--no-check", "a.c", "--target", "vax"],
      "one of: x86_64, arm, aarch64, riscv64",
    ],
    ["too few operands", ["diff", "a.c"], "`cellc diff` needs A B"],
    ["too many operands", ["diff", "a.c", "b.c", "c.c"], "has no use for `c.c`"],
    ["an unknown help topic", ["help", "decoed"], "did you mean `cellc decode`?"],
    ["an unknown diagnostic", ["explain", "canot-read"], "did you mean `cannot-read`?"],
    ["standard input twice", ["build", "--no-check", "-", "-", "-o", "x/"], "only once"],
  ];
  for (const [name, argv, message] of mistakes) {
    it(`names ${name}`, async () => {
      const { status, error } = await cellc(argv, { "a.c": cellSource("a") });
      expect(status).to.equal(2);
      expect(error).to.match(new RegExp(message.replace(/[.?*`]/g, "\\$&")));
    });
  }

  it("answers in JSON where JSON was asked for, whatever else is wrong", async () => {
    for (const argv of [
      ["build", "--no-check", "--oops", "--format", "json"],
      ["decode", "--format=json"],
    ]) {
      const { status, out, error } = await cellc(argv);
      expect({ status, out }).to.deep.equal({ status: 2, out: "" });
      expect((JSON.parse(error) as { diagnostics: { id: string }[] }).diagnostics[0]!.id).to.equal(
        "cli-usage",
      );
    }
  });

  it("says no more about a mistyped command line than it takes", async () => {
    expect((await cellc(["build", "--no-check", "--oops"])).error).to.equal(
      "error[cli-usage]: unknown option `--oops` of `cellc build`\n  = help: see `cellc build --help`\n\n1 error\n",
    );
  });

  it("builds a file once that is named twice", async () => {
    const { status, out } = await cellc(["build", "--no-check", "a.c", "a.c"], { "a.c": cellSource("a") });
    expect({ status, out }).to.deep.equal({ status: 0, out: "a.cell  204 bytes  r14.1\n" });
  });

  it("takes what follows -- as files", async () => {
    expect((await cellc(["build", "--no-check", "--", "-x.c"], { "-x.c": cellSource("a") })).status).to.equal(
      0,
    );
  });

  it("colours on a terminal only, or as told", async () => {
    const files = { "a.c": "int x = ;" };
    const coloured = (run: { error: string }) => run.error.includes("\u001b[");
    expect(coloured(await cellc(["build", "--no-check", "a.c"], files))).to.equal(false);
    expect(coloured(await cellc(["build", "--no-check", "a.c"], files, { columns: 80 }))).to.equal(true);
    expect(coloured(await cellc(["build", "--no-check", "a.c", "--color", "always"], files))).to.equal(true);
    expect(
      coloured(await cellc(["build", "--no-check", "a.c", "--color=never"], files, { columns: 80 })),
    ).to.equal(false);
    const environment = { NO_COLOR: "1" };
    expect(
      coloured(await cellc(["build", "--no-check", "a.c"], files, { columns: 80, environment })),
    ).to.equal(false);
  });

  it("shows progress of a long run on a terminal, and takes it away again", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`${index}.c`, cellSource("a")]),
    );
    const argv = ["build", "--no-check", ...Object.keys(files), "-o", "out/"];
    expect((await cellc(argv, files)).error).to.equal("");
    const { error } = await cellc(argv, files, { columns: 80 });
    expect(error)
      .to.contain("[60/60]")
      .and.match(/\r\u001b\[K$/);
  });

  it("is quiet when nobody reads its output", async () => {
    expect(await cellc(["profiles"], {}, { brokenPipe: true })).to.include({ status: 0, error: "" });
    const bytesLost = await cellc(
      ["build", "--no-check", "a.c", "-o", "-"],
      { "a.c": cellSource("a") },
      { brokenPipe: true },
    );
    expect(bytesLost).to.include({ status: 2, error: "" });
  });
});
