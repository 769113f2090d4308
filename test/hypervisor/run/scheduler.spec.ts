import { expect } from "chai";
import fc from "fast-check";
import { MachineHang } from "../../../hypervisor/core/refusal.js";
import { delay, halt, relax, type Steps } from "../../../hypervisor/run/program.js";
import { CpuParked } from "../../../hypervisor/run/program-end.js";
import type { ThreadHost } from "../../../hypervisor/run/program-thread.js";
import { Scheduler } from "../../../hypervisor/run/scheduler.js";
import { failureText } from "../../../hypervisor/simulation/failure-text.js";
import { CellMachine, changed, doing, milliseconds, seconds } from "./cell-machine.js";

/** A CPU that the hypervisor leaves alone, with interrupts of the test's own. */
class PlainHost implements ThreadHost {
  mayRun = true;
  pending: (() => Steps)[] = [];
  isOn = true;

  get hasInterrupt(): boolean {
    return this.isOn && this.isSignalled;
  }

  get isSignalled(): boolean {
    return this.pending.length > 0;
  }

  takeInterrupt(): Steps | null {
    this.isOn = false;
    return this.pending.shift()!();
  }

  returnFromInterrupt(): void {
    this.isOn = true;
  }
}

describe("the scheduler", () => {
  it("lets the CPU go next that is furthest behind, of equal ones the lowest", () => {
    const scheduler = new Scheduler();
    const order: string[] = [];
    const program = function* (name: string, step: number): Steps {
      for (let round = 0; round < 3; round++) {
        order.push(`${name}${scheduler.now}`);
        yield delay(step);
      }
    };
    scheduler.start(2, new PlainHost(), program("b", 20));
    scheduler.start(1, new PlainHost(), program("a", 10));
    scheduler.runFor(1000);
    expect(order).to.deep.equal(["a0", "b0", "a10", "a20", "b20", "b40"]);
  });

  it("lets time pass with each step, also of a program that waits for nothing", () => {
    for (const wait of [0, -1000, Number.NaN]) {
      const scheduler = new Scheduler();
      let steps = 0;
      const program = function* (): Steps {
        for (;;) {
          steps++;
          yield delay(wait);
        }
      };
      scheduler.start(0, new PlainHost(), program());
      scheduler.runFor(50);
      expect([scheduler.now, steps]).to.deep.equal([50, 51]);
    }
  });

  it("stops at the time it is given, and goes on from there", () => {
    const scheduler = new Scheduler();
    const seen: number[] = [];
    scheduler.start(
      0,
      new PlainHost(),
      (function* (): Steps {
        for (;;) {
          seen.push(scheduler.now);
          yield delay(100);
        }
      })(),
    );
    scheduler.runFor(250);
    expect([scheduler.now, ...seen]).to.deep.equal([250, 0, 100, 200]);
    scheduler.runUntil(300);
    expect([scheduler.now, ...seen.slice(3)]).to.deep.equal([300, 300]);
  });

  it("lets interrupts in while a program waits, one after the other, and goes on behind a halt", () => {
    const scheduler = new Scheduler();
    const host = new PlainHost();
    const seen: string[] = [];
    const tell = (text: string): void => void seen.push(`${text}@${scheduler.now}`);
    const handler = function* (): Steps {
      tell("begin");
      yield delay(30);
      tell("end");
    };
    scheduler.start(
      0,
      host,
      (function* (): Steps {
        yield delay(100);
        tell("delayed");
        yield halt;
        tell("halted");
      })(),
    );
    for (const time of [50, 55, 200]) {
      scheduler.at(time, () => {
        host.pending.push(handler);
        scheduler.wake(0);
      });
    }
    scheduler.runFor(1000);
    expect(seen).to.deep.equal([
      ...["begin@50", "end@80", "begin@80", "end@110", "delayed@110"],
      ...["begin@200", "end@230", "halted@230"],
    ]);
  });

  it("does not wake a program that has halted for anything else", () => {
    const scheduler = new Scheduler();
    let goes = false;
    const host = new PlainHost();
    host.isOn = false;
    scheduler.start(
      0,
      host,
      (function* (): Steps {
        yield halt;
        goes = true;
      })(),
    );
    host.pending.push(function* (): Steps {});
    expect(scheduler.runUntilIdle(seconds)).to.equal(true);
    expect(goes).to.equal(false);
  });

  it("leaves programs of suspended CPUs where they are, and time passes for them", () => {
    const scheduler = new Scheduler();
    const host = new PlainHost();
    const seen: number[] = [];
    scheduler.start(
      0,
      host,
      (function* (): Steps {
        yield delay(10);
        seen.push(scheduler.now);
      })(),
    );
    scheduler.runFor(5);
    host.mayRun = false;
    scheduler.runFor(100);
    host.mayRun = true;
    scheduler.runFor(100);
    expect(seen).to.deep.equal([105]);
  });

  it("ends a program whose CPU is parked, with the handlers that have interrupted it", () => {
    const scheduler = new Scheduler();
    const host = new PlainHost();
    let steps = 0;
    scheduler.start(
      0,
      host,
      (function* (): Steps {
        for (;;) {
          steps++;
          yield relax;
        }
      })(),
    );
    scheduler.runFor(5_000);
    host.pending.push(function* (): Steps {
      yield delay(0);
      throw new CpuParked();
    });
    scheduler.wake(0);
    scheduler.runFor(seconds);
    expect([steps, scheduler.hasProgram(0)]).to.deep.equal([1, false]);
  });

  describe("with a program that throws something of its own", () => {
    function* failing(): Steps {
      yield relax;
      throw new TypeError("a mistake of the program");
    }

    it("ends that program, and throws it when the time is over", () => {
      const scheduler = new Scheduler();
      let steps = 0;
      scheduler.start(0, new PlainHost(), failing());
      scheduler.start(
        1,
        new PlainHost(),
        (function* (): Steps {
          for (;;) {
            steps++;
            yield delay(seconds / 10);
          }
        })(),
      );
      expect(() => scheduler.runFor(seconds)).to.throw(TypeError);
      expect([scheduler.hasProgram(0), scheduler.now, steps]).to.deep.equal([false, seconds, 11]);
      scheduler.runFor(seconds);
      expect(steps).to.equal(21);
    });

    it("tells who listens", () => {
      const scheduler = new Scheduler();
      const told: unknown[] = [];
      scheduler.onFailure = (cpu, error) => told.push([cpu, String(error)]);
      scheduler.start(3, new PlainHost(), failing());
      scheduler.at(5, () => {
        throw new RangeError("a device");
      });
      scheduler.runFor(seconds);
      expect(told).to.deep.equal([
        [null, "RangeError: a device"],
        [3, "TypeError: a mistake of the program"],
      ]);
    });

    it("does not disturb another one that waits for a cell meanwhile", () => {
      const machine = new CellMachine();
      const told: string[] = [];
      machine.scheduler.onFailure = (cpu, error) => told.push(failureText(machine.hypervisor, cpu, error));
      const id = machine.begin("apic-demo", "apic-demo");
      machine.beginWith("tiny-demo", function* (cpu): Steps {
        yield delay(milliseconds);
        cpu.read8(-1);
      });
      let answer = 1;
      machine.programs.run(0, function* (cpu): Steps {
        // The cell that is asked looks at its messages only from time to time: the other one goes on until then.
        yield delay(milliseconds - 1000);
        answer = cpu.hypercall(4, id);
      });
      machine.run(100 * milliseconds);
      expect(answer).to.equal(-1);
      expect(told).to.deep.equal([
        'the program on CPU 2 of cell "tiny-demo" is over: ProgramMistake: address -1 is not a whole number from 0 to 2^53 - 1',
      ]);
    });
  });

  describe("with a program in whose step the machine hangs", () => {
    const hang = new MachineHang("nothing comes");

    it("throws that, then and ever after", () => {
      const scheduler = new Scheduler();
      let steps = 0;
      scheduler.start(
        0,
        new PlainHost(),
        (function* (): Steps {
          yield relax;
          throw hang;
        })(),
      );
      scheduler.start(
        1,
        new PlainHost(),
        (function* (): Steps {
          for (;;) {
            steps++;
            yield relax;
          }
        })(),
      );
      expect(() => scheduler.runFor(seconds)).to.throw(MachineHang);
      const before = steps;
      for (let index = 0; index < 2; index++) expect(() => scheduler.runFor(seconds)).to.throw(MachineHang);
      expect([steps, scheduler.end]).to.deep.equal([before, hang]);
    });
  });

  it("runs timers in the order of their times, however they were set", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 30 }), (timers) => {
        const scheduler = new Scheduler();
        const seen: number[] = [];
        for (const [index, [time, isKept]] of timers.entries()) {
          const cancel = scheduler.at(time, () => seen.push(index));
          if (!isKept) cancel();
        }
        scheduler.runFor(100);
        const expected = [...timers.entries()]
          .filter(([, [, isKept]]) => isKept)
          .sort(([, [one]], [, [other]]) => one - other)
          .map(([index]) => index);
        expect(seen).to.deep.equal(expected);
      }),
    );
  });
});

describe("waiting for a cell", () => {
  /** Upstream's cell with messages, and its limit for replies. */
  const withTimeout = (looks: bigint): Uint8Array =>
    changed("apic-demo", (view) => view.setBigUint64(92, looks, true));

  it("ends as a hang where the cell's program is over and never answers", () => {
    const machine = new CellMachine();
    const id = machine.beginWith(
      "apic-demo",
      doing(() => {}),
    );
    machine.run(milliseconds);
    expect(() => machine.destroy(id)).to.throw(MachineHang, /waits without a limit/);
  });

  it("ends as a hang where others run on, but the cell never answers", () => {
    const machine = new CellMachine();
    machine.begin("tiny-demo", "tiny-demo");
    const id = machine.beginWith("apic-demo", function* (): Steps {
      for (;;) yield delay(milliseconds);
    });
    expect(() => machine.destroy(id)).to.throw(MachineHang);
    expect(machine.scheduler.now).to.be.within(10 * seconds, 10.1 * seconds);
  });

  it("ends with the limit of the config, counted in looks", () => {
    const machine = new CellMachine();
    const id = machine.beginWith(withTimeout(5000n), function* (): Steps {
      for (;;) yield delay(milliseconds);
    });
    const before = machine.scheduler.now;
    expect(machine.destroy(id)).to.equal(0);
    expect(machine.scheduler.now - before).to.be.within(5 * milliseconds, 5.1 * milliseconds);
    expect(machine.takeConsole()).to.include("Timeout expired while waiting for reply from target cell");
  });

  it("does not run out where the cell answers in time", () => {
    const machine = new CellMachine();
    const id = machine.begin(withTimeout(5000n), "apic-demo");
    machine.run(milliseconds);
    expect(machine.destroy(id)).to.equal(-1);
    expect(machine.destroy(id)).to.equal(0);
    expect(machine.takeConsole()).not.to.include("Timeout expired while waiting for reply from target cell");
  });

  it("lets the CPU of the root cell be the caller still, whoever was in the hypervisor meanwhile", () => {
    const machine = new CellMachine();
    const id = machine.begin("apic-demo", "apic-demo");
    machine.begin("tiny-demo", "tiny-demo");
    machine.run(milliseconds);
    machine.programs.run(0, function* (cpu): Steps {
      expect(cpu.hypercall(4, id)).to.equal(-1);
      yield relax;
      expect(cpu.hypercall(4, id)).to.equal(0);
    });
    machine.run(100 * milliseconds);
    expect(machine.scheduler.hasProgram(0)).to.equal(false);
    expect(machine.hypervisor.cells.map(({ name }) => name)).to.deep.equal(["tiny-demo"]);
  });
});
