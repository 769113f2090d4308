import { plainNode } from "../../ir/node.js";
import type { PortRange } from "../../ir/port-io.js";
import type { StatementDefinition } from "../names/scope.js";
import { ioportsLine } from "../vocabulary/cell-lines.js";
import { matchLine } from "../vocabulary/match.js";
import type { Lowering } from "./lowering.js";
import { most16, Reading } from "./reading.js";

/** One element a range; names stand for the ranges that they were declared with. */
export function lowerPorts(reading: Reading, lowering: Lowering, depth = 0): readonly PortRange[] {
  const { line } = reading;
  if (reading.word("none")) return [];
  const { label } = line;
  if (line.lead.length === 0) {
    // A single name, `ioports com1`, was taken for the name of the line.
    if (label === null || !("text" in label)) {
      reading.missing("ports");
      return [];
    }
    const path = { kind: "path" as const, names: [label], start: label.start, end: label.end };
    const definition = reading.thingOf(path, ["ioports"], "a range of ports");
    return definition === undefined
      ? []
      : grantedPorts(definition as StatementDefinition, reading, lowering, depth);
  }
  return line.lead.flatMap((item): readonly PortRange[] => {
    if (item.to === null && item.from.kind === "path") {
      const definition = reading.evaluator.definition(item.from, reading.scope);
      if (definition === undefined) return [];
      if (definition.kind === "ioports")
        return grantedPorts(definition as StatementDefinition, reading, lowering, depth);
    }
    const range = reading.range(item, "a port", most16);
    if (range === undefined) return [];
    const length = Number(range.to - range.from) + 1;
    const origins = reading.origins({ base: item, length: item });
    return [{ base: Number(range.from), length, ...plainNode(origins) }];
  });
}

function grantedPorts(
  definition: StatementDefinition,
  reading: Reading,
  lowering: Lowering,
  depth: number,
): readonly PortRange[] {
  if (depth > 16) return [];
  const line = matchLine(definition.instance, ioportsLine, () => {});
  const declared = lowerPorts(new Reading(line, lowering.quiet), lowering, depth + 1);
  const origins = reading.origins();
  return declared.map(({ base, length }) => ({ base, length, ...plainNode(origins) }));
}
