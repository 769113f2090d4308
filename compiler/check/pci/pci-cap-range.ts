import type { PciCapability } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { type Misplaced, misplacedMessages } from "../facts/message-registers.js";
import { hex } from "../words.js";

/** Where capabilities start, and how far configuration space goes (PCI Local Bus 3.0 §6.7, PCI Express 3.0 §7.9). */
const plain = { first: 0x40, end: 0x100 } as const;
const extendedOnes = { first: 0x100, end: 0x1000 } as const;

type Problem = "header" | "empty" | "behind";
type Key = Problem | "root" | "cell" | "rootUnmapped" | "cellUnmapped";

const elsewhere =
  "Nothing complains. When the device is added, handed over or reset the hypervisor itself saves, clears and sets the registers of MSI at this place: those of another device, or others of this one. Where they look like MSI that is enabled, the machine stops with `FATAL: Unsupported MSI/MSI-X state`.";
const unmapped =
  "The hypervisor itself saves and clears the registers of MSI at this place, which is behind the last configuration space. It faults, unless other registers happen to be mapped there, which it overwrites.";

export const pciCapRange = defineRule<"config", Key>({
  id: "pci-cap-range",
  family: "pci",
  title: "Capability outside of its space",
  severity: "warning",
  otherwise: "error where the hypervisor itself reads and writes there",
  scope: "config",
  statement:
    "Capabilities lie within 0x40 to 0xff of the configuration space, extended ones within 0x100 to 0xfff, and none is empty.",
  explanation:
    "A capability of the config says which registers a cell may write. Registers below 0x40 are the header of the device, which the hypervisor handles without a look at the capabilities. Those of MSI and MSI-X it reads and writes itself, wherever they are said to be.",
  consequences: {
    header: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The part within the header is never looked at, and MSI registers that are looked for at this place are other ones.",
    },
    empty: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. No register is within the capability: reading is not affected, and a write to the device's real capability parks the CPU.",
    },
    behind: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The capability covers registers that are not its own: the cell can write those of other capabilities, if the flag allows it.",
    },
    root: { step: "enable", outcome: "isolation", text: elsewhere },
    cell: { step: "create", outcome: "isolation", text: elsewhere },
    rootUnmapped: { step: "enable", outcome: "crash", text: unmapped },
    cellUnmapped: { step: "create", outcome: "crash", text: unmapped },
  },
  help: "take offset and length from the device, as `lspci -vvv` and `lspci -xxxx` show them",
  sources: [
    "hypervisor/pci.c:107-149",
    "hypervisor/pci.c:186-188",
    "hypervisor/pci.c:305",
    "hypervisor/pci.c:330-332",
    "hypervisor/pci.c:459-571",
  ],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capability pm at 0x30 size 8 writable }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  device 00:02.0 { capability pm at 0x50 size 8 writable }
}`,
  },
  *find({ config, set }) {
    const misplaced = misplacedMessages(config, set);
    for (const capability of config.cell.pciCapabilities) {
      const { extended, start, len } = capability;
      const space = extended ? extendedOnes : plain;
      const what = `the ${extended ? "extended " : ""}capability ${hex(capability.id)} at ${hex(start)}`;
      const place = misplaced.get(capability);
      if (place !== undefined) {
        yield {
          at: config.spot(capability, "start"),
          message: `${what} has registers of MSI outside of ${hex(plain.first)} to ${hex(extendedOnes.end - 1)}, which the hypervisor itself accesses`,
          as: keyOf(place, config.isRoot),
          severity: "error",
        };
        continue;
      }
      const problem = problemOf(capability, space);
      if (problem === undefined) continue;
      const messages: Readonly<Record<Problem, string>> = {
        empty: `${what} has no length`,
        header: `${what} starts before ${hex(space.first)}`,
        behind: `${what} with ${len} bytes ends at ${hex(start + len)}, behind ${hex(space.end)}`,
      };
      yield {
        at: config.spot(capability, problem === "header" ? "start" : "len"),
        message: messages[problem],
        as: problem,
      };
    }
  },
});

function keyOf(place: Misplaced, isRoot: boolean): Key {
  if (place === "unmapped") return isRoot ? "rootUnmapped" : "cellUnmapped";
  return isRoot ? "root" : "cell";
}

function problemOf(
  { start, len }: PciCapability,
  { first, end }: { readonly first: number; readonly end: number },
): Problem | undefined {
  if (len === 0) return "empty";
  if (start < first) return "header";
  return start + len > end ? "behind" : undefined;
}
