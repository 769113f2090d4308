import { type PortInterval, portCount } from "../../ir/port-io.js";
import type { Spot } from "../spot.js";
import type { CheckedConfig } from "./checked-config.js";

/**
 * Ports of x86 that cells are let through to. All others trap. Whatever a config says, the command port of the keyboard
 * controller traps (hypervisor/arch/x86/vcpu.c:128), and the ports of the power-management timer never do, in any cell
 * (vcpu.c:140-144).
 */

/** Ports that a config grants in one place. */
export interface PortGrant extends PortInterval {
  readonly spot: Spot;
}

/** Status and command port of the keyboard controller (hypervisor/arch/x86/i8042.c). */
export const keyboardCommandPort = 0x64;

const known = new WeakMap<CheckedConfig, readonly PortGrant[]>();

/** One for each range of the table, in its order, cut off at the last port; a bitmap's runs of ports, ascending. */
export function portGrants(config: CheckedConfig): readonly PortGrant[] {
  let grants = known.get(config);
  if (grants === undefined) {
    grants = collect(config);
    known.set(config, grants);
  }
  return grants;
}

function collect(config: CheckedConfig): readonly PortGrant[] {
  const { portIo } = config.cell;
  if (portIo.kind === "bitmap") {
    const spot = config.spot(portIo);
    return config.ports.map((ports) => ({ ...ports, spot }));
  }
  return portIo.ranges
    .map((range) => ({
      start: range.base,
      end: Math.min(range.base + range.length, portCount),
      spot: config.spot(range),
    }))
    .filter(({ start, end }) => start < end);
}

/** What an interval has in common with others, ascending. @param ports ascending and disjoint */
export function commonPorts(one: PortInterval, ports: readonly PortInterval[]): readonly PortInterval[] {
  const common: PortInterval[] = [];
  for (let index = firstEndingBehind(ports, one.start); index < ports.length; index++) {
    const { start, end } = ports[index]!;
    if (start >= one.end) break;
    common.push({ start: Math.max(start, one.start), end: Math.min(end, one.end) });
  }
  return common;
}

/** What is left of an interval without others, ascending. @param ports ascending and disjoint */
export function portsNotIn(one: PortInterval, ports: readonly PortInterval[]): readonly PortInterval[] {
  const rest: PortInterval[] = [];
  let { start } = one;
  for (const common of commonPorts(one, ports)) {
    if (common.start > start) rest.push({ start, end: common.start });
    start = common.end;
  }
  if (start < one.end) rest.push({ start, end: one.end });
  return rest;
}

function firstEndingBehind(ports: readonly PortInterval[], port: number): number {
  let low = 0;
  let high = ports.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ports[middle]!.end > port) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The ports of the power-management timer; undefined where the system has none. */
export function pmTimerPorts(system: CheckedConfig): PortInterval | undefined {
  const start = system.system?.platform?.x86?.pmTimerAddress ?? 0;
  return start === 0 ? undefined : { start, end: start + 4 };
}
