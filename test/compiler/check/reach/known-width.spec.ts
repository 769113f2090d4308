import { expect } from "chai";
import { undecidable } from "../../../../compiler/check/reach/reach.js";
import { setOf } from "../../../support/checking.js";

/** Revision 13 does not say for which of both it is. */
function board(line: string, ofCell = ""): string {
  return `profile r13.2
system board {
  architecture arm64
  cpus 0-1
  gic v2 { gicd 0x800_0000; gicc 0x801_0000; gich 0x803_0000; gicv 0x804_0000 }
  hypervisor at 0x7fc0_0000 size 4M
  pci virtual mmconfig at 0x8e0_0000 domain 1
  ${line}
}
cell demo { cpus 1; ${ofCell} }
`;
}

function outcome(text: string, described?: string) {
  return undecidable(
    setOf(text, { onlyBytes: true, ...(described === undefined ? {} : { board: described }) }),
  );
}

describe("ARM of an unknown width", () => {
  it("makes no difference below 4G", () => {
    expect(setOf(board(""), { onlyBytes: true }).system!.machines).to.deep.equal(["arm", "arm64"]);
    expect(outcome(board(""))).to.equal(null);
    expect(outcome(board("memory at 0xffff_f000 size 4K rw"))).to.equal(null);
  });

  const above: readonly (readonly [string, string, string])[] = [
    ["a region", "memory at 0x1_0000_0000 size 4K mapped at 0 rw", ""],
    ["the end of one", "memory at 0xffff_f000 size 8K rw", ""],
    ["where one is mapped", "memory at 0x1000 size 4K mapped at 0x1_0000_0000 rw", ""],
    ["a region of a cell", "", "memory at 0x1_0000_0000 size 4K mapped at 0 rw"],
    ["the hypervisor", "hypervisor_memory.phys_start = 0x1_0000_0000", ""],
    ["the configuration space", "platform_info.pci_mmconfig_base = 0x1_0000_0000", ""],
    [
      "the end of it",
      "platform_info.pci_mmconfig_base = 0xfff0_0000; platform_info.pci_mmconfig_end_bus = 1",
      "",
    ],
    ["the GIC", "platform_info.arm.gicd_base = 0x1_0000_0000", ""],
    ["an interrupt table", "", "device 00:01.0 { msix 1 at 0x1_0000_0000 size 4K }"],
  ];
  for (const [name, line, ofCell] of above)
    it(`leaves open who reaches what with ${name} above`, () => {
      expect(outcome(board(line, ofCell))).to.equal("width");
      expect(outcome(board(line, ofCell), "architecture: arm64")).to.equal(null);
    });

  it("is told by the configs of newer revisions", () => {
    const [name, line] = above[0]!;
    expect(outcome(board(line).replace("profile r13.2\n", "")), name).to.equal(null);
  });
});
