import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { slotOf } from "../facts/devices.js";
import { numberRuns } from "../number-runs.js";
import { deviceText, listed } from "../words.js";

interface Function {
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
    const functions = functionsBySlot(set.all);
    for (const cell of set.cells) {
      const own = new Set(cell.physicalDevices.map(functionOf));
      const told = new Set<number>();
      for (const device of cell.physicalDevices) {
        const slot = slotOf(device);
        if (told.has(slot)) continue;
        told.add(slot);
        const others = othersOf(functions.get(slot)!, own);
        if (others.length === 0) continue;
        yield {
          at: cell.spot(device, "bdf"),
          message: `${deviceText(device)} is in ${cell.title}, but ${othersText(others)}`,
          also: others.map(({ config, device: other }) => ({
            at: config.spot(other, "bdf"),
            text: "another function of the same device",
          })),
        };
      }
    }
  },
});

/** Domain, bus, device and function. */
function functionOf(device: PciDevice): number {
  return slotOf(device) * 8 + (device.bdf & 7);
}

/** Each function of a device once in each config. */
function functionsBySlot(configs: readonly CheckedConfig[]): ReadonlyMap<number, readonly Function[]> {
  const functions = new Map<number, Function[]>();
  for (const config of configs) {
    const seen = new Set<number>();
    for (const device of config.physicalDevices) {
      if (seen.has(functionOf(device))) continue;
      seen.add(functionOf(device));
      const slot = slotOf(device);
      const same = functions.get(slot);
      if (same === undefined) functions.set(slot, [{ config, device }]);
      else same.push({ config, device });
    }
  }
  return functions;
}

/** Those that the cell does not have; of a function that another cell takes, not the root cell's entry. */
function othersOf(functions: readonly Function[], own: ReadonlySet<number>): readonly Function[] {
  const others = functions.filter(({ device }) => !own.has(functionOf(device)));
  const lent = new Set(others.filter(({ config }) => !config.isRoot).map(({ device }) => device.bdf));
  return others.filter(({ config, device }) => !config.isRoot || !lent.has(device.bdf));
}

/** `functions 1-3 in root cell "board"`, for each that has some. */
function othersText(others: readonly Function[]): string {
  const byConfig = new Map<CheckedConfig, number[]>();
  for (const { config, device } of others)
    byConfig.set(config, [...(byConfig.get(config) ?? []), device.bdf & 7]);
  const texts = [...byConfig].map(([{ title }, functions]) => {
    const ascending = [...functions].sort((one, other) => one - other);
    return `function${ascending.length > 1 ? "s" : ""} ${numberRuns(ascending)} in ${title}`;
  });
  return listed(texts);
}
