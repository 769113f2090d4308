import { firstSpi, pinsOf } from "../../ir/irq.js";
import { defineRule, type RuleFix } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import {
  elementFor,
  freePinInterrupts,
  gicInterruptsOf,
  type PinDevice,
  pinDevicesOf,
} from "../facts/gic-interrupts.js";
import { linkText } from "../words.js";

export const vpciIrqNotOwned = defineRule({
  id: "vpci-irq-not-owned",
  family: "ivshmem",
  title: "Interrupt of a virtual device is not the cell's",
  severity: "warning",
  scope: "config",
  machines: ["arm", "arm64"],
  statement: "A cell is granted the interrupts of its virtual devices.",
  explanation:
    "A virtual device without MSI-X raises the shared peripheral interrupt 32 + `vpci_irq_base` + the last two bits of its device number. The hypervisor makes it pending in the GIC without looking at whose it is; the cell can only enable it if its `irqchips` list it.",
  consequences: {
    deaf: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The cell cannot enable the interrupt, so that it never hears of its peers; where another cell has the interrupt, that one gets it.",
    },
  },
  help: "grant the interrupt to the cell, or set `vpci_irq_base` to interrupts that it has",
  helpInLanguage: "grant the interrupt to the cell, or set `vpci-irq` to interrupts that it has",
  sources: ["hypervisor/arch/arm-common/ivshmem.c:66", "hypervisor/arch/arm-common/irqchip.c:305"],
  after: ["gic-address", "gic-pinbase"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140; link shm { interrupt none } }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140; link shm }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ config, set }) {
    // What is listed for another address than that of the GIC is a mistake that has a rule of its own.
    const owned = new Set(config.cell.irqchips.flatMap(pinsOf));
    // Devices share four interrupts; the fixes look at all cells.
    const fixes = new Map<number, readonly RuleFix[]>();
    for (const pinDevice of pinDevicesOf(config)) {
      const { device, interrupt } = pinDevice;
      if (owned.has(interrupt)) continue;
      if (!fixes.has(interrupt)) fixes.set(interrupt, fixesOf(pinDevice, config, set));
      yield {
        at: config.spot(device, "bdf"),
        message: `${linkText(device)} raises interrupt ${interrupt}, which ${config.title} does not have`,
        also: [
          { at: config.cellSpot("vpciIrqBase"), text: `interrupt ${firstOf(config)} for the first pin` },
        ],
        fixes: fixes.get(interrupt)!,
      };
    }
  },
});

function firstOf({ cell }: CheckedConfig): number {
  return firstSpi + cell.vpciIrqBase;
}

/** Grants the interrupt where nobody else has it; else lets the devices raise four interrupts that are free. */
function fixesOf({ interrupt }: PinDevice, config: CheckedConfig, set: CheckedSet): readonly RuleFix[] {
  if (config.isRoot) return [];
  const isTaken = set.cells.some((other) => gicInterruptsOf(other, set).has(interrupt));
  const first = isTaken ? freePinInterrupts(config, set) : undefined;
  const granted = isTaken ? first : interrupt;
  if (granted === undefined) return [];
  const element = elementFor(granted, config, set);
  if (element === undefined) return [];
  const bits = (first === undefined ? 1n : 0xfn) << BigInt(granted - element.pinBase);
  const grant = {
    kind: "set",
    at: { ...config.spot(element), field: "pinBitmap" },
    value: element.pinBitmap | bits,
  } as const;
  if (first === undefined) return [{ title: `grant interrupt ${interrupt}`, changes: [grant] }];
  const move = {
    kind: "set",
    at: { ...config.cellSpot(), field: "vpciIrqBase" },
    value: BigInt(first - firstSpi),
  } as const;
  return [{ title: `use the free interrupts ${first} to ${first + 3}`, changes: [move, grant] }];
}
