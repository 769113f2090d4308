import { expect } from "chai";
import { SpisOfLinks } from "../../../hypervisor/arm/spis-of-links.js";
import type { Cell } from "../../../hypervisor/core/cell.js";
import { decode } from "../../../schema/codec/decode.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { encode } from "../../../schema/codec/encode.js";
import { baseOf, command, LinkMachine, msixEnabled, offset, register } from "../core/ivshmem/link-machine.js";
import { withDevice } from "../core/ivshmem/with-device.js";

const demo = 1;
const registers = 0xe001_0000;
const table = registers + 0x8000;

/** Ends of links with the interrupts of ARM; their cell has those from 40 to 47. */
class ArmLinks extends LinkMachine {
  private pending: number[] = [];

  constructor(
    vectors: number,
    vpciIrqBase = 0,
    private readonly owned: (interrupt: number) => boolean = (interrupt) => interrupt >= 40 && interrupt < 48,
  ) {
    super();
    const owns = (cell: Cell, interrupt: number): boolean => !cell.isRoot && this.owned(interrupt);
    const linkInterrupts = new SpisOfLinks(owns, (interrupt) => this.pending.push(interrupt));
    Object.assign(this.machine.x86, { linkInterrupts });
    const cell = withDevice(baseOf("ivshmem-demo"), { fields: { num_msix_vectors: vectors } });
    this.machine.create(withIrqBase(cell, vpciIrqBase), demo);
    this.end(demo).pciFunction.bars.set([registers, table]);
    this.command(command.memory | command.master);
  }

  command(bits: number): string {
    return this.end(demo).writeConfig(register.command, 0xffff, bits);
  }

  /** What a doorbell of its own makes pending. */
  ring(vector: number): readonly number[] {
    this.write(demo, registers + offset.doorbell, 0x1_0000 + vector);
    return this.pending.splice(0);
  }

  allow(): unknown {
    return this.write(demo, registers + offset.interruptControl, 1);
  }
}

function withIrqBase(bytes: Uint8Array, vpci_irq_base: number): Uint8Array {
  const { config } = decode(bytes, builtInProfiles.profile("r14.1"), { kind: "cell" });
  return encode({ ...config, header: { ...config.header, vpci_irq_base } });
}

describe("interrupts of links on ARM", () => {
  describe("by MSI-X", () => {
    const withVector = (data: number, links = new ArmLinks(2)): readonly [unknown, readonly number[]] => {
      links.end(demo).writeConfig(register.msix, 0xffff_ffff, msixEnabled);
      links.allow();
      links.write(demo, table + 8, data);
      return [links.write(demo, table + 12, 0), links.ring(0)];
    };

    it("makes the interrupt pending that the data of the message names", () => {
      expect(withVector(40)).to.deep.equal(["done", [40]]);
      expect(withVector(47)).to.deep.equal(["done", [47]]);
    });

    it("denies interrupts of CPUs and those of others, without a word", () => {
      const links = new ArmLinks(2, 0, (interrupt) => interrupt < 40);
      links.machine.takeLines();
      expect(withVector(31, links)).to.deep.equal(["denied", []]);
      expect(links.machine.takeLines()).to.deep.equal([]);
      expect(withVector(32, links)).to.deep.equal(["done", [32]]);
      expect(withVector(48)).to.deep.equal(["denied", []]);
      expect(withVector(0xffff_ffff)).to.deep.equal(["denied", []]);
    });

    it("keeps 16 bits of the number", () => {
      const links = new ArmLinks(2, 0, () => true);
      expect(withVector(0x1_0021, links)).to.deep.equal(["done", [0x21]]);
      expect(withVector(0x3_0000, links)).to.deep.equal(["done", []]);
    });

    it("does not look at the pin", () => {
      const links = new ArmLinks(2);
      links.allow();
      expect(links.ring(0)).to.deep.equal([]);
    });
  });

  describe("by the pin", () => {
    it("goes by the number of the device and the base of the config, whoever has that interrupt", () => {
      const links = new ArmLinks(0, 100);
      // Device 0x0e has INTC.
      expect(links.end(demo).readConfig(0x3c)).to.equal(0x300);
      links.allow();
      expect(links.ring(0)).to.deep.equal([134]);
      expect(links.ring(1)).to.deep.equal([]);
    });

    it("begins with the first write to the interrupt control, and follows the command", () => {
      const links = new ArmLinks(0);
      const { memory, interruptOff } = command;
      expect(links.ring(0)).to.deep.equal([]);
      expect(links.command(memory | interruptOff)).to.equal("done");
      links.allow();
      expect(links.ring(0)).to.deep.equal([]);
      links.command(memory);
      expect(links.ring(0)).to.deep.equal([34]);
      links.command(memory | interruptOff);
      expect(links.ring(0)).to.deep.equal([]);
    });

    it("keeps 16 bits of the number", () => {
      const links = new ArmLinks(0, 0x1_0001);
      links.allow();
      expect(links.ring(0)).to.deep.equal([35]);
      const none = new ArmLinks(0, 0x1_0000 - 34);
      none.allow();
      expect(none.ring(0)).to.deep.equal([]);
    });
  });
});
