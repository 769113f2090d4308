import { relax, type Steps } from "../run/program.js";
import { msrs } from "../x86/trapped-msrs.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import type { Communication } from "./communication.js";

const pmTimerHertz = 3_579_545;
const pmTimerRange = 0x100_0000;
const tscRange = 0x1_0000_0000;
const nanosecondsPerSecond = 1_000_000_000;
const apicTimer = { entry: 0x832, initialCount: 0x838, deadlineMode: 2 ** 18 } as const;
const deadlineFeature = 2 ** 24;
/** Without deadlines, the timer is taken to be divided by 16. */
const divisor = 16n;

/** A counter that begins anew at some value, seen as time that goes on, if it is looked at often enough. */
class WrappingClock {
  private last = 0;
  private wrapped = 0;

  constructor(private readonly range: number) {}

  /** @param time nanoseconds since the counter was 0 */
  at(time: number): number {
    if (time < this.last) this.wrapped += this.range;
    this.last = time;
    return time + this.wrapped;
  }
}

/** Clocks and timer of an inmate: times are nanoseconds (inmates/lib/x86/timing.c). */
export class Timing {
  private readonly pm = new WrappingClock(nanosecondsOf(pmTimerRange, pmTimerHertz));
  private tsc = new WrappingClock(0);
  private tscKhz = 0;
  private ticksPerSecond = 0n;
  private usesDeadlines = false;

  constructor(
    private readonly cpu: X86Cpu,
    private readonly communication: Communication,
  ) {}

  /** The counter has 24 bits: it has to be read every 4.6 seconds. */
  readPmTimer(): number {
    this.readCpuId();
    const ticks = this.cpu.in32(this.communication.pmTimerPort) & (pmTimerRange - 1);
    return this.pm.at(nanosecondsOf(ticks, pmTimerHertz));
  }

  /** @returns Hz */
  initTsc(): number {
    this.tscKhz = this.communication.tscKhz;
    this.tsc = new WrappingClock(Math.floor((tscRange * 1_000_000) / this.tscKhz));
    return this.tscKhz * 1000;
  }

  /** Only 32 bits of the counter are looked at: it has to be read every second or two. */
  readTsc(): number {
    this.readCpuId();
    const low = this.cpu.readTsc() % tscRange;
    const whole = Math.floor(low / this.tscKhz);
    const rest = low - whole * this.tscKhz;
    return this.tsc.at(whole * 1_000_000 + Math.floor((rest * 1_000_000) / this.tscKhz));
  }

  /** What is kept of the clocks is kept by CPU: its id is read each time. */
  private readCpuId(): void {
    this.cpu.readMsr(0x802);
  }

  *delayMicroseconds(count: number): Steps {
    const end = this.readPmTimer() + 1000 * count;
    while (this.readPmTimer() < end) yield relax;
  }

  /** @returns kHz: of the time stamp counter where the timer takes deadlines, else of the timer itself */
  initApicTimer(vector: number): number {
    const { cpu, communication } = this;
    this.usesDeadlines = (cpu.cpuid(1).ecx & deadlineFeature) !== 0;
    let khz = communication.apicKhz;
    if (this.usesDeadlines) {
      khz = this.initTsc() / 1000;
      this.ticksPerSecond = BigInt(khz) * 1000n;
    } else {
      this.ticksPerSecond = (BigInt(khz) * 1000n) / divisor;
    }
    cpu.writeMsr(apicTimer.entry, BigInt(vector + (this.usesDeadlines ? apicTimer.deadlineMode : 0)));
    return khz;
  }

  /** @param nanoseconds from now; one that has passed is very far away, as numbers without sign have it */
  setApicTimer(nanoseconds: number): void {
    const unsigned = BigInt.asUintN(64, BigInt(nanoseconds));
    const ticks = BigInt.asUintN(64, unsigned * this.ticksPerSecond) / BigInt(nanosecondsPerSecond);
    if (this.usesDeadlines) this.cpu.writeMsr(msrs.tscDeadline, BigInt(this.cpu.readTsc()) + ticks);
    else this.cpu.writeMsr(apicTimer.initialCount, ticks);
  }
}

/** Rounded down. @param hertz below 9,000,000 */
function nanosecondsOf(ticks: number, hertz: number): number {
  const seconds = Math.floor(ticks / hertz);
  return (
    seconds * nanosecondsPerSecond + Math.floor(((ticks - seconds * hertz) * nanosecondsPerSecond) / hertz)
  );
}
