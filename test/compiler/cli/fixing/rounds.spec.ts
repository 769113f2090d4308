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

/** What `check --fix --info` makes of a file, with all that it prints. */
async function fixed(
  name: string,
  text: string,
  ...options: readonly string[]
): Promise<{ readonly text: string; readonly out: string }> {
  const host = new MemoryHost({ ...ruleMachines(), [name]: text });
  const { out } = await cellc(["check", "--fix", ...options, name], host);
  return { text: Buffer.from(host.get(name)!).toString(), out };
}

describe("fixes of notes", () => {
  const neighbours = jail(`  memory at 0x3b00_0000 size 64K mapped at 2M rw
  memory at 0x3b01_0000 size 64K mapped at 2M + 64K rw
`);

  it("are made only where notes are shown, or the rule is asked for", async () => {
    const merged = neighbours.replace("size 64K", "size 128K").replace(/\n {2}memory at 0x3b01.*/, "");
    expect((await fixed("pc.jail", neighbours)).text).to.equal(neighbours);
    expect((await fixed("pc.jail", neighbours, "--info")).text).to.equal(merged);
    expect((await fixed("pc.jail", neighbours, "--deny", "mem-mergeable")).text).to.equal(merged);
  });

  it("say nothing about inputs that cannot be changed where they are hidden", async () => {
    const host = new MemoryHost(ruleMachines());
    const hidden = await cellc(["check", "--fix", "-"], host, { stdin: neighbours });
    expect(hidden.error).not.to.contain("fix-not-here");
    const shown = await cellc(["check", "--fix", "--info", "-"], host, { stdin: neighbours });
    expect(shown.error).to.contain("fix-not-here");
  });
});

describe("fixes that wait for each other", () => {
  // The first one would overlap the last one, until that has moved; the two between can never be made together.
  const text = jail(`  memory at 0x3b00_0800 size 4K mapped at 2M rw
  memory low at 0x3b01_0800 size 4K mapped at 4M rw
  memory at low.end - 0x800 size 4K mapped at 6M rw
  memory at 0x3aff_f800 size 4K mapped at 8M rw
`);

  it("are made in one run", async () => {
    const first = await fixed("pc.jail", text);
    expect(first.text).to.contain("memory at 0x3b00_0000").and.to.contain("memory at 0x3aff_f000");
    const second = await fixed("pc.jail", first.text);
    expect(second.text).to.equal(first.text);
  });
});
