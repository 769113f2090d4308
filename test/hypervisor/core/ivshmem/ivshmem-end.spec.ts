import { expect } from "chai";
import { dispatch } from "../../../../hypervisor/core/mmio/dispatch.js";
import { HypervisorFault, MachineHang } from "../../../../hypervisor/core/refusal.js";
import { baseOf, command, demoLink, LinkMachine, offset, oneShot, register } from "./link-machine.js";
import { type DeviceChange, withDevice } from "./with-device.js";

const demo = 1;
const addresses = { root: 0xe000_0000, demo: 0xe001_0000 } as const;

/** A machine with a cell made of ivshmem-demo, and its lines. */
function withDemo(change: DeviceChange = {}): LinkMachine {
  const links = new LinkMachine();
  links.machine.create(withDevice(baseOf("ivshmem-demo"), change), demo);
  return links;
}

describe("an end of a link", () => {
  describe("with more peers than a link has ends", () => {
    const peers = (count: number): DeviceChange => ({
      fields: { shmem_peers: count },
      moreRegions: count,
    });

    it("tells those that are there, as long as the others lie in the link's own page", () => {
      const links = withDemo(peers(14));
      links.bringUp(0, addresses.root, 0, 0x20);
      links.bringUp(demo, addresses.demo, 1, 0x40);
      expect(links.write(demo, addresses.demo + offset.state, 7)).to.equal("done");
      expect(links.takeInterrupts()).to.deep.equal([{ destination: 0, vector: 0x20 }]);
      expect(links.read(demo, addresses.demo + offset.maxPeers)).to.equal(14n);
    });

    it("stops the machine where their lock lies behind that page, once a state is new", () => {
      const links = withDemo(peers(15));
      links.bringUp(demo, addresses.demo, 1, 0x40);
      expect(links.write(demo, addresses.demo + offset.state, 0)).to.equal("done");
      expect(() => links.write(demo, addresses.demo + offset.state, 7)).to.throw(
        MachineHang,
        "end 14 of the link 01:0e.0",
      );
      expect(links.states()).to.deep.equal([0, 7, 0]);
    });
  });

  describe("without peers", () => {
    it("has what follows the memory regions in the config as the size of its output", () => {
      const links = withDemo({ fields: { shmem_peers: 0, shmem_regions_start: 5 } });
      const end = links.end(demo);
      // Two ranges of ports are 8 bytes; the size is then read from bytes 8 to 15 of the device: within its masks.
      expect([0x48, 0x50, 0x54].map((address) => end.readConfig(address))).to.deep.equal([
        0x1000, 0xf000_ffff, 0xffff,
      ]);
    });
  });

  it("has its regions at a number that wraps: the hypervisor faults, at a new link, too", () => {
    const links = new LinkMachine();
    const fields = { bdf: 0x1f8, shmem_regions_start: 0xffff_fffe };
    expect(() => links.machine.create(withDevice(baseOf("ivshmem-demo"), { fields }), demo)).to.throw(
      HypervisorFault,
      "memory region 4294967294",
    );
    expect(links.machine.takeLines()).to.deep.equal([
      'Adding virtual PCI device 01:1f.0 to cell "ivshmem-demo"',
    ]);
  });

  it("takes bits of a narrow write that lie beyond its bytes for the rest of the word", () => {
    const end = withDemo().end(demo);
    // One byte at 0x40, with the one-shot bit in the upper bits of the register that is stored.
    expect(end.writeConfig(register.vendorCapability, 0xff, oneShot)).to.equal("done");
    expect(end.readConfig(0x43)).to.equal(1);
    // Without stray bits the others stay.
    expect(end.writeConfig(register.vendorCapability, 0xff, 0)).to.equal("done");
    expect(end.readConfig(0x43)).to.equal(1);
    expect(end.writeConfig(register.vendorCapability, 0xff00_0000, 0)).to.equal("done");
    expect(end.readConfig(0x43)).to.equal(0);
  });

  it("has its regions where the base addresses say, without the bits that tell their kind", () => {
    const links = withDemo();
    const end = links.end(demo);
    end.pciFunction.bars.set([addresses.demo + 0xc, addresses.demo + 0x800f]);
    end.writeConfig(register.command, 0xffff, command.memory);
    const starts = links.cell(demo).mmio.regions.map(({ start }) => Number(start));
    expect(starts.slice(-2)).to.deep.equal([addresses.demo, addresses.demo + 0x8000]);
  });

  it("takes the lower half of what is written to a vector with 64 bits", () => {
    const links = withDemo();
    links.bringUp(demo, addresses.demo, 1, 0x40);
    const table = addresses.demo + 0x8000;
    expect(dispatch(links.cell(demo), 1, table, 8, 0x1122_3344_5566_7789n)).to.equal("done");
    expect(links.read(demo, table)).to.equal(0x5566_7789n);
    expect(links.read(demo, table + 4)).to.equal(0n);
  });

  it("keeps the interrupt of its first vector, whatever becomes of the pin", () => {
    const links = withDemo();
    links.bringUp(demo, addresses.demo, 1, 0x40);
    const { memory, master, interruptOff } = command;
    for (const bits of [memory | master | interruptOff, memory | master]) {
      links.end(demo).writeConfig(register.command, 0xffff, bits);
      links.write(demo, addresses.demo + offset.doorbell, 0x1_0000);
      expect(links.takeInterrupts()).to.deep.equal([{ destination: 1, vector: 0x40 }]);
    }
  });

  it("leaves a region of no bytes in the table, and says when the table is full", () => {
    const links = withDemo({ fields: { bar_mask: [0, 0, 0, 0, 0, 0] } });
    const end = links.end(demo);
    const sizes = (): readonly bigint[] => links.cell(demo).mmio.regions.map(({ size }) => size);
    const window = sizes()[0]!;
    links.machine.takeLines();
    end.writeConfig(register.command, 0xffff, command.memory);
    expect(sizes()).to.deep.equal([0n, 0x200n, window]);
    end.writeConfig(register.command, 0xffff, 0);
    expect(sizes()).to.deep.equal([0n, window]);
    expect(links.machine.takeLines()).to.deep.equal([]);
    end.writeConfig(register.command, 0xffff, command.memory);
    expect(sizes()).to.deep.equal([0n, 0n, window]);
    expect(links.machine.takeLines()).to.deep.equal(["WARNING: Overflow during MMIO region registration!"]);
  });

  it("keeps the interrupt it had where a new one would leave the cell, and stops there", () => {
    const links = withDemo();
    links.bringUp(demo, addresses.demo, 1, 0x40);
    links.machine.takeLines();
    const table = addresses.demo + 0x8000;
    expect(links.write(demo, table + 16, 0xfee0_0000)).to.equal("denied");
    expect(links.machine.takeLines()).to.deep.equal([
      'FATAL: ivshmem MSI-X target outside of cell "ivshmem-demo" device 01:0e.0',
    ]);
    links.write(demo, addresses.demo + offset.doorbell, 0x1_0001);
    expect(links.takeInterrupts()).to.deep.equal([{ destination: 1, vector: 0x41 }]);
    // Vector 0 is looked at before vector 1, vector 2 is not reached: it stays enabled without a bus master.
    const end = links.end(demo);
    expect(end.writeConfig(register.command, 0xffff, command.memory)).to.equal("done");
    expect(end.writeConfig(register.command, 0xffff, command.memory | command.master)).to.equal("rejected");
    expect(end.readConfig(4)).to.equal(0x10_0006);
    for (const vector of [0, 1, 2]) links.write(demo, addresses.demo + offset.doorbell, 0x1_0000 + vector);
    expect(links.takeInterrupts()).to.deep.equal([{ destination: 1, vector: 0x40 }]);
  });

  it("removes from the next cell that has it what that has registered at the regions it left active", () => {
    const links = withDemo();
    const window = links.cell(demo).mmio.regions.find(({ handler }) => handler.kind === "mmconfig")!;
    const kinds = (): readonly string[] => links.cell(demo).mmio.regions.map(({ handler }) => handler.kind);
    const leaveActiveAt = (address: number): void => {
      const end = links.end(demo);
      end.pciFunction.bars.set([address, 0xe001_0000]);
      end.writeConfig(register.command, 0xffff, command.memory);
      links.machine.destroy(demo);
      links.machine.create(baseOf("ivshmem-demo"), demo);
    };
    leaveActiveAt(addresses.demo);
    expect(kinds()).to.deep.equal(["mmconfig"]);
    leaveActiveAt(Number(window.start) + 0x1000);
    expect(kinds()).to.deep.equal([]);
    // What an end before the last one left is forgotten.
    links.machine.destroy(demo);
    links.machine.create(baseOf("ivshmem-demo"), demo);
    expect(kinds()).to.deep.equal(["mmconfig"]);
  });

  it("names its own cell as a peer where that has two ends of a link", () => {
    const links = new LinkMachine();
    const twice = { fields: { bdf: 0x160, shmem_dev_id: 2 }, device: 1 };
    links.machine.create(withDevice(baseOf("linux-x86-demo"), twice), demo);
    expect(links.machine.takeLines().slice(3, 7)).to.deep.equal([
      'Adding virtual PCI device 01:0c.0 to cell "linux-x86-demo"',
      "Shared memory connection established, peer cells:",
      ' "QEMU-VM"',
      ' "linux-x86-demo"',
    ]);
    expect(links.end(demo, 0x160).pciFunction.info.shmemDevId).to.equal(1);
  });

  it("finds its words zero where it is the first of a link, but no others", () => {
    const links = new LinkMachine();
    const { memory } = links.hypervisor.machine;
    for (let id = 0; id < 12; id++) memory.write(0x3f0f_0000 + 4 * id, 4, 9n);
    const fields = { bdf: 0x1f8, shmem_dev_id: 5 };
    links.machine.create(withDevice(baseOf("ivshmem-demo"), { fields }), demo);
    expect(links.states(12)).to.deep.equal([0, 0, 0, 9, 9, 0, 9, 9, 9, 9, 9, 9]);
    links.machine.destroy(demo);
    // A second end has its own word reset only.
    for (let id = 0; id < 12; id++) memory.write(0x3f0f_0000 + 4 * id, 4, 9n);
    links.machine.create(baseOf("ivshmem-demo"), demo);
    expect(links.states(12)).to.deep.equal([9, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
    expect(
      links
        .end(demo, demoLink)
        .link.ends.map((end) => end?.cell.name ?? null)
        .slice(0, 3),
    ).to.deep.equal(["QEMU-VM", "ivshmem-demo", null]);
  });
});
