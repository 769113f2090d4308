import type { Choice } from "../../ir/names.js";
import { defineRule, type Hit } from "../define-rule.js";
import { hasCacheControl, mostWays } from "../facts/cache-ways.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { refusedAtSetup, setupOf } from "../setup.js";
import { isOfLanguage } from "../words.js";

export const catConfig = defineRule({
  id: "cat-config",
  family: "cache",
  title: "Part of the cache that cannot be had",
  severity: "error",
  otherwise: "warning where the vendor is not known",
  scope: "config",
  machines: ["x86"],
  statement:
    "A cell has at most one cache region: of the L3 cache as a whole, with at least one way and none beyond 31.",
  explanation:
    "A part of the cache is a run of ways in one mask of the processor. The hypervisor knows the masks for code and data together only, and a cell has one of them. A mask has at most 32 bits.",
  consequences: refusedAtSetup(
    "EINVAL",
    "This holds for Intel processors that can partition their L3 cache; others, and those of AMD, pass over cache regions.",
  ),
  help: "describe one run of ways, of the type l3; the processor says how many ways there are (`cat /sys/fs/resctrl/info/L3/cbm_mask`)",
  sources: ["hypervisor/arch/x86/cat.c:157-161", "hypervisor/arch/x86/cat.c:217"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cache l3-data ways 0-1 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); cache l3 ways 0-1 }`,
  },
  *find({ config, set }) {
    if (!hasCacheControl(set, config)) return;
    const severity = set.vendor === null ? "warning" : "error";
    for (const hit of mistakesOf(config)) yield { ...hit, severity, as: setupOf(config) };
  },
});

/** The only type that Jailhouse divides. */
const usable = "JAILHOUSE_CACHE_L3";

function* mistakesOf(config: CheckedConfig): Generator<Hit, void> {
  const [first, second] = config.cell.cacheRegions;
  if (first === undefined) return;
  if (second !== undefined)
    yield {
      at: config.spot(second),
      message: `${config.title} has ${config.cell.cacheRegions.length} cache regions, one is possible`,
    };
  if (first.type !== usable)
    yield {
      at: config.spot(first, "type"),
      message: `the type of the cache region is ${typeText(first.type, config)}, only ${typeText(usable, config)} can be had`,
    };
  if (first.size === 0) yield { at: config.spot(first, "size"), message: "the cache region has no ways" };
  // As the hypervisor adds them: 32 bits.
  const last = (first.start + first.size - 1) >>> 0;
  if (first.size > 0 && last >= mostWays)
    yield {
      at: config.spot(first, "size"),
      message: `the cache region ends at way ${last}, no processor has a way above ${mostWays - 1}`,
    };
}

function typeText(type: Choice, config: CheckedConfig): string {
  if (typeof type === "number") return `${type}, which is none`;
  if (!isOfLanguage(config)) return type;
  return `\`${type
    .replace(/^JAILHOUSE_CACHE_/, "")
    .toLowerCase()
    .replaceAll("_", "-")}\``;
}
