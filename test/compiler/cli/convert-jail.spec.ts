import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { encode } from "../../../schema/codec/encode.js";
import { cellc } from "../../support/cli-runner.js";
import { cell } from "../../support/convert-config.js";
import { cellSource } from "./sources.js";

const machine = `system board {
  architecture arm64
  files        "board-*"
  hypervisor   at 0x7000_0000 size 4M
  gic          v3 { gicd 0x800_0000 }

  cpus     0-3
  vpci-irq 100

  memory at 0 size 1G rwx
}

link net at 0x7010_0000 {
  device   00:01.0
  peers    root, linux
  protocol net
}

cell linux {
  cpus     1
  vpci-irq 104
  memory   at 0x2000_0000 size 16M mapped at 0 rwx loadable
  comm
}
`;

const board = "board.cell";
const linux = "board-linux.cell";

/** The two cells of the machine, and what they hold. */
async function built(): Promise<{ host: MemoryHost; bytes: ReadonlyMap<string, Uint8Array> }> {
  const host = new MemoryHost({ "machine.jail": machine });
  expect((await cellc(["build", "--no-check", "machine.jail", "-o", "."], host)).error).to.equal("");
  const bytes = new Map([board, linux].map((name) => [name, host.get(name)!] as const));
  return { host: new MemoryHost(Object.fromEntries(bytes)), bytes };
}

function textOf(host: MemoryHost, path: string): string {
  return new TextDecoder().decode(host.get(path));
}

async function expectBuilds(
  host: MemoryHost,
  source: string,
  wanted: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const { error } = await cellc(["build", "--no-check", source, "-o", "again/"], host);
  expect(error).to.equal("");
  for (const [name, bytes] of wanted)
    expect(Buffer.from(host.get(`again/${name}`)!).toString("hex"), name).to.equal(
      Buffer.from(bytes).toString("hex"),
    );
}

describe("cellc convert to the cell language", () => {
  it("makes one machine of several configs, with their link, whatever their order", async () => {
    for (const inputs of [
      [board, linux],
      [linux, board],
    ]) {
      const { host, bytes } = await built();
      const { status, out } = await cellc(["convert", ...inputs, "-o", "m.jail"], host);
      expect(status).to.equal(0);
      expect(out).to.equal(`m.jail  ${host.get("m.jail")!.length} bytes  r14.1\n`);
      expect(textOf(host, "m.jail")).to.equal(
        machine.replace("  architecture arm64\n", "  architecture arm64\n  revision     14\n"),
      );
      await expectBuilds(host, "m.jail", bytes);
    }
  });

  it("writes the machine to standard output", async () => {
    const { host } = await built();
    const { out } = await cellc(["convert", board, linux, "--to", "jail", "-o", "-"], host);
    expect(out)
      .to.match(/^system board \{\n/)
      .and.contain("\nlink net at 0x7010_0000 {\n");
  });

  it("writes one file of each input where no single one is named", async () => {
    for (const output of [[], ["-o", "out/"]]) {
      const { host, bytes } = await built();
      const { status, out } = await cellc(["convert", board, linux, "--to", "jail", ...output], host);
      expect(status).to.equal(0);
      const folder = output.length === 0 ? "" : "out/";
      const files = ["board", "board-linux"].map((name) => `${folder}${name}.jail`);
      expect(out.replace(/ {2}.*/g, "")).to.equal(`${files.join("\n")}\n`);
      expect(textOf(host, files[1]!))
        .to.match(/^architecture arm64\nrevision 14\n/)
        .and.contain("  ivshmem ");
      for (const file of files)
        await expectBuilds(
          host,
          file,
          new Map([...bytes].filter(([name]) => name === file.replace(folder, "").replace("jail", "cell"))),
        );
    }
  });

  it("reads the language, and takes it to another revision", async () => {
    const host = new MemoryHost({ "a.jail": "architecture x86\ncell a { cpus 1; ioports 0x3f8-0x3ff }\n" });
    expect((await cellc(["convert", "a.jail", "-p", "v0.11", "-o", "b.jail"], host)).status).to.equal(0);
    expect(textOf(host, "b.jail")).to.equal(
      "architecture x86\nprofile r10.7\n\ncell a {\n  cpus    1\n  ioports 0x3f8-0x3ff\n}\n",
    );
    expect((await cellc(["convert", "b.jail", "-o", "b.cell"], host)).status).to.equal(0);
  });

  it("refuses a machine of two systems, or of two revisions, and writes nothing", async () => {
    const { host } = await built();
    await cellc(["convert", linux, "-p", "v0.12", "-o", "old.cell"], host);
    host.writeAtomically("second.cell", host.get(board)!);
    for (const [inputs, why] of [
      [
        [board, "second.cell"],
        "error[machine-of-several-systems]: a machine has one system, these are 2: board, second",
      ],
      [
        [board, "old.cell"],
        "error[machine-of-several-revisions]: these configs are of several revisions: r14.1, r12.19",
      ],
    ] as const) {
      const { status, error } = await cellc(["convert", ...inputs, "-o", "m.jail"], host);
      expect(status).to.equal(1);
      expect(error).to.contain(why);
      expect(host.get("m.jail")).to.equal(undefined);
    }
  });

  it("refuses a machine of two architectures, unless cells of 32-bit ARM are on arm64", async () => {
    const file = (name: string, architecture: number) =>
      encode(cell("HEAD", { cell: { name, architecture, vpci_irq_base: 0 } }));
    const host = new MemoryHost({
      [board]: (await built()).bytes.get(board)!,
      "pc.cell": file("pc", 0),
      "small.cell": file("small", 1),
      "odd.cell": file("odd", 0x77),
    });
    for (const [inputs, found] of [
      [[board, "pc.cell"], "arm64, x86"],
      [["pc.cell", "small.cell"], "x86, arm"],
      [["pc.cell", "small.cell", board], "x86, arm64"],
    ] as const) {
      const { status, error } = await cellc(["convert", ...inputs, "-o", "m.jail"], host);
      expect(status).to.equal(1);
      expect(error).to.contain(`error[machine-of-several-architectures]: these configs are`);
      expect(error).to.contain(`of several architectures: ${found}\n`);
      expect(host.get("m.jail")).to.equal(undefined);
    }
    const { status } = await cellc(["convert", board, "small.cell", "odd.cell", "-o", "m.jail"], host);
    expect(status).to.equal(0);
    await expectBuilds(
      host,
      "m.jail",
      new Map(["small.cell", "odd.cell"].map((name) => [name, host.get(name)!])),
    );
  });

  it("keeps the name of a machine's one file, whatever the machine's file is called", async () => {
    for (const source of ["system x { architecture x86 }\n", "architecture x86\ncell first { cpus 1 }\n"]) {
      const host = new MemoryHost({ "machine.jail": source });
      expect((await cellc(["convert", "machine.jail", "-o", "again.jail"], host)).status).to.equal(0);
      const [, word, name] = /(system|cell) (\w+)/.exec(source)!;
      expect(textOf(host, "again.jail")).to.match(new RegExp(`^${word} ${name} \\{`, "m"));
      expect((await cellc(["build", "--no-check", "machine.jail", "-o", "old/"], host)).status).to.equal(0);
      await expectBuilds(host, "again.jail", new Map([[`${name}.cell`, host.get(`old/${name}.cell`)!]]));
    }
  });

  it("refuses what would be too long to be read again", async () => {
    const region = {
      phys_start: 0x1234_5678_9abc_def0n,
      virt_start: 0x1234_5678_0000_0000n,
      size: 0x1234_5678n,
    };
    for (const parts of [
      { trailing: new Uint8Array(600 * 1024).fill(1) },
      { tables: { mem_regions: Array.from({ length: 16_000 }, () => region) } },
    ]) {
      const host = new MemoryHost({ "a.cell": encode(cell("HEAD", { cell: { name: "a" }, ...parts })) });
      const { status, error } = await cellc(["convert", "a.cell", "-o", "a.jail"], host);
      expect(status).to.equal(1);
      expect(error).to.contain("error[output-too-large]").and.contain("more than the million characters");
      expect(host.get("a.jail")).to.equal(undefined);
    }
  }).timeout(60_000);
});

describe("several inputs of cellc convert", () => {
  it("become one file each, all of them or none", async () => {
    const { host } = await built();
    const { status, out } = await cellc(["convert", board, linux, "--to", "json"], host);
    expect(status).to.equal(0);
    expect(out.replace(/ {2}.*/g, "")).to.equal("board.json\nboard-linux.json\n");
    const files = new MemoryHost({ [board]: host.get(board)!, "bad.cell": new Uint8Array(7) });
    expect((await cellc(["convert", board, "bad.cell", "--to", "json"], files)).status).to.equal(1);
    expect(files.get("board.json")).to.equal(undefined);
  });

  it("cannot share a file, be it by its name or standard output", async () => {
    const { host } = await built();
    const shared = await cellc(["convert", board, linux, "-o", "m.json"], host);
    expect(shared.status).to.equal(2);
    expect(shared.error).to.contain("error[output-not-a-directory]: 2 outputs");
    const streamed = await cellc(["convert", board, linux, "-o", "-"], host);
    expect(streamed.status).to.equal(2);
    expect(streamed.error).to.contain("several configs cannot all go to standard output");
    expect(
      host.makeDirectory("old").ok && host.writeAtomically(`old/${linux}`, host.get(linux)!).ok,
    ).to.equal(true);
    const collided = await cellc(["convert", linux, `old/${linux}`, "--to", "c", "-o", "out/"], host);
    expect(collided.status).to.equal(2);
    expect(collided.error).to.contain("error[outputs-collide]");
    expect(host.get("out/board-linux.c")).to.equal(undefined);
  });
});

describe("a machine that cellc convert reads", () => {
  const machine = `system pc { architecture x86; cpus 0-3; memory ram at 0 size 64M rwx dma }
cell inmate { cpus 3; memory ram first 1M of ram mapped at 0 rwx loadable }
`;

  it("becomes a file for each of its cells, beside it or in a directory", async () => {
    const host = new MemoryHost({ "m.jail": machine });
    const { out, error } = await cellc(["convert", "m.jail", "--to", "c"], host);
    expect(error).to.equal("");
    expect(out.replace(/ {2}.*/g, "")).to.equal("pc.c\ninmate.c\n");
    await cellc(["build", "--no-check", "m.jail", "-o", "jail/"], host);
    await cellc(["build", "--no-check", "pc.c", "inmate.c", "-o", "c/"], host);
    expect(host.get("c/pc.cell")).to.deep.equal(host.get("jail/pc.cell"));
    expect(host.get("c/inmate.cell")).to.deep.equal(host.get("jail/inmate.cell"));
    const documents = await cellc(["convert", "m.jail", "--to", "json", "-o", "out/"], host);
    expect(documents.out.replace(/ {2}.*/g, "")).to.equal("out/pc.json\nout/inmate.json\n");
  });

  it("stays one machine in the language", async () => {
    const host = new MemoryHost({ "m.jail": machine });
    expect((await cellc(["convert", "m.jail", "-o", "out/n.jail"], host)).status).to.equal(2);
    const { out, error } = await cellc(["convert", "m.jail", "-o", "n.jail"], host);
    expect(error).to.equal("");
    expect(out).to.match(/^n\.jail /);
    await cellc(["build", "--no-check", "m.jail", "-o", "old/"], host);
    await cellc(["build", "--no-check", "n.jail", "-o", "new/"], host);
    for (const cell of ["pc", "inmate"])
      expect(host.get(`new/${cell}.cell`)).to.deep.equal(host.get(`old/${cell}.cell`));
  });

  it("cannot become one file of another kind", async () => {
    const host = new MemoryHost({ "m.jail": machine });
    for (const output of ["one.c", "-"]) {
      const { status, error } = await cellc(["convert", "m.jail", "--to", "c", "-o", output], host);
      expect(status).to.equal(2);
      expect(error).to.contain("error[several-configs]");
    }
    expect(host.names()).to.deep.equal(["/work/m.jail"]);
  });
});

describe("a C source with headers of its own", () => {
  it("is of the revision that it states, where a later one has the same layout", async () => {
    const source = cellSource("a").replace("ARRAY_SIZE(config.mem_regions)", "2");
    const host = new MemoryHost({ "a.c": source });
    await cellc(["header", "-p", "r3", "-o", "inc/"], host);
    const { out, error } = await cellc(["convert", "a.c", "-I", "inc", "--to", "jail", "-o", "-"], host);
    expect(error).to.equal("");
    expect(out).to.match(/^revision +3$/m);
  });
});
