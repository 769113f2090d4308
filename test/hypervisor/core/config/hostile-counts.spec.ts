import { expect } from "chai";
import {
  readCellConfig,
  readCellHeader,
  readSystemConfig,
} from "../../../../hypervisor/core/config/read-config.js";
import { builtInProfiles } from "../../../../schema/codec/detect.js";
import { baseConfigs } from "../../../oracle/base-configs.js";

const profile = builtInProfiles.profile("r14.1");
/** Counts in the header of a cell, and where that is in a system. */
const counts = {
  cpuSetSize: 48,
  memoryRegions: 52,
  cacheRegions: 56,
  pciDevices: 68,
  pciCaps: 72,
  streamIds: 76,
};
const rootCell = 356;

function withCount(name: string, offset: number, count: number): Uint8Array {
  const bytes = Uint8Array.from(baseConfigs().get(name)!);
  new DataView(bytes.buffer).setUint32(offset, count, true);
  return bytes;
}

/** Bytes of buffers that an action leaves to be collected. */
function buffersOf(action: () => void): number {
  const before = process.memoryUsage().arrayBuffers;
  action();
  return process.memoryUsage().arrayBuffers - before;
}

describe("readers of configs whose counts are beyond all measure", () => {
  for (const [name, place] of Object.entries(counts)) {
    it(`refuse them before they take memory for them: ${name}`, () => {
      for (const count of [0x0400_0000, 0x0100_0000]) {
        const cell = withCount("tiny-demo", place, count);
        const system = withCount("qemu-x86", rootCell + place, count);
        const taken = buffersOf(() => {
          expect(() => readCellConfig(cell, profile)).to.throw(RangeError, "speaks of");
          expect(() => readSystemConfig(system, profile)).to.throw(RangeError, "speaks of");
          expect(readCellHeader(cell, profile).name).to.equal("tiny-demo");
        });
        expect(taken).to.be.lessThan(2 ** 20);
      }
    });
  }

  it("take what lies a little behind the file for zeros", () => {
    const config = readCellConfig(withCount("tiny-demo", counts.memoryRegions, 1000), profile);
    expect(config.memoryRegions).to.have.length(1000);
    expect(config.memoryRegions.at(-1)!.size).to.equal(0n);
  });
});
