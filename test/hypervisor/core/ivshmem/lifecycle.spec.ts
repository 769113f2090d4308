import { expect } from "chai";
import { MachineHang } from "../../../../hypervisor/core/refusal.js";
import { baseOf, command, demoLink, LinkMachine, offset, register } from "./link-machine.js";

const [root, demo] = [0, 1];
const addresses = [0xe000_0000, 0xe001_0000];
const firstVectors = [0x20, 0x40];
const ringOf = (target: number, vector: number): number => target * 0x1_0000 + vector;

/** Root and the cell ivshmem-demo, both ready for interrupts, and in states of their own. */
function linked(): LinkMachine {
  const links = new LinkMachine();
  links.machine.create(baseOf("ivshmem-demo"), demo);
  links.machine.start(demo);
  for (const id of [root, demo]) links.bringUp(id, addresses[id]!, id, firstVectors[id]!);
  links.write(root, addresses[root]! + offset.state, 3);
  links.write(demo, addresses[demo]! + offset.state, 4);
  links.takeInterrupts();
  links.machine.takeLines();
  return links;
}

describe("links while cells come and go", () => {
  for (const action of ["load", "start", "destroy"] as const) {
    it(`resets the state of a cell at ${action}, tells its peers, and lets it hear nothing more`, () => {
      const links = linked();
      links.machine[action](demo);
      expect(links.states()).to.deep.equal([3, 0, 0]);
      expect(links.takeInterrupts()).to.deep.equal([{ destination: 0, vector: 0x20 }]);
      links.write(root, addresses[root]! + offset.doorbell, ringOf(demo, 0));
      links.write(root, addresses[root]! + offset.state, 5);
      expect(links.takeInterrupts()).to.deep.equal([]);
      // Root's own end is as it was.
      links.write(root, addresses[root]! + offset.doorbell, ringOf(root, 2));
      expect(links.takeInterrupts()).to.deep.equal([{ destination: 0, vector: 0x22 }]);
    });
  }

  it("takes the regions away at a reset, and forgets what was set", () => {
    const links = linked();
    const end = links.end(demo);
    links.machine.start(demo);
    expect(links.read(demo, addresses[demo]! + offset.id)).to.equal("unhandled");
    expect([...end.pciFunction.bars]).to.deep.equal([0, 0, 0, 0, 0, 0]);
    expect([end.readConfig(4), end.readConfig(0x60)]).to.deep.equal([0x10_0000, 0xf_0011]);
    end.pciFunction.bars.set([addresses[demo]!]);
    end.writeConfig(register.command, 0xffff, command.memory);
    expect(links.read(demo, addresses[demo]! + offset.interruptControl)).to.equal(0n);
  });

  it("masks the vectors of a new end, and keeps further bits of their control at a reset", () => {
    const links = new LinkMachine();
    links.machine.create(baseOf("ivshmem-demo"), demo);
    const { msixVectors } = links.end(demo).pciFunction;
    expect([...msixVectors.subarray(60, 64)]).to.deep.equal([0, 0, 0, 1]);
    links.bringUp(demo, addresses[demo]!, demo, 0x40);
    links.write(demo, addresses[demo]! + 0x8000 + 0xfc, 0xffff_fffe);
    links.machine.start(demo);
    expect([...msixVectors.subarray(60, 64)]).to.deep.equal([0, 0, 0, 0xffff_ffff]);
  });

  it("stops the CPU that creates a cell where root's interrupts go to a CPU of that cell", () => {
    const links = new LinkMachine();
    links.bringUp(root, addresses[root]!, 1, 0x20);
    expect(() => links.machine.create(baseOf("ivshmem-demo"), demo)).to.throw(MachineHang);
    expect(links.machine.takeLines().slice(-3)).to.deep.equal([
      'FATAL: ivshmem MSI-X target outside of cell "QEMU-VM" device 01:0e.0',
      "FATAL: Unsupported MSI/MSI-X state, device 01:0e.0",
      'Stopping CPU 0 (Cell: "QEMU-VM")',
    ]);
  });

  it("narrows a logical destination of root to the CPUs that it has, for as long as it lacks the others", () => {
    const links = new LinkMachine();
    links.bringUp(root, addresses[root]!, 0, 0x20);
    links.write(root, addresses[root]! + 0x8000, 0xfee0_7004);
    const heard = (): readonly number[] => {
      links.write(root, addresses[root]! + offset.doorbell, ringOf(root, 0));
      return links.takeInterrupts().map(({ destination }) => destination);
    };
    expect(heard()).to.deep.equal([7]);
    links.machine.create(baseOf("ivshmem-demo"), demo);
    expect(heard()).to.deep.equal([5]);
    links.machine.destroy(demo);
    expect(heard()).to.deep.equal([7]);
  });

  it("gives the page of a link back with its last end", () => {
    const links = linked();
    const { pool } = links.hypervisor;
    const { link } = links.end(root);
    expect([link.bdf, link.ends.filter((end) => end !== null)]).to.deep.equal([
      demoLink,
      [links.end(root), links.end(demo)],
    ]);
    const before = pool.used;
    links.hypervisor.pci.links.disconnect(links.end(demo));
    expect(pool.used).to.equal(before);
    links.hypervisor.pci.links.disconnect(links.end(root));
    expect(pool.used).to.equal(before - 1);
  });
});
