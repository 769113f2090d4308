import { expect } from "chai";
import { MemoryHost } from "../../../../compiler/support/memory-host.js";
import { cellc } from "../../../support/cli-runner.js";
import { ruleMachines } from "../../../support/rule-machines.js";

const jail = (lines: string): string => `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
${lines}}
`;

describe("patches", () => {
  const wrong = jail("  memory at 0x3b00_0800 size 4K mapped at 2M rw\n");
  const patchOf = async (directory: string, ...inputs: readonly string[]): Promise<readonly string[]> => {
    const machines = Object.entries(ruleMachines()).map(([name, text]) => [`/home/me/a/${name}`, text]);
    const files = { ...Object.fromEntries(machines), "/home/me/a/pc.jail": wrong };
    const host = new MemoryHost(files, directory);
    const { out } = await cellc(["check", "--fix", "--dry-run", ...inputs], host);
    return out.split("\n").filter((line) => /^(?:#|---|\+\+\+)/.test(line));
  };

  it("have paths below the working directory, however the inputs are named", async () => {
    const here = ["--- a/pc.jail", "+++ b/pc.jail"];
    for (const input of ["pc.jail", "./pc.jail", "/home/me/a/pc.jail", "../a/pc.jail"])
      expect(await patchOf("/home/me/a", input), input).to.deep.equal(here);
    expect(await patchOf("/home/me", "a/pc.jail")).to.deep.equal(["--- a/a/pc.jail", "+++ b/a/pc.jail"]);
  });

  it("say in which directory above it they are to be applied", async () => {
    for (const input of ["../a/pc.jail", "/home/me/a/pc.jail"])
      expect(await patchOf("/home/me/it's", input), input).to.deep.equal([
        "# patch -p1 -d '/home/me'",
        "--- a/a/pc.jail",
        "+++ b/a/pc.jail",
      ]);
    expect((await patchOf("/", "/home/me/a/pc.jail"))[0]).to.equal("--- a/home/me/a/pc.jail");
  });
});
