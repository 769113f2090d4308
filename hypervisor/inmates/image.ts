import { markerOf } from "../run/program-registry.js";

/** Where images have their data: like those of upstream, what a program changes there is only put right by loading again. */
export const imageData = {
  /** So many CPUs have begun: the first one is the primary one. */
  begunCpus: 0x100,
  /** So many CPUs are known. */
  knownCpus: 0x104,
  /** Where a CPU that is started by another one goes: 0 for the beginning, or 1 + the index of an entry. */
  entry: 0x108,
  /** 0 while the stack that is meant for the next CPU has been taken. */
  stack: 0x10c,
  /** The console has been initialized. */
  consoleReady: 0x110,
  /** A byte for each known CPU: its APIC id. */
  cpuIds: 0x180,
  /** The command line: text that ends with a zero. */
  commandLine: 0x1000,
  commandLineSize: 256,
  /** Memory from here on is the program's own. */
  heap: 0x3000,
} as const;

/** Most CPUs that an image can count. */
export const mostCpus = 255;

/** The image of a program, to be loaded at address 0 of its cell. */
export function imageOf(name: string): Uint8Array {
  const image = new Uint8Array(imageData.commandLine + imageData.commandLineSize);
  image.set(markerOf(name));
  image[imageData.stack] = 1;
  return image;
}
