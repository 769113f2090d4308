const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
/** Longer times have no exact nanoseconds. */
const longest = Number.MAX_SAFE_INTEGER;

/** `1.5s` in nanoseconds; undefined for what is no time, or too long. */
export function durationIn(text: string): number | undefined {
  const found = /^(\d{1,15}(?:\.\d{1,9})?)(ns|us|ms|s|m|h)$/.exec(text);
  if (found === null) return undefined;
  const time = Math.round(Number(found[1]) * units[found[2]!]!);
  return time <= longest ? time : undefined;
}

/** `1.5 s`, with as many digits as there are. */
export function durationText(nanoseconds: number): string {
  if (nanoseconds >= 1e9 || nanoseconds === 0) return `${nanoseconds / 1e9} s`;
  if (nanoseconds >= 1e6) return `${nanoseconds / 1e6} ms`;
  return nanoseconds >= 1e3 ? `${nanoseconds / 1e3} us` : `${nanoseconds} ns`;
}
