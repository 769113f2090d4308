import { virtualDeviceInterrupt } from "../../ir/irq.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type Interval, intersection } from "../facts/intervals.js";
import { bdfText, hex } from "../words.js";
import type { Access, Agent, Link, Loss } from "./answer.js";
import type { CellView } from "./cell-view.js";
import type { Partition } from "./partition.js";

const cpu: Agent = { kind: "cpu" };
const rights = { read: true, write: true, execute: false };

/** Interrupts of software and of the processor's own devices come first on a GIC. */
const ownInterrupts = 32n;

/** Who receives interrupts, and controls them at the chip. @param wanted numbers as the chip counts */
export function interruptAccesses(partition: Partition, wanted: Interval): readonly Access[] {
  return [...partition.views.values()].flatMap((view) => {
    const { config, interrupts } = view;
    const common = { cell: config, by: [cpu], rights, seenAt: null };
    const lines = [...interrupts].flatMap(([address, pins]) =>
      runsOf(pins, wanted).map((range) => ({
        ...common,
        range,
        where: chipName(partition, address),
        chain: linksOf(partition, view, address, range),
      })),
    );
    return [
      ...lines,
      ...virtualLines(partition, config, wanted).map((each) => ({ ...common, ...each })),
      ...oldLines(config, wanted).map((each) => ({ ...common, ...each })),
    ];
  });
}

function chipName({ isX86 }: Partition, address: bigint): string {
  return `${isX86 ? "I/O APIC" : "GIC"} at ${hex(address)}`;
}

/** Runs of set bits. */
function runsOf(pins: bigint, { start, end }: Interval): readonly Interval[] {
  const runs: { start: bigint; end: bigint }[] = [];
  const last = BigInt(pins.toString(2).length);
  for (let pin = start; pin < end && pin < last; pin++) {
    if (((pins >> pin) & 1n) === 0n) continue;
    const run = runs.at(-1);
    if (run !== undefined && run.end === pin) run.end += 1n;
    else runs.push({ start: pin, end: pin + 1n });
  }
  return runs;
}

function linksOf(
  partition: Partition,
  { config }: CellView,
  address: bigint,
  range: Interval,
): readonly Link[] {
  const own: readonly Link[] =
    !partition.isX86 && range.start < ownInterrupts
      ? [
          {
            at: config.cellSpot(),
            text: "interrupts 0-31 are those of each CPU itself: every cell has its own",
          },
        ]
      : [];
  return [...own, ...listing(config, address, range)];
}

function listing(config: CheckedConfig, address: bigint, range: Interval): readonly Link[] {
  return config.cell.irqchips
    .filter(
      (chip) => chip.address === address && runsOf(chip.pinBitmap << BigInt(chip.pinBase), range).length > 0,
    )
    .map((chip) => ({ at: config.spot(chip), text: "the bitmap of the chip lists it" }));
}

type Line = Pick<Access, "range" | "chain" | "where">;

/** A shared-memory device without MSI-X raises a line of the GIC, whoever the line belongs to (hypervisor/ivshmem.c). */
function virtualLines(partition: Partition, config: CheckedConfig, wanted: Interval): readonly Line[] {
  if (partition.isX86) return [];
  const gicd = partition.system?.system?.platform?.arm?.gicdBase ?? 0n;
  return config.ivshmemDevices
    .filter(({ numMsixVectors }) => numMsixVectors === 0)
    .flatMap((device): readonly Line[] => {
      const line = BigInt(virtualDeviceInterrupt(device.bdf, config.cell.vpciIrqBase));
      const range = intersection(wanted, { start: line, end: line + 1n });
      if (range === undefined) return [];
      const text = `shared-memory device ${bdfText(device)} raises it`;
      return [{ range, where: chipName(partition, gicd), chain: [{ at: config.spot(device), text }] }];
    });
}

/** Until June 2014 each line had an entry of its own. */
function oldLines(config: CheckedConfig, wanted: Interval): readonly Line[] {
  return config.cell.irqLines.flatMap((entry): readonly Line[] => {
    const line = BigInt(entry.line);
    const range = intersection(wanted, { start: line, end: line + 1n });
    if (range === undefined) return [];
    return [
      {
        range,
        where: `chip ${entry.irqchip}`,
        chain: [{ at: config.spot(entry), text: "the line is the cell's" }],
      },
    ];
  });
}

export function interruptLosses({ system, views }: Partition, wanted: Interval): readonly Loss[] {
  if (system === null) return [];
  const root = views.get(system);
  return system.cell.irqchips.flatMap(({ address, pinBase, pinBitmap }) => {
    const lost = (pinBitmap << BigInt(pinBase)) & ~(root?.interrupts.get(address) ?? 0n);
    return [...views.keys()].flatMap((config): readonly Loss[] => {
      if (config.isRoot) return [];
      return runsOf(lost, wanted).flatMap((range) => {
        const took = listing(config, address, range).map((link) => ({
          ...link,
          text: `${config.title} takes it away`,
        }));
        if (took.length === 0) return [];
        const had = listing(system, address, range).map((link) => ({
          ...link,
          text: "the root cell lists it",
        }));
        return [{ cell: system, to: config, range, chain: [...had, ...took] }];
      });
    });
  });
}
