import { expect } from "chai";
import { armCounters } from "../../../hypervisor/arm/arm-cpu.js";
import type { ArmGuestCpu } from "../../../hypervisor/arm/arm-guest-cpu.js";
import { psciFunctions } from "../../../hypervisor/arm/psci.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { delay, halt, type Steps, waitForInterrupt } from "../../../hypervisor/run/program.js";
import { milliseconds } from "../run/cell-machine.js";
import { ArmBoard, plainCell } from "./arm-board.js";

const ram = 0x7fa0_0000;
const pair = { name: "pair", cpus: [1, 4], ram, interrupts: [40] };
const gicd = 0x800_0000;
const gicc = 0x801_0000;
const ofBoard = { "qemu-arm64": "qemu-arm64-inmate-demo", "qemu-arm": "qemu-arm-inmate-demo" } as const;
type Name = keyof typeof ofBoard;

/** A board with a cell of two CPUs. The second one begins when it is switched on. */
function withPair(name: Name, program: (cpu: ArmGuestCpu) => Steps): ArmBoard {
  const board = new ArmBoard(name);
  board.beginWith(plainCell(ofBoard[name], pair), program);
  return board;
}

/** The same with a program that does something at once, and then nothing. */
function doing(name: Name, action: (cpu: ArmGuestCpu) => void): ArmBoard {
  const board = withPair(name, function* (cpu): Steps {
    yield delay(0);
    action(cpu);
  });
  board.run(milliseconds);
  return board;
}

function openInterface(cpu: ArmGuestCpu): void {
  cpu.writeSystemRegister("ICC_PMR_EL1", 0xf0n);
  cpu.writeSystemRegister("ICC_IGRPEN1_EL1", 1n);
}

/** Takes interrupts of version 3 into a list. */
function listen(cpu: ArmGuestCpu, taken: unknown[], work = 0): void {
  openInterface(cpu);
  cpu.onInterrupt = function* (): Steps {
    const irq = cpu.readSystemRegister("ICC_IAR1_EL1");
    taken.push(Number(irq));
    yield delay(work);
    cpu.writeSystemRegister("ICC_EOIR1_EL1", irq);
  };
  cpu.interruptsEnabled = true;
}

function switchOn(cpu: ArmGuestCpu, affinity: bigint, entry: bigint, context = 0n): bigint {
  return cpu.smc(BigInt(psciFunctions.cpuOn), affinity, entry, context).value;
}

describe("interrupts of programs on ARM", () => {
  it("come from devices, to the CPU that they are routed to, and again when they have ended", () => {
    const taken: unknown[] = [];
    const board = withPair("qemu-arm64", function* (cpu): Steps {
      listen(cpu, taken, 1000);
      cpu.write32(gicd + 0x104, 1 << 8);
      for (;;) yield halt;
    });
    board.run(milliseconds);
    const { delivery } = board.simulation.devices;
    const { counters } = board.hypervisor.cpu(1);
    const before = counters[armCounters.virtualIrq]!;
    delivery.raise(40);
    // The one that is active comes once more afterwards, however often it is raised.
    delivery.raise(40);
    delivery.raise(40);
    board.run(milliseconds);
    expect(taken).to.deep.equal([40, 40]);
    expect(counters[armCounters.virtualIrq]! - before).to.equal(2);
    delivery.raise(41);
    board.run(milliseconds);
    expect(taken).to.deep.equal([40, 40]);
  });

  it("of the distributor are made pending by the cell itself, and wait while they are not enabled", () => {
    const taken: unknown[] = [];
    const board = withPair("qemu-arm64", function* (cpu): Steps {
      listen(cpu, taken);
      cpu.write32(gicd + 0x204, 1 << 8);
      yield delay(1000);
      taken.push("enabled");
      cpu.write32(gicd + 0x104, 1 << 8);
      for (;;) yield halt;
    });
    board.run(milliseconds);
    expect(taken).to.deep.equal(["enabled", 40]);
  });

  for (const name of ["qemu-arm64", "qemu-arm"] as const) {
    it(`go from CPU to CPU, which is switched on with an entry and a word (${name})`, () => {
      const taken: unknown[] = [];
      const isVersion3 = name === "qemu-arm64";
      const board = withPair(name, function* (cpu): Steps {
        if (cpu.id === 1) {
          taken.push(switchOn(cpu, 4n, 0n, 0x1234n), switchOn(cpu, 4n, 0n), switchOn(cpu, 2n, 0n));
          yield delay(10_000);
          cpu.ipi(4, 5);
          return;
        }
        taken.push([cpu.id, cpu.entry, cpu.context]);
        cpu.interruptsEnabled = true;
        if (isVersion3) listen(cpu, taken);
        else {
          cpu.write32(gicc, 1);
          cpu.write32(gicc + 4, 0xf0);
          cpu.onInterrupt = function* (): Steps {
            const irq = cpu.read32(gicc + 0xc);
            taken.push(irq);
            yield delay(0);
            cpu.write32(gicc + 0x10, irq);
          };
        }
        for (;;) yield halt;
      });
      board.run(milliseconds);
      const denied = 2n ** 64n - 3n;
      // Version 2 tells who has sent it.
      const sgi = isVersion3 ? 5 : 5 | (1 << 10);
      expect(taken).to.deep.equal([0n, denied - 1n, denied, [4, 0, 0x1234n], sgi]);
      expect(board.hypervisor.cpu(4).counters[armCounters.virtualSgi]).to.equal(1);
    });
  }

  it("are lost while the same one is active", () => {
    const taken: unknown[] = [];
    const board = withPair("qemu-arm64", function* (cpu): Steps {
      listen(cpu, taken, 10_000);
      cpu.ipi(1, 3);
      yield delay(5000);
      cpu.ipi(1, 3);
      cpu.ipi(1, 4);
      for (;;) yield halt;
    });
    board.run(milliseconds);
    expect(taken).to.deep.equal([3, 3, 4]);
    const active: unknown[] = [];
    const other = withPair("qemu-arm64", function* (cpu): Steps {
      openInterface(cpu);
      cpu.ipi(1, 3);
      active.push(cpu.readSystemRegister("ICC_IAR1_EL1"));
      cpu.ipi(1, 3);
      active.push(cpu.readSystemRegister("ICC_HPPIR1_EL1"), cpu.readSystemRegister("ICC_RPR_EL1"));
      // Another one waits until this one has ended.
      cpu.ipi(1, 4);
      active.push(cpu.readSystemRegister("ICC_IAR1_EL1"), cpu.readSystemRegister("ICC_HPPIR1_EL1"));
      cpu.writeSystemRegister("ICC_EOIR1_EL1", 3n);
      active.push(cpu.readSystemRegister("ICC_IAR1_EL1"), cpu.readSystemRegister("ICC_RPR_EL1"));
      yield delay(0);
    });
    other.run(milliseconds);
    expect(active).to.deep.equal([3n, 1023n, 0n, 1023n, 4n, 4n, 0n]);
  });

  it("are not signalled behind a mask of 0, nor by an interface that is off", () => {
    const seen: unknown[] = [];
    doing("qemu-arm64", (cpu) => {
      cpu.ipi(1, 3);
      const acknowledge = (): void => void seen.push(cpu.readSystemRegister("ICC_IAR1_EL1"));
      acknowledge();
      cpu.writeSystemRegister("ICC_IGRPEN1_EL1", 1n);
      acknowledge();
      cpu.writeSystemRegister("ICC_PMR_EL1", 8n);
      acknowledge();
    });
    expect(seen).to.deep.equal([1023n, 1023n, 3n]);
  });

  it("end in two steps if the cell wants it", () => {
    const seen: unknown[] = [];
    const board = withPair("qemu-arm64", function* (cpu): Steps {
      openInterface(cpu);
      cpu.writeSystemRegister("ICC_CTLR_EL1", 2n);
      cpu.write32(gicd + 0x104, 1 << 8);
      const isActive = (): boolean => (cpu.read32(gicd + 0x304) & (1 << 8)) !== 0;
      cpu.write32(gicd + 0x204, 1 << 8);
      seen.push(cpu.readSystemRegister("ICC_IAR1_EL1"), isActive());
      cpu.writeSystemRegister("ICC_EOIR1_EL1", 40n);
      seen.push(isActive());
      cpu.writeSystemRegister("ICC_DIR_EL1", 40n);
      seen.push(isActive());
      yield delay(0);
    });
    board.run(milliseconds);
    expect(seen).to.deep.equal([40n, true, true, false]);
  });

  it("have come and gone where the program has no handler", () => {
    const board = withPair("qemu-arm64", function* (cpu): Steps {
      openInterface(cpu);
      cpu.interruptsEnabled = true;
      cpu.ipi(1, 3);
      for (;;) yield halt;
    });
    board.run(milliseconds);
    expect(board.arm.cpu(1).hasInterrupt).to.equal(false);
  });

  it("wake a CPU that waits with interrupts off, as often as it waits", () => {
    const times: number[] = [];
    const board = withPair("qemu-arm64", function* (cpu): Steps {
      if (cpu.id === 4) {
        yield delay(5000);
        cpu.ipi(1, 3);
        return;
      }
      openInterface(cpu);
      switchOn(cpu, 4n, 0n);
      const start = cpu.now;
      yield waitForInterrupt;
      times.push(cpu.now - start);
      for (let round = 0; round < 3; round++) yield waitForInterrupt;
      yield* cpu.suspend();
      times.push(cpu.now - start);
      cpu.write32(0x8000, 1);
      for (;;) yield waitForInterrupt;
    });
    board.run(milliseconds);
    expect(times[0]).to.be.within(5000, 8000);
    expect(times[1]).to.be.within(times[0]!, times[0]! + 2000);
    expect(board.simulation.scheduler.now).to.be.at.least(milliseconds);
  });

  it("of kinds that the hypervisor keeps for itself are told of", () => {
    const board = doing("qemu-arm64", (cpu) => {
      // SGIs of a redistributor that are made pending by hand: the first two are the hypervisor's.
      cpu.write32(0x80a_0000 + 0x2_0000 + 0x1_0200, 0b10_0011);
    });
    expect(board.takeConsole().slice(-1)).to.deep.equal(["WARN: unknown SGI received 5"]);
  });
});

describe("timers of programs on ARM", () => {
  it("fire when the counter reaches their value, until they are masked or off", () => {
    const seen: (bigint | number)[] = [];
    const board = withPair("qemu-arm64", function* (cpu): Steps {
      openInterface(cpu);
      cpu.write32(0x80a_0000 + 0x2_0000 + 0x1_0100, (1 << 27) | (1 << 30));
      const start = cpu.readSystemRegister("CNTVCT_EL0");
      cpu.writeSystemRegister("CNTV_CVAL_EL0", start + 625n);
      cpu.writeSystemRegister("CNTV_CTL_EL0", 1n);
      seen.push(cpu.readSystemRegister("CNTV_CTL_EL0"));
      yield waitForInterrupt;
      seen.push(cpu.readSystemRegister("CNTPCT_EL0") - start, cpu.readSystemRegister("CNTV_CTL_EL0"));
      seen.push(cpu.readSystemRegister("ICC_IAR1_EL1"));
      cpu.writeSystemRegister("CNTV_CTL_EL0", 3n);
      seen.push(cpu.readSystemRegister("CNTV_CTL_EL0"));
      cpu.writeSystemRegister("ICC_EOIR1_EL1", 27n);
      seen.push(cpu.readSystemRegister("ICC_IAR1_EL1"));
      // Below zero it has passed already.
      cpu.writeSystemRegister("CNTP_TVAL_EL0", 0xffff_fff6n);
      cpu.writeSystemRegister("CNTP_CTL_EL0", 1n);
      seen.push(cpu.readSystemRegister("ICC_IAR1_EL1"));
      seen.push(BigInt.asIntN(32, cpu.readSystemRegister("CNTP_TVAL_EL0")));
    });
    board.run(milliseconds);
    // 10 microseconds of 62.5 MHz; the hypervisor takes one to hand an interrupt on, also of the second timer.
    expect(seen).to.deep.equal([1n, 688n, 5n, 27n, 7n, 1023n, 30n, -74n]);
  });

  it("are off when a cell starts again", () => {
    const board = new ArmBoard("qemu-arm64");
    const name = board.add(function* (cpu): Steps {
      yield delay(0);
      cpu.writeSystemRegister("CNTV_CVAL_EL0", 625_000n);
      cpu.writeSystemRegister("CNTV_CTL_EL0", 1n);
    });
    const id = board.create(plainCell("qemu-arm64-inmate-demo", pair));
    board.load(id, imageOf(name));
    board.start(id);
    board.run(milliseconds);
    expect(board.simulation.devices.timersOf(1).virtual.control).to.equal(1);
    board.load(id, imageOf(name));
    expect(board.simulation.devices.timersOf(1).virtual.control).to.equal(0);
  });
});

describe("power of programs on ARM", () => {
  it("ends with a call, and begins anew at the entry that another CPU gives", () => {
    const lives: unknown[] = [];
    const board = withPair("qemu-arm64", function* (cpu): Steps {
      lives.push(cpu.id);
      if (cpu.id === 4) {
        yield delay(1000);
        cpu.smc(BigInt(psciFunctions.cpuOff));
        lives.push("never");
      }
      for (let round = 0; round < 2; round++) {
        lives.push(switchOn(cpu, 4n, 0n));
        const isOn = (): boolean => cpu.smc(BigInt(psciFunctions.affinityInfo), 4n).value === 0n;
        while (isOn()) yield delay(1000);
      }
    });
    board.run(milliseconds);
    expect(lives).to.deep.equal([1, 0n, 4, 0n, 4]);
    expect(board.hypervisor.cpu(4).failed).to.equal(false);
  });

  it("fails at an entry that is not mapped, for that CPU alone", () => {
    const board = doing("qemu-arm64", (cpu) => {
      if (cpu.id === 1) switchOn(cpu, 4n, 0x12_3000n);
    });
    expect([1, 4].map((id) => board.hypervisor.cpu(id).failed)).to.deep.equal([false, true]);
    const lines = board.takeConsole();
    expect(lines).to.include.members([
      "FATAL: instruction abort at 0x123000",
      "FATAL: forbidden access (exception class 0x20)",
      'Parking CPU 4 (Cell: "pair")',
    ]);
    expect(lines.join("\n")).to.match(/ pc: 0000000000123000 .*\n.* esr: 20 1 0000007\n/);
  });
});

describe("what programs on ARM may not do", () => {
  it("is told with the processor's registers in 32 bits", () => {
    const board = doing("qemu-arm", (cpu) => void cpu.read32(0xa000_0010));
    expect(board.takeConsole().slice(-8)).to.deep.equal([
      "Unhandled data read at 0xa0000010(4)",
      "FATAL: unhandled trap (exception class 0x24)",
      "pc=0x00000000 cpsr=0x000001d3 hsr=0x93800006",
      "r0=0x00000000 r1=0x00000000 r2=0x00000000 r3=0x00000000 ",
      "r4=0x00000000 r5=0x00000000 r6=0x00000000 r7=0x00000000 ",
      "r8=0x00000000 r9=0x00000000 r10=0x00000000 r11=0x00000000 ",
      "r12=0x00000000 r13=0x00000000 r14=0x00000000 ",
      'Parking CPU 1 (Cell: "pair")',
    ]);
  });

  it("includes addresses that the tables do not look at", () => {
    const board = doing("qemu-arm", (cpu) => void cpu.read32(2 ** 32));
    expect(board.takeConsole()).to.include("Unhandled data read at 0x100000000(4)");
  });

  it("ends a program without a word where the cell's own handler would have it", () => {
    const board = doing("qemu-arm", (cpu) => {
      cpu.readSystemRegister("ICC_IAR1_EL1");
      cpu.write32(0x8000, 1);
    });
    expect(board.hypervisor.machine.memory.read(ram + 0x8000, 4)).to.equal(0n);
    expect(board.hypervisor.cpu(1).failed).to.equal(false);
    expect(board.takeConsole().some((line) => line.startsWith("FATAL"))).to.equal(false);
  });

  it("includes the auxiliary control register, which has no effect in 32 bits", () => {
    const narrow = doing("qemu-arm", (cpu) => {
      cpu.writeSystemRegister("ACTLR_EL1", 1n);
      cpu.write32(0x8000, Number(cpu.readSystemRegister("ACTLR_EL1")) + 7);
    });
    expect(narrow.hypervisor.machine.memory.read(ram + 0x8000, 4)).to.equal(7n);
    expect(narrow.hypervisor.cpu(1).counters[armCounters.cp15]).to.equal(2);
    const wide = doing("qemu-arm64", (cpu) => cpu.writeSystemRegister("ACTLR_EL1", 1n));
    const lines = wide.takeConsole();
    expect(lines).to.include("FATAL: unhandled trap (exception class 0x18)");
    expect(lines.join("\n")).to.match(/ esr: 18 1 0320400\n/);
  });

  it("includes SGIs of version 3 where that is not there, by a pair of registers in 32 bits", () => {
    const board = doing("qemu-arm", (cpu) => cpu.writeSystemRegister("ICC_SGI1R_EL1", 1n));
    expect(board.takeConsole()).to.include("FATAL: unhandled trap (exception class 0x04)");
  });

  for (const [what, exceptionClass, action] of [
    ["calls of the hypervisor", "12", (cpu: ArmGuestCpu) => void cpu.hypercall(7)],
    ["calls of firmware", "13", (cpu: ArmGuestCpu) => void cpu.smc(BigInt(psciFunctions.version))],
    ["SGIs", "04", (cpu: ArmGuestCpu) => cpu.ipi(1, 3)],
    ["its auxiliary control register", "03", (cpu: ArmGuestCpu) => void cpu.readSystemRegister("ACTLR_EL1")],
  ] as const) {
    it(`includes ${what} of code of 32 bits on a processor of 64`, () => {
      const board = new ArmBoard("qemu-arm64");
      const cell = plainCell("qemu-arm64-inmate-demo", pair);
      new DataView(cell.buffer).setUint32(44, 0x1 | 0x4, true);
      board.beginWith(cell, function* (cpu): Steps {
        expect(cpu.is64Bit).to.equal(false);
        yield delay(0);
        action(cpu);
      });
      board.run(milliseconds);
      expect(board.takeConsole()).to.include(`FATAL: unhandled trap (exception class 0x${exceptionClass})`);
    });
  }

  it("is kept among the violations, with the entries that decided", () => {
    const board = doing("qemu-arm64", (cpu) => cpu.write32(0xa000_0000, 1));
    const [violation] = board.simulation.violations.all;
    expect(violation).to.include({ cell: "pair", cpu: 1, outcome: "parked" });
    expect(violation!.text).to.equal("Unhandled data write at 0xa0000000(4)\n");
  });

  it("includes numbers that are none", () => {
    const board = doing("qemu-arm64", (cpu) => cpu.ipi(0, 16));
    expect(board.log.join()).to.match(/ProgramMistake: SGI 16/);
  });
});
