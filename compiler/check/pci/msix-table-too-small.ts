import { defineRule } from "../define-rule.js";
import { capabilityId, capabilityOf } from "../facts/capabilities.js";
import { pageSize } from "../facts/region.js";
import { setupOf } from "../setup.js";
import { deviceText, hex } from "../words.js";

const bytesOfVector = 16;
const pageBytes = Number(pageSize);

const text =
  "The hypervisor reads and writes all vectors, those behind the end of what it has mapped, too: that is something else of its own, or nothing, and then it faults.";

export const msixTableTooSmall = defineRule({
  id: "msix-table-too-small",
  family: "pci",
  title: "MSI-X table with room for fewer vectors",
  severity: "error",
  scope: "config",
  statement: "The MSI-X table of a device is large enough for its vectors, 16 bytes each.",
  explanation:
    "The hypervisor maps as much as the config says, in whole pages, and goes through all vectors whenever the device changes hands.",
  consequences: {
    enable: { step: "enable", outcome: "crash", text },
    create: { step: "create", outcome: "crash", text },
  },
  help: "say the size of the table in whole pages, at least 16 bytes for each vector, or correct the number of vectors",
  sources: ["hypervisor/pci.c:488-500", "hypervisor/pci.c:563-567", "hypervisor/pci.c:594-596"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { bars 0xffff_c000; msix 257 at 0xfea9_0000 size 4K; capability msix at 0x70 size 12 writable }
  platform_info.x86.vtd_interrupt_limit = 512
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { bars 0xffff_c000; msix 257 at 0xfea9_0000 size 8K; capability msix at 0x70 size 12 writable }
  platform_info.x86.vtd_interrupt_limit = 512
}`,
  },
  *find({ config }) {
    for (const device of config.physicalDevices) {
      const { numMsixVectors, msixRegionSize, msixAddress } = device;
      const mapped = Math.ceil(msixRegionSize / pageBytes) * pageBytes;
      const needed = numMsixVectors * bytesOfVector;
      if (msixAddress === 0n || msixRegionSize === 0 || needed <= mapped) continue;
      if (capabilityOf(device, config, capabilityId.msix) === undefined) continue;
      yield {
        at: config.spot(device, "msixRegionSize"),
        message: `${numMsixVectors} MSI-X vectors of ${deviceText(device)} take ${hex(needed)} bytes, and ${hex(mapped)} are mapped`,
        also: [{ at: config.spot(device, "numMsixVectors"), text: `${numMsixVectors} vectors` }],
        as: setupOf(config),
      };
    }
  },
});
