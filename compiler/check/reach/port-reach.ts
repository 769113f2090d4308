import { allowedPorts, portCount } from "../../ir/port-io.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { Interval } from "../facts/intervals.js";
import { portsText } from "../words.js";
import type { Access, Agent, Link, Loss } from "./answer.js";
import type { CellView } from "./cell-view.js";
import { i8042Commands, pmTimerPortCount } from "./give-ports.js";
import type { Partition } from "./partition.js";

const cpu: Agent = { kind: "cpu" };
const rights = { read: true, write: true, execute: false };

/** Who reaches I/O ports. Machines other than x86 have none. @param wanted half-open, 0..0x10000 */
export function portAccesses(partition: Partition, wanted: Interval): readonly Access[] {
  if (!partition.isX86) return [];
  return [...partition.views.values()].flatMap((view) =>
    openIntervals(view, wanted).map((range) => ({
      cell: view.config,
      by: [cpu],
      rights,
      range,
      seenAt: null,
      chain: linksOf(partition, view, range),
    })),
  );
}

/** Ports that go through, and port 0x64 where the hypervisor lets commands through that do not reset the machine. */
function openIntervals({ config, openPorts }: CellView, wanted: Interval): readonly Interval[] {
  const isCommandOpen = isModerated(config);
  return intervalsOf(wanted, (port) => openPorts[port] === 1 || (port === i8042Commands && isCommandOpen));
}

/** Ascending; they do not touch each other. */
function intervalsOf(wanted: Interval, isIn: (port: number) => boolean): readonly Interval[] {
  const intervals: { start: bigint; end: bigint }[] = [];
  for (let port = Number(wanted.start); port < wanted.end; port++) {
    if (!isIn(port)) continue;
    const start = BigInt(port);
    const last = intervals.at(-1);
    if (last?.end === start) last.end += 1n;
    else intervals.push({ start, end: start + 1n });
  }
  return intervals;
}

/** hypervisor/arch/x86/vcpu.c:121, i8042.c:20: decided by the cell's own config, whoever else lists the port. */
function isModerated({ ports }: CheckedConfig): boolean {
  return ports.some(({ start, end }) => start <= i8042Commands && end > i8042Commands);
}

function linksOf(
  { system }: Partition,
  { config, openPorts }: CellView,
  { start, end }: Interval,
): readonly Link[] {
  const links = [...listing(config, Number(start), Number(end))];
  // A power-management timer at the port opens it.
  if (start <= BigInt(i8042Commands) && end > BigInt(i8042Commands) && openPorts[i8042Commands] !== 1) {
    const text = "port 0x64 goes through the hypervisor, which lets no reset through";
    links.push(...listing(config, i8042Commands, i8042Commands + 1).map(({ at }) => ({ at, text })));
  }
  const x86 = system?.system?.platform?.x86 ?? null;
  if (x86 === null) return links;
  const timer = x86.pmTimerAddress;
  if (timer !== 0 && timer < end && timer + pmTimerPortCount > start)
    links.push({
      at: system!.spot(x86, "pmTimerAddress"),
      text: "every cell may use the power-management timer",
    });
  return links;
}

/** Entries of the table that list at least one of the ports. */
function listing(config: CheckedConfig, start: number, end: number): readonly Link[] {
  const { portIo } = config.cell;
  if (portIo.kind === "bitmap") {
    const listed = allowedPorts(portIo).some((each) => each.start < end && each.end > start);
    return listed ? [{ at: config.spot(portIo), text: "the port bitmap allows it" }] : [];
  }
  const links: Link[] = [];
  for (const range of portIo.ranges) {
    const { base, length } = range;
    if (length === 0 || base >= end || base + length <= start) continue;
    const ports = portsText({ start: base, end: base + length });
    const text = length === 1 ? `port ${ports} is the cell's` : `ports ${ports} are the cell's`;
    links.push({ at: config.spot(range), text });
    if (links.length === entriesNamed) break;
  }
  return links;
}

/** So many entries tell why, where many say the same. */
const entriesNamed = 8;

/** What the root cell's config lists and a cell has taken. */
export function portLosses({ system, views, isX86 }: Partition, wanted: Interval): readonly Loss[] {
  if (system === null || !isX86) return [];
  const listed = listedPorts(system);
  for (const { start, end } of openIntervals(views.get(system)!, wanted))
    listed.fill(0, Number(start), Number(end));
  return [...views.keys()].flatMap((config): readonly Loss[] => {
    if (config.isRoot) return [];
    const taken = listedPorts(config);
    const [range] = intervalsOf(wanted, (port) => listed[port] === 1 && taken[port] === 1);
    if (range === undefined) return [];
    const [start, end] = [Number(range.start), Number(range.end)];
    const had = listing(system, start, end).map(({ at }) => ({ at, text: "the root cell lists it" }));
    const took = listing(config, start, end).map(({ at }) => ({ at, text: `${config.title} takes it away` }));
    return [{ cell: system, to: config, range, chain: [...had, ...took] }];
  });
}

function listedPorts({ ports }: CheckedConfig): Uint8Array {
  const listed = new Uint8Array(portCount);
  for (const { start, end } of ports) listed.fill(1, start, end);
  return listed;
}
