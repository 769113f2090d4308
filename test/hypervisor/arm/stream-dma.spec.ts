import { expect } from "chai";
import { ArmBoard, plainCell, ramSize } from "./arm-board.js";
import { edited } from "./edited.js";
import { systemWith, unitBase, unitsWith, unitTypes } from "./iommu/units.js";

const ram = 0x7fa0_0000;
const rootRam = 0x4000_0000;
const bytes = Uint8Array.of(1, 2, 3, 4);

/** A cell with two streams, whose RAM is at address 0 for its devices, too. */
function withStreams(system: Uint8Array, streams: readonly number[]): { board: ArmBoard; id: number } {
  const board = new ArmBoard(system);
  const cell = { name: "plain", cpus: [1], ram, streams };
  const id = board.beginWith(plainCell("qemu-arm64-inmate-demo", cell), function* () {});
  return { board, id };
}

const dmaOf = (board: ArmBoard) => board.programs.dma;
const at = (board: ArmBoard, address: number): bigint => board.hypervisor.machine.memory.read(address, 4);

describe("memory as devices on ARM reach it", () => {
  for (const [name, type] of [
    ["an MMU-500", unitTypes.mmu500],
    ["an SMMU of version 3", unitTypes.smmuV3],
  ] as const) {
    it(`is that of the cell behind ${name}, by its addresses`, () => {
      const { board, id } = withStreams(systemWith(type, [0x30]), [0x10]);
      const dma = dmaOf(board);
      expect(dma.write(0x10, 0x8000, bytes)).to.equal(true);
      expect(at(board, ram + 0x8000)).to.equal(0x0403_0201n);
      expect(dma.read(0x10, 0x8000, 4)).to.deep.equal(bytes);
      // Over the end of its RAM, what is in front of it is written.
      expect(dma.write(0x10, ramSize - 2, bytes)).to.equal(false);
      expect(at(board, ram + ramSize - 4)).to.equal(0x0201_0000n);
      expect(dma.read(0x10, rootRam, 4)).to.equal(null);
      expect(dma.read(0x10, 2 ** 50, 4)).to.equal(null);
      // Devices of the root cell reach its memory, and no longer that of the cell.
      expect(dma.write(0x30, rootRam, bytes)).to.equal(true);
      expect(at(board, rootRam)).to.equal(0x0403_0201n);
      expect(dma.read(0x30, ram, 4)).to.equal(null);
      board.destroy(id);
      expect(dma.read(0x30, ram + 0x8000, 4)).to.deep.equal(bytes);
    });
  }

  it("is nothing for streams that match nothing of an MMU-500, and everything without an entry of an SMMUv3", () => {
    const matching = withStreams(systemWith(unitTypes.mmu500, [0x30]), [0x10]).board;
    expect(dmaOf(matching).read(0x11, rootRam, 4)).to.equal(null);
    const open = withStreams(systemWith(unitTypes.smmuV3, [0x30]), [0x10]);
    expect(dmaOf(open.board).write(0x11, rootRam, bytes)).to.equal(true);
    expect(at(open.board, rootRam)).to.equal(0x0403_0201n);
  });

  it("returns with a stream to the root cell that lists the same one, behind an MMU-500", () => {
    const { board, id } = withStreams(systemWith(unitTypes.mmu500, [0x10]), [0x10]);
    const dma = dmaOf(board);
    expect(dma.read(0x10, rootRam, 4)).to.equal(null);
    board.destroy(id);
    expect(dma.write(0x10, rootRam, bytes)).to.equal(true);
    expect(at(board, rootRam)).to.equal(0x0403_0201n);
  });

  it("is what a PVU has been programmed with, by direction", () => {
    const system = edited("qemu-arm64", "system", {
      platform: {
        iommu_units: unitsWith([
          {
            type: unitTypes.pvu,
            base: BigInt(unitBase),
            size: 0x1000,
            tipvu: { tlb_base: BigInt(unitBase + 0x10_0000), tlb_size: 0x4_0000 },
          },
        ]),
      },
      tables: { stream_ids: [{ id: 1 }] },
    });
    const { board } = withStreams(system, [2]);
    const dma = dmaOf(board);
    expect(dma.write(2, 0x8000, bytes)).to.equal(true);
    expect(at(board, ram + 0x8000)).to.equal(0x0403_0201n);
    expect(dma.read(2, ramSize, 4)).to.equal(null);
    expect(dma.read(3, 0x8000, 4)).to.equal(null);
  });

  it("is everything without an IOMMU, as on 32-bit processors", () => {
    const board = new ArmBoard("qemu-arm");
    const dma = dmaOf(board);
    expect(dma.write(0x10, 0x7fc0_0000, bytes)).to.equal(true);
    expect(at(board, 0x7fc0_0000)).to.equal(0x0403_0201n);
  });
});
