import { allowedPorts, portCount } from "../../ir/port-io.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CellView } from "./cell-view.js";

/** Commands of the keyboard controller, one of which resets the machine: each access is looked at. */
export const i8042Commands = 0x64;
/** Ports of the ACPI timer from its address on, open to every cell. */
export const pmTimerPortCount = 4;

/** What the root cell begins with. */
export function rootPorts(root: CellView, system: CheckedConfig): void {
  allow(root, root.config, 1);
  root.openPorts[i8042Commands] = 0;
  openTimer(root, system);
}

/** Ports go from the root cell to a new one; other cells that list them keep them (hypervisor/arch/x86/vcpu.c:95-147). */
export function givePorts(view: CellView, root: CellView | null, system: CheckedConfig | null): void {
  allow(view, view.config, 1);
  view.openPorts[i8042Commands] = 0;
  if (root !== null) allow(root, view.config, 0);
  openTimer(view, system);
}

function allow({ openPorts }: CellView, { cell }: CheckedConfig, open: 0 | 1): void {
  for (const { start, end } of allowedPorts(cell.portIo)) openPorts.fill(open, start, end);
}

function openTimer({ openPorts }: CellView, system: CheckedConfig | null): void {
  const first = system?.system?.platform?.x86?.pmTimerAddress ?? 0;
  if (first !== 0) openPorts.fill(1, first, Math.min(first + pmTimerPortCount, portCount));
}
