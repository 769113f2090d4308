/** Who reaches what, in lines that are easily compared. */

import type { CheckedSet } from "../../../../compiler/check/facts/checked-set.js";
import { placeOfSpot, type Sources } from "../../../../compiler/check/finding-to-diagnostic.js";
import { accessText } from "../../../../compiler/check/reach/access-words.js";
import type { Answer, Link } from "../../../../compiler/check/reach/answer.js";
import { partitionOf, whoReaches } from "../../../../compiler/check/reach/reach.js";
import { type Target, targetText } from "../../../../compiler/check/reach/target.js";
import { readTarget } from "../../../../compiler/cli/check/read-target.js";
import { type CheckSetting, setOf } from "../../../support/checking.js";

export const noSources: Sources = {
  fieldAt: () => undefined,
  edit: () => undefined,
  documentPlace: () => undefined,
};

export function targetOf(question: string): Target {
  const asked = readTarget(question.split(" "));
  if (!asked.ok) throw new Error(asked.message);
  return asked.target;
}

export function answerTo(set: CheckedSet, target: Target): Answer {
  return whoReaches(partitionOf(set, set.cells), target);
}

/**
 * For each way `cell: agents: what`, for each loss `from -> to: what`; behind `| `, what explains it: the beginning of the
 * text of the entry, and why.
 */
export function told(text: string, question: string, setting: CheckSetting = {}): readonly string[] {
  const target = targetOf(question);
  const { accesses, losses } = answerTo(setOf(text, setting), target);
  return [
    ...accesses.flatMap((access) => [
      `${access.cell.cell.name}: ${accessText(access, target)}`,
      ...access.chain.map(linkText),
    ]),
    ...losses.flatMap(({ cell, to, range, chain }) => [
      `${cell.cell.name} -> ${to.cell.name}: ${targetText(target, range)}`,
      ...chain.map(linkText),
    ]),
  ];
}

/** Without what explains it. */
export function reached(text: string, question: string, setting: CheckSetting = {}): readonly string[] {
  return told(text, question, setting).filter((line) => !line.startsWith("| "));
}

function linkText({ at, text }: Link): string {
  const place = placeOfSpot(at, noSources);
  const entry = place.kind === "source" ? place.span.file.text.slice(place.span.start, place.span.end) : "?";
  return `| ${entry.replaceAll(/\s+/g, " ").slice(0, 24).trimEnd()}: ${text}`;
}
