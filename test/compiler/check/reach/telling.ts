/** Who reaches what, in lines that are easily compared: in full, or short and with the names of cells alone. */

import type { CheckedSet } from "../../../../compiler/check/facts/checked-set.js";
import { placeOfSpot, type Sources } from "../../../../compiler/check/finding-to-diagnostic.js";
import { accessText } from "../../../../compiler/check/reach/access-words.js";
import type { Answer, Link } from "../../../../compiler/check/reach/answer.js";
import type { Partition } from "../../../../compiler/check/reach/partition.js";
import { partitionOf, whoReaches } from "../../../../compiler/check/reach/reach.js";
import { type Target, targetText } from "../../../../compiler/check/reach/target.js";
import type { Spot } from "../../../../compiler/check/spot.js";
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
      ...access.chain.map(shortLinkText),
    ]),
    ...losses.flatMap(({ cell, to, range, chain }) => [
      `${cell.cell.name} -> ${to.cell.name}: ${targetText(target, range)}`,
      ...chain.map(shortLinkText),
    ]),
  ];
}

/** Without what explains it. */
export function reached(text: string, question: string, setting: CheckSetting = {}): readonly string[] {
  return told(text, question, setting).filter((line) => !line.startsWith("| "));
}

function shortLinkText({ at, text }: Link): string {
  return `| ${markedText(at).replaceAll(/\s+/g, " ").slice(0, 24).trimEnd()}: ${text}`;
}

/**
 * What an answer says, a line for each way and each loss, and behind it one for each entry of its chain:
 *
 *     cell "demo", its CPUs: rw
 *       device 00:02.0: the device is the cell's: the hypervisor checks each write
 */
export function answerText(partition: Partition, target: Target): string {
  const { accesses, losses } = whoReaches(partition, target);
  const lines = [
    ...accesses.flatMap((access) => [
      `${access.cell.title}, ${accessText(access, target)}`,
      ...access.chain.map(linkText),
    ]),
    ...losses.flatMap(({ cell, to, range, chain }) => [
      `${cell.title} has lost ${targetText(target, range)} to ${to.title}`,
      ...chain.map(linkText),
    ]),
  ];
  return lines.join("\n");
}

/** The first line of what is marked in the source, and what is said of it. */
export function linkText({ at, text }: Link): string {
  return `  ${markedText(at).split("\n")[0]}: ${text}`;
}

/** What is marked in the source; of what is not in one, the kind of its place. */
function markedText(at: Spot): string {
  const place = placeOfSpot(at, noSources);
  return place.kind === "source" ? place.span.file.text.slice(place.span.start, place.span.end) : place.kind;
}
