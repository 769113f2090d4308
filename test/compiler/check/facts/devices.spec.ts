import { expect } from "chai";
import {
  addressKey,
  boardIommuFinder,
  boardPciOf,
  ownersOf,
} from "../../../../compiler/check/facts/board-pci.js";
import { devicesByAddress, interruptsOf, slotOf } from "../../../../compiler/check/facts/devices.js";
import { boardOf, setOf } from "../../../support/checking.js";

const set = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:02.0; device 00:03.0 }
cell demo { cpus 1; device 00:02.0; device 00:02.0; device 00:03.0 }
cell other { cpus 2; device 00:02.0 }`);
const [device] = set.cells[0]!.cell.pciDevices;
const at = (domain: number, bdf: number): typeof device & object => ({ ...device!, domain, bdf });

/** Ends and neighbours of domains, buses and devices. */
const domains = [0, 1, 2, 0xffff];
const bdfs = [0, 1, 7, 8, 9, 15, 16, 0xff, 0x100, 0xfff8, 0xffff];
const all = domains.flatMap((domain) => bdfs.map((bdf) => at(domain, bdf)));

describe("addresses of PCI devices", () => {
  it("have a key each, and slots one for all functions", () => {
    for (const one of all)
      for (const other of all) {
        const isSame = one.domain === other.domain && one.bdf === other.bdf;
        expect(addressKey(one) === addressKey(other)).to.equal(isSame);
        const isSameSlot =
          one.domain === other.domain && Math.floor(one.bdf / 8) === Math.floor(other.bdf / 8);
        expect(slotOf(one) === slotOf(other)).to.equal(isSameSlot);
      }
  });

  it("are looked for without their domains: the first entry counts", () => {
    const [first, second, third] = [at(0, 8), at(1, 8), at(1, 16)];
    const found = devicesByAddress([first, second, third]);
    expect([found.get(8), found.get(16), found.get(24)]).to.deep.equal([first, third, undefined]);
    expect(found.get(8)).to.equal(first);
  });

  it("are reserved interrupts for, of the kind with more of them", () => {
    const of = (numMsiVectors: number, numMsixVectors: number): number =>
      interruptsOf({ ...device!, numMsiVectors, numMsixVectors });
    expect([of(0, 0), of(4, 1), of(1, 8)]).to.deep.equal([0, 4, 8]);
  });

  it("have owners: cells other than the root cell, each once", () => {
    const owners = ownersOf(set);
    expect(owners.get(addressKey(at(0, 0x10)))).to.deep.equal([...set.cells]);
    expect(owners.get(addressKey(at(0, 0x18)))).to.deep.equal([set.cells[0]]);
    expect(owners.get(addressKey(at(1, 0x10)))).to.equal(undefined);
    expect(owners.get(addressKey(at(0, 0xfa)))).to.equal(undefined);
  });
});

describe("PCI devices of a board", () => {
  const board = boardOf(`pci:
  - { address: 00:02.0 }
  - { address: 0001:00:02.0 }
iommus:
  - { at: 0xfed90000, scope: [00:02.0, 0001:00:03.0] }
  - { at: 0xfed91000, others: true }
`);

  it("are known by domain and address", () => {
    const devices = boardPciOf(board)!;
    expect(devices.size).to.equal(2);
    expect(devices.get(addressKey(at(1, 0x10)))?.address).to.include({ domain: 1, bdf: 0x10 });
    expect(devices.get(addressKey(at(2, 0x10)))).to.equal(undefined);
    expect(boardPciOf(boardOf("name: board"))).to.equal(null);
  });

  it("are behind the unit that names them, or the one for all others", () => {
    const unitOf = boardIommuFinder(board);
    const baseOf = (domain: number, bdf: number): unknown => board.iommus!.indexOf(unitOf(at(domain, bdf))!);
    expect([baseOf(0, 0x10), baseOf(1, 0x18), baseOf(1, 0x10), baseOf(0, 0x18)]).to.deep.equal([0, 0, 1, 1]);
    expect(boardIommuFinder(boardOf("name: board"))(at(0, 0))).to.equal(undefined);
  });
});
