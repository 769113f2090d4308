import type { Origins } from "../../ir/node.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { type CheckedSet, iommuUnitsOf } from "../facts/checked-set.js";
import { isBridge, isNoDevice } from "../facts/devices.js";
import { deviceText, hex } from "../words.js";

export const memDmaMissing = defineRule({
  id: "mem-dma-missing",
  family: "memory",
  title: "Devices without memory to reach",
  severity: "warning",
  scope: "config",
  machines: ["x86", "arm", "arm64"],
  statement: "A cell with devices behind an IOMMU has memory with `dma`.",
  explanation: "An IOMMU lets the devices of a cell reach the regions that have `dma`, and nothing else.",
  consequences: {
    blocked: {
      step: "run",
      outcome: "ineffective",
      text: "Every transfer of the devices is blocked: drivers time out, and on x86 the console shows faults of the IOMMU.",
    },
  },
  help: "add `dma` to the memory that the drivers use",
  sources: [
    "hypervisor/arch/x86/vtd.c:754-757",
    "hypervisor/arch/x86/amd_iommu.c:190-209",
    "hypervisor/arch/arm64/ti-pvu.c:415",
  ],
  after: ["fmt-arch-cell", "mem-none"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  flags  passive-commreg
  cpus   3
  memory at 0x3a60_0000 size 1M mapped at 0 rwx loadable
  comm
  device 00:1f.2 { capabilities pm 0x50 }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  flags  passive-commreg
  cpus   3
  memory at 0x3a60_0000 size 1M mapped at 0 rwx dma loadable
  comm
  device 00:1f.2 { capabilities pm 0x50 }
}`,
  },
  *find({ config, set }) {
    if (config.regions.some(({ dma, isMapped, hasPhysical }) => dma && isMapped && hasPhysical)) return;
    const first = config.machine === "x86" ? blockedDevice(config, set) : blockedStream(config, set);
    if (first === undefined) return;
    yield {
      at: config.spot(first.node),
      message: `${first.what} of ${config.title} can reach no memory: no region has dma`,
      label: "reaches nothing",
    };
  },
});

interface Blocked {
  readonly node: { readonly origins: Origins };
  readonly what: string;
}

/** Without a unit, AMD machines leave devices alone (hypervisor/arch/x86/amd_iommu.c:312). Bridges move no data of their own. */
function blockedDevice(config: CheckedConfig, { vendor, system }: CheckedSet): Blocked | undefined {
  if (vendor === "amd" && system !== null && iommuUnitsOf(system).length === 0) return undefined;
  const device = config.physicalDevices.find((each) => !isBridge(each) && !isNoDevice(each));
  return device === undefined ? undefined : { node: device, what: deviceText(device) };
}

/** TI's PVU has tables for the stream ids of cells only; SMMUs use those of the CPUs. */
function blockedStream(config: CheckedConfig, { system }: CheckedSet): Blocked | undefined {
  const [stream] = config.cell.streamIds;
  const hasPvu = system !== null && iommuUnitsOf(system).some(({ type }) => type === "JAILHOUSE_IOMMU_PVU");
  if (stream === undefined || !hasPvu || config.isRoot) return undefined;
  return { node: stream, what: `stream ${hex(stream.id)}` };
}
