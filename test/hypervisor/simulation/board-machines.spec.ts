import { expect } from "chai";
import { BusError } from "../../../hypervisor/machine/bus-error.js";
import { packedAffinity } from "../../../hypervisor/machine/gic.js";
import { machineOf, type SimulatedSystem } from "../../../hypervisor/simulation/simulated-system.js";
import { machinesIn } from "../../boards/read-machine.js";
import {
  type BoardConfigs,
  boardFileOf,
  configsOf,
  driverOf,
  factsIn,
  newSystem,
  outcomeOf,
} from "./board-system.js";

function onBoard(configs: BoardConfigs, text: string): SimulatedSystem {
  return newSystem(configs, factsIn(text));
}

describe("machines made from board files", () => {
  const names = machinesIn("boards");
  const pc = configsOf("qemu-x86");
  const arm = configsOf("qemu-arm64");
  const pcFile = boardFileOf("qemu-x86")!;
  const armFile = boardFileOf("qemu-arm64")!;

  it("are those of 17 machines, two of which have a file", () => {
    expect(names).to.have.length(17);
    expect(names.filter((name) => boardFileOf(name) !== undefined)).to.deep.equal(["qemu-arm64", "qemu-x86"]);
  });

  for (const name of names) {
    it(`${name}: takes its own configs, one cell after the other`, () => {
      const configs = configsOf(name);
      const file = boardFileOf(name);
      const driver = driverOf(newSystem(configs, file === undefined ? undefined : factsIn(file)));
      driver.enable(configs.system);
      for (const cell of configs.cells) {
        driver.createCell(cell);
        const id = { id: driver.cells.at(-1)!.id, name: "" };
        driver.loadCell(id, []);
        driver.destroyCell(id);
      }
      driver.disable();
      expect(driver.end).to.equal(null);
    });
  }

  describe("with a file", () => {
    it("differ from derived ones in memory: a PC has none beyond its RAM, and reads give ones there", () => {
      const { memory } = machineOf(onBoard(pc, pcFile));
      const derived = machineOf(newSystem(pc)).memory;
      for (const known of [memory, derived]) {
        known.write(0x3fe0_0000, 4, 0x1234_5678n);
        expect(known.read(0x3fe0_0000, 4)).to.equal(0x1234_5678n);
      }
      memory.write(0x4000_0000, 4, 0x1234_5678n);
      expect(memory.read(0x4000_0000, 4)).to.equal(0xffff_ffffn);
      expect(memory.isMemory(0x4_0000)).to.equal(false);
      expect(derived.read(0x4000_0000, 4)).to.equal(0n);
    });

    it("have what the root cell's config takes for registers, and the first megabyte of a PC", () => {
      const { memory } = machineOf(onBoard(pc, pcFile));
      for (const address of [0xfd00_0000, 0xfed0_0000, 0xb_8000, 0xf_fff0]) {
        memory.write(address, 4, 0x55n);
        expect(memory.read(address, 4), address.toString(16)).to.equal(0x55n);
      }
    });

    it("tell processors of ARM that nothing answers", () => {
      const { memory } = machineOf(onBoard(arm, armFile));
      expect(() => memory.read(0x8000_0000, 4)).to.throw(BusError, "0x80000000");
      expect(() => memory.write(0x8ff_fffc, 4, 0n)).to.throw(BusError, "0x8fffffc");
      expect(memory.read(0x7fff_fff8, 8)).to.equal(0n);
      // A device of the file.
      expect(memory.read(0xa00_3e00, 4)).to.equal(0n);
    });

    it("differ in what Linux uses: the hypervisor cannot be put there", () => {
      const moved = Uint8Array.from(pc.system);
      new DataView(moved.buffer).setBigUint64(placeOfHypervisorMemory, 0x3000_0000n, true);
      expect(outcomeOf(() => driverOf(newSystem(pc)).enable(moved))).to.equal("ok");
      const driver = driverOf(onBoard(pc, pcFile));
      expect(outcomeOf(() => driver.enable(moved))).to.equal("EINVAL");
      expect(driver.log.lines.join("\n")).to.contain("request_mem_region failed for hypervisor memory.");
    });

    it("do not differ in what both know", () => {
      for (const [configs, file] of [
        [pc, pcFile],
        [arm, armFile],
      ] as const) {
        const [known, derived] = [onBoard(configs, file), newSystem(configs)];
        expect(known.architecture).to.equal(derived.architecture);
        expect(known.build).to.deep.equal(derived.build);
        const hardware = (system: SimulatedSystem): object => {
          const { vendor, cpus, vtdUnits, usesX2apic, ioApics, pci } = machineOf(system);
          const chips = ioApics.map(({ address, pins }) => ({ address, pins }));
          return { vendor, cpus, vtdUnits, usesX2apic, chips, functions: pci.size };
        };
        expect(hardware(known)).to.deep.equal(hardware(derived));
      }
    });
  });

  describe("that contradict the config", () => {
    const enabled = (configs: BoardConfigs, text: string): string =>
      outcomeOf(() => driverOf(onBoard(configs, text)).enable(configs.system));

    it("have fewer CPUs: those that are missing never come", () => {
      expect(enabled(pc, "cpus: { nr-cpu-ids: 2 }")).to.equal("EINVAL");
      expect(enabled(pc, "cpus: { nr-cpu-ids: 4, online: [0, 1, 3] }")).to.equal("EINVAL");
      expect(enabled(arm, "cpus: { nr-cpu-ids: 15 }")).to.equal("EINVAL");
    });

    it("have more CPUs: the others wait for one without a place", () => {
      expect(enabled(pc, "cpus: { nr-cpu-ids: 5 }")).to.match(/^CPU 4 is online and has no place/);
      expect(enabled(pc, "cpus: { nr-cpu-ids: 5, online: 0-3 }")).to.equal("ok");
    });

    it("have another I/O APIC, or none", () => {
      expect(enabled(pc, "ioapics: [{ at: 0xfec10000 }]")).to.equal("EIO");
      expect(enabled(pc, "ioapics: []")).to.equal("EIO");
      expect(enabled(pc, "ioapics: [{ at: 0xfec00000, pins: 121 }]")).to.equal("EIO");
      expect(enabled(pc, "ioapics: [{ at: 0xfec00000, pins: 120 }]")).to.equal("ok");
    });

    it("have another IOMMU, or none", () => {
      expect(enabled(pc, "iommus: []\nvendor: intel")).to.equal("EIO");
      expect(enabled(pc, "iommus: [{ at: 0xfed91000, type: intel }]")).to.equal("EIO");
      expect(enabled(pc, "vendor: amd")).to.equal("EINVAL");
    });

    it("are for another architecture", () => {
      const driver = driverOf(onBoard(pc, "architecture: arm64"));
      expect(outcomeOf(() => driver.enable(pc.system))).to.equal("EINVAL");
      expect(driver.log.lines.join("\n")).to.contain("Configuration architecture mismatch");
    });

    it("have no memory for the hypervisor", () => {
      const ends = /^no memory is at 0x3a000000, where the hypervisor is to be: the image is lost/;
      expect(enabled(pc, "memory: { ram: [0x0..0x39ffffff] }")).to.match(ends);
      const half = /^no memory is at 0x7fe00000, .* the kernel takes an abort$/;
      expect(enabled(arm, "memory: { ram: [0x40000000..0x7fdfffff] }")).to.match(half);
    });

    it("have a cell's memory in part: images are lost on a PC", () => {
      const system = onBoard(pc, "memory: { ram: [0x0..0x3eefffff] }");
      const machine = machineOf(system);
      const driver = driverOf(system, machine);
      driver.enable(pc.system);
      driver.createCell(pc.cells[0]!);
      const region = driver.cells[1]!.memoryRegions[0]!;
      const image = { address: region.virtStart, bytes: Uint8Array.of(1, 2, 3, 4) };
      expect(outcomeOf(() => driver.loadCell({ id: 1, name: "" }, [image]))).to.equal("ok");
      expect(region.physStart).to.equal(0x3ef0_0000n);
      expect(machine.memory.read(0x3ef0_0000, 4)).to.equal(0xffff_ffffn);
    });

    it("have a cell's memory in part: images end the kernel of ARM", () => {
      const driver = driverOf(
        onBoard(arm, "memory: { ram: [0x40000000..0x78ffffff, 0x7fc00000..0x7fffffff] }"),
      );
      driver.enable(arm.system);
      driver.createCell(arm.cells[0]!);
      const region = driver.cells[1]!.memoryRegions.find(({ physStart }) => physStart === 0x7fa0_0000n)!;
      const image = { address: region.virtStart, bytes: Uint8Array.of(1) };
      expect(outcomeOf(() => driver.loadCell({ id: 1, name: "" }, [image]))).to.match(
        /^nothing answers at physical address 0x7fa00000: .* external abort/,
      );
      expect(driver.end).not.to.equal(null);
    });

    it("have the interrupt controller of ARM elsewhere", () => {
      const gic = "gic: { version: 3, gicd: 0x9800000, gicr: 0x98a0000 }";
      expect(enabled(arm, `${gic}\nmemory: { ram: [0x40000000..0x7fffffff] }`)).to.match(
        /^nothing answers at physical address 0x800ffe8: .* external abort/,
      );
      expect(enabled(arm, "gic: { version: 2 }")).to.equal("ENODEV");
    });

    it("have other sizes of the hypervisor's image", () => {
      expect(enabled(pc, "hypervisor: { core-size: 4M }")).to.equal("ok");
      expect(enabled(pc, "hypervisor: { core-size: 6M }")).to.equal("EINVAL");
      expect(enabled(pc, "hypervisor: { percpu-size: 2M }")).to.equal("EINVAL");
    });
  });

  describe("with facts that no config has", () => {
    it("give processors their numbers", () => {
      const { cpus } = machineOf(onBoard(pc, "cpus: { apic-ids: [0, 2, 4, 6], apic-mode: xapic }"));
      expect(cpus.map(({ hardwareId }) => hardwareId)).to.deep.equal([0, 2, 4, 6]);
      const machine = machineOf(onBoard(arm, "cpus: { nr-cpu-ids: 2, mpidrs: [0x0, 0x100] }"));
      expect(machine.cpus.map(({ hardwareId }) => hardwareId)).to.deep.equal([0, 0x100]);
      const second = 0x80a_0000 + 0x2_0000;
      expect(machine.memory.read(second + 0x8, 8) >> 32n).to.equal(BigInt(packedAffinity(0x100)));
    });

    it("say how APICs are run, how wide addresses are, and how the cache is divided", () => {
      const machine = machineOf(
        onBoard(pc, "cpus: { apic-mode: xapic }\nl3: { mask-bits: 20, classes: 16 }"),
      );
      expect(machine.usesX2apic).to.equal(false);
      expect(machine.cacheAllocation).to.deep.equal({ maxBit: 19, classes: 16 });
      expect(machineOf(onBoard(arm, "cpus: { address-bits: 41 }")).arm!.physicalBits).to.equal(40);
    });

    it("limit the interrupts of a GIC", () => {
      const machine = machineOf(onBoard(arm, "gic: { version: 3, spis: 224 }"));
      expect(machine.arm!.gic.interrupts).to.equal(256);
    });

    it("list functions on the PCI bus, with their registers", () => {
      const { pci, memory } = machineOf(onBoard(pc, pciFile));
      expect(pci.size).to.equal(2);
      expect(pci.read(0x08, 0, 4), "a device of the config that is not there").to.equal(0xffff_ffff);
      expect(pci.read(0x18, 0, 4), "a hidden one").to.equal(0xffff_ffff);
      const nic = 0x10;
      expect(pci.read(nic, 0x10, 4)).to.equal(0xfeb8_0000);
      expect([pci.read(nic, 0x14, 4), pci.read(nic, 0x18, 4)]).to.deep.equal([0x8000_0004, 0x1]);
      pci.write(nic, 0x10, 4, 0xffff_ffff);
      expect(pci.read(nic, 0x10, 4), "size of the BAR").to.equal(0xfffe_0000);
      expect(pci.read(nic, 0x34, 1), "the first capability").to.equal(0xd0);
      expect(pci.read(nic, 0xd0, 1), "MSI").to.equal(0x05);
      expect(pci.read(nic, 0xa2, 2), "five MSI-X vectors").to.equal(4);
      expect(pci.read(nic, 0x100, 2), "an extended capability").to.equal(0x1);
      memory.write(0xfeb8_0000, 4, 7n);
      expect(memory.read(0xfeb8_0000, 4)).to.equal(7n);
      expect(pci.read(0x20, 0x10, 4), "a device that the config does not have").to.equal(0xfeb9_0000);
    });
  });

  it("are refused where nothing can be made of them", () => {
    expect(() => factsIn("architecture: riscv64")).to.throw("RISC-V");
    expect(() => factsIn("gic: { version: 1 }")).to.throw("version 1");
    expect(() => factsIn("memory: { ram: [0x0..0xffffffffffffffff] }")).to.throw("beyond those of any");
    expect(() => newSystem({ system: pc.cells[0]!, cells: [] })).to.throw("one of a cell");
    expect(() => newSystem({ system: new Uint8Array(64), cells: [] })).to.throw("no config");
    expect(() => newSystem({ system: pc.system.subarray(0, 40), cells: [] })).to.throw("within its header");
  });
});

/** In a system config of revision 14. */
const placeOfHypervisorMemory = 12;

const pciFile = `
memory:
  ram: [0x0..0x3fffffff]
pci:
  - address: 00:02.0
    bars:
      - { bar: 0, range: 0xfeb80000..0xfeb9ffff }
      - { bar: 1, range: 0x180000000..0x18000ffff, 64bit: true }
    capabilities: [{ id: 0x5, at: 0xd0 }, { id: 0x11, at: 0xa0 }, { id: 0x1, at: 0x100, extended: true }]
    msi: 1
    msix: 5
  - { address: 00:03.0, hidden: true }
  - address: 00:04.0
    bars: [{ bar: 0, range: 0xfeb90000..0xfeb90fff }]
  - { address: "0001:00:05.0" }
`;
