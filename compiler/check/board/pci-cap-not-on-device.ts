import type { BoardPciDevice } from "../../ir/board.js";
import { capabilitiesOf, type PciCapability } from "../../ir/pci.js";
import { defineRule, type Hit } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { addressKey, boardPciOf, hasVirtualPci } from "../facts/board-pci.js";
import { bdfText, hex } from "../words.js";

/** MSI and MSI-X: the hypervisor itself works with their registers. */
const interruptCapabilities: readonly number[] = [0x05, 0x11];

export const pciCapNotOnDevice = defineRule({
  id: "pci-cap-not-on-device",
  family: "board",
  title: "Capability that the device does not have there",
  severity: "warning",
  scope: "board",
  statement:
    "The capabilities that a config lists for a PCI device are those of the device, at their offsets.",
  explanation:
    "The list says which bytes of the configuration space a cell may write, and where the hypervisor finds the registers of MSI and MSI-X. Another revision of a device may have them elsewhere.",
  consequences: {
    interrupts: {
      step: "create",
      outcome: "ineffective",
      text: "The hypervisor reads and writes addresses of interrupts where the device has other registers: its interrupts do not arrive, and what it is set to changes.",
    },
    others: {
      step: "run",
      outcome: "ineffective",
      text: "The cell may write bytes that mean something else, and may not write those that it needs.",
    },
  },
  help: "take the offsets from `lspci -v` of this board",
  sources: ["hypervisor/pci.c:795"],
  after: ["fmt-arch-board", "pci-caps-oob", "pci-absent-msi"],
  example: {
    board: "pci: [{ address: 00:1f.2 }, { address: 00:02.0, capabilities: [{ id: 0x1, at: 0x70 }] }]",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:02.0 { capabilities pm 0x50 } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:02.0 { capabilities pm 0x70 } }`,
  },
  *find({ board, set }): Iterable<Hit<"interrupts" | "others">> {
    const present = boardPciOf(board);
    if (present === null || hasVirtualPci(set)) return;
    for (const config of set.all) {
      for (const device of config.physicalDevices) {
        const real = present.get(addressKey(device));
        if (real === undefined || real.capabilities === null) continue;
        const known = new Set(
          real.capabilities.map((each) => placeOf(each.id, each.at, each.extended === true)),
        );
        for (const capability of capabilitiesOf(device, config.cell)) {
          const { id, start, extended } = capability;
          // Without an id it is a mere stretch of bytes.
          if (id === 0 || known.has(placeOf(id, start, extended))) continue;
          yield {
            at: config.spot(device),
            message: `${bdfText(device)} has no capability ${hex(id)} at ${hex(start)}`,
            also: [
              { at: config.spot(capability), text: "listed here" },
              { at: onBoard(config, real, "capabilities"), text: whereIs(real, capability) },
            ],
            as: interruptCapabilities.includes(id) && !extended ? "interrupts" : "others",
          };
        }
      }
    }
  },
});

function placeOf(id: number, at: number, extended: boolean): string {
  return `${id} ${at} ${extended}`;
}

function whereIs({ capabilities }: BoardPciDevice, { id, extended }: PciCapability): string {
  const found = capabilities!.find((each) => each.id === id && (each.extended === true) === extended);
  return found === undefined ? "it has none of them" : `it is at ${hex(found.at)}`;
}
