import { Arm } from "../../../hypervisor/arm/arm.js";
import { writeSgi1r } from "../../../hypervisor/arm/system-registers.js";
import { dispatch } from "../../../hypervisor/core/mmio/dispatch.js";
import type { WireStruct } from "../../../schema/codec/wire.js";
import { everyBoard } from "../../oracle/base-configs.js";
import { RecordedMachine } from "../recorded/recorded-machine.js";
import { oneOf, withChanges } from "./configs.js";
import { NaiveDistributor, NaiveGic, type NaiveGicAccess, type NaiveInterrupts } from "./naive-gic.js";
import type { Played, ProbeKind } from "./probe-kind.js";
import type { Random } from "./random-scenario.js";

type Step = { readonly cell: number } & (
  | { readonly does: "create" | "destroy" | "load" | "start" }
  | { readonly does: "access"; readonly access: NaiveGicAccess }
  | {
      readonly does: "send";
      /** Of the CPUs of the cell. */
      readonly sender: number;
      readonly interrupt: number;
      readonly mode: number;
      readonly targets: number;
      readonly cluster: number;
    }
);

interface GicScenario {
  readonly board: keyof typeof boards;
  readonly root: readonly NaiveInterrupts[];
  readonly cells: readonly (readonly NaiveInterrupts[])[];
  readonly steps: readonly Step[];
}

const boards = {
  "qemu-arm64": {
    architecture: "arm64",
    version: 3,
    distributor: 0x0800_0000,
    cell: "qemu-arm64-inmate-demo",
    cpus: [
      [1, 2],
      [14, 15],
    ],
    count: 16,
  },
  rpi4: {
    architecture: "arm64",
    version: 2,
    distributor: 0xff84_1000,
    cell: "rpi4-inmate-demo",
    cpus: [[1], [2, 3]],
    count: 4,
  },
  "jetson-tk1": {
    architecture: "arm",
    version: 2,
    distributor: 0x5004_1000,
    cell: "jetson-tk1-inmate-demo",
    cpus: [[1], [2, 3]],
    count: 4,
  },
} as const;

/** Registers of distributors, and SGIs. */
export const gicProbes: ProbeKind<GicScenario> = {
  name: "GIC",

  generate(random) {
    const board = oneOf(["qemu-arm64", "rpi4", "jetson-tk1"] as const, random);
    const root = [32, 160, 288].map((first) => elementOf(random, board, first)).filter(() => random(6) > 0);
    const cells = [0, 1].map(() =>
      Array.from({ length: 1 + random(2) }, () =>
        elementOf(random, board, oneOf([0, 32, 32, 160, 288, 896], random)),
      ),
    );
    const there = new Set<number>();
    const steps: Step[] = [];
    while (steps.length < 400) {
      const cell = oneOf([0, ...there], random);
      const changed = 1 + random(2);
      const kind = random(40);
      if (kind === 0) {
        const isThere = there.delete(changed);
        if (!isThere) there.add(changed);
        steps.push({ does: isThere ? "destroy" : "create", cell: changed });
      } else if (kind === 1) steps.push({ does: oneOf(["load", "start"] as const, random), cell: changed });
      else if (kind < 8) steps.push(sgiOf(random, cell));
      else steps.push({ does: "access", cell, access: accessOf(random, boards[board].version) });
    }
    return { board, root, cells, steps };
  },

  play(scenario): Played {
    const { version, cpus, count } = boards[scenario.board];
    const machine = new GicMachine(scenario);
    const all = Array.from({ length: count }, (_, cpu) => cpu);
    const hardware = new NaiveDistributor(machine.snapshot());
    const affinities = all.map((cpu) => machine.affinityOf(cpu));
    machine.enable();
    const naive = new NaiveGic(version, machine.base, machine.maintenance, affinities, hardware);
    naive.create(0, { cpus: all, elements: scenario.root });
    const present = new Set<number>();
    let probes = 0;
    const first = machine.differenceFrom(hardware);
    if (first !== null) return { probes: 1, disagreement: `after enabling: ${first}` };
    for (const step of scenario.steps) {
      const isThere = present.has(step.cell);
      if (
        step.does === "create"
          ? isThere || scenario.cells[step.cell - 1] === undefined
          : step.cell !== 0 && !isThere
      )
        continue;
      probes++;
      const { cell } = step;
      let wrong: string | null = null;
      if (step.does === "access") {
        const expected = naive.access(cell, step.access);
        const got = machine.access(cell, step.access);
        const [is, should] = [got, expected].map((each) => each.toString(16));
        if (is !== should) wrong = `${is} instead of ${should}`;
        else wrong = machine.differenceFrom(hardware, step.access.offset & ~7, 12);
      } else if (step.does === "send") {
        const sender = machine.cpusOf(cell)[step.sender % machine.cpusOf(cell).length]!;
        const command = version === 3 ? { ...step, mode: step.mode & 1 } : { ...step, cluster: 0 };
        const expected = naive.send(cell, sender, command);
        const got = machine.send(cell, sender, step);
        if (got !== expected.join()) wrong = `${got} get it instead of ${expected}`;
      } else {
        const result = machine.manage(step.does, cell);
        if (result !== 0) throw new Error(`${step.does} is refused: ${result}`);
        if (step.does === "create") {
          present.add(cell);
          naive.create(cell, { cpus: cpus[cell - 1]!, elements: scenario.cells[cell - 1]! });
        } else if (step.does === "destroy") {
          present.delete(cell);
          naive.destroy(cell);
        } else if (step.does === "start") naive.start(cell);
        wrong = machine.differenceFrom(hardware);
      }
      if (wrong !== null) return { probes, disagreement: `${said(step)}: ${wrong}` };
    }
    return { probes, disagreement: null };
  },
};

function said(step: Step): string {
  return JSON.stringify(step, (_, value: unknown) =>
    typeof value === "bigint" ? `0x${value.toString(16)}` : value,
  );
}

class GicMachine {
  readonly base: number;
  private readonly machine: RecordedMachine;
  private readonly files: readonly Uint8Array[];
  private readonly version: 2 | 3;

  constructor({ board, root, cells }: GicScenario) {
    const { architecture, cell, cpus, distributor, version } = boards[board];
    this.version = version;
    this.base = distributor;
    const system = withChanges(everyBoard().get(board)!, "system", {
      tables: { irqchips: root.map(wireOf) },
    });
    this.machine = new RecordedMachine(architecture, system, {});
    this.files = cells.map((elements, index) => {
      const set = new Uint8Array(8);
      for (const cpu of cpus[index]!) set[cpu >> 3]! |= 1 << (cpu & 7);
      const tables = { cpus: set, irqchips: elements.map(wireOf), mem_regions: [comm], pci_devices: [] };
      return withChanges(everyBoard().get(cell)!, "cell", {
        tables,
        header: { name: `cell ${index}`, flags: 1 },
      });
    });
  }

  enable(): void {
    this.machine.enable();
  }

  get maintenance(): number {
    return this.machine.hypervisor.config.arm.maintenanceIrq;
  }

  affinityOf(cpu: number): number {
    return this.machine.hypervisor.machine.cpus.find(({ id }) => id === cpu)!.hardwareId;
  }

  private get sizeOfDistributor(): number {
    return this.version === 2 ? 0x1000 : 0x1_0000;
  }

  snapshot(): Uint8Array {
    const bytes = new Uint8Array(this.sizeOfDistributor);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += 4) view.setUint32(at, this.word(at), true);
    return bytes;
  }

  private word(offset: number): number {
    return Number(this.machine.hypervisor.machine.memory.read(this.base + offset, 4));
  }

  differenceFrom(hardware: NaiveDistributor, from = 0, count = this.sizeOfDistributor): string | null {
    for (let at = from; at < Math.min(from + count, this.sizeOfDistributor); at += 4) {
      if (!isCompared(at, this.version)) continue;
      const [is, should] = [this.word(at), Number(hardware.read(at, 4))];
      if (is !== should)
        return `register ${at.toString(16)} is ${is.toString(16)} instead of ${should.toString(16)}`;
    }
    return null;
  }

  cpusOf(cell: number): readonly number[] {
    return [...this.cellOf(cell).cpus].sort((one, other) => one - other);
  }

  private cellOf(id: number): Parameters<typeof dispatch>[0] {
    return this.machine.hypervisor.allCells.find(({ config }) => config.id === id)!;
  }

  access(cell: number, { offset, size, written }: NaiveGicAccess): bigint | string {
    this.machine.takeLines();
    const answer = dispatch(this.cellOf(cell), this.cpusOf(cell)[0]!, this.base + offset, size, written);
    return answer === "denied" ? this.machine.takeLines().join("; ") : answer;
  }

  /** @returns the CPUs that get it */
  send(
    cell: number,
    sender: number,
    { interrupt, mode, targets, cluster }: Extract<Step, { does: "send" }>,
  ): string {
    const { architecture } = this.machine.hypervisor;
    if (!(architecture instanceof Arm)) throw new Error("a machine of another architecture");
    if (this.version === 2) {
      const value = BigInt(mode * 2 ** 24 + (targets & 0xff) * 2 ** 16 + interrupt);
      dispatch(this.cellOf(cell), sender, this.base + 0xf00, 4, value);
    } else {
      const value =
        BigInt(targets) | (BigInt(interrupt) << 24n) | (BigInt(cluster) << 16n) | (BigInt(mode & 1) << 40n);
      writeSgi1r(architecture, sender, value);
    }
    const cpus = this.machine.hypervisor.machine.cpus.map(({ id }) => id);
    return cpus.filter((cpu) => architecture.cpu(cpu).takeInterrupt() === interrupt).join();
  }

  manage(action: "create" | "destroy" | "load" | "start", cell: number): number {
    return action === "create"
      ? this.machine.create(this.files[cell - 1]!, cell)
      : this.machine[action](cell);
  }
}

const comm = { phys_start: 0n, virt_start: 0x8000_0000n, size: 0x1000n, flags: 0x23n };

/** Of version 2, private interrupts are each CPU's own. */
function isCompared(offset: number, version: 2 | 3): boolean {
  if (version === 3) return (offset >= 0x80 && offset < 0xd00) || (offset >= 0x6000 && offset < 0x8000);
  if (offset >= 0x80 && offset < 0x400) return (offset & 0x7f) >= 4;
  if (offset >= 0x400 && offset < 0xc00) return (offset & 0x3ff) >= 32;
  return offset >= 0xc08 && offset < 0xd00;
}

function wireOf({ address, first, bits }: NaiveInterrupts): WireStruct {
  const words = [0, 0, 0, 0];
  for (const bit of bits) words[bit >> 5]! += 2 ** (bit & 31);
  return { address: BigInt(address), id: 0, pin_base: first, pin_bitmap: words };
}

function elementOf(random: Random, board: keyof typeof boards, first: number): NaiveInterrupts {
  const density = oneOf([2, 2, 8, 128], random);
  const bits = Array.from({ length: 128 }, (_, bit) => bit).filter(() => random(density) === 0);
  return { address: random(10) === 0 ? 0x1000_0000 : boards[board].distributor, first, bits };
}

/** Private interrupts are not asked about where each CPU has registers of its own for them. */
function accessOf(random: Random, version: 2 | 3): NaiveGicAccess {
  const group = oneOf(
    [0x80, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380, 0x400, 0x800, 0xc00, 0x6000, 0x6000, 0xf00],
    random,
  );
  const isPrivate = version === 3 && random(5) === 0;
  const interrupt = isPrivate ? random(32) : 32 + random(random(4) === 0 ? 992 : 300);
  const bits = group === 0x6000 ? 64 : group === 0xc00 ? 2 : group === 0x400 || group === 0x800 ? 8 : 1;
  const size = group === 0x6000 ? oneOf([8, 8, 4] as const, random) : oneOf([4, 4, 4, 1, 2] as const, random);
  const place = group + Math.floor((interrupt * bits) / 8);
  const other = oneOf([0x0, 0x4, 0x8, 0xfe8, 0xd00, 0x7fc], random);
  const offset = group === 0xf00 ? other : place - (place % size);
  const values = [
    0,
    1,
    2,
    3,
    4,
    0xffff_ffff,
    0x0102_0408,
    0x0202_0202,
    random(2 ** 32),
    random(2 ** 32),
    0x100,
  ];
  const written = random(3) === 0 ? null : BigInt.asUintN(8 * size, BigInt(oneOf(values, random)));
  return { offset, size, written };
}

function sgiOf(random: Random, cell: number): Step {
  return {
    does: "send",
    cell,
    sender: random(16),
    interrupt: random(16),
    mode: oneOf([0, 0, 1, 2, 3], random),
    targets: random(2 ** 16),
    cluster: random(4) === 0 ? 1 : 0,
  };
}
