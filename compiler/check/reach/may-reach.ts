import type { CheckedConfig } from "../facts/checked-config.js";
import type { Spot } from "../spot.js";
import type { Access, Answer, Link, Loss } from "./answer.js";
import type { Partition } from "./partition.js";
import { whoReaches } from "./reach.js";
import type { Target } from "./target.js";

/**
 * Who may reach the target, where the machine is one of several: who reaches it on any of them. What holds on one of them
 * only says on which.
 *
 * @param partitions of the same cells; at least one
 */
export function whoMayReach(partitions: readonly Partition[], target: Target): Answer {
  const answers = partitions.map((partition) => whoReaches(partition, target));
  if (answers.length === 1) return answers[0]!;
  const cells = [...partitions[0]!.views.keys()];
  return {
    accesses: union(
      answers.map(({ accesses }) => accesses),
      partitions,
      cells,
      accessKey,
    ),
    losses: union(
      answers.map(({ losses }) => losses),
      partitions,
      cells,
      lossKey,
    ),
  };
}

/** In the order of cells; of each, what holds on the first machine comes first. */
function union<Item extends { readonly cell: CheckedConfig; readonly chain: readonly Link[] }>(
  found: readonly (readonly Item[])[],
  partitions: readonly Partition[],
  cells: readonly CheckedConfig[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const keys = found.map((items) => new Set(items.map(keyOf)));
  const all = found.flatMap((items, index) =>
    items.flatMap((item): readonly Item[] => {
      const key = keyOf(item);
      if (keys.every((each) => each.has(key))) return index === 0 ? [item] : [];
      return [{ ...item, chain: [...item.chain, ...onlyOn(partitions[index]!)] }];
    }),
  );
  const order = new Map(cells.map((cell, index) => [cell, index]));
  return all.sort((one, other) => order.get(one.cell)! - order.get(other.cell)!);
}

/** Machines differ by the version of their GIC. */
function onlyOn({ system, gicVersion }: Partition): readonly Link[] {
  const arm = system?.system?.platform?.arm;
  if (system === null || arm == null || gicVersion === null) return [];
  const at: Spot = system.spot(arm, "gicVersion");
  return [
    {
      at,
      text: `this holds for a GICv${gicVersion}; \`gic: { version }\` of a board file tells which it is`,
    },
  ];
}

function accessKey({ cell, by, rights, range, seenAt, where, chain }: Access): string {
  const agents = by.map((agent) =>
    agent.kind === "device" ? `${agent.device.domain} ${agent.device.bdf}` : JSON.stringify(agent, asText),
  );
  const rest = { agents, rights, range, seenAt, where, chain: chain.map(({ text }) => text) };
  return `${cell.title} ${JSON.stringify(rest, asText)}`;
}

function lossKey({ cell, to, range, chain }: Loss): string {
  const rest = { range, chain: chain.map(({ text }) => text) };
  return `${cell.title} ${to.title} ${JSON.stringify(rest, asText)}`;
}

function asText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `0x${value.toString(16)}` : value;
}
