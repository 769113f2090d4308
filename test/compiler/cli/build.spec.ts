import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource, tableSource } from "./sources.js";

const inWork = (host: MemoryHost): readonly string[] =>
  host.names().map((name) => name.replace("/work/", ""));

describe("cellc build", () => {
  it("writes beside the source and says what it wrote", async () => {
    const host = new MemoryHost({ "configs/a.c": cellSource("a") });
    const { status, out, error } = await cellc(["build", "--no-check", "configs/a.c"], host);
    expect({ status, out, error }).to.deep.equal({
      status: 0,
      out: "configs/a.cell  204 bytes  r14.1\n",
      error: "",
    });
    expect(new TextDecoder().decode(host.get("configs/a.cell")!.subarray(0, 5))).to.equal("JHCLL");
  });

  it("says nothing with --quiet", async () => {
    expect(await cellc(["build", "--no-check", "a.c", "-q"], { "a.c": cellSource("a") })).to.include({
      status: 0,
      out: "",
      error: "",
    });
  });

  it("builds for the profile that is asked for", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a") });
    await cellc(["build", "--no-check", "-p", "v0.12", "a.c"], host);
    expect(new TextDecoder().decode(host.get("a.cell")!.subarray(0, 8))).to.equal("JHCELL\x0c\0");
    const { status, error } = await cellc(["build", "--no-check", "--profile=v0.12x", "a.c"], host);
    expect(status).to.equal(2);
    expect(error).to.contain("did you mean `v0.12`");
  });

  it("writes several inputs into a directory, which it makes", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a"), "b.c": cellSource("b") });
    const { status, out } = await cellc(["build", "--no-check", "a.c", "b.c", "-o", "out/sub/"], host);
    expect(status).to.equal(0);
    expect(out).to.match(/^out\/sub\/a\.cell .*\nout\/sub\/b\.cell .*\n$/);
    expect(inWork(host)).to.deep.equal(["a.c", "b.c", "out/sub/a.cell", "out/sub/b.cell"]);
  });

  it("does not make directories for a mistyped file name", async () => {
    const { status, error } = await cellc(["build", "--no-check", "a.c", "-o", "uot/a.cell"], {
      "a.c": cellSource("a"),
    });
    expect(status).to.equal(2);
    expect(error).to.contain("cannot write `uot/a.cell`: there is no such file or directory");
    expect(error).to.contain("end `-o` with `/` to have it created");
  });

  it("reads standard input and writes standard output", async () => {
    const { status, bytes, out } = await cellc(
      ["build", "--no-check", "-", "-o", "-"],
      {},
      { stdin: cellSource("pipe") },
    );
    expect(status).to.equal(0);
    expect(bytes).to.have.length(204);
    expect(out).to.contain("pipe");
    const nowhere = await cellc(["build", "--no-check", "-"], {}, { stdin: cellSource("pipe") });
    expect(nowhere.status).to.equal(2);
    expect(nowhere.error).to.contain("`-o FILE` or `-o -`");
  });

  it("shows standard input under the name it is given", async () => {
    const { error } = await cellc(
      ["build", "--no-check", "-", "-o", "-", "--stdin-name", "gen.c"],
      {},
      { stdin: "nonsense" },
    );
    expect(error).to.contain("--> gen.c:1:1");
  });

  it("writes nothing at all when one of the inputs has an error", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a"), "b.c": cellSource("b", " | NO_SUCH_FLAG") });
    const { status, out, error } = await cellc(["build", "--no-check", "a.c", "b.c", "-o", "out/"], host);
    expect({ status, out }).to.deep.equal({ status: 1, out: "" });
    expect(error).to.match(/NO_SUCH_FLAG.*\n +--> b\.c:19:/);
    expect(inWork(host)).to.deep.equal(["a.c", "b.c"]);
  });

  it("reports ten errors of a file at once", async () => {
    const flags = Array.from({ length: 10 }, (_, index) => ` | UNKNOWN_${index}`).join("");
    const { error } = await cellc(["build", "--no-check", "a.c"], { "a.c": cellSource("a", flags) });
    expect(error).to.match(/\n10 errors\n$/);
  });

  it("has objects with sections of their own written to files of these names", async () => {
    const host = new MemoryHost({
      "t.c": tableSource(".cell.linux", ".cell.../../../etc/rtos", ".cell.odd/name"),
    });
    const { status } = await cellc(["build", "--no-check", "t.c", "-o", "out/"], host);
    expect(status).to.equal(0);
    expect(inWork(host)).to.deep.equal([
      "out/_.._.._etc_rtos.cell",
      "out/linux.cell",
      "out/odd_name.cell",
      "t.c",
    ]);
    const single = await cellc(["build", "--no-check", "t.c", "-o", "t.c"], host);
    expect(single.status).to.equal(2);
    expect(single.error).to.contain("3 outputs cannot all be written to the one file");
  });

  it("refuses two outputs of one name", async () => {
    const host = new MemoryHost({ "x/a.c": cellSource("a"), "y/a.c": cellSource("a") });
    const { status, error } = await cellc(["build", "--no-check", "x/a.c", "y/a.c", "-o", "out/"], host);
    expect(status).to.equal(2);
    expect(error).to.contain("`config` of x/a.c and `config` of y/a.c would both be written to `out/a.cell`");
    expect(inWork(host)).to.deep.equal(["x/a.c", "y/a.c"]);
  });

  it("does not write over what it reads, headers included", async () => {
    const host = new MemoryHost({ "a.c": `#include "own.h"\n${cellSource("a")}`, "own.h": "" });
    for (const output of ["a.c", "./own.h"]) {
      const { status, error } = await cellc(["build", "--no-check", "a.c", "-o", output], host);
      expect(status).to.equal(2);
      expect(error).to.contain("would overwrite an input");
    }
    expect(host.get("own.h")).to.have.length(0);
  });

  it("takes macros from -D and -U in the order of the command line", async () => {
    const source = (expected: string) =>
      `#if ${expected}\nstruct { int x; } config = { 1 };\n#else\n#error not ${expected}\n#endif\n`;
    const check = async (expected: string, ...options: readonly string[]) => {
      const { status, error } = await cellc(["build", "--no-check", "a.c", ...options], {
        "a.c": source(expected),
      });
      expect(status, error).to.equal(0);
    };
    await check("A == 1", "-DA");
    await check("A == 2", "-D", "A=2");
    await check("A == 3 && !defined(B)", "-DA=1", "-UA", "-DA=3", "-DB", "-UB");
    await check("TWICE(4) == 8", "-DTWICE(x)=((x) * 2)");
    await check("defined(__aarch64__)", "--target", "aarch64");
  });

  it("reads --include files first", async () => {
    const files = { "a.c": "struct { int x; } config = { FORCED };\n", "inc/f.h": "#define FORCED 7\n" };
    const host = new MemoryHost(files);
    expect((await cellc(["build", "--no-check", "a.c", "-Iinc", "-include", "f.h"], host)).status).to.equal(
      0,
    );
    expect(host.get("a.cell")).to.deep.equal(Uint8Array.of(7, 0, 0, 0));
    expect((await cellc(["build", "--no-check", "a.c", "--include", "gone.h"], host)).status).to.equal(2);
  });

  it("takes warnings for errors with --strict", async () => {
    const files = { "a.c": "struct { unsigned char x; } config = { 300 };\n" };
    const lax = new MemoryHost(files);
    expect(await cellc(["build", "--no-check", "a.c"], lax)).to.include({ status: 0 });
    expect(lax.get("a.cell")).to.deep.equal(Uint8Array.of(44));
    const strict = new MemoryHost(files);
    const { status, error } = await cellc(["build", "--no-check", "a.c", "--strict"], strict);
    expect(status).to.equal(1);
    expect(error).to.contain("1 error, 1 warning");
    expect(strict.get("a.cell")).to.equal(undefined);
  });

  it("gives tools one object with outputs and diagnostics", async () => {
    const good = await cellc(["build", "--no-check", "a.c", "--format", "json"], { "a.c": cellSource("a") });
    expect(JSON.parse(good.out)).to.deep.equal({
      version: 1,
      diagnostics: [],
      summary: { errors: 0, warnings: 0, notes: 0, omitted: 0 },
      outputs: [{ path: "a.cell", bytes: 204, layout: "r14.1" }],
    });
    const bad = await cellc(["build", "--no-check", "a.c", "--format=json"], {
      "a.c": cellSource("a", " | X"),
    });
    expect({ status: bad.status, error: bad.error }).to.deep.equal({ status: 1, error: "" });
    const { outputs, diagnostics } = JSON.parse(bad.out);
    expect(outputs).to.deep.equal([]);
    expect(diagnostics[0]).to.include({ file: "a.c", line: 19, severity: "error" });
  });

  it("reports a full disk and leaves nothing behind", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a"), "a.cell": { problem: "disk-full" } });
    const { status, error } = await cellc(["build", "--no-check", "a.c"], host);
    expect(status).to.equal(2);
    expect(error).to.contain("cannot write `a.cell`: no space is left on the disk");
  });

  it("says how it is called when it has nothing to do", async () => {
    const { status, error } = await cellc(["build"]);
    expect(status).to.equal(2);
    expect(error).to.contain("no input files");
  });
});

describe("headers of a build", () => {
  const own = "#define OWN 1\ntypedef unsigned char __u8;\nstruct jailhouse_cell_desc { __u8 a; };\n";
  const source =
    "#include <jailhouse/cell-config.h>\nstruct { struct jailhouse_cell_desc cell; } config = { { OWN } };\n";

  it("come from -I where it has them", async () => {
    const host = new MemoryHost({ "a.c": source, "inc/jailhouse/cell-config.h": own });
    const { out } = await cellc(["build", "--no-check", "-I", "inc", "a.c"], host);
    expect(out).to.equal("a.cell  1 bytes  own headers\n");
  });

  it("are never mixed with the built-in ones", async () => {
    const files = {
      "a.c": `#include <jailhouse/console.h>\n${source}`,
      "inc/jailhouse/cell-config.h": own,
    };
    const { status, error } = await cellc(["build", "--no-check", "-Iinc", "a.c"], files);
    expect(status).to.equal(1);
    expect(error).to.contain("jailhouse/console.h");
    expect(error).to.contain("headers of two revisions must not be mixed");
  });

  it("of the system are built in also then", async () => {
    const files = { "a.c": `#include <linux/types.h>\n${source}`, "inc/jailhouse/cell-config.h": own };
    expect((await cellc(["build", "--no-check", "-Iinc", "a.c"], files)).status).to.equal(0);
  });

  it("that contradict --profile are worth a warning", async () => {
    const files = { "a.c": source, "inc/jailhouse/cell-config.h": own };
    const { status, error } = await cellc(["build", "--no-check", "-Iinc", "-p", "v0.12", "a.c"], files);
    expect(status).to.equal(0);
    expect(error).to.contain("warning[profile-differs-from-headers]");
  });

  it("beside the source win for quoted includes, and are shown as the user would write them", async () => {
    const files = { "d/a.c": '#include "x.h"\n', "d/x.h": "int y = ;\n", "i/x.h": "" };
    const { error } = await cellc(["build", "--no-check", "-Ii", "d/a.c"], files);
    expect(error).to.contain("--> d/x.h:1:");
  });

  it("that cannot be read are reported as such, not as missing", async () => {
    const files = { "a.c": '#include "x.h"\n', "x.h": { problem: "no-permission" } as const, "i/x.h": "" };
    const { status, error } = await cellc(["build", "--no-check", "-Ii", "a.c"], files);
    expect(status).to.equal(1);
    expect(error).to.contain("cannot read");
  });

  it("that are missing are reported with the places that were searched", async () => {
    const { error } = await cellc(["build", "--no-check", "-Iinc", "a.c"], {
      "a.c": '#include "nope.h"\n',
      "inc/": "",
    });
    expect(error).to.contain("nope.h");
    expect(error).to.match(/searched in this order: .*inc/);
    expect(error).to.contain("built-in headers of r14.1");
  });
});

describe("dependency files", () => {
  it("name the output and every file that was read, in make's syntax", async () => {
    const host = new MemoryHost({
      "my dir/a$#.c": `#include "h 1.h"\n${cellSource("a")}`,
      "my dir/h 1.h": "",
    });
    await cellc(["build", "--no-check", "my dir/a$#.c", "-MD", "-MP"], host);
    expect(new TextDecoder().decode(host.get("my dir/a$#.d"))).to.equal(
      "my\\ dir/a$$\\#.cell: my\\ dir/a$$\\#.c my\\ dir/h\\ 1.h\nmy\\ dir/h\\ 1.h:\n",
    );
  });

  it("go where -MF says, one rule per input, with the targets of -MT", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a"), "b.c": cellSource("b") });
    await cellc(["build", "--no-check", "a.c", "b.c", "-o", "out/", "-MMD", "-MF", "all.d"], host);
    expect(new TextDecoder().decode(host.get("all.d"))).to.equal("out/a.cell: a.c\nout/b.cell: b.c\n");
    await cellc(["build", "--no-check", "a.c", "-o", "-", "-MD", "-MFx.d", "-MT", "target"], host);
    expect(new TextDecoder().decode(host.get("x.d"))).to.equal("target: a.c\n");
  });

  it("break long lines", async () => {
    const headers = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`header-number-${index}.h`, ""]),
    );
    const includes = Object.keys(headers).map((name) => `#include "${name}"\n`);
    const host = new MemoryHost({ ...headers, "a.c": includes.join("") + cellSource("a") });
    await cellc(["build", "--no-check", "a.c", "-MD"], host);
    const lines = new TextDecoder().decode(host.get("a.d")).trimEnd().split("\n");
    expect(lines).to.have.length.above(2);
    for (const line of lines) expect(line.length).to.be.at.most(80);
    for (const line of lines.slice(0, -1)) expect(line).to.match(/ \\$/);
  });
});

describe("projects", () => {
  const project = [
    "profile: v0.12",
    "include: [inc]",
    "defines: { FLAG: JAILHOUSE_MEM_DMA }",
    'files: ["**/*.c"]',
    "output: build",
  ].join("\n");
  const files = {
    "p/cellc.yaml": project,
    "p/inc/own.h": "",
    "p/configs/a.c": `#include <own.h>\n${cellSource("a", " | FLAG")}`,
    "p/b.c": cellSource("b"),
  };

  it("are built without naming files", async () => {
    const host = new MemoryHost({}, "/work/p");
    for (const [name, text] of Object.entries(files)) host.set(`/work/${name}`, text);
    const { status, out, error } = await cellc(["build", "--no-check"], host);
    expect(error).to.equal("");
    expect(status).to.equal(0);
    expect(out).to.equal("build/b.cell  204 bytes  r12.19\nbuild/a.cell  204 bytes  r12.19\n");
  });

  it("apply to a file of theirs that is named, from anywhere", async () => {
    const { status, out } = await cellc(["build", "--no-check", "p/configs/a.c"], files);
    expect(status).to.equal(0);
    expect(out).to.equal("p/build/a.cell  204 bytes  r12.19\n");
  });

  it("give way to the command line, and can be left out", async () => {
    expect((await cellc(["build", "--no-check", "p/b.c", "-p", "HEAD", "-o", "b.cell"], files)).out).to.equal(
      "b.cell  204 bytes  r14.1\n",
    );
    expect((await cellc(["build", "--no-check", "p/b.c", "--no-project"], files)).out).to.equal(
      "p/b.cell  204 bytes  r14.1\n",
    );
  });

  it("with mistakes stop the build at the place of the mistake", async () => {
    const { status, error } = await cellc(["build", "--no-check", "a.c"], {
      "a.c": cellSource("a"),
      "cellc.yaml": "profil: x\n",
    });
    expect(status).to.equal(2);
    expect(error).to.contain("--> cellc.yaml:1:1");
    const unknown = await cellc(["build", "--no-check", "a.c"], { "a.c": "", "cellc.yaml": "profile: v9\n" });
    expect(unknown.status).to.equal(2);
    expect(unknown.error).to.contain("--> cellc.yaml:1:10");
  });

  it("whose patterns match nothing say so", async () => {
    const { status, error } = await cellc(["build"], { "cellc.yaml": "files: [none/*.c]\n" });
    expect(status).to.equal(2);
    expect(error).to.contain("no file matches `none/*.c`");
    expect((await cellc(["build"], { "cellc.yaml": "" })).error).to.contain("names no files to build");
  });
});

describe("hostile inputs of a build", () => {
  const quickly = async (name: string, content: string | Uint8Array, status: number) => {
    const run = await cellc(["build", "--no-check", name], { [name]: content });
    expect(run.status, run.error.slice(0, 500)).to.equal(status);
    expect(run.error.length).to.be.below(200_000);
    return run;
  };

  it("an empty file", async () => {
    expect((await quickly("a.c", "", 1)).error).to.contain("defines no config");
  });
  it("a directory, a missing file", async () => {
    expect((await cellc(["build", "--no-check", "d"], { "d/": "" })).error).to.contain("it is a directory");
    expect((await cellc(["build", "--no-check", "d"], { "d/": "" })).status).to.equal(2);
    expect((await cellc(["build", "--no-check", "gone.c"])).status).to.equal(2);
  });
  it("binary garbage", async () => {
    const garbage = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919 + (index >> 3)) % 256);
    const { error } = await quickly("a.c", garbage, 1);
    expect(error).not.to.match(/[\u0000-\u0009\u000b-\u001f]/);
  });
  it("a line of 20 MB", async () => {
    await quickly("a.c", `int x = ${"1+".repeat(10_000_000)}1;`, 1);
  });
  it("a header that includes itself", async () => {
    await quickly("a.c", '#include "a.c"\n', 1);
  });
});
