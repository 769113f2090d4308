import { defineRule } from "../define-rule.js";
import { isBridge } from "../facts/devices.js";
import { deviceText, hex } from "../words.js";

const allOnes = 0xffff_ffff;
/** The smallest range of I/O ports has 4 bytes, the smallest of memory 16 (PCI Local Bus 3.0 §6.2.5.1). */
const smallestPorts = 4;
const smallestMemory = 16;

type Key = "gaps" | "half";

export const pciBarMaskForm = defineRule<"config", Key>({
  id: "pci-bar-mask-form",
  family: "pci",
  title: "BAR mask that is no mask",
  severity: "warning",
  scope: "config",
  statement:
    "The mask of a base address register has ones above and zeros below; the upper half of a 64-bit register follows its lower half.",
  explanation:
    "The mask holds the bits of the register that can be written: all those above the size, which is a power of two. Registers with 64 bits take two places, the lower half first; the mask of the upper half is all ones, unless the size is 4G or more.",
  consequences: {
    gaps: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. A cell that asks the device for the size of the register gets one that does not exist.",
    },
    half: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. A cell takes the upper half for a register of its own, and the halves of the following ones may be exchanged.",
    },
  },
  help: "use the size in two's complement, 0xffffc000 for 16K, and 0xffffffff behind it for a register with 64 bits",
  sources: ["hypervisor/pci.c:295-303"],
  after: ["pci-phys-on-virtual"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.2 { bars 0xffff_0f00 } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(); device 00:1f.2 { bars 0xffff_f000, 0xffff_ffff } }`,
  },
  *find({ config }) {
    for (const device of config.physicalDevices) {
      if (isBridge(device)) continue;
      for (const { register, mask, problem } of wrongMasks(device.barMask)) {
        const what = `the mask of BAR ${register} of ${deviceText(device)} is ${hex(mask)}`;
        yield {
          at: config.spot(device, "barMask"),
          message:
            problem === "gaps"
              ? `${what}, which is not ones above zeros`
              : `${what}, the upper half of a register whose lower half is missing`,
          as: problem,
        };
      }
    }
  },
});

interface WrongMask {
  readonly register: number;
  readonly mask: number;
  readonly problem: Key;
}

function* wrongMasks(masks: readonly number[]): Generator<WrongMask> {
  /** The place before may be the lower half of a register with 64 bits: of memory, or of 4G and more. */
  let mayHaveUpper = false;
  for (const [register, mask] of masks.entries()) {
    const size = allOnes - mask + 1;
    const isUpper: boolean = mayHaveUpper && size < smallestPorts;
    if (!isPowerOfTwo(size)) yield { register, mask, problem: "gaps" };
    else if (size < smallestPorts && !isUpper) yield { register, mask, problem: "half" };
    mayHaveUpper = size >= smallestMemory;
  }
}

/** @param size up to 2^32 */
function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size));
}
