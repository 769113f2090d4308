import { expect } from "chai";
import { MemoryHost } from "../../../../compiler/support/memory-host.js";
import { cellInC } from "../../../support/cell-in-c.js";
import { cellc } from "../../../support/cli-runner.js";
import { ruleMachines } from "../../../support/rule-machines.js";

const machine = `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory at 0x3b00_0800 size 4K mapped at 2M rw // one
  memory at 0x3b01_0800 size 4K mapped at 4M rw
}
`;

const mended = machine.replace("0x3b00_0800", "0x3b00_0000").replace("0x3b01_0800", "0x3b01_0000");

const inmate = cellInC(
  `\t\t{
			.phys_start = 0x3b100800,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
`,
  1,
);

const files = { ...ruleMachines(), "pc.jail": machine, "second.c": inmate };

const textOf = (host: MemoryHost, name: string): string => Buffer.from(host.get(name)!).toString();

describe("cellc check --fix", () => {
  it("changes the sources, says so, and reports what is left", async () => {
    const host = new MemoryHost({
      ...files,
      "pc.jail": machine.replace("  use inmate()", "  use inmate(0x3b40_0000, 9)"),
    });
    const { out, error, status } = await cellc(["check", "--fix", "pc.jail", "second.c"], host);
    expect(out.split("\n").slice(0, 3)).to.deep.equal([
      "fixed pc.jail:5: start at the page, 0x3b000000 (mem-phys-misaligned)",
      "fixed pc.jail:6: start at the page, 0x3b010000 (mem-phys-misaligned)",
      "fixed second.c:21: start at the page, 0x3b100000 (mem-phys-misaligned)",
    ]);
    expect(out).to.match(/\nchecked system "pc" and 2 cells: .*\n$/);
    expect(error).not.to.contain("mem-phys-misaligned");
    expect(status).to.be.oneOf([0, 1]);
    expect(textOf(host, "second.c")).to.equal(inmate.replace("0x3b100800", "0x3b100000"));
    expect(textOf(host, "pc.jail")).to.equal(
      mended.replace("  use inmate()", "  use inmate(0x3b40_0000, 9)"),
    );
  });

  it("prints a patch and writes nothing with --dry-run", async () => {
    const host = new MemoryHost(files);
    const { out, error } = await cellc(["check", "--fix", "--dry-run", "pc.jail", "second.c"], host);
    expect(out).to.equal(`--- a/pc.jail
+++ b/pc.jail
@@ -2,6 +2,6 @@
 system pc { use intel-pc() }
 cell demo {
   use inmate()
-  memory at 0x3b00_0800 size 4K mapped at 2M rw // one
-  memory at 0x3b01_0800 size 4K mapped at 4M rw
+  memory at 0x3b00_0000 size 4K mapped at 2M rw // one
+  memory at 0x3b01_0000 size 4K mapped at 4M rw
 }
--- a/second.c
+++ b/second.c
@@ -18,7 +18,7 @@
 	.cpus = { 1 << 2 },
 	.mem_regions = {
 		{
-			.phys_start = 0x3b100800,
+			.phys_start = 0x3b100000,
 			.size = 0x1000,
 			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
 		},
`);
    expect(error).not.to.contain("mem-phys-misaligned");
    for (const [name, text] of Object.entries(files)) expect(textOf(host, name), name).to.equal(text);
  });

  it("leaves lock files alone, and writes nothing but what it fixes", async () => {
    const host = new MemoryHost(files);
    await cellc(["check", "--fix", "pc.jail"], host);
    expect(host.names()).to.deep.equal(new MemoryHost(files).names());
    for (const name of Object.keys(files).filter((each) => each !== "pc.jail"))
      expect(textOf(host, name), name).to.equal(files[name as keyof typeof files]);
  });

  it("writes nothing where one of the files cannot be written", async () => {
    class Locked extends MemoryHost {
      override writeAll(outputs: Parameters<MemoryHost["writeAll"]>[0]): ReturnType<MemoryHost["writeAll"]> {
        const isLocked = outputs.some(({ path }) => path === "second.c");
        if (!isLocked) return super.writeAll(outputs);
        return {
          ok: false,
          failure: { problem: "no-permission", path: "second.c", detail: "EACCES: permission denied" },
        };
      }
    }
    const host = new Locked(files);
    const { out, error, status } = await cellc(["check", "--fix", "pc.jail", "second.c"], host);
    expect({ out, status }).to.deep.equal({ out: "", status: 2 });
    expect(error).to.contain("second.c");
    expect(textOf(host, "pc.jail")).to.equal(machine);
  });

  it("writes nothing where a source has mistakes", async () => {
    const host = new MemoryHost({ ...files, "second.c": inmate.replace(".size = 0x1000", ".sise = 0x1000") });
    const { error, status } = await cellc(["check", "--fix", "pc.jail", "second.c"], host);
    expect(error).to.contain("c-unknown-member");
    expect(status).to.equal(1);
    expect(textOf(host, "pc.jail")).to.equal(machine);
  });

  it("never writes standard input, and says that it does not", async () => {
    const host = new MemoryHost(ruleMachines());
    const { out, error } = await cellc(["check", "--fix", "--info", "-"], host, { stdin: machine });
    expect(out).to.not.contain("fixed");
    expect(error).to.contain("fix-not-here").and.to.contain("mem-phys-misaligned");
    expect(host.names()).to.deep.equal(new MemoryHost(ruleMachines()).names());
  });

  it("never writes binary files and documents", async () => {
    const built = new MemoryHost(files);
    await cellc(["build", "--no-check", "second.c", "-o", "second.cell"], built);
    const bytes = built.get("second.cell")!;
    const host = new MemoryHost({ ...files, "second.cell": bytes });
    const { out, error, status } = await cellc(["check", "--fix", "pc.jail", "second.cell"], host);
    expect(out).to.contain("fixed pc.jail:5");
    expect(error).to.contain("mem-phys-misaligned").and.to.contain("`second.cell` is left as it is");
    expect(status).to.equal(1);
    expect(host.get("second.cell")).to.deep.equal(bytes);
  });

  it("lists what it made in JSON", async () => {
    const { out } = await cellc(["check", "--fix", "--format", "json", "pc.jail"], files);
    expect(JSON.parse(out).fixed).to.deep.equal([
      { file: "pc.jail", line: 5, rule: "mem-phys-misaligned", title: "start at the page, 0x3b000000" },
      { file: "pc.jail", line: 6, rule: "mem-phys-misaligned", title: "start at the page, 0x3b010000" },
    ]);
  });

  it("makes those that come out right, whatever the others do", async () => {
    const dependent = machine.replace(
      "memory at 0x3b00_0800 size 4K mapped at 2M rw // one",
      "memory low at 0x3b00_0800 size 4K mapped at 2M rw\n  memory at low.end - 0x800 size 4K mapped at 6M rw",
    );
    const host = new MemoryHost({ ...files, "pc.jail": dependent });
    const { out, error, status } = await cellc(["check", "--fix", "pc.jail", "second.c"], host);
    expect(out.match(/^fixed .*$/gm)).to.deep.equal([
      "fixed pc.jail:7: start at the page, 0x3b010000 (mem-phys-misaligned)",
      "fixed second.c:21: start at the page, 0x3b100000 (mem-phys-misaligned)",
    ]);
    expect(error.match(/mem-phys-misaligned/g)).to.have.length(1);
    expect(status).to.equal(1);
    expect(textOf(host, "pc.jail")).to.equal(dependent.replace("0x3b01_0800", "0x3b01_0000"));
  });

  it("mends a fragment once that several cells use", async () => {
    const shared = `import "machines/intel-pc.jail"
system pc { use intel-pc() }
fragment low() { memory at 0x3b00_0800 size 4K mapped at 2M rw }
cell one { use inmate(); use low() }
cell two { use inmate(0x3a70_0000, 2); use low() }
`;
    const host = new MemoryHost({ ...ruleMachines(), "pc.jail": shared });
    const { out } = await cellc(["check", "--fix", "pc.jail"], host);
    expect(out.match(/^fixed .*$/gm)).to.deep.equal([
      "fixed pc.jail:3: start at the page, 0x3b000000 (mem-phys-misaligned)",
    ]);
    expect(textOf(host, "pc.jail")).to.equal(shared.replace("0x3b00_0800", "0x3b00_0000"));
  });

  it("changes what an input imports, and nothing that lies outside of the project", async () => {
    const part = "fragment low() {\n  memory at 0x3b00_0800 size 4K mapped at 2M rw\n}\n";
    const main = 'architecture x86\nimport "parts/low.jail"\ncell demo { cpus 3; use low() }\n';
    const host = new MemoryHost({ "pc.jail": main, "parts/low.jail": part });
    const { out } = await cellc(["check", "--fix", "pc.jail"], host);
    expect(out).to.contain("fixed parts/low.jail:2: ");
    expect(textOf(host, "parts/low.jail")).to.equal(part.replace("0x3b00_0800", "0x3b00_0000"));
    expect(textOf(host, "pc.jail")).to.equal(main);
  });

  it("has nothing to do a second time", async () => {
    const host = new MemoryHost(files);
    await cellc(["check", "--fix", "pc.jail", "second.c"], host);
    const { out } = await cellc(["check", "--fix", "--dry-run", "pc.jail", "second.c"], host);
    expect(out).to.equal("");
  });

  it("wants --fix with --dry-run, and no other format", async () => {
    for (const more of [["--dry-run"], ["--fix", "--dry-run", "--format", "json"]]) {
      const { status, out, error } = await cellc(["check", ...more, "pc.jail"], files);
      expect(status).to.equal(2);
      // JSON was asked for, and is where it is otherwise.
      expect(more.includes("json") ? out : error)
        .to.contain("cli-usage")
        .and.contain("--dry-run");
    }
  });
});

describe("fixes of rules", () => {
  const board = `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
`;

  async function fixed(text: string): Promise<string> {
    const host = new MemoryHost({ ...ruleMachines(), "board.jail": text });
    await cellc(["check", "--together", "--fix", "--info", "board.jail"], host);
    return textOf(host, "board.jail");
  }

  it("pick free interrupts", async () => {
    const text = `${board}cell two { use inmate(0x7100_0000, 2); vpci-irq 140 }
link one at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }
link other at 0x7e80_4000 { device 00:04.0; peers root, two; shared 4K }
`;
    expect(await fixed(text)).to.equal(text.replace("2); vpci-irq 140", "2); vpci-irq 32"));
  });

  it("add the missing peer", async () => {
    const text = `${board}link one at 0x7e80_0000 { device 00:00.0; peers nobody, demo; shared 4K }\n`;
    expect(await fixed(text)).to.equal(text.replace("nobody", "root"));
  });

  it("merge neighbours, and split at the page", async () => {
    const text = `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0xfea0_0000 size 0x1400 rw io }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 64K mapped at 2M rw
  memory at 0x3b01_0000 size 64K mapped at 2M + 64K rw
}
`;
    expect(await fixed(text)).to.equal(`import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0xfea0_0000 size 0x1000 rw io; memory at 0xfea0_1000 size 0x400 rw io io-32 }
cell demo {
  use inmate()
  memory at 0x3b00_0000 size 128K mapped at 2M rw
}
`);
  });
});

describe("fixes in reports", () => {
  it("are offered as edits, where they come out right", async () => {
    const host = new MemoryHost(files);
    const { out } = await cellc(["check", "--format", "json", "pc.jail", "second.c"], host);
    const found = (JSON.parse(out).diagnostics as { id: string; fixes: unknown[] }[]).filter(
      ({ id }) => id === "mem-phys-misaligned",
    );
    expect(found.map(({ fixes }) => fixes.length)).to.deep.equal([1, 1, 1]);
    const start = machine.indexOf("0x3b00_0800");
    expect(found[0]!.fixes).to.deep.equal([
      {
        title: "start at the page, 0x3b000000",
        edits: [
          {
            file: "pc.jail",
            line: 5,
            column: 13,
            endLine: 5,
            endColumn: 24,
            start,
            end: start + 11,
            newText: "0x3b00_0000",
          },
        ],
      },
    ]);
  });

  it("are not offered where the source leaves open what to change", async () => {
    const named = machine
      .replace("system pc", "const start = 0x3b00_0800\nsystem pc")
      .replace("at 0x3b00_0800", "at start");
    const { out } = await cellc(["check", "--format", "json", "pc.jail"], { ...files, "pc.jail": named });
    const found = (JSON.parse(out).diagnostics as { id: string; fixes: unknown[] }[]).filter(
      ({ id }) => id === "mem-phys-misaligned",
    );
    expect(found.map(({ fixes }) => fixes.length)).to.deep.equal([0, 1]);
  });
});
