import { relax, type Steps } from "../run/program.js";
import { imageData } from "./image.js";
import type { Inmate, InmatePart } from "./inmate.js";

const vector = 40;
/** In the memory of the image: who the others tell that they are there. */
const primaryCpu = imageData.consoleReady + 4;

/** Starts all other CPUs, one after the other, and waits for an interrupt of each (inmates/demos/x86/smp-demo.c). */
export function* smpDemo(inmate: Inmate): Steps {
  const { cpu } = inmate;
  const primary = inmate.cpuId;
  cpu.write32(primaryCpu, primary);
  yield* inmate.print(`SMP demo, primary CPU: ${primary}\nWaiting for the rest...`);
  yield* inmate.waitForAllCpus();
  yield* inmate.print(`\nFound ${inmate.knownCpus - 1} other CPU(s)\n`);
  let isDone = false;
  inmate.initInterrupts(function* (interrupt) {
    if (interrupt !== vector) return;
    yield* inmate.print(`Received IPI on ${inmate.cpuId}\n`);
    isDone = true;
  });
  cpu.interruptsEnabled = true;
  for (let index = 1; index < inmate.knownCpus; index++) {
    const other = inmate.knownCpu(index);
    yield* inmate.print(` Starting CPU ${other}\n`);
    isDone = false;
    yield* inmate.startCpu(other, 0);
    while (!isDone) yield relax;
  }
}

const secondary: InmatePart = function* (inmate) {
  yield* inmate.print(`Hello from CPU ${inmate.cpuId}!\n`);
  inmate.sendIpi(inmate.cpu.read32(primaryCpu), vector);
};

export const smpEntries: readonly InmatePart[] = [secondary];
