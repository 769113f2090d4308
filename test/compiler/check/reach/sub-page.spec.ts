import { expect } from "chai";
import { reached, told } from "./telling.js";

function board(...regions: readonly string[]): string {
  return `system board {
  architecture arm64
  cpus 0-1
  gic v3 { gicd 0x800_0000; gicr 0x80a_0000 }
  ${regions.join("\n  ")}
}
`;
}

const window = "0x900_0000..0x90f_ffff";

function ways(...regions: readonly string[]): readonly string[] {
  return reached(board(...regions), window).map((line) => line.replace("board: its CPUs: memory ", ""));
}

describe("a trapped region", () => {
  it("is told with the widths that it lets through", () => {
    const widths = (flags: string): string | undefined =>
      told(board(`memory at 0x900_0100 size 0x100 rw ${flags}`), window)
        .find((line) => line.startsWith("| "))
        ?.replace("| memory at 0x900_0100 siz: memory at 0x9000100 ", "");
    expect(widths("io-8")).to.equal("lets accesses of 8 bits through at 0x9000100, rw");
    expect(widths("io-8 io-16")).to.equal("lets accesses of 8 and 16 bits through at 0x9000100, rw");
    expect(widths("io-8 io-32 io-64")).to.equal(
      "lets accesses of 8, 32 and 64 bits through at 0x9000100, rw",
    );
    expect(widths("io-8 io-16 io-32 io-64")).to.equal(
      "lets accesses of 8, 16, 32 and 64 bits through at 0x9000100, rw",
    );
    expect(widths("")).to.equal(undefined);
  });

  it("is passed as far as whole accesses go", () => {
    expect(ways("memory at 0x900_0100 size 7 rw io-32")).to.deep.equal([
      "0x9000100..0x9000103, rw, at 0x9000100..0x9000103",
    ]);
    expect(ways("memory at 0x900_0100 size 7 rw io-32 io-8")).to.deep.equal([
      "0x9000100..0x9000106, rw, at 0x9000100..0x9000106",
    ]);
    expect(ways("memory at 0x900_0100 size 7 rw io-32 io-unaligned")).to.deep.equal([
      "0x9000100..0x9000106, rw, at 0x9000100..0x9000106",
    ]);
    expect(ways("memory at 0x900_0100 size 3 rw io-32")).to.deep.equal([]);
    expect(ways("memory at 0x900_0100 size 3 rw io-32 io-unaligned")).to.deep.equal([]);
    expect(ways("memory at 0x900_0100 size 7 rw io-16 io-64 io-unaligned")).to.deep.equal([
      "0x9000100..0x9000106, rw, at 0x9000100..0x9000106",
    ]);
    expect(ways("memory at 0x900_0100 size 4 r io-32")).to.deep.equal([
      "0x9000100..0x9000103, r, at 0x9000100..0x9000103",
    ]);
    expect(ways("memory at 0x900_0100 size 4 w io-32")).to.deep.equal([
      "0x9000100..0x9000103, w, at 0x9000100..0x9000103",
    ]);
    expect(ways("memory at 0x900_0100 size 4 x io-32")).to.deep.equal([]);
    expect(ways("memory at 0x900_0100 size 16 rw io-64")).to.deep.equal([
      "0x9000100..0x900010f, rw, at 0x9000100..0x900010f",
    ]);
  });

  it("loses the end of each page where it is not at the same place in a page for the cell", () => {
    // The hypervisor maps the page of the access, and adds the offset within the page of both addresses.
    const shifted = (size: number): readonly string[] =>
      ways(`memory at 0x900_0010 size ${size} mapped at 0x900_0000 rw io-8`);
    expect(shifted(0x1001)).to.deep.equal([
      "0x9000010..0x9000fff, rw, at 0x9000000..0x9000fef",
      "0x9001010, rw, at 0x9001000",
    ]);
    expect(shifted(0x1fff)).to.deep.equal([
      "0x9000010..0x9000fff, rw, at 0x9000000..0x9000fef",
      "0x9001010..0x9001fff, rw, at 0x9001000..0x9001fef",
    ]);
    expect(shifted(0xff1)).to.deep.equal(["0x9000010..0x9000fff, rw, at 0x9000000..0x9000fef"]);
    expect(shifted(0xff0)).to.deep.equal(["0x9000010..0x9000fff, rw, at 0x9000000..0x9000fef"]);
    expect(shifted(0xfef)).to.deep.equal(["0x9000010..0x9000ffe, rw, at 0x9000000..0x9000fee"]);
    expect(ways("memory at 0x900_0000 size 0x1001 mapped at 0x900_0010 rw io-8")).to.deep.equal([
      "0x9000000..0x9001000, rw, at 0x9000010..0x9001010",
    ]);
  });

  it("is taken as one piece where it has more pages than are looked at one by one", () => {
    expect(ways(`memory at 0x900_0010 size ${0x40000 - 1} mapped at 0x900_0000 rw io-8`)).to.have.length(64);
    expect(ways(`memory at 0x900_0010 size ${0x40000 + 1} mapped at 0x900_0000 rw io-8`)).to.deep.equal([
      "0x9000010..0x9040010, rw, at 0x9000000..0x9040000",
    ]);
    // A size of whole pages is trapped where its address is not that of a page.
    expect(ways("memory at 0x900_0010 size 256K mapped at 0x900_0004 rw io-8")).to.have.length(64);
  });

  it("is passed where the search of the hypervisor finds it", () => {
    // The distributor is found first where both have the address.
    const over = board("memory at 0x900_0000 size 0x10010 mapped at 0x800_0000 rw io-8 io-32");
    const lines = reached(over, window);
    expect(lines.every((line) => line.includes("at 0x800") || line.includes("at 0x801"))).to.equal(true);
  });
});
