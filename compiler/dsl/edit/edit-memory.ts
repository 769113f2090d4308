/** Changes of a `memory` line, clause by clause. */

import { address } from "../../decompile/to-dsl/text.js";
import { rightsWord } from "../../decompile/to-dsl/words.js";
import type { FlagSet } from "../../ir/names.js";
import type { SourceFile } from "../../support/source.js";
import type { TextEdit } from "../../support/text-edit.js";
import { Scope } from "../names/scope.js";
import type { Item, Statement } from "../syntax/ast.js";
import { memoryLine } from "../vocabulary/cell-lines.js";
import { rightNames, rightsOf, wordOf } from "../vocabulary/flag-words.js";
import { type Line, matchLine, wordOfItem } from "../vocabulary/match.js";
import { expressionEdit } from "./spell.js";

/** What a line says of a region. */
export interface RegionValues {
  readonly physStart: bigint;
  readonly virtStart: bigint;
  readonly size: bigint;
  readonly flags: FlagSet;
}

/** Undefined where the line says it in a way that cannot be changed without knowing what was meant. */
export function editMemoryLine(
  statement: Statement,
  source: SourceFile,
  before: RegionValues,
  after: RegionValues,
): readonly TextEdit[] | undefined {
  const line = matchLine({ statement, scope: new Scope(null, source, null) }, memoryLine, () => {});
  if (line.isFaulty) return undefined;
  const place = placeEdits(line, source.text, before, after);
  const mapping = mappingEdits(line, source.text, before, after);
  const flags = flagEdits(line, source.text, before.flags, after.flags);
  return place === undefined || mapping === undefined || flags === undefined
    ? undefined
    : [...place, ...mapping, ...flags];
}

type Edits = readonly TextEdit[] | undefined;

function placeEdits({ lead, clauses }: Line, text: string, before: RegionValues, after: RegionValues): Edits {
  const [range] = lead;
  if (range !== undefined && range.to !== null && lead.length === 1) {
    return all([
      [range.from, before.physStart, after.physStart],
      [range.to, before.physStart + before.size - 1n, after.physStart + after.size - 1n],
    ]);
  }
  const valueIn = (clause: string): Item | undefined => clauses.get(clause)?.values[0];
  const [at, size, first, last] = [valueIn("at"), valueIn("size"), valueIn("first"), valueIn("last")];
  if (at !== undefined && size !== undefined)
    return all([
      [at.from, before.physStart, after.physStart],
      [size.from, before.size, after.size],
    ]);
  const startStays = before.physStart === after.physStart;
  const endStays = before.physStart + before.size === after.physStart + after.size;
  const part = first ?? last;
  if (part !== undefined && (first === undefined ? endStays : startStays))
    return all([[part.from, before.size, after.size]]);
  if (size !== undefined && clauses.has("from") && startStays)
    return all([[size.from, before.size, after.size]]);
  return startStays && endStays ? [] : undefined;

  function all(changes: readonly (readonly [Item["from"], bigint, bigint])[]): Edits {
    const edits = changes.flatMap(([expression, was, is]) =>
      was === is ? [] : [expressionEdit(expression, was, is, text)],
    );
    return edits.includes(undefined) ? undefined : (edits as readonly TextEdit[]);
  }
}

/** A region without `mapped at` is seen where it lies: one that moves and is to be seen where it was has to say so. */
function mappingEdits(line: Line, text: string, before: RegionValues, after: RegionValues): Edits {
  const mapped = line.clauses.get("mapped")?.values[0];
  if (mapped !== undefined) {
    if (before.virtStart === after.virtStart) return [];
    const edit = expressionEdit(mapped.from, before.virtStart, after.virtStart, text);
    return edit === undefined ? undefined : [edit];
  }
  const follows = before.virtStart - before.physStart === after.virtStart - after.physStart;
  if (follows) return [];
  const behind = Math.max(
    ...[...line.clauses.values()].map(({ word, values }) => values.at(-1)?.end ?? word.end),
    ...line.lead.map(({ end }) => end),
    line.label?.end ?? 0,
  );
  return [{ start: behind, end: behind, newText: ` mapped at ${address(after.virtStart)}` }];
}

function flagEdits(line: Line, text: string, before: FlagSet, after: FlagSet): Edits {
  if (before.unknown !== after.unknown) return undefined;
  const added = after.names.filter((name) => !before.names.includes(name));
  const gone = before.names.filter((name) => !after.names.includes(name));
  if (added.length + gone.length === 0) return [];
  const edits: TextEdit[] = [];
  const isRight = (name: string): boolean => rightNames.includes(name);
  const end = line.words.at(-1)?.end ?? statementEnd(line);
  const wordNamed = (word: string): Item | undefined =>
    line.words.find((item) => wordOfItem(item)?.text === word);
  let tail = "";
  if ([...added, ...gone].some(isRight)) {
    const rights = rightsWord(after.names);
    const place = line.words.find(
      (item) => wordOfItem(item)?.text === "none" || rightsOf(wordOfItem(item)?.text ?? "") !== undefined,
    );
    const isLast = after.names.length === 0;
    if (place === undefined && line.words[0] === undefined) tail += ` ${rights === "" ? "none" : rights}`;
    else if (place === undefined)
      edits.push({ start: line.words[0]!.start, end: line.words[0]!.start, newText: `${rights} ` });
    else if (rights !== "" || isLast)
      edits.push({ start: place.start, end: place.end, newText: rights === "" ? "none" : rights });
    else edits.push(without(place, text));
  }
  for (const name of gone.filter((each) => !isRight(each))) {
    const place = wordNamed(wordOf(name, "memoryFlags"));
    if (place === undefined) return undefined;
    const isLast = after.names.length === 0;
    edits.push(isLast ? { start: place.start, end: place.end, newText: "none" } : without(place, text));
  }
  const noRights = added.some(isRight) ? undefined : wordNamed("none");
  for (const name of added.filter((each) => !isRight(each))) tail += ` ${wordOf(name, "memoryFlags")}`;
  if (noRights !== undefined && tail !== "") {
    edits.push({ start: noRights.start, end: noRights.end, newText: tail.trim() });
    tail = "";
  }
  if (tail !== "") edits.push({ start: end, end, newText: tail });
  return edits;
}

function statementEnd({ instance: { statement } }: Line): number {
  return statement.items.at(-1)?.end ?? statement.head.end;
}

/** With the blanks in front of it. */
function without({ start, end }: Item, text: string): TextEdit {
  const blanks = /[ \t]*,?[ \t]*$/.exec(text.slice(0, start))![0].length;
  return { start: start - blanks, end, newText: "" };
}
