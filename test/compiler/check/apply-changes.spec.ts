import { expect } from "chai";
import { changedModel, movedIndices } from "../../../compiler/check/apply-changes.js";
import type { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import type { Change } from "../../../compiler/check/fix.js";
import type { CellConfig } from "../../../compiler/ir/config.js";
import { setOf } from "../../support/checking.js";
import { copy, flag, remove, set } from "../../support/fixing.js";

const [cell] = setOf(`architecture x86
cell demo {
  cpus 1
  memory at 0x1000 size 4K r
  memory shm at 0x2000 size 4K r
  memory at 0x3000 size 4K rw
  ivshmem 00:0e.0 { regions from shm; id 1; peers 2 }
  device 00:02.0 { capabilities pm 0x50, exp 0xa0 }
  device 00:03.0
}
`).cells as [CheckedConfig];
const [first, shm, third] = cell.cell.memoryRegions;
const [link, device, other] = cell.cell.pciDevices;

function changed(...changes: readonly Change[]): CellConfig {
  return changedModel(cell, changes) as CellConfig;
}

describe("the model with changes", () => {
  it("is the same where there are none, without origins", () => {
    const same = changed();
    expect(same.memoryRegions.map(({ physStart }) => physStart)).to.deep.equal([0x1000n, 0x2000n, 0x3000n]);
    expect(
      JSON.stringify(same, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
    ).not.to.contain("rigins");
  });

  it("has other numbers, in the type of the field", () => {
    const after = changed(set(cell, first!, "size", 0x2000n), set(cell, link!, "shmemPeers", 3n));
    expect(after.memoryRegions.map(({ size }) => size)).to.deep.equal([0x2000n, 0x1000n, 0x1000n]);
    expect(after.pciDevices.map(({ shmemPeers }) => shmemPeers)).to.deep.equal([3, 0, 0]);
  });

  it("has flags in their order", () => {
    const after = changed(
      flag(cell, third!, "JAILHOUSE_MEM_READ", false),
      flag(cell, shm!, "JAILHOUSE_MEM_DMA", true),
      flag(cell, shm!, "JAILHOUSE_MEM_WRITE", true),
    );
    expect(after.memoryRegions.slice(1).map(({ flags }) => flags.names)).to.deep.equal([
      ["JAILHOUSE_MEM_READ", "JAILHOUSE_MEM_WRITE", "JAILHOUSE_MEM_DMA"],
      ["JAILHOUSE_MEM_WRITE"],
    ]);
  });

  it("has copies of what the element was, behind it", () => {
    const after = changed(
      set(cell, first!, "size", 1n),
      copy(cell, first!, { physStart: 5n }, ["JAILHOUSE_MEM_IO_8"]),
      copy(cell, first!, { physStart: 6n }),
    );
    expect(
      after.memoryRegions.map(({ physStart, size, flags }) => [physStart, size, flags.names.length]),
    ).to.deep.equal([
      [0x1000n, 1n, 1],
      [5n, 0x1000n, 2],
      [6n, 0x1000n, 1],
      [0x2000n, 0x1000n, 1],
      [0x3000n, 0x1000n, 2],
    ]);
  });

  it("keeps the regions of devices, whose indices move", () => {
    const starts = (...changes: readonly Change[]): readonly number[] =>
      changed(...changes).pciDevices.map(({ shmemRegionsStart }) => shmemRegionsStart);
    expect(starts()).to.deep.equal([1, 0, 0]);
    expect(starts(remove(cell, first!))).to.deep.equal([0, 0, 0]);
    expect(starts(copy(cell, first!, {}))).to.deep.equal([2, 0, 0]);
    expect(starts(copy(cell, shm!, {}))).to.deep.equal([1, 0, 0]);
    expect(starts(remove(cell, first!), set(cell, link!, "shmemPeers", 3n))).to.deep.equal([0, 0, 0]);
    expect(starts(remove(cell, first!), set(cell, link!, "shmemRegionsStart", 7n))).to.deep.equal([7, 0, 0]);
    const moves = movedIndices(cell, [copy(cell, first!, {}), copy(cell, first!, {})]);
    expect(moves.map(({ field, by }) => [field, by])).to.deep.equal([["shmemRegionsStart", 2n]]);
    expect(movedIndices(cell, [remove(cell, third!)])).to.deep.equal([]);
  });

  it("keeps the capabilities of devices that have some", () => {
    const [pm] = cell.cell.pciCapabilities;
    const starts = changed(copy(cell, pm!, {})).pciDevices.map(({ capsStart }) => capsStart);
    expect(starts).to.deep.equal([link, device, other].map((each) => each!.capsStart));
    const moved = movedIndices(cell, [remove(cell, pm!)]);
    expect(moved).to.deep.equal([]);
  });

  it("tells which indices follow, those that are set apart", () => {
    const told = (...changes: readonly Change[]): readonly unknown[] =>
      movedIndices(cell, changes).map(({ node, field, by }) => [
        cell.cell.pciDevices.indexOf(node as (typeof cell.cell.pciDevices)[number]),
        field,
        by,
      ]);
    const removal = remove(cell, first!);
    expect(told(removal)).to.deep.equal([[0, "shmemRegionsStart", -1n]]);
    expect(told(removal, set(cell, link!, "shmemRegionsStart", 7n))).to.deep.equal([]);
    expect(told(removal, set(cell, link!, "shmemPeers", 3n))).to.deep.equal([[0, "shmemRegionsStart", -1n]]);
    expect(told(removal, set(cell, device!, "shmemRegionsStart", 7n))).to.deep.equal([
      [0, "shmemRegionsStart", -1n],
    ]);
    const [elsewhere] = setOf("architecture x86\ncell demo { cpus 1; memory at 0 size 4K r }\n").cells;
    const same = { ...removal, at: { ...removal.at, config: elsewhere! } } as Change;
    expect(told(same)).to.deep.equal([]);
  });

  it("moves the capabilities of devices that have some", () => {
    const [two] = setOf(`architecture x86
cell demo {
  cpus 1
  device 00:02.0 { capabilities pm 0x50 }
  device 00:03.0 { capabilities pm 0x60 }
  device 00:04.0 { capabilities exp 0xa0 }
  device 00:05.0
}
`).cells;
    const { pciCapabilities, pciDevices } = two!.cell;
    const before = pciDevices.map(({ capsStart }) => capsStart);
    const removal = remove(two!, pciCapabilities[0]!);
    const after = (changedModel(two!, [removal]) as CellConfig).pciDevices.map(({ capsStart }) => capsStart);
    const moves = movedIndices(two!, [removal]).map(({ node, field, by }) => [
      pciDevices.indexOf(node as (typeof pciDevices)[number]),
      field,
      by,
    ]);
    const moved = pciDevices.flatMap(({ numCaps, capsStart }, index) =>
      numCaps > 0 && capsStart > 0 ? [[index, "capsStart", -1n]] : [],
    );
    expect(moved).to.have.length(2);
    expect(moves).to.deep.equal(moved);
    expect(after).to.deep.equal(
      before.map((start, index) => (moved.some(([each]) => each === index) ? start - 1 : start)),
    );
  });

  it("is none where a change is impossible", () => {
    for (const change of [
      set(cell, first!, "nothing", 1n),
      set(cell, first!, "flags", 1n),
      set(cell, link!, "shmemPeers", (1n << 64n) - 1n),
      set(cell, link!, "type", 1n),
      flag(cell, first!, "JAILHOUSE_MEM_WRITE", true, "nothing"),
      flag(cell, first!, "JAILHOUSE_MEM_READ", true),
      flag(cell, first!, "JAILHOUSE_MEM_WRITE", false),
      flag(cell, first!, "JAILHOUSE_MEM_WRITE", true, "size"),
      remove(cell, cell.cell),
      copy(cell, cell.cell, {}),
    ])
      expect(changed(change), change.kind).to.equal(undefined);
  });

  it("passes over the changes of others", () => {
    const [stranger] = setOf("architecture x86\ncell demo { cpus 1; memory at 0 size 4K r }\n").cells;
    const change = remove(stranger!, stranger!.cell.memoryRegions[0]!);
    expect(changed(change)).to.deep.equal(changed());
  });
});
