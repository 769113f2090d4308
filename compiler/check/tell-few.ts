import type { CellDescription } from "../ir/config.js";
import type { Origins } from "../ir/node.js";
import type { Hit } from "./define-rule.js";
import type { CheckedConfig } from "./facts/checked-config.js";
import type { Spot } from "./spot.js";
import { count } from "./words.js";

/** What a rule tells of one config, one by one: far more than upstream's configs have of anything (30). */
export const mostTold = 64;

/**
 * Hits of a rule that compares elements of a config with each other. The first are told one by one. The first of the rest
 * stands for all of it, at the table as a whole, so that nothing that allows one element covers what is not told. Findings
 * of every rule are limited so (`limit-findings.ts`); this is for rules that may find more than a config has elements.
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
  for (const { total, next } of found.values())
    if (next !== undefined) yield restOf(tell(next), total - mostTold - 1);
}

/**
 * One hit for itself and others, without what is for it alone.
 *
 * @param others in the same config; 0: none besides
 */
export function restOf<Key extends string>(
  { fixes: _, label: __, at, message, ...hit }: Hit<Key>,
  others: number,
): Hit<Key> {
  const verb = others === 1 ? "is" : "are";
  const rest =
    others === 0 ? "" : `, and there ${verb} ${count(others, "more place")} like this in ${at.config.title}`;
  return { ...hit, at: tableSpotOf(at), message: `${message}${rest}` };
}

/** The table that holds the place; the place itself where none does. */
function tableSpotOf(spot: Spot): Spot {
  const { config, node } = spot;
  const table = tables.find((name) =>
    elementsOf(config.cell, name).some(({ origins }) => origins === node.origins),
  );
  return table === undefined ? spot : config.tableSpot(table);
}

const tables = [
  "memoryRegions",
  "cacheRegions",
  "irqchips",
  "irqLines",
  "portIo",
  "pciDevices",
  "pciCapabilities",
  "streamIds",
] as const satisfies readonly (keyof CellDescription)[];

function elementsOf(
  cell: CellDescription,
  table: (typeof tables)[number],
): readonly { readonly origins: Origins }[] {
  if (table !== "portIo") return cell[table];
  return cell.portIo.kind === "ranges" ? cell.portIo.ranges : [];
}
