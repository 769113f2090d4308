import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { isSince } from "../facts/history.js";
import type { Region } from "../facts/region.js";
import {
  canBeLoaded,
  commOverReset,
  imageRegionWithoutSize,
  regionAt,
  resetAddress,
} from "../facts/reset.js";
import { flagsText, hex, regionText } from "../words.js";

export const resetUnmapped = defineRule({
  id: "reset-unmapped",
  family: "load",
  title: "CPUs start where there is no code",
  severity: "error",
  scope: "config",
  only: "cell",
  machines: ["x86", "arm", "arm64"],
  statement: "The CPUs of a cell start in memory that is mapped, and that they may read and execute.",
  explanation:
    "The CPUs of a cell start at its reset address, as the cell sees it; where the config says nothing it is 0. The right to execute counts on x86 alone: on ARM the hypervisor does not enforce it. Regions that are smaller than a page are trapped, and no instruction can be fetched from them.",
  consequences: {
    refused: {
      step: "load",
      outcome: "refused",
      errno: "EINVAL",
      text: "No image can be loaded to that address. Where the cell is started nevertheless, the first instruction stops every CPU that starts there.",
    },
    parked: {
      step: "start",
      outcome: "parked",
      text: "`jailhouse cell start` succeeds, and the first instruction stops every CPU of the cell that starts there.",
    },
  },
  help: "set the reset address to where the program begins, or map its memory there",
  sources: [
    "hypervisor/arch/x86/vmx.c:800",
    "hypervisor/arch/x86/svm.c:561",
    "hypervisor/arch/arm-common/control.c:180",
  ],
  after: ["fmt-truncated", "fmt-arch-cell", "cpu-set-unaligned", "load-not-writable", "mem-subpage-no-width"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); reset at 1M }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); reset at 64K }`,
  },
  *find({ config }) {
    // No region at all is another mistake.
    if (config.regions.length === 0) return;
    // Told as what it comes from: two regions at one address, or one whose size is missing.
    if (commOverReset(config) !== undefined || imageRegionWithoutSize(config) !== undefined) return;
    const address = resetAddress(config);
    const region = regionAt(config, address);
    const hindered = hindrance(config, region);
    if (hindered === undefined) return;
    const { reason, lacks } = hindered;
    const hit = {
      message: `the CPUs of ${config.title} start at ${hex(address)}, ${reason}`,
      as:
        isSince(config, "r0.7") && !canBeLoaded(config, address) ? ("refused" as const) : ("parked" as const),
    };
    // The communication region is the wrong place, whatever its rights.
    if (region === undefined || region.comm || lacks === undefined) {
      const also = region === undefined ? [] : [{ at: region.spot(), text: regionText(region) }];
      yield { ...hit, at: config.cellSpot("cpuResetAddress"), also };
    } else {
      yield {
        ...hit,
        at: region.spot("flags"),
        label: `lacks ${flagsText(region, [lacks])}`,
        also: [{ at: config.cellSpot("cpuResetAddress"), text: `its CPUs start at ${hex(address)}` }],
        help: `add ${flagsText(region, [lacks])} to the region, or set the reset address to where the program begins`,
      };
    }
  },
});

interface Hindrance {
  readonly reason: string;
  /** The right that would help. */
  readonly lacks?: string;
}

/** Why no instruction can be fetched; undefined where one can. */
function hindrance({ machine }: CheckedConfig, region: Region | undefined): Hindrance | undefined {
  if (region === undefined) return { reason: "where nothing is mapped" };
  if (!region.isMapped) return { reason: "in a region that is trapped" };
  if (!region.read) return { reason: "in a region that may not be read", lacks: "JAILHOUSE_MEM_READ" };
  return machine === "x86" && !region.execute
    ? { reason: "in a region that may not be executed", lacks: "JAILHOUSE_MEM_EXECUTE" }
    : undefined;
}
