import { oneOf } from "./configs.js";
import {
  type NaiveCapability,
  type NaiveConfigAccess,
  type NaiveDevice,
  NaivePci,
  NaiveStop,
} from "./naive-pci.js";
import { NaiveRemapping } from "./naive-remapping.js";
import {
  cpusOfCells,
  type DeviceTables,
  mmconfig,
  PciMachine,
  type PciSetup,
  padded,
} from "./pci-machine.js";
import type { Played, ProbeKind } from "./probe-kind.js";
import type { Random } from "./random-scenario.js";

type Step =
  | { readonly does: "create" | "destroy" | "load" | "start"; readonly cell: number }
  | { readonly does: "memory" | "ports"; readonly cell: number; readonly access: NaiveConfigAccess }
  | { readonly does: "wide"; readonly cell: number; readonly bdf: number; readonly written: number | null }
  | {
      readonly does: "table";
      readonly cell: number;
      readonly device: number;
      readonly offset: number;
      readonly written: number | null;
    };

interface PciScenario extends PciSetup {
  readonly steps: readonly Step[];
}

/** I/O APIC of the system. */
const ioApic = { id: 0xff00, pins: 24 } as const;
const limit = 256;

/** Configuration space and tables of MSI-X of all cells' devices, and where that lets interrupts go. */
export const pciProbes: ProbeKind<PciScenario> = {
  name: "PCI",

  generate(random) {
    const vendor = oneOf(["intel", "intel", "amd"] as const, random);
    const functions = bdfs.map((bdf, index) => functionOf(random, bdf, index));
    const root = tablesFor(random, functions, 8);
    const cells = cpusOfCells.map((_, cell) =>
      tablesFor(
        random,
        functions.filter(({ msixAddress }, index) => msixAddress === 0 || index % 2 === cell),
        3,
      ),
    );
    const all = [root, ...cells];
    const there = new Set<number>();
    const steps: Step[] = [];
    while (steps.length < 700) {
      const cell = oneOf([0, ...there], random);
      const kind = random(30);
      if (kind === 0) steps.push({ does: oneOf(["load", "start"] as const, random), cell: 1 + random(2) });
      else if (kind === 1) {
        const changed = 1 + random(2);
        const isThere = there.delete(changed);
        if (!isThere) there.add(changed);
        steps.push({ does: isThere ? "destroy" : "create", cell: changed });
      } else if (kind < 5) steps.push(...driverSteps(random, cell, all[cell]!));
      else steps.push(accessOf(random, cell, all[cell]!));
    }
    return {
      vendor,
      usesX2apic: vendor === "intel" && random(2) === 0,
      lastBus: oneOf([0xff, 0xff, 0, null], random),
      root,
      cells,
      steps,
    };
  },

  play(scenario): Played {
    const machine = new PciMachine(scenario);
    const remapping = new NaiveRemapping(scenario.vendor === "intel", scenario.usesX2apic, limit);
    remapping.reserve(ioApic.id, ioApic.pins);
    const naive = new NaivePci(machine.before, remapping);
    const cpusOf = (cell: number): readonly number[] => cpusOfCells[cell - 1]!;
    const present = new Set<number>();
    const rootReach = (): readonly number[] =>
      [0, 1, 2, 3].filter((cpu) => ![...present].flatMap(cpusOf).includes(cpu));
    const reach = {
      isRoot: true,
      get cpus() {
        return rootReach();
      },
    };
    naive.create(0, scenario.root.devices, padded(scenario.root.caps), reach);
    let probes = 0;
    for (const step of scenario.steps) {
      if (!isPlayable(step, present, scenario)) continue;
      probes++;
      naive.sent = [];
      machine.sent.length = 0;
      machine.takeLines();
      const expected = expectedOf(step, naive, scenario, present, cpusOf);
      const got = gotOf(step, machine, scenario);
      const wrong =
        got === expected
          ? differenceOf(step, machine, naive, remapping, scenario)
          : `${got} instead of ${expected}`;
      if (wrong !== null) return { probes, disagreement: `${JSON.stringify(step)}: ${wrong}` };
      if (expected === "stopped") break;
    }
    return { probes, disagreement: null };
  },
};

function isPlayable(step: Step, present: ReadonlySet<number>, { root, cells }: PciScenario): boolean {
  if (step.does === "create") return !present.has(step.cell) && cells[step.cell - 1] !== undefined;
  if (step.cell !== 0 && !present.has(step.cell)) return false;
  if (step.does !== "table") return true;
  const device = [root, ...cells][step.cell]!.devices[step.device];
  return device !== undefined && device.msixAddress !== 0;
}

function expectedOf(
  step: Step,
  naive: NaivePci,
  scenario: PciScenario,
  present: Set<number>,
  cpusOf: (cell: number) => readonly number[],
): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
  const named = (bdf: number): string => `${hex(bdf >> 8, 2)}:${hex((bdf >> 3) & 31, 2)}.${bdf & 7}`;
  const { lastBus } = scenario;
  switch (step.does) {
    case "create":
    case "destroy":
    case "load":
    case "start":
      try {
        if (step.does === "create") {
          present.add(step.cell);
          const { devices, caps } = scenario.cells[step.cell - 1]!;
          naive.create(step.cell, devices, padded(caps), { cpus: cpusOf(step.cell), isRoot: false });
        } else {
          if (step.does === "destroy") present.delete(step.cell);
          naive[step.does](step.cell);
        }
        return "0";
      } catch (error) {
        if (error instanceof NaiveStop) return "stopped";
        throw error;
      }
    case "memory":
    case "ports": {
      const { bdf, register, size } = step.access;
      const isInMemory = lastBus !== null && bdf >> 8 <= lastBus;
      if (step.does === "memory" && !isInMemory) return "unhandled";
      const answer = naive.access(step.cell, step.access);
      if (answer !== "denied") return String(answer);
      const what = step.does === "memory" ? "PCI MMCONFIG write" : "PCI config write";
      return `denied; FATAL: Invalid ${what}, device ${named(bdf)}, reg: 0x${hex(register, 1)}, size: ${size}`;
    }
    case "wide":
      if (lastBus === null || step.bdf >> 8 > lastBus) return "unhandled";
      return `denied; FATAL: Invalid PCI MMCONFIG write, device ${named(step.bdf)}, reg: 0x0, size: 8`;
    case "table": {
      const answer = naive.accessTable(step.cell, step.device, step.offset, step.written);
      if (answer !== "denied") return String(answer);
      const { bdf } = naive.owners.get(step.cell)!.functions[step.device]!.info;
      return `denied; FATAL: Invalid PCI MSI-X table/PBA access, device ${named(bdf)}`;
    }
  }
}

function gotOf(step: Step, machine: PciMachine, { root, cells }: PciScenario): string {
  const answer = (): number | string | null => {
    switch (step.does) {
      case "create":
      case "destroy":
      case "load":
      case "start":
        return machine.call(step.does, step.cell);
      case "memory": {
        const { bdf, register, size, written } = step.access;
        return machine.throughMemory(step.cell, Number(mmconfig) + 4096 * bdf + register, size, written);
      }
      case "ports": {
        const { bdf, register, size, written } = step.access;
        return machine.throughPorts(step.cell, bdf, register, size, written);
      }
      case "wide":
        return machine.throughMemory(step.cell, Number(mmconfig) + 4096 * step.bdf, 8, step.written);
      case "table": {
        const { msixAddress } = [root, ...cells][step.cell]!.devices[step.device]!;
        return machine.throughMemory(step.cell, msixAddress + step.offset, 4, step.written);
      }
    }
  };
  const got = answer();
  if (got === null) return "stopped";
  return got === "denied" ? [got, ...machine.takeLines()].join("; ") : String(got);
}

/** What has become of hardware, entries and interrupts. */
function differenceOf(
  step: Step,
  machine: PciMachine,
  naive: NaivePci,
  remapping: NaiveRemapping,
  { vendor }: PciScenario,
): string | null {
  if (JSON.stringify(machine.sent) !== JSON.stringify(naive.sent)) {
    return `sent ${JSON.stringify(machine.sent)} instead of ${JSON.stringify(naive.sent)}`;
  }
  const isAccess = step.does === "memory" || step.does === "ports";
  const all = [...naive.hardware.spaces.keys()];
  const touched = isAccess ? all.filter((bdf) => bdf === step.access.bdf) : all;
  for (const bdf of touched) {
    const [is, should] = [machine.space(bdf), naive.hardware.spaces.get(bdf)!];
    const at = is.findIndex((byte, index) => byte !== should[index]);
    if (at >= 0)
      return `byte ${at.toString(16)} of ${bdf.toString(16)} is ${is[at]} instead of ${should[at]}`;
    for (const { index, message } of vendor === "intel" ? remapping.entriesOf(bdf) : []) {
      const found = JSON.stringify(machine.messageOf(index, bdf));
      if (found !== JSON.stringify(message)) {
        return `entry ${index} of ${bdf.toString(16)} is ${found} instead of ${JSON.stringify(message)}`;
      }
    }
  }
  for (const [address, should] of isAccess && step.access.register < 0x40 ? [] : naive.hardware.tables) {
    const at = machine.table(address).findIndex((byte, index) => byte !== should[index]);
    if (at >= 0) return `byte ${at.toString(16)} of the table at ${address.toString(16)} is another one`;
  }
  return null;
}

const bdfs = [0x10, 0x18, 0xd8, 0xfa, 0x100, 0x208];
const firstTable = 0xfea0_0000;

/** A function of the machine as its configs may say it, without capabilities. */
function functionOf(random: Random, bdf: number, index: number): NaiveDevice {
  const hasTable = random(2) === 0;
  return {
    type: oneOf([1, 1, 1, 2, 0], random),
    bdf,
    barMask: Array.from({ length: 6 }, () =>
      oneOf([0, 0xffff_ffff, 0xffff_f000, 0xfff0_000f, random(2 ** 32)], random),
    ),
    capsStart: 0,
    numCaps: 0,
    msiVectors: oneOf([0, 1, 1, 2, 4], random),
    isWide: random(2) === 0,
    isMaskable: random(2) === 0,
    msixVectors: hasTable ? 1 + random(5) : 0,
    msixAddress: hasTable ? firstTable + index * 0x1_0000 : 0,
  };
}

/** Some of the functions, with capabilities of their own. Tables of vectors are the root cell's and one other's. */
function tablesFor(random: Random, functions: readonly NaiveDevice[], most: number): DeviceTables {
  const devices: NaiveDevice[] = [];
  const caps: NaiveCapability[] = [];
  for (const each of functions) {
    if (devices.length >= most || (most < functions.length && random(2) === 0)) continue;
    const own = capsFor(random, each);
    devices.push({ ...each, capsStart: caps.length, numCaps: own.length });
    caps.push(...own);
  }
  return { devices, caps };
}

function capsFor(random: Random, { isWide, msixAddress }: NaiveDevice): readonly NaiveCapability[] {
  const flags = (): number => (random(5) === 0 ? 0 : 1);
  const found: NaiveCapability[] = [];
  if (random(3) === 0) found.push({ id: 1, start: 0x40, len: oneOf([8, 16, 2], random), flags: flags() });
  if (random(4) > 0)
    found.push({ id: 5, start: 0x60, len: oneOf([isWide ? 14 : 10, 24, 4], random), flags: flags() });
  if (msixAddress !== 0 && random(6) > 0)
    found.push({ id: 17, start: 0x90, len: oneOf([12, 12, 2], random), flags: flags() });
  if (random(3) === 0) found.push({ id: 0x8001, start: 0x100, len: 0x40, flags: flags() });
  return random(2) === 0 ? found : found.reverse();
}

function accessOf(random: Random, cell: number, { devices }: DeviceTables): Step {
  const own = devices.length > 0 && random(10) > 0 ? random(devices.length) : null;
  const bdf = own === null ? oneOf([...bdfs, 0x20, random(0x1_0000)], random) : devices[own]!.bdf;
  const kind = random(20);
  if (kind === 0) return { does: "wide", cell, bdf, written: random(2) === 0 ? null : 0 };
  if (kind < 6 && own !== null && devices[own]!.msixAddress !== 0) {
    const offset = 4 * random(4 * devices[own]!.msixVectors + 2) + (random(30) === 0 ? 2 : 0);
    const written = random(4) === 0 ? null : oneOf([addressOf(random), dataOf(random), 0, 0, 1], random);
    return { does: "table", cell, device: own, offset, written };
  }
  const size = oneOf([1, 2, 4] as const, random);
  const near = oneOf(
    [0x00, 0x04, 0x0c, 0x10, 0x24, 0x28, 0x30, 0x3c, 0x40, 0x60, 0x64, 0x68, 0x6c, 0x70, 0x90, 0x100],
    random,
  );
  const register = random(3) === 0 ? near - (near % size) : size * random(Math.floor(0x180 / size));
  const isMsi = random(3) === 0;
  const written = random(3) === 0 ? null : wordOf(random);
  const access: NaiveConfigAccess = isMsi ? msiWrite(random, bdf) : { bdf, register, size, written };
  const isPort = random(3) === 0 && access.register < 0x100;
  const own32 = isPort && access.written !== null ? access.written % 2 ** (8 * access.size) : access.written;
  return { does: isPort ? "ports" : "memory", cell, access: { ...access, written: own32 } };
}

/** A driver sets a device up: the device may write, and has an address, data, and one or several vectors. */
function driverSteps(random: Random, cell: number, { devices }: DeviceTables): readonly Step[] {
  if (devices.length === 0) return [];
  const device = random(devices.length);
  const { bdf, isWide, msixVectors, msixAddress } = devices[device]!;
  const write = (register: number, size: 2 | 4, written: number): Step => ({
    does: "memory",
    cell,
    access: { bdf, register, size, written },
  });
  const vector = random(Math.max(1, msixVectors));
  const table = (word: number, written: number): Step => ({
    does: "table",
    cell,
    device,
    offset: 16 * vector + 4 * word,
    written,
  });
  const words = [addressOf(random), 0, dataOf(random), 0];
  const ofTable = msixAddress === 0 ? [] : words.map((word, index) => table(index, word));
  return [
    write(0x04, 2, 6),
    ...(random(2) === 0 ? ofTable : []),
    write(0x64, 4, addressOf(random)),
    ...(isWide ? [write(0x68, 4, 0)] : []),
    write(isWide ? 0x6c : 0x68, 2, dataOf(random)),
    write(0x62, 2, oneOf([0x81, 0x91, 0xa1], random)),
    write(0x92, 2, 0x8000),
  ];
}

/** What drivers write to use MSI and MSI-X: control, address, data. */
function msiWrite(random: Random, bdf: number): NaiveConfigAccess {
  return oneOf<() => NaiveConfigAccess>(
    [
      () => ({ bdf, register: 0x62, size: 2, written: oneOf([0x81, 0x91, 0xa1, 0x80, 0x01, 0xd1], random) }),
      () => ({ bdf, register: 0x64, size: 4, written: addressOf(random) }),
      () => ({ bdf, register: 0x68, size: 4, written: oneOf([0, 0, 1, dataOf(random)], random) }),
      () => ({ bdf, register: 0x6c, size: oneOf([2, 4] as const, random), written: dataOf(random) }),
      () => ({ bdf, register: 0x92, size: 2, written: oneOf([0x8000, 0x8003, 0xc000, 0], random) }),
      () => ({ bdf, register: 0x04, size: 2, written: oneOf([0, 4, 6, 0x406], random) }),
    ],
    random,
  )();
}

/** Mostly one of local APICs, of a CPU or several. */
function addressOf(random: Random): number {
  const destination = oneOf([0, 1, 2, 3, 4, 5, 0xa, 0xf, 0xff, random(256)], random);
  return (
    oneOf([0xfee0_0000, 0xfee0_0000, 0xfee0_0000, 0xfed0_0000], random) + destination * 0x1000 + 4 * random(4)
  );
}

const dataOf = (random: Random): number => random(256) + 0x100 * oneOf([0, 0, 0, 1, 1, 2, random(8)], random);
const wordOf = (random: Random): number => oneOf([0, 1, 0xffff_ffff, random(2 ** 32), random(256)], random);
