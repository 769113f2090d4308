import { plainNode } from "../../ir/node.js";
import type { PortRange } from "../../ir/port-io.js";
import { mostElements } from "../names/limits.js";
import type { StatementDefinition } from "../names/scope.js";
import { ioportsLine } from "../vocabulary/cell-lines.js";
import { matchLine } from "../vocabulary/match.js";
import type { Lowering } from "./lowering.js";
import { most16, Reading } from "./reading.js";

/** One element a range; names stand for the ranges that they were declared with. */
export function lowerPorts(reading: Reading, lowering: Lowering): readonly PortRange[] {
  const { line } = reading;
  if (reading.word("none")) {
    if (line.lead.length > 0) reading.notBoth(line.lead[0]!, "none");
    return [];
  }
  if (line.lead.length === 0) {
    // A single name, `ioports com1`, was taken for the name of the line.
    const path = reading.labelPath();
    if (path === undefined) {
      reading.missing("ports");
      return [];
    }
    const { start, end } = path;
    return portsOfItem({ from: path, to: null, afterComma: false, start, end }, reading, lowering);
  }
  const ranges: PortRange[] = [];
  for (const item of line.lead) {
    const found = portsOfItem(item, reading, lowering);
    if (ranges.length + found.length > mostElements) {
      const count = BigInt(ranges.length + found.length);
      reading.problem("jail-range-too-long", { count, limit: BigInt(mostElements) }, item);
      return [];
    }
    for (const range of found) ranges.push(range);
  }
  return ranges;
}

function portsOfItem(
  item: Reading["line"]["lead"][number],
  reading: Reading,
  lowering: Lowering,
): readonly PortRange[] {
  if (item.to === null && item.from.kind === "path") {
    const kind = reading.scope.find(item.from.names[0]!.text)?.kind;
    const isNumber = kind === "expression" || kind === "value" || item.from.names.length > 2;
    const definition = isNumber
      ? reading.evaluator.definition(item.from, reading.scope)
      : reading.thingOf(item.from, ["ioports", "expression", "value"], "a range of ports");
    if (definition === undefined) return [];
    if (definition.kind === "ioports") return granted(definition as StatementDefinition, reading, lowering);
  }
  const range = reading.range(item, "a port", most16);
  if (range === undefined) return [];
  const length = Number(range.to - range.from) + 1;
  return [{ base: Number(range.from), length, ...plainNode(reading.origins({ base: item, length: item })) }];
}

function granted(
  definition: StatementDefinition,
  reading: Reading,
  lowering: Lowering,
): readonly PortRange[] {
  const origins = reading.origins();
  return lowering.portsOf(definition).map(({ base, length }) => ({ base, length, ...plainNode(origins) }));
}

/** The ports that a name stands for, read where it is declared. */
export function portsNamed(definition: StatementDefinition, lowering: Lowering): readonly PortRange[] {
  const line = matchLine(definition.instance, ioportsLine, () => {});
  return lowerPorts(new Reading(line, lowering.quiet), lowering);
}
