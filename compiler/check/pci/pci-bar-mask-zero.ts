import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { isBridge } from "../facts/devices.js";
import { deviceText } from "../words.js";

export const pciBarMaskZero = defineRule({
  id: "pci-bar-mask-zero",
  family: "pci",
  title: "Device without BAR masks",
  severity: "info",
  scope: "config",
  statement: "A device with base address registers has their masks in the config.",
  explanation:
    "The hypervisor never changes the base address registers of a device. It shows a cell what they were and lets it write the bits of the mask, so that it can find out the size: all ones are written, and the bits that stay are those of the mask.",
  consequences: {
    size: {
      step: "run",
      outcome: "harmless",
      text: "What a cell writes to the registers is dropped, and it reads the old address where it expects the size. A driver that goes by it uses a wrong size; one that knows the size, as those of bare-metal programs do, does not notice.",
    },
  },
  help: "add the masks (`bars`), which are the sizes in two's complement: 0xffffc000 for 16K",
  sources: ["hypervisor/pci.c:219-224", "hypervisor/pci.c:295-303"],
  after: ["pci-phys-on-virtual"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.2 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.2 { bars 0xffff_f000 } }`,
  },
  *find({ config }) {
    for (const device of config.physicalDevices) {
      const isKnown = device.barMask.length === 0 || device.barMask.some((mask) => mask !== 0);
      if (isKnown || isBridge(device) || !hasRegisters(device, config)) continue;
      yield {
        at: config.spot(device, "barMask"),
        message: `${deviceText(device)} of ${config.title} has no mask of a base address register`,
      };
    }
  },
});

/** Devices without any are not worth a place in a cell, and a table of MSI-X vectors lies behind a register. */
function hasRegisters({ msixAddress }: PciDevice, { isRoot }: CheckedConfig): boolean {
  return !isRoot || msixAddress !== 0n;
}
