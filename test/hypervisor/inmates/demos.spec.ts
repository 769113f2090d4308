import { expect } from "chai";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine, changed, milliseconds, seconds } from "../run/cell-machine.js";

const states = { running: 0, runningLocked: 1, shutDown: 2 } as const;
const notPermitted = -1;

/** QEMU's PC with a processor of AMD, whose local APICs are reached by memory. */
function amdMachine(): CellMachine {
  return new CellMachine({ vendor: "amd" }, baseConfigs().get(amdSystem)!);
}

/** Lines that a cell itself has printed. */
function linesOfCell(machine: CellMachine, port = 0x3f8): readonly string[] {
  const known = /^(Created|Started|Closing|Cell ".*" can be|Page pool|CPU \d+ received)/;
  return machine.takeLines(port).filter((line) => !known.test(line));
}

/** Upstream's cell of the I/O APIC with another id of the chip. */
function withChipId(id: number): Uint8Array {
  const base = baseConfigs().get("ioapic-demo")!;
  const place = Buffer.from(base).indexOf(Buffer.from([0x01, 0xff, 0, 0]));
  return changed("ioapic-demo", (view) => view.setUint32(place, id, true));
}

/** Upstream's cell of the audio controller with its registers elsewhere. */
function withAudioAt(address: number): Uint8Array {
  const base = Buffer.from(baseConfigs().get("pci-demo")!);
  const old = Buffer.from([0x00, 0x40, 0xbd, 0xfe]);
  return changed("pci-demo", (view) => {
    for (let at = base.indexOf(old); at !== -1; at = base.indexOf(old, at + 1))
      view.setUint32(at, address, true);
  });
}

const timeLine = /^PM Timer: (.{11})$/;
const jitterLine = /^Timer fired, jitter: (.{6}) ns, min: (.{6}) ns, max: (.{6}) ns$/;

describe("tiny-demo", () => {
  for (const [vendor, make] of [
    ["Intel", () => new CellMachine()],
    ["AMD", amdMachine],
  ] as const) {
    it(`prints the time every second, ten times (${vendor})`, () => {
      const machine = make();
      const id = machine.begin("tiny-demo", "tiny-demo");
      machine.run(11 * seconds);
      const [greeting, ...times] = linesOfCell(machine);
      expect(greeting).to.equal("Hello from this tiny cell!");
      const values = times.map((line) => Number(timeLine.exec(line)![1]));
      expect(values).to.have.length(10);
      for (const [index, value] of values.entries()) {
        expect(value - (index + 1) * seconds).to.be.within(0, milliseconds);
      }
      expect(machine.stateOf(id)).to.equal(states.running);
      expect(machine.log).to.deep.equal([]);
    });
  }

  it("comes to rest: nothing has anything to do any more", () => {
    const machine = new CellMachine();
    machine.begin("tiny-demo", "tiny-demo");
    expect(machine.scheduler.runUntilIdle(60 * seconds)).to.equal(true);
    expect(machine.scheduler.now).to.be.within(10 * seconds, 10.1 * seconds);
  });

  it("prints where its command line says", () => {
    const machine = new CellMachine();
    machine.begin("tiny-demo", "tiny-demo", "con-base=0x2f8");
    machine.run(2 * seconds);
    expect(linesOfCell(machine)).to.deep.equal([]);
    expect(linesOfCell(machine, 0x2f8)[0]).to.equal("Hello from this tiny cell!");
  });

  it("prints to the hypervisor's console, too, if it is told so", () => {
    const machine = new CellMachine();
    machine.begin("tiny-demo", "tiny-demo", "con-virtual con-type=none");
    machine.run(seconds / 2);
    expect(machine.takeConsole().at(-1)).to.equal("Hello from this tiny cell!\r");
  });

  it("stays silent when it is started again without being loaded, and begins anew when it is", () => {
    const machine = new CellMachine();
    const id = machine.begin("tiny-demo", "tiny-demo");
    machine.run(2.5 * seconds);
    expect(linesOfCell(machine)).to.have.length(3);
    expect(machine.start(id)).to.equal(0);
    machine.run(3 * seconds);
    expect(linesOfCell(machine)).to.deep.equal([]);
    expect(machine.load(id, imageOf("tiny-demo"))).to.equal(0);
    expect(machine.start(id)).to.equal(0);
    machine.run(1.5 * seconds);
    expect(linesOfCell(machine)).to.have.length(2);
  });

  it("does not run while it is loadable", () => {
    const machine = new CellMachine();
    const id = machine.begin("tiny-demo", "tiny-demo");
    machine.run(1.5 * seconds);
    expect(linesOfCell(machine)).to.have.length(2);
    expect(machine.load(id, imageOf("tiny-demo"))).to.equal(0);
    machine.run(3 * seconds);
    expect(linesOfCell(machine)).to.deep.equal([]);
  });
});

describe("apic-demo", () => {
  it("is told apart by the clock of its timer", () => {
    const clocks = (machine: CellMachine): readonly string[] => {
      machine.begin("apic-demo", "apic-demo");
      machine.run(milliseconds / 2);
      return linesOfCell(machine);
    };
    expect(clocks(new CellMachine())).to.deep.equal([
      "Calibrated TSC frequency: 2600000.000 kHz",
      "Calibrated APIC frequency: 2600000 kHz",
    ]);
    expect(clocks(amdMachine())).to.deep.equal([
      "Calibrated TSC frequency: 2600000.000 kHz",
      "Calibrated APIC frequency: 1000000 kHz",
    ]);
  });

  for (const [vendor, make] of [
    ["deadlines of Intel", () => new CellMachine()],
    ["the counter of AMD", amdMachine],
  ] as const) {
    it(`tells ten times a second how late its timer is (${vendor})`, () => {
      const machine = make();
      const id = machine.begin("apic-demo", "apic-demo");
      machine.run(seconds);
      const [, , ...lines] = linesOfCell(machine);
      expect(lines).to.have.length(10);
      for (const line of lines) {
        const [jitter, least, most] = jitterLine.exec(line)!.slice(1).map(Number) as [number, number, number];
        expect(jitter).to.be.within(least, most);
        expect(most).to.be.below(100_000);
      }
      expect(machine.stateOf(id)).to.equal(states.runningLocked);
    });
  }

  it("rejects the first request to shut down, and agrees to the second one", () => {
    const machine = new CellMachine();
    const id = machine.begin("apic-demo", "apic-demo");
    machine.run(seconds);
    linesOfCell(machine);
    expect(machine.create("tiny-demo")).to.equal(notPermitted);
    expect(machine.destroy(id)).to.equal(notPermitted);
    expect(linesOfCell(machine)).to.include("Rejecting first shutdown request - try again!");
    expect(machine.stateOf(id)).to.equal(states.runningLocked);
    machine.run(seconds);
    expect(linesOfCell(machine)).to.have.length(10);
    expect(machine.load(id, imageOf("apic-demo"))).to.equal(0);
    expect(linesOfCell(machine)).to.deep.equal(["Stopped APIC demo"]);
    expect(machine.stateOf(id)).to.equal(states.shutDown);
    machine.run(seconds);
    expect(linesOfCell(machine)).to.deep.equal([]);
    expect(machine.destroy(id)).to.equal(0);
    expect(machine.takeConsole().slice(-2)[0]).to.equal('Closing cell "apic-demo"');
  });

  it("goes through its memory on request, and stays in time", () => {
    const machine = new CellMachine();
    machine.begin("apic-demo", "apic-demo", "pollute-cache=true");
    machine.run(milliseconds * 50);
    const [first, ...others] = linesOfCell(machine);
    expect(first).to.equal("Cache pollution enabled");
    expect(others).to.have.length(3);
  });

  it("reads and writes the register of its lamp, and is parked where that is not its own", () => {
    const machine = new CellMachine();
    machine.begin("apic-demo", "apic-demo", "led-reg=0xd0c506a8");
    machine.run(seconds);
    expect(machine.takeLines()).to.include("FATAL: Invalid MMIO/RAM read, addr: 0x00000000d0c506a8 size: 4");
    expect(machine.takeConsole().at(-1)).to.equal('Parking CPU 3 (Cell: "apic-demo")');
  });
});

describe("smp-demo", () => {
  for (const [vendor, make] of [
    ["Intel", () => new CellMachine()],
    ["AMD", amdMachine],
  ] as const) {
    it(`starts its CPUs one after the other, and hears of each (${vendor})`, () => {
      const machine = make();
      machine.begin("smp-demo", "smp-demo");
      machine.run(seconds);
      expect(machine.takeLines().slice(-14)).to.deep.equal([
        "CPU 1 received SIPI, vector 100",
        "CPU 2 received SIPI, vector 100",
        "CPU 3 received SIPI, vector 100",
        "SMP demo, primary CPU: 1",
        "Waiting for the rest...",
        "Found 2 other CPU(s)",
        " Starting CPU 2",
        "CPU 2 received SIPI, vector 0",
        "Hello from CPU 2!",
        "Received IPI on 1",
        " Starting CPU 3",
        "CPU 3 received SIPI, vector 0",
        "Hello from CPU 3!",
        "Received IPI on 1",
      ]);
    });
  }
});

describe("ioapic-demo", () => {
  const note = "Note: ACPI IRQs are broken for Linux now.";
  const received = "ACPI IRQ received, status: 0001";

  it("tells of each interrupt of the timer of ACPI: one every 2.3 seconds (AMD)", () => {
    const machine = amdMachine();
    machine.begin("ioapic-demo", "ioapic-demo");
    machine.run(2 * seconds);
    expect(linesOfCell(machine)).to.deep.equal([note]);
    machine.run(8 * seconds);
    expect(linesOfCell(machine)).to.deep.equal([received, received, received, received]);
  });

  it("hears nothing on Intel, where its config gives the I/O APIC another id than it has", () => {
    const machine = new CellMachine();
    machine.begin("ioapic-demo", "ioapic-demo");
    machine.run(10 * seconds);
    expect(linesOfCell(machine).slice(-1)).to.deep.equal([note]);
  });

  it("hears them on Intel with the id that the I/O APIC has", () => {
    const machine = new CellMachine();
    machine.begin(withChipId(0xff00), "ioapic-demo");
    machine.run(10 * seconds);
    expect(linesOfCell(machine).slice(-5)).to.deep.equal([note, received, received, received, received]);
  });
});

describe("pci-demo", () => {
  const found = "Found 8086:2668 at 00:1b.0";
  const audio = { bdf: 0xd8, address: 0xfea9_4000 } as const;

  for (const [vendor, make] of [
    ["Intel", () => new CellMachine()],
    ["AMD", amdMachine],
  ] as const) {
    it(`hears the codec when the controller leaves its reset (${vendor})`, () => {
      const machine = make();
      machine.begin(withAudioAt(audio.address), "pci-demo");
      machine.run(seconds);
      expect(linesOfCell(machine).slice(-3)).to.deep.equal([
        found,
        "HDBAR at 0x00000000fea94000",
        "HDA MSI received (STATESTS: 0001)",
      ]);
    });
  }

  it("is parked on upstream's machine, whose controller is elsewhere than the config says", () => {
    const machine = amdMachine();
    machine.begin("pci-demo", "pci-demo");
    machine.run(seconds);
    const lines = machine.takeLines();
    expect(lines.slice(-10, -7)).to.deep.equal([
      found,
      "HDBAR at 0x00000000fea94000",
      "FATAL: Invalid MMIO/RAM read, addr: 0x00000000fea9400e size: 2",
    ]);
    expect(lines.at(-1)).to.equal('Parking CPU 2 (Cell: "pci-demo")');
  });

  it("finds nothing in a cell without devices", () => {
    const machine = new CellMachine();
    machine.begin("tiny-demo", "pci-demo");
    machine.run(seconds);
    expect(linesOfCell(machine)).to.deep.equal(["No device found!"]);
  });
});

describe("the counters of smp-demo", () => {
  it("are those of the recorded run x86-smp, as far as they do not count time", () => {
    const machine = amdMachine();
    machine.begin("smp-demo", "smp-demo");
    machine.run(seconds);
    const sum = (counter: number): number =>
      [1, 2, 3].reduce((all, id) => all + machine.hypervisor.cpu(id).counters[counter]!, 0);
    const counters = { management: 2, pio: 4, xapic: 5, cr: 6, cpuid: 7, icr: 11 } as const;
    expect(Object.entries(counters).map(([name, counter]) => [name, sum(counter)])).to.deep.equal([
      ["management", 13],
      ["pio", 0],
      ["xapic", 0],
      ["cr", 10],
      ["cpuid", 13],
      ["icr", 8],
    ]);
  });
});

describe("cells beside each other", () => {
  it("run at the same time", () => {
    const machine = new CellMachine();
    machine.begin("tiny-demo", "tiny-demo", "con-base=0x2f8");
    machine.begin("apic-demo", "apic-demo");
    machine.run(3.5 * seconds);
    expect(linesOfCell(machine, 0x2f8)).to.have.length(4);
    expect(linesOfCell(machine)).to.have.length(37);
  });

  it("run the same way each time", () => {
    const lines = (): readonly string[] => {
      const machine = new CellMachine();
      machine.begin("tiny-demo", "tiny-demo");
      const id = machine.begin("apic-demo", "apic-demo");
      machine.run(2 * seconds);
      machine.destroy(id);
      machine.run(seconds);
      return machine.takeLines();
    };
    const first = lines();
    expect(first).to.have.length.above(30);
    expect(lines()).to.deep.equal(first);
  });
});
