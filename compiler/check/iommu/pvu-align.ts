import { defineRule } from "../define-rule.js";
import { streamUnitsOf } from "../facts/iommu-types.js";
import { maxPvuEntries, pvuEntriesOf, pvuRegionsOf } from "../facts/pvu-entries.js";
import { refusedAtSetup, setupOf } from "../setup.js";
import { count, hex, sizeText } from "../words.js";

const unaligned = refusedAtSetup("EINVAL", "No entry of the PVU maps a part of a page.", [
  "ERROR: PVU: Addresses %llx %llxaren't aligned to any of the allowed page sizes",
]);
const tooMany = refusedAtSetup("EINVAL", "The entries that the hypervisor has for the cell do not suffice.", [
  "ERROR: PVU: Need more TLB entries for mapping %llx => %llx with size %llx",
]);
const full = refusedAtSetup("ENOMEM", "All entries that the hypervisor has for the cell are in use already.");

export const pvuAlign = defineRule({
  id: "pvu-align",
  family: "iommu",
  title: "DMA memory that a PVU cannot map",
  severity: "error",
  scope: "config",
  machines: ["arm64"],
  statement:
    "With a PVU, the memory of a cell that devices reach can be mapped with 128 entries of 4K, 16K, 64K, 2M, 32M, 512M, 1G or 16G.",
  explanation:
    "A PVU has no page tables but a short list of entries, each for a page of one of eight sizes at multiples of that size. The hypervisor takes the largest that fits at both the physical and the cell's address, so that odd sizes, and addresses that are apart by an odd amount, cost many entries. It does so for all regions with DMA, whether or not the cell lists stream ids.",
  consequences: {
    create: unaligned.create,
    enable: unaligned.enable,
    createTooMany: tooMany.create,
    enableTooMany: tooMany.enable,
    createFull: full.create,
    enableFull: full.enable,
  },
  help: "use few large regions, at multiples of 2M and with the same physical and cell's addresses; leave out dma where no device needs it",
  sources: ["hypervisor/arch/arm64/ti-pvu.c:260", "hypervisor/arch/arm64/ti-pvu.c:373"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu pvu at 0x30f8_0000 size 4K tlb at 0x3600_0000 size 256K }
cell demo {
  use inmate()
  memory at 0x7200_0000 size 4M mapped at 0x1000_1000 rw dma
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board(); iommu pvu at 0x30f8_0000 size 4K tlb at 0x3600_0000 size 256K }
cell demo {
  use inmate()
  memory at 0x7200_0000 size 4M mapped at 0x1000_0000 rw dma
}`,
  },
  *find({ config, set }) {
    if (!streamUnitsOf(set).has("pvu")) return;
    const setup = setupOf(config);
    let room = maxPvuEntries;
    for (const region of pvuRegionsOf(config)) {
      const { physStart, virtStart } = region.node;
      const entries = pvuEntriesOf(region, room);
      if (entries === undefined) {
        yield {
          at: region.spot("physStart"),
          message: `memory for DMA starts at ${hex(physStart)}, within a page`,
          as: setup,
        };
        return;
      }
      if (entries > room) {
        yield {
          at: region.spot(),
          message: `${sizeText(region.size)} of memory for DMA at ${hex(physStart)}, mapped at ${hex(virtStart)}, takes more than the ${count(room, "entry", "entries")} that are left for the cell`,
          as: room === 0 ? (`${setup}Full` as const) : (`${setup}TooMany` as const),
        };
        return;
      }
      room -= entries;
    }
  },
});
