import { cyclesAt, type Timers, timeOfCycles } from "./virtual-clock.js";

/** Registers of a local APIC by their number: 16 bytes each in memory, one MSR each (Intel SDM 3A, table 10-1, 10-6). */
export const apicRegisters = {
  id: 0x02,
  version: 0x03,
  taskPriority: 0x08,
  processorPriority: 0x0a,
  endOfInterrupt: 0x0b,
  logicalDestination: 0x0d,
  destinationFormat: 0x0e,
  spurious: 0x0f,
  inService: 0x10,
  triggerMode: 0x18,
  requested: 0x20,
  errorStatus: 0x28,
  lvtCmci: 0x2f,
  command: 0x30,
  commandHigh: 0x31,
  lvtTimer: 0x32,
  lvtError: 0x37,
  initialCount: 0x38,
  currentCount: 0x39,
  divide: 0x3e,
  selfIpi: 0x3f,
} as const;

/** Version 0x14 with 6 entries in the local vector table. */
const version = 0x5_0014;
const enabled = 0x100;
const masked = 0x1_0000;
/** Nanoseconds: a timer that is set to fire more often would leave no time for anything else. */
const leastPeriod = 1000;
const timerModes = { oneShot: 0, periodic: 1, deadline: 2 } as const;
/** Linux leaves the divider at 16. */
const divideBy16 = 0x3;

/** How fast the clocks of a processor are. */
export interface ProcessorClocks {
  readonly tscKhz: number;
  /** Of the timer of local APICs, before it is divided. */
  readonly apicKhz: number;
}

/** The local APIC of a processor: what is requested, in service and masked, and its timer. */
export class LocalApic {
  private readonly values = new Uint32Array(0x40);
  private initialCount = 0;
  private startedAt = 0;
  /** In cycles of the time stamp counter; 0 while the timer is off. */
  private deadline = 0;
  private cancelTimer: () => void = () => {};

  /** Told of the vector whose interrupt is over. */
  onEnd: (vector: number) => void = () => {};

  /** @param onRequest told when an interrupt has been requested */
  constructor(
    readonly id: number,
    private readonly cpu: number,
    private readonly timers: Timers,
    private readonly frequencies: ProcessorClocks,
    private readonly usesX2apic: boolean,
    private readonly onRequest: () => void,
  ) {
    this.values[apicRegisters.divide] = divideBy16;
    this.values[apicRegisters.destinationFormat] = 0xffff_ffff;
    this.clear();
  }

  /** As the hypervisor leaves it for a cell: masked, with nothing requested, and off (hypervisor/arch/x86/apic.c:333-378). */
  clear(): void {
    for (let entry: number = apicRegisters.lvtTimer; entry <= apicRegisters.lvtError; entry++) {
      this.values[entry]! |= masked;
    }
    this.values[apicRegisters.lvtCmci]! |= masked;
    this.values.fill(0, apicRegisters.inService, apicRegisters.errorStatus);
    this.values[apicRegisters.taskPriority] = 0;
    this.values[apicRegisters.spurious] = 0xff;
  }

  read(register: number): number {
    switch (register) {
      case apicRegisters.id:
        return this.usesX2apic ? this.id : (this.id << 24) >>> 0;
      case apicRegisters.version:
        return version;
      case apicRegisters.logicalDestination:
        return this.logicalDestination;
      case apicRegisters.processorPriority:
        return this.priority;
      case apicRegisters.initialCount:
        return this.initialCount;
      case apicRegisters.currentCount:
        return this.currentCount;
      default:
        return this.values[register] ?? 0;
    }
  }

  /** @param value 32 bits; a command is not sent by it */
  write(register: number, value: number): void {
    switch (register) {
      case apicRegisters.endOfInterrupt:
        this.endInterrupt();
        return;
      case apicRegisters.initialCount:
        this.initialCount = value >>> 0;
        this.startedAt = this.timers.now;
        this.armTimer();
        return;
      case apicRegisters.lvtTimer:
      case apicRegisters.divide:
        this.values[register] = value;
        this.armTimer();
        return;
      default:
        if (register < this.values.length) this.values[register] = value;
    }
  }

  /** One bit of eight without clusters; with them, the number of a cluster of 16 and a bit. */
  private get logicalDestination(): number {
    if (!this.usesX2apic) return ((1 << this.cpu) << 24) >>> 0;
    return (((this.id >> 4) << 16) | (1 << (this.id & 0xf))) >>> 0;
  }

  /** Whether a logical destination, as a command has it, names this one. */
  isNamedBy(destination: number): boolean {
    if (!this.usesX2apic) return ((destination >> this.cpu) & 1) === 1;
    return destination >>> 16 === this.id >> 4 && ((destination >> (this.id & 0xf)) & 1) === 1;
  }

  /** A vector that is requested twice before it is taken comes once. @param vector 0 to 255 */
  request(vector: number): void {
    if ((this.values[apicRegisters.spurious]! & enabled) === 0) return;
    this.values[apicRegisters.requested + (vector >> 5)]! |= 1 << (vector & 31);
    this.onRequest();
  }

  /** The vector that the processor would take now; null without one. */
  get pending(): number | null {
    const vector = this.highest(apicRegisters.requested);
    return vector !== null && vector >> 4 > this.priority >> 4 ? vector : null;
  }

  /** The vector is in service from now on. */
  acknowledge(): number {
    const vector = this.pending!;
    const bit = 1 << (vector & 31);
    this.values[apicRegisters.requested + (vector >> 5)]! &= ~bit;
    this.values[apicRegisters.inService + (vector >> 5)]! |= bit;
    return vector;
  }

  private endInterrupt(): void {
    const vector = this.highest(apicRegisters.inService);
    if (vector === null) return;
    this.values[apicRegisters.inService + (vector >> 5)]! &= ~(1 << (vector & 31));
    this.onEnd(vector);
  }

  private get priority(): number {
    const task = this.values[apicRegisters.taskPriority]!;
    const service = this.highest(apicRegisters.inService) ?? 0;
    return task >> 4 >= service >> 4 ? task : service & 0xf0;
  }

  private highest(first: number): number | null {
    for (let word = 7; word >= 0; word--) {
      const value = this.values[first + word]!;
      if (value !== 0) return 32 * word + 31 - Math.clz32(value);
    }
    return null;
  }

  /** MSR 0x6e0: cycles of the time stamp counter. It is 0 outside of its mode, and once the time has come. */
  get tscDeadline(): number {
    return this.timerMode === timerModes.deadline ? this.deadline : 0;
  }

  set tscDeadline(cycles: number) {
    if (this.timerMode !== timerModes.deadline) return;
    this.deadline = cycles;
    this.armTimer();
  }

  private get timerMode(): number {
    return (this.values[apicRegisters.lvtTimer]! >> 17) & 3;
  }

  private get divisor(): number {
    const value = this.values[apicRegisters.divide]!;
    const code = (value & 3) | ((value >> 1) & 4);
    return code === 7 ? 1 : 2 << code;
  }

  private get timerKhz(): number {
    return this.frequencies.apicKhz / this.divisor;
  }

  private get currentCount(): number {
    if (this.initialCount === 0 || this.timerMode === timerModes.deadline) return 0;
    const passed = cyclesAt(this.timers.now - this.startedAt, this.timerKhz);
    if (this.timerMode === timerModes.periodic) return this.initialCount - (passed % this.initialCount);
    return Math.max(0, this.initialCount - passed);
  }

  private armTimer(): void {
    this.cancelTimer();
    this.cancelTimer = () => {};
    if (this.timerMode === timerModes.deadline) {
      if (this.deadline !== 0) this.fireAt(timeOfCycles(this.deadline, this.frequencies.tscKhz));
    } else if (this.initialCount !== 0) {
      const period = Math.max(leastPeriod, timeOfCycles(this.initialCount, this.timerKhz));
      const passed = this.timers.now - this.startedAt;
      const isPeriodic = this.timerMode === timerModes.periodic;
      if (isPeriodic) this.fireAt(this.startedAt + period * (1 + Math.floor(passed / period)));
      else if (passed < period) this.fireAt(this.startedAt + period);
    }
  }

  private fireAt(time: number): void {
    this.cancelTimer = this.timers.at(time, () => this.fire());
  }

  private fire(): void {
    const entry = this.values[apicRegisters.lvtTimer]!;
    if (this.timerMode === timerModes.deadline) this.deadline = 0;
    if ((entry & masked) === 0) this.request(entry & 0xff);
    if (this.timerMode === timerModes.periodic) this.armTimer();
  }
}
