import { type Irqchip, virtualDeviceInterrupt } from "../../ir/irq.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type Interval, intersection } from "../facts/intervals.js";
import { hex, linkText } from "../words.js";
import type { Access, Agent, Link, Loss } from "./answer.js";
import type { CellView } from "./cell-view.js";
import { listedPins } from "./give-devices.js";
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
    const chips = chipsOf(config);
    const lines = [...interrupts].flatMap(([address, pins]) =>
      runsOf(pins, wanted).map((range) => ({
        ...common,
        range,
        where: chipName(partition, address),
        chain: linksOf(partition, view, chips.get(address) ?? [], range),
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

function chipsOf({ cell }: CheckedConfig): ReadonlyMap<bigint, readonly Irqchip[]> {
  const chips = new Map<bigint, Irqchip[]>();
  for (const chip of cell.irqchips) {
    const there = chips.get(chip.address);
    if (there === undefined) chips.set(chip.address, [chip]);
    else there.push(chip);
  }
  return chips;
}

function linksOf(
  { isX86 }: Partition,
  { config }: CellView,
  chips: readonly Irqchip[],
  range: Interval,
): readonly Link[] {
  const own: readonly Link[] =
    !isX86 && range.start < ownInterrupts
      ? [
          {
            at: config.cellSpot(),
            text: "interrupts 0-31 are those of each CPU itself: every cell has its own",
          },
        ]
      : [];
  return [...own, ...listing(config, chips, range, "the bitmap of the chip lists it")];
}

function listing(
  config: CheckedConfig,
  chips: readonly Irqchip[],
  range: Interval,
  text: string,
): readonly Link[] {
  return chips
    .filter((chip) => runsOf(listedPins(chip), range).length > 0)
    .map((chip) => ({ at: config.spot(chip), text }));
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
      const text = `${linkText(device)} raises it`;
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
  const root = system === null ? undefined : views.get(system);
  if (system === null || root === undefined) return [];
  const owned = chipsOf(system);
  return [...views.keys()].flatMap((config): readonly Loss[] => {
    if (config.isRoot) return [];
    return [...chipsOf(config)].flatMap(([address, chips]) => {
      const listed = (owned.get(address) ?? []).reduce((all, chip) => all | listedPins(chip), 0n);
      const taken = chips.reduce((all, chip) => all | listedPins(chip), 0n);
      const lost = listed & taken & ~(root.interrupts.get(address) ?? 0n);
      return runsOf(lost, wanted).map((range) => {
        const had = listing(system, owned.get(address) ?? [], range, "the root cell lists it");
        const took = listing(config, chips, range, `${config.title} takes it away`);
        return { cell: system, to: config, range, chain: [...had, ...took] };
      });
    });
  });
}
