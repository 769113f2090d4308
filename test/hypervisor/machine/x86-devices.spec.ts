import { expect } from "chai";
import fc from "fast-check";
import { AcpiEvents } from "../../../hypervisor/machine/acpi-events.js";
import { PmTimer } from "../../../hypervisor/machine/pm-timer.js";
import { Uart8250 } from "../../../hypervisor/machine/uart-8250.js";
import { cyclesAt, ticksAt, timeOfCycles, timeOfTicks } from "../../../hypervisor/machine/virtual-clock.js";
import { Scheduler } from "../../../hypervisor/run/scheduler.js";

const longest = 9_000_000_000_000;

describe("ticks of clocks", () => {
  it("are whole, exact, and first made at the time that is said", () => {
    fc.assert(
      fc.property(fc.nat(longest), fc.integer({ min: 1, max: 9_000_000 }), (time, rate) => {
        expect(BigInt(ticksAt(time, rate))).to.equal((BigInt(time) * BigInt(rate)) / 1_000_000_000n);
        const ticks = ticksAt(time, rate) + 1;
        const first = timeOfTicks(ticks, rate);
        expect([ticksAt(first, rate) >= ticks, ticksAt(first - 1, rate) >= ticks]).to.deep.equal([
          true,
          false,
        ]);
      }),
    );
  });

  it("of processors likewise, in kHz", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000_000), fc.integer({ min: 1, max: 5_000_000 }), (time, rate) => {
        expect(BigInt(cyclesAt(time, rate))).to.equal((BigInt(time) * BigInt(rate)) / 1_000_000n);
        const cycles = cyclesAt(time, rate) + 1;
        expect(cyclesAt(timeOfCycles(cycles, rate), rate)).to.be.at.least(cycles);
        expect(timeOfCycles(cycles, rate)).to.be.above(time);
      }),
    );
  });
});

describe("the power management timer", () => {
  it("counts 3579545 times a second, and begins anew after 24 or 32 bits", () => {
    const clock = { now: 0 };
    const [short, long] = [new PmTimer(0x608, clock, 24), new PmTimer(0x608, clock, 32)];
    clock.now = 1_000_000_000;
    expect([short.read(0x608, 4), long.read(0x608, 4)]).to.deep.equal([3_579_545, 3_579_545]);
    clock.now = 5_000_000_000;
    const ticks = 5 * 3_579_545;
    expect([short.read(0x608, 4), long.read(0x608, 4)]).to.deep.equal([ticks % 2 ** 24, ticks]);
    expect(short.read(0x609, 1)).to.equal((ticks >> 8) & 0xff);
  });
});

describe("events of ACPI", () => {
  it("happen when the highest bit of the timer changes, and raise the line while they are enabled", () => {
    const scheduler = new Scheduler();
    const levels: string[] = [];
    let isHigh = false;
    const events = new AcpiEvents(0x600, scheduler, (level) => {
      if (level !== isHigh) levels.push(`${level ? "up" : "down"}@${Math.floor(scheduler.now / 1e6)}`);
      isHigh = level;
    });
    scheduler.runFor(3e9);
    expect([events.read(0x600, 2), levels]).to.deep.equal([1, []]);
    events.write(0x602, 2, 1);
    events.write(0x600, 2, 1);
    expect(events.read(0x600, 4)).to.equal(0x1_0000);
    scheduler.runFor(3e9);
    events.write(0x602, 2, 0);
    expect(levels).to.deep.equal(["up@3000", "down@3000", "up@4686", "down@6000"]);
  });
});

describe("a serial line", () => {
  it("can always send, and is heard", () => {
    const line = new Uart8250(0x3f8);
    const heard: string[] = [];
    const end = line.listen((text) => heard.push(text));
    line.write(0x3f8, 1, 0x41);
    end();
    line.write(0x3f8, 4, 0x1234_5642);
    expect([line.read(0x3fd, 1), heard.join(""), line.take(), line.take()]).to.deep.equal([
      0x60,
      "A",
      "AB",
      "",
    ]);
  });

  it("sends nothing while its divisor is set", () => {
    const line = new Uart8250(0x3f8);
    line.write(0x3fb, 1, 0x80);
    line.write(0x3f8, 1, 1);
    line.write(0x3f9, 1, 2);
    expect([line.read(0x3f8, 1), line.read(0x3f9, 1), line.take()]).to.deep.equal([1, 2, ""]);
    line.write(0x3fb, 1, 0x03);
    expect([line.read(0x3f8, 1), line.read(0x3fb, 1)]).to.deep.equal([0, 3]);
  });
});
