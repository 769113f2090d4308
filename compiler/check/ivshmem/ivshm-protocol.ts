import type { ShmemProtocol } from "../../ir/pci.js";
import { defineRule } from "../define-rule.js";
import { endPairsOf, isComparedByHypervisor, oldEndPairsOf } from "../facts/ivshmem-links.js";
import { refusedAtSetup, setupOf } from "../setup.js";
import { hex, linkText } from "../words.js";

export const ivshmProtocol = defineRule({
  id: "ivshm-protocol",
  family: "ivshmem",
  title: "Ends of a link speak different protocols",
  severity: "warning",
  otherwise: "error before mid 2019",
  scope: "set",
  statement:
    "All ends of a link have the same protocol; of virtio one is the back end and the others front ends of the same device type.",
  explanation:
    "The protocol stands in the class code of the device, by which drivers find the devices that they are for. Since mid 2019 the hypervisor does not compare the ends.",
  consequences: {
    unbound: {
      step: "run",
      outcome: "ineffective",
      text: "Nothing complains. Different drivers, or none, take the two ends, and the link does not come up.",
    },
    ...refusedAtSetup("EINVAL", "The end that is added second is refused."),
  },
  help: "give all ends the same protocol, or make one of them the back end and the other one the front end",
  sources: ["hypervisor/ivshmem.c:485", "include/jailhouse/cell-config.h:225"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  for n in 0-1 { memory empty }
  ivshmem  00:00.0 { regions from shm; id 1; peers 2; protocol custom 2 }
  interrupts 140
}
link shm at 0x7e80_0000 { device 00:00.0; peers root, nobody; shared 4K; protocol custom 1 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, demo; shared 4K; protocol custom 1 }`,
  },
  *find({ set }) {
    for (const pair of [...endPairsOf(set), ...oldEndPairsOf(set)]) {
      const { end, reference } = pair;
      const own = end.device.shmemProtocol;
      const other = reference.device.shmemProtocol;
      if (fits(own, other)) continue;
      yield {
        at: end.config.spot(end.device, "shmemProtocol"),
        message: `${linkText(end.device)} speaks ${protocolText(own)} here, but ${protocolText(other)} in ${reference.config.title}`,
        also: [
          {
            at: reference.config.spot(reference.device, "shmemProtocol"),
            text: `${protocolText(other)} here`,
          },
        ],
        ...(isComparedByHypervisor(end.config)
          ? { as: setupOf(end.config), severity: "error", between: [reference.config, end.config] }
          : { as: "unbound" }),
      };
    }
  },
});

function fits(one: ShmemProtocol, other: ShmemProtocol): boolean {
  return one.detail === other.detail && other.kind === (counterparts[one.kind] ?? one.kind);
}

const counterparts: Partial<Record<ShmemProtocol["kind"], ShmemProtocol["kind"]>> = {
  "virtio-front": "virtio-back",
  "virtio-back": "virtio-front",
};

function protocolText({ kind, detail }: ShmemProtocol): string {
  switch (kind) {
    case "undefined":
      return "no protocol";
    case "veth":
      return "net";
    case "custom":
      return `custom ${detail}`;
    case "virtio-front":
      return `virtio ${detail} front`;
    case "virtio-back":
      return `virtio ${detail} back`;
    case "unknown":
      return `protocol ${hex(detail)}`;
  }
}
