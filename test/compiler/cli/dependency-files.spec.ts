import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

const source = `#include "board.h"\n${cellSource("a")}`;
const files = () => ({ "a.c": source, "b.c": cellSource("b"), "board.h": "#define BOARD 1\n" });

describe("files of a build that would destroy each other", () => {
  const attempts: readonly (readonly [string, readonly string[], string])[] = [
    [
      "the dependency file and the source",
      ["a.c", "-o", "q.cell", "-MD", "-MF", "a.c"],
      "output-is-input]: the output `a.c`",
    ],
    [
      "the dependency file and a header",
      ["a.c", "-MD", "-MF", "./board.h"],
      "output-is-input]: the output `./board.h`",
    ],
    [
      "the dependency file and the source, with the config on standard output",
      ["a.c", "-o", "-", "-MD", "-MF", "a.c"],
      "output-is-input]",
    ],
    [
      "the dependency file and the output",
      ["a.c", "-o", "q.cell", "-MD", "-MF", "q.cell"],
      "outputs-collide]: `config` of a.c and the dependency file of a.c would both be written to `q.cell`",
    ],
    [
      "the dependency file and one of several outputs",
      ["a.c", "b.c", "-o", "o/", "-MD", "-MF", "o/b.cell"],
      "outputs-collide]: `config` of b.c and the dependency file of a.c",
    ],
    [
      "the dependency file of an output that is called like one",
      ["a.c", "-o", "w.d", "-MD"],
      "outputs-collide]",
    ],
  ];
  for (const [what, argv, message] of attempts) {
    it(`refuses ${what}`, async () => {
      const host = new MemoryHost(files());
      const { status, out, error } = await cellc(["build", "--no-check", ...argv], host);
      expect({ status, out }).to.deep.equal({ status: 2, out: "" });
      expect(error).to.contain(message);
      expect(host.names()).to.deep.equal(["/work/a.c", "/work/b.c", "/work/board.h"]);
      expect(new TextDecoder().decode(host.get("a.c"))).to.equal(source);
    });
  }

  it("lets a device take both", async () => {
    class WithDevice extends MemoryHost {
      override kind(name: string) {
        return name === "null" ? "special" : super.kind(name);
      }
    }
    const argv = ["build", "--no-check", "a.c", "-q", "-o", "null", "-MD", "-MF", "null"];
    expect(await cellc(argv, new WithDevice(files()))).to.include({ status: 0, error: "" });
    expect((await cellc(argv, files())).status).to.equal(2);
  });

  it("refuses to convert over a header", async () => {
    const { status, error } = await cellc(["convert", "a.c", "-o", "board.h"], files());
    expect(status).to.equal(2);
    expect(error).to.contain("error[output-is-input]");
  });

  it("refuses to write over the project file that was read", async () => {
    for (const argv of [
      ["build", "--no-check", "a.c", "-o", "cellc.yaml"],
      ["build", "--no-check", "a.c", "-MD", "-MF", "cellc.yaml"],
      ["convert", "a.c", "-o", "cellc.yaml"],
    ]) {
      const host = new MemoryHost({ ...files(), "cellc.yaml": "profile: r14\n" });
      const { status, error } = await cellc(argv, host);
      expect(status, argv.join(" ")).to.equal(2);
      expect(error).to.contain("error[output-is-input]: the output `cellc.yaml`");
      expect(new TextDecoder().decode(host.get("cellc.yaml"))).to.equal("profile: r14\n");
    }
  });
});

describe("dependencies of standard input", () => {
  const rule = async (...argv: readonly string[]) =>
    cellc(["build", "--no-check", "-", "-q", "-MD", "-MF", "-", ...argv], files(), { stdin: source });

  it("do not list it, as gcc does not", async () => {
    expect((await rule("-o", "x.cell", "-MP")).out).to.equal("x.cell: board.h\nboard.h:\n");
    expect((await rule("-o", "x.cell", "--stdin-name", "a.c")).out).to.equal("x.cell: board.h\n");
  });

  it("need names where nothing gives them any", async () => {
    for (const more of [[], ["-MF", "x.d"], ["-MT", "x"]]) {
      const host = new MemoryHost(files());
      const argv = ["build", "--no-check", "-", "-o", "-", "-MD", ...more];
      const { status, error, out } = await cellc(argv, host, { stdin: source });
      expect({ status, out }).to.deep.equal({ status: 2, out: "" });
      expect(error).to.contain("`-MF FILE` and `-MT TARGET`").and.contain("--stdin-name");
      expect(host.names()).to.have.length(3);
    }
    const host = new MemoryHost(files());
    const named = ["build", "--no-check", "-", "-o", "-", "-MD", "-MF", "x.d", "-MT", "x"];
    expect((await cellc(named, host, { stdin: source })).status).to.equal(0);
    expect(new TextDecoder().decode(host.get("x.d"))).to.equal("x: board.h\n");
  });
});

describe("the name of what standard input holds", () => {
  it("must be given where a directory is to hold it", async () => {
    for (const project of [undefined, "output: oo\n"]) {
      const host = new MemoryHost({
        "board.h": "",
        ...(project === undefined ? {} : { "cellc.yaml": project }),
      });
      const where = project === undefined ? ["-o", "oo/"] : [];
      const before = host.names();
      const { status, error } = await cellc(["build", "--no-check", "-", ...where], host, { stdin: source });
      expect(status).to.equal(2);
      expect(error).to.contain("`-o oo/NAME.cell`").and.contain("`--stdin-name NAME.c`");
      expect(host.names()).to.deep.equal(before);
      const named = ["build", "--no-check", "-", ...where, "--stdin-name", "x.c"];
      expect((await cellc(named, host, { stdin: source })).out).to.match(/^oo\/x\.cell /);
    }
  });

  it("is not needed where a section gives one", async () => {
    const own = source.replace("(packed)) config", '$& __attribute__((section(".cell.own")))');
    const { out } = await cellc(["build", "--no-check", "-", "-o", "oo/"], files(), { stdin: own });
    expect(out).to.match(/^oo\/own\.cell /);
  });
});

describe("targets of dependency files", () => {
  it("stand as -MT gives them, and are quoted by -MQ, in their order", async () => {
    const argv = [
      "build",
      "--no-check",
      "a.c",
      "-q",
      "-MD",
      "-MF",
      "-",
      "-MT",
      "a b",
      "-MQ",
      "c d$",
      "-MT",
      "$(O)/x",
    ];
    // gcc 12 writes the same
    expect((await cellc(argv, files())).out).to.equal("a b c\\ d$$ $(O)/x: a.c board.h\n");
  });

  it("are quoted where they are the output", async () => {
    const argv = ["build", "--no-check", "a.c", "-q", "-o", "x y$.cell", "-MD", "-MF", "-"];
    expect((await cellc(argv, files())).out).to.equal("x\\ y$$.cell: a.c board.h\n");
  });

  it("need -MD", async () => {
    const { status, error } = await cellc(["build", "--no-check", "a.c", "-MQ", "x"], files());
    expect(status).to.equal(2);
    expect(error).to.contain("`-MQ` needs `-MD`");
  });
});
