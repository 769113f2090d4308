import { expect } from "chai";
import fc from "fast-check";
import "../../support/seed.js";
import {
  type InterruptMessage,
  messageOfMsi,
  messageOfPin,
  remappedAddress,
} from "../../../hypervisor/x86/interrupt-message.js";
import { DeviceMachine } from "./device-machine.js";

const physical: InterruptMessage = {
  vector: 0x31,
  deliveryMode: 0,
  isLogical: false,
  isLevelTriggered: false,
  hasRedirectionHint: false,
  destination: 2,
};
const logical = { ...physical, isLogical: true };

/** QEMU's PC with pci-demo on CPU 2: the root cell has 0, 1 and 3. */
function begun(usesX2apic: boolean) {
  const machine = new DeviceMachine({ cells: ["pci-demo"], usesX2apic }).begin();
  const { apics } = machine.machine.x86;
  const [root, cell] = machine.machine.hypervisor.allCells;
  return { machine, apics, root: root!, cell: cell! };
}

describe("destinations of interrupts", () => {
  for (const usesX2apic of [false, true]) {
    it(`are held to the cell, ${usesX2apic ? "in clusters of 16" : "in one set of 8"}`, () => {
      const { apics, root, cell } = begun(usesX2apic);
      const reach = (destination: number) => [
        apics.withinCell(root, { ...logical, destination })?.destination,
        apics.withinCell(cell, { ...logical, destination })?.destination,
      ];
      expect(reach(0x4)).to.deep.equal([0, 4]);
      expect(reach(0xf)).to.deep.equal([0xb, undefined]);
      expect(reach(0)).to.deep.equal([0, 0]);
      // Nobody is in the second cluster, and its number stays.
      expect(reach(0x1_0004)).to.deep.equal(usesX2apic ? [0x1_0000, undefined] : [0, undefined]);
    });
  }

  it("are one CPU by its id, or none", () => {
    const { apics, root, cell } = begun(true);
    const isAllowed = (destination: number) => [
      apics.withinCell(root, { ...physical, destination }) !== null,
      apics.withinCell(cell, { ...physical, destination }) !== null,
    ];
    expect([1, 2, 4, 255, 0x102].map(isAllowed)).to.deep.equal([
      [true, false],
      [false, true],
      [false, false],
      [false, false],
      [false, false],
    ]);
  });

  it("of lowest priority become the lowest CPU of a set, in fixed mode", () => {
    const { machine, apics } = begun(true);
    apics.send({ ...logical, deliveryMode: 1, destination: 0xc });
    apics.send({ ...physical, deliveryMode: 1, isLevelTriggered: true });
    apics.send({ ...logical, deliveryMode: 4, destination: 0xc });
    expect(machine.sent).to.deep.equal([
      { destination: 4, vector: 0x31, command: 0x4831 },
      { destination: 2, vector: 0x31, command: 0xc031 },
      { destination: 0xc, vector: 0x31, command: 0x4c31 },
    ]);
  });
});

describe("messages of devices", () => {
  it("say vector, mode and destination", () => {
    const words = { addressLow: 0xfee1_200c, addressHigh: 0, data: 0xffff_a741 };
    expect(messageOfMsi(words, 3, 0)).to.deep.equal({
      vector: 0x41,
      deliveryMode: 7,
      isLogical: true,
      isLevelTriggered: false,
      hasRedirectionHint: true,
      destination: 0x12,
    });
    expect(messageOfMsi(words, 3, 1)?.vector).to.equal(0x41);
    expect(messageOfMsi(words, 3, 8)?.vector).to.equal(0x43);
    expect(messageOfMsi(words, 127, 128)?.vector).to.equal(0x7f);
    expect(messageOfPin(0x8931, 0x1200_0000)).to.deep.equal({
      vector: 0x31,
      deliveryMode: 1,
      isLogical: true,
      isLevelTriggered: true,
      hasRedirectionHint: true,
      destination: 0x12,
    });
  });

  it("go nowhere but from the addresses of local APICs", () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff), (addressLow, addressHigh) => {
        const isMessage = (BigInt(addressHigh) * 0x1_0000_0000n + BigInt(addressLow)) >> 20n === 0xfeen;
        expect(messageOfMsi({ addressLow, addressHigh, data: 0 }, 0, 0) !== null).to.equal(isMessage);
      }),
    );
    expect(messageOfMsi({ addressLow: 0xfeef_ffff, addressHigh: 0, data: 0 }, 0, 0)).to.not.equal(null);
  });

  it("that are remapped carry 16 bits of an index, apart from each other", () => {
    fc.assert(
      fc.property(fc.nat(0xffff), (index) => {
        const address = remappedAddress(index);
        expect(address >>> 20).to.equal(0xfee);
        expect(address & 0x1b).to.equal(0x18);
        expect(((address >> 5) & 0x7fff) | ((address & 0x4) << 13)).to.equal(index);
      }),
    );
  });
});
