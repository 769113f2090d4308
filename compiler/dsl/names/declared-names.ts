import type { NameUse, Statement } from "../syntax/ast.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import type { LineShape } from "../vocabulary/shape.js";
import type { Instance, ThingKind } from "./scope.js";

/** Words of things that can have names. */
export const things: ReadonlyMap<string, ThingKind> = new Map([
  ["memory", "memory"],
  ["ioports", "ioports"],
  ["irqchip", "irqchip"],
  ["device", "device"],
  ["bridge", "device"],
  ["ivshmem", "device"],
  ["console", "console"],
]);

/** Words that stand at the top of a file with a name behind them. */
export const declarations: ReadonlySet<string> = new Set([
  "system",
  "cell",
  "link",
  "pool",
  "fragment",
  "scenario",
]);

/** The name behind `cell`, `link`, ... or `fragment NAME(`. */
export function declaredName(statement: Statement): NameUse | undefined {
  const item = statement.items[0];
  if (item === undefined || item.to !== null) return undefined;
  if (item.from.kind === "call") return item.from.target.names[0];
  return wordOfItem(item);
}

/** The name of a thing, where the statement declares one: a name alone grants what has it already. */
export function thingName(instance: Instance, shape: LineShape | undefined): NameUse | undefined {
  if (shape === undefined) return undefined;
  const line = matchLine(instance, shape, () => {});
  if (shape.word === "console") {
    const [first, second] = line.lead;
    const word = first === undefined ? undefined : wordOfItem(first);
    return second === undefined ? undefined : word;
  }
  if (line.label === null || !("text" in line.label)) return undefined;
  const declares =
    line.lead.length > 0 || ["at", "from", "first", "last"].some((word) => line.clauses.has(word));
  return declares ? line.label : undefined;
}
