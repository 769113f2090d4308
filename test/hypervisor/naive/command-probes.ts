import { pseudoSipi } from "../../../hypervisor/x86/cpu-starts.js";
import { X86 } from "../../../hypervisor/x86/x86.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine } from "../run/cell-machine.js";
import { changedCell, oneOf } from "./configs.js";
import { outcomeOfStep, parked } from "./guest.js";
import { type NaiveCommandOutcome, NaiveCommands, wrongApicWrite } from "./naive-commands.js";
import type { Played, ProbeKind } from "./probe-kind.js";
import type { Random } from "./random-scenario.js";

/** As the start of its cell does. */
type Restart = { readonly does: "restart"; readonly cpu: number };
type Write = { readonly cpu: number } & (
  | { readonly does: "command"; readonly low: number; readonly high: number }
  /** Through the page: destination and command are words of their own. */
  | { readonly does: "pageCommand"; readonly low: number; readonly destination: number }
  | {
      readonly does: "pageWrite";
      readonly offset: number;
      readonly size: 1 | 2 | 4 | 8;
      readonly value: number;
    }
);
type Step = Restart | Write;

interface CommandScenario {
  readonly vendor: "intel" | "amd";
  readonly usesX2apic: boolean;
  /** CPUs of the two cells; the root cell has the others. */
  readonly cells: readonly (readonly number[])[];
  readonly steps: readonly Step[];
}

const names = ["tiny-demo", "apic-demo"] as const;
const allCpus = [0, 1, 2, 3];

/** Commands between local APICs, and writes to the pages of those. */
export const commandProbes: ProbeKind<CommandScenario> = {
  name: "interrupt commands",

  generate(random) {
    const owners = allCpus.map((cpu) => (cpu === 0 ? 2 : random(3)));
    const vendor = oneOf(["intel", "amd"] as const, random);
    return {
      vendor,
      usesX2apic: vendor === "intel" && random(2) === 0,
      cells: [0, 1].map((cell) => allCpus.filter((cpu) => owners[cpu] === cell)),
      steps: Array.from({ length: 500 }, () => stepOf(random)),
    };
  },

  play({ vendor, usesX2apic, cells, steps }): Played {
    const machine = machineOf(vendor, usesX2apic, cells);
    const roots = allCpus.filter((cpu) => !cells.flat().includes(cpu));
    const naive = new NaiveCommands([...cells, roots], usesX2apic);
    const nameOf = (cpu: number): string => names.find((_, cell) => cells[cell]!.includes(cpu)) ?? "QEMU-VM";
    const sent: string[] = [];
    machine.machine.interrupts.attach({
      send: (cpu, vector, low) => sent.push(`${vector} to ${cpu}, mode ${(low >> 8) & 0xf}`),
      setPending: () => {},
    });
    let probes = 0;
    for (const step of steps) {
      if (step.does === "restart") {
        restart(machine, step.cpu);
        naive.restart(step.cpu);
        continue;
      }
      // Who waits for a start sends nothing, nor does who resets itself go on.
      if (naive.waiting.has(step.cpu) || isOwnReset(step, usesX2apic)) continue;
      probes++;
      sent.length = 0;
      machine.takeConsole();
      const expected = toldOf(step, naive, { vendor, usesX2apic }, nameOf(step.cpu));
      const outcome = outcomeOfStep(machine, step.cpu, (cpu) => make(cpu, step), false);
      machine.hypervisor.architecture.handleEvents();
      const { starts } = x86Of(machine);
      const waits = allCpus.filter((cpu) => starts.waits(machine.hypervisor.cpu(cpu)));
      const got = [...sent, outcome, ...machine.takeConsole(), `waiting ${waits}`].join("; ");
      if (got !== expected) {
        return { probes, disagreement: `${JSON.stringify(step)}: ${got} instead of ${expected}` };
      }
    }
    return { probes, disagreement: null };
  },
};

function machineOf(
  vendor: "intel" | "amd",
  usesX2apic: boolean,
  cells: readonly (readonly number[])[],
): CellMachine {
  const system = baseConfigs().get(vendor === "amd" ? amdSystem : "qemu-x86")!;
  const machine = new CellMachine({ vendor, usesX2apic }, system);
  for (const [index, own] of cells.entries()) {
    const set = new Uint8Array(8);
    for (const cpu of own) set[0]! |= 1 << cpu;
    const id = machine.create(changedCell(names[index]!, { cpus: set, mem_regions: [memory[index]!] }));
    if (id < 0 || machine.start(id) !== 0) throw new Error(`no cell: ${id}`);
  }
  machine.hypervisor.architecture.handleEvents();
  return machine;
}

function x86Of({ hypervisor: { architecture } }: CellMachine): X86 {
  if (!(architecture instanceof X86)) throw new Error("a machine of another architecture");
  return architecture;
}

function restart(machine: CellMachine, id: number): void {
  const cpu = machine.hypervisor.cpu(id);
  cpu.failed = false;
  x86Of(machine).starts.start(cpu, pseudoSipi);
  machine.hypervisor.architecture.handleEvents();
}

const memory = [0x3ee0_0000n, 0x3ef0_0000n].map((phys_start) => ({
  phys_start,
  virt_start: 0n,
  size: 0x10_0000n,
  flags: 0x7n,
}));

function make(cpu: X86Cpu, step: Write): undefined {
  if (step.does === "command") {
    cpu.writeMsr(0x830, (BigInt(step.high) << 32n) | BigInt(step.low));
  } else if (step.does === "pageCommand") {
    cpu.write32(page + 0x310, (step.destination << 24) >>> 0);
    cpu.write32(page + 0x300, step.low);
  } else if (step.size === 8) {
    cpu.write64(page + step.offset, BigInt(step.value));
  } else {
    cpu[`write${(8 * step.size) as 8 | 16 | 32}`](page + step.offset, step.value % 2 ** (8 * step.size));
  }
  return undefined;
}

const page = 0xfee0_0000;

type Hardware = Pick<CommandScenario, "vendor" | "usesX2apic">;

function toldOf(step: Write, naive: NaiveCommands, hardware: Hardware, cell: string): string {
  const waiting = (): string => `waiting ${[...naive.waiting].sort()}`;
  const fatal = (reason: string): string => {
    naive.park(step.cpu);
    return `${parked(reason, step.cpu, cell)}; ${waiting()}`;
  };
  const ofPage = (offset: number, reason: string | null): string => {
    const wrapper =
      hardware.vendor === "intel"
        ? `FATAL: Unhandled APIC access, qualification ${(offset | 0x1000).toString(16)}`
        : `FATAL: Unhandled APIC access, offset ${offset}, is_write: 1`;
    return fatal(reason === null ? wrapper : `${reason}; ${wrapper}`);
  };
  const told = ({ sent, lines, isFatal }: NaiveCommandOutcome, ofFatal: (line: string) => string): string => {
    if (isFatal) return ofFatal(lines.join("; "));
    const interrupts = sent.map(({ cpu, vector, mode }) => `${vector} to ${cpu}, mode ${mode}`);
    const [starts, others] = [
      lines.filter((line) => line.includes("SIPI")),
      lines.filter((line) => !line.includes("SIPI")),
    ];
    return [...interrupts, "done", ...others, ...starts, waiting()].join("; ");
  };
  const noPage = "FATAL: xAPIC access in x2APIC mode";
  const tooMuch = "FATAL: Trying to set reserved APIC bits";
  if (step.does === "command") {
    if ((step.low & 0xfff3_3000) !== 0) {
      const line = `${tooMuch} (reg 30, value ${step.low.toString(16).padStart(8, "0")})`;
      return fatal(line);
    }
    return told(naive.send(step.cpu, step.low, step.high), fatal);
  }
  if (step.does === "pageCommand") {
    if (hardware.usesX2apic) return ofPage(0x310, noPage);
    const wrong = wrongApicWrite(step.cpu, 0x30, step.low);
    if (wrong !== null) return ofPage(0x300, wrong);
    return told(naive.send(step.cpu, step.low, step.destination), (line) => ofPage(0x300, line));
  }
  const { offset, size, value } = step;
  if (offset % 16 !== 0) return ofPage(offset, null);
  if (hardware.usesX2apic) return ofPage(offset, noPage);
  if (size !== 4) return ofPage(offset, `FATAL: Unsupported APIC access width ${size}`);
  const wrong = wrongApicWrite(step.cpu, offset >> 4, value);
  if (wrong !== null) return ofPage(offset, wrong === "" ? null : wrong);
  return `done; ${waiting()}`;
}

/** Some of the commands reset the CPU that sends them. */
function isOwnReset(step: Write, usesX2apic: boolean): boolean {
  if (step.does === "pageWrite") return step.offset === 0x300 && step.size === 4;
  if (((step.low >> 8) & 7) !== 5 || ((step.low >> 18) & 3) !== 0) return false;
  const destination = step.does === "command" ? step.high : step.destination;
  if ((step.low & 0x800) === 0) return destination === step.cpu;
  return ((destination >>> step.cpu) & 1) === 1 && (!usesX2apic || destination >>> 16 === 0);
}

function stepOf(random: Random): Step {
  const cpu = random(4);
  const kind = random(10);
  if (kind === 9) return { does: "restart", cpu };
  if (kind === 0) {
    const register = oneOf(
      [0x02, 0x08, 0x0b, 0x0d, 0x0e, 0x0f, 0x2f, 0x31, 0x32, 0x33, 0x35, 0x37, 0x3e, 0x51, random(0x100)],
      random,
    );
    const value = oneOf(
      [0, 0xff, 0x1ff, 0x1_0000, 0x400, 0x200, 2 ** (24 + cpu), 0xffff_ffff, random(2 ** 32)],
      random,
    );
    const isOdd = random(8) === 0;
    return {
      does: "pageWrite",
      cpu,
      offset: 16 * register + (isOdd ? 4 : 0),
      size: random(8) === 0 ? oneOf([1, 2] as const, random) : 4,
      value,
    };
  }
  const mode = oneOf([0, 0, 0, 1, 2, 3, 4, 5, 6, 6, 7], random);
  const low =
    (random(256) |
      (mode << 8) |
      (random(3) === 0 ? 0x800 : 0) |
      oneOf([0, 0x4000, 0xc000], random) |
      (random(3) === 0 ? random(4) << 18 : 0) |
      (random(20) === 0 ? 1 << random(32) : 0)) >>>
    0;
  if (kind === 1)
    return {
      does: "pageCommand",
      cpu,
      low,
      destination: oneOf([0, 1, 2, 3, 0xe, 0xff, 4, random(256)], random),
    };
  const high = oneOf(
    [0, 1, 2, 3, 4, 0xf, 0xe, 0x1_0001, 0xff, 0xffff_ffff, 254, 255, random(16), random(2 ** 32)],
    random,
  );
  return { does: "command", cpu, low, high };
}
