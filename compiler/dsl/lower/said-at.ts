import type { Origins } from "../../ir/node.js";
import type { Origin } from "../../ir/origin.js";
import type { Reading } from "./reading.js";

/** Origins of a node whose block says some of its fields in lines of their own, or another statement uses it. */
class OverlaidOrigins implements Origins {
  /** @param whole the node as a whole; what the base says where it is left out */
  constructor(
    private readonly base: Origins,
    private readonly fields: ReadonlyMap<string, Origin>,
    private readonly whole?: Origin,
  ) {}

  of(field?: string): Origin {
    if (field === undefined) return this.whole ?? this.base.of();
    return this.fields.get(field) ?? this.base.of(field);
  }
}

/** The node with these fields, which the line says. */
export function saidAt<Node extends { readonly origins: Origins }>(
  node: Node,
  line: Reading,
  fields: Partial<Omit<Node, "origins">>,
): Node {
  const origin = line.origins().of();
  const places = new Map(Object.keys(fields).map((field) => [field, origin]));
  return { ...node, ...fields, origins: new OverlaidOrigins(node.origins, places) };
}

/** The node that another statement made, as this one uses it: with the name for its address. */
export function usedAt<Node extends { readonly origins: Origins }>(
  node: Node,
  used: Origins,
  fields: readonly (keyof Node & string)[],
): Node {
  const places = new Map(fields.map((field) => [field as string, used.of(field)]));
  return { ...node, origins: new OverlaidOrigins(node.origins, places, used.of()) };
}
