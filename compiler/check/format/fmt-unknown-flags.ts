import type { FlagSet } from "../../ir/names.js";
import type { IrNode } from "../../ir/node.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { hex } from "../words.js";

/** Members that are there for alignment or later use. */
const reserved = /^(__)?(padding|reserved)/;

export const fmtUnknownFlags = defineRule({
  id: "fmt-unknown-flags",
  family: "format",
  title: "Bits without a meaning",
  severity: "info",
  scope: "config",
  statement: "Only flags that the revision knows are set, and padding is zero.",
  explanation:
    "Jailhouse tests the flags that it knows and never looks at other bits, nor at bytes that are there for alignment. A bit that is set nevertheless was meant for another revision, or is a number at the wrong place; a later revision may give it a meaning.",
  consequences: {
    ignored: { step: "create", outcome: "harmless", text: "Such bits are ignored." },
  },
  help: "leave the bits at zero, or use the flag by its name in this revision",
  sources: ["include/jailhouse/cell-config.h"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); flags passive-commreg, 0x100 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); flags passive-commreg }`,
  },
  *find({ config }) {
    for (const node of nodesOf(config)) {
      const flags = node.flags?.unknown ?? 0n;
      if (flags !== 0n)
        yield { at: config.spot(node, "flags"), message: `${hex(flags)} among the flags has no meaning` };
      for (const name of Object.keys(node.extra)) {
        if (!reserved.test(name)) continue;
        yield { at: config.spot(node), message: `${name} is not zero: ${paddingText(node.extra[name])}` };
      }
    }
  },
});

/** Header, tables and consoles: all that has flags or padding. */
function nodesOf(config: CheckedConfig): readonly (IrNode & { readonly flags?: FlagSet })[] {
  const { system, cell } = config;
  const { platform } = system ?? {};
  const machine = [platform, platform?.x86, platform?.arm, platform?.riscv];
  const nodes = [
    system,
    system?.hypervisorMemory,
    system?.debugConsole,
    ...machine,
    cell,
    cell.console,
    ...cell.memoryRegions,
    ...cell.cacheRegions,
    ...cell.pciDevices,
    ...cell.pciCapabilities,
  ];
  return nodes.filter((node) => node !== null && node !== undefined);
}

function paddingText(value: unknown): string {
  return Array.isArray(value) ? value.map((each) => hex(each as number)).join(" ") : hex(value as number);
}
