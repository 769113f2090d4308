import { cellStates } from "../core/cell.js";
import { features } from "../machine/processor.js";
import { type Program, relax, type Steps } from "../run/program.js";
import { controlBits, xstate } from "../x86/control-registers.js";
import { msrs } from "../x86/trapped-msrs.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import { type CommandLine, commandLineOf } from "./command-line.js";
import { Communication } from "./communication.js";
import { InmateConsole } from "./console.js";
import { imageData, mostCpus } from "./image.js";
import { Timing } from "./timing.js";
import { x86Chips } from "./x86-chips.js";

const x2apicId = 0x802;
const endOfInterrupt = 0x80b;
const spurious = { register: 0x80f, enabled: 0x1ffn } as const;
const command = { assert: 0x4000n, init: 0x500n, start: 0x600n } as const;
const mtrrsEnabled = 0x800n;
const xstateLeaf = 0xd;
const avxState = 0x4n;
const longMode = 0x100n;
/** Vectors that have a handler: those of the first 32 interrupts. */
const vectors = { first: 32, last: 63 } as const;

/** What a program of a cell does: on its primary CPU, or on one that this one starts. */
export type InmatePart = (inmate: Inmate) => Steps;

/** What inmates share: console, clocks, command line, interrupts and other CPUs (inmates/lib/x86). */
export class Inmate {
  readonly communication: Communication;
  readonly commandLine: CommandLine;
  readonly console: InmateConsole;
  readonly timing: Timing;

  constructor(readonly cpu: X86Cpu) {
    this.communication = new Communication(cpu);
    this.commandLine = commandLineOf(cpu);
    this.console = new InmateConsole(
      cpu,
      this.communication,
      this.commandLine,
      x86Chips(cpu, this.commandLine),
    );
    this.timing = new Timing(cpu, this.communication);
  }

  print(text: string): Steps {
    return this.console.print(text);
  }

  /** Its APIC id, through the interface of x2APIC, which the hypervisor has for all cells. */
  get cpuId(): number {
    return Number(this.cpu.readMsr(x2apicId));
  }

  /** Switches the local APIC on. The handler gets the vector; interrupts are off until it is over. */
  initInterrupts(handler: (vector: number) => Steps): void {
    const { cpu } = this;
    cpu.writeMsr(spurious.register, spurious.enabled);
    cpu.onInterrupt = function* (vector) {
      if (vector < vectors.first || vector > vectors.last) cpu.fault();
      yield* handler(vector);
      cpu.writeMsr(endOfInterrupt, 0n);
    };
  }

  sendIpi(cpuId: number, vector: number): void {
    this.cpu.ipi(cpuId, vector);
  }

  get knownCpus(): number {
    return this.cpu.read32(imageData.knownCpus);
  }

  /** APIC id of the CPU that has come as the nth, 0 for the primary one. */
  knownCpu(index: number): number {
    return this.cpu.read8(imageData.cpuIds + index);
  }

  *waitForAllCpus(): Steps {
    while (this.knownCpus < this.communication.cpus) yield relax;
  }

  /** Lets another CPU run an entry of the program. Two starts are sent, as processors want it; the second one is ignored. */
  *startCpu(cpuId: number, entry: number): Steps {
    const { cpu, timing } = this;
    cpu.write32(imageData.entry, entry + 1);
    cpu.write32(imageData.stack, 1);
    const destination = (BigInt(cpuId) << 32n) | command.assert;
    cpu.writeMsr(msrs.x2apicCommand, destination | command.init);
    yield* timing.delayMicroseconds(10_000);
    cpu.writeMsr(msrs.x2apicCommand, destination | command.start);
    yield* timing.delayMicroseconds(200);
    cpu.writeMsr(msrs.x2apicCommand, destination | command.start);
    while (cpu.read32(imageData.entry) !== 0 && cpu.read32(imageData.stack) !== 0) yield relax;
  }
}

/**
 * A program as an image runs it. Every CPU of the cell begins at the same place: the first one is the primary one, the others
 * stop at once and can be started for an entry. Since the count is in memory, a cell that is started again without being
 * loaded has no primary CPU, and stays silent (inmates/lib/x86/header-64.S).
 */
export function inmateProgram(main: InmatePart, entries: readonly InmatePart[] = []): Program<X86Cpu> {
  return function* (cpu) {
    enterLongMode(cpu);
    const entry = cpu.read32(imageData.entry);
    cpu.write32(imageData.entry, 0);
    if (entry === 0 && !registerCpu(cpu)) return;
    cpu.write32(imageData.stack, 0);
    enableFeatures(cpu);
    if (entry !== 0) yield* entries[entry - 1]!(new Inmate(cpu));
    else yield* runMain(cpu, main);
  };
}

function enterLongMode(cpu: X86Cpu): void {
  const { control } = cpu;
  const { protection, physicalExtension, paging, writeProtect } = controlBits;
  control.cr0 |= protection;
  control.cr4 |= physicalExtension;
  cpu.writeMsr(msrs.mtrrDefaultType, cpu.readMsr(msrs.mtrrDefaultType) | mtrrsEnabled);
  cpu.writeMsr(msrs.efer, cpu.readMsr(msrs.efer) | longMode);
  control.cr0 = paging | writeProtect | protection;
}

/** @returns whether it is the primary one */
function registerCpu(cpu: X86Cpu): boolean {
  const index = cpu.read32(imageData.begunCpus);
  cpu.write32(imageData.begunCpus, index + 1);
  if (index >= mostCpus) return false;
  cpu.write8(imageData.cpuIds + index, cpu.cpuid(1).ebx >>> 24);
  cpu.write32(imageData.knownCpus, cpu.read32(imageData.knownCpus) + 1);
  return index === 0;
}

/** What the processor can save of its state (inmates/lib/x86/cpu-features.c). */
function enableFeatures(cpu: X86Cpu): void {
  const { control } = cpu;
  if ((cpu.cpuid(1).edx & features.fxsr) !== 0) control.cr4 |= controlBits.osFxsr;
  if ((cpu.cpuid(1).ecx & features.xsave) === 0) return;
  control.cr4 |= controlBits.osXsave;
  const known = BigInt(cpu.cpuid(xstateLeaf).eax);
  control.writeXcr(0, 0, Number(control.readXcr0() | (known & avxState) | xstate.all));
}

function* runMain(cpu: X86Cpu, main: InmatePart): Steps {
  cpu.write32(imageData.consoleReady, 0);
  // The vendor, which decides how hypercalls are made.
  cpu.cpuid(0);
  const inmate = new Inmate(cpu);
  const { communication } = inmate;
  if (communication.isUnderstood) yield* main(inmate);
  else communication.state = cellStates.failedCommRevision;
}
