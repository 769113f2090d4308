import type { MemoryRegion } from "../../../hypervisor/core/config/cell-config.js";
import { readCellConfig } from "../../../hypervisor/core/config/read-config.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { WireStruct } from "../../../schema/codec/wire.js";
import { amdSystem, baseConfigs } from "../../oracle/base-configs.js";
import { X86Machine } from "../recorded/x86-machine.js";
import { type CellName, cellNames, changedCell, oneOf, withChanges } from "./configs.js";
import { NaivePartition } from "./naive-partition.js";
import type { Played, ProbeKind } from "./probe-kind.js";
import { randomAddress, randomRegions } from "./random-scenario.js";

interface CellOfDevices {
  readonly name: CellName;
  readonly regions: readonly MemoryRegion[];
  readonly devices: readonly number[];
}

type Step =
  | { readonly does: "create" | "load" | "start" | "destroy"; readonly cell: number }
  | {
      readonly does: "probe";
      readonly device: number;
      readonly address: number;
      readonly length: number;
      readonly isWrite: boolean;
    };

interface DmaScenario {
  readonly system: keyof typeof systems;
  readonly cells: readonly CellOfDevices[];
  readonly steps: readonly Step[];
}

/** Intel; AMD without a unit, where nothing is confined; AMD with one. */
const systems = {
  "qemu-x86": { vendor: "intel", hasUnits: true },
  [amdSystem]: { vendor: "amd", hasUnits: false },
  "amd with a unit": { vendor: "amd", hasUnits: true },
} as const;
const profile = builtInProfiles.profile("r14.1");
const dma = 0x8n;

/** Memory as devices reach it, while cells and devices come and go. */
export const dmaProbes: ProbeKind<DmaScenario> = {
  name: "DMA",

  generate(random) {
    const system = oneOf(
      ["qemu-x86", "qemu-x86", amdSystem, "amd with a unit", "amd with a unit"] as const,
      random,
    );
    const { rootCell } = systemOf(system).hypervisor.config;
    const known = rootCell.pciDevices.filter(({ type }) => type !== 3).map(({ bdf }) => bdf);
    const devices = [...known, 0x4b0, 0xfff0];
    const cells = cellNames.map((name) => ({
      name,
      regions: randomRegions(random, rootCell.memoryRegions).map((each) =>
        random(2) === 0 ? { ...each, flags: each.flags | dma } : each,
      ),
      devices: devices.filter(() => random(devices.length) < 3),
    }));
    const bounds = [...rootCell.memoryRegions, ...cells.flatMap(({ regions }) => regions)].flatMap(
      ({ physStart, virtStart, size }) =>
        [physStart, physStart + size, virtStart, virtStart + size].map(Number),
    );
    const steps = Array.from({ length: 800 }, (): Step => {
      const cell = 1 + random(cells.length);
      if (random(40) === 0) {
        return { does: oneOf(["create", "create", "load", "start", "destroy"] as const, random), cell };
      }
      const length = oneOf([1, 2, 4, 8], random);
      const address = randomAddress(random, [...bounds, 2 ** 39], length);
      return { does: "probe", device: oneOf(devices, random), address, length, isWrite: random(2) === 0 };
    });
    return { system, cells, steps };
  },

  play({ system, cells, steps }): Played {
    const { vendor, hasUnits } = systems[system];
    const files = cells.map(bytesOf);
    const machine = systemOf(system, files);
    machine.enable();
    const { hypervisor } = machine;
    const { build } = hypervisor.setup;
    const at = (offset: number): number => hypervisor.memoryStart + offset;
    const apic = vendor === "intel" ? at(build.apicAccessPage!) : 0;
    const own = {
      zero: at(build.emptyPage),
      console: at(build.consolePage),
      apic,
      comm: hypervisor.rootCell.commPage,
    };
    const naive = new NaivePartition(hypervisor.config, vendor, own);
    const bytes = hypervisor.machine.memory;
    let [probes, leftOut] = [0, 0];
    for (const step of steps) {
      if (step.does === "create") {
        if (naive.cells.has(step.cell) || files[step.cell - 1] === undefined) continue;
        // What a cell that is refused leaves behind is not asked about.
        if (machine.create(files[step.cell - 1]!, step.cell) !== 0) break;
        naive.create(
          step.cell,
          readCellConfig(files[step.cell - 1]!, profile),
          hypervisor.cells.at(-1)!.commPage,
          apic,
        );
      } else if (step.does !== "probe") {
        if (!naive.cells.has(step.cell)) continue;
        if (machine[step.does](step.cell) !== 0) throw new Error(`${step.does} is refused`);
        if (step.does === "load") naive.setLoadable(step.cell);
        else naive[step.does](step.cell);
        if (machine.takeLines().some((line) => line.includes("Overflow"))) break;
      } else {
        const { device, address, isWrite } = step;
        const id = naive.ownerOfDevice.get(device);
        const owner = id === undefined ? null : id === 0 ? naive.root : naive.cells.get(id)!;
        const physical = hasUnits ? (owner?.deviceOutcome(address, isWrite) ?? null) : address;
        if (physical !== null && !bytes.isMemory(Math.floor(physical / 0x1000))) {
          leftOut++;
          continue;
        }
        probes++;
        const wrong = differenceOf(machine, step, physical);
        if (wrong !== null) return { probes, leftOut, disagreement: `${JSON.stringify(step)}: ${wrong}` };
      }
    }
    return { probes, leftOut, disagreement: null };
  },
};

function systemOf(system: keyof typeof systems, cells: readonly Uint8Array[] = []): X86Machine {
  const configs = cells.map((bytes) => readCellConfig(bytes, profile));
  const bytes = baseConfigs().get(system) ?? withUnit(baseConfigs().get(amdSystem)!);
  return new X86Machine(bytes, { vendor: systems[system].vendor, cells: configs });
}

function withUnit(bytes: Uint8Array): Uint8Array {
  const none = { type: 0, base: 0n, size: 0 };
  const unit = {
    type: 1,
    base: 0xfeb8_0000n,
    size: 0x8_0000,
    amd: { bdf: 2, base_cap: 64, msi_cap: 84, features: 0 },
  };
  return withChanges(bytes, "system", {
    platform: { iommu_units: [unit, ...Array.from({ length: 7 }, () => none)] },
  });
}

function bytesOf({ name, regions, devices }: CellOfDevices): Uint8Array {
  return changedCell(name, {
    mem_regions: regions.map(
      ({ physStart, virtStart, size, flags }): WireStruct => ({
        phys_start: physStart,
        virt_start: virtStart,
        size,
        flags,
      }),
    ),
    pci_devices: devices.map((bdf): WireStruct => ({ ...noDevice, bdf })),
    pci_caps: [],
    cache_regions: [],
  });
}

const noDevice: WireStruct = {
  type: 1,
  iommu: 0,
  domain: 0,
  bdf: 0,
  bar_mask: [0, 0, 0, 0, 0, 0],
  caps_start: 0,
  num_caps: 0,
  num_msi_vectors: 0,
  msi_64bits: 0,
  msi_maskable: 0,
  num_msix_vectors: 0,
  msix_region_size: 0,
  msix_address: 0n,
  shmem_regions_start: 0,
  shmem_dev_id: 0,
  shmem_peers: 0,
  shmem_protocol: 0,
};

const mark = Uint8Array.from([0x5a, 0xc3, 0x96, 0xe1, 0x0f, 0x37, 0xb8, 0x9d]);

/** A mark that is left in memory is read at the other end, and memory is as it was then. */
function differenceOf(
  { hypervisor, x86 }: X86Machine,
  { device, address, length, isWrite }: Extract<Step, { does: "probe" }>,
  physical: number | null,
): string | null {
  const bytes = hypervisor.machine.memory;
  const before = bytes.readBytes(physical ?? 0, length);
  const own = mark.subarray(0, length);
  if (physical !== null && !isWrite) bytes.writeBytes(physical, own);
  const got = isWrite ? x86.dma.write(device, address, own) : x86.dma.read(device, address, length);
  const seen = isWrite && physical !== null ? bytes.readBytes(physical, length) : got;
  if (physical !== null) bytes.writeBytes(physical, before);
  const isBlocked = got === null || got === false;
  if (physical === null) return isBlocked ? null : "not blocked";
  if (isBlocked) return `blocked instead of memory at ${physical.toString(16)}`;
  const isRight = seen instanceof Uint8Array && own.every((byte, index) => byte === seen[index]);
  return isRight ? null : `other memory than at ${physical.toString(16)}`;
}
