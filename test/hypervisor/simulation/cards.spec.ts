import { expect } from "chai";
import { ProgramRegistry } from "../../../hypervisor/run/program-registry.js";
import { addCards, type Card } from "../../../hypervisor/simulation/cards.js";
import { X86Simulation } from "../../../hypervisor/simulation/x86-simulation.js";
import { configsOf, newSystem } from "./board-system.js";

const network: Card = { bdf: 0x10, kind: "e1000", address: 0xfea4_0000 };
const sound: Card = { bdf: 0xd8, kind: "hd-audio", address: 0xfea9_4000 };

describe("cards in slots", () => {
  const configs = configsOf("qemu-x86");
  const newSimulation = (): X86Simulation => {
    const { config, profile } = newSystem(configs);
    return new X86Simulation(config, profile, new ProgramRegistry());
  };
  const withCards = (...cards: readonly Card[]): X86Simulation => {
    const simulation = newSimulation();
    addCards(simulation.devices, cards);
    return simulation;
  };

  it("take the place of functions, which keep their capabilities", () => {
    const { pci, memory } = withCards(network, sound).machine;
    expect(pci.read(0x10, 0, 4)).to.equal(0x100e_8086);
    expect(pci.read(0x10, 0x34, 1))
      .to.equal(newSimulation().machine.pci.read(0x10, 0x34, 1))
      .and.not.equal(0);
    expect(pci.read(0xd8, 0, 4)).to.equal(0x2668_8086);
    // Status of the network card, and the sound card's way out of its reset.
    expect(memory.read(0xfea4_0008, 4)).to.equal(0x81n);
    memory.write(0xfea9_4008, 4, 1n);
    expect(memory.read(0xfea9_400e, 2)).to.equal(1n);
  });

  it("are put into empty slots, too", () => {
    const { pci } = withCards({ ...network, bdf: 0x28 }).machine;
    expect(newSimulation().machine.pci.at(0x28)).to.equal(null);
    expect(pci.read(0x28, 0, 4)).to.equal(0x100e_8086);
  });

  it("show the size of their registers", () => {
    const { pci } = withCards(network, sound).machine;
    for (const [bdf, size] of [
      [0x10, 0x2_0000],
      [0xd8, 0x4000],
    ] as const) {
      pci.write(bdf, 0x10, 4, 0xffff_ffff);
      expect(2 ** 32 - pci.read(bdf, 0x10, 4)).to.equal(size);
    }
  });

  it("have addresses of their own on the wire", () => {
    const { memory } = withCards(sound, network, { ...network, bdf: 0x28, address: 0xfebc_0000 }).machine;
    expect(memory.read(0xfea4_5404, 2)).to.equal(0x0200n);
    expect(memory.read(0xfebc_5404, 2)).to.equal(0x0300n);
  });

  it("are refused where no card can be", () => {
    const wrong = (...cards: readonly Card[]) => expect(() => withCards(...cards));
    wrong({ ...network, address: 0xfea5_0000 }).to.throw("they take 0x20000 bytes at a multiple of that");
    wrong({ ...network, address: 0 }).to.throw("cannot be at 0x0");
    wrong({ ...sound, address: 2 ** 32 }).to.throw("below 4G");
    wrong(network, { ...sound, bdf: 0x10 }).to.throw("two cards are in the slot of one: e1000 and hd-audio");
    wrong(network, { ...sound, address: 0xfea5_c000 }).to.throw(
      "hd-audio at 0xfea5c000 lie over those of e1000",
    );
    wrong({ ...sound, address: 0xfea5_c000 }, network).to.throw(
      "e1000 at 0xfea40000 lie over those of hd-audio",
    );
  });
});
