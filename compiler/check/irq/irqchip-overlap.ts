import { firstSpi, type Irqchip, pinsPerElement } from "../../ir/irq.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { formatHas } from "../facts/format-has.js";
import { chipsInUse, interruptsText, isBadGicBase } from "../facts/interrupts.js";
import { hex } from "../words.js";

/** Elements of a table that are compared with each other: eight are enough for all interrupts of a GIC. */
const mostCompared = 64;

/** The first revision whose hypervisors may join elements; it was begun before they did (4ce7658d, June 2020). */
const joiningRevision = 13;

const wholeElement = (1n << BigInt(pinsPerElement)) - 1n;

type Key = "twice" | "lost" | "replaced" | "hidden" | "kept";

export const irqchipOverlap = defineRule<"config", Key>({
  id: "irqchip-overlap",
  family: "irq",
  title: "Elements that cover the same interrupts",
  severity: "warning",
  otherwise: "info where nothing is lost",
  scope: "config",
  statement:
    "No two elements of a cell's table list the same pin of an interrupt controller. In the root cell, no element covers a pin that another one lists.",
  explanation:
    "An element covers 128 interrupts from `pin_base` on, whether their bits are set or not. On ARM the hypervisor joins the bits of all elements when it sets up a cell. When it gives interrupts back to the root cell, it keeps those of the root cell that every element covering them lists. On x86 each element is an I/O APIC of its own, and there can only be one at an address.",
  consequences: {
    twice: {
      step: "run",
      outcome: "harmless",
      text: "Both elements say the same, so that nothing is lost. It is often the sign of a `pin_base` that counts in 64 interrupts, as many as an element had until June 2016.",
    },
    lost: {
      step: "destroy",
      outcome: "ineffective",
      text: "Nothing complains, and at first the root cell has the interrupts. When any cell is destroyed, or its creation fails, the root cell loses them: what it writes to the GIC for them is ignored from then on.",
    },
    replaced: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. Until June 2020 (within revision 13) a later element took the place of an earlier one in all that it covers, so that the cell does not get these interrupts.",
    },
    hidden: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. One of the two elements answers for the I/O APIC; which one depends on what else of the cell is trapped. The pins that only the other one lists read as zeros, and what is written to them is ignored.",
    },
    kept: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. One of the two elements answers for the I/O APIC; which one depends on what else of the root cell is trapped. Pins that are given to a cell are removed from the first element only, so that the root cell may still program them by the second one. If the first one answers, pins that only the second one lists are out of reach.",
    },
  },
  help: "list each controller once on x86, and start elements 128 interrupts apart on ARM: 32, 160, 288; `interrupts` does so by itself",
  sources: [
    "hypervisor/arch/arm-common/irqchip.c:428-431",
    "hypervisor/arch/arm-common/irqchip.c:496-503",
    "hypervisor/arch/x86/ioapic.c:363-376",
    "hypervisor/mmio.c:118-185",
  ],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); irqchip at 0x800_0000 base 96 pins 160-175 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); irqchip at 0x800_0000 base 160 pins 160-175 }`,
  },
  *find({ config, set }) {
    const elements = elementsOf(config, set);
    for (const [index, later] of elements.entries()) {
      const overlaps = elements
        .slice(0, index)
        .map((earlier) => ({ earlier, overlap: overlapOf(earlier, later, config) }))
        .filter(({ overlap }) => overlap !== undefined);
      const grave = overlaps.filter(({ overlap }) => overlap!.as !== "twice");
      // That it stands there twice is worth a note where nothing else is said of it.
      for (const { earlier, overlap } of grave.length > 0 ? grave : overlaps.slice(0, 1))
        yield {
          at: config.spot(later.chip, "pinBitmap"),
          message: overlap!.message,
          also: [{ at: config.spot(earlier.chip, "pinBitmap"), text: "the earlier element" }],
          as: overlap!.as,
          ...(overlap!.as === "twice" ? { severity: "info" } : {}),
        };
    }
  },
});

/** An element of the table; bit `n` is interrupt `n`, without the private ones of ARM. */
interface Element {
  readonly chip: Irqchip;
  readonly covered: bigint;
  readonly listed: bigint;
}

/** Before elements had a `pin_base`, ARM used the first one and no other. */
function elementsOf(config: CheckedConfig, set: CheckedSet): readonly Element[] {
  if (config.isArm && !formatHas(config, "jailhouse_irqchip", "pin_base")) return [];
  return chipsInUse(config, set)
    .slice(0, mostCompared)
    .filter((chip) => (config.isArm ? !isBadGicBase(chip) : chip.pinBase === 0))
    .map((chip) => {
      const covered = shared(wholeElement << BigInt(chip.pinBase), config);
      return { chip, covered, listed: covered & (chip.pinBitmap << BigInt(chip.pinBase)) };
    });
}

function shared(bits: bigint, { isArm }: CheckedConfig): bigint {
  const spis = BigInt(firstSpi);
  return isArm ? (bits >> spis) << spis : bits;
}

interface Overlap {
  readonly as: Key;
  readonly message: string;
}

function overlapOf(earlier: Element, later: Element, config: CheckedConfig): Overlap | undefined {
  const { address } = later.chip;
  if (earlier.chip.address !== address) return undefined;
  const common = earlier.covered & later.covered;
  const [first, second] = [earlier.listed & common, later.listed & common];
  if (!config.isArm) {
    const message = `${config.title} lists the I/O APIC at ${hex(address)} twice`;
    return { as: config.isRoot ? "kept" : first === second ? "twice" : "hidden", message };
  }
  const named = (bits: bigint): string =>
    `${interruptsText(bits, { config, chip: later.chip, bits })} of ${config.title}`;
  const replaced = joinsElements(config) ? 0n : first & ~second;
  if (replaced !== 0n)
    return { as: "replaced", message: `this element covers, but does not list ${named(replaced)}` };
  const unlike = config.isRoot ? first ^ second : 0n;
  if (unlike !== 0n)
    return { as: "lost", message: `one of two elements that overlap does not list ${named(unlike)}` };
  const both = first & second;
  return both === 0n ? undefined : { as: "twice", message: `two elements list ${named(both)}` };
}

function joinsElements({ config: { revision } }: CheckedConfig): boolean {
  return revision !== null && revision >= joiningRevision;
}
