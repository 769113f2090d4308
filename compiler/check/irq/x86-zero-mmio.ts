import { defineRule } from "../define-rule.js";
import { type CheckedConfig, isIvshmem } from "../facts/checked-config.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { statedPlatform } from "../facts/platform.js";
import { setupOf } from "../setup.js";

export const x86ZeroMmio = defineRule({
  id: "x86-zero-mmio",
  family: "irq",
  title: "Cell without any trapped memory",
  severity: "error",
  scope: "config",
  machines: ["x86"],
  statement: "On x86 there is something in each cell whose accesses the hypervisor traps.",
  explanation:
    "The hypervisor allocates a table of the memory that it traps: the PCI configuration space of the machine, I/O APICs, shared-memory devices, MSI-X tables and regions smaller than a page. Where there is none of them, it asks for a table of no pages, does not get it, and takes that for a lack of memory. With `pci_mmconfig_base` each cell has at least one. The test device counts only in a hypervisor that is built with it.",
  consequences: {
    enable: {
      step: "enable",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The hypervisor refuses the root cell before it initialises the CPUs.",
    },
    create: {
      step: "create",
      outcome: "refused",
      errno: "ENOMEM",
      text: "The hypervisor refuses the cell.",
    },
  },
  help: "say where the PCI configuration space of the machine is (`pci mmconfig at`); a machine without one can list an I/O APIC without pins in the cell",
  sources: ["hypervisor/mmio.c:36-49", "hypervisor/pci.c:74-90", "hypervisor/arch/x86/ioapic.c:52-55"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); platform_info.pci_mmconfig_base = 0 }
cell demo { use inmate() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); platform_info.pci_mmconfig_base = 0 }
cell demo { use inmate(); irqchip at 0xfec0_0000 id 0xff00 pins 3 }`,
  },
  *find({ config, set }) {
    const stated = statedPlatform(set);
    // Handlers were counted beforehand from August 2015 on; the first formats after that to tell have a revision.
    if (stated === undefined || config.config.revision === null) return;
    const { system, platform } = stated;
    if (platform.pciMmconfigBase !== 0n) return;
    if (
      hasTrappedMemory(config) ||
      (config.isRoot && iommuUnitsOf(system).length > 0 && set.vendor === "intel")
    )
      return;
    yield {
      at: config.cellSpot(),
      message: `${config.title} has nothing that the hypervisor traps, and the machine no PCI configuration space in memory`,
      also: config.isRoot
        ? []
        : [
            {
              at: system.spot(platform, "pciMmconfigBase"),
              text: "the configuration space is at 0, that is nowhere",
            },
          ],
      as: setupOf(config),
    };
  },
});

/** The flag of the test device does not count: without `CONFIG_TEST_DEVICE` there is none (arch/x86/Kbuild:35). */
function hasTrappedMemory(config: CheckedConfig): boolean {
  const { irqchips, pciDevices } = config.cell;
  return (
    irqchips.length > 0 ||
    pciDevices.some((device) => isIvshmem(device) || device.msixAddress !== 0n) ||
    config.regions.some(({ isSubPage }) => isSubPage)
  );
}
