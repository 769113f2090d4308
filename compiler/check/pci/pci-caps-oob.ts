import type { PciDevice } from "../../ir/pci.js";
import { defineRule, type RuleFix } from "../define-rule.js";
import { capabilityUsers, exceedsTable } from "../facts/capabilities.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { setupOf } from "../setup.js";
import { count, deviceText } from "../words.js";

const beyond =
  "The hypervisor takes what lies behind the table for capabilities: stream ids, or memory behind the config. It reads from, and writes to, the configuration space of the device wherever they say, and lets the cell write there.";

export const pciCapsOob = defineRule({
  id: "pci-caps-oob",
  family: "pci",
  title: "Capabilities beyond the end of their table",
  severity: "error",
  scope: "config",
  statement: "The capabilities that a device counts are in the table.",
  explanation:
    "All capabilities of a cell stand in one table, and each device says where its own begin (`caps_start`) and how many there are (`num_caps`). The hypervisor does not compare this with the length of the table.",
  consequences: {
    enable: { step: "enable", outcome: "isolation", text: beyond },
    create: { step: "create", outcome: "isolation", text: beyond },
  },
  help: "count again: `num_caps` is how many capabilities the device has, and `caps_start` the index of the first of them in the table of its cell, from 0",
  helpInLanguage:
    "take out `caps_start` and `num_caps`, and write the capabilities in the block of the device: they are counted then",
  sources: ["hypervisor/pci.c:31-35", "hypervisor/pci.c:178-191"],
  after: ["fmt-truncated"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capabilities msi 0x70; msi 1 64bit; num_caps = 2 }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capabilities msi 0x70; msi 1 64bit }
}`,
  },
  *find({ config }) {
    const { length } = config.cell.pciCapabilities;
    const beyond = config.cell.pciDevices.filter((device) => exceedsTable(device, config));
    for (const device of beyond) {
      const last = device.capsStart + device.numCaps - 1;
      yield {
        at: config.spot(device, device.capsStart < length ? "numCaps" : "capsStart"),
        message: `the capabilities of ${deviceText(device)} end with number ${last}, and ${config.title} has ${count(length, "capability", "capabilities")}, counted from 0`,
        as: setupOf(config),
        fixes: beyond.length === 1 ? fixesOf(device, config) : [],
      };
    }
  },
});

/**
 * Where its part of the table was moved, and is used by nobody now. One count beyond the end may as well be right, with
 * a capability missing from the table.
 */
function fixesOf(device: PciDevice, config: CheckedConfig): readonly RuleFix[] {
  const unused = unusedRun(device.numCaps, config);
  if (unused === undefined) return [];
  const field = "capsStart";
  return [
    {
      title: `start at capability ${unused}, where no other device has any`,
      changes: [{ kind: "set", at: { ...config.spot(device, field), field }, value: BigInt(unused) }],
    },
  ];
}

/** Where the only run of unused capabilities starts, if it is as long as wanted. */
function unusedRun(wanted: number, config: CheckedConfig): number | undefined {
  const users = capabilityUsers(config);
  const first = users.indexOf(undefined);
  const last = users.lastIndexOf(undefined);
  const run = users.slice(first, last + 1);
  return run.length === wanted && run.every((user) => user === undefined) ? first : undefined;
}
