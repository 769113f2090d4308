import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

describe("what build says about the config it writes", () => {
  const good = cellSource("demo");

  const doubtful: readonly (readonly [string, string, string, string, string])[] = [
    [
      "a signature of the other kind",
      "JAILHOUSE_CELL_DESC_SIGNATURE",
      "JAILHOUSE_SYSTEM_SIGNATURE",
      "output-wrong-kind",
      "a.c:10:",
    ],
    ["no signature", ".signature = JAILHOUSE_CELL_DESC_SIGNATURE,", "", "output-no-signature", "a.c:8:"],
    [
      "a revision that is not that of the headers",
      "JAILHOUSE_CONFIG_REVISION",
      "13",
      "output-wrong-revision",
      "a.c:11:",
    ],
    ["a count that is too large", "ARRAY_SIZE(config.mem_regions)", "3", "output-count-wrong", "a.c:14:25"],
    ["a count that is too small", "ARRAY_SIZE(config.mem_regions)", "1", "output-count-wrong", "a.c:14:25"],
    [
      "a table without a count",
      ".num_memory_regions = ARRAY_SIZE(config.mem_regions),",
      "",
      "output-count-wrong",
      "a.c:8:",
    ],
    [
      "a CPU set that is larger than its table",
      "sizeof(config.cpus)",
      "sizeof(config.cpus) + 8",
      "output-count-wrong",
      "a.c:13:19",
    ],
    [
      "a count without a table",
      ".num_memory_regions =",
      ".num_irqchips = 1, $&",
      "output-count-too-large",
      "a.c:14:19",
    ],
  ];
  for (const [what, from, to, id, place] of doubtful) {
    it(`warns of ${what}, and writes what the source asks for`, async () => {
      const host = new MemoryHost({ "a.c": good.replace(from, to) });
      const { status, error } = await cellc(["build", "--no-check", "a.c"], host);
      expect(status).to.equal(0);
      expect(error).to.contain(`warning[${id}]`).and.contain(`--> ${place}`);
      expect(error).to.match(/\n1 warning\n$/);
      expect(host.get("a.cell")).to.have.length(204);
      expect((await cellc(["build", "--no-check", "a.c", "--strict"], host)).status).to.equal(1);
    });
  }

  it("names the count, the table, both numbers and what to write", async () => {
    const build = async (from: string, to: string) =>
      (await cellc(["build", "--no-check", "a.c"], { "a.c": good.replace(from, to) })).error;
    const missing = await build(".num_memory_regions = ARRAY_SIZE(config.mem_regions),", "");
    expect(missing).to.contain("num_memory_regions is 0, but `mem_regions` has 2 elements");
    expect(missing).to.contain("help: write `.num_memory_regions = ARRAY_SIZE(config.mem_regions)`");
    const cpus = await build("sizeof(config.cpus)", "4");
    expect(cpus).to.contain("cpu_set_size is 4, but `cpus` has 8 bytes");
    expect(cpus)
      .to.contain("help: write `.cpu_set_size = sizeof(config.cpus)`")
      .and.match(/\n1 warning\n$/);
    const split = await build("mem_regions[2];", "mem_regions[2], more[1];");
    expect(split).to.contain("num_memory_regions is 2, but `mem_regions and more` has 3 elements");
    expect(split).to.contain("help: write `.num_memory_regions = 3`");
  });

  it("finds a wrong count also where the sizes happen to come out even", async () => {
    // a memory region and an irqchip are both 32 bytes
    const source = good
      .replace("mem_regions[2];", "$& struct jailhouse_irqchip irqchips[1];")
      .replace("ARRAY_SIZE(config.mem_regions)", "3");
    for (const irqchips of ["", ".num_irqchips = 1, "]) {
      const counted = source.replace(".num_memory_regions", `${irqchips}$&`);
      const { error } = await cellc(["build", "--no-check", "a.c"], { "a.c": counted });
      expect(error).to.contain("num_memory_regions is 3, but `mem_regions` has 2 elements");
    }
  });

  it("leaves what is no table's alignment to the counts", async () => {
    // bytes at the end of a struct move no table
    const behind = good
      .replace("__attribute__((packed))", "__attribute__((packed, aligned(16)))")
      .replace("ARRAY_SIZE(config.mem_regions)", "60");
    const { error } = await cellc(["build", "--no-check", "a.c"], { "a.c": behind });
    expect(error).to.contain("num_memory_regions is 60, but `mem_regions` has 2 elements");
    // an unnamed bit-field was written on purpose
    const fill = good
      .replace("__u64 cpus[1];", "__u32 : 8; __u32 rest : 24; __u8 more[4];")
      .replace("sizeof(config.cpus)", "8")
      .replace(/\.cpus = \{[^}]*\},/, "");
    expect((await cellc(["build", "--no-check", "a.c"], { "a.c": fill })).error).to.equal("");
  });

  it("says so of bytes that are no table", async () => {
    const source = good.replace("mem_regions[2];", "$& __u8 mine[3];");
    const { error } = await cellc(["build", "--no-check", "a.c"], { "a.c": source });
    expect(error).to.contain("the counts leave out 3 bytes, from offset 204").and.contain("--> a.c:8:");
  });

  it("recognises that `packed` is missing", async () => {
    const source = good.replace("__attribute__((packed)) ", "");
    const { error } = await cellc(["build", "--no-check", "a.c"], { "a.c": source });
    expect(error).to.contain("warning[output-not-packed]: the struct of `config` has 4 bytes of padding");
    expect(error)
      .to.contain("the first behind `cell`")
      .and.contain("--> a.c:8:")
      .and.match(/\n1 warning\n$/);
    // Members that are aligned as they are need no attribute.
    const plain = good.replace("__attribute__((packed)) ", "").replace("__u64 cpus[1]", "__u32 cpus[2]");
    expect((await cellc(["build", "--no-check", "a.c"], { "a.c": plain })).error).to.equal("");
  });

  it("recognises an array of configs", async () => {
    for (const [count, initialiser] of [
      [2, "{ "],
      [3, "{ [1 ... 2] = {}, [0] = "],
    ] as const) {
      const source = good
        .replace(
          "} __attribute__((packed)) config = ",
          `} __attribute__((packed)) config[${count}] = ${initialiser}`,
        )
        .replace(/\n\};\n$/, "\n} };\n")
        .replaceAll("(config.", "(config[0].");
      const { error } = await cellc(["build", "--no-check", "a.c"], { "a.c": source });
      expect(error).to.contain(`warning[output-array]: \`config\` is an array of ${count} configs`);
      expect(error).to.match(/\n1 warning\n$/);
    }
  });

  it("warns of tables in another order than the format's", async () => {
    const source = `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
struct {
	struct jailhouse_cell_desc cell;
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_memory mem_regions[1];
} __attribute__((packed)) config = {
	.cell = { .signature = JAILHOUSE_CELL_DESC_SIGNATURE, .revision = JAILHOUSE_CONFIG_REVISION,
		.name = "x", .num_memory_regions = 1, .num_irqchips = 1 },
};
`;
    const { error } = await cellc(["build", "--no-check", "a.c"], { "a.c": source });
    expect(error).to.contain("warning[output-table-order]");
    expect(error).to.contain("`jailhouse_memory` stands behind that of `jailhouse_irqchip`");
  });

  const inOrder = (profile: string, members: string) =>
    cellc(["build", "--no-check", "a.c", "-p", profile], {
      "a.c": `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
struct { struct jailhouse_cell_desc cell; ${members} } __attribute__((packed)) config = {
	.cell = { .signature = JAILHOUSE_CELL_DESC_SIGNATURE, .revision = JAILHOUSE_CONFIG_REVISION, .name = "x" },
};
`,
    });

  for (const [profile, members, text] of [
    [
      "HEAD",
      "struct jailhouse_memory mem[0]; __u64 cpus[0];",
      "`cpus` stands behind that of `jailhouse_memory`",
    ],
    [
      "v0.12",
      "__u32 stream_ids[0]; struct jailhouse_pio pio[0];",
      "`jailhouse_pio` stands behind that of `stream_ids`",
    ],
    [
      "v0.8",
      "struct jailhouse_pci_device pci[0]; __u8 pio_bitmap[0];",
      "`pio_bitmap` stands behind that of `jailhouse_pci_device`",
    ],
    [
      "HEAD",
      "union jailhouse_stream_id ids[0]; struct jailhouse_pio pio[0];",
      "`jailhouse_pio` stands behind that of `jailhouse_stream_id`",
    ],
  ] as const) {
    it(`warns of tables of integers and unions in another order: ${members}`, async () => {
      expect((await inOrder(profile, members)).error).to.contain(text);
    });
  }

  it("knows tables of integers in the right order", async () => {
    const all =
      "__u64 cpus[0]; struct jailhouse_memory mem[0]; __u8 pio_bitmap[0]; struct jailhouse_pci_device pci[0];";
    expect((await inOrder("v0.8", all)).error).to.equal("");
    const newer = `${all.replace("__u8 pio_bitmap", "struct jailhouse_pio pio")} __u32 stream_ids[0];`;
    expect((await inOrder("v0.12", newer)).error).to.equal("");
  });

  it("has nothing to say about right ones, of any revision", async () => {
    const plain = good.replace("ARRAY_SIZE(config.mem_regions)", "2");
    for (const profile of ["HEAD", "r13.1", "v0.12", "v0.10", "v0.5"]) {
      const { status, error } = await cellc(["build", "--no-check", "a.c", "-p", profile], {
        "a.c": profile === "v0.5" ? plain.replace(/\t\t\.(signature|revision).*\n/g, "") : plain,
      });
      expect({ status, error }, profile).to.deep.equal({ status: 0, error: "" });
    }
  });
});

describe("which objects of a source are configs", () => {
  const table = "unsigned int helper[4] = { 1, 2, 3, 4 };\n";
  const second = cellSource("two")
    .replace(/#include.*\n/g, "")
    .replaceAll("config", "other");

  it("passes over helper tables with a warning, and keeps the name of the source", async () => {
    const host = new MemoryHost({ "a.c": `${table}${cellSource("one")}` });
    const { status, out, error } = await cellc(["build", "--no-check", "a.c"], host);
    expect({ status, out }).to.deep.equal({ status: 0, out: "a.cell  204 bytes  r14.1\n" });
    expect(error).to.contain("warning[not-a-config]: `helper` is no config").and.contain("--> a.c:1:14");
    const shown = await cellc(["decode", "a.c"], host);
    expect(shown.out).to.contain('cell "one"').and.not.contain("helper");
    expect((await cellc(["diff", "a.c", "a.cell"], host)).status).to.equal(0);
    expect((await cellc(["convert", "a.c", "-o", "b.cell"], host)).status).to.equal(0);
  });

  it("refuses two configs in one section", async () => {
    const host = new MemoryHost({ "a.c": cellSource("one") + second });
    const { status, error } = await cellc(["build", "--no-check", "a.c", "-o", "out/"], host);
    expect(status).to.equal(1);
    expect(error).to.contain("error[configs-share-section]: `config` and `other` are both in the default");
    expect(error).to.contain('section(".cell.NAME")');
    expect(host.names()).to.deep.equal(["/work/a.c"]);
  });

  it("writes configs with sections of their own to files of these names", async () => {
    const own = (source: string, name: string) =>
      source.replace(/__attribute__\(\(packed\)\) (\w+)/, `$& __attribute__((section(".cell.${name}")))`);
    const host = new MemoryHost({ "a.c": own(cellSource("one"), "x") + own(second, "y") });
    const { status, error } = await cellc(["build", "--no-check", "a.c", "-o", "out/"], host);
    expect({ status, error }).to.deep.equal({ status: 0, error: "" });
    expect(host.names()).to.include.members(["/work/out/x.cell", "/work/out/y.cell"]);
    const single = await cellc(["build", "--no-check", "a.c", "-o", "one.cell"], host);
    expect(single.status).to.equal(2);
    expect(single.error).to.contain("say `-o one.cell/`");
    expect(host.isDirectory("one.cell")).to.equal(false);
  });

  it("takes only `.cell.NAME` for the name of a file", async () => {
    const inSection = (source: string, section: string) =>
      source.replace(/__attribute__\(\(packed\)\) (\w+)/, `$& __attribute__((section("${section}")))`);
    const build = async (first: string, other: string | undefined) => {
      const source =
        inSection(cellSource("one"), first) + (other === undefined ? "" : inSection(second, other));
      const host = new MemoryHost({ "a.c": source });
      const { status, error } = await cellc(["build", "--no-check", "a.c", "-o", "out/"], host);
      return {
        status,
        error,
        written: host
          .names()
          .slice(1)
          .map((name) => name.replace("/work/out/", "")),
      };
    };
    for (const section of [".data", ".cell.", ".mine"]) {
      expect((await build(section, undefined)).written, section).to.deep.equal(["a.cell"]);
    }
    expect((await build(".data", ".cell.x")).written).to.deep.equal(["config.cell", "x.cell"]);
    expect((await build(".cell.", ".mine")).written).to.deep.equal(["config.cell", "mine.cell"]);
    const host = new MemoryHost({ "a.c": inSection(cellSource("one"), ".data") + second });
    const shared = await cellc(["build", "--no-check", "a.c", "-o", "out/"], host);
    expect(shared.error).to.contain(
      "error[configs-share-section]: `config` and `other` are both in the default section",
    );
    const helper = 'unsigned int h[2] __attribute__((section(".cell."))) = { 1, 2 };\n';
    const passed = await cellc(["build", "--no-check", "a.c"], { "a.c": helper + cellSource("one") });
    expect(passed.error).to.contain("warning[not-a-config]: `h`");
  });

  it("goes by the name where nothing else tells", async () => {
    const plain = (name: string) => `struct { unsigned char a[4]; } ${name} = { { 1 } };\n`;
    const host = new MemoryHost({ "a.c": plain("helper") + plain("config"), "b.c": plain("x") + plain("y") });
    const named = await cellc(["build", "--no-check", "a.c"], host);
    expect(named.status).to.equal(0);
    expect(named.error).to.contain("`helper` is no config");
    const unclear = await cellc(["build", "--no-check", "b.c"], host);
    expect(unclear.status).to.equal(1);
    expect(unclear.error).to.contain("none of them starts like a config: x, y");
  });
});

describe("directories of -I", () => {
  it("must exist", async () => {
    for (const directory of ["nowhere", ""]) {
      const { status, error } = await cellc(["build", "--no-check", "a.c", "-I", directory], {
        "a.c": cellSource("a"),
      });
      expect(status).to.equal(2);
      expect(error).to.contain("error[include-directory-missing]");
    }
    const files = { "a.c": cellSource("a"), "cellc.yaml": "include: [gone]\n" };
    const { status, error } = await cellc(["build", "--no-check", "a.c"], files);
    expect(status).to.equal(2);
    expect(error).to.contain("no include directory `gone`").and.contain("--> cellc.yaml:1:11");
  });

  it("without the config header give way to the built-in one only with a warning", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a"), "inc/": "" });
    const { status, error } = await cellc(["build", "--no-check", "a.c", "-I", "inc"], host);
    expect(status).to.equal(0);
    expect(error)
      .to.contain("warning[built-in-header-serves]")
      .and.contain("header of r14.1: `inc` has none");
    expect((await cellc(["build", "--no-check", "a.c", "-I", "inc", "-p", "HEAD"], host)).error).to.equal("");
  });
});
