import { halt, type Steps } from "../run/program.js";
import type { ArmInmate } from "./arm-inmate.js";

/** The virtual timer of the CPU. */
const timerInterrupt = 27;
const beatsPerSecond = 10;
const neverSeen = 2n ** 64n - 1n;

/** Tells ten times a second how late the timer was (inmates/demos/arm/gic-demo.c). */
export function* gicDemo(inmate: ArmInmate): Steps {
  const { cpu, commandLine } = inmate;
  const led = commandLine.integer("led-reg", 0);
  const pin = led === 0 ? 0 : commandLine.integer("led-pin", 0);
  let ticksPerBeat = 0;
  let expected = 0n;
  let [least, most] = [neverSeen, 0n];
  const nanoseconds = (ticks: bigint): string => String(inmate.nanosecondsOf(ticks)).padStart(6);
  yield* inmate.print("Initializing the GIC...\n");
  inmate.initInterrupts(function* (irq): Steps {
    if (irq !== timerInterrupt) return;
    const delta = BigInt.asUintN(64, inmate.timerTicks - expected);
    if (delta < least) least = delta;
    if (delta > most) most = delta;
    const range = `min: ${nanoseconds(least)} ns, max: ${nanoseconds(most)} ns`;
    yield* inmate.print(`Timer fired, jitter: ${nanoseconds(delta)} ns, ${range}\n`);
    if (led !== 0) cpu.write32(led, (cpu.read32(led) ^ (1 << (pin & 31))) >>> 0);
    expected = inmate.timerTicks + BigInt(ticksPerBeat);
    inmate.startTimer(ticksPerBeat);
  });
  inmate.enableInterrupt(timerInterrupt);
  yield* inmate.print("Initializing the timer...\n");
  ticksPerBeat = Math.floor(inmate.timerFrequency / beatsPerSecond);
  expected = inmate.timerTicks + BigInt(ticksPerBeat);
  inmate.startTimer(ticksPerBeat);
  for (;;) yield halt;
}
