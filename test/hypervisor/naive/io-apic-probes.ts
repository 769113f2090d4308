import { readCellConfig } from "../../../hypervisor/core/config/read-config.js";
import { dispatch } from "../../../hypervisor/core/mmio/dispatch.js";
import { MachineHang } from "../../../hypervisor/core/refusal.js";
import type { IoApic } from "../../../hypervisor/machine/io-apic.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { WireStruct } from "../../../schema/codec/wire.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { X86Machine } from "../recorded/x86-machine.js";
import { cellNames, changedCell, oneOf, withChanges } from "./configs.js";
import { type NaiveChip, NaiveIoApics, pinsOfChip } from "./naive-io-apics.js";
import { type NaiveSentInterrupt, NaiveStop } from "./naive-pci.js";
import { NaiveRemapping } from "./naive-remapping.js";
import type { Played, ProbeKind } from "./probe-kind.js";
import type { Random } from "./random-scenario.js";

type Step = { readonly cell: number } & (
  | { readonly does: "create" | "destroy" | "load" | "start" }
  | {
      readonly does: "access";
      readonly address: number;
      readonly register: number;
      readonly written: number | null;
    }
);

interface IoApicScenario {
  readonly vendor: "intel" | "amd";
  readonly usesX2apic: boolean;
  readonly root: readonly NaiveChip[];
  readonly cells: readonly (readonly NaiveChip[])[];
  /** What the kernel has left in the pins of the first chip: low and high word. */
  readonly before: readonly (readonly [number, number])[];
  readonly steps: readonly Step[];
}

const addresses = [0xfec0_0000, 0xfec1_0000];
const cpusOfCells = [[2], [1, 3]];

/** Registers of I/O APICs, and where pins go. */
export const ioApicProbes: ProbeKind<IoApicScenario> = {
  name: "I/O APICs",

  generate(random) {
    const vendor = oneOf(["intel", "intel", "amd"] as const, random);
    const root = [chipOf(random, 0, 0xff00), ...(random(2) === 0 ? [chipOf(random, 1, 0xff08)] : [])];
    const cells = cpusOfCells.map(() =>
      [chipOf(random, 0, oneOf([0xff00, 0xff01], random)), chipOf(random, 1, 0xff08)].filter(
        () => random(3) > 0,
      ),
    );
    const there = new Set<number>();
    const steps: Step[] = [];
    while (steps.length < 600) {
      const cell = oneOf([0, ...there], random);
      const changed = 1 + random(2);
      const kind = random(40);
      if (kind === 0) {
        const isThere = there.delete(changed);
        if (!isThere) there.add(changed);
        steps.push({ does: isThere ? "destroy" : "create", cell: changed });
      } else if (kind === 1) steps.push({ does: oneOf(["load", "start"] as const, random), cell: changed });
      else steps.push(...accessesOf(random, cell));
    }
    const before = Array.from({ length: random(pinsOfChip) }, () => entryOf(random));
    return { vendor, usesX2apic: vendor === "intel" && random(2) === 0, root, cells, before, steps };
  },

  play(scenario): Played {
    const { vendor, usesX2apic, root, cells, before, steps } = scenario;
    const machine = new ChipMachine(scenario);
    const remapping = new NaiveRemapping(vendor === "intel", usesX2apic, 256);
    const hardware = new Map(
      machine.chips.map((chip) => [chip.address, { registers: registersOf(chip), kept: registersOf(chip) }]),
    );
    const naive = new NaiveIoApics(hardware, remapping);
    const present = new Set<number>();
    const reach = {
      isRoot: true,
      get cpus() {
        return [0, 1, 2, 3].filter(
          (cpu) => ![...present].some((cell) => cpusOfCells[cell - 1]!.includes(cpu)),
        );
      },
    };
    const compare = (): string | null => {
      for (const chip of machine.chips) {
        const [is, should] = [registersOf(chip), hardware.get(chip.address)!.registers];
        const at = is.findIndex((word, index) => word !== should[index]);
        if (at >= 0) return `word ${at} is ${is[at]!.toString(16)} instead of ${should[at]!.toString(16)}`;
      }
      for (const { id } of [...root, ...cells.flat()]) {
        for (const { index, message } of remapping.entriesOf(id)) {
          const [is, should] = [machine.messageOf(index, id), JSON.stringify(message)];
          if (is !== should) return `entry ${index} is ${is} instead of ${should}`;
        }
      }
      const [is, should] = [JSON.stringify(machine.sent), JSON.stringify(naive.sent)];
      return is === should ? null : `sent ${is} instead of ${should}`;
    };
    machine.enable(before);
    for (const [pin, [low, high]] of before.entries()) {
      const { registers, kept } = hardware.get(root[0]?.address ?? 0) ?? { registers: [], kept: [] };
      for (const words of [registers, kept]) words.splice(2 * pin, 2, low, high);
    }
    naive.create(0, root, reach);
    const first = compare();
    if (first !== null) return { probes: 1, disagreement: `after enabling: ${first}` };
    let probes = 0;
    for (const step of steps) {
      if (step.does === "create" ? present.has(step.cell) : step.cell !== 0 && !present.has(step.cell))
        continue;
      probes++;
      naive.sent = [];
      machine.sent.length = 0;
      const expected = expectedOf(step, naive, scenario, present);
      const got = machine.play(step);
      const wrong = got === expected ? compare() : `${got} instead of ${expected}`;
      if (wrong !== null) return { probes, disagreement: `${JSON.stringify(step)}: ${wrong}` };
      if (expected === "stopped") break;
    }
    return { probes, disagreement: null };
  },
};

function expectedOf(
  step: Step,
  naive: NaiveIoApics,
  { cells }: IoApicScenario,
  present: Set<number>,
): string {
  if (step.does === "access") {
    const { cell, address, register, written } = step;
    const answer = naive.access(cell, address, register, written);
    if (answer !== "denied") return String(answer);
    const [direction, index] = [
      written === null ? "read" : "write",
      naive.indexOf(cell, address).toString(16),
    ];
    return `denied; FATAL: Invalid IOAPIC ${direction}, reg: ${register.toString(16)}, index: ${index}`;
  }
  try {
    if (step.does === "create") {
      present.add(step.cell);
      naive.create(step.cell, cells[step.cell - 1]!, { cpus: cpusOfCells[step.cell - 1]!, isRoot: false });
    } else if (step.does === "destroy") {
      present.delete(step.cell);
      naive.destroy(step.cell);
    } else if (step.does === "start") naive.start(step.cell);
    return "0";
  } catch (error) {
    if (error instanceof NaiveStop) return "stopped";
    throw error;
  }
}

class ChipMachine {
  readonly sent: NaiveSentInterrupt[] = [];
  private readonly machine: X86Machine;
  private readonly files: readonly Uint8Array[];

  constructor({ vendor, usesX2apic, root, cells }: IoApicScenario) {
    const base = baseConfigs().get(vendor === "amd" ? amdSystem : "qemu-x86")!;
    const system = withChanges(base, "system", {
      tables: { irqchips: root.map(wireOf), pci_devices: [], pci_caps: [] },
    });
    this.files = cells.map((chips, index) => {
      const cpus = new Uint8Array(8);
      for (const cpu of cpusOfCells[index]!) cpus[0]! |= 1 << cpu;
      const tables = {
        cpus,
        irqchips: chips.map(wireOf),
        mem_regions: [ownMemory],
        pci_devices: [],
        pci_caps: [],
      };
      return changedCell(cellNames[index]!, tables);
    });
    const configs = this.files.map((bytes) => readCellConfig(bytes, builtInProfiles.profile("r14.1")));
    const ioApics = configs.flatMap(({ irqchips }) => irqchips.map(({ address }) => address));
    this.machine = new X86Machine(system, { vendor, usesX2apic, ioApics });
    this.machine.hypervisor.machine.interrupts.attach({
      send: (destination, vector) => this.sent.push({ destination, vector }),
      setPending: () => {},
    });
  }

  get chips(): readonly IoApic[] {
    return this.machine.hypervisor.machine.ioApics;
  }

  enable(before: readonly (readonly [number, number])[]): void {
    for (const [pin, [low, high]] of before.entries()) {
      this.chips[0]?.setRegister(0x11 + 2 * pin, high);
      this.chips[0]?.setRegister(0x10 + 2 * pin, low);
    }
    this.machine.enable();
  }

  play(step: Step): string {
    this.machine.takeLines();
    if (step.does !== "access") return this.manage(step.does, step.cell);
    const owner = this.machine.hypervisor.allCells.find(({ config }) => config.id === step.cell)!;
    const value = step.written === null ? null : BigInt(step.written);
    const answer = dispatch(owner, [...owner.cpus][0]!, step.address + step.register, 4, value);
    return answer === "denied" ? [answer, ...this.machine.takeLines()].join("; ") : String(answer);
  }

  private manage(action: "create" | "destroy" | "load" | "start", cell: number): string {
    try {
      return String(
        action === "create" ? this.machine.create(this.files[cell - 1]!, cell) : this.machine[action](cell),
      );
    } catch (error) {
      if (error instanceof MachineHang) return "stopped";
      throw error;
    }
  }

  messageOf(index: number, source: number): string {
    const found = this.machine.x86.remapping?.(index, source) ?? null;
    if (found === null) return "null";
    const {
      vector,
      deliveryMode: mode,
      isLogical,
      isLevelTriggered: isLevel,
      hasRedirectionHint: hasHint,
    } = found;
    return JSON.stringify({ vector, mode, isLogical, isLevel, hasHint, destination: found.destination });
  }
}

const ownMemory = { phys_start: 0x3ee0_0000n, virt_start: 0n, size: 0x1000n, flags: 0x7n };

function registersOf(chip: IoApic): number[] {
  return Array.from({ length: 2 * pinsOfChip }, (_, word) => chip.register(0x10 + word));
}

function wireOf({ address, id, pins }: NaiveChip): WireStruct {
  const bitmap = [0, 0, 0, 0];
  for (const pin of pins) bitmap[pin >> 5]! += 2 ** (pin & 31);
  return { address: BigInt(address), id, pin_base: 0, pin_bitmap: bitmap };
}

function chipOf(random: Random, index: number, id: number): NaiveChip {
  const most = oneOf([24, 24, 40, 0], random);
  const pins = Array.from({ length: most }, (_, pin) => pin).filter(() => random(2) === 0);
  return { address: addresses[index]!, id, pins };
}

/** Of the root cell before it is enabled: what a kernel would have set. */
function entryOf(random: Random): readonly [number, number] {
  const destination = oneOf([0, 1, 2, 3], random);
  const isLogical = random(2) === 0;
  const low =
    random(256) + (isLogical ? 0x800 : 0) + 0x100 * random(2) + 0x8000 * random(2) + 0x1_0000 * random(2);
  return [low, (isLogical ? 1 + random(15) : destination) * 2 ** 24];
}

function accessesOf(random: Random, cell: number): readonly Step[] {
  const address = oneOf([...addresses, addresses[0]!], random);
  const access = (register: number, written: number | null): Step => ({
    does: "access",
    cell,
    address,
    register,
    written,
  });
  if (random(10) === 0) {
    const register = oneOf([0x00, 0x04, 0x10, 0x20, 0x40, 0x41, 0x44, 0xff0], random);
    return [access(register, random(2) === 0 ? null : random(2 ** 32))];
  }
  const pin = random(random(10) === 0 ? 30 : pinsOfChip);
  const at = (word: number): Step => access(0x00, 0x10 + 2 * pin + word);
  if (random(4) === 0) return [random(3) === 0 ? access(0, random(0x50)) : at(random(2)), access(0x10, null)];
  const low =
    random(256) +
    0x100 * oneOf([0, 0, 0, 1, 2, 4, 7], random) +
    0x800 * random(2) +
    0x8000 * random(2) +
    0x1_0000 * (random(3) === 0 ? 1 : 0);
  const high =
    oneOf([0, 1, 2, 3, 4, 8, 0xa, 0xf, 0xff, random(256)], random) * 2 ** 24 +
    (random(5) === 0 ? 0x1_0001 : 0);
  const writes = [
    [at(1), access(0x10, high)],
    [at(0), access(0x10, low)],
  ];
  return (random(4) === 0 ? [oneOf(writes, random)] : writes).flat();
}
