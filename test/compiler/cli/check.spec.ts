import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { ruleMachines } from "../../support/rule-machines.js";

const header = `import "machines/intel-pc.jail"
system pc { use intel-pc() }
`;
/** Two cells with one CPU, which never have to run together. */
const alternatives = `${header}cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 1) }
cell three { use inmate(0x3d00_0000, cpu = 2) }
`;
const misplaced = `${header}cell demo {
  use inmate()
  memory at 0x3b00_0800 size 4K mapped at 2M rw
}
`;

/** A C config of one cell whose second region starts within a page. */
const cSource = (before = "", within = "") => `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

${before}
struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[3];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "demo",
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
	},
	.cpus = { 0x8 },
	.mem_regions = {
		/* RAM */ {
			.phys_start = 0x3a600000,
			.size = 0x100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE,
		},
		/* communication region */ {
			.virt_start = 0x100000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_COMM_REGION,
		},
		${within}
		{
			.phys_start = 0x3b000800,
			.virt_start = 0x200000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
	},
};
`;

const check = (files: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  cellc(["check", ...argv], { ...ruleMachines(), ...files });

describe("cellc check", () => {
  it("says what it has looked at where it finds nothing", async () => {
    const { status, out, error } = await check(
      { "a.jail": `${header}cell demo { use inmate() }\n` },
      "a.jail",
    );
    expect({ status, error }).to.deep.equal({ status: 0, error: "" });
    expect(out).to.match(/^checked system "pc" and 1 cell: nothing found/);
  });

  it("shows the place, why it matters and what to do, and ends with status 1", async () => {
    const { status, out, error } = await check({ "a.jail": misplaced }, "a.jail");
    expect(status).to.equal(1);
    expect(out).to.contain('checked system "pc" and 1 cell: 1 error');
    expect(error).to.contain("error[mem-phys-misaligned]");
    expect(error).to.contain("a.jail:5:10");
    expect(error).to.contain("= why: Nothing complains.");
    expect(error).to.contain("= help: start the region at a multiple of 4K");
  });

  it("takes cells as alternatives, unless it is said that they run together", async () => {
    const files = { "a.jail": alternatives, "b.jail": `${alternatives}scenario both { one; two }\n` };
    const apart = await check(files, "a.jail");
    expect(apart.status).to.equal(0);
    expect(apart.error).to.contain("warning[cpu-overlap-cells]");
    expect(apart.error).to.contain('nothing says that cell "one" and cell "two" run together');
    const together = await check(files, "--together", "a.jail");
    expect(together.status).to.equal(1);
    expect(together.error).to.contain("error[cpu-overlap-cells]");
    expect((await check(files, "b.jail")).status).to.equal(1);
  });

  it("checks the cells of a machine whose condition does not hold", async () => {
    const files = { "a.jail": `${misplaced}assert 1 == 2\nassert demo can read memory 0 .. 1\n` };
    const { status, error } = await check(files, "a.jail");
    expect(status).to.equal(1);
    for (const id of ["jail-assertion", "assertion-fails", "mem-phys-misaligned"])
      expect(error).to.contain(`error[${id}]`);
    const host = new MemoryHost({ ...ruleMachines(), ...files });
    const before = host.names();
    const built = await cellc(["build", "a.jail"], host);
    expect(built.status).to.equal(1);
    expect(built.error).to.contain("error[jail-assertion]").and.contain("error[mem-phys-misaligned]");
    expect(host.names()).to.deep.equal(before);
  });

  it("names first who reaches what only another may, and marks what there is", async () => {
    const assertions = `assert only root can reach memory 0x3c00_0000
assert pc can reach memory 0x7_0000_0000
`;
    const { error } = await check({ "a.jail": `${alternatives}${assertions}` }, "a.jail");
    expect(error).to.contain('does not hold: cell "two" can reach memory 0x3c000000');
    expect(error).to.contain(
      'also, root cell "pc" cannot reach memory 0x3c000000: root cell "pc" has lost it to cell "two"',
    );
    expect(error).to.contain("= help: change the entries that are marked, or the assertion");
    expect(error).to.contain('= help: give root cell "pc" an entry that opens it, or change the assertion');
  });

  it("looks at the cells of one scenario", async () => {
    const text = `${alternatives}scenario first { one; three }\nscenario both { one; two }\n`;
    const good = await check({ "a.jail": text }, "a.jail", "--scenario", "first");
    expect(good.status).to.equal(0);
    expect(good.out).to.contain('checked system "pc" and 2 cells: nothing found');
    expect((await check({ "a.jail": text }, "a.jail", "--scenario=both")).status).to.equal(1);
    const unknown = await check({ "a.jail": text }, "a.jail", "--scenario", "frist");
    expect(unknown.status).to.equal(2);
    expect(unknown.error).to.contain("there is no scenario `frist`").and.contain("did you mean `first`?");
  });

  it("takes systems and cells from files of all kinds", async () => {
    const host = new MemoryHost({ ...ruleMachines(), "a.jail": misplaced, "demo.c": cSource() });
    await cellc(["build", "--no-check", "a.jail", "-o", "out/"], host);
    const binary = await cellc(["check", "out/pc.cell", "out/demo.cell"], host);
    expect(binary.status).to.equal(1);
    expect(binary.error).to.contain("out/demo.cell @ 0xcc (mem_regions[2].phys_start)");
    await cellc(["convert", "out/demo.cell", "--to", "json", "-o", "demo.json"], host);
    const document = await cellc(["check", "out/pc.cell", "demo.json"], host);
    expect(document.error).to.match(/demo\.json:\d+:\d+/);
    expect(document.error).to.match(/\n\s*\d+ \|\s*"phys_start": "?(0x3b000800|989857792)/);
    const mixed = await cellc(["check", "out/pc.cell", "demo.c"], host);
    expect(mixed.error).to.contain("demo.c:").and.contain(".phys_start = 0x3b000800");
  });

  it("takes one file in two spellings as one, and says where a config is given twice", async () => {
    const host = new MemoryHost({ ...ruleMachines(), "a.jail": alternatives });
    const once = await cellc(["check", "a.jail"], host);
    expect(await cellc(["check", "./a.jail", "a.jail", "/work/a.jail"], host)).to.deep.equal({
      ...once,
      error: once.error.replaceAll(" a.jail", " ./a.jail"),
    });
    await cellc(["build", "a.jail", "-o", "out/"], host);
    for (const order of [
      ["a.jail", "out/two.cell", "out/pc.cell"],
      ["out/pc.cell", "out/two.cell", "a.jail"],
    ]) {
      const { status, error, out } = await cellc(["check", ...order], host);
      expect(status).to.equal(0);
      expect(error.match(/warning\[[a-z-]+\]/g)!.toSorted()).to.deep.equal([
        "warning[config-given-twice]",
        "warning[config-given-twice]",
        "warning[cpu-overlap-cells]",
      ]);
      expect(error).to.contain('"two" is given twice').and.contain("out/two.cell").and.contain("a.jail:");
      expect(out).to.contain('checked system "pc" and 3 cells');
    }
  });

  it("tells once that a name is too long, and what comes of it", async () => {
    const long = cSource().replace('"demo"', `"${"x".repeat(40)}"`);
    const { status, error, out } = await check({ "demo.c": long }, "demo.c");
    expect(status).to.equal(1);
    expect(error).to.contain(`error[name-unterminated]: the name "${"x".repeat(32)}" has 32 bytes`);
    expect(error).to.not.contain("c-string-too-long");
    expect(out).to.not.contain("warning");
    const built = await cellc(["build", "demo.c", "-o", "out/"], { "demo.c": long });
    expect(built.status).to.equal(0);
    expect(built.error).to.contain("name-unterminated").and.not.contain("c-string-too-long");
    const unchecked = await cellc(["build", "--no-check", "demo.c", "-o", "out/"], { "demo.c": long });
    expect(unchecked.error).to.contain("warning[c-string-too-long]");
  });

  it("calls cells what their source calls them", async () => {
    const named = alternatives.replace("cell one", 'cell one "demo"').replace("cell two", 'cell two "demo"');
    const host = new MemoryHost({ ...ruleMachines(), "a.jail": named });
    const { error } = await cellc(["check", "a.jail"], host);
    expect(error).to.contain('nothing says that cell "one" and cell "two" run together');
    await cellc(["build", "--no-check", "a.jail", "-o", "out/"], host);
    const binary = await cellc(["check", "out/pc.cell", "out/one.cell", "out/two.cell"], host);
    expect(binary.error).to.contain('cell "demo" (out/one.cell) and cell "demo" (out/two.cell)');
    expect(binary.error).to.contain(
      'CPU 1 of cell "demo" (out/two.cell) belongs to cell "demo" (out/one.cell), too',
    );
  });

  it("refuses two systems as one machine", async () => {
    const other = `import "machines/amd-pc.jail"\nsystem other { use amd-pc() }\n`;
    const { status, error } = await check({ "a.jail": misplaced, "b.jail": other }, "a.jail", "b.jail");
    expect(status).to.equal(1);
    expect(error).to.contain('two systems, "pc" and "other", cannot be checked as one machine');
    expect(error).to.contain("or name all in cellc.yaml and check without FILE");
  });

  describe("of a project with several systems", () => {
    const amd = (name: string): string => `import "machines/amd-pc.jail"\nsystem ${name} { use amd-pc() }\n`;
    const cell = (name: string): string => `architecture x86
cell ${name} "other" { cpus 1; memory at 0x3b00_0000 size 4K mapped at 0 rwx loadable }
`;
    const project = (...files: readonly string[]) => ({ "cellc.yaml": `files: [${files.join(", ")}]\n` });

    it("checks each source of a machine by itself", async () => {
      const files = { "a.jail": misplaced, "b.jail": `${amd("other")}scenario s { other }\n` };
      const { status, out, error } = await check({ ...files, ...project("a.jail", "b.jail") });
      expect(status).to.equal(1);
      expect(out).to.contain('checked system "pc" and 1 cell; system "other": 1 error');
      expect(error).to.contain("error[mem-phys-misaligned]").and.not.contain("several-systems");
      const one = await check({ ...files, ...project("a.jail", "b.jail") }, "--scenario", "s");
      expect(one).to.include({ status: 0, error: "" });
      expect(one.out).to.contain('checked system "other": nothing found');
      const none = await check({ ...files, ...project("a.jail", "b.jail") }, "--scenario", "t");
      expect(none.status).to.equal(2);
      expect(none.error).to.contain("there is no scenario `t`");
    });

    it("gives a cell to the system that it is called after, where its name says so", async () => {
      const host = new MemoryHost({
        ...ruleMachines(),
        "b.jail": amd("other"),
        "c.jail": amd("third").replace("0-3", "0-2"),
        "d.jail": cell("demo"),
        "e.jail": misplaced,
        "x/": "",
      });
      await cellc(["build", "--no-check", "b.jail", "-o", "x/board.cell"], host);
      await cellc(["build", "--no-check", "c.jail", "-o", "x/board-two.cell"], host);
      await cellc(["build", "--no-check", "d.jail", "-o", "x/board-two-demo.cell"], host);
      host.set("cellc.yaml", "files: [x/*.cell, e.jail]\n");
      const { out, error } = await cellc(["check"], host);
      expect(error).to.not.contain("several-systems");
      expect(out).to.match(/^checked system "pc" and 1 cell; system "third" and 1 cell; system "other":/);
      const named = await cellc(["check", "x/board.cell", "x/board-two.cell"], host);
      expect(named.error).to.contain("several-systems");
      host.set(
        "x/boards.cell",
        host.get("x/board-two-demo.cell")!.map((byte) => byte),
      );
      const astray = await cellc(["check"], host);
      expect(astray.status).to.equal(1);
      expect(astray.error).to.contain("several-systems");
      expect(astray.error)
        .to.contain("`x/boards.cell` can be a cell of any of them")
        .and.contain("SYSTEM-CELL");
      expect(named.error).to.contain("check each system with its own cells");
    });

    it("has no one board", async () => {
      const files = { "a.jail": misplaced, "b.jail": amd("other"), "board.yaml": "cpus: { online: 0-1 }\n" };
      const { status, error } = await check(
        { ...files, ...project("a.jail", "b.jail") },
        "--board",
        "board.yaml",
      );
      expect(status).to.equal(2);
      expect(error).to.contain("`--board` describes one machine, and the project has 2");
      const alone = await check({ ...files, ...project("a.jail") }, "--board", "board.yaml");
      expect(alone.error).to.not.contain("describes one machine");
    });
  });

  it("tells tools in their format, too, why nothing could be checked", async () => {
    const files = { "a.jail": "system pc {\n  cpsu 1\n}\n" };
    for (const format of ["json", "sarif"]) {
      const { status, out, error } = await check(files, "a.jail", "missing.c", "--format", format);
      expect({ status, error }).to.deep.equal({ status: 2, error: "" });
      expect(out).to.contain("jail-no-architecture").and.contain("cannot-read");
      if (format === "sarif")
        expect(JSON.parse(out).runs[0].invocations[0].executionSuccessful).to.equal(false);
    }
    const github = await check(files, "a.jail", "--format", "github");
    expect(github).to.include({ status: 1, error: "" });
    expect(github.out).to.match(/^::error file=a\.jail,line=1/);
  });

  it("raises and leaves out rules by name", async () => {
    const files = { "a.jail": alternatives };
    expect((await check(files, "a.jail", "--deny", "cpu-overlap-cells")).status).to.equal(1);
    expect((await check(files, "a.jail", "--deny", "warnings")).status).to.equal(1);
    const unknown = await check(files, "a.jail", "--deny", "cpu-overlap-cell");
    expect(unknown.status).to.equal(2);
    expect(unknown.error).to.contain("did you mean `cpu-overlap-cells`?");
    const refused = await check(files, "a.jail", "--allow", "cpu-overlap-cells");
    expect(refused.status).to.equal(2);
    expect(refused.error).to.contain("`cpu-overlap-cells` cannot be allowed");
  });
});

describe("rules that are both raised and left out", () => {
  it("are a mistake of the command line", async () => {
    const both = await check(
      { "a.jail": alternatives },
      "a.jail",
      "--allow",
      "fmt-name",
      "--deny",
      "fmt-name",
    );
    expect(both.status).to.equal(2);
    expect(both.error).to.contain("error[cli-usage]: `--allow` and `--deny` both name `fmt-name`");
    const apart = await check({ "a.jail": alternatives }, "a.jail", "--allow", "RULE", "--deny", "warnings");
    expect(apart.error).to.not.contain("both name");
  });
});

describe("exceptions in sources", () => {
  const allowing = (line: string): Readonly<Record<string, string>> => ({
    "a.jail": `${alternatives}${line}\n`,
  });

  it("leave out what is meant so, with the reason in the formats for tools", async () => {
    const files = allowing('allow cpu-overlap-cells in one because "only one of them runs"');
    const { status, out, error } = await check(files, "a.jail");
    expect({ status, error }).to.deep.equal({ status: 0, error: "" });
    expect(out).to.contain("(1 finding allowed");
    const json = JSON.parse((await check(files, "a.jail", "--format", "json")).out);
    expect(json.suppressed).to.have.length(1);
    expect(json.suppressed[0]).to.include({ id: "cpu-overlap-cells", reason: "only one of them runs" });
  });

  it("are for the cells that they name", async () => {
    const { error } = await check(allowing('allow cpu-overlap-cells in three because "x"'), "a.jail");
    expect(error).to.contain("warning[cpu-overlap-cells]").and.contain("warning[allow-stale]");
  });

  it("cannot take back an error", async () => {
    const text = `${misplaced}allow mem-phys-misaligned in demo because "x"\n`;
    const { status, error } = await check({ "a.jail": text }, "a.jail");
    expect(status).to.equal(1);
    expect(error).to.contain("error[mem-phys-misaligned]").and.contain("error[allow-impossible]");
  });

  it("name rules that there are", async () => {
    const { status, error } = await check(allowing('allow cpu-overlap because "x"'), "a.jail");
    expect(status).to.equal(1);
    expect(error).to.contain("error[rule-unknown]");
  });

  it("stand in comments of C, at the element or in front of all", async () => {
    const allowed = "/* cellc: allow mem-phys-misaligned: the window is meant so */";
    const deny = ["demo.c"];
    const at = await check({ "demo.c": cSource("", allowed) }, ...deny);
    expect(at.error).to.contain("error[allow-impossible]");
    const front = await check({ "demo.c": cSource(allowed) }, ...deny);
    expect(front.error).to.contain("error[allow-impossible]");
    const without = await check({ "demo.c": cSource("/* cellc: allow mem-phys-misaligned */") }, ...deny);
    expect(without.error).to.contain("error[allow-without-reason]");
  });

  it("are told where a comment of C only looks like one", async () => {
    for (const comment of [
      "/* Cellc: allow mem-phys-misaligned: meant so */",
      "/* cellc: Allow mem-phys-misaligned: meant so */",
      "/* cellc: deny mem-phys-misaligned */",
      "// CELLC : allow mem-phys-misaligned: meant so",
      "/* cellc: allow */",
      "/* cellc: allow : meant so */",
    ]) {
      const { error } = await check({ "demo.c": cSource("", comment) }, "demo.c");
      expect(error, comment).to.contain("warning[allow-not-understood]").and.contain(comment);
      expect(error, comment).to.not.contain("allow-impossible");
    }
    for (const comment of ["/* see cellc: allow */", "/* cellc makes this */", "/* cellular: allow */"]) {
      const { error } = await check({ "demo.c": cSource("", comment) }, "demo.c");
      expect(error, comment).to.not.contain("allow-not-understood");
    }
  });
});

describe("checks of a build", () => {
  it("keep a machine with errors from being written, unless they are left out", async () => {
    const host = new MemoryHost({ ...ruleMachines(), "a.jail": misplaced });
    const refused = await cellc(["build", "a.jail", "-o", "out/"], host);
    expect(refused.status).to.equal(1);
    expect(refused.error).to.contain("error[mem-phys-misaligned]");
    expect(host.names().some((name) => name.endsWith(".cell"))).to.equal(false);
    const forced = await cellc(["build", "--no-check", "a.jail", "-o", "out/"], host);
    expect({ status: forced.status, error: forced.error }).to.deep.equal({ status: 0, error: "" });
  });

  it("show what is wrong in a C config, which is written all the same", async () => {
    const host = new MemoryHost({ "demo.c": cSource() });
    const { status, error, out } = await cellc(["build", "demo.c"], host);
    expect(status).to.equal(0);
    expect(error).to.contain("error[mem-phys-misaligned]");
    expect(out).to.contain("demo.cell");
    expect(host.get("demo.cell")).to.have.length(132 + 8 + 3 * 32);
  });

  it("count in C where they are asked to", async () => {
    const host = new MemoryHost({ "demo.c": cSource() });
    const { status } = await cellc(["build", "--strict", "demo.c"], host);
    expect(status).to.equal(1);
    expect(host.get("demo.cell")).to.equal(undefined);
  });
});
