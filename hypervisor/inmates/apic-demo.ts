import { cellStates } from "../core/cell.js";
import { messages, replies } from "../core/control/messages.js";
import { relax, type Steps } from "../run/program.js";
import { msrs } from "../x86/trapped-msrs.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import { imageData } from "./image.js";
import type { Inmate } from "./inmate.js";

const vector = 32;
const millisecond = 1_000_000;
const period = 100 * millisecond;
const pollutedBytes = 512 * 1024;

/** Models of Intel's family 6 that count system management interrupts. */
const modelsWithSmiCount: ReadonlySet<number> = new Set([
  ...[0x37, 0x4a, 0x4d, 0x5a, 0x5d, 0x5c, 0x7a, 0x1a, 0x1e, 0x1f, 0x2e],
  ...[0x2a, 0x2d, 0x57, 0x85, 0],
]);

/** Tells every 100 ms how late its timer is, and denies the first request to shut down (inmates/demos/x86/apic-demo.c). */
export function* apicDemo(inmate: Inmate): Steps {
  const { cpu, communication, commandLine, timing } = inmate;
  communication.state = cellStates.runningLocked;
  const pollutes = commandLine.boolean("pollute-cache", false);
  if (pollutes) yield* inmate.print("Cache pollution enabled\n");
  const initialSmis = countsSmis(cpu) ? smiCount(cpu) : null;
  if (initialSmis !== null) yield* inmate.print(`Initial number of SMIs: ${initialSmis}\n`);
  const hertz = timing.initTsc();
  const fraction = String(hertz % 1000).padStart(3, "0");
  yield* inmate.print(`Calibrated TSC frequency: ${Math.floor(hertz / 1000)}.${fraction} kHz\n`);
  const led = { register: 0, pin: 0 };
  yield* startTimer(inmate, initialSmis, led);
  led.register = commandLine.integer("led-reg", 0);
  led.pin = commandLine.integer("led-pin", 0);
  yield* answerMessages(inmate, pollutes);
  yield* inmate.print("Stopped APIC demo\n");
  communication.state = cellStates.shutDown;
}

function* startTimer(
  inmate: Inmate,
  initialSmis: number | null,
  led: { readonly register: number; readonly pin: number },
): Steps {
  const { cpu, timing } = inmate;
  let expected = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  inmate.initInterrupts(function* (interrupt) {
    if (interrupt !== vector) return;
    const jitter = timing.readTsc() - expected;
    least = Math.min(least, jitter);
    most = Math.max(most, jitter);
    const times = [jitter, least, most].map((time) => String(time).padStart(6));
    yield* inmate.print(`Timer fired, jitter: ${times[0]} ns, min: ${times[1]} ns, max: ${times[2]} ns`);
    const smis = initialSmis === null ? 0 : smiCount(cpu) - initialSmis;
    if (smis !== 0) yield* inmate.print(`, SMIs: ${smis}`);
    yield* inmate.print("\n");
    if (led.register !== 0) cpu.write32(led.register, cpu.read32(led.register) ^ (1 << led.pin));
    expected += period;
    timing.setApicTimer(expected - timing.readTsc());
  });
  const khz = timing.initApicTimer(vector);
  yield* inmate.print(`Calibrated APIC frequency: ${khz} kHz\n`);
  expected = timing.readTsc() + millisecond;
  timing.setApicTimer(millisecond);
  cpu.interruptsEnabled = true;
}

/** Until the second request to shut down. Interrupts come between two looks. */
function* answerMessages(inmate: Inmate, pollutes: boolean): Steps {
  const { cpu, communication } = inmate;
  let hasDenied = false;
  for (;;) {
    yield relax;
    if (pollutes) polluteCache(cpu);
    const { message } = communication;
    if (message === 0) continue;
    if (message !== messages.shutdownRequest) {
      communication.reply(replies.unknown);
    } else if (hasDenied) {
      return;
    } else {
      yield* inmate.print("Rejecting first shutdown request - try again!\n");
      communication.reply(replies.requestDenied);
      hasDenied = true;
    }
  }
}

function countsSmis(cpu: X86Cpu): boolean {
  const { eax } = cpu.cpuid(1);
  const family = ((eax >> 8) & 0xf) | ((eax >> 16) & 0xff0);
  const model = ((eax >> 4) & 0xf) | ((eax >> 12) & 0xf0);
  return family === 6 && modelsWithSmiCount.has(model);
}

function smiCount(cpu: X86Cpu): number {
  return Number(BigInt.asUintN(32, cpu.readMsr(msrs.smiCount)));
}

function polluteCache(cpu: X86Cpu): void {
  const line = (cpu.cpuid(1).ebx & 0xff00) >> 5;
  for (let place = imageData.heap; place < imageData.heap + pollutedBytes; place += line) {
    cpu.write8(place, cpu.read8(place) ^ 0xaa);
  }
}
