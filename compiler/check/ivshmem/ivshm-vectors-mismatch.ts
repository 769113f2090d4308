import { defineRule } from "../define-rule.js";
import { endPairsOf } from "../facts/ivshmem-links.js";
import { count, linkText } from "../words.js";

export const ivshmVectorsMismatch = defineRule({
  id: "ivshm-vectors-mismatch",
  family: "ivshmem",
  title: "Ends of a link have different numbers of vectors",
  severity: "warning",
  scope: "set",
  statement: "All ends of a link have the same number of interrupt vectors.",
  explanation:
    "Whoever rings the doorbell names a vector of the other end. The hypervisor takes for granted that all ends have the same number, and compares the vector with that of the sender.",
  consequences: {
    dropped: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. What is sent to a vector that the receiving end does not have is dropped without a word, and an end with fewer vectors cannot reach the further ones of the others.",
    },
  },
  help: "give all ends the same number of vectors, or none",
  sources: ["hypervisor/ivshmem.c:210"],
  after: ["ivshm-x86-intx", "ivshm-vectors"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate() }
link shm at 0x3f00_0000 { device 01:0e.0; peers root, one, nobody; shared 4K; vectors 4 }
cell two {
  use inmate(0x3c00_0000, cpu = 2)
  memory  shm at 0x3f00_0000 size 4K r rootshared
  memory  at 0x3f00_1000 size 4K rw rootshared
  for n in 0-2 { memory empty }
  ivshmem 01:0e.0 { regions from shm; id 2; peers 3; vectors 2 }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate() }
cell two { use inmate(0x3c00_0000, cpu = 2) }
link shm at 0x3f00_0000 { device 01:0e.0; peers root, one, two; shared 4K; vectors 4 }`,
  },
  *find({ set }) {
    for (const { end, reference } of endPairsOf(set)) {
      const vectors = end.device.numMsixVectors;
      const others = reference.device.numMsixVectors;
      if (vectors === others) continue;
      yield {
        at: end.config.spot(end.device, "numMsixVectors"),
        message: `${linkText(end.device)} has ${count(vectors, "vector")} here, but ${others} in ${reference.config.title}`,
        also: [
          {
            at: reference.config.spot(reference.device, "numMsixVectors"),
            text: `${count(others, "vector")} here`,
          },
        ],
      };
    }
  },
});
