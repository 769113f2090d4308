import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { decodeText } from "../../../schema/text.js";
import { cellc } from "../../support/cli-runner.js";

const machine = `
pool inmates at 0x7000_0000 size 128M
pool vpci    slots 00:00.0 .. 00:07.0
pool spis    interrupts 140-171

system board {
  architecture arm64
  hypervisor   at 0x7fc0_0000 size 4M
  gic v3 { gicd 0x800_0000; gicr 0x80a_0000; maintenance-irq 25 }
  cpus         0-3
  memory ram at 0x4000_0000 size 768M rwx dma
  vpci-irq 128
}
cell linux {
  cpus     2-3
  vpci-irq from spis
  memory ram from inmates size 64M align 2M rwx dma loadable
  device 00:1f.0 { capabilities pm 0x40, msi 0x50 }
}
cell demo {
  cpus     1
  vpci-irq from spis
  memory from inmates size 1M mapped at 0 rwx loadable
}
link net from inmates { peers root, linux; protocol net }
link shm from inmates { peers root, linux, demo; shared 1M; output 64K }
`;

/** Checked line by line against the text above. */
const golden = `3 cells, r14.1

chosen for            what        place                   size  why
linux.ram             memory      0x70000000-0x73ffffff    64M  first free place in inmates
demo 1M from inmates  memory      0x74000000-0x740fffff     1M  first free place in inmates
link net              memory      0x74100000-0x741fefff  1020K  first free place in inmates
link shm              memory      0x741ff000-0x7432ffff  1220K  first free place in inmates
net                   device      00:00.0                       first free place in vpci
shm                   device      00:01.0                       first free place in vpci
linux                 interrupts  140-143                       first free place in spis
demo                  interrupts  144-147                       first free place in spis

cell   file        bytes  cpus  mem_regions  irqchips  pci_devices  pci_caps
board  board.cell    960     8           10         1            2
linux  linux.cell    676     8           10         1            3         2
demo   demo.cell     420     8            6         1            1

link net, INTx
  section   place                  size
  state     0x74100000-0x74100fff    4K
  output 0  0x74101000-0x7417ffff  508K
  output 1  0x74180000-0x741fefff  508K
  peer  cell   device   entry           regions              interrupt
     0  board  00:00.0  pci_devices[0]  from mem_regions[0]        128
     1  linux  00:00.0  pci_devices[1]  from mem_regions[0]        140

link shm, INTx
  section   place                  size
  state     0x741ff000-0x741fffff    4K
  shared    0x74200000-0x742fffff    1M
  output 0  0x74300000-0x7430ffff   64K
  output 1  0x74310000-0x7431ffff   64K
  output 2  0x74320000-0x7432ffff   64K
  peer  cell   device   entry           regions              interrupt
     0  board  00:01.0  pci_devices[1]  from mem_regions[4]        129
     1  linux  00:01.0  pci_devices[2]  from mem_regions[4]        141
     2  demo   00:01.0  pci_devices[0]  from mem_regions[0]        145

cell   device   capabilities
linux  00:1f.0  pci_caps[0] to [1]
`;

function textOf(host: MemoryHost, name: string): string {
  const bytes = host.get(name);
  return bytes === undefined ? "no such file" : decodeText(bytes);
}

const small = "architecture x86\npool p at 1M size 1M\ncell a { memory ram from p size 64K rw }\n";

const smallLock = `# What cellc chose for m.jail, so that it stays where it is.
# \`cellc build\` keeps this file; it belongs into version control.

version: 1
memory:
  a.ram: { at: 0x100000, size: 0x10000 }
`;

/** All files but the machine itself, as `name: text`, cells without their bytes. */
function written(host: MemoryHost): readonly string[] {
  return host
    .names()
    .filter((name) => !name.endsWith(".jail"))
    .map((name) => (name.endsWith(".cell") ? name : `${name}: ${textOf(host, name)}`));
}

describe("cellc expand", () => {
  it("shows what was chosen and why, all tables, and both ends of links", async () => {
    const { status, out, error } = await cellc(["expand", "m.jail"], { "m.jail": machine });
    expect([status, error]).to.deep.equal([0, ""]);
    expect(out).to.equal(golden);
  });

  it("says of a machine that leaves nothing open just that", async () => {
    const text = "architecture x86\ncell a { memory at 1M size 4K rw }";
    const { out } = await cellc(["expand", "m.jail"], { "m.jail": text });
    expect(out).to.equal(
      "1 cell, r14.1\n\nnothing is left to choose\n\ncell  file    bytes  mem_regions\na     a.cell    164            1\n",
    );
  });

  it("says what is pinned, in the lock file of that name", async () => {
    const { out } = await cellc(["expand", "d/m.jail"], { "d/m.jail": small, "d/m.jail.lock": smallLock });
    expect(out).to.contain("a.ram       memory  0x100000-0x10ffff   64K  pinned in m.jail.lock\n");
  });

  it("gives tools the same as JSON", async () => {
    const { out } = await cellc(["expand", "m.jail", "--format", "json"], { "m.jail": machine });
    const { expansion, diagnostics, locks } = JSON.parse(out);
    expect([diagnostics, locks]).to.deep.equal([[], []]);
    expect(expansion.choices[0]).to.deep.equal({
      kind: "memory",
      key: "linux.ram",
      place: "0x70000000",
      size: "0x4000000",
      from: "inmates",
      pinned: false,
    });
    expect(
      expansion.choices
        .slice(-3)
        .map(({ kind, place, size }: Record<string, unknown>) => [kind, place, size]),
    ).to.deep.equal([
      ["slot", "00:01.0", null],
      ["interrupts", "140", null],
      ["interrupts", "144", null],
    ]);
    expect(expansion.cells[1]).to.deep.equal({
      name: "linux",
      file: "linux.cell",
      bytes: 676,
      tables: { cpus: 8, mem_regions: 10, irqchips: 1, pci_devices: 3, pci_caps: 2 },
      capabilities: [{ device: "00:1f.0", first: 0, count: 2 }],
    });
    expect(expansion.links[0].peers[1]).to.deep.equal({
      number: 1,
      cell: "linux",
      device: "00:00.0",
      deviceIndex: 1,
      firstRegion: 0,
      interrupt: 140,
    });
    const broken = await cellc(["expand", "m.jail", "--format", "json"], { "m.jail": "cell a {" });
    expect([broken.status, JSON.parse(broken.out).expansion]).to.deep.equal([1, null]);
  });

  it("writes the lock file and nothing else with --lock, once", async () => {
    const host = new MemoryHost({ "m.jail": small });
    expect(await cellc(["expand", "m.jail", "--lock"], host)).to.deep.include({
      status: 0,
      out: "m.jail.lock\n",
      error: "",
    });
    expect(written(host)).to.deep.equal([`/work/m.jail.lock: ${smallLock}`]);
    expect(await cellc(["expand", "m.jail", "--lock"], host)).to.deep.include({ status: 0, out: "" });
    const other = new MemoryHost({ "m.jail": small });
    expect(await cellc(["expand", "m.jail", "--lock", "-q"], other)).to.deep.include({ status: 0, out: "" });
    expect(textOf(other, "m.jail.lock")).to.equal(smallLock);
    const json = await cellc(["expand", "m.jail", "--lock", "--format", "json"], { "m.jail": small });
    expect(JSON.parse(json.out).locks).to.deep.equal(["m.jail.lock"]);
  });

  it("reads standard input, which has no lock file, but its name may have one", async () => {
    const { status, error } = await cellc(["expand", "-", "--lock"], {}, { stdin: small });
    expect([status, error]).to.deep.equal([
      2,
      "error[cli-usage]: standard input has no lock file beside it\n  = help: name a file\n\n1 error\n",
    ]);
    const lock = smallLock.replace("0x100000, ", "0x140000, ");
    const { out } = await cellc(
      ["expand", "-", "--stdin-name", "m.jail"],
      { "m.jail.lock": lock },
      { stdin: small },
    );
    expect(out).to.contain("0x140000-0x14ffff   64K  pinned in m.jail.lock\n");
  });

  it("shows nothing of a machine with mistakes", async () => {
    const { status, out, error } = await cellc(["expand", "m.jail"], {
      "m.jail": `${small}cell b { memory }`,
    });
    expect([status, out]).to.deep.equal([1, ""]);
    expect(error).to.contain("error[jail-missing]");
  });

  it("takes options of the machine, and the profile", async () => {
    const text = `option big = false\n${small.replace("64K", "big ? 128K : 64K")}`;
    const { out } = await cellc(["expand", "m.jail", "-D", "big=true", "-p", "v0.12"], { "m.jail": text });
    expect(out)
      .to.match(/^1 cell, r12\.19\n/)
      .and.contain("0x100000-0x11ffff  128K");
  });
});

describe("the lock file of cellc build", () => {
  it("is written with the cells, only where something is left to choose, and only when it changes", async () => {
    const host = new MemoryHost({ "m.jail": small });
    expect(await cellc(["build", "--no-check", "m.jail"], host)).to.deep.include({
      status: 0,
      out: "a.cell  164 bytes  r14.1\nm.jail.lock\n",
      error: "",
    });
    expect(written(host)).to.deep.equal(["/work/a.cell", `/work/m.jail.lock: ${smallLock}`]);
    expect(await cellc(["build", "--no-check", "m.jail"], host)).to.deep.include({
      out: "a.cell  164 bytes  r14.1\n",
    });
    const plain = new MemoryHost({ "m.jail": "architecture x86\ncell a { cpus 1 }" });
    await cellc(["build", "--no-check", "m.jail"], plain);
    expect(written(plain)).to.deep.equal(["/work/a.cell"]);
  });

  it("lies beside the source, wherever the cells go, and is told of in JSON", async () => {
    const host = new MemoryHost({ "d/m.jail": small });
    const { out } = await cellc(["build", "--no-check", "d/m.jail", "-o", "out/", "--format", "json"], host);
    expect(JSON.parse(out).locks).to.deep.equal(["d/m.jail.lock"]);
    expect(written(host)).to.deep.equal([`/work/d/m.jail.lock: ${smallLock}`, "/work/out/a.cell"]);
  });

  it("keeps what was chosen when a cell comes before it, and drops what nobody asks for", async () => {
    const host = new MemoryHost({ "m.jail": small });
    await cellc(["build", "--no-check", "m.jail"], host);
    host.set("m.jail", small.replace("cell a", "cell b { memory ram from p size 4K rw }\ncell a"));
    await cellc(["build", "--no-check", "m.jail"], host);
    expect(textOf(host, "m.jail.lock")).to.equal(`${smallLock}  b.ram: { at: 0x110000, size: 0x1000 }\n`);
    host.set("m.jail", small.replace("cell a", "cell b"));
    await cellc(["build", "--no-check", "m.jail"], host);
    expect(textOf(host, "m.jail.lock").split("\n").slice(4)).to.deep.equal([
      "memory:",
      "  b.ram: { at: 0x100000, size: 0x10000 }",
      "",
    ]);
    host.set("m.jail", "architecture x86\ncell a { cpus 1 }");
    await cellc(["build", "--no-check", "m.jail"], host);
    expect(textOf(host, "m.jail.lock").split("\n").slice(3)).to.deep.equal(["version: 1", ""]);
  });

  it("stops the build where it cannot be understood, and stays as it is", async () => {
    for (const lock of ["<<<<<<< HEAD\n", "version: 99\n"]) {
      const host = new MemoryHost({ "m.jail": small, "m.jail.lock": lock });
      const { status, out, error } = await cellc(["build", "--no-check", "m.jail"], host);
      expect([status, out]).to.deep.equal([1, ""]);
      expect(error).to.match(/^error\[lock-(syntax|version)\]/);
      expect(written(host)).to.deep.equal([`/work/m.jail.lock: ${lock}`]);
      expect((await cellc(["decode", "m.jail"], host)).status).to.equal(1);
    }
    const unreadable = { "m.jail": small, "m.jail.lock": { problem: "no-permission" as const } };
    expect((await cellc(["build", "--no-check", "m.jail"], unreadable)).status).to.equal(2);
  });

  it("warns of what has to move, which --strict makes an error that leaves it alone", async () => {
    const lock = smallLock.replace("0x100000", "0x500000");
    const host = new MemoryHost({ "m.jail": small, "m.jail.lock": lock });
    const { status, error } = await cellc(["build", "--no-check", "m.jail", "--strict"], host);
    expect(status).to.equal(1);
    expect(error).to.contain(
      "warning[jail-pin-lost]: `a.ram` moves from 0x50_0000 to 0x10_0000: that is not in `p`",
    );
    expect(error).to.contain("m.jail.lock:6:3");
    expect(textOf(host, "m.jail.lock")).to.equal(lock);
    expect((await cellc(["build", "--no-check", "m.jail"], host)).status).to.equal(0);
    expect(textOf(host, "m.jail.lock")).to.equal(smallLock);
  });

  it("is no output of standard output and standard input", async () => {
    const host = new MemoryHost({ "m.jail": small });
    expect((await cellc(["build", "--no-check", "m.jail", "-o", "-"], host)).status).to.equal(0);
    expect(
      (
        await cellc(["build", "--no-check", "-", "-o", "out/", "--stdin-name", "m.jail"], host, {
          stdin: small,
        })
      ).status,
    ).to.equal(0);
    expect(written(host)).to.deep.equal(["/work/out/a.cell"]);
  });

  it("is a dependency for make, and no output may take its place", async () => {
    const host = new MemoryHost({ "m.jail": small, "m.jail.lock": smallLock });
    await cellc(["build", "--no-check", "m.jail", "-MD"], host);
    expect(textOf(host, "a.d")).to.equal("a.cell: m.jail m.jail.lock\n");
    const { status, error } = await cellc(["build", "--no-check", "m.jail", "-o", "m.jail.lock"], {
      "m.jail": small,
    });
    expect(status).to.equal(2);
    expect(error).to.contain("error[outputs-collide]");
  });

  it("is that of the machine, not of the files that it imports", async () => {
    const host = new MemoryHost({
      "d/common.jail": small,
      "d/m.jail": 'import "common.jail"',
      "d/common.jail.lock": smallLock.replace("0x100000", "0x120000"),
    });
    await cellc(["build", "--no-check", "d/m.jail"], host);
    expect(textOf(host, "d/m.jail.lock")).to.equal(smallLock);
  });
});
