import { randomNumbers } from "../../support/random-numbers.js";
import { type Random, randomOf } from "./random-scenario.js";
import { shrunk } from "./shrink.js";

/** What became of the probes of a scenario, up to the first one that is decided differently. */
export interface Played {
  readonly probes: number;
  /** Not asked, since the models do not say: registers behind an address, say. */
  readonly leftOut?: number;
  /** What the simulator said, and what the plain reading; null where they agree. */
  readonly disagreement: string | null;
}

/**
 * A kind of access. A scenario is plain data: configs, operations and probes in their order, so that it can be printed, played
 * again, and made smaller.
 */
export interface ProbeKind<Scenario> {
  readonly name: string;
  generate(random: Random): Scenario;
  play(scenario: Scenario): Played;
}

export interface KindResult {
  readonly kind: string;
  readonly probes: number;
  readonly scenarios: number;
  readonly leftOut: number;
  /** With the seed, and the smallest scenario that was found. */
  readonly disagreements: readonly string[];
}

const mostDisagreements = 5;

/** Plays scenarios until so many probes have been decided. Each scenario has a seed of its own, made of `seed` and its number. */
export function runKind<Scenario>(kind: ProbeKind<Scenario>, count: number, seed: number): KindResult {
  let [probes, scenarios, leftOut] = [0, 0, 0];
  const disagreements: string[] = [];
  const seeds = randomNumbers(seed);
  while (probes < count && disagreements.length < mostDisagreements) {
    const own = seeds();
    const scenario = kind.generate(randomOf(randomNumbers(own)));
    const played = kind.play(scenario);
    scenarios++;
    probes += played.probes;
    leftOut += played.leftOut ?? 0;
    if (played.disagreement !== null) disagreements.push(reproducer(kind, scenario, own));
  }
  return { kind: kind.name, probes, scenarios, leftOut, disagreements };
}

function reproducer<Scenario>(kind: ProbeKind<Scenario>, scenario: Scenario, seed: number): string {
  const smallest = shrunk(scenario, (each) => kind.play(each).disagreement !== null);
  const told = JSON.stringify(smallest, (_, value: unknown) =>
    typeof value === "bigint" ? `0x${value.toString(16)}` : value,
  );
  return `${kind.name}, seed ${seed}: ${kind.play(smallest).disagreement}\n    ${told}`;
}
