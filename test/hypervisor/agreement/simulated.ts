import {
  configSize,
  readCellConfig,
  readSystemConfig,
  readSystemHeader,
} from "../../../hypervisor/core/config/read-config.js";
import { HypervisorFault, MachineHang, Refusal } from "../../../hypervisor/core/refusal.js";
import { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import type { Architecture } from "../../../hypervisor/machine/machine.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { type MachineKind, profile } from "./bases.js";
import type { MutatedSet } from "./mutated-set.js";

/** What became of a command: it went well, an errno, or the machine did not go on. */
export type Verdict = "ok" | "crash" | "hang" | `E${string}`;

/** One command, and what became of it. */
export interface Step {
  readonly step: "enable" | "create";
  /** Index of the cell that the command is about; -1 for the system. */
  readonly cell: number;
  readonly verdict: Verdict;
  /** What the simulation says about it, for those who read about it. */
  readonly reason: string;
}

/** What the simulated driver and hypervisor say, on a machine that has all that the configs speak of, up to the first refusal. */
export function simulated({ kind, system, cells }: MutatedSet): readonly Step[] {
  const driver = driverFor(kind, system, cells);
  const steps: Step[] = [{ step: "enable", cell: -1, ...verdictOf(() => driver.enable(system)) }];
  for (const [cell, bytes] of cells.entries()) {
    if (steps.at(-1)!.verdict !== "ok") break;
    steps.push({ step: "create", cell, ...verdictOf(() => driver.createCell(bytes)) });
  }
  return steps;
}

export function architectureOf(kind: MachineKind): Architecture {
  return kind === "intel" || kind === "amd" ? "x86" : kind;
}

function driverFor(kind: MachineKind, system: Uint8Array, cells: readonly Uint8Array[]): JailhouseDriver {
  // Larger ones are refused before anything of their tables is read.
  const isReadable = (bytes: Uint8Array, kind: "system" | "cell"): boolean =>
    (configSize(bytes, profile, kind) ?? 0) <= 0x10_0000;
  const config = isReadable(system, "system")
    ? readSystemConfig(system, profile)
    : readSystemHeader(system, profile);
  const read = cells
    .filter((bytes) => isReadable(bytes, "cell"))
    .map((bytes) => readCellConfig(bytes, profile));
  const architecture = architectureOf(kind);
  const machine = deriveMachine(config, architecture, {
    ...(kind === "intel" || kind === "amd" ? { vendor: kind } : {}),
    cells: read,
    // Whether a processor can divide its cache is not in the configs.
    cacheAllocation: { maxBit: 19, classes: 15 },
    ioApics: read.flatMap(({ irqchips }) => irqchips.map(({ address }) => address)),
  });
  return new JailhouseDriver({ machine, profile, world: { run: () => false } });
}

function verdictOf(action: () => void): Pick<Step, "verdict" | "reason"> {
  try {
    action();
    return { verdict: "ok", reason: "" };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: error.errno as Verdict, reason: error.source ?? "" };
    if (error instanceof HypervisorFault) return { verdict: "crash", reason: error.message };
    if (error instanceof MachineHang) return { verdict: "hang", reason: error.reason };
    throw error;
  }
}
