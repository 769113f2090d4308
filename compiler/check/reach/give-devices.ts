import type { Irqchip } from "../../ir/irq.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { isIvshmem } from "../facts/checked-config.js";
import type { CellView } from "./cell-view.js";

/** The hypervisor refuses chips whose numbers go further (hypervisor/arch/arm-common/irqchip.c:424). */
const interruptLimit = 1024;

/** Bit n: interrupt n. None where the numbers are out of range. */
export function listedPins({ pinBase, pinBitmap }: Pick<Irqchip, "pinBase" | "pinBitmap">): bigint {
  return pinBase < interruptLimit ? pinBitmap << BigInt(pinBase) : 0n;
}

/** The interrupts of the processors themselves come first on a GIC: 16 of software, 16 of the CPU's own devices. */
const ownInterrupts = 0xffff_ffffn;
/** Interrupts of software 0 and 1 wake the hypervisor (hypervisor/arch/arm-common/include/asm/control.h). */
const hypervisorInterrupts = 3n;

/**
 * Interrupts go from the root cell to a new one; other cells that list them keep them
 * (hypervisor/arch/x86/ioapic.c:328, hypervisor/arch/arm-common/irqchip.c:413).
 *
 * @param root null for the root cell itself, or where it is not known
 */
export function giveInterrupts(view: CellView, root: CellView | null, system: CheckedConfig | null): void {
  const { config, interrupts } = view;
  const arm = system?.system?.platform?.arm ?? null;
  // Configs before revision 6 do not say where the GIC is.
  const isKnown = (address: bigint): boolean =>
    arm === null || arm.gicdBase === 0n || address === arm.gicdBase;
  for (const chip of config.cell.irqchips) {
    const { address } = chip;
    if (!isKnown(address)) continue;
    const pins = listedPins(chip);
    interrupts.set(address, (interrupts.get(address) ?? 0n) | pins);
    const rest = root?.interrupts.get(address);
    if (rest !== undefined) root?.interrupts.set(address, rest & ~pins);
  }
  if (arm === null) return;
  const reserved = hypervisorInterrupts | (1n << BigInt(arm.maintenanceIrq));
  const all = interrupts.get(arm.gicdBase) ?? 0n;
  interrupts.set(arm.gicdBase, (all & ~ownInterrupts) | (ownInterrupts & ~reserved));
}

/**
 * Devices go from the root cell to a new one; other cells that list them keep them. Shared-memory devices are made for
 * each cell anew (hypervisor/pci.c:666).
 */
export function giveDevices({ config, devices }: CellView, root: CellView | null): void {
  for (const device of config.cell.pciDevices) {
    devices.add(device.bdf);
    if (!isIvshmem(device)) root?.devices.delete(device.bdf);
  }
}
