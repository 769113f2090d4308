import type { CheckedConfig } from "../../check/facts/checked-config.js";
import type { CheckedSet } from "../../check/facts/checked-set.js";
import type { Interval } from "../../check/facts/intervals.js";
import { placeOfSpot, type Sources } from "../../check/finding-to-diagnostic.js";
import type { Agent, Answer, Link } from "../../check/reach/answer.js";
import { type Target, targetText } from "../../check/reach/target.js";
import { placeToJson } from "../../diagnostics/json.js";
import { pciAddressText } from "../../ir/pci.js";

/** What is found out about one machine. */
export interface MachineAnswer {
  readonly set: CheckedSet;
  readonly answer: Answer;
  readonly sources: Sources;
}

/**
 * The same as {@link reachText} says, whole, for tools. Addresses are hexadecimal texts, ends are included. Each machine is
 * listed with its system, one alone, too. Cells go by name and title: cells of one name have titles of their own.
 */
export function reachJson(target: Target, answers: readonly MachineAnswer[]): unknown {
  const asked = { kind: target.kind, text: targetText(target) };
  const machines = answers.map((each) => ({
    system: each.set.system?.cell.name ?? null,
    ...machineJson(target, each),
  }));
  return { target: asked, machines };
}

function machineJson(
  target: Target,
  { set, answer: { accesses, losses }, sources }: MachineAnswer,
): Readonly<Record<string, unknown>> {
  const chainOf = (chain: readonly Link[]): readonly unknown[] =>
    chain.map(({ at, text }) => ({ ...placeToJson(placeOfSpot(at, sources)), message: text }));
  return {
    accesses: accesses.map(({ cell, by, rights, range, seenAt, where, chain }) => ({
      ...cellJson(cell),
      root: cell.isRoot,
      by: by.map(agentJson),
      ...rights,
      ...rangeJson(target, range),
      ...(seenAt === null ? {} : { seenAt: `0x${seenAt.toString(16)}` }),
      ...(where === undefined ? {} : { where }),
      chain: chainOf(chain),
    })),
    lost: losses.map(({ cell, to, range, chain }) => ({
      ...cellJson(cell),
      takenBy: cellJson(to),
      ...rangeJson(target, range),
      chain: chainOf(chain),
    })),
    cannot: set.all.filter((cell) => accesses.every((access) => access.cell !== cell)).map(cellJson),
  };
}

function cellJson({ cell, title }: CheckedConfig): { readonly cell: string; readonly title: string } {
  return { cell: cell.name, title };
}

function agentJson(agent: Agent): unknown {
  if (agent.kind === "device") return { kind: agent.kind, device: pciAddressText(agent.device) };
  return agent.kind === "stream" ? { kind: agent.kind, stream: `0x${agent.id.toString(16)}` } : agent;
}

function rangeJson({ kind }: Target, { start, end }: Interval): Readonly<Record<string, string>> {
  if (kind === "device") return {};
  return { from: `0x${start.toString(16)}`, to: `0x${(end - 1n).toString(16)}` };
}
