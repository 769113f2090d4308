import { expect } from "chai";
import { baseConfigs } from "../../oracle/base-configs.js";
import { X86Machine } from "../recorded/x86-machine.js";

/** Where the only cache region of tiny-demo is: behind its set of CPUs and its two memory regions. */
const cacheRegion = 132 + 8 + 2 * 32;

/** Console lines about the cache when a cell with this part of it is created. */
function linesFor(start: number, size: number): readonly string[] {
  const machine = new X86Machine(baseConfigs().get("qemu-x86")!, {
    vendor: "intel",
    cacheAllocation: { maxBit: 19, classes: 15 },
  });
  machine.enable();
  machine.takeLines();
  const cell = Uint8Array.from(baseConfigs().get("tiny-demo")!);
  const view = new DataView(cell.buffer);
  view.setUint32(cacheRegion, start, true);
  view.setUint32(cacheRegion + 4, size, true);
  const ret = machine.create(cell, 1);
  const lines = machine.takeLines().filter((line) => line.startsWith("CAT"));
  return [String(ret), ...lines];
}

describe("parts of the cache", () => {
  it("are masks of as many bits as they have, where they begin", () => {
    expect(linesFor(2, 1)).to.deep.equal([
      "0",
      "CAT: Shrunk root cell bitmask to 000ffff8",
      "CAT: Using COS 1 with bitmask 00000004 for cell tiny-demo",
    ]);
    expect(linesFor(19, 2)).to.deep.equal(["-22"]);
  });

  it("are masks of some kind where their end wraps: the processor shifts by six bits of its counts", () => {
    expect(linesFor(0xffff_ffff, 2)).to.deep.equal([
      "0",
      "CAT: Using COS 1 with bitmask 8000000000000000 for cell tiny-demo",
    ]);
    expect(linesFor(2, 0xffff_ffff)).to.deep.equal([
      "0",
      "CAT: Shrunk root cell bitmask to 00000003",
      "CAT: Using COS 1 with bitmask fffffffffffffffc for cell tiny-demo",
    ]);
  });
});
