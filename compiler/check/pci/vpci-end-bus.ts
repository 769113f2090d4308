import { defineRule, type RuleFix } from "../define-rule.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { type StatedPlatform, statedPlatform } from "../facts/platform.js";
import { hex } from "../words.js";

export const vpciEndBus = defineRule({
  id: "vpci-end-bus",
  family: "pci",
  title: "Virtual host controller with several buses",
  severity: "warning",
  otherwise: "info where no cell has a shared-memory device",
  scope: "set",
  statement: "A virtual host controller has only bus 0 (`pci_mmconfig_end_bus` is 0).",
  explanation:
    "The driver tells Linux of a controller with one bus. Its configuration space takes 1M, and the registers of shared-memory devices are placed right behind it. The hypervisor, however, takes 1M for each bus up to the last one that the config states.",
  consequences: {
    overlap: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PCI MMCONFIG write, device %02x:%02x.%x, reg: 0x%x, size: %d"],
      text: "Linux puts the registers of shared-memory devices into what the hypervisor takes for configuration space of bus 1. Which of the two it finds for an access depends on what else of the cell is trapped. If it finds configuration space, registers read as ones, and the CPU that writes to one is parked.",
    },
    unused: {
      step: "run",
      outcome: "harmless",
      text: "Nothing lies behind the configuration space as long as there are no devices.",
    },
  },
  help: "state bus 0 as the last one, and put all shared-memory devices there",
  sources: ["driver/pci.c:412-445", "driver/vpci_template.dts:16", "hypervisor/pci.c:849-851"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); platform_info.pci_mmconfig_end_bus = 1 }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7f00_0000 { device 00:00.0; peers root, demo; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7f00_0000 { device 00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ set }) {
    const stated = statedPlatform(set);
    if (stated === undefined) return;
    const { system, platform } = stated;
    const { pciIsVirtual, pciMmconfigBase, pciMmconfigEndBus } = platform;
    if (pciIsVirtual === 0 || pciMmconfigBase === 0n || pciMmconfigEndBus === 0) return;
    const isUsed = set.all.some(({ ivshmemDevices }) => ivshmemDevices.length > 0);
    yield {
      at: system.spot(platform, "pciMmconfigEndBus"),
      message: `the last bus of the virtual host controller is stated as ${hex(pciMmconfigEndBus)}, but there is only bus 0`,
      also: [{ at: system.spot(platform, "pciIsVirtual"), text: "a virtual host controller" }],
      ...(isUsed ? { as: "overlap" } : { as: "unused", severity: "info" }),
      fixes: bus0Only(stated, set),
    };
  },
});

/** Devices on other buses would no longer be reached. */
function bus0Only({ system, platform }: StatedPlatform, { all }: CheckedSet): readonly RuleFix[] {
  if (all.some(({ cell }) => cell.pciDevices.some(({ bdf }) => bdf >> 8 !== 0))) return [];
  const at = { ...system.spot(platform), field: "pciMmconfigEndBus" };
  return [{ title: "state bus 0 as the last one", changes: [{ kind: "set", at, value: 0n }] }];
}
