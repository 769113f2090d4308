import { placeOfSpot } from "../../../../compiler/check/finding-to-diagnostic.js";
import { accessText } from "../../../../compiler/check/reach/access-words.js";
import type { Link } from "../../../../compiler/check/reach/answer.js";
import type { Partition } from "../../../../compiler/check/reach/partition.js";
import { whoReaches } from "../../../../compiler/check/reach/reach.js";
import { type Target, targetText } from "../../../../compiler/check/reach/target.js";
import { noSources } from "./telling.js";

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
  const place = placeOfSpot(at, noSources);
  const { span } = place.kind === "source" ? place : {};
  const marked = span === undefined ? place.kind : span.file.text.slice(span.start, span.end);
  return `  ${marked.split("\n")[0]}: ${text}`;
}
