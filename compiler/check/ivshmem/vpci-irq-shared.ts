import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { gicInterruptsOf, type PinDevice, pinDevicesOf } from "../facts/gic-interrupts.js";
import { moveInterrupts } from "../facts/move-interrupts.js";
import { linkText } from "../words.js";

interface Raised extends PinDevice {
  readonly config: CheckedConfig;
}

export const vpciIrqShared = defineRule({
  id: "vpci-irq-shared",
  family: "ivshmem",
  title: "Interrupt of a virtual device has another use",
  severity: "warning",
  scope: "set",
  machines: ["arm", "arm64"],
  statement:
    "Each virtual device without MSI-X has an interrupt of its own, which no cell but the root cell has besides.",
  explanation:
    "The interrupt follows from `vpci_irq_base` and the last two bits of the device number, so that devices whose numbers differ by a multiple of four share one. Of two cells that list an interrupt, only one receives it.",
  consequences: {
    crossed: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. Devices of one cell ring with each other's interrupt; of two cells, one never hears its device and the other one is interrupted for nothing.",
    },
  },
  help: "give the devices numbers with other last two bits, and each cell four interrupts of its own as `vpci_irq_base`",
  helpInLanguage:
    "give the devices numbers with other last two bits, and each cell four interrupts of its own as `vpci-irq`",
  sources: ["hypervisor/arch/arm-common/ivshmem.c:66", "hypervisor/arch/arm-common/irqchip.c:305"],
  after: ["vpci-irq-not-owned"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link one at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }
link two at 0x7e80_2000 { device 00:04.0; peers root, demo; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link one at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }
link two at 0x7e80_2000 { device 00:01.0; peers root, demo; shared 4K }`,
  },
  *find({ set }) {
    const raised = new Map<number, Map<CheckedConfig, Raised>>();
    for (const config of set.all) {
      for (const pinDevice of pinDevicesOf(config)) {
        const { interrupt } = pinDevice;
        const others = raised.get(interrupt) ?? new Map<CheckedConfig, Raised>();
        const self = { ...pinDevice, config };
        const other = firstMet(others, (each) => meets(each, config, set));
        if (other !== undefined) yield raisedTwice(self, other, set);
        if (!others.has(config)) others.set(config, self);
        raised.set(interrupt, others);
      }
    }
    for (const config of set.cells) yield* takenFrom(raised, config, set);
  },
});

/** The first device of the first cell that counts. */
function firstMet(
  devices: ReadonlyMap<CheckedConfig, Raised> | undefined,
  counts: (config: CheckedConfig) => boolean,
): Raised | undefined {
  for (const [config, device] of devices ?? []) if (counts(config)) return device;
  return undefined;
}

/** The same cell, or two that run together; what cells take from the root cell has a rule of its own. */
function meets(one: CheckedConfig, other: CheckedConfig, set: CheckedSet): boolean {
  return one === other || (!one.isRoot && !other.isRoot && set.together(one, other));
}

function raisedTwice({ device, interrupt, config }: Raised, other: Raised, set: CheckedSet): Hit<"crossed"> {
  const isOwn = other.config === config;
  const [here, there] = isOwn ? ["", ""] : [` in ${config.title}`, ` in ${other.config.title}`];
  return {
    at: config.spot(device, "bdf"),
    message: `${linkText(device)} raises interrupt ${interrupt}${here}, as ${linkText(other.device)} does${there}`,
    also: [{ at: other.config.spot(other.device, "bdf"), text: `raises interrupt ${interrupt}, too` }],
    fixes: isOwn ? [] : moveInterrupts(config, set),
  };
}

/** Interrupts that virtual devices of other cells raise, and that this cell has. */
function* takenFrom(
  raised: ReadonlyMap<number, ReadonlyMap<CheckedConfig, Raised>>,
  config: CheckedConfig,
  set: CheckedSet,
): Generator<Hit<"crossed">, void> {
  const own = new Set(pinDevicesOf(config).map(({ interrupt }) => interrupt));
  for (const [interrupt, chip] of gicInterruptsOf(config, set)) {
    const loser = firstMet(raised.get(interrupt), (each) => each !== config && meets(each, config, set));
    if (loser === undefined || own.has(interrupt)) continue;
    yield {
      at: loser.config.spot(loser.device, "bdf"),
      message: `${linkText(loser.device)} raises interrupt ${interrupt}, which ${config.title} has`,
      also: [{ at: config.spot(chip, "pinBitmap"), text: `interrupt ${interrupt} is granted here` }],
    };
  }
}
