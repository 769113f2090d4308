import { panicPark } from "../../../hypervisor/core/panic.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { X86Machine } from "../recorded/x86-machine.js";
import { oneOf, withChanges } from "./configs.js";
import { type NaiveCallConfig, NaiveCalls } from "./naive-calls.js";
import type { Played, ProbeKind } from "./probe-kind.js";
import type { Random } from "./random-scenario.js";

type Step =
  | {
      readonly does: "call";
      readonly cpu: number;
      readonly code: number;
      readonly first: number;
      readonly second: number;
    }
  | { readonly does: "setState"; readonly cell: number; readonly state: number }
  | { readonly does: "park"; readonly cpu: number };

interface CallScenario {
  readonly vendor: "intel" | "amd";
  readonly rootMayPrint: boolean;
  readonly configs: readonly NaiveCallConfig[];
  readonly steps: readonly Step[];
}

const cpus = [0, 1, 2, 3];
const names = ["one", "two", "three", "QEMU-VM"];
const ids = [0, 1, 2, 3, 0xffff];
/** Codes that do much come as often as all others together. */
const codes = [0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 7, 8, 9, 0xffff_ffff];
/** Configs lie one after the other in the root cell's memory; nobody else gets that. */
const firstConfig = 0x100_0000;
const distance = 0x1000;
const nowhere = 2 ** 40;

/** Calls of all CPUs, whatever their cells, while cells come, go, fail, lock themselves and deny. */
export const callProbes: ProbeKind<CallScenario> = {
  name: "hypercalls",

  generate(random) {
    const configs = Array.from({ length: 6 }, () => configOf(random));
    const steps = Array.from({ length: 600 }, () => stepOf(random, configs));
    return {
      vendor: oneOf(["intel", "amd"] as const, random),
      rootMayPrint: random(2) === 0,
      configs,
      steps,
    };
  },

  play({ vendor, rootMayPrint, configs, steps }): Played {
    const machine = machineOf(vendor, rootMayPrint);
    const { hypervisor } = machine;
    const places = configs.map((config, index) => [firstConfig + distance * index, config] as const);
    for (const [address, config] of places) hypervisor.machine.memory.writeBytes(address, bytesOf(config));
    const root = { name: "QEMU-VM", id: 0, cpus, isPassive: false, mayPrint: rootMayPrint, reply: 0 };
    const known = new Map(places);
    const pages = { pool: hypervisor.pool.pages, remap: 131_072 };
    const naive = new NaiveCalls(root, pages, known);
    machine.whileWaiting = () => answer(machine);
    let [probes, leftOut] = [0, 0];
    for (const step of steps) {
      if (step.does === "setState") {
        const cell = hypervisor.cells.find(({ config }) => config.id === step.cell);
        if (cell === undefined) continue;
        hypervisor.machine.memory.write(cell.commPage + 8, 4, BigInt(step.state));
        naive.setState(step.cell, step.state);
      } else if (step.does === "park") {
        if (naive.ownerOf(step.cpu) === null || naive.isFailed(step.cpu)) continue;
        panicPark(hypervisor, hypervisor.cpu(step.cpu));
        naive.park(step.cpu);
      } else if (!naive.isFailed(step.cpu)) {
        machine.caller = step.cpu;
        machine.takeLines();
        const { code, first, second } = step;
        if (code === 0 && naive.mayEnd(step.cpu)) continue;
        if (code === 1 && first < nowhere && !known.has(first)) continue;
        const expected = naive.call(step.cpu, code, first, second);
        const got = machine.call(code, first, second);
        if (expected === null) {
          leftOut++;
          continue;
        }
        probes++;
        if (got !== expected) return { probes, leftOut, disagreement: wrong(step, got, expected) };
        const printed = machine.takeLines().join("");
        if (code === 8 && printed !== (got === 0 ? String.fromCharCode(first) : "")) {
          return { probes, leftOut, disagreement: wrong(step, printed, first) };
        }
      }
    }
    return { probes, leftOut, disagreement: null };
  },
};

function wrong(step: Step, got: unknown, expected: unknown): string {
  return `${JSON.stringify(step)}: ${got} instead of ${expected}`;
}

const printing = 0x4000_0000;

function machineOf(vendor: "intel" | "amd", rootMayPrint: boolean): X86Machine {
  const base = baseConfigs().get(vendor === "amd" ? "amd" : "qemu-x86")!;
  const bytes = Uint8Array.from(base);
  new DataView(bytes.buffer).setUint32(356 + 44, rootMayPrint ? printing : 0, true);
  const machine = new X86Machine(bytes, { vendor });
  machine.enable();
  return machine;
}

function bytesOf({ name, id, cpus: own, isPassive, mayPrint, reply }: NaiveCallConfig): Uint8Array {
  const set = new Uint8Array(8);
  for (const cpu of own) set[cpu >> 3]! |= 1 << (cpu & 7);
  const flags = (isPassive ? 1 : 0) | (mayPrint ? printing : 0);
  return withChanges(baseConfigs().get("tiny-demo")!, "cell", {
    header: { name, id, flags, vpci_irq_base: reply },
    tables: { cpus: set, pio_regions: [], cache_regions: [], mem_regions: [comm] },
  });
}

const comm = { phys_start: 0n, virt_start: 0x10_0000n, size: 0x1000n, flags: 0x23n };

/** Programs answer what their configs say in a field that x86 does not use, whatever they are asked. */
function answer({ hypervisor }: X86Machine): boolean {
  const { memory } = hypervisor.machine;
  for (const { config, commPage } of hypervisor.cells) {
    if (memory.read(commPage + 12, 4) === 0n) continue;
    memory.write(commPage + 12, 4, 0n);
    memory.write(commPage + 16, 4, BigInt(config.vpciIrqBase));
  }
  return true;
}

function configOf(random: Random): NaiveCallConfig {
  return {
    name: oneOf(names, random),
    id: oneOf(ids, random),
    cpus: [0, 1, 2, 3, 4, 9].filter((cpu) => random(cpu === 0 || cpu > 3 ? 12 : 3) === 0),
    isPassive: random(2) === 0,
    mayPrint: random(2) === 0,
    reply: oneOf([1, 2, 3, 3, 4], random),
  };
}

function stepOf(random: Random, configs: readonly NaiveCallConfig[]): Step {
  const kind = random(20);
  const id = random(3) === 0 ? oneOf([...ids, 2 ** 32 + 1], random) : oneOf(configs, random).id;
  if (kind === 0) return { does: "setState", cell: id, state: random(7) };
  if (kind === 1) return { does: "park", cpu: random(4) };
  const code = oneOf(codes, random);
  const cpu = random(2) === 0 ? 0 : random(4);
  const address = random(20) === 0 ? nowhere : firstConfig + distance * random(configs.length);
  const question = oneOf([0, 1, 999, 1003, 1003, 1011, 1012], random);
  const first = [0, address, id, id, id, random(7), id, random(6), 0x20 + random(0x5f)][code] ?? random(4);
  return { does: "call", cpu, code, first, second: question };
}
