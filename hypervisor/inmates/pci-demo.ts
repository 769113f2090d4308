import { halt, type Steps } from "../run/program.js";
import type { Inmate } from "./inmate.js";
import { PciFunctions } from "./pci-functions.js";

const vector = 32;
/** Registers of a controller of HD audio. */
const registers = {
  globalControl: 0x08,
  wakeEnable: 0x0c,
  stateChange: 0x0e,
  interruptControl: 0x20,
} as const;
const resetMicroseconds = 7000;

/** Tells of the message of a controller of HD audio that it resets (inmates/demos/x86/pci-demo.c). */
export function* pciDemo(inmate: Inmate): Steps {
  const { cpu, timing } = inmate;
  const functions = new PciFunctions(inmate);
  let base = 0;
  inmate.initInterrupts(function* (interrupt) {
    if (interrupt !== vector) return;
    const changes = cpu.read16(base + registers.stateChange);
    yield* inmate.print(`HDA MSI received (STATESTS: ${changes.toString(16).padStart(4, "0")})\n`);
    cpu.write16(base + registers.stateChange, changes);
  });
  const bdf = functions.findAny();
  if (bdf === null) {
    yield* inmate.print("No device found!\n");
    return;
  }
  yield* inmate.print(`Found ${functions.nameOf(bdf)}\n`);
  base = Number(functions.firstBar(bdf));
  yield* inmate.print(`HDBAR at 0x${base.toString(16).padStart(16, "0")}\n`);
  yield* functions.setMsiVector(bdf, vector);
  functions.enable(bdf);
  cpu.interruptsEnabled = true;
  cpu.write16(base + registers.stateChange, cpu.read16(base + registers.stateChange));
  cpu.write16(base + registers.globalControl, 0);
  yield* timing.delayMicroseconds(resetMicroseconds);
  cpu.write16(base + registers.globalControl, 1);
  cpu.write16(base + registers.wakeEnable, 0x0f);
  cpu.write32(base + registers.interruptControl, 0xc000_0000);
  for (;;) yield halt;
}
