import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";

const machine = `system board "BOARD" { architecture x86; cpus 0-3; memory ram at 0 size 64M rwx dma }
cell inmate { cpus 3; memory ram first 1M of ram mapped at 0 rwx loadable }
`;

const inWork = (host: MemoryHost): readonly string[] =>
  host.names().map((name) => name.replace("/work/", ""));

describe("cellc build of the cell language", () => {
  it("writes a file for each cell", async () => {
    const host = new MemoryHost({ "machine.jail": machine });
    const { status, out, error } = await cellc(["build", "--no-check", "machine.jail", "-o", "out/"], host);
    expect({ status, error }).to.deep.equal({ status: 0, error: "" });
    expect(out).to.equal("out/board.cell  528 bytes  r14.1\nout/inmate.cell  172 bytes  r14.1\n");
    expect(inWork(host)).to.deep.equal(["machine.jail", "out/board.cell", "out/inmate.cell"]);
    expect(new TextDecoder().decode(host.get("out/inmate.cell")!.subarray(8, 14))).to.equal("inmate");
  });

  it("names files as `files` says", async () => {
    const host = new MemoryHost({ "machine.jail": machine.replace("cpus 0-3", 'cpus 0-3; files "b-*"') });
    await cellc(["build", "--no-check", "machine.jail"], host);
    expect(inWork(host)).to.deep.equal(["b-inmate.cell", "board.cell", "machine.jail"]);
  });

  it("writes nothing when one cell has a mistake, and shows where", async () => {
    const host = new MemoryHost({
      "machine.jail": machine.replace("mapped at 0", "maped at 0"),
      "a.jail": machine,
    });
    const { status, out, error } = await cellc(
      ["build", "--no-check", "a.jail", "machine.jail", "-o", "out/"],
      host,
    );
    expect({ status, out }).to.deep.equal({ status: 1, out: "" });
    expect(error).to.match(/error\[jail-unknown-clause\].*`maped`[\s\S]*--> machine\.jail:2:50/);
    expect(inWork(host)).to.deep.equal(["a.jail", "machine.jail"]);
  });

  it("says what helps in general where nothing is known that helps in this case", async () => {
    const host = new MemoryHost({ "a.jail": 'architecture x86\ncell c { cpus "3" }\n' });
    const { error } = await cellc(["build", "--no-check", "a.jail"], host);
    expect(error).to.contain('expected a number, found the text "3"');
    expect(error).to.contain("= help: write a value of the kind that is wanted there;");
    const { out } = await cellc(["build", "--no-check", "--format", "json", "a.jail"], host);
    expect(JSON.parse(out).diagnostics[0].help).to.match(/^write a value of the kind/);
  });

  it("builds for the profile of the command line, of the project or of the source, in that order", async () => {
    const revisionOf = async (args: readonly string[], project: string, source: string): Promise<number> => {
      const host = new MemoryHost({
        "cellc.yaml": project,
        "m.jail": `${source}architecture x86\ncell c { cpus 1 }\n`,
      });
      const { error } = await cellc(["build", "--no-check", "m.jail", ...args], host);
      expect(error).to.equal("");
      return host.get("c.cell")![6]!;
    };
    expect(await revisionOf(["-p", "r12"], "profile: r11\n", "revision 13\n")).to.equal(12);
    expect(await revisionOf([], "profile: r11\n", "revision 13\n")).to.equal(11);
    expect(await revisionOf([], "output: .\n", "revision 13\n")).to.equal(13);
    expect(await revisionOf([], "output: .\n", "")).to.equal(14);
  });

  it("sets options with -D, and says which of them nobody declares", async () => {
    const text =
      "architecture x86\noption emmc = false\nif emmc { cell with { cpus 1 } } else { cell without { cpus 1 } }\n";
    const host = new MemoryHost({ "m.jail": text });
    expect((await cellc(["build", "--no-check", "m.jail", "-D", "emmc"], host)).error).to.equal("");
    expect(inWork(host)).to.deep.equal(["m.jail", "with.cell"]);
    const { status, error } = await cellc(["build", "--no-check", "m.jail", "-D", "emcc"], {
      "m.jail": text,
    });
    expect(status).to.equal(0);
    expect(error).to.match(/warning\[option-unknown\].*`-D emcc` sets nothing[\s\S]*did you mean `emmc`\?/);
    const strict = await cellc(["build", "--no-check", "m.jail", "-D", "emcc", "--strict"], {
      "m.jail": text,
    });
    expect(strict.status).to.equal(1);
  });

  it("imports files of the project, and none from outside", async () => {
    const files = {
      "p/cellc.yaml": "output: out\n",
      "p/common/uart.jail": "memory uart at 0x1000 size 4K rw io\n",
      "p/boards/m.jail": 'import "../common/uart.jail"\narchitecture x86\ncell c { memory uart }\n',
      "p/boards/bad.jail": 'import "../../secret.jail"\narchitecture x86\ncell d { cpus 1 }\n',
      "secret.jail": "const a = 1\n",
    };
    const host = new MemoryHost(files);
    expect(await cellc(["build", "--no-check", "p/boards/m.jail"], host)).to.include({
      status: 0,
      error: "",
    });
    expect(inWork(host)).to.include("p/out/c.cell");
    const { status, error } = await cellc(["build", "--no-check", "p/boards/bad.jail"], files);
    expect(status).to.equal(1);
    expect(error).to.match(/error\[jail-import-outside\].*`\.\.\/\.\.\/secret\.jail`/);
    const alone = await cellc(["build", "--no-check", "--no-project", "p/boards/m.jail"], files);
    expect(alone.error).to.contain("jail-import-outside");
  });

  it("lists what it read for make", async () => {
    const host = new MemoryHost({
      "m.jail": 'import "uart.jail"\narchitecture x86\ncell c { memory uart }\n',
      "uart.jail": "memory uart at 0x1000 size 4K rw io\n",
    });
    await cellc(["build", "--no-check", "m.jail", "-MD"], host);
    expect(new TextDecoder().decode(host.get("c.d"))).to.equal("c.cell: m.jail uart.jail\n");
  });

  it("lists the lock file for make as soon as it has written it, and only then", async () => {
    const text = "architecture x86\npool p at 1M size 1M\ncell c { memory ram from p size 4K rw }\n";
    const host = new MemoryHost({ "m.jail": text });
    const rule = async (...more: readonly string[]): Promise<string> => {
      await cellc(["build", "--no-check", "m.jail", "-q", "-MD", "-MF", "c.d", ...more], host);
      return new TextDecoder().decode(host.get("c.d"));
    };
    expect(await rule("-o", "-", "-MT", "c.cell")).to.equal("c.cell: m.jail\n");
    expect(host.names()).not.to.include("/work/m.jail.lock");
    expect(await rule()).to.equal("c.cell: m.jail m.jail.lock\n");
    expect(host.names()).to.include("/work/m.jail.lock");
    // The same where it is read, and where it is read and changes.
    expect(await rule()).to.equal("c.cell: m.jail m.jail.lock\n");
    host.writeAll([
      { path: "m.jail", bytes: new TextEncoder().encode(text.replace("ram from", "heap from")) },
    ]);
    expect(await rule()).to.equal("c.cell: m.jail m.jail.lock\n");
  });

  it("knows a machine on standard input by how it begins", async () => {
    const text = "// a cell\narchitecture x86\ncell c { cpus 1 }\n";
    const { status, bytes, error } = await cellc(
      ["build", "--no-check", "-", "-o", "-"],
      {},
      { stdin: text },
    );
    expect({ status, error }).to.deep.equal({ status: 0, error: "" });
    expect(bytes).to.have.length(140);
    const named = await cellc(
      ["build", "--no-check", "-", "-o", "-", "--stdin-name", "m.jail"],
      {},
      { stdin: "cell" },
    );
    expect(named.error).to.contain("m.jail:1:1");
    for (const begin of [
      "if true { }",
      "for n in 1-2 { }",
      "Cell rt { }",
      'systm a "A" {',
      "assert (1 == 1)",
    ]) {
      const other = await cellc(["build", "--no-check", "-", "-o", "-"], {}, { stdin: begin });
      expect(other.error, begin).to.contain("error[jail-");
    }
    const c = await cellc(["build", "--no-check", "-", "-o", "-"], {}, { stdin: "struct a { int b; }" });
    expect(c.error).to.contain("error[c-");
  });

  it("tells programs what it wrote", async () => {
    const { out } = await cellc(["build", "--no-check", "m.jail", "--format", "json"], { "m.jail": machine });
    expect(JSON.parse(out).outputs).to.deep.equal([
      { path: "board.cell", bytes: 528, layout: "r14.1" },
      { path: "inmate.cell", bytes: 172, layout: "r14.1" },
    ]);
  });

  it("does not write over a source", async () => {
    const { status, error } = await cellc(["build", "--no-check", "m.jail", "-o", "m.jail"], {
      "m.jail": "architecture x86\ncell c { cpus 1 }\n",
    });
    expect(status).to.equal(2);
    expect(error).to.contain("output-is-input");
  });

  it("is read by the commands that show configs", async () => {
    const { status, out } = await cellc(["decode", "m.jail"], { "m.jail": machine });
    expect(status).to.equal(0);
    expect(out).to.contain("m.jail:board").and.to.contain("m.jail:inmate");
  });
});

describe("the lock file of a machine", () => {
  const machine =
    "architecture x86\npool p at 0x10_0000 size 1M\ncell c { cpus 1; memory ram from p size 4K rw }\n";

  it("is no place for anything else", async () => {
    const built = async (): Promise<MemoryHost> => {
      const host = new MemoryHost({ "m.jail": machine });
      await cellc(["build", "--no-check", "m.jail"], host);
      return host;
    };
    const lock = (await built()).get("m.jail.lock")!;
    for (const args of [
      ["build", "--no-check", "m.jail", "-o", "m.jail.lock"],
      ["build", "--no-check", "m.jail", "-MD", "-MF", "m.jail.lock"],
      ["convert", "m.jail", "--to", "c", "-o", "m.jail.lock"],
    ]) {
      const host = await built();
      const { status, error } = await cellc(args, host);
      expect(status).to.equal(2);
      expect(error).to.contain("output-is-input");
      expect(host.get("m.jail.lock")).to.deep.equal(lock);
    }
  });
});
