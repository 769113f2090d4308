import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import {
  configurationSpace,
  interruptControllers,
  iommuRegisters,
  type Resource,
} from "../facts/intercepted.js";
import { type Interval, overlap, overlapsAcross } from "../facts/intervals.js";
import { pageSize } from "../facts/region.js";
import { deviceText, listed, rangeText } from "../words.js";

interface Table extends Interval {
  readonly owner: CheckedConfig;
  readonly device: PciDevice;
}

/** An entry of the table has 16 bytes. Before the size was said, the number of entries was all there was. */
const entrySize = 16;

export const msixTableAddress = defineRule<"set", "protected" | "shared">({
  id: "msix-table-address",
  family: "intercept",
  title: "MSI-X table at a place that is something else",
  severity: "error",
  scope: "set",
  statement:
    "Where the config says the MSI-X table of a device is, there is nothing else that the hypervisor protects.",
  explanation:
    "The hypervisor does not ask the device where its table is. It takes the pages that the config names for the table: reads behind the entries go straight through to them, and the last word of each entry is read and written there. The address therefore gives access to whatever lies in these pages.",
  consequences: {
    protected: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. The cell reads what it must not see, and changes every fourth word of it as far as there are vectors. The interrupts of the device are not under the control of the hypervisor, since the real table is elsewhere.",
    },
    shared: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. Each of the cells masks and unmasks interrupts of the other one's device.",
    },
  },
  help: "take the address from the device: the base address register that its MSI-X capability names, plus the offset of the table there (`lspci -vv`)",
  sources: ["hypervisor/pci.c:360-396", "hypervisor/pci.c:594-616", "hypervisor/paging.c:494-510"],
  after: ["msix-region-zero"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 {
    msix 5 at 0x3a00_4000 size 4K
    capabilities msix 0x90
  }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 {
    msix 5 at 0xfea0_4000 size 4K
    capabilities msix 0x90
  }
}`,
  },
  *find({ set }) {
    const tables = set.all.map(tablesOf);
    for (const [index, config] of set.all.entries()) {
      const resources = protectedResources(config, set);
      for (const table of tables[index]!) {
        const touched = resources.filter((each) => overlap(each, table));
        if (touched.length === 0) continue;
        yield {
          at: config.spot(table.device, "msixAddress"),
          message: `the pages of the MSI-X table of ${deviceText(table.device)}, ${rangeText(table)}, are those of ${listed(touched.map((each) => `${each.name} at ${rangeText(each)}`))}`,
          also: touched.flatMap(({ name, spot }) =>
            spot === undefined ? [] : [{ at: spot, text: `from here on: ${name}` }],
          ),
        };
      }
    }
    const isOther = (one: Table, other: Table): boolean => one.device.bdf !== other.device.bdf;
    for (const [one, other] of overlapsAcross(tables, isOther)) {
      yield {
        at: other.owner.spot(other.device, "msixAddress"),
        message: `the pages of the MSI-X table of ${deviceText(other.device)} of ${other.owner.title}, ${rangeText(other)}, are those of the table of ${deviceText(one.device)} of ${one.owner.title}, ${rangeText(one)}`,
        also: [{ at: one.owner.spot(one.device, "msixAddress"), text: "the other table" }],
        as: "shared",
        between: [one.owner, other.owner],
      };
    }
  },
});

/** The pages that the hypervisor takes for tables: the first one begins where the page of the address does. */
function tablesOf(owner: CheckedConfig): readonly Table[] {
  return owner.physicalDevices
    .filter(({ msixAddress }) => msixAddress !== 0n)
    .map((device) => {
      const start = device.msixAddress - (device.msixAddress % pageSize);
      const size = device.msixRegionSize || Math.max(device.numMsixVectors, 1) * entrySize;
      return { start, end: start + BigInt(size), owner, device };
    });
}

function protectedResources(config: CheckedConfig, set: CheckedSet): readonly Resource[] {
  const { system } = set;
  const controllers = interruptControllers(config, set);
  const memory = system?.system?.hypervisorMemory;
  if (system === null || memory === undefined) return controllers;
  const start = memory.physStart;
  const hypervisor = { name: "the hypervisor", start, end: start + memory.size, spot: system.spot(memory) };
  const space = configurationSpace(system);
  return [hypervisor, ...controllers, ...iommuRegisters(system), ...(space === undefined ? [] : [space])];
}
