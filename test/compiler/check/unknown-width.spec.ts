import { expect } from "chai";
import { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import { checkedSet } from "../../../compiler/check/facts/checked-set.js";
import { memAddrRange } from "../../../compiler/check/memory/mem-addr-range.js";
import { wireToIr } from "../../../compiler/decompile/wire-to-ir.js";
import type { Architecture } from "../../../compiler/ir/config.js";
import { binaryOrigins } from "../../../compiler/ir/node.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import { buildConfig } from "../../support/build-config.js";

/** A cell of revision 13, which does not say whether it is for 32 or 64 bits, with a page of its own at an address. */
function cellAt(address: bigint, architecture?: Architecture): CheckedConfig {
  const wire = buildConfig(resolveProfile("r13.9")!, "cell", {
    cell: { name: "demo", cpu_set_size: 8, num_memory_regions: 1 },
    tables: {
      cpus: new Uint8Array(8),
      mem_regions: [{ phys_start: address, virt_start: address, size: 0x1000n, flags: 3n }],
    },
  });
  const config = wireToIr(wire, { originOf: binaryOrigins("demo.cell"), family: "arm" });
  const facts = { file: "demo.cell", size: 0, needed: 0 };
  return new CheckedConfig(config, architecture === undefined ? facts : { ...facts, architecture });
}

function findings(config: CheckedConfig): number {
  return [...memAddrRange.find({ config, set: checkedSet([config]) })].length;
}

describe("an ARM config that does not say its width", () => {
  it("may have memory beyond 4 GiB", () => {
    expect(findings(cellAt(0x80_0000_0000n))).to.equal(0);
    expect(findings(cellAt(0x80_0000_0000n, "arm64"))).to.equal(0);
    expect(findings(cellAt(0x80_0000_0000n, "arm"))).to.equal(1);
  });

  it("has no memory beyond 48 bits", () => {
    expect(findings(cellAt(0x1_0000_0000_0000n))).to.equal(1);
  });
});
