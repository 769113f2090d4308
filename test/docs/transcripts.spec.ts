import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { withTempDir } from "../support/temp-dir.js";
import { isAsShown, stepsOf } from "../support/transcript.js";

const root = path.resolve(import.meta.dirname, "../../..");
const programs = { cellc: "dist/compiler/cli/cellc.js", jailhouse: "dist/hypervisor/cli/jailhouse.js" };

/** Output of a command line of the shell, standard error among it, and its exit status. */
type Shell = (command: string, lastStatus: number) => { readonly output: string; readonly status: number };

/** A shell in which `cellc` and `jailhouse` are the programs, in a directory that holds examples and boards. */
async function withShell(folder: string, use: (shell: Shell, cwd: string) => void): Promise<void> {
  await withTempDir((directory) => {
    for (const data of ["examples", "boards"])
      cpSync(path.join(root, data), path.join(directory, data), { recursive: true });
    const bin = path.join(directory, "bin");
    mkdirSync(bin);
    for (const [name, file] of Object.entries(programs)) {
      const program = path.join(bin, name);
      writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, file)}' "$@"\n`);
      chmodSync(program, 0o755);
    }
    const cwd = path.join(directory, folder);
    const { FORCE_COLOR: _force, NO_COLOR: _no, ...environment } = process.env;
    const env = { ...environment, XDG_RUNTIME_DIR: directory, PATH: `${bin}:${process.env.PATH}` };
    const shell: Shell = (command, lastStatus) => {
      const script = `exec 2>&1; (exit ${lastStatus}); ${command}`;
      const { stdout, status } = spawnSync("/bin/sh", ["-c", script], { cwd, encoding: "utf8", env });
      return { output: stdout, status: status ?? -1 };
    };
    try {
      use(shell, cwd);
    } finally {
      // A page that does not come to its end leaves its simulation.
      shell("cellc sim stop", 0);
    }
  });
}

function run(page: string, shell: Shell, cwd: string): number {
  let status = 0;
  let compared = 0;
  for (const step of stepsOf(page)) {
    if ("name" in step) {
      writeFileSync(path.join(cwd, step.name), step.text);
      continue;
    }
    const result = shell(step.command, status);
    status = result.status;
    if (step.shown === undefined) expect(result, step.command).to.deep.equal({ output: "", status: 0 });
    else if (isAsShown(result.output, step.shown)) compared += 1;
    else expect(result.output, `line ${step.line}: ${step.command}`).to.equal(step.shown);
  }
  return compared;
}

describe("transcripts of the documentation", () => {
  const pages: readonly (readonly [file: string, folder: string, atLeast: number])[] = [
    ["README.md", ".", 4],
    ["docs/command.md", "examples/c", 10],
    ["docs/simulator.md", ".", 6],
    ["docs/project-file.md", "examples/c", 2],
    ["docs/testing.md", "examples/tested", 2],
    ["docs/diagnostics.md", "examples/c", 2],
  ];
  for (const [file, folder, atLeast] of pages) {
    it(`show in ${file} what the command says`, () =>
      withShell(folder, (shell, cwd) => {
        const page = readFileSync(path.join(root, file), "utf8");
        const built = /&& npx (cellc build .*)$/m.exec(page);
        if (built !== null) expect(shell(built[1]!, 0).status).to.equal(0);
        expect(run(page, shell, cwd)).to.be.at.least(atLeast);
      }));
  }

  it("are compared line by line", () => {
    expect(isAsShown("a\nb\nc\n", "a\n...\nc\n")).to.equal(true);
    expect(isAsShown("a\nc\n", "a\n...\nc\n")).to.equal(true);
    expect(isAsShown("a\nb\n", "a\n")).to.equal(false);
    expect(isAsShown("a: 1\nb\n", "a: ...\nb\n")).to.equal(true);
    expect(isAsShown("a: 1\nx\nb\n", "a: ...\nb\n")).to.equal(false);
    expect(isAsShown("a+\n", "aa\n")).to.equal(false);
    expect(isAsShown("", "a\n")).to.equal(false);
  });

  it("are found with the files they need", () => {
    const page =
      "```yaml cellc.yaml\na: 1\n```\n<!-- $ mkdir x -->\n```console\n$ ls\nx\n$ true\n```\n```\n$ no\n```\n";
    expect(stepsOf(page)).to.deep.equal([
      { name: "cellc.yaml", text: "a: 1\n" },
      { line: 4, command: "mkdir x", shown: undefined },
      { line: 6, command: "ls", shown: "x\n" },
      { line: 8, command: "true", shown: "" },
    ]);
  });
});
