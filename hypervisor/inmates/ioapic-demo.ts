import { halt, type Steps } from "../run/program.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import type { Inmate } from "./inmate.js";

const vector = 32;
const acpiPin = 9;
const chip = { index: 0xfec0_0000, data: 0xfec0_0010, table: 0x10 } as const;
const levelActiveHigh = 0x8000;
/** Of ACPI's registers, from where their ports begin: so far before the timer. */
const ports = { beforeTimer: 8, status: 0, enable: 2 } as const;
const timerEvent = 0x1;

/** Tells of the interrupts that the timer of ACPI causes (inmates/demos/x86/ioapic-demo.c). */
export function* ioapicDemo(inmate: Inmate): Steps {
  const { cpu, communication } = inmate;
  let base = 0;
  inmate.initInterrupts(function* (interrupt) {
    if (interrupt !== vector) return;
    const status = cpu.in16(base + ports.status);
    yield* inmate.print(`ACPI IRQ received, status: ${status.toString(16).padStart(4, "0")}\n`);
    cpu.out16(base, status);
  });
  writeEntry(cpu, 2 * acpiPin + 1, inmate.cpuId << 24);
  writeEntry(cpu, 2 * acpiPin, levelActiveHigh | vector);
  base = communication.pmTimerPort - ports.beforeTimer;
  cpu.out16(base + ports.enable, cpu.in16(base + ports.enable) | timerEvent);
  yield* inmate.print("Note: ACPI IRQs are broken for Linux now.\n");
  cpu.interruptsEnabled = true;
  for (;;) yield halt;
}

function writeEntry(cpu: X86Cpu, word: number, value: number): void {
  cpu.write32(chip.index, chip.table + word);
  cpu.write32(chip.data, value >>> 0);
}
