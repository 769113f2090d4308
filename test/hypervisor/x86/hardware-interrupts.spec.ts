import { expect } from "chai";
import { readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { IoApic } from "../../../hypervisor/machine/io-apic.js";
import type { Machine } from "../../../hypervisor/machine/machine.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { HardwareInterrupts } from "../../../hypervisor/x86/hardware-interrupts.js";
import { IoApicPins } from "../../../hypervisor/x86/io-apic-pins.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs } from "../../oracle/base-configs.js";

const audio = 0xd8;
const capability = 0x60;
const entry = { low: 0x10 + 2 * 4, high: 0x11 + 2 * 4 } as const;
const pin = 4;
const level = 0x8000;
const masked = 0x1_0000;

interface Bench {
  readonly machine: Machine;
  readonly interrupts: HardwareInterrupts;
  readonly sent: string[];
}

function bench(): Bench {
  const config = readSystemConfig(baseConfigs().get("qemu-x86")!, builtInProfiles.profile("r14.1"));
  const machine = deriveMachine(config, "x86", {});
  const sent: string[] = [];
  machine.interrupts.attach({
    send: (destination, vector) => sent.push(`${destination}:${vector.toString(16)}`),
    setPending: () => {},
  });
  return { machine, interrupts: new HardwareInterrupts(machine), sent };
}

/** Lets the audio controller send vector 0x41 to processor 2. */
function allowMessage({ machine }: Bench, address = 0xfee0_2000): void {
  machine.pci.write(audio, capability + 4, 4, address);
  machine.pci.write(audio, capability + 12, 2, 0x41);
  machine.pci.write(audio, capability + 2, 2, 1);
  machine.pci.write(audio, 4, 2, 4);
}

describe("messages of devices", () => {
  it("go where they are set to", () => {
    const own = bench();
    allowMessage(own);
    own.interrupts.sendMsi(audio);
    expect(own.sent).to.deep.equal(["2:41"]);
  });

  it("do not go out while they are off, or the device may not write", () => {
    const own = bench();
    allowMessage(own);
    own.machine.pci.write(audio, 4, 2, 0);
    own.interrupts.sendMsi(audio);
    allowMessage(own);
    own.machine.pci.write(audio, capability + 2, 2, 0);
    own.interrupts.sendMsi(audio);
    own.interrupts.sendMsi(0x700);
    expect(own.sent).to.deep.equal([]);
  });

  it("are remapped where a unit does so, by index and device", () => {
    const own = bench();
    const asked: string[] = [];
    own.interrupts.remapping = (index, source) => {
      asked.push(`${index} of ${source.toString(16)}`);
      return null;
    };
    allowMessage(own, (0xfee0_0000 | (5 << 5) | 0x18) >>> 0);
    own.interrupts.sendMsi(audio);
    allowMessage(own, (0xfee0_0000 | 0x1c) >>> 0);
    own.interrupts.sendMsi(audio);
    expect([asked, own.sent]).to.deep.equal([["5 of d8", "32768 of d8"], []]);
  });
});

describe("pins of an I/O APIC", () => {
  function pins(low: number, high = 3 << 24): Bench & { chip: IoApic; pins: IoApicPins } {
    const own = bench();
    const chip = new IoApic(0xfec0_0000);
    const wired = new IoApicPins(chip, 0xff00, own.interrupts);
    chip.setRegister(entry.high, high);
    chip.setRegister(entry.low, low);
    return { ...own, chip, pins: wired };
  }

  it("send once for an edge, whatever follows it", () => {
    const own = pins(0x50);
    own.pins.set(pin, true);
    own.pins.set(pin, true);
    own.pins.endInterrupt(0x50);
    own.pins.set(pin, false);
    own.pins.set(pin, true);
    expect(own.sent).to.deep.equal(["3:50", "3:50"]);
  });

  it("send for a level as long as it lasts, after the end of each interrupt", () => {
    const own = pins(level | 0x50);
    own.pins.set(pin, true);
    own.pins.endInterrupt(0x51);
    expect(own.sent).to.deep.equal(["3:50"]);
    own.pins.endInterrupt(0x50);
    expect(own.sent).to.deep.equal(["3:50", "3:50"]);
    own.pins.set(pin, false);
    own.pins.endInterrupt(0x50);
    expect(own.sent).to.have.length(2);
  });

  it("send a level that waits as soon as it is no longer masked, and lose an edge", () => {
    for (const [trigger, expected] of [
      [level, ["3:50"]],
      [0, []],
    ] as const) {
      const own = pins(masked | trigger | 0x50);
      own.pins.set(pin, true);
      own.chip.setRegister(entry.low, trigger | 0x50);
      expect(own.sent, `${trigger}`).to.deep.equal(expected);
    }
  });

  it("are remapped with the id of the chip", () => {
    const own = pins(level | 0x850, ((7 << 17) | (1 << 16)) >>> 0);
    const asked: string[] = [];
    own.interrupts.remapping = (index, source) => {
      asked.push(`${index} of ${source.toString(16)}`);
      return null;
    };
    own.pins.set(pin, true);
    expect(asked).to.deep.equal(["32775 of ff00"]);
  });
});
