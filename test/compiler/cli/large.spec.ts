import { expect } from "chai";
import { sizeLimits } from "../../../compiler/cli/load-config.js";
import { jsonPieces } from "../../../compiler/cli/show/json-pieces.js";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { encode } from "../../../schema/codec/encode.js";
import { toJson } from "../../../schema/codec/json.js";
import { buildConfig } from "../../support/build-config.js";
import { cellc } from "../../support/cli-runner.js";
import { profileNamed } from "../../support/random-config.js";

const regions = 120_000;

function large() {
  const mem_regions = Array.from({ length: regions }, (_, index) => ({
    phys_start: BigInt(index) * 0x1000n,
    virt_start: 0n,
    size: 0x1000n,
    flags: 3n,
  }));
  const cpus = new Uint8Array(8).fill(1);
  return buildConfig(profileNamed("HEAD"), "cell", {
    cell: { name: "large" },
    tables: { cpus, mem_regions },
  });
}

describe("a file of 120000 memory regions", function () {
  this.timeout(30_000);
  const config = large();
  const bytes = encode(config);

  it("is shown row by row", async () => {
    const { status, out, error } = await cellc(["decode", "a.cell"], { "a.cell": bytes });
    expect({ status, error }).to.deep.equal({ status: 0, error: "" });
    expect(out.split("\n").length).to.be.above(regions);
    expect(out).to.match(/\n {2}119999 {2}0x1d4bf000-0x1d4bffff +0x0 +4 KiB +read\|write\n$/);
  });

  it("is written as JSON in pieces", () => {
    let pieces = 0;
    for (const piece of jsonPieces(toJson(config))) {
      pieces += 1;
      expect(piece.length).to.be.below(1000);
      if (pieces > 1000) break;
    }
    expect(pieces).to.be.above(1000);
  });

  it("is compared with another one", async () => {
    const other = Uint8Array.from(bytes);
    other[other.length - 8] = 1;
    const { status, out } = await cellc(["diff", "a.cell", "b.cell"], { "a.cell": bytes, "b.cell": other });
    expect(status).to.equal(1);
    expect(out).to.equal("~ mem_regions[119999].flags (0x1d4bf000-0x1d4bffff): read|write -> read\n");
  });
});

describe("a set of millions of CPUs", () => {
  it("is shown as the runs it is made of", async () => {
    const cpus = new Uint8Array(4_000_000).fill(0xff);
    const config = buildConfig(profileNamed("HEAD"), "cell", { cell: { name: "many" }, tables: { cpus } });
    const { out } = await cellc(["decode", "a.cell"], { "a.cell": encode(config) });
    expect(out).to.contain("cpus (4000000 bytes)\n  0-31999999\n");
  });

  it("ends with dots where it is noise", async () => {
    const cpus = new Uint8Array(4_000_000).fill(0x55);
    const config = buildConfig(profileNamed("HEAD"), "cell", { cell: { name: "many" }, tables: { cpus } });
    const { out } = await cellc(["decode", "a.cell"], { "a.cell": encode(config) });
    expect(out.length).to.be.below(100_000);
    expect(out).to.match(/\n {2}0, 2, 4, .*, …\n/);
  });
});

describe("an input over the limit of its kind", () => {
  const config = encode(buildConfig(profileNamed("HEAD"), "cell", { cell: { name: "padded" } }));
  const commands = [
    ["decode", "a.cell"],
    ["diff", "a.cell", "a.cell"],
    ["convert", "a.cell", "-p", "v0.12", "-o", "b.cell"],
  ] as const;

  function padded(size: number, count = 0): Uint8Array {
    const bytes = new Uint8Array(size);
    bytes.set(config);
    new DataView(bytes.buffer).setUint32(52, count, true);
    return bytes;
  }

  for (const command of commands) {
    it(`ends ${command[0]} with both figures, whatever its counts say`, async () => {
      const host = new MemoryHost({ "a.cell": padded(sizeLimits.cell + 1, 0xffffffff) });
      const { status, out, error } = await cellc(command, host);
      expect({ status: status > 0, out }).to.deep.equal({ status: true, out: "" });
      expect(error).to.contain("[config-too-large]: this has 4194305 bytes; a config may have 4194304");
      expect(host.exists("b.cell")).to.equal(false);
    });
  }

  it("is a matter of one byte", async () => {
    const { status, error } = await cellc(["decode", "a.cell"], { "a.cell": padded(sizeLimits.cell) });
    expect({ status, error }).to.deep.include({ status: 0 });
    expect(error).to.contain("cell-trailing-bytes");
  });

  it("may be a document, or the bytes of a C object", async () => {
    const json = await cellc(["decode", "a.json"], {
      "a.json": new Uint8Array(sizeLimits.json + 1).fill(0x20),
    });
    expect(json.error).to.contain("this has 33554433 bytes; a JSON document may have 33554432");
    const yaml = await cellc(["decode", "a.yaml"], {
      "a.yaml": new Uint8Array(sizeLimits.yaml + 1).fill(0x23),
    });
    expect(yaml.error).to.contain("this has 2097153 bytes; a YAML document may have 2097152");
    const source = `#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
struct { struct jailhouse_cell_desc cell; char rest[0x400000]; } __attribute__((packed)) config = {
  .cell = { .signature = JAILHOUSE_CELL_DESC_SIGNATURE, .revision = JAILHOUSE_CONFIG_REVISION } };`;
    const c = await cellc(["decode", "a.c"], { "a.c": source });
    expect(c.status).to.equal(1);
    expect(c.error).to.contain("[config-too-large]: this has 4194436 bytes; a config may have 4194304");
  });
});

describe("JSON in pieces", () => {
  it("is what JSON.stringify gives", () => {
    const values = [
      {},
      [],
      { a: [], b: {} },
      [1, "x\n", null, true],
      { a: { b: { c: { d: { e: [1, { f: 2 }] } } } } },
      toJson(buildConfig(profileNamed("HEAD"), "system", { cell: { name: "x" } })),
    ];
    for (const value of values)
      expect([...jsonPieces(value)].join("")).to.equal(`${JSON.stringify(value, null, 2)}\n`);
  });
});
