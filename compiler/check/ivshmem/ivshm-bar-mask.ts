import { defineRule } from "../define-rule.js";
import { sectionedEndsOf } from "../facts/ivshmem-links.js";
import { hex, linkText } from "../words.js";

/** Registers are mapped into cells page by page. */
const smallestRegisters = 4096;
/** Table and pending bits of 16 vectors, whatever the mask says (hypervisor/ivshmem.c:53). */
const smallestVectorTable = 512;

export const ivshmBarMask = defineRule({
  id: "ivshm-bar-mask",
  family: "ivshmem",
  title: "Mask of a shared-memory device's BAR",
  severity: "warning",
  scope: "config",
  statement:
    "BAR 0 of a shared-memory device has a power of two from 4K as its size, BAR 1 of one with MSI-X a power of two from 512.",
  explanation:
    "A cell's software finds out the size of a BAR by the mask, and places it accordingly. The hypervisor handles as many bytes of registers as the mask of BAR 0 leaves open, and 512 bytes of MSI-X table whatever the mask of BAR 1 says.",
  consequences: {
    registers: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The registers of the device do not lie where the cell's software puts them: with a mask of 0 there are none, with a finer one than 4K they share their page with others.",
    },
    vectors: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. The cell's software has less room for the MSI-X table than the hypervisor handles: it may place other registers there, which are never reached then, or find no BAR at all.",
    },
  },
  help: "use the masks of the header: 0xfffff000 for BAR 0 and, with MSI-X, 0xfffffe00 for BAR 1",
  sources: ["hypervisor/ivshmem.c:309"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  memory  shm at 0x3f00_0000 size 4K r rootshared
  memory  at 0x3f00_1000 size 4K rw rootshared
  for n in 0-1 { memory empty }
  ivshmem 01:0e.0 { regions from shm; id 1; peers 2; vectors 2; bars 0xffff_ff00, 0xffff_fe00 }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate() }
link shm at 0x3f00_0000 { device 01:0e.0; peers root, demo; shared 4K; vectors 2 }`,
  },
  *find({ config }) {
    for (const { device } of sectionedEndsOf(config)) {
      const [registers, vectorTable] = device.barMask as readonly [number, number];
      const hasVectors = device.numMsixVectors > 0;
      const bar = !isMaskOf(registers, smallestRegisters)
        ? 0
        : hasVectors && !isMaskOf(vectorTable, smallestVectorTable)
          ? 1
          : undefined;
      if (bar === undefined) continue;
      const [mask, smallest] = bar === 0 ? [registers, "4K"] : [vectorTable, "512 bytes"];
      yield {
        at: config.spot(device, "barMask"),
        message: `BAR ${bar} of ${linkText(device)} has the mask ${hex(mask)}, which is not that of a power of two from ${smallest}`,
        as: bar === 0 ? "registers" : "vectors",
      };
    }
  },
});

/** True for the mask of a power of two that is not smaller than `smallest`. */
function isMaskOf(mask: number, smallest: number): boolean {
  const size = 2 ** 32 - mask;
  return mask !== 0 && size >= smallest && Number.isInteger(Math.log2(size));
}
