import { expect } from "chai";
import { ConfigSpaceInMemory, PciBus, PciConfigSpace } from "../../../hypervisor/machine/pci-bus.js";
import { PciPorts } from "../../../hypervisor/machine/pci-ports.js";
import { PhysicalMemory } from "../../../hypervisor/machine/physical-memory.js";
import { PortSpace } from "../../../hypervisor/machine/port-space.js";

function busWith(bdf: number): { bus: PciBus; space: PciConfigSpace } {
  const bus = new PciBus();
  const space = new PciConfigSpace();
  bus.add(bdf, space);
  return { bus, space };
}

describe("a configuration space", () => {
  it("is little-endian, and reads as ones behind its end", () => {
    const space = new PciConfigSpace();
    space.write(0xffc, 4, 0x8123_4567);
    expect([space.read(0xffc, 4), space.read(0xffd, 2), space.read(0xfff, 2)]).to.deep.equal([
      0x8123_4567, 0x2345, 0xff81,
    ]);
  });

  it("keeps bits that cannot be written", () => {
    const space = new PciConfigSpace();
    space.write(4, 4, 0xffff_0000);
    space.writable.set([0xff, 0x0f, 0, 0], 4);
    space.write(4, 4, 0x1234_5678);
    expect(space.read(4, 4)).to.equal(0xffff_0678);
  });
});

describe("a bus in memory", () => {
  const start = 0xb000_0000;
  const place = 0x123 * 0x1000;

  function memoryWith(buses: number): { memory: PhysicalMemory; space: PciConfigSpace } {
    const { bus, space } = busWith(0x123);
    const memory = new PhysicalMemory();
    memory.addDevice(start, buses * 0x10_0000, new ConfigSpaceInMemory(bus));
    return { memory, space };
  }

  for (const buses of [2, 256]) {
    it(`shows ${buses * 256} functions, and ones where there is none`, () => {
      const { memory, space } = memoryWith(buses);
      memory.write(start + place + 0x10, 4, 0x89ab_cdefn);
      expect(space.read(0x10, 4)).to.equal(0x89ab_cdef);
      expect(memory.read(start + place + 0x12, 2)).to.equal(0x89abn);
      expect(memory.read(start, 4)).to.equal(0xffff_ffffn);
      expect(memory.read(start + buses * 0x10_0000, 4)).to.equal(0n);
      expect(memory.isMemory(start / 0x1000 + 1)).to.equal(false);
    });
  }

  it("takes 8 bytes as two words", () => {
    const { memory, space } = memoryWith(2);
    memory.write(start + place + 0x40, 8, 0x1122_3344_8566_7788n);
    expect([space.read(0x40, 4), space.read(0x44, 4)]).to.deep.equal([0x8566_7788, 0x1122_3344]);
    expect(memory.read(start + place + 0x40, 8)).to.equal(0x1122_3344_8566_7788n);
  });

  it("lies under small devices", () => {
    const { memory } = memoryWith(256);
    memory.addDevice(start + place, 0x1000, { read: () => 7n, write: () => {} });
    expect(memory.read(start + place, 4)).to.equal(7n);
  });
});

describe("a bus behind ports", () => {
  it("is reached through an address that enables it", () => {
    const { bus, space } = busWith(0xd8);
    const ports = new PortSpace();
    ports.add(0xcf8, 8, new PciPorts(bus));
    ports.write(0xcf8, 4, 0x8000_d840);
    expect(ports.read(0xcf8, 4)).to.equal(0x8000_d840);
    ports.write(0xcfe, 2, 0xabcd);
    expect([space.read(0x40, 4), ports.read(0xcff, 1)]).to.deep.equal([0xabcd_0000, 0xab]);
    ports.write(0xcf8, 4, 0x0000_d840);
    ports.write(0xcfc, 4, 0);
    expect([space.read(0x40, 4), ports.read(0xcfc, 4)]).to.deep.equal([0xabcd_0000, 0xffff_ffff]);
    // Parts of the address cannot be written.
    ports.write(0xcf8, 1, 0);
    ports.write(0xcfb, 1, 0x80);
    expect(ports.read(0xcf8, 4)).to.equal(0x0000_d840);
  });

  it("is one device among others: ports without any read as ones", () => {
    const ports = new PortSpace();
    ports.write(0x80, 1, 0);
    expect([ports.read(0x80, 1), ports.read(0x80, 2), ports.read(0x80, 4)]).to.deep.equal([
      0xff, 0xffff, 0xffff_ffff,
    ]);
  });
});
