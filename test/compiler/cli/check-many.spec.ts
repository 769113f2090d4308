import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellInC } from "../../support/cell-in-c.js";
import { cellc } from "../../support/cli-runner.js";

const allowed = "/* cellc: allow mem-overlap-phys-in-cell: these are meant so */";

/** A cell with pairs of regions that stand for the same memory; the comment is in front of the second of a pair. */
function source(pairs: number, comment: (pair: number) => string): string {
  const region = (address: number, virtual: number): string =>
    `{ .phys_start = ${address}, .virt_start = ${virtual}, .size = 0x1000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE },`;
  const regions = Array.from({ length: pairs }, (_, pair) => [
    region(0x3b00_0000 + pair * 0x1000, 0x1000_0000 + pair * 0x1000),
    `${comment(pair)} ${region(0x3b00_0000 + pair * 0x1000, 0x2000_0000 + pair * 0x1000)}`,
  ]).flat();
  const others = [
    "{ .phys_start = 0x3a000000, .virt_start = 0, .size = 0x100000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE },",
    "{ .virt_start = 0x100000, .size = 0x1000, .flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_COMM_REGION },",
  ];
  const all = [...regions, ...others];
  return cellInC(all.map((text) => `\t\t${text}\n`).join(""), all.length);
}

async function check(text: string): Promise<{ readonly told: number; readonly more: string; error: string }> {
  const words = ["check", "demo.c", "--deny", "mem-overlap-phys-in-cell"];
  const { error } = await cellc(words, new MemoryHost({ "demo.c": text }));
  return {
    told: error.split("error[mem-overlap-phys-in-cell]").length - 1,
    more: /there (?:is|are) \d+ more places?/.exec(error)?.[0] ?? "",
    error,
  };
}

describe("very many findings of one rule", () => {
  it("are told up to 64, with the number of the others", async () => {
    const { told, more } = await check(source(100, () => ""));
    expect({ told, more }).to.deep.equal({ told: 65, more: "there are 35 more places" });
  });

  it("are not covered by an exception for one of them, wherever it stands", async () => {
    for (const pair of [0, 63, 64, 65, 99]) {
      const { told, more, error } = await check(source(100, (each) => (each === pair ? allowed : "")));
      expect({ told, more }, String(pair)).to.deep.equal({ told: 65, more: "there are 34 more places" });
      expect(error, String(pair)).to.not.contain("allow-stale");
    }
  });

  it("can each have an exception", async () => {
    const { told, error } = await check(source(100, () => allowed));
    expect(told).to.equal(0);
    expect(error).to.not.contain("allow-stale");
  });
});
