import { expect } from "chai";
import { jsonPieces } from "../../../compiler/cli/show/json-pieces.js";
import { encode } from "../../../schema/codec/encode.js";
import { toJson } from "../../../schema/codec/json.js";
import { buildConfig } from "../../support/build-config.js";
import { cellc } from "../../support/cli-runner.js";
import { profileNamed } from "../../support/random-config.js";

const regions = 400_000;

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

describe("a file of 400000 memory regions", function () {
  this.timeout(30_000);
  const config = large();
  const bytes = encode(config);

  it("is shown row by row", async () => {
    const { status, out, error } = await cellc(["decode", "a.cell"], { "a.cell": bytes });
    expect({ status, error }).to.deep.equal({ status: 0, error: "" });
    expect(out.split("\n").length).to.be.above(regions);
    expect(out).to.match(/\n {2}399999 {2}0x61a7f000-0x61a7ffff +0x0 +4 KiB +read\|write\n$/);
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
    expect(out).to.equal("~ mem_regions[399999].flags (0x61a7f000-0x61a7ffff): read|write -> read\n");
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
