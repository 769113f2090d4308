import { expect } from "chai";
import { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import { Region } from "../../../../compiler/check/facts/region.js";
import { flagSet } from "../../../../compiler/ir/names.js";
import { setOf } from "../../../support/checking.js";

const { cells } = setOf(
  'import "machines/intel-pc.jail"\nsystem pc { use intel-pc() }\ncell demo { use inmate() }',
);
const config = cells[0]!;
const sample = config.regions[0]!.node;

function regionWith(parts: Partial<typeof sample>): Region {
  return new Region(config, { ...sample, flags: flagSet(), ...parts }, 3);
}

describe("a region", () => {
  it("has half-open ranges on both sides", () => {
    const { phys, virt, index, size } = regionWith({ physStart: 0x1000n, virtStart: 0x5000n, size: 0x2000n });
    expect([phys, virt, index, size]).to.deep.equal([
      { start: 0x1000n, end: 0x3000n },
      { start: 0x5000n, end: 0x7000n },
      3,
      0x2000n,
    ]);
  });

  it("ends at 2^64 at the latest", () => {
    const last = 2n ** 64n - 0x1000n;
    const ends = (size: bigint): readonly bigint[] => {
      const { phys, virt } = regionWith({ physStart: last, virtStart: last + 1n, size });
      return [phys.end, virt.end];
    };
    expect(ends(0xfffn)).to.deep.equal([2n ** 64n - 1n, 2n ** 64n]);
    expect(ends(0x1000n)).to.deep.equal([2n ** 64n, 2n ** 64n]);
    expect(ends(0x1001n)).to.deep.equal([2n ** 64n, 2n ** 64n]);
  });

  const flags = {
    read: "JAILHOUSE_MEM_READ",
    write: "JAILHOUSE_MEM_WRITE",
    execute: "JAILHOUSE_MEM_EXECUTE",
    dma: "JAILHOUSE_MEM_DMA",
    io: "JAILHOUSE_MEM_IO",
    comm: "JAILHOUSE_MEM_COMM_REGION",
    loadable: "JAILHOUSE_MEM_LOADABLE",
    rootShared: "JAILHOUSE_MEM_ROOTSHARED",
  } as const;
  for (const [name, flag] of Object.entries(flags)) {
    it(`knows ${flag}`, () => {
      const set = regionWith({ flags: flagSet(flag) });
      const known = Object.keys(flags).filter((each) => set[each as keyof typeof flags]);
      expect(known).to.deep.equal([name]);
    });
  }

  it("is trapped where address in the cell or size is not of whole pages; the physical address does not count", () => {
    const isSubPage = (physStart: bigint, virtStart: bigint, size: bigint): boolean =>
      regionWith({ physStart, virtStart, size }).isSubPage;
    expect(isSubPage(0x1000n, 0x2000n, 0x1000n)).to.equal(false);
    expect(isSubPage(0x1800n, 0x2000n, 0x1000n)).to.equal(false);
    expect(isSubPage(0x1000n, 0x2800n, 0x1000n)).to.equal(true);
    expect(isSubPage(0x1000n, 0x2001n, 0x1000n)).to.equal(true);
    expect(isSubPage(0x1000n, 0x2000n, 0x1001n)).to.equal(true);
    expect(isSubPage(0x1000n, 0x2000n, 0xfffn)).to.equal(true);
    expect(isSubPage(0x1000n, 0x2000n, 0x800n)).to.equal(true);
  });

  it("is mapped where it is neither empty nor trapped", () => {
    const isMapped = (size: bigint): boolean => regionWith({ virtStart: 0n, size }).isMapped;
    expect([isMapped(0n), isMapped(1n), isMapped(0x1000n)]).to.deep.equal([false, false, true]);
  });

  it("stands for physical memory where it is neither empty nor the communication region", () => {
    const comm = flagSet("JAILHOUSE_MEM_COMM_REGION");
    const regions = [
      regionWith({ size: 0n }),
      regionWith({ size: 1n }),
      regionWith({ size: 1n, flags: comm }),
    ];
    expect(regions.map(({ hasPhysical }) => hasPhysical)).to.deep.equal([false, true, false]);
  });

  it("has a width of access by any of four flags", () => {
    const hasWidth = (...names: readonly string[]): boolean =>
      regionWith({ flags: flagSet(...names) }).hasWidth;
    for (const bits of [8, 16, 32, 64])
      expect(hasWidth("JAILHOUSE_MEM_IO", `JAILHOUSE_MEM_IO_${bits}`)).to.equal(true);
    expect(hasWidth("JAILHOUSE_MEM_IO", "JAILHOUSE_MEM_IO_UNALIGNED")).to.equal(false);
  });

  it("is zero where every field is", () => {
    const zero = { physStart: 0n, virtStart: 0n, size: 0n };
    expect(regionWith(zero).isZero).to.equal(true);
    for (const name of ["physStart", "virtStart", "size"])
      expect(regionWith({ ...zero, [name]: 1n }).isZero, name).to.equal(false);
    expect(regionWith({ ...zero, flags: flagSet("JAILHOUSE_MEM_READ") }).isZero).to.equal(false);
    expect(regionWith({ ...zero, flags: { names: [], unknown: 2n } }).isZero).to.equal(false);
  });

  it("gives its places", () => {
    const region = config.regions[0]!;
    expect(region.spot("size")).to.deep.equal({ config, node: region.node, field: "size" });
    expect(region.spot()).to.deep.equal({ config, node: region.node });
    expect(region.config).to.be.instanceOf(CheckedConfig);
  });
});
