/** A board file in the terms of the simulated machine. */

import { type MachineFacts, noFacts, SetupError } from "../../../hypervisor/index.js";
import type { Board, BoardIommu, BoardPciDevice, BoardRange } from "../../ir/board.js";

type AddressRange = NonNullable<MachineFacts["ram"]>[number];
type IommuFacts = NonNullable<MachineFacts["iommus"]>[number];
type PciFunctionFacts = NonNullable<MachineFacts["pciFunctions"]>[number];

/** Processors have no larger physical addresses. */
const addressLimit = 2n ** 52n;
const iommuKinds = {
  intel: "intel",
  amd: "amd",
  "smmu-v2": "mmu500",
  "smmu-v3": "smmu-v3",
  pvu: "pvu",
} as const;

/** @throws SetupError for a machine that cannot be simulated */
export function factsOfBoard(board: Board): MachineFacts {
  const { architecture, cpus, memory, gic, l3, hypervisor } = board;
  if (architecture === "riscv64") throw new SetupError("machines of RISC-V cannot be simulated");
  const version = gic?.version ?? null;
  if (version === 1) throw new SetupError("interrupt controllers of GIC version 1 cannot be simulated");
  return {
    architecture,
    vendor: board.vendor,
    cpus: {
      count: cpus?.nrCpuIds ?? null,
      online: cpus?.online ?? null,
      hardwareIds: cpus?.apicIds ?? cpus?.mpidrs?.map(Number) ?? null,
      usesX2apic: cpus?.apicMode == null ? null : cpus.apicMode === "x2apic",
      physicalBits: cpus?.addressBits ?? null,
    },
    ram: rangesOf(memory?.ram),
    systemRam: rangesOf(memory?.systemRam),
    registers: registersOf(board),
    ioApics: board.ioapics?.map(({ at, pins }) => ({ address: addressOf(at), pins })) ?? null,
    gic: {
      version: version as MachineFacts["gic"]["version"],
      distributor: placeOf(gic?.gicd),
      redistributors: placeOf(gic?.gicr),
      cpuInterface: placeOf(gic?.gicc),
      hypervisorInterface: placeOf(gic?.gich),
      virtualInterface: placeOf(gic?.gicv),
      maintenanceIrq: gic?.maintenanceIrq ?? null,
      sharedInterrupts: gic?.spiCount ?? null,
    },
    iommus: board.iommus?.map(iommuOf) ?? null,
    pciFunctions: board.pci?.filter(({ hidden }) => hidden !== true).map(functionOf) ?? null,
    cacheAllocation:
      l3?.maskBits == null || l3.classes === null ? null : { maxBit: l3.maskBits - 1, classes: l3.classes },
    image: { coreSize: placeOf(hypervisor?.coreSize), perCpuSize: placeOf(hypervisor?.percpuSize) },
  };
}

/** Those of devices, of the interrupt controller's parts that are not modelled, and of clocks. */
function registersOf({ devices, gic, clockRegisters }: Board): MachineFacts["registers"] {
  if (devices === null && gic === null && clockRegisters === null) return noFacts.registers;
  const interfaces = [gic?.gicc, gic?.gich, gic?.gicv].flatMap((start) =>
    start == null ? [] : [{ start: addressOf(start), size: interfaceSize }],
  );
  return [
    ...(devices ?? []).flatMap(({ registers }) => rangesOf(registers) ?? []),
    ...(rangesOf(clockRegisters) ?? []),
    ...interfaces,
  ];
}

/** Of an interface of GICv2, with the page of its second half. */
const interfaceSize = 0x2000;

function rangesOf(ranges: readonly BoardRange[] | null | undefined): readonly AddressRange[] | null {
  if (ranges == null) return null;
  return ranges.map(({ start, end }) => ({
    start: addressOf(start),
    size: addressOf(end - 1n) + 1 - addressOf(start),
  }));
}

function placeOf(value: bigint | null | undefined): number | null {
  return value == null ? null : addressOf(value);
}

function addressOf(value: bigint): number {
  if (value < addressLimit) return Number(value);
  throw new SetupError(`address 0x${value.toString(16)} of the board is beyond those of any processor`);
}

function iommuOf({ at, size, type }: BoardIommu): IommuFacts {
  return { address: addressOf(at), size: placeOf(size), kind: type === null ? null : iommuKinds[type] };
}

function functionOf({ address, bars, capabilities, msi, msix }: BoardPciDevice): PciFunctionFacts {
  return {
    domain: address.domain,
    bdf: address.bdf,
    bars:
      bars?.map(({ bar, range, is64bit }) => ({
        index: bar,
        start: addressOf(range.start),
        size: addressOf(range.end - range.start),
        is64Bit: is64bit === true,
      })) ?? null,
    capabilities:
      capabilities?.map(({ id, at, extended }) => ({ id, start: at, isExtended: extended === true })) ?? null,
    msiVectors: msi,
    msixVectors: msix,
  };
}
