import type { MemoryRegion } from "../../../hypervisor/core/config/cell-config.js";
import { readCellConfig } from "../../../hypervisor/core/config/read-config.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { withMemory } from "../../oracle/recorded-maps.js";
import { X86Machine } from "../recorded/x86-machine.js";
import { type NaiveCell, NaivePartition } from "./naive-partition.js";
import { disagreement, guestMemoryOf, type Probe } from "./probes.js";
import { type Random, randomAddress, randomRegions } from "./random-scenario.js";

export interface ProbeResult {
  readonly probes: number;
  readonly scenarios: number;
  /** Accesses that were left out, since trapped regions overlap there or registers are behind. */
  readonly ambiguous: number;
  /** What was wrong, and where. */
  readonly disagreements: readonly string[];
}

/** Demos that can be there together: their CPUs are their own. */
const demos = ["apic-demo", "tiny-demo", "ivshmem-demo"] as const;
const profile = builtInProfiles.profile("r14.1");

/**
 * Puts cells into machines, moves them through their lives, and after each step makes accesses of all cells. Half of the cells
 * are upstream's, the others have random memory.
 */
export function runProbes(count: number, random: Random): ProbeResult {
  const result = { probes: 0, scenarios: 0, ambiguous: 0, disagreements: [] as string[] };
  while (result.probes < count && result.disagreements.length < 20) {
    result.scenarios++;
    const scenario = new Scenario(random, result.scenarios);
    scenario.play(Math.min(5000, count - result.probes));
    result.probes += scenario.probes;
    result.ambiguous += scenario.ambiguous;
    result.disagreements.push(...scenario.disagreements);
  }
  return result;
}

class Scenario {
  probes = 0;
  ambiguous = 0;
  readonly disagreements: string[] = [];
  private readonly machine: X86Machine;
  private readonly naive: NaivePartition;
  private readonly bounds: number[];
  private overflowed = false;

  constructor(
    private readonly random: Random,
    private readonly number: number,
  ) {
    const vendor = random(2) === 0 ? "intel" : "amd";
    this.machine = new X86Machine(baseConfigs().get(vendor === "amd" ? "amd" : "qemu-x86")!, { vendor });
    this.machine.enable();
    const { hypervisor } = this.machine;
    const { build } = hypervisor.setup;
    const at = (offset: number): number => hypervisor.memoryStart + offset;
    this.naive = new NaivePartition(hypervisor.config, vendor, {
      zero: at(build.emptyPage),
      console: at(build.consolePage),
      apic: at(build.apicAccessPage!),
      comm: hypervisor.rootCell.commPage,
    });
    this.bounds = [
      ...hypervisor.rootCell.config.memoryRegions.flatMap(boundsOf),
      ...this.windows().flatMap(({ start, size }) => [Number(start), Number(start + size)]),
      at(0),
      at(Number(hypervisor.config.hypervisorMemory.size)),
      0xfee0_0000,
      0xfee0_1000,
      2 ** 46,
    ];
  }

  private windows(): readonly { readonly start: bigint; readonly size: bigint }[] {
    return this.machine.hypervisor.allCells.flatMap(({ mmio }) => mmio.regions);
  }

  /** One life after the other, with accesses after each step. */
  play(probes: number): void {
    const steps = 8;
    this.probe(Math.ceil(probes / steps));
    const waiting = demos.map((name, index) => ({ name, id: index + 1 }));
    const there: number[] = [];
    for (let step = 1; step < steps && !this.overflowed; step++) {
      const action = this.random(5);
      if ((there.length === 0 || action < 2) && waiting.length > 0) {
        const { name, id } = waiting.shift()!;
        if (!this.create(name, id)) return;
        there.push(id);
      } else {
        const id = there[this.random(there.length)]!;
        if (action === 4 && this.machine.destroy(id) === 0) {
          this.naive.destroy(id);
          there.splice(there.indexOf(id), 1);
        } else if (action === 3 && this.machine.start(id) === 0) this.naive.start(id);
        else if (this.machine.load(id) === 0) this.naive.setLoadable(id);
      }
      this.overflowed = this.machine.takeLines().some((line) => line.includes("Overflow"));
      if (!this.overflowed) this.probe(Math.ceil(probes / steps));
    }
  }

  /** @returns false where it is refused: what that leaves behind is not asked about */
  private create(name: string, id: number): boolean {
    const base = baseConfigs().get(name)!;
    const bytes = this.random(2) === 0 ? base : withRandomMemory(base, this.random, this.rootMemory());
    if (this.machine.create(bytes, id) !== 0) return false;
    const { hypervisor } = this.machine;
    const cell = hypervisor.cells.at(-1)!;
    const apic = hypervisor.memoryStart + hypervisor.setup.build.apicAccessPage!;
    this.naive.create(id, readCellConfig(bytes, profile), cell.commPage, apic);
    this.bounds.push(...cell.config.memoryRegions.flatMap(boundsOf));
    return true;
  }

  private rootMemory(): readonly MemoryRegion[] {
    return this.machine.hypervisor.rootCell.config.memoryRegions;
  }

  private probe(count: number): void {
    for (const cell of this.machine.hypervisor.allCells) {
      const naive = cell.isRoot ? this.naive.root : this.naive.cells.get(cell.config.id)!;
      const memory = guestMemoryOf(this.machine, cell);
      const share = Math.ceil(count / this.machine.hypervisor.allCells.length);
      for (let index = 0; index < share; index++) this.probeOnce(memory, naive, cell.name);
    }
  }

  /** Registers do not hold a mark. */
  private reachesDevice(naive: NaiveCell, { address, size, isWrite }: Probe): boolean {
    const expected = naive.outcome(address, size, isWrite);
    if (expected.kind !== "memory") return false;
    return !this.machine.hypervisor.machine.memory.isMemory(Math.floor(expected.physical / 0x1000));
  }

  private probeOnce(memory: ReturnType<typeof guestMemoryOf>, naive: NaiveCell, name: string): void {
    const size = ([1, 2, 4, 8] as const)[this.random(4)]!;
    const probe: Probe = {
      address: randomAddress(this.random, this.bounds, size),
      size,
      isWrite: this.random(2) === 0,
    };
    if (naive.isAmbiguous(probe.address, size) || this.reachesDevice(naive, probe)) {
      this.ambiguous++;
      return;
    }
    this.probes++;
    const wrong = disagreement(this.machine, memory, naive, probe);
    if (wrong === null) return;
    const direction = probe.isWrite ? "write" : "read";
    const place = `0x${probe.address.toString(16)}`;
    this.disagreements.push(`scenario ${this.number}, ${name}: ${direction} ${size} at ${place}: ${wrong}`);
  }
}

function boundsOf({ physStart, virtStart, size }: MemoryRegion): readonly number[] {
  return [physStart, physStart + size, virtStart, virtStart + size].map(Number);
}

function withRandomMemory(base: Uint8Array, random: Random, root: readonly MemoryRegion[]): Uint8Array {
  const regions = randomRegions(random, root);
  const hex = (value: bigint): string => `0x${value.toString(16)}`;
  const memory = regions.map(({ physStart, virtStart, size, flags }) => ({
    phys: hex(physStart),
    virt: hex(virtStart),
    size: hex(size),
    flags: hex(flags),
  }));
  const known = readCellConfig(base, profile).memoryRegions.length;
  return withMemory(base, 0, memory, base.length + 32 * (memory.length - known));
}
