import type { BlockOpener, Opened } from "../names/open-block.js";
import { headOf } from "../names/open-block.js";
import type { StatementDefinition } from "../names/scope.js";
import type { Path } from "../syntax/ast.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine } from "../vocabulary/match.js";
import { eachLine, linesIn } from "./devices.js";
import type { Lowering } from "./lowering.js";
import { waysOf } from "./memory.js";
import { Reading } from "./reading.js";

/**
 * Raw fields of the thing that a line grants by its name: they come along, but for those of fields that the line says
 * itself.
 *
 * @param isDebug the line is one of the system, whose console has its size
 */
export function grantedRaw(
  line: Reading,
  isDebug: boolean,
  lowering: Lowering,
  opener: BlockOpener,
): readonly Opened[] {
  const { word } = line.line.shape;
  const path = grantedPath(line);
  if (path === undefined || (word !== "memory" && word !== "irqchip" && word !== "console")) return [];
  // What is wrong with the name was reported where the thing was looked up.
  const definition = new Reading(line.line, lowering.quiet).thingOf(path, [word], word);
  if (definition === undefined) return [];
  const { instance } = definition as StatementDefinition;
  const declaration = matchLine(instance, linesOf("cell").get(word)!, () => {});
  const raw: Opened[] = [];
  eachLine(
    linesIn(new Reading(declaration, lowering.evaluator), opener, "raw"),
    () => {},
    (opened) => raw.push(opened),
  );
  const [flag] = line.line.words;
  if (word === "memory" && flag !== undefined && raw.some(({ statement }) => headOf(statement) === "flags")) {
    const what = `\`${line.scope.file.text.slice(flag.start, flag.end)}\``;
    line.problem("jail-not-expected", { what, statement: word }, flag, {
      help: `\`${definition.name}\` sets its flags raw, and they come as they are`,
    });
  }
  const own = new Set(
    Object.entries(fieldsOf).flatMap(([clause, field]) => (line.has(clause) ? [field] : [])),
  );
  if (word === "console" && !isDebug) own.add("size");
  return raw.filter(({ statement }) => statement.items.length > 0 || !own.has(headOf(statement)));
}

/** Fields of clauses that a grant can have. */
const fieldsOf: Readonly<Record<string, string>> = {
  mapped: "virt_start",
  id: "id",
  base: "pin_base",
  pins: "pin_bitmap",
};

/** The name of the thing that a line grants; undefined where it says itself what it is. */
function grantedPath(reading: Reading): Path | undefined {
  const { lead, shape } = reading.line;
  const places = shape.word === "memory" ? waysOf(reading) : ["at", "on"].filter((word) => reading.has(word));
  const [item] = lead;
  if (item !== undefined) {
    const isAlone =
      lead.length === 1 && item.to === null && places.length === (shape.word === "memory" ? 1 : 0);
    return isAlone && item.from.kind === "path" ? item.from : undefined;
  }
  return places.length > 0 ? undefined : reading.labelPath();
}
