import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";

const untidy = "x {\na 1;b\n}\n";
const tidy = "x {\n  a 1\n  b\n}\n";
const wrong = "x {\n  a =\n}\n";

function textOf(host: MemoryHost, file: string): string {
  const result = host.readBytes(file);
  if (!result.ok) throw new Error(result.failure.detail);
  return Buffer.from(result.value).toString("utf8");
}

describe("cellc fmt", () => {
  it("rewrites the files that need it, and names them", async () => {
    const host = new MemoryHost({ "a.jail": untidy, "b.jail": tidy });
    expect(await cellc(["fmt", "a.jail", "b.jail", "a.jail"], host)).to.deep.include({
      status: 0,
      out: "a.jail\n",
      error: "",
    });
    expect(textOf(host, "a.jail")).to.equal(tidy);
    expect(textOf(host, "b.jail")).to.equal(tidy);
    expect(await cellc(["fmt", "a.jail"], host)).to.deep.include({ status: 0, out: "", error: "" });
    const quiet = await cellc(["fmt", "-q", "a.jail"], { "a.jail": untidy });
    expect(quiet).to.deep.include({ status: 0, out: "", error: "" });
  });

  it("only lists them with --check", async () => {
    const host = new MemoryHost({ "a.jail": untidy, "b.jail": tidy });
    expect(await cellc(["fmt", "--check", "a.jail", "b.jail"], host)).to.deep.include({
      status: 1,
      out: "a.jail\n",
      error: "",
    });
    expect(textOf(host, "a.jail")).to.equal(untidy);
    expect((await cellc(["fmt", "--check", "b.jail"], host)).status).to.equal(0);
    expect(await cellc(["fmt", "--check", "--quiet", "a.jail"], host)).to.deep.include({
      status: 1,
      out: "",
    });
    const check = await cellc(["fmt", "--check", "-"], {}, { stdin: untidy });
    expect(check).to.deep.include({ status: 1, out: "<stdin>\n" });
  });

  it("formats standard input to standard output, any bytes kept", async () => {
    const asIs = await cellc(["fmt", "-"], {}, { stdin: tidy });
    expect(asIs).to.deep.include({ status: 0, out: tidy, error: "" });
    expect((await cellc(["fmt", "-"], {}, { stdin: untidy })).out).to.equal(tidy);
    const bytes = Uint8Array.from([0x61, 0x20, 0x20, 0x22, 0xff, 0xc3, 0xa4, 0x22, 0x0a]);
    const { bytes: given } = await cellc(["fmt", "-"], {}, { stdin: bytes });
    expect([...given]).to.deep.equal([0x61, 0x20, 0x22, 0xff, 0xc3, 0xa4, 0x22, 0x0a]);
  });

  it("writes nothing where a file has a mistake", async () => {
    const host = new MemoryHost({ "a.jail": untidy, "b.jail": wrong });
    const { status, out, error } = await cellc(["fmt", "a.jail", "b.jail"], host);
    expect({ status, out }).to.deep.equal({ status: 1, out: "" });
    expect(error).to.contain("error[jail-expected]: expected a value, found the end of the line");
    expect(error).to.contain("b.jail:2:6");
    expect(error).to.contain("= help: write what is missing, or take out what is too much;");
    expect(textOf(host, "a.jail")).to.equal(untidy);
    const named = await cellc(["fmt", "-", "--stdin-name", "c.jail"], {}, { stdin: wrong });
    expect(named).to.deep.include({ status: 1, out: "" });
    expect(named.error).to.contain("c.jail:2:6");
  });

  it("has status 2 where a file cannot be read or written, or the command line is wrong", async () => {
    expect((await cellc(["fmt", "missing.jail"])).status).to.equal(2);
    expect((await cellc(["fmt"])).status).to.equal(2);
    const both = await cellc(["fmt", "-", "a.jail"], { "a.jail": tidy }, { stdin: tidy });
    expect(both).to.deep.include({ status: 2, out: "" });
    expect(both.error).to.contain("standard input is formatted alone");
    expect((await cellc(["fmt", "-", "-"], {}, { stdin: tidy })).status).to.equal(2);
  });

  it("tells tools what changed", async () => {
    const files = { "a.jail": untidy, "b.jail": tidy, "c.jail": wrong };
    const { out, error } = await cellc(["fmt", "--format", "json", "a.jail", "b.jail"], files);
    expect(error).to.equal("");
    expect(JSON.parse(out)).to.deep.include({
      diagnostics: [],
      files: [
        { path: "a.jail", changed: true },
        { path: "b.jail", changed: false },
      ],
    });
    const failed = await cellc(["fmt", "--format", "json", "a.jail", "c.jail"], files);
    expect(failed).to.deep.include({ status: 1, error: "" });
    const told = JSON.parse(failed.out);
    expect(told.files).to.deep.equal([]);
    expect(told.diagnostics[0]).to.include({ id: "jail-expected", file: "c.jail", line: 2 });
    const piped = await cellc(["fmt", "--format", "json", "-"], {}, { stdin: untidy });
    expect(JSON.parse(piped.out).files).to.deep.equal([{ path: "<stdin>", changed: true, text: tidy }]);
  });
});
