/** The same tree, `by` further on in the text. */
export function shifted<Tree extends object>(tree: Tree, by: number): Tree {
  if (by === 0) return tree;
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move);
    if (typeof value !== "object" || value === null) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      copy[key] = key === "start" || key === "end" ? (member as number) + by : move(member);
    }
    return copy;
  };
  return move(tree) as Tree;
}
