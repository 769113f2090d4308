import { expect } from "chai";
import { cellc } from "../../support/cli-runner.js";
import { ruleMachines } from "../../support/rule-machines.js";
import { cellSource } from "./sources.js";

const header = `import "machines/intel-pc.jail"
system pc { use intel-pc() }
`;
/** In scenario `other` two cells have one CPU; in `first` nothing is wrong. */
const scenarios = `${header}cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 1) }
cell three { use inmate(0x3d00_0000, cpu = 2) }
scenario first { one; three }
scenario other { one; two }
scenario last { three }
`;

const check = (files: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  cellc(["check", ...argv], { ...ruleMachines(), ...files });

describe("options of cellc check", () => {
  const withOption = `option with-nic = false\n${header}cell demo { use inmate() }\n`;

  it("warns of a -D that no machine declares, as a build does", async () => {
    const right = await check({ "a.jail": withOption }, "a.jail", "-D", "with-nic=true");
    expect({ status: right.status, error: right.error }).to.deep.equal({ status: 0, error: "" });
    const { status, out, error } = await check({ "a.jail": withOption }, "a.jail", "-D", "with-nci=true");
    expect(status).to.equal(0);
    expect(out).to.contain("1 warning");
    expect(error).to.match(/warning\[option-unknown\].*`-D with-nci`[\s\S]*did you mean `with-nic`\?/);
    const fixed = await check({ "a.jail": withOption }, "a.jail", "--fix", "-D", "with-nci=true");
    expect(fixed.error.match(/option-unknown/g)).to.have.length(1);
  });

  it("leaves a -D alone that C may mean, and one that follows from a mistake", async () => {
    const { error } = await check(
      { "a.jail": withOption, "b.c": cellSource("b") },
      "a.jail",
      "b.c",
      "-D",
      "N",
    );
    expect(error).to.not.contain("option-unknown");
    const broken = await check({ "a.jail": `${withOption}cell {` }, "a.jail", "-D", "N");
    expect(broken.status).to.equal(1);
    expect(broken.error).to.not.contain("option-unknown");
  });

  it("refuses two values where one would be dropped", async () => {
    for (const [flag, first, second] of [
      ["--board", "a.yaml", "b.yaml"],
      ["--vendor", "intel", "amd"],
      ["--format", "json", "sarif"],
      ["-p", "r13", "r14"],
    ] as const) {
      const { status, error } = await check({ "a.jail": withOption }, "a.jail", flag, first, flag, second);
      expect(status, flag).to.equal(2);
      expect(error).to.contain(`\`${flag}\` is given twice, with \`${first}\` and \`${second}\``);
      const same = await check({ "a.jail": withOption }, "a.jail", flag, first, flag, first);
      expect(same.error).to.not.contain("given twice");
    }
    const coloured = await check({ "a.jail": withOption }, "a.jail", "--color=never", "--color=always");
    expect(coloured.status).to.equal(0);
  });

  it("checks each scenario that is named, and those cells alone", async () => {
    const run = (...argv: readonly string[]) => check({ "a.jail": scenarios }, "a.jail", ...argv);
    const both = await run("--scenario", "other", "--scenario", "first");
    expect(both.status).to.equal(1);
    expect(both.error).to.contain("error[cpu-overlap-cells]");
    expect(both.out).to.contain('system "pc" and 3 cells: 1 error');
    const good = await run("--scenario", "last", "--scenario", "first");
    expect({ status: good.status, error: good.error }).to.deep.equal({ status: 0, error: "" });
    expect(good.out).to.contain('system "pc" and 2 cells: nothing found');
    const unknown = await run("--scenario", "first", "--scenario", "othre");
    expect(unknown.status).to.equal(2);
    expect(unknown.error).to.contain("did you mean `other`?");
  });

  it("holds assertions in the scenarios that are named, not with all of their cells", async () => {
    const text = `${header}cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 2) }
scenario a { one }
scenario b { two }
scenario c { one; two }
assert root cannot read memory 0x3c00_0000
`;
    const run = (...argv: readonly string[]) => check({ "a.jail": text }, "a.jail", ...argv);
    expect((await run("--scenario", "b", "--scenario", "c")).status).to.equal(0);
    const { status, error } = await run("--scenario", "a", "--scenario", "b");
    expect(status).to.equal(1);
    expect(error).to.contain("so it is in scenario `a`").and.not.contain("scenario `c`");
  });

  it("refuses --together with --scenario, which say different things", async () => {
    const { status, error } = await check(
      { "a.jail": scenarios },
      "a.jail",
      "--together",
      "--scenario",
      "last",
    );
    expect(status).to.equal(2);
    expect(error).to.contain("`--together` takes all cells as running together");
  });
});
