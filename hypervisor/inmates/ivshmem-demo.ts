import type { Pause, Steps } from "../run/program.js";
import type { X86Cpu } from "../x86/x86-cpu.js";
import type { Inmate } from "./inmate.js";
import { PciFunctions } from "./pci-functions.js";

const vendor = 0x110a;
const device = 0x4106;
/** Class "other", without a protocol. */
const plainClass = 0xff00_0000;
const bars = { registers: 0xff00_0000, vectors: 0xff00_1000 } as const;
const config = { class: 0x08, firstBar: 0x10, secondBar: 0x14 } as const;
const vendorCapability = 0x09;
const msixCapability = 0x11;
/** In the capability of the vendor. */
const sections = { states: 0x04, shared: 0x08, output: 0x10, address: 0x18 } as const;
const registers = { id: 0x00, peers: 0x04, interruptControl: 0x08, doorbell: 0x0c, state: 0x10 } as const;
const firstVector = 32;
const mostVectors = 4;
const pauseMicroseconds = 1_000_000;
/** Sections of others that are printed, 8K each. */
const shownInputs = [0x0000, 0x2000, 0x4000] as const;

/** The end of a link, as the demo has set it up. */
interface LinkEnd {
  readonly id: number;
  readonly peers: number;
  readonly states: number;
  readonly shared: number;
  readonly inputs: number;
  readonly output: number;
  readonly hasMsix: boolean;
  readonly vectors: number;
}

/** Rings at the next peer every second, and tells who rings here (inmates/demos/ivshmem-demo.c). */
export function* ivshmemDemo(inmate: Inmate): Steps {
  const { cpu, commandLine, timing } = inmate;
  const base = commandLine.integer("irq_base", firstVector);
  const functions = new PciFunctions(inmate);
  let end: LinkEnd | null = null;
  const counts = new Array<number>(mostVectors).fill(0);
  inmate.initInterrupts(function* (interrupt) {
    const vector = interrupt - base;
    if (end === null || vector < 0 || vector >= end.vectors) return;
    counts[vector]!++;
    const value = end.hasMsix ? (counts[end.id] ?? 0) : counts[0]!;
    cpu.write32(end.shared + 4 * end.id, value);
    cpu.write32(end.output, 10 * value);
    yield* inmate.print(`\nIVSHMEM: got interrupt ${vector} (#${counts[vector]!})\n`);
    yield* printMemory(inmate, end);
  });
  const bdf = functions.find(vendor, device);
  if (bdf === null) {
    yield* inmate.print("IVSHMEM: No PCI devices found .. nothing to do.\n");
    return;
  }
  yield* inmate.print(`IVSHMEM: Found device at ${functions.placeOf(bdf)}\n`);
  const kind = cpu.pciRead(bdf, config.class, 4);
  if (kind !== plainClass) {
    const text = kind.toString(16).padStart(8, "0");
    yield* inmate.print(`IVSHMEM: class/revision ${text}, not supported\n`);
    return;
  }
  const capability = yield* functions.findCapability(bdf, vendorCapability);
  if (capability === null) {
    yield* inmate.print("IVSHMEM ERROR: missing vendor capability\n");
    return;
  }
  yield* placeBars(inmate, functions, bdf);
  end = yield* findSections(inmate, functions, bdf, capability);
  for (let index = 0; end.hasMsix && index < end.vectors; index++) {
    yield* functions.setMsixVector(bdf, base + index, index);
  }
  yield* inmate.print("IVSHMEM: initialized device\n");
  cpu.write32(bars.registers + registers.interruptControl, 1);
  cpu.write32(bars.registers + registers.state, end.id + 1);
  cpu.write32(end.shared + 4 * end.id, 0);
  cpu.write32(end.output, 0);
  yield* printMemory(inmate, end);
  cpu.interruptsEnabled = true;
  const target = commandLine.integer("target", end.id < end.peers ? end.id + 1 : 0);
  const vector = end.hasMsix ? end.id + 1 : 0;
  for (;;) {
    yield* timing.delayMicroseconds(pauseMicroseconds);
    cpu.interruptsEnabled = false;
    yield* inmate.print(`\nIVSHMEM: sending IRQ ${vector} to peer ${target}\n`);
    cpu.interruptsEnabled = true;
    cpu.write32(bars.registers + registers.doorbell, (vector | (target << 16)) >>> 0);
  }
}

function* placeBars(inmate: Inmate, functions: PciFunctions, bdf: number): Steps {
  const { cpu } = inmate;
  cpu.pciWrite(bdf, config.firstBar, 4, bars.registers);
  yield* inmate.print(`IVSHMEM: bar0 is at ${pointer(bars.registers)}\n`);
  cpu.pciWrite(bdf, config.secondBar, 4, bars.vectors);
  yield* inmate.print(`IVSHMEM: bar1 is at ${pointer(bars.vectors)}\n`);
  functions.enable(bdf);
}

function* findSections(
  inmate: Inmate,
  functions: PciFunctions,
  bdf: number,
  capability: number,
): Generator<Pause, LinkEnd, void> {
  const { cpu } = inmate;
  const id = cpu.read32(bars.registers + registers.id);
  yield* inmate.print(`IVSHMEM: ID is ${id | 0}\n`);
  const peers = cpu.read32(bars.registers + registers.peers);
  yield* inmate.print(`IVSHMEM: max. peers is ${peers | 0}\n`);
  const states = longAt(cpu, bdf, capability + sections.address);
  const shared = states + cpu.pciRead(bdf, capability + sections.states, 4);
  const inputs = shared + longAt(cpu, bdf, capability + sections.shared);
  const output = inputs + id * longAt(cpu, bdf, capability + sections.output);
  yield* inmate.print(`IVSHMEM: state table is at ${pointer(states)}\n`);
  yield* inmate.print(`IVSHMEM: R/W section is at ${pointer(shared)}\n`);
  yield* inmate.print(`IVSHMEM: input sections start at ${pointer(inputs)}\n`);
  yield* inmate.print(`IVSHMEM: output section is at ${pointer(output)}\n`);
  const hasMsix = (yield* functions.findCapability(bdf, msixCapability)) !== null;
  return { id, peers, states, shared, inputs, output, hasMsix, vectors: hasMsix ? mostVectors : 1 };
}

function longAt(cpu: X86Cpu, bdf: number, place: number): number {
  const low = cpu.pciRead(bdf, place, 4);
  return cpu.pciRead(bdf, place + 4, 4) * 2 ** 32 + low;
}

function* printMemory({ cpu, console }: Inmate, { states, shared, inputs }: LinkEnd): Steps {
  const line = (name: string, address: number): string => `${name} = ${cpu.read32(address) | 0}\n`;
  for (const index of [0, 1, 2]) yield* console.print(line(`state[${index}]`, states + 4 * index));
  for (const index of [0, 1, 2]) yield* console.print(line(`rw[${index}]`, shared + 4 * index));
  for (const offset of shownInputs) {
    const place = offset.toString(16).padStart(4, "0");
    yield* console.print(line(`in@0x${place}`, inputs + offset));
  }
}

function pointer(address: number): string {
  return `0x${address.toString(16).padStart(16, "0")}`;
}
