import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

const cell = cellSource("demo");

/** A system whose root cell is the cell of {@link cellSource}, byte for byte. */
const system = cell
  .replace("struct jailhouse_cell_desc cell;", "struct jailhouse_system header;")
  .replace(
    /\.cell = \{[\s\S]*?\.name/,
    `.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE, .revision = JAILHOUSE_CONFIG_REVISION, .architecture = JAILHOUSE_X86,
		.hypervisor_memory = { .phys_start = 0x3a000000, .size = 0x600000 },
		.root_cell = { .name`,
  )
  .replace("ARRAY_SIZE(config.mem_regions),\n\t}", "ARRAY_SIZE(config.mem_regions),\n\t} }");

describe("comparing a system with a cell", () => {
  it("compares its root cell, and says so", async () => {
    const host = new MemoryHost({ "s.c": system, "c.c": cell, "d.c": cell.replace("0x6 }", "0x7 }") });
    for (const [first, second] of [
      ["s.c", "c.c"],
      ["c.c", "s.c"],
    ] as const) {
      const { status, out, error } = await cellc(["diff", first, second], host);
      expect(status).to.equal(1);
      expect(out).to.equal(first === "s.c" ? "~ kind: system -> cell\n" : "~ kind: cell -> system\n");
      expect(error).to.contain("note[kinds-differ]: `s.c` is a system and `c.c` is a cell: its root cell");
    }
    const { out } = await cellc(["diff", "s.c", "d.c"], host);
    expect(out).to.equal("~ kind: system -> cell\n~ cpus: 1-2 -> 0-2\n");
  });

  it("takes for given what documents leave out", async () => {
    for (const profile of ["r14.1", "r12.19", "r0.40"]) {
      const host = new MemoryHost({
        "c.json": JSON.stringify({ profile, kind: "cell", header: { name: "x" } }),
        "s.json": JSON.stringify({ profile, kind: "system", header: { root_cell: { name: "x" } } }),
      });
      const { out } = await cellc(["diff", "s.json", "c.json"], host);
      expect(out, profile).to.equal("~ kind: system -> cell\n");
    }
  });

  it("does so across revisions", async () => {
    const host = new MemoryHost({ "s.c": system, "c.c": cell });
    await cellc(["build", "--no-check", "c.c", "-p", "v0.12"], host);
    const { out } = await cellc(["diff", "s.c", "c.cell"], host);
    expect(out).to.equal("~ kind: system -> cell\n~ profile: r14.1 -> r12.19\n");
  });
});

describe("a name that is made of digits", () => {
  it("is not taken for its number", async () => {
    const convert = (type: string) =>
      cellc(["convert", "a.yaml", "-o", "a.cell"], {
        "a.yaml": `profile: r14\nkind: cell\nheader: {name: x, console: {type: ${type}}}\n`,
      });
    expect((await convert("8250")).error).to.contain('"8250" a name with another value');
    // YAML makes the same number of it
    expect((await convert("0x203a")).status).to.equal(1);
    for (const type of ['"8250"', '"0x203a"', "2"]) {
      const { status, error } = await convert(type);
      expect({ status, error }, type).to.deep.equal({ status: 0, error: "" });
    }
  });
});

describe("what a conversion loses", () => {
  it("is shown by the names that decode shows", async () => {
    const device = { type: "ivshmem", shmem_protocol: "virtio-back:block", shmem_peers: 2 };
    const document = {
      profile: "r14",
      kind: "cell",
      header: { name: "x", console: { type: "8250", address: 1 } },
      tables: { pci_devices: [device], mem_regions: [{ flags: "read|no-hugepages" }] },
    };
    const host = new MemoryHost({ "a.json": JSON.stringify(document) });
    const shown = (await cellc(["decode", "a.json"], host)).out;
    const { error } = await cellc(["convert", "a.json", "-p", "v0.8", "--architecture", "x86"], host);
    for (const [path, name] of [
      ["pci_devices[0].shmem_protocol", "virtio-back:block"],
      ["mem_regions[0].flags", "no-hugepages"],
      ["console", "8250"],
    ] as const) {
      expect(shown, name).to.contain(name);
      expect(error).to.contain(`lost: ${path} = ${name}\n`);
    }
    expect(error).not.to.match(/lost: .*JAILHOUSE_/);
    const earlier = JSON.stringify({ ...document, tables: {}, header: {} }).replace('"r14"', '"v0.8"');
    host.set("b.json", earlier);
    const compared = await cellc(["diff", "a.json", "b.json"], host);
    expect(compared.out).to.contain("pci_devices").and.not.contain("virtio-back 2");
  });
});
