import type { Hit } from "./define-rule.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import { count } from "./words.js";

/** What a rule tells of one config, one by one: far more than upstream's configs have of anything (30). */
export const mostTold = 64;

/**
 * Hits of a rule that compares elements of a config with each other: a config can have a mistake in each of its elements,
 * and nobody reads them all. The first are told one by one. The first of the rest stands for all of it, at the table as a
 * whole, so that nothing that allows one element covers what is not told.
 *
 * @param configOf whose element it is
 * @param tell is only asked for what is told: texts cost more than finding
 */
export function* tellFew<Item, Key extends string>(
  items: Iterable<Item>,
  configOf: (item: Item) => CheckedConfig,
  tell: (item: Item) => Hit<Key>,
): Generator<Hit<Key>, void> {
  const found = new Map<CheckedConfig, { total: number; next: Item | undefined }>();
  for (const item of items) {
    const config = configOf(item);
    const soFar = found.get(config) ?? { total: 0, next: undefined };
    found.set(config, soFar);
    soFar.total += 1;
    if (soFar.total <= mostTold) yield tell(item);
    else soFar.next ??= item;
  }
  for (const [config, { total, next }] of found)
    if (next !== undefined) yield restOf(config, total, tell(next));
}

function restOf<Key extends string>(
  config: CheckedConfig,
  total: number,
  { fixes: _, label: __, at: ___, message, ...hit }: Hit<Key>,
): Hit<Key> {
  const others = total - mostTold - 1;
  const rest =
    others === 0
      ? ""
      : `, and there ${others === 1 ? "is" : "are"} ${count(others, "more place")} like this in ${config.title}`;
  return { ...hit, at: config.tableSpot("memoryRegions"), message: `${message}${rest}` };
}
