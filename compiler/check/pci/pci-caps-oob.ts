import type { PciDevice } from "../../ir/pci.js";
import { defineRule, type RuleFix } from "../define-rule.js";
import { capabilityUsers, exceedsTable } from "../facts/capabilities.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { atCreation } from "../facts/devices.js";
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
  help: "count again: `caps_start` is the index of the first capability of the device in the table of its cell, from 0",
  sources: ["hypervisor/pci.c:31-35", "hypervisor/pci.c:178-191"],
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
    for (const device of config.cell.pciDevices) {
      const { capsStart, numCaps } = device;
      if (!exceedsTable(device, config)) continue;
      yield {
        at: config.spot(device, capsStart < length ? "numCaps" : "capsStart"),
        message: `${deviceText(device)} has capabilities ${capsStart} to ${capsStart + numCaps - 1}, and ${config.title} ${count(length, "capability", "capabilities")}`,
        as: atCreation(config),
        fixes: fixesOf(device, config),
      };
    }
  },
});

/** Either the list runs on behind its end, or it was not moved with a part of the table that nobody uses now. */
function fixesOf(device: PciDevice, config: CheckedConfig): readonly RuleFix[] {
  const { capsStart, numCaps } = device;
  const { length } = config.cell.pciCapabilities;
  const unused = unusedRun(numCaps, config);
  if (unused !== undefined)
    return [
      {
        title: `start at capability ${unused}, from which on ${count(numCaps, "is", "are")} used by no device`,
        changes: [
          {
            kind: "set",
            at: { ...config.spot(device, "capsStart"), field: "capsStart" },
            value: BigInt(unused),
          },
        ],
      },
    ];
  if (capsStart >= length) return [];
  return [
    {
      title: `count only the ${length - capsStart} up to the end of the table`,
      changes: [
        {
          kind: "set",
          at: { ...config.spot(device, "numCaps"), field: "numCaps" },
          value: BigInt(length - capsStart),
        },
      ],
    },
  ];
}

/** Where the only run of unused capabilities starts, if it is as long as wanted. */
function unusedRun(wanted: number, config: CheckedConfig): number | undefined {
  const users = capabilityUsers(config);
  const first = users.indexOf(undefined);
  if (first < 0) return undefined;
  const last = users.lastIndexOf(undefined);
  return last - first + 1 === wanted && !users.slice(first, last).some(Boolean) ? first : undefined;
}
