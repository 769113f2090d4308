import { expect } from "chai";
import { type CompileSetting, compileText } from "../compiling.js";
import { shown } from "../showing.js";

function found(text: string, setting: CompileSetting = {}): readonly string[] {
  const { findings, machine } = compileText(text, setting);
  expect(machine.cells).to.deep.equal([]);
  return findings.map((finding) => shown(finding).replace(/^main\.jail:/, ""));
}

const system = "system pc {\n  architecture x86\n  memory ram at 0 size 64M rwx\n}\n";
const user = "cell a {\n  memory first 4K of ram rw\n}\n";

describe("what follows from a mistake elsewhere", () => {
  it("is not told: names that a line with a mistake would declare", () => {
    // Its first word is missing, a word that it needs, or a value.
    expect(found(system.replace("memory ram", "ram") + user)).to.deep.equal(["3:3 jail-unknown-word ram"]);
    expect(found(system.replace("at 0", "0") + user)).to.deep.equal(["3:14 jail-missing 0"]);
    expect(found(system.replace("0 size", "= size") + user)).to.deep.equal(["3:24 jail-expected 64M"]);
    expect(found("ioports com1 -0xf\narchitecture x86\ncell a { ioports com1 }\n")).to.deep.equal([
      "1:1 jail-missing ioports",
      "1:9 jail-unknown-name com1",
    ]);
    const granted = system.replace("memory ram at 0 size 64M rwx", "device nic");
    expect(found(`${granted}cell a { device nic }\n`)).to.deep.equal(["3:10 jail-unknown-name nic"]);
  });

  it("is not told: names that a line asks for where it was meant to declare them", () => {
    // The range of `both` is missing, and the address of `nic`: what is left would be right, were they known.
    const text = `ioports both, 1\n${system.replace("memory ram", "ioports both\n  memory ram")}`;
    expect(found(`${text}cell a { ioports both }\n`)).to.deep.equal(["1:9 jail-unknown-name both"]);
  });

  it("is not told: that a controller, a pool or a slot is missing, where one could not be read", () => {
    const chip = "irqchip apic at 1G id 1 0-23\narchitecture x86\ncell a { irqchip apic }\n";
    expect(found(chip)).to.deep.equal(["1:25 jail-not-expected 0-23"]);
    expect(found(chip.replace(" 0-23", ""))).to.deep.equal(["1:1 jail-missing irqchip"]);
    const machine = (pools: string): string =>
      `${pools}${system}link l from p { peers root, b; vectors 1 }\ncell b { cpus 1 }\n`;
    const [memory, slots] = ["pool p at 1G size 1M\n", "pool s slots 00:01.0 .. 00:02.0\n"];
    expect(compileText(machine(memory + slots)).findings).to.deep.equal([]);
    expect(found(machine(memory + slots.replace("pool ", "")))).to.deep.equal(["2:1 jail-unknown-word s"]);
    expect(found(machine(memory + slots.replace("..", "+")))).to.have.length(1);
    expect(found(machine(memory.replace("1M", "") + slots))).to.deep.equal([
      "1:14 jail-clause-without-value size",
    ]);
    expect(found(machine(memory))).to.deep.equal(["6:6 jail-link l"]);
    expect(found(machine(memory + slots.replace("02", "01").replace("..", "00:02.0")))).to.deep.equal([
      "2:22 jail-not-expected 00:02.0",
    ]);
  });

  it("is not told: names of a system, a cell or a fragment that could not be read", () => {
    expect(found(system.replace("system", "") + user)).to.deep.equal(["1:2 jail-unknown-word pc"]);
    expect(found(system.replace("pc", "") + user)).to.deep.equal(["1:1 jail-missing system"]);
    const link = "link l at 1G { device 00:01.0; peers root, b; vectors 1 }\ncell b { cpus 1 }\n";
    expect(found(system.replace("pc", "") + link)).to.deep.equal(["1:1 jail-missing system"]);
    expect(found(system + link.replace("cell", ""))).to.deep.equal(["6:2 jail-unknown-word b"]);
    const fragment = "fragment f(at size) { memory at at size size r }\ncell b { use f(1, 2) }\n";
    expect(found(system + fragment)).to.deep.equal(["5:15 jail-expected size"]);
  });

  it("is not told: that a link has no such peer, where its peers could not be read", () => {
    const link = "link l at 1G { device 00:01.0; peers root b; vectors 1 }\ncell b { link l }\n";
    expect(found(system + link)).to.deep.equal(["5:43 jail-not-expected b"]);
    expect(found(system + link.replace("peers", "peers ,"))).to.deep.equal(["5:38 jail-expected ,"]);
    const valid = `${link.replace("root b", "root, b").replace("{ link l }", "{ cpus 1 }")}cell c { link l }\n`;
    expect(found(system + valid)).to.deep.equal(["7:15 jail-link l"]);
  });

  it("is not told: what a line with a mistake in its syntax says wrong besides", () => {
    expect(found(system.replace("ram", '"ram'))).to.deep.equal([
      '3:10 jail-open-text "ram at 0 size 64M rwx',
    ]);
    const next = system.replace("rwx\n", "bogus\n  memory rom at 1 +\n");
    expect(found(next)).to.deep.equal(["3:28 jail-unknown-clause bogus", "4:20 jail-expected"]);
  });

  it("is not told: what a block lacks, where a line of it is not known", () => {
    const link = (lines: string): string => `${system}link l at 1G {\n${lines}}\ncell b { cpus 1 }\n`;
    const peers = "  peers root as back, b as front\n";
    const rest = "  device 00:01.0\n  vectors 1\n";
    expect(found(link(`${rest}${peers}  virtio block\n`))).to.deep.equal(["9:3 jail-unknown-word virtio"]);
    expect(found(link(`${rest}  root, b\n`))).to.deep.equal(["8:7 jail-expected ,"]);
    expect(found(link(rest))).to.deep.equal(["5:1 jail-missing link"]);
    // It says nothing of what another block lacks, or another line of this one.
    expect(found(`${link(rest)}cell c { bogus }\n`)).to.have.length(2);
    expect(found(link(`${rest}  peers\n  bogus\n`))).to.have.length(2);
  });

  it("is not told: holes in a table of which a part could not be read", () => {
    const device = (first: string) =>
      `${system}cell a {\n  device 00:01.0 { capabilities ${first} 0x40 }\n` +
      "  device 00:02.0 { capabilities from 1; capabilities exp 0x40 }\n}\n";
    expect(compileText(device("pm")).findings).to.deep.equal([]);
    expect(found(device("pn"))).to.deep.equal(["6:33 jail-unknown-name pn"]);
    expect(found(device("pm").replace("from 1", "from 2"))[0]).to.match(/^7:3 jail-capability-hole/);
  });

  it("is not told: that there is no architecture, where one may be meant", () => {
    expect(found("arm64\ncell a { cpus 1 }\n")).to.deep.equal(["1:1 jail-unknown-word arm64"]);
    expect(found("cell a { cpus 1 }\n")).to.deep.equal(["1:1 jail-no-architecture"]);
    expect(found("const a = 1\nsystem x { cpus 1 }\n")).to.deep.equal(["2:1 jail-no-architecture system"]);
  });

  it("is not told: names, where an import failed", () => {
    const importer = 'import "board.jail"\ncell a { memory uart }\n';
    const board = "architecture x86\nmemory uart at 0 size 4K r\n";
    expect(compileText(importer, { files: { "board.jail": board } }).findings).to.deep.equal([]);
    expect(found(importer)).to.deep.equal(['1:8 jail-import-unreadable "board.jail"']);
    for (const broken of [importer.replace("import", ""), importer.replace('"board.jail"', "")])
      expect(found(broken, { files: { "board.jail": board } }), broken).to.have.length(1);
  });

  it("is told where it may be a mistake of its own", () => {
    // Nothing else that is wrong mentions the name.
    expect(found(`${system.replace("at 0", "0")}cell a { memory first 4K of rom rw }\n`)).to.deep.equal([
      "3:14 jail-missing 0",
      "5:29 jail-unknown-name rom",
    ]);
    // What is wrong with a value does not keep a line from declaring its name.
    expect(
      found(`${system}cell a { memory m at rom size 1 << 70 rw }\ncell b { memory rom }\n`),
    ).to.deep.equal([
      "5:22 jail-unknown-name rom",
      "5:31 jail-arithmetic 1 << 70",
      "6:17 jail-unknown-name rom",
    ]);
  });

  it("is told of each of several that would explain each other", () => {
    const ghosts = "  memory ghost\n  memory ghost\n";
    expect(found(system.replace("}\n", `${ghosts}}\ncell a { memory ghost }\n`))).to.deep.equal([
      "4:10 jail-unknown-name ghost",
      "5:10 jail-unknown-name ghost",
    ]);
    expect(found(`${system}cell a { memory ghost }\ncell b { memory ghost }\n`)).to.have.length(2);
  });

  it("is told up to the bound of all findings, where one of them stands for the rest", () => {
    const ghosts = "memory ghost\n".repeat(2000);
    const lines = found(`architecture x86\ncell a {\n${ghosts}}\n`);
    expect(lines).to.have.length(1001);
    expect(lines[0]).to.equal("3:8 jail-unknown-name ghost");
    expect(lines[1000]).to.match(/jail-too-many-errors/);
    const broken = found(`architecture x86\ncell a {\n${"comm =\n".repeat(2000)}}\n`);
    expect(broken).to.have.length(1001);
    expect(broken[1000]).to.match(/jail-too-many-errors/);
  });

  it("keeps findings in the order of the text", () => {
    const text = `cell b { flags bogus }\n${system}cell a { link nowhere }\nconst x = 1 +\n`;
    expect(found(text)).to.deep.equal([
      "1:16 jail-unknown-clause bogus",
      "6:15 jail-unknown-name nowhere",
      "7:14 jail-expected",
    ]);
  });
});
