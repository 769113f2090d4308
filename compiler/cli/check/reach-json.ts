import type { CheckedConfig } from "../../check/facts/checked-config.js";
import type { Interval } from "../../check/facts/intervals.js";
import { placeOfSpot, type Sources } from "../../check/finding-to-diagnostic.js";
import type { Agent, Answer, Link } from "../../check/reach/answer.js";
import { type Target, targetText } from "../../check/reach/target.js";
import { placeToJson } from "../../diagnostics/json.js";
import { pciAddressText } from "../../ir/pci.js";

/** The same as {@link reachText} says, whole, for tools. Addresses are hexadecimal texts, ends are included. */
export function reachJson(
  target: Target,
  cells: readonly CheckedConfig[],
  { accesses, losses }: Answer,
  sources: Sources,
): unknown {
  const chainOf = (chain: readonly Link[]): readonly unknown[] =>
    chain.map(({ at, text }) => ({ ...placeToJson(placeOfSpot(at, sources)), message: text }));
  return {
    target: { kind: target.kind, text: targetText(target) },
    accesses: accesses.map(({ cell, by, rights, range, seenAt, where, chain }) => ({
      cell: cell.cell.name,
      root: cell.isRoot,
      by: by.map(agentJson),
      ...rights,
      ...rangeJson(target, range),
      ...(seenAt === null ? {} : { seenAt: `0x${seenAt.toString(16)}` }),
      ...(where === undefined ? {} : { where }),
      chain: chainOf(chain),
    })),
    lost: losses.map(({ cell, to, range, chain }) => ({
      cell: cell.cell.name,
      takenBy: to.cell.name,
      ...rangeJson(target, range),
      chain: chainOf(chain),
    })),
    cannot: cells
      .filter((cell) => accesses.every((access) => access.cell !== cell))
      .map(({ cell }) => cell.name),
  };
}

function agentJson(agent: Agent): unknown {
  if (agent.kind === "device") return { kind: agent.kind, device: pciAddressText(agent.device) };
  return agent.kind === "stream" ? { kind: agent.kind, stream: `0x${agent.id.toString(16)}` } : agent;
}

function rangeJson({ kind }: Target, { start, end }: Interval): Readonly<Record<string, string>> {
  if (kind === "device") return {};
  return { from: `0x${start.toString(16)}`, to: `0x${(end - 1n).toString(16)}` };
}
