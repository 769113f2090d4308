import { randomNumbers } from "../../support/random-numbers.js";
import { callProbes } from "./call-probes.js";
import { commandProbes } from "./command-probes.js";
import { dmaProbes } from "./dma-probes.js";
import { gicProbes } from "./gic-probes.js";
import { ioApicProbes } from "./io-apic-probes.js";
import { pciProbes } from "./pci-probes.js";
import { portProbes } from "./port-probes.js";
import { type KindResult, type ProbeKind, runKind } from "./probe-kind.js";
import { randomOf } from "./random-scenario.js";
import { runProbes } from "./run-probes.js";

/** A kind of probe with its part of all probes. */
export interface RunnableKind {
  readonly name: string;
  /** Weight: kinds whose machines take long to make get fewer. */
  readonly share: number;
  run(count: number, seed: number): KindResult;
}

function kindOf<Scenario>(kind: ProbeKind<Scenario>, share: number): RunnableKind {
  return { name: kind.name, share, run: (count, seed) => runKind(kind, count, seed) };
}

const memory: RunnableKind = {
  name: "memory",
  share: 6,
  run: (count, seed) => {
    const { ambiguous, ...result } = runProbes(count, randomOf(randomNumbers(seed)));
    return { kind: "memory", leftOut: ambiguous, ...result };
  },
};

export const allKinds: readonly RunnableKind[] = [
  memory,
  kindOf(portProbes, 2),
  kindOf(callProbes, 2),
  kindOf(dmaProbes, 1),
  kindOf(pciProbes, 2),
  kindOf(ioApicProbes, 1),
  kindOf(commandProbes, 1),
  kindOf(gicProbes, 1),
];

/** How many of all probes are of this kind. */
export function shareOf(kind: RunnableKind, probes: number): number {
  return Math.ceil((probes * kind.share) / allKinds.reduce((sum, { share }) => sum + share, 0));
}

/** A line for each kind, with a sum. */
export function tableOf(results: readonly KindResult[]): string {
  const rows = [
    ["kind", "probes", "machines", "left out", "disagreements"],
    ...results.map(({ kind, probes, scenarios, leftOut, disagreements }) =>
      [kind, probes, scenarios, leftOut, disagreements.length].map(String),
    ),
    ["all", ...["probes", "scenarios", "leftOut"].map((key) => sumOf(results, key as "probes")), ""],
  ];
  rows.at(-1)![4] = String(results.reduce((sum, { disagreements }) => sum + disagreements.length, 0));
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!)))
      .join("  "),
  );
  return `${lines.join("\n")}\n`;
}

function sumOf(results: readonly KindResult[], key: "probes" | "scenarios" | "leftOut"): string {
  return String(results.reduce((sum, each) => sum + each[key], 0));
}
