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

  it("counts notes that it shows, and what --allow leaves out", async () => {
    const text = `${header}cell one { use inmate(cpu = 1); ioports 0x2f8-0x2ff }
cell two { use inmate(0x3c00_0000, cpu = 2); ioports 0x2f8-0x2ff }
`;
    const found = await check({ "a.jail": text }, "a.jail");
    expect(found.out).to.contain("1 warning (");
    const allowed = await check({ "a.jail": text }, "a.jail", "--allow", "pio-shared-cells");
    expect(allowed.out).to.match(/: nothing found \(1 finding allowed; \d+ notes hidden/);
    const shown = await check({ "a.jail": text }, "a.jail", "--allow", "pio-shared-cells", "--info");
    const notes = shown.error.match(/^note\[/gm)!.length;
    expect(notes).to.be.above(1);
    expect(shown.out).to.contain(`: ${notes} notes (1 finding allowed)`);
  });

  it("says how to name several rules", async () => {
    const { status, error } = await check(
      { "a.jail": scenarios },
      "a.jail",
      "--deny",
      "load-none,cpu-set-size",
    );
    expect(status).to.equal(2);
    expect(error).to.contain("help: name one rule, and repeat the option for each other");
    expect((await check({}, "--help")).out).to.match(/--deny RULE {2,}.*can be\s+repeated\)/);
  });

  it("calls standard input what it is told to, and takes it for what that name says", async () => {
    const text = `architecture x86\ncell demo {\n  cpus 1\n  memory at 0x3b00_0800 size 4K mapped at 0 rwx loadable\n  comm\n}\n`;
    const run = (...argv: readonly string[]) => cellc(["check", "-", ...argv], {}, { stdin: text });
    const named = await run("--stdin-name", "boards/x.jail", "--format", "github");
    expect(named.out).to.match(/^::error file=boards\/x\.jail,line=4,/m);
    expect((await run("--stdin-name", "x.c")).error).to.contain("error[c-cell-language]");
    const fixed = await run("--stdin-name", "x.jail", "--fix");
    expect(fixed.error).to.contain("note[fix-not-here]: `x.jail` is left as it is");
  });

  it("answers tools on standard output, whatever is wrong with the command line", async () => {
    for (const argv of [
      ["--fix", "--dry-run"],
      ["--dry-run"],
      ["--deny", "no-such-rule"],
      ["--profile", "r99"],
      ["--together", "--scenario", "last"],
    ]) {
      const { status, out, error } = await check(
        { "a.jail": scenarios },
        "a.jail",
        ...argv,
        "--format",
        "json",
      );
      expect({ status, error }, argv[0]).to.deep.equal({ status: 2, error: "" });
      const { diagnostics } = JSON.parse(out) as { diagnostics: readonly { severity: string }[] };
      expect(diagnostics[0]!.severity).to.equal("error");
    }
  });

  it("says in the cell language how a cell gets CPUs", async () => {
    const { error } = await check({ "a.jail": "architecture x86\ncell h { }\n" }, "a.jail");
    expect(error).to.contain("help: name the CPUs, as in `cpus 1`");
  });
});
