import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { expandGlob } from "../../../compiler/project/glob.js";
import { type Host, nodeHost } from "../../../compiler/support/host.js";
import { cellc } from "../../support/cli-runner.js";
import { withTempDir } from "../../support/temp-dir.js";
import { cellSource } from "../cli/sources.js";

const inDirectory = (directory: string): Host => ({
  ...nodeHost,
  cwd: () => directory,
  kind: (file) => nodeHost.kind(path.resolve(directory, file)),
  hasEntry: (file) => nodeHost.hasEntry(path.resolve(directory, file)),
  exists: (file) => nodeHost.exists(path.resolve(directory, file)),
  isDirectory: (file) => nodeHost.isDirectory(path.resolve(directory, file)),
  readBytes: (file) => nodeHost.readBytes(path.resolve(directory, file)),
  identity: (file) => nodeHost.identity(path.resolve(directory, file)),
  makeDirectory: (file) => nodeHost.makeDirectory(path.resolve(directory, file)),
  writeAll: (outputs) =>
    nodeHost.writeAll(
      outputs.map(({ path: file, bytes }) => ({ path: path.resolve(directory, file), bytes })),
    ),
});

/** A project with one config in `configs/x86` that links of all kinds lead to. */
function withLinks(use: (directory: string, host: Host) => void | Promise<void>): Promise<void> {
  return withTempDir(async (directory) => {
    mkdirSync(path.join(directory, "configs/x86"), { recursive: true });
    mkdirSync(path.join(directory, "a"));
    writeFileSync(path.join(directory, "configs/x86/pc.c"), cellSource("pc"));
    symlinkSync("../configs", path.join(directory, "a/configs"));
    symlinkSync("configs", path.join(directory, "again"));
    symlinkSync(".", path.join(directory, "self"));
    symlinkSync("../..", path.join(directory, "configs/x86/up"));
    await use(directory, inDirectory(directory));
  });
}

describe("file patterns among symbolic links", () => {
  it("give each file once, by its own path", () =>
    withLinks((directory) => {
      for (const pattern of ["**/*.c", "**", "**/x86/*.c", "*/x86/*.c", "**/**/*.c", "*/**/*.c"]) {
        expect(expandGlob(nodeHost, directory, pattern), pattern).to.deep.equal(["configs/x86/pc.c"]);
      }
    }));

  it("follow links to what lies elsewhere", () =>
    withLinks((directory) => {
      expect(expandGlob(nodeHost, path.join(directory, "a"), "**/*.c")).to.deep.equal(["configs/x86/pc.c"]);
      expect(expandGlob(nodeHost, directory, "again/x86/*.c")).to.deep.equal(["again/x86/pc.c"]);
    }));

  it("give a link to a file as a file of its own", () =>
    withLinks((directory) => {
      symlinkSync("pc.c", path.join(directory, "configs/x86/other.c"));
      expect(expandGlob(nodeHost, directory, "**/*.c")).to.deep.equal([
        "configs/x86/other.c",
        "configs/x86/pc.c",
      ]);
    }));

  it("build each config once, also by two patterns", () =>
    withLinks(async (directory, host) => {
      writeFileSync(path.join(directory, "cellc.yaml"), 'files: ["**/*.c", "again/*/*.c"]\noutput: out\n');
      const { status, out, error } = await cellc(["build", "--no-check"], host);
      expect({ status, error }).to.deep.equal({ status: 0, error: "" });
      expect(out).to.equal("out/pc.cell  204 bytes  r14.1\n");
    }));
});

describe("a cellc.yaml that cannot be read", () => {
  const attempts: readonly (readonly [string, (file: string) => void, string])[] = [
    ["a loop of links", (file) => symlinkSync("cellc.yaml", file), "its symbolic links form a loop"],
    ["a dangling link", (file) => symlinkSync("nowhere", file), "what it leads to is not there"],
    ["a directory", (file) => mkdirSync(file), "it is a directory"],
    ["a pipe", (file) => execFileSync("mkfifo", [file]), "it is no regular file"],
  ];
  for (const [what, make, message] of attempts) {
    it(`is an error: ${what}`, () =>
      withLinks(async (directory, host) => {
        make(path.join(directory, "cellc.yaml"));
        for (const argv of [
          ["build", "--no-check", "configs/x86/pc.c"],
          ["build", "--no-check"],
          ["decode", "configs/x86/pc.c"],
        ]) {
          const { status, out, error } = await cellc(argv, host);
          expect({ status, out }).to.deep.equal({ status: 2, out: "" });
          expect(error)
            .to.match(/error\[cannot-read\]: cannot read `\S*cellc\.yaml`/)
            .and.contain(message);
        }
        const without = await cellc(["build", "--no-check", "configs/x86/pc.c", "--no-project"], host);
        expect(without.status).to.equal(0);
      }));
  }
});

describe("a directory that is a file", () => {
  it("is said to be none", () =>
    withLinks(async (directory, host) => {
      writeFileSync(path.join(directory, "a.c"), cellSource("a"));
      for (const argv of [
        ["build", "--no-check", "a.c", "-o", "a.c/"],
        ["header", "-o", "a.c/"],
      ]) {
        const { status, error } = await cellc(argv, host);
        expect(status).to.equal(2);
        expect(error, argv[0]).to.contain("error[cannot-write]").and.contain("no directory");
      }
      const { error } = await cellc(["build", "--no-check", "a.c", "-o", "a.c/"], host);
      expect(error).to.match(/cannot write `\S*a\.c\/?`: it is no directory, but a file/);
      const memory = await cellc(["build", "--no-check", "a.c", "-o", "a.c/"], { "a.c": cellSource("a") });
      expect(memory.error).to.contain("it is no directory, but a file");
    }));
});
