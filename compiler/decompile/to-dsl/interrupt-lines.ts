import { usualPinBase } from "../../dsl/lower/interrupts.js";
import type { Irqchip } from "../../ir/irq.js";
import { firstSpi, pinsOf, pinsPerElement } from "../../ir/irq.js";
import { type Line, line, listed } from "./lines.js";
import { commentLines, elementLayout, elementOf, type Part, shortComment } from "./machine.js";
import { withoutEcho } from "./memory-lines.js";
import { rawElement, rawPlace, rawRest } from "./raw.js";
import { address, count, ranges } from "./text.js";

/** Pins of interrupt controllers: `interrupts` for those of the GIC, `irqchip` for all others. */

/** An interrupt controller of the system that cells can refer to. */
export interface NamedChip {
  readonly name: string;
  readonly chip: Irqchip;
}

export interface InterruptContext {
  /** Address of the distributor; null without a system that has one. */
  readonly gic: bigint | null;
  /** Interrupts that links grant to the cell. */
  readonly implied: ReadonlySet<number>;
  /** Names of the part's own controllers, by index. */
  readonly own: ReadonlyMap<number, string>;
  readonly granted: readonly NamedChip[];
}

export function interruptLines(part: Part, context: InterruptContext): readonly Line[] {
  const { irqchips } = part.cell;
  if (isRegular(part, context)) return regularLines(part, context);
  return irqchips.map((chip, index) => {
    const above = commentLines(commentOfGic(part, index));
    if (isOfGic(chip, context) && isPlain(chip) && isLow(chip)) {
      const pins = pinsOf(chip);
      const list = pins.length === 0 ? ["none"] : ranges(pins);
      const last = `${list.at(-1)} base ${chip.pinBase}`;
      return { text: "interrupts", list: [...list.slice(0, -1), last], above };
    }
    return chipLine(part, index, context);
  });
}

/** The elements are just those that a list of interrupts makes. */
function isRegular(part: Part, context: InterruptContext): boolean {
  const { cell, profile } = part;
  const { irqchips } = cell;
  if (irqchips.length === 0 || (pinBits(profile) !== pinsPerElement && irqchips.length > 1)) return false;
  // One line has one comment.
  const isCommented = irqchips.some((_, index) => index > 0 && commentOfGic(part, index) !== undefined);
  if (isCommented) return false;
  return irqchips.every((chip, index) => {
    const isBlock =
      isLow(chip) && chip.pinBase >= firstSpi && (chip.pinBase - firstSpi) % pinsPerElement === 0;
    const ascends = index === 0 || chip.pinBase > irqchips[index - 1]!.pinBase;
    return isBlock && ascends && chip.pinBitmap !== 0n && isOfGic(chip, context) && isPlain(chip);
  });
}

function regularLines(part: Part, { implied }: InterruptContext): readonly Line[] {
  const { irqchips } = part.cell;
  const above = commentLines(commentOfGic(part, 0));
  const all = irqchips.map(pinsOf);
  const own = all.map((pins) => pins.filter((pin) => !implied.has(pin)));
  // An element with nothing but interrupts of links is made by them; next to others its place would be a guess.
  const isMadeByLinks = own.every((pins) => pins.length > 0) || irqchips.length === 1;
  const pins = (isMadeByLinks ? own : all).flat();
  return listed("interrupts", ranges(pins), above);
}

/** Elements of one controller are often headed alike: the first one says it. */
function commentOfGic({ commentOf }: Part, index: number): string | undefined {
  const comment = commentOf("irqchips", index);
  const isAgain = index > 0 && comment === commentOf("irqchips", index - 1);
  return isAgain ? undefined : withoutEcho(comment, "gic");
}

/** `irqchip empty`: all zero. */
function isEmptyChip(chip: Irqchip, { profile, ir }: Part): boolean {
  const { address: base, id, pinBase, pinBitmap } = chip;
  const isZero = base === 0n && id === 0n && pinBitmap === 0n;
  return isZero && pinBase === usualPinBase({ profile, family: ir.family }) && isPlain(chip);
}

function isOfGic({ address: base, id }: Irqchip, { gic }: InterruptContext): boolean {
  return gic !== null && base === gic && id === 0n;
}

function isPlain({ extra, residue }: Irqchip): boolean {
  return Object.keys(extra).length === 0 && residue.length === 0;
}

/** Interrupts of the GIC are numbers of 16 bits. */
function isLow({ pinBase }: Irqchip): boolean {
  return pinBase + pinsPerElement <= 0x1_0000;
}

/** Bits of the bitmap of one element. */
function pinBits(profile: Part["profile"]): number {
  const field = elementLayout(profile, "irqchips").fields.find(({ name }) => name === "pin_bitmap");
  return (field?.size ?? 0) * 8;
}

function chipLine(part: Part, index: number, { own, granted }: InterruptContext): Line {
  const chip = part.cell.irqchips[index]!;
  const comment = part.commentOf("irqchips", index);
  const layout = elementLayout(part.profile, "irqchips");
  if (isEmptyChip(chip, part)) return { ...line("irqchip empty"), above: commentLines(comment) };
  // Pins are counted up to the last of 32 bits.
  if (chip.pinBase + pinBits(part.profile) > 0x1_0000_0000) {
    return {
      ...rawElement("irqchips", elementOf(part, "irqchips", index), layout),
      above: commentLines(comment),
    };
  }
  const whole = granted.find(({ chip: other }) => other.address === chip.address);
  const name = own.get(index) ?? whole?.name;
  const words = ["irqchip", ...(name === undefined ? [] : [name])];
  if (whole === undefined) words.push(`at ${address(chip.address)}`);
  if (chip.id !== (whole?.chip.id ?? 0n)) words.push(`id ${address(chip.id)}`);
  const usualBase = whole?.chip.pinBase ?? usualPinBase({ profile: part.profile, family: part.ir.family });
  if (chip.pinBase !== usualBase) words.push(`base ${count(chip.pinBase)}`);
  const pins = pinsOf(chip);
  words.push("pins");
  const list = pins.length === 0 ? ["none"] : ranges(pins);
  const block = rawRest(chip, rawPlace(layout));
  return { ...line(words.join(" "), block), list, above: commentLines(shortOf(comment, name)) };
}

function shortOf(comment: string | undefined, name: string | undefined): string | undefined {
  return comment !== undefined && shortComment(comment)?.toLowerCase() === name ? undefined : comment;
}

/** Until June 2014. */
export function irqLineLines(part: Part): readonly Line[] {
  return part.cell.irqLines.map((each, index) => {
    const block = rawRest(each, rawPlace(elementLayout(part.profile, "irq_lines")));
    const above = commentLines(part.commentOf("irq_lines", index));
    return { ...line(`irq-line ${count(each.line)} chip ${count(each.irqchip)}`, block), above };
  });
}
