import { expect } from "chai";
import type { MemoryFile } from "../../../compiler/support/memory-host.js";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

/** The bytes that `cellc build` makes of a source. */
async function built(source: string, ...options: readonly string[]): Promise<Uint8Array> {
  const { bytes, status, error } = await cellc(["build", "--no-check", "x.c", "-o", "-", ...options], {
    "x.c": source,
  });
  expect(status, error).to.equal(0);
  return bytes;
}

describe("cellc decode", () => {
  it("shows header and tables by their names, with what their values mean", async () => {
    const cell = await built(cellSource("demo"));
    const { status, out, error } = await cellc(["decode", "a.cell"], { "a.cell": cell });
    expect({ status, error }).to.deep.equal({ status: 0, error: "" });
    expect(out).to.contain('cell "demo", profile r14.1 (r14, HEAD), 204 bytes\n');
    expect(out).to.contain("\ncpus (8 bytes)\n  1-2\n");
    expect(out).to.contain(
      [
        "mem_regions (2)",
        "  #  physical               virtual    size  flags",
        "  0  0x3f000000-0x3f00ffff  same     64 KiB  read",
        "  1  0x40000000-0x40000fff  0x0       4 KiB  write",
        "",
      ].join("\n"),
    );
  });

  it("puts offsets before the lines if asked", async () => {
    const { out } = await cellc(["decode", "a.cell", "--offsets"], {
      "a.cell": await built(cellSource("demo")),
    });
    expect(out).to.match(/^0x08 {2}name +"demo"$/m);
    expect(out).to.match(/^0x8c +0 {2}0x3f000000-/m);
  });

  it("reads C, JSON and YAML as well, and standard input", async () => {
    const source = cellSource("demo");
    const expected = (await cellc(["decode", "a.cell"], { "a.cell": await built(source) })).out;
    expect((await cellc(["decode", "a.c"], { "a.c": source })).out).to.equal(expected);
    expect((await cellc(["decode", "-"], {}, { stdin: source })).out).to.equal(expected);
    for (const format of ["json", "yaml"]) {
      const document = (await cellc(["decode", "a.c", "--format", format], { "a.c": source })).out;
      expect((await cellc(["decode", "a.x"], { "a.x": document })).out).to.equal(expected);
    }
  });

  it("shows a truncated file as far as it goes, with the place of the problem", async () => {
    const cell = (await built(cellSource("demo"))).subarray(0, 180);
    const { status, out, error } = await cellc(["decode", "a.cell"], { "a.cell": cell });
    expect(status).to.equal(1);
    expect(out).to.contain("0x3f000000-0x3f00ffff");
    expect(error).to.contain("error[cell-count-exceeds-file]");
    expect(error).to.match(/a\.cell @ 0x34 \(num_memory_regions\)\n0030 \| [0-9a-f ]+/);
  });

  it("shows bytes behind the tables, with a warning", async () => {
    const cell = Buffer.concat([await built(cellSource("demo")), Uint8Array.of(0xde, 0xad)]);
    const { status, out, error } = await cellc(["decode", "a.cell"], { "a.cell": cell });
    expect(status).to.equal(0);
    expect(out).to.contain("trailing bytes (2)\n  de ad\n");
    expect(error).to.contain("warning[cell-trailing-bytes]");
  });

  const hostile: readonly (readonly [string, MemoryFile, string])[] = [
    ["an empty file", "", "`x.cell` is empty"],
    ["another kind of file", "\u007fELF\u0002\u0001", "`x.cell` is no .cell file"],
    ["a directory", { problem: "is-a-directory" }, "it is a directory"],
    ["an unreadable file", { problem: "no-permission" }, "permission denied"],
  ];
  for (const [name, content, message] of hostile) {
    it(`explains what is wrong with ${name}`, async () => {
      const { status, error, out } = await cellc(["decode", "x.cell"], { "x.cell": content });
      expect(status).to.be.within(1, 2);
      expect(out).to.equal("");
      expect(error).to.contain(message);
    });
  }

  it("survives counts of four billion", async () => {
    const cell = Uint8Array.from(await built(cellSource("demo")));
    cell.fill(0xff, 0x30, 0x50);
    const { status } = await cellc(["decode", "a.cell"], { "a.cell": cell });
    expect(status).to.equal(1);
  });

  it("places mistakes in a document", async () => {
    const wrong = { profile: "HEAD", kind: "cell", header: { naem: "x" }, tables: {} };
    const { status, error } = await cellc(["decode", "a.json"], { "a.json": JSON.stringify(wrong) });
    expect(status).to.equal(1);
    expect(error).to.contain("/header/naem");
    const broken = await cellc(["decode", "a.json"], { "a.json": '{\n "profile": }\n' });
    expect(broken.error).to.contain("--> a.json:2:13");
    const bomb = await cellc(["decode", "a.yaml"], { "a.yaml": "header: &a [*a, *a]\n" });
    expect(bomb.error).to.contain("aliases are not supported");
  });
});

describe("cellc diff", () => {
  const diff = async (a: string | Uint8Array, b: string | Uint8Array, ...options: readonly string[]) =>
    cellc(["diff", "a.c", "b.c", ...options], { "a.c": a, "b.c": b });

  it("finds no difference between a source and what was built of it", async () => {
    const source = cellSource("demo");
    const { status, out } = await cellc(["diff", "a.c", "a.cell"], {
      "a.c": source,
      "a.cell": await built(source),
    });
    expect({ status, out }).to.deep.equal({ status: 0, out: "" });
  });

  it("names what changed, with both values", async () => {
    const { status, out } = await diff(cellSource("demo"), cellSource("other", " | JAILHOUSE_MEM_DMA"));
    expect(status).to.equal(1);
    expect(out).to.equal(
      '~ name: "demo" -> "other"\n~ mem_regions[0].flags (0x3f000000-0x3f00ffff): read -> read|dma\n',
    );
  });

  it("does not take an inserted region for a change of all that follow", async () => {
    const region = "{ .phys_start = 0x1000, .size = 0x1000 },\n\t\t";
    const inserted = cellSource("demo")
      .replace("mem_regions[2]", "mem_regions[3]")
      .replace(".mem_regions = {\n\t\t", `.mem_regions = {\n\t\t${region}`);
    const { out } = await diff(cellSource("demo"), inserted);
    expect(out).to.equal("+ mem_regions[0]: physical 0x1000-0x1fff, virtual 0x0, size 4 KiB\n");
  });

  it("says that regions changed places: their indices have meaning elsewhere", async () => {
    const source = cellSource("demo");
    const [before, first, second, after] = source.split(/(?=\t\t\{ \.phys)|(?=\t\},\n\};)/) as [
      string,
      string,
      string,
      string,
    ];
    const { status, out } = await diff(source, before + second + first + after);
    expect(status).to.equal(1);
    expect(out).to.match(/^> mem_regions\[\d\] \(0x[0-9a-f]+-0x[0-9a-f]+\): \[\d\] moved to \[\d\]\n$/);
  });

  it("compares revisions by meaning, and still says that they differ", async () => {
    const { status, out } = await cellc(["diff", "a.cell", "b.cell"], {
      "a.cell": await built(cellSource("demo"), "-p", "v0.12"),
      "b.cell": await built(cellSource("demo")),
    });
    expect(status).to.equal(1);
    expect(out.split("\n")[0]).to.match(/^~ profile: r12\.\d+ -> r14\.1$/);
    expect(out).not.to.contain("mem_regions");
  });

  it("gives tools a list", async () => {
    const { out } = await diff(cellSource("demo"), cellSource("other"), "--format", "json");
    expect(JSON.parse(out)).to.deep.equal({
      version: 1,
      equal: false,
      differences: [{ kind: "changed", path: "name", before: '"demo"', after: '"other"' }],
    });
  });

  it("does not call anything equal that it could not read", async () => {
    expect((await diff(cellSource("demo"), "int x = ;")).status).to.equal(2);
    const cell = await built(cellSource("demo"));
    const files = { "a.cell": cell, "b.cell": cell.subarray(0, 180) };
    expect((await cellc(["diff", "a.cell", "b.cell"], files)).status).to.equal(2);
    expect((await cellc(["diff", "a.cell", "gone.cell"], files)).status).to.equal(2);
  });
});

describe("cellc convert", () => {
  it("gives what building for the other revision gives", async () => {
    const source = cellSource("demo");
    const host = new MemoryHost({ "a.cell": await built(source) });
    const { status, out } = await cellc(["convert", "a.cell", "-p", "v0.12", "-o", "b.cell"], host);
    expect({ status, out }).to.deep.equal({ status: 0, out: "b.cell  204 bytes  r12.19\n" });
    expect(Buffer.from(host.get("b.cell")!)).to.deep.equal(Buffer.from(await built(source, "-p", "v0.12")));
  });

  it("comes back from a decoded document byte for byte", async () => {
    const cell = await built(cellSource("demo"));
    for (const format of ["json", "yaml"]) {
      const document = (await cellc(["decode", "a.cell", "--format", format], { "a.cell": cell })).out;
      const { bytes } = await cellc(["convert", `a.${format}`, "-o", "-"], { [`a.${format}`]: document });
      expect(Buffer.from(bytes)).to.deep.equal(Buffer.from(cell));
    }
  });

  it("refuses to lose anything unless told, and lists it either way", async () => {
    const source = cellSource("demo").replace(
      ".cpu_set_size",
      ".console = { .address = 0x9000000, .size = 0x1000, .type = JAILHOUSE_CON_TYPE_PL011 },\n\t\t.cpu_set_size",
    );
    const host = new MemoryHost({ "a.cell": await built(source) });
    const refused = await cellc(["convert", "a.cell", "-p", "v0.8", "-o", "b.cell"], host);
    expect(refused.status).to.equal(1);
    expect(refused.error).to.contain("warning[conversion-lost]").and.contain("error[conversion-loses]");
    expect(host.get("b.cell")).to.equal(undefined);
    const allowed = await cellc(["convert", "a.cell", "-p", "v0.8", "-o", "b.cell", "--allow-loss"], host);
    expect(allowed.status).to.equal(0);
    expect(allowed.error).to.contain("warning[conversion-lost]").and.not.contain("error[");
    expect(host.get("b.cell")).not.to.equal(undefined);
  });

  it("does not make a whole file out of a broken one", async () => {
    const host = new MemoryHost({ "a.cell": (await built(cellSource("demo"))).subarray(0, 180) });
    const { status } = await cellc(["convert", "a.cell", "-p", "v0.12", "-o", "b.cell"], host);
    expect(status).to.be.within(1, 2);
    expect(host.get("b.cell")).to.equal(undefined);
  });

  it("does not write over its input", async () => {
    const host = new MemoryHost({ "a.cell": await built(cellSource("demo")) });
    const { status, error } = await cellc(["convert", "a.cell", "-p", "v0.12"], host);
    expect(status).to.equal(2);
    expect(error).to.contain("would overwrite an input");
  });
});

describe("cellc header, profiles and explain", () => {
  it("prints a header that builds the same bytes through -I", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a") });
    expect((await cellc(["header", "-p", "v0.12", "-o", "inc/"], host)).out).to.contain(
      "inc/jailhouse/cell-config.h\n",
    );
    await cellc(["build", "--no-check", "a.c", "-I", "inc", "-o", "own.cell"], host);
    await cellc(["build", "--no-check", "a.c", "-p", "v0.12", "-o", "builtin.cell"], host);
    expect(host.get("own.cell")).to.deep.equal(host.get("builtin.cell"));
    const printed = await cellc(["header", "-p", "v0.12"]);
    expect(printed.out).to.equal(new TextDecoder().decode(host.get("inc/jailhouse/cell-config.h")));
  });

  it("lists profiles with sizes, all states of a revision, or one", async () => {
    const { out } = await cellc(["profiles", "v0.12"]);
    expect(out).to.match(
      /^id +names +revision +date +system +cell +what changed\nr12\.\d+ +v0\.12 r12 +12 +2019-\d\d-\d\d +486 +132 /,
    );
    const states = (await cellc(["profiles", "r12"])).out.trimEnd().split("\n");
    expect(states.length).to.be.above(10);
    for (const line of states.slice(1)) expect(line).to.match(/^r12\./);
    const all = JSON.parse((await cellc(["profiles", "--format", "json"])).out);
    expect(all.length).to.be.above(100);
    expect(all[0]).to.include({ revision: null, systemHeaderBytes: 128, cellHeaderBytes: 64 });
    expect((await cellc(["profiles", "v0.13"])).status).to.equal(2);
  });

  it("explains a diagnostic by an example, and lists all", async () => {
    const { out } = await cellc(["explain", "outputs-collide"]);
    expect(out).to.contain("For example: old/pc.c and new/pc.c would both be written to `out/pc.cell`");
    const list = (await cellc(["explain"])).out.trimEnd().split("\n");
    expect(list).to.deep.equal([...list].sort());
    expect(list.length).to.be.above(50);
  });
});
