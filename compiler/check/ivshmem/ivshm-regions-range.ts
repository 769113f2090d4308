import { commonSections } from "../../ir/pci.js";
import { defineRule, type RuleFix } from "../define-rule.js";
import { hasOneRegion, hasSections, type LinkEnd, linkEndsOf } from "../facts/ivshmem-links.js";
import { sectionRunsOf } from "../facts/section-runs.js";
import { refusedAtSetup, setupOf } from "../setup.js";
import { count, linkText } from "../words.js";

/** The hypervisor adds with 32 bits. */
const sumEnd = 2 ** 32;

const crashText =
  "The sum of first region and number of sections wraps at 32 bits, so that the hypervisor's check passes. Resetting the device, it then reads regions far behind the table, faults, and stops the CPU that gave the command.";

export const ivshmRegionsRange = defineRule({
  id: "ivshm-regions-range",
  family: "ivshmem",
  title: "Sections of a link beyond the memory regions",
  severity: "error",
  scope: "config",
  statement: "The regions of a shared-memory device are elements of its cell's memory table.",
  explanation:
    "`shmem_regions_start` is the index of the state table. Behind it follow the common section and one output section for each peer, so that the table has to have 2 + `shmem_peers` regions from there. Until mid 2019 a device had one region, and `shmem_region` was its index.",
  consequences: {
    ...refusedAtSetup("EINVAL", "The device is the last one that is added.", [
      'Adding virtual PCI device %02x:%02x.%x to cell "%s"',
    ]),
    createWraps: { step: "create", outcome: "crash", text: crashText },
    enableWraps: { step: "enable", outcome: "crash", text: crashText },
  },
  help: "let the device start at the region that is the link's state table, and count only the peers that have an output section, empty ones included",
  sources: ["hypervisor/ivshmem.c:410"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory at 0x7e80_0000 size 8K rw }
cell demo {
  use inmate()
  vpci-irq 140
  memory   at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  for n in 0-1 { memory empty }
  ivshmem  00:00.0 { shmem_regions_start = 3; id 1; peers 2 }
  interrupts 140
}`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K }`,
  },
  *find({ config }) {
    if (!hasSections(config) && !hasOneRegion(config)) return;
    const used = new Set(linkEndsOf(config).map((end) => end.device.shmemRegionsStart));
    for (const end of linkEndsOf(config)) {
      const { device } = end;
      const first = device.shmemRegionsStart;
      const wanted = hasSections(config) ? commonSections + device.shmemPeers : 1;
      const regions = config.regions.length;
      if (first + wanted <= regions) continue;
      const wraps = hasSections(config) && first + wanted >= sumEnd && first + wanted - sumEnd <= regions;
      const setup = setupOf(config);
      yield {
        at: config.spot(device, "shmemRegionsStart"),
        message: `${linkText(device)} needs ${count(wanted, "memory region")} from number ${first}, ${config.title} has ${regions}`,
        as: wraps ? (`${setup}Wraps` as const) : setup,
        fixes: fixesOf(end, used),
      };
    }
  },
});

/** Where one place alone has regions like the sections of this end, and no other device uses them. */
function fixesOf({ config, device }: LinkEnd, used: ReadonlySet<number>): readonly RuleFix[] {
  if (!hasSections(config)) return [];
  const free = sectionRunsOf(config, device.shmemPeers, device.shmemDevId).filter((run) => !used.has(run));
  if (free.length !== 1) return [];
  const at = { ...config.spot(device), field: "shmemRegionsStart" };
  return [
    {
      title: `start at memory region ${free[0]}, where such sections are`,
      changes: [{ kind: "set", at, value: BigInt(free[0]!) }],
    },
  ];
}
