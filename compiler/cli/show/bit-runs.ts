/** Bitmaps as runs of bits, without a list of all their bits: a hostile count makes that list endless. */

/**
 * The runs of bits that are set, or of those that are clear.
 *
 * @returns pairs of the first and the last bit of each run, ascending; bit 0 is the least significant of byte 0
 */
export function* bitRuns(bytes: Uint8Array, clear: boolean): Generator<readonly [number, number], void> {
  const [none, all] = clear ? [0xff, 0] : [0, 0xff];
  let first = -1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === (first < 0 ? none : all)) continue;
    for (let bit = 0; bit < 8; bit += 1) {
      const wanted = ((byte >> bit) & 1) === (clear ? 0 : 1);
      if (wanted && first < 0) first = at * 8 + bit;
      else if (!wanted && first >= 0) {
        yield [first, at * 8 + bit - 1];
        first = -1;
      }
    }
  }
  if (first >= 0) yield [first, bytes.length * 8 - 1];
}

/** More runs than this are noise, not a set of CPUs or ports. */
const mostRuns = 4096;

/** `0-3, 5`; nothing as `none`. */
export function formatRuns(
  runs: Iterable<readonly [number, number]>,
  text: (value: number) => string = String,
): string {
  const parts: string[] = [];
  for (const [first, last] of runs) {
    if (parts.length === mostRuns) {
      parts.push("…");
      break;
    }
    parts.push(first === last ? text(first) : `${text(first)}-${text(last)}`);
  }
  return parts.length === 0 ? "none" : parts.join(", ");
}

/** True for bitmaps that say the same; what one of them lacks at its end counts as set to `beyond`. */
export function sameBits(a: Uint8Array, b: Uint8Array, beyond: 0 | 0xff): boolean {
  const length = Math.max(a.length, b.length);
  for (let at = 0; at < length; at += 1) if ((a[at] ?? beyond) !== (b[at] ?? beyond)) return false;
  return true;
}
