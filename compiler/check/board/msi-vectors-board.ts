import { capabilitiesOf, type PciDevice } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { addressKey, boardPciOf, hasVirtualPci } from "../facts/board-pci.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { bdfText } from "../words.js";

export const msiVectorsBoard = defineRule({
  id: "msi-vectors-board",
  family: "board",
  title: "Fewer interrupt vectors than the device has",
  severity: "warning",
  scope: "board",
  machines: ["x86"],
  statement: "A config allows a PCI device as many MSI and MSI-X vectors as it has.",
  explanation:
    "A driver may use all vectors that the device offers. On Intel machines the hypervisor reserves as many entries for the remapping of interrupts as the config says, and nothing beyond can be set up; entries of the MSI-X table beyond the number of the config are closed on all machines.",
  consequences: {
    msi: {
      step: "run",
      outcome: "parked",
      prints: ["FATAL: Invalid PCI config %s, device %02x:%02x.%x, reg: 0x%x, size: %d"],
      text: "The driver stops its CPU when it turns on more vectors. Where Linux has more of them turned on before, `jailhouse enable` ends with `FATAL: Unsupported MSI/MSI-X state` and the hypervisor stops.",
    },
    msix: {
      step: "run",
      outcome: "parked",
      text: "The driver stops its CPU when it writes an entry of the table beyond the last one that the config allows.",
    },
  },
  help: "state the numbers that the device has",
  sources: ["hypervisor/arch/x86/vtd.c:836", "hypervisor/pci.c:379", "hypervisor/pci.c:833"],
  after: ["fmt-arch-board", "pci-absent-msi", "msi-vectors-missing", "msix-vectors-missing"],
  example: {
    board: "pci: [{ address: 00:1b.0, msi: 4 }, { address: 00:1f.2 }]",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:1b.0 { msi 2 64bit; capability msi at 0x60 size 14 writable } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); device 00:1b.0 { msi 4 64bit; capability msi at 0x60 size 14 writable } }`,
  },
  *find({ board, set }) {
    const present = boardPciOf(board);
    if (present === null || hasVirtualPci(set)) return;
    for (const config of set.all) {
      for (const device of config.physicalDevices) {
        const real = present.get(addressKey(device));
        if (real === undefined) continue;
        // AMD's remapping is not used: the hypervisor counts MSI vectors for Intel's alone.
        const kinds = set.vendor === "amd" ? [msix] : [msi, msix];
        for (const kind of kinds) {
          const given = kind.given(device);
          const has = real[kind.as] ?? 0;
          if (given >= has || !lists(config, device, kind)) continue;
          yield {
            at: config.spot(device, kind.field),
            message: `${bdfText(device)} is allowed ${given} of its ${has} ${kind.name} vectors`,
            also: [{ at: onBoard(config, real, kind.as), text: `${has} here` }],
            as: kind.as,
          };
        }
      }
    }
  },
});

interface Kind {
  readonly name: string;
  readonly as: "msi" | "msix";
  readonly capability: number;
  readonly field: keyof PciDevice & string;
  given(device: PciDevice): number;
}

const msi: Kind = {
  name: "MSI",
  as: "msi",
  capability: 0x05,
  field: "numMsiVectors",
  given: ({ numMsiVectors }) => numMsiVectors,
};
const msix: Kind = {
  name: "MSI-X",
  as: "msix",
  capability: 0x11,
  field: "numMsixVectors",
  given: ({ numMsixVectors }) => numMsixVectors,
};

/** A capability that the cell does not see cannot be turned on. */
function lists({ cell }: CheckedConfig, device: PciDevice, { capability }: Kind): boolean {
  return capabilitiesOf(device, cell).some(({ id, extended }) => id === capability && !extended);
}
