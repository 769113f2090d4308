import type { PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { type CheckedConfig, isIvshmem } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { deviceText, linkText } from "../words.js";

export const ivshmBdfConflict = defineRule({
  id: "ivshm-bdf-conflict",
  family: "ivshmem",
  title: "Shared-memory device at the address of a physical one",
  severity: "error",
  scope: "set",
  statement: "No physical device has the address of a shared-memory device of its cell or of the root cell.",
  explanation:
    "The hypervisor looks devices of a cell up by bus, device and function number, and takes the first element with it. When a cell gets a physical device, the device with that number is taken from the root cell, of whichever type it is there.",
  consequences: {
    hidden: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. Of the two devices, the cell sees the one that comes first in its table; the other one cannot be reached.",
    },
    taken: {
      step: "create",
      outcome: "ineffective",
      text: "Nothing complains. The root cell loses its shared-memory device to the new cell, as if it were a physical one, and Linux finds nothing at its address any more. A cell that is linked with it afterwards can make the hypervisor fault.",
    },
    fault: {
      step: "create",
      outcome: "crash",
      text: "The hypervisor tells which cells are linked with each other. The root cell's end of the link is still there, and belongs to no cell any more: the hypervisor faults when it looks for its name.",
    },
  },
  help: "move the shared-memory device to an address that no device of the machine has",
  sources: ["hypervisor/pci.c:161", "hypervisor/pci.c:707", "hypervisor/ivshmem.c:428-437"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link shm at 0x3f00_0000 { device 00:1f.2; peers root, demo; output 8K; vectors 2 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link shm at 0x3f00_0000 { device 01:0e.0; peers root, demo; output 8K; vectors 2 }`,
  },
  *find({ set }) {
    const { system } = set;
    const ofRoot = byBdf(system?.ivshmemDevices ?? []);
    for (const config of set.all) {
      const own = byBdf(config.ivshmemDevices);
      for (const device of config.physicalDevices) {
        const virtual = own.get(device.bdf) ?? ofRoot.get(device.bdf);
        if (virtual === undefined) continue;
        const holder = own.has(device.bdf) ? config : (system as CheckedConfig);
        yield {
          at: config.spot(device, "bdf"),
          message: `${deviceText(device)} is a physical device here and ${linkText(virtual)} a shared-memory device ${holder === config ? "of the same cell" : `of ${holder.title}`}`,
          also: [{ at: holder.spot(virtual, "bdf"), text: "the shared-memory device" }],
          as: holder === config ? "hidden" : "taken",
        };
        if (config.isRoot || !ofRoot.has(device.bdf)) continue;
        for (const [cell, orphan] of linkedLater(config, device, set)) {
          yield {
            at: cell.spot(orphan, "bdf"),
            message: `${linkText(orphan)} of ${cell.title} is linked with the root cell's, which ${config.title} has taken as a physical device`,
            also: [{ at: config.spot(device, "bdf"), text: "the physical device" }],
            as: "fault",
            ...(cell === config ? {} : { between: [config, cell] }),
          };
        }
      }
    }
  },
});

function byBdf(devices: readonly PciDevice[]): ReadonlyMap<number, PciDevice> {
  return new Map(devices.map((device) => [device.bdf, device]));
}

/** Devices that are linked with what a cell's physical device has taken from the root cell, and come after it. */
function* linkedLater(
  config: CheckedConfig,
  device: PciDevice,
  { cells }: CheckedSet,
): Generator<readonly [CheckedConfig, PciDevice], void> {
  for (const cell of cells.slice(cells.indexOf(config))) {
    const { pciDevices } = cell.cell;
    const following = cell === config ? pciDevices.slice(pciDevices.indexOf(device) + 1) : pciDevices;
    const linked = following.find((each) => isIvshmem(each) && each.bdf === device.bdf);
    if (linked !== undefined) yield [cell, linked];
  }
}
