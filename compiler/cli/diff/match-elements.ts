/** Which elements of two tables are the same thing, so that one inserted region does not make all later ones differ. */

export interface Pairing {
  readonly pairs: readonly { readonly before: number; readonly after: number }[];
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/**
 * Pairs equal elements first, then those with the same key (an address, a device), the telling keys before the vague
 * ones; what no key pairs was added or removed. Linear in the number of elements.
 *
 * @param keys each gives the text by which an element is known, undefined where it has none of that kind
 */
export function pairElements<T>(
  before: readonly T[],
  after: readonly T[],
  contentOf: (element: T) => string,
  keys: readonly ((element: T) => string | undefined)[],
): Pairing {
  const pairs: { before: number; after: number }[] = [];
  const openBefore = new Set(before.keys());
  const openAfter = new Set(after.keys());
  const pair = (left: number, right: number): void => {
    pairs.push({ before: left, after: right });
    openBefore.delete(left);
    openAfter.delete(right);
  };
  const pairBy = (textOf: (element: T) => string | undefined): void => {
    if (openBefore.size === 0 || openAfter.size === 0) return;
    // The same index first: identical elements should not look moved.
    for (const index of [...openBefore]) {
      if (!openAfter.has(index)) continue;
      const text = textOf(before[index]!);
      if (text !== undefined && text === textOf(after[index]!)) pair(index, index);
    }
    const waiting = new Map<string, number[]>();
    for (const index of openAfter) {
      const text = textOf(after[index]!);
      if (text === undefined) continue;
      const list = waiting.get(text);
      if (list === undefined) waiting.set(text, [index]);
      else list.push(index);
    }
    for (const list of waiting.values()) list.reverse();
    for (const index of [...openBefore]) {
      const text = textOf(before[index]!);
      const found = text === undefined ? undefined : waiting.get(text)?.pop();
      if (found !== undefined) pair(index, found);
    }
  };
  pairBy(contentOf);
  for (const key of keys) pairBy(key);
  return {
    pairs: pairs.sort((a, b) => a.before - b.before),
    removed: [...openBefore],
    added: [...openAfter],
  };
}

/** The pairs that changed their order against the others: as few as possible. In order of `before`. */
export function movedPairs(pairs: Pairing["pairs"]): Pairing["pairs"] {
  // The longest run of pairs whose order is the same on both sides stays; the rest moved.
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, { after }] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]!]!.after < after) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : tails[low - 1]!;
    tails[low] = index;
  }
  const staying = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at]!) staying.add(at);
  return pairs.filter((_, index) => !staying.has(index));
}
