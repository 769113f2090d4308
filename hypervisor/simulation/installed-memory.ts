import { consoleFlags, memory as flags, type SystemConfig } from "../core/config/cell-config.js";
import { failingBus, openBus } from "../machine/bus-error.js";
import type { Architecture } from "../machine/machine.js";
import type { PhysicalMemory } from "../machine/physical-memory.js";
import type { AddressRange, MachineFacts } from "./machine-facts.js";

const pageSize = 4096;
/** Where all PCs have video memory and firmware. */
const belowFirstMegabyte = { start: 0xa_0000, size: 0x6_0000 } as const;
const addressLimit = 2n ** 52n;

/**
 * Lets nothing answer where a machine has neither RAM nor registers. Registers that are not modelled keep what is written.
 * Lists of devices are seldom complete: the hypervisor's console is believed to be there, and so is what the root cell's
 * config has for neither code nor DMA, since such regions come from a list of the machine's resources.
 */
export function installMemory(
  memory: PhysicalMemory,
  architecture: Architecture,
  { ram, registers, pciFunctions }: MachineFacts,
  config: SystemConfig,
): void {
  if (ram === null) return;
  const bars = (pciFunctions ?? []).flatMap((each) => each.bars ?? []);
  const ranges = [
    ...ram,
    ...bars,
    ...(registers ?? []),
    ...registersOf(config),
    ...(architecture === "x86" ? [belowFirstMegabyte] : []),
  ];
  memory.install(ranges.map(wholePages), architecture === "x86" ? openBus : failingBus);
}

function registersOf({ rootCell, debugConsole }: SystemConfig): readonly AddressRange[] {
  const regions = rootCell.memoryRegions.filter(
    ({ flags: granted }) => (granted & (flags.execute | flags.dma)) === 0n,
  );
  const console = { physStart: debugConsole.address, size: BigInt(debugConsole.size) };
  const isMapped = (debugConsole.flags & consoleFlags.mmio) !== 0;
  return [...regions, ...(isMapped ? [console] : [])]
    .filter(({ physStart, size }) => physStart + size <= addressLimit)
    .map(({ physStart, size }) => ({ start: Number(physStart), size: Number(size) }));
}

function wholePages({ start, size }: AddressRange): AddressRange {
  const first = start - (start % pageSize);
  return { start: first, size: Math.ceil((start + size - first) / pageSize) * pageSize };
}
