import { expect } from "chai";
import { apicRegisters, LocalApic } from "../../../hypervisor/machine/local-apic.js";
import { LocalApicBus } from "../../../hypervisor/machine/local-apic-bus.js";
import { Scheduler } from "../../../hypervisor/run/scheduler.js";

const clocks = { tscKhz: 2_000_000, apicKhz: 1_000_000 } as const;
const on = 0x1ff;
const masked = 0x1_0000;
const modes = { periodic: 1 << 17, deadline: 2 << 17 } as const;
const logical = 0x800;

interface Bench {
  readonly scheduler: Scheduler;
  readonly apic: LocalApic;
  /** Times at which something was requested. */
  readonly requests: number[];
}

function bench(usesX2apic = true): Bench {
  const scheduler = new Scheduler();
  const requests: number[] = [];
  const apic = new LocalApic(3, 3, scheduler, clocks, usesX2apic, () => requests.push(scheduler.now));
  apic.write(apicRegisters.spurious, on);
  return { scheduler, apic, requests };
}

describe("a local APIC", () => {
  it("takes the highest vector first, and nothing of a class that is not above what it serves", () => {
    const { apic } = bench();
    for (const vector of [0x31, 0x42, 0x4f]) apic.request(vector);
    expect([apic.pending, apic.acknowledge()]).to.deep.equal([0x4f, 0x4f]);
    expect(apic.pending).to.equal(null);
    apic.request(0x50);
    expect(apic.acknowledge()).to.equal(0x50);
    apic.write(apicRegisters.endOfInterrupt, 0);
    expect(apic.pending).to.equal(null);
    apic.write(apicRegisters.endOfInterrupt, 0);
    expect(apic.acknowledge()).to.equal(0x42);
  });

  it("holds back what its task priority forbids", () => {
    const { apic } = bench();
    apic.request(0x45);
    apic.write(apicRegisters.taskPriority, 0x40);
    expect([apic.pending, apic.read(apicRegisters.processorPriority)]).to.deep.equal([null, 0x40]);
    apic.write(apicRegisters.taskPriority, 0x3f);
    expect(apic.pending).to.equal(0x45);
  });

  it("takes nothing while it is off, and keeps one request of many", () => {
    const { apic, requests } = bench();
    apic.write(apicRegisters.spurious, 0xff);
    apic.request(0x40);
    expect([apic.pending, requests.length]).to.deep.equal([null, 0]);
    apic.write(apicRegisters.spurious, on);
    apic.request(0x40);
    apic.request(0x40);
    apic.acknowledge();
    apic.write(apicRegisters.endOfInterrupt, 0);
    expect(apic.pending).to.equal(null);
  });

  it("fires once after its count, divided by 16 as Linux leaves it", () => {
    const { apic, scheduler, requests } = bench();
    apic.write(apicRegisters.lvtTimer, 0x40);
    apic.write(apicRegisters.initialCount, 62_500);
    scheduler.runFor(400_000);
    expect(apic.read(apicRegisters.currentCount)).to.equal(62_500 - 25_000);
    scheduler.runFor(5_000_000);
    expect([requests, apic.read(apicRegisters.currentCount)]).to.deep.equal([[1_000_000], 0]);
  });

  it("fires again and again in its periodic mode, until the count is 0", () => {
    const { apic, scheduler, requests } = bench();
    apic.write(apicRegisters.divide, 0xb);
    apic.write(apicRegisters.lvtTimer, modes.periodic | 0x40);
    apic.write(apicRegisters.initialCount, 1_000_000);
    scheduler.runFor(3_500_000);
    apic.write(apicRegisters.initialCount, 0);
    scheduler.runFor(3_500_000);
    expect(requests).to.deep.equal([1_000_000, 2_000_000, 3_000_000]);
  });

  it("leaves time for others however short its period is", () => {
    const { apic, scheduler, requests } = bench();
    apic.write(apicRegisters.divide, 0xb);
    apic.write(apicRegisters.lvtTimer, modes.periodic | 0x40);
    apic.write(apicRegisters.initialCount, 1);
    scheduler.runFor(10_000);
    expect(requests).to.have.length(10);
  });

  it("fires at a deadline of the time stamp counter, and then has none", () => {
    const { apic, scheduler, requests } = bench();
    apic.tscDeadline = 1000;
    expect(apic.tscDeadline).to.equal(0);
    apic.write(apicRegisters.lvtTimer, modes.deadline | 0x40);
    apic.tscDeadline = 2_000_001;
    expect(apic.tscDeadline).to.equal(2_000_001);
    scheduler.runFor(5_000_000);
    expect([requests, apic.tscDeadline]).to.deep.equal([[1_000_001], 0]);
  });

  it("fires nothing that is masked, also after it was cleared for a cell", () => {
    const { apic, scheduler, requests } = bench();
    apic.write(apicRegisters.lvtTimer, masked | 0x40);
    apic.write(apicRegisters.initialCount, 100);
    scheduler.runFor(1_000_000);
    apic.write(apicRegisters.lvtTimer, 0x40);
    apic.write(apicRegisters.initialCount, 100);
    apic.clear();
    apic.write(apicRegisters.spurious, on);
    scheduler.runFor(1_000_000);
    expect(requests).to.deep.equal([]);
  });
});

describe("local APICs", () => {
  function four(usesX2apic: boolean): { bus: LocalApicBus; reached(): readonly number[] } {
    const bus = new LocalApicBus();
    const scheduler = new Scheduler();
    const cpus = [0, 1, 2, 17];
    for (const cpu of cpus) {
      const apic = new LocalApic(cpu, cpu, scheduler, clocks, usesX2apic, () => {});
      apic.write(apicRegisters.spurious, on);
      bus.add(cpu, apic);
    }
    return { bus, reached: () => cpus.filter((cpu) => bus.of(cpu).pending !== null) };
  }

  it("are reached by their id, or by bits: of a cluster where they are in x2APIC mode", () => {
    const cases: readonly (readonly [boolean, number, number, readonly number[]])[] = [
      [true, 2, 0, [2]],
      [true, 9, 0, []],
      [true, 0x5, logical, [0, 2]],
      [true, 0x1_0002, logical, [17]],
      [false, 0x6, logical, [1, 2]],
      [false, 0x7, logical | 0x100, [0]],
    ];
    for (const [usesX2apic, destination, bits, expected] of cases) {
      const { bus, reached } = four(usesX2apic);
      bus.send(destination, 0x40, bits | 0x40);
      expect(reached(), `${usesX2apic} ${destination} ${bits}`).to.deep.equal(expected);
    }
  });

  it("take no NMI for an interrupt", () => {
    const { bus, reached } = four(true);
    bus.send(2, 0x40, 0x440);
    expect(reached()).to.deep.equal([]);
  });
});
