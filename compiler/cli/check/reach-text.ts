import { placeOfSpot } from "../../check/finding-to-diagnostic.js";
import { accessText } from "../../check/reach/access-words.js";
import type { Access, Link, Loss } from "../../check/reach/answer.js";
import { type Target, targetText, wholeOf } from "../../check/reach/target.js";
import { listed } from "../../check/words.js";
import { type RenderOptions, renderPlaces } from "../../diagnostics/render.js";
import type { MachineAnswer } from "./reach-json.js";

/** So many parts are shown of each cell, and so many losses: what is behind them is of the same kind. */
const accessesShown = 8;
const lossesShown = 8;

/** Who reaches it, a block for each cell; who has lost it; who does not reach it. Of several machines, one after the other. */
export function reachText(target: Target, answers: readonly MachineAnswer[], options: RenderOptions): string {
  const texts = answers.map((each) => machineText(target, each, options));
  if (answers.length === 1) return texts.join("");
  return texts.map((text, index) => `${headingOf(answers[index]!)}\n\n${text}`).join("\n");
}

/** `=== system "pc"` */
function headingOf({ set: { system } }: MachineAnswer): string {
  return system === null ? "=== cells without a system" : `=== system ${JSON.stringify(system.cell.name)}`;
}

function machineText(
  target: Target,
  { set: { all: cells }, answer: { accesses, losses }, sources }: MachineAnswer,
  options: RenderOptions,
): string {
  const frames = (chain: readonly Link[]): readonly string[] =>
    renderPlaces(
      chain.map(({ at, text }) => ({ place: placeOfSpot(at, sources), text })),
      options,
    );
  const blocks = cells.flatMap((cell): readonly string[] => {
    const own = accesses.filter((access) => access.cell === cell);
    if (own.length === 0) return [];
    const shown = own
      .slice(0, accessesShown)
      .flatMap((access: Access) => [`${cell.title}, ${accessText(access, target)}`, ...frames(access.chain)]);
    const more = own.length - accessesShown;
    return [...shown, ...(more > 0 ? [`${cell.title}: ${more} more ways and parts`] : []), ""];
  });
  const lost = losses
    .slice(0, lossesShown)
    .flatMap(({ cell, to, range, chain }: Loss) => [
      `${cell.title} has lost ${targetText(target, range)} to ${to.title}`,
      ...frames(chain),
      "",
    ]);
  const without = cells.filter((cell) => accesses.every((access) => access.cell !== cell));
  const { start, end } = wholeOf(target);
  const last =
    without.length === 0
      ? `every cell can reach ${targetText(target)}${end - start > 1n ? ", or a part of it" : ""}`
      : `${listed(without.map(({ title }) => title))} cannot reach ${targetText(target)}`;
  return `${[...blocks, ...lost, last].join("\n")}\n`;
}
