import { expect } from "chai";
import fc from "fast-check";
import { pageSize } from "../../../hypervisor/core/paging/table-format.js";
import { MemoryExhausted, PhysicalMemory } from "../../../hypervisor/machine/physical-memory.js";

const limit = 2 ** 48;
const ones = 0xffff_ffffn;

describe("physical memory", () => {
  it("ends at 2^48: what lies behind is absent, and does not come back anywhere", () => {
    const memory = new PhysicalMemory();
    for (const address of [limit, limit + 0x1000, 2 ** 50, 2 ** 52 - 4]) {
      memory.write(address, 4, 0x1234n);
      memory.writeBytes(address, Uint8Array.of(1, 2, 3, 4));
      expect(memory.read(address, 4)).to.equal(ones);
      expect(memory.readBytes(address, 2)).to.deep.equal(Uint8Array.of(0xff, 0xff));
      expect(memory.read(address % limit, 4)).to.equal(0n);
      expect(memory.writeView(address / pageSize)).to.equal(null);
    }
    memory.write(limit - 4, 4, 0x5678n);
    expect(memory.read(limit - 4, 4)).to.equal(0x5678n);
    expect(memory.read(limit - 2, 4)).to.equal(0xffff_0000n);
    expect(memory.touchedPages).to.equal(1);
  });

  it("comes into being by writes only, and reads as zeros before", () => {
    const memory = new PhysicalMemory();
    expect(memory.read(0x5000, 8)).to.equal(0n);
    expect(memory.readBytes(0x5ffe, 4)).to.deep.equal(new Uint8Array(4));
    expect(memory.readView(5)).to.equal(null);
    expect(memory.shown(5)).to.deep.equal(new Uint8Array(pageSize));
    expect(memory.isMemory(5)).to.equal(true);
    memory.clearPage(5);
    expect(memory.touchedPages).to.equal(0);
  });

  it("says when a page that was shown empty has been written to since", () => {
    const memory = new PhysicalMemory();
    const before = memory.generation;
    memory.write(0x1000, 1, 1n);
    expect(memory.generation).to.equal(before);
    memory.shown(2);
    memory.write(0x2000, 1, 1n);
    expect(memory.generation).to.not.equal(before);
    expect(memory.shown(2)![0]).to.equal(1);
  });

  it("is bounded for cells and devices, not for what the hypervisor writes", () => {
    const memory = new PhysicalMemory(2);
    memory.writeBytes(0x1000, Uint8Array.of(1));
    expect(memory.writeView(2)).to.not.equal(null);
    expect(() => memory.writeView(3)).to.throw(MemoryExhausted, "cells and devices have touched more than");
    expect(() => memory.writeBytes(0x2fff, Uint8Array.of(7, 8))).to.throw(MemoryExhausted);
    // What there was room for is written.
    expect(memory.read(0x2fff, 1)).to.equal(7n);
    memory.write(0x3000, 4, 1n);
    memory.writeBytes(0x3000, Uint8Array.of(2));
    expect(memory.read(0x3000, 1)).to.equal(2n);
  });

  it("keeps what was written last, whatever the sizes and pages", () => {
    const access = fc.record({
      address: fc.integer({ min: 0x0ff0, max: 0x3010 }),
      size: fc.constantFrom(1, 2, 4, 8) as fc.Arbitrary<1 | 2 | 4 | 8>,
      value: fc.bigInt(0n, 2n ** 64n - 1n),
    });
    fc.assert(
      fc.property(fc.array(access, { maxLength: 20 }), (accesses) => {
        const memory = new PhysicalMemory();
        const plain = new Map<number, number>();
        for (const { address, size, value } of accesses) {
          memory.write(address, size, value);
          for (let byte = 0; byte < size; byte++) {
            plain.set(address + byte, Number((value >> BigInt(8 * byte)) & 0xffn));
          }
        }
        const bytes = memory.readBytes(0x0fe0, 0x2050);
        const wrong = bytes.findIndex((byte, index) => byte !== (plain.get(0x0fe0 + index) ?? 0));
        expect(wrong).to.equal(-1);
      }),
    );
  });
});
