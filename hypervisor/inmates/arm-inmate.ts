import type { ArmGuestCpu } from "../arm/arm-guest-cpu.js";
import { cellStates } from "../core/cell.js";
import { halt, type Program, relax, type Steps } from "../run/program.js";
import { armChips } from "./arm-chips.js";
import { type InmateInterrupts, inmateInterrupts } from "./arm-interrupts.js";
import { type CommandLine, commandLineOf } from "./command-line.js";
import { Communication, communicationBases } from "./communication.js";
import { InmateConsole } from "./console.js";
import { imageData } from "./image.js";

const spurious = 0x3ff;

/** What an inmate of ARM does. */
export type ArmInmatePart = (inmate: ArmInmate) => Steps;

/** What inmates share on ARM: console, timer, command line and interrupts (inmates/lib/arm-common). */
export class ArmInmate {
  readonly communication: Communication;
  readonly commandLine: CommandLine;
  readonly console: InmateConsole;
  /** Null before they are set up. */
  private interrupts: InmateInterrupts | null = null;

  constructor(readonly cpu: ArmGuestCpu) {
    this.communication = new Communication(cpu, communicationBases.arm);
    this.commandLine = commandLineOf(cpu);
    const chips = armChips(cpu, this.commandLine);
    this.console = new InmateConsole(cpu, this.communication, this.commandLine, chips);
  }

  print(text: string): Steps {
    return this.console.print(text);
  }

  /** Whoever has an interrupt handler takes all that are pending, one after the other. */
  initInterrupts(handler: (irq: number) => Steps): void {
    const { cpu } = this;
    const interrupts = inmateInterrupts(cpu, this.communication);
    interrupts.init();
    this.interrupts = interrupts;
    cpu.onInterrupt = function* () {
      for (;;) {
        const irq = interrupts.acknowledge();
        if (irq === spurious) return;
        yield* handler(irq);
        interrupts.end(irq);
      }
    };
    cpu.interruptsEnabled = true;
  }

  /** After {@link initInterrupts}. */
  enableInterrupt(irq: number): void {
    this.interrupts?.enable(irq);
  }

  /** Hz. */
  get timerFrequency(): number {
    return Number(this.cpu.readSystemRegister("CNTFRQ_EL0"));
  }

  get timerTicks(): bigint {
    return this.cpu.readSystemRegister("CNTPCT_EL0");
  }

  /** Nanoseconds, as a division by subtraction leaves them: an even result is one too small. */
  nanosecondsOf(ticks: bigint): bigint {
    const divisor = BigInt(Math.floor(Math.floor(this.timerFrequency / 1000) / 1000));
    const value = ticks * 1000n;
    return value <= divisor ? 0n : (value - 1n) / divisor;
  }

  /** The timer fires once, when so many ticks have passed. */
  startTimer(ticks: number): void {
    this.cpu.writeSystemRegister("CNTV_TVAL_EL0", BigInt(ticks));
    this.cpu.writeSystemRegister("CNTV_CTL_EL0", 1n);
  }

  *delayMicroseconds(count: number): Steps {
    const perMicrosecond = Math.floor(Math.floor(this.timerFrequency / 1000) / 1000);
    const end = this.timerTicks + BigInt(count * perMicrosecond);
    while (this.timerTicks < end) yield relax;
  }
}

/** A program as an image runs it, on the one CPU that begins with the cell (inmates/lib/arm64/header.S, lib/setup.c). */
export function armInmateProgram(main: ArmInmatePart): Program<ArmGuestCpu> {
  return function* (cpu) {
    // In 32 bits, interrupts stay off until there is a stack for them.
    cpu.interruptsEnabled = cpu.is64Bit;
    cpu.write32(imageData.consoleReady, 0);
    const inmate = new ArmInmate(cpu);
    const { communication } = inmate;
    if (communication.isUnderstood) yield* main(inmate);
    else communication.state = cellStates.failedCommRevision;
    cpu.interruptsEnabled = false;
    for (;;) yield halt;
  };
}
