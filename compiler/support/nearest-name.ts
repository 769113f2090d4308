/** What someone who mistyped a name may have meant. */

/**
 * The known name nearest to `wanted`, where it is near enough to be worth offering (a third of its letters may
 * differ, case apart, but not all of them: `b` is no mistyped `a`); the first of several equally near.
 */
export function nearestName(wanted: string, known: Iterable<string>): string | undefined {
  const target = wanted.slice(0, 80).toLowerCase();
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const limit = Math.max(1, Math.floor(Math.max(name.length, target.length) / 3));
    if (Math.abs(name.length - target.length) > limit) continue;
    const distance = editDistance(target, name.toLowerCase());
    const hasSomethingInCommon = distance < Math.min(target.length, name.length) || distance === 0;
    if (distance <= limit && distance < bestDistance && hasSomethingInCommon) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + change);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, beforeLast[column - 2]! + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
