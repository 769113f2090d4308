import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { slotOf } from "../facts/devices.js";
import { numberRuns } from "../number-runs.js";
import { deviceText, listed } from "../words.js";

interface Function {
  readonly number: number;
  readonly config: CheckedConfig;
  readonly device: PciDevice;
}

export const pciGroupSplit = defineRule({
  id: "pci-group-split",
  family: "pci",
  title: "Functions of one PCI device in several cells",
  severity: "warning",
  scope: "set",
  statement: "All functions of a physical PCI device belong to the same cell.",
  explanation:
    "Functions of one device share the hardware behind them, its reset and its power, and often its connection, so that the IOMMU cannot always tell them apart. Linux keeps them in one group for that reason. The hypervisor hands out functions one by one.",
  consequences: {
    shared: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. Each cell can disturb the functions of the other by what they have in common; whether it reaches the memory of the other depends on the device.",
    },
  },
  help: "give all functions of the device to one cell; where they are separate parts of the chipset that have only a number in common, this can be allowed",
  sources: ["hypervisor/pci.c:707-714"],
  after: ["pci-phys-on-virtual", "pci-shared-cells", "pci-not-in-root"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 02:00.0; device 02:00.1 }
cell demo { use inmate(); device 02:00.1 { bars 0xffff_f000 } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 02:00.0; device 02:00.1 }
cell demo { use inmate(); device 02:00.0 { bars 0xffff_f000 }; device 02:00.1 { bars 0xffff_f000 } }`,
  },
  *find({ set }) {
    const slots = functionsBySlot(set.all);
    for (const cell of set.cells) {
      const own = new Set(cell.physicalDevices.map(functionOf));
      const told = new Set<number>();
      for (const device of cell.physicalDevices) {
        const slot = slotOf(device);
        if (told.has(slot)) continue;
        told.add(slot);
        const others = othersOf(slots.get(slot)!, own);
        if (others.length === 0) continue;
        const named = others.slice(0, mostNamed);
        yield {
          at: cell.spot(device, "bdf"),
          message: `${deviceText(device)} is in ${cell.title}, but ${othersText(named, others.length > mostNamed)}`,
          also: named.map(({ config, device: other }) => ({
            at: config.spot(other, "bdf"),
            text: "another function of the same device",
          })),
        };
      }
    }
  },
});

/** Of a device that one function each belongs to one cell, there are no more others. */
const mostNamed = 8;

/** Domain, bus, device and function. */
function functionOf(device: PciDevice): number {
  return slotOf(device) * 8 + (device.bdf & 7);
}

interface Slot {
  /** Each function of the device once in each config. */
  readonly functions: Function[];
  /** Those that other cells than the root cell have. */
  readonly lent: Set<number>;
}

function functionsBySlot(configs: readonly CheckedConfig[]): ReadonlyMap<number, Slot> {
  const slots = new Map<number, Slot>();
  for (const config of configs) {
    for (const [number, device] of firstOfEach(config)) {
      const slot = slots.get(slotOf(device)) ?? { functions: [], lent: new Set() };
      slots.set(slotOf(device), slot);
      slot.functions.push({ number, config, device });
      if (!config.isRoot) slot.lent.add(number);
    }
  }
  return slots;
}

function firstOfEach({ physicalDevices }: CheckedConfig): ReadonlyMap<number, PciDevice> {
  const functions = new Map<number, PciDevice>();
  for (const device of physicalDevices) {
    const number = functionOf(device);
    if (!functions.has(number)) functions.set(number, device);
  }
  return functions;
}

/**
 * Those that the cell does not have, up to one more than are named; of a function that another cell takes, not the root
 * cell's entry.
 */
function othersOf({ functions, lent }: Slot, own: ReadonlySet<number>): readonly Function[] {
  const others: Function[] = [];
  for (const each of functions) {
    if (own.has(each.number) || (each.config.isRoot && lent.has(each.number))) continue;
    others.push(each);
    if (others.length > mostNamed) break;
  }
  return others;
}

/** `functions 1-3 in root cell "board"`, for each that has some. @param areMore that are not named */
function othersText(others: readonly Function[], areMore: boolean): string {
  const byConfig = new Map<CheckedConfig, number[]>();
  for (const { config, device } of others) {
    const functions = byConfig.get(config) ?? [];
    byConfig.set(config, functions);
    functions.push(device.bdf & 7);
  }
  const texts = [...byConfig].map(([{ title }, functions]) => {
    const ascending = [...functions].sort((one, other) => one - other);
    return `function${ascending.length > 1 ? "s" : ""} ${numberRuns(ascending)} in ${title}`;
  });
  return listed(areMore ? [...texts, "some elsewhere"] : texts);
}
