/** The first items, at most so many; those behind them are not even worked out. */
export function firstFew<Item>(items: Iterable<Item>, most: number): readonly Item[] {
  const few: Item[] = [];
  if (most === 0) return few;
  for (const item of items) {
    few.push(item);
    if (few.length === most) break;
  }
  return few;
}
