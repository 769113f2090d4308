import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { bundleProgram } from "../../../compiler/codegen/bundle.js";
import { withTempDir } from "../../support/temp-dir.js";
import { cellSource } from "./sources.js";

const compiled = path.resolve(import.meta.dirname, "../../../compiler/cli/cellc.js");

function cellc(argv: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [compiled, ...argv], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...environment },
  });
}

/** Outcome of a command line of the shell, in which `$CELLC` is the program. */
function shell(script: string, cwd: string) {
  const environment = { ...process.env, CELLC: `${process.execPath} ${compiled}` };
  return spawnSync("/bin/sh", ["-c", script], { cwd, encoding: "utf8", env: environment });
}

describe("the program as a process", () => {
  it("ends with 0, 1 and 2 as documented", () =>
    withTempDir((directory) => {
      writeFileSync(path.join(directory, "good.c"), cellSource("good"));
      writeFileSync(path.join(directory, "bad.c"), "int x = ;");
      expect(cellc(["build", "--no-check", "good.c"], directory)).to.include({ status: 0, stderr: "" });
      expect(cellc(["build", "--no-check", "bad.c"], directory).status).to.equal(1);
      expect(cellc(["build", "--no-check", "gone.c"], directory).status).to.equal(2);
      expect(readdirSync(directory).sort()).to.deep.equal(["bad.c", "good.c", "good.cell"]);
    }));

  it("does not colour a pipe, but does what FORCE_COLOR says", () =>
    withTempDir((directory) => {
      writeFileSync(path.join(directory, "bad.c"), "int x = ;");
      expect(cellc(["build", "--no-check", "bad.c"], directory).stderr).not.to.contain("\u001b");
      expect(cellc(["build", "--no-check", "bad.c"], directory, { FORCE_COLOR: "1" }).stderr).to.contain(
        "\u001b[1;31m",
      );
    }));

  it("works in pipes of bytes", () =>
    withTempDir((directory) => {
      writeFileSync(path.join(directory, "a.c"), cellSource("piped"));
      const { stdout, stderr, status } = shell(
        "$CELLC build --no-check - -o - < a.c | $CELLC decode -",
        directory,
      );
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      expect(stdout).to.contain('cell "piped"');
    }));

  it("says nothing when its reader goes away", () =>
    withTempDir((directory) => {
      const { stderr } = shell("$CELLC profiles --format json | head -c 10", directory);
      expect(stderr).to.equal("");
    }));

  it("reports a full device, and leaves the device what it is", () =>
    withTempDir((directory) => {
      writeFileSync(path.join(directory, "a.c"), cellSource("a"));
      const { status, stderr } = cellc(["build", "--no-check", "a.c", "-o", "/dev/full"], directory);
      expect(status).to.equal(2);
      expect(stderr).to.contain("cannot write `/dev/full`: no space is left on the disk");
      expect(existsSync("/dev/full")).to.equal(true);
      expect(shell("$CELLC build --no-check a.c -o - > /dev/full", directory).status).to.equal(2);
    }));

  it("reports a source that it may not read", () =>
    withTempDir((directory) => {
      const source = path.join(directory, "secret.c");
      writeFileSync(source, cellSource("secret"));
      chmodSync(source, 0);
      const { status, stderr } = cellc(["build", "--no-check", "secret.c"], directory);
      // The superuser may read everything; then the build is a usual one.
      if (process.getuid?.() === 0) expect(status).to.equal(0);
      else {
        expect(status).to.equal(2);
        expect(stderr).to.contain("permission denied");
      }
    }));

  it("changes no source that is write-protected, and says what else there is", () =>
    withTempDir((directory) => {
      const source = path.join(directory, "demo.jail");
      const text =
        "architecture x86\ncell demo {\n  cpus 1\n  memory at 0x3b00_0800 size 4K mapped at 0 rwx loadable\n comm\n}\n";
      writeFileSync(source, text);
      chmodSync(source, 0o444);
      for (const argv of [["check", "--fix"], ["fmt"]]) {
        const { status, stderr } = cellc([...argv, "demo.jail"], directory);
        expect(status, argv[0]).to.equal(2);
        expect(stderr).to.contain("cannot write `demo.jail`: it is write-protected");
        expect(stderr).to.contain(
          argv[0] === "fmt" ? "`cellc fmt - < FILE`" : "`cellc check --fix --dry-run`",
        );
        expect(stderr).to.not.contain("`-o`");
      }
      expect(readFileSync(source, "utf8")).to.equal(text);
      chmodSync(source, 0o644);
      expect(cellc(["check", "--fix", "demo.jail"], directory).stdout).to.contain("fixed demo.jail:4");
    }));

  it("leaves all outputs or none, and no temporary file, when it is interrupted at any time", () =>
    withTempDir(async (directory) => {
      const count = 150;
      const names = Array.from({ length: count }, (_, index) => `${index}.c`);
      for (const name of names) writeFileSync(path.join(directory, name), cellSource("a"));
      const interrupted = async (delay: number, out: string) => {
        mkdirSync(path.join(directory, out));
        const child = spawn(process.execPath, [compiled, "build", "--no-check", ...names, "-o", `${out}/`], {
          cwd: directory,
          stdio: "ignore",
        });
        const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
          child.on("exit", (status, signal) => resolve(signal ?? status));
        });
        const timer = setTimeout(() => child.kill("SIGINT"), delay);
        const outcome = await ended;
        clearTimeout(timer);
        const files = readdirSync(path.join(directory, out));
        expect(files.filter((file) => !file.endsWith(".cell"))).to.deep.equal([]);
        expect([0, count]).to.contain(files.length);
        return outcome;
      };
      const started = performance.now();
      expect(await interrupted(60_000, "whole")).to.equal(0);
      const whole = performance.now() - started;
      const outcomes: unknown[] = [];
      for (const part of [0.3, 0.7, 0.8, 0.85, 0.9, 0.95]) {
        outcomes.push(await interrupted(whole * part, `out${part}`));
      }
      expect(outcomes).to.contain("SIGINT");
    })).timeout(120_000);
});

describe("the bundled program", () => {
  it("is one executable that does what the compiled tree does, with and without its caches", () =>
    withTempDir(async (directory) => {
      const bin = path.join(directory, "bin");
      await bundleProgram(bin);
      writeFileSync(path.join(directory, "a.c"), cellSource("a"));
      writeFileSync(path.join(directory, "bad.c"), "int x = ;");
      writeFileSync(path.join(directory, "p.yaml"), "profile: HEAD\n");
      const commands: readonly (readonly string[])[] = [
        ["--version"],
        ["--help"],
        ["build", "--no-check", "a.c", "-o", "-"],
        ["build", "--no-check", "a.c", "-p", "v0.8", "-o", "-"],
        ["build", "--no-check", "a.c", "-p", "r12.5", "-o", "-"],
        ["build", "--no-check", "a.c", "-p", "nope", "-o", "-"],
        ["build", "--no-check", "bad.c"],
        ["build", "--no-check", "bad.c", "--format", "json"],
        ["build", "--no-check", "--help"],
        ["decode", "a.c", "--format", "yaml"],
        ["convert", "a.c", "-p", "v0.12", "-o", "-"],
        ["diff", "a.c", "a.c"],
        ["header"],
        ["profiles", "r12"],
        ["explain"],
      ];
      const outcome = (program: string, argv: readonly string[]) => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
          cwd: directory,
          env: { ...process.env, FORCE_COLOR: undefined },
        });
        return { status, stdout: stdout.toString("latin1"), stderr: stderr.toString("latin1") };
      };
      const bundle = path.join(bin, "cellc.cjs");
      const check = (argv: readonly string[]) =>
        expect(outcome(bundle, argv), argv.join(" ")).to.deep.equal(outcome(compiled, argv));
      for (const argv of commands) check(argv);

      const caches = readdirSync(path.join(bin, "cellc")).filter((file) => file.endsWith(".cache"));
      expect(caches).to.include("main.cache");
      // As another version of Node.js sees them.
      for (const cache of caches) writeFileSync(path.join(bin, "cellc", cache), "no cache of this V8");
      check(["build", "--no-check", "a.c", "-o", "-"]);
      expect(readFileSync(bundle, "utf8")).to.match(/^#!\/usr\/bin\/env node\n/);
      expect(execFileSync(bundle, ["--version"], { encoding: "utf8" })).to.match(/^cellc \d/);
    })).timeout(120_000);
});
