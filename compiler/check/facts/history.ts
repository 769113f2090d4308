import type { CheckedConfig } from "./checked-config.js";

/** A state of upstream's format, e.g. `r5.1`: number of the revision, and counted within it. */
export type UpstreamProfile = `r${number}.${number}`;

/**
 * True for a config of this state of the format or a later one: what came with it has a meaning there. Forks began when
 * all that rules ask about was there.
 */
export function isSince({ config }: CheckedConfig, profile: UpstreamProfile): boolean {
  const own = numbersOf(config.profile);
  if (own === undefined) return true;
  const [revision, state] = numbersOf(profile)!;
  return own[0] === revision ? own[1] >= state : own[0] > revision;
}

function numbersOf(profile: string): readonly [revision: number, state: number] | undefined {
  const match = /^r(\d+)\.(\d+)$/.exec(profile);
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}
