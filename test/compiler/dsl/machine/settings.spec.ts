import { expect } from "chai";
import { resolveProfile } from "../../../../schema/layout/resolve.js";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

const newest = resolveProfile("HEAD")!.id;
const cell = "cell x { cpus 1 }\n";

describe("the settings of a machine", () => {
  it("take the newest profile where nobody names one", () => {
    expect(compileText(`architecture arm\n${cell}`).machine.profile.id).to.equal(newest);
  });

  it("take the last state of a revision, or a profile by any of its names", () => {
    const of = (line: string): string => compileText(`${line}\narchitecture arm\n${cell}`).machine.profile.id;
    expect(of("revision 13")).to.equal(resolveProfile("r13")!.id);
    expect(of("profile v0.12")).to.equal(resolveProfile("v0.12")!.id);
    expect(of('profile "v0.12"')).to.equal(resolveProfile("v0.12")!.id);
    expect(of("profile r14.1")).to.equal("r14.1");
    expect(of("profile HEAD")).to.equal(newest);
  });

  it("let the command line come first", () => {
    const { machine } = compileText(`revision 13\narchitecture arm\n${cell}`, { profile: "v0.10" });
    expect(machine.profile.id).to.equal(resolveProfile("v0.10")!.id);
  });

  it("may stand in the system", () => {
    const { machine, findings } = compileText("system s { revision 14; architecture arm64 }\n");
    expect(findings).to.deep.equal([]);
    // Byte 5 is the architecture: JAILHOUSE_ARM64 is 2.
    expect([...machine.cells[0]!.bytes.subarray(0, 8)]).to.deep.equal([
      0x4a, 0x48, 0x53, 0x59, 0x53, 2, 14, 0,
    ]);
  });

  it("are known in conditions, wherever they stand", () => {
    const text = `${cell}if architecture == arm64 && revision == 13 { cell y { cpus 2 } }\narchitecture arm64\nrevision 13\n`;
    expect(compileText(text).machine.cells.map(({ name }) => name)).to.deep.equal(["x", "y"]);
    const other = compileText(text.replace("revision 13\n", "revision 14\n"));
    expect(other.machine.cells.map(({ name }) => name)).to.deep.equal(["x"]);
  });

  it("may be said by several files if they agree", () => {
    const files = { "a.jail": "architecture arm\n" };
    const text = (name: string): string => `import "a.jail"\narchitecture ${name}\n${cell}`;
    expect(compileText(text("arm"), { files }).findings).to.deep.equal([]);
    const { findings } = compileText(text("arm64"), { files });
    expect(findings.map(shown)).to.deep.equal(["main.jail:2:1 jail-only-once architecture"]);
    expect(findings[0]!.secondary?.map(({ text: said }) => said)).to.deep.equal(["first said here"]);
  });

  it("are refused where they are wrong", () => {
    const of = (lines: string): readonly string[] => compileText(`${lines}\n${cell}`).findings.map(shown);
    expect(of("architecture arm46")).to.deep.equal(["main.jail:1:14 jail-unknown-architecture arm46"]);
    expect(of("architecture x86\nrevision 99")).to.deep.equal(["main.jail:2:10 jail-unknown-profile 99"]);
    expect(of("architecture x86\nprofile v0.99")).to.deep.equal(["main.jail:2:9 jail-unknown-profile v0.99"]);
    expect(of("architecture x86\nprofile v0.12\nrevision 13")).to.deep.equal([
      "main.jail:2:9 jail-not-both v0.12",
    ]);
    expect(of("")).to.deep.equal(["main.jail:1:1 jail-no-architecture"]);
    expect(of("architecture")).to.deep.equal(["main.jail:1:1 jail-missing architecture"]);
    expect(of("if true { architecture x86 }\narchitecture x86")).to.deep.equal([
      "main.jail:1:11 jail-not-expected architecture",
    ]);
  });

  it("suggest the architecture and the profile that were meant", () => {
    const [architecture] = compileText(`architecture arm46\n${cell}`).findings;
    expect(architecture!.help).to.equal("did you mean `arm64`?");
    const [profile] = compileText(`architecture x86\nprofile v0.121\n${cell}`).findings;
    expect(profile!.help).to.contain("did you mean `v0.1");
  });

  it("take a number for an architecture without a name", () => {
    const { machine, findings } = compileText(`architecture 77\n${cell}`);
    expect(findings).to.deep.equal([]);
    expect(machine.cells[0]!.bytes[5]).to.equal(77);
  });

  it("need something to build, and no more than one system", () => {
    expect(compileText("architecture x86\nconst a = 1\n").findings.map(shown)).to.deep.equal([
      "main.jail:1:1 jail-nothing-to-build",
    ]);
    const { findings } = compileText("system a { architecture x86 }\nsystem b { cpus 1 }\n");
    expect(findings.map(shown)).to.deep.equal(["main.jail:2:8 jail-two-systems b"]);
  });

  it("refuse two cells of one name, in loops and other files too", () => {
    const loop = compileText(`architecture x86\nfor n in 0-1 { cell a { cpus n } }\n`);
    expect(loop.findings.map(shown)).to.deep.equal(["main.jail:2:21 jail-name-twice a"]);
    const files = compileText(`import "a.jail"\narchitecture x86\n${cell}`, { files: { "a.jail": cell } });
    expect(files.findings.map(shown)).to.deep.equal(["main.jail:3:6 jail-name-twice x"]);
  });
});

describe("options", () => {
  const text =
    "architecture x86\noption size = 4K\noption on = false\nif on { cell y { cpus 1 } }\ncell x { memory at 0 size size rw }\n";
  const sizeOf = (defines: Record<string, string>): bigint => {
    const { machine, findings } = compileText(text, { defines });
    expect(findings).to.deep.equal([]);
    const { bytes } = machine.cells.at(-1)!;
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(bytes.length - 16, true);
  };

  it("have the value that the source gives, or that of the command line", () => {
    expect(sizeOf({})).to.equal(0x1000n);
    expect(sizeOf({ size: "64K" })).to.equal(0x10000n);
    expect(sizeOf({ size: "0x1_0000 + 4K" })).to.equal(0x11000n);
  });

  it("can be truths", () => {
    const { machine } = compileText(text, { defines: { on: "true" } });
    expect(machine.cells.map(({ name }) => name)).to.deep.equal(["y", "x"]);
  });

  it("are texts where they read as nothing else", () => {
    const { findings } = compileText(text, { defines: { on: "yes please" } });
    expect(findings.map(({ message }) => message)).to.deep.equal([
      'expected true or false, found the text "yes please"',
    ]);
  });

  it("are told to the caller", () => {
    expect([...compileText(text).machine.options]).to.deep.equal(["size", "on"]);
  });
});
