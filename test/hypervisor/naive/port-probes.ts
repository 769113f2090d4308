import type { PortSize } from "../../../hypervisor/machine/port-space.js";
import { noRegisters } from "../../../hypervisor/x86/register-dump.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import type { WireStruct } from "../../../schema/codec/wire.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine } from "../run/cell-machine.js";
import { type CellName, cellNames, changedCell, cpuOf, oneOf, wireOf, withChanges } from "./configs.js";
import { guestOf, outcomeOf, parked } from "./guest.js";
import { type NaivePortAccess, type NaivePortOutcome, NaivePorts, type NaiveRange } from "./naive-ports.js";
import type { Played, ProbeKind } from "./probe-kind.js";
import type { Random } from "./random-scenario.js";

type Step =
  | { readonly does: "create"; readonly cell: CellName }
  | { readonly does: "destroy"; readonly cell: CellName }
  | { readonly does: "probe"; readonly by: CellName | "root"; readonly access: NaivePortAccess };

interface PortScenario {
  readonly vendor: "intel" | "amd";
  readonly pmTimer: number;
  readonly root: readonly NaiveRange[];
  readonly cells: Readonly<Record<CellName, readonly NaiveRange[]>>;
  readonly steps: readonly Step[];
}

/** Accesses to ports while cells come and go. Neither root cell nor cells have PCI devices. */
export const portProbes: ProbeKind<PortScenario> = {
  name: "ports",

  generate(random) {
    const ranges = (): readonly NaiveRange[] => Array.from({ length: random(8) }, () => rangeOf(random));
    const pmTimer = oneOf([0x608, 0x608, 0x408, 0, 0xfffc], random);
    const root = ranges();
    const cells = { "tiny-demo": ranges(), "apic-demo": ranges(), "ivshmem-demo": ranges() };
    const places = [...root, ...Object.values(cells).flat(), { base: pmTimer, length: 4 }].flatMap(
      ({ base, length }) => [base, base + length],
    );
    const there = new Set<CellName>();
    const steps = Array.from({ length: 400 }, (): Step => {
      const cell = oneOf(cellNames, random);
      if (random(50) === 0) {
        const isThere = there.delete(cell);
        if (!isThere) there.add(cell);
        return { does: isThere ? "destroy" : "create", cell };
      }
      return { does: "probe", by: oneOf(["root", ...there], random), access: accessOf(random, places) };
    });
    return { vendor: oneOf(["intel", "amd"] as const, random), pmTimer, root, cells, steps };
  },

  play(scenario): Played {
    const machine = machineOf(scenario);
    const heard = listenAtPorts(machine);
    const naive = new NaivePorts(scenario.root, scenario.pmTimer);
    const ids = new Map<CellName | "root", number>([["root", 0]]);
    const cpus = new Map<CellName | "root", X86Cpu>([["root", guestOf(machine, 0)]]);
    let probes = 0;
    for (const step of scenario.steps) {
      if (step.does === "create") {
        const ports = scenario.cells[step.cell];
        const id = machine.create(
          changedCell(step.cell, { pio_regions: ports.map(asWire), pci_devices: [], pci_caps: [] }),
        );
        if (id < 0) throw new Error(`no cell: ${id}`);
        ids.set(step.cell, id);
        cpus.set(step.cell, guestOf(machine, cpuOf[step.cell]));
        naive.create(id, ports);
      } else if (step.does === "destroy") {
        const id = ids.get(step.cell)!;
        if (machine.destroy(id) !== 0) throw new Error("a cell stays");
        ids.delete(step.cell);
        naive.destroy(id);
      } else {
        probes++;
        const { access, by } = step;
        const cpu = cpus.get(by)!;
        machine.takeConsole();
        heard.length = 0;
        const expected = toldOf(
          naive.access(ids.get(by)!, access),
          access,
          cpu,
          by === "root" ? "QEMU-VM" : by,
        );
        const outcome = outcomeOf(machine, cpu, () => make(cpu, access));
        const got = [...heard, outcome].join(" | ");
        if (got !== expected) {
          return { probes, disagreement: `${JSON.stringify(step)}: ${got} instead of ${expected}` };
        }
      }
    }
    return { probes, disagreement: null };
  },
};

function machineOf({ vendor, pmTimer, root }: PortScenario): CellMachine {
  const base = baseConfigs().get(vendor === "amd" ? amdSystem : "qemu-x86")!;
  // The machine has a sound card, which must be in its place: nobody asks for it.
  const { tables } = wireOf(base, "system");
  const devices = (tables.pci_devices as readonly WireStruct[]).filter(({ bdf }) => bdf === 0xd8);
  const system = withChanges(base, "system", {
    tables: { pio_regions: root.map(asWire), pci_devices: devices, pci_caps: [] },
    x86: { pm_timer_address: pmTimer },
  });
  return new CellMachine({ vendor }, system);
}

const asWire = ({ base, length }: NaiveRange): WireStruct => ({ base, length });

/** Ports answer with a value that tells which one was read. */
const valueAt = (port: number, size: PortSize): number => ((port * 0x0001_0203) >>> 0) % 2 ** (8 * size);

/** All that reaches the hardware. */
function listenAtPorts({ machine: { ports } }: CellMachine): string[] {
  const heard: string[] = [];
  ports.read = (port, size) => {
    heard.push(`read ${size} at ${port.toString(16)}`);
    return valueAt(port, size);
  };
  ports.write = (port, size, value) => {
    heard.push(`write ${size} at ${port.toString(16)}: ${value.toString(16)}`);
  };
  return heard;
}

const rax = 0x1122_3344_5566_7788n;

function make(cpu: X86Cpu, { port, size, written }: NaivePortAccess): number | undefined {
  cpu.registers = () => ({ ...noRegisters, rax });
  const bits = (8 * size) as 8 | 16 | 32;
  if (written === null) return cpu[`in${bits}`](port);
  cpu[`out${bits}`](port, written);
  return undefined;
}

function toldOf(
  outcome: NaivePortOutcome,
  { port, size, written }: NaivePortAccess,
  cpu: X86Cpu,
  cell: string,
): string {
  const at = `${size} at ${port.toString(16)}`;
  switch (outcome.kind) {
    case "fatal":
      return parked(outcome.text, cpu.id, cell);
    case "value":
      return outcome.value.toString(16);
    case "hardware":
      if (written !== null) return `write ${at}: ${written.toString(16)} | done`;
      return `read ${at} | ${valueAt(port, size).toString(16)}`;
    case "nothing":
      return written === null ? BigInt.asUintN(8 * size, rax).toString(16) : "done";
  }
}

const famous = [0x00, 0x20, 0x40, 0x60, 0x64, 0x70, 0x80, 0x2f8, 0x3f8, 0x608, 0xcf8, 0xcf9, 0xcfc, 0xfffc];

function rangeOf(random: Random): NaiveRange {
  const base = random(2) === 0 ? oneOf(famous, random) : random(0x1_0000);
  return { base, length: Math.min(oneOf([0, 1, 2, 4, 8, 0x40, 1 + random(0x400)], random), 0x1_0000 - base) };
}

function accessOf(random: Random, places: readonly number[]): NaivePortAccess {
  const size = oneOf([1, 2, 4] as const, random);
  const near = oneOf(random(2) === 0 ? famous : places, random) + random(7) - 3;
  const port = Math.min(Math.max(0, random(8) === 0 ? random(0x1_0000) : near), 0x1_0000 - size);
  const value =
    oneOf([0xd1, 0xf0, 0xfe, 0xe0, 0x8000_c804, (random(2 ** 32) | 0x1_0000) >>> 0], random) %
    2 ** (8 * size);
  return { port, size, written: random(2) === 0 ? null : value };
}
