import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { hasOneRegion, hasSections, type Link, type LinkEnd, linksOf } from "../facts/ivshmem-links.js";
import { refusedAtSetup, setupOf } from "../setup.js";
import { linkText } from "../words.js";

/** The two ends that a link had until July 2019. */
const oldLinkEnds = 2;

export const ivshmDupId = defineRule({
  id: "ivshm-dup-id",
  family: "ivshmem",
  title: "Two ends of a link with one number",
  severity: "error",
  scope: "set",
  statement: "Each end of a link has a number of its own.",
  explanation:
    "Devices with the same bus, device and function number are ends of one link, in one cell or in several; the domain does not count. `shmem_dev_id` says which place of the link an end takes, and a place can be taken once. Until July 2019 a link had two places, which went to the first two that came.",
  consequences: refusedAtSetup(
    "EBUSY",
    "Whichever end is added second is refused as long as the first one exists.",
    ['Adding virtual PCI device %02x:%02x.%x to cell "%s"'],
  ),
  help: "number the ends of the link from 0, or give one of the devices another address if it is to be another link",
  sources: ["hypervisor/ivshmem.c:424"],
  after: ["ivshm-dev-id"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo {
  use inmate()
  vpci-irq 140
  memory   shm at 0x7e80_0000 size 4K r rootshared
  memory   at 0x7e80_1000 size 4K rw rootshared
  for n in 0-1 { memory empty }
  ivshmem  00:00.0 { regions from shm; id 0; peers 2 }
  interrupts 140
}
cell other { use inmate(0x7100_0000, cpu = 2); vpci-irq 144 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, other; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); vpci-irq 140 }
cell other { use inmate(0x7100_0000, cpu = 2); vpci-irq 144 }
link shm at 0x7e80_0000 { device 00:00.0; peers root, other, demo; shared 4K }`,
  },
  *find({ set }) {
    for (const link of linksOf(set)) {
      yield* sameNumbers(link, set);
      yield* surplusEnds(link);
    }
  },
});

type Found = Generator<Hit<"create" | "enable">, void>;

function* sameNumbers({ ends }: Link, set: CheckedSet): Found {
  /** The first end of each cell with a number: a link may have many ends, and a set has few cells. */
  const places = new Map<number, Map<CheckedConfig, LinkEnd>>();
  for (const end of ends) {
    if (!hasSections(end.config)) continue;
    const { config, device } = end;
    const earlier = places.get(device.shmemDevId) ?? new Map<CheckedConfig, LinkEnd>();
    const other = firstMet(earlier.values(), config, set);
    if (!earlier.has(config)) earlier.set(config, end);
    places.set(device.shmemDevId, earlier);
    if (other === undefined) continue;
    yield {
      at: config.spot(device, "shmemDevId"),
      message: `end ${device.shmemDevId} of ${linkText(device)} is ${config === other.config ? `in ${config.title} twice` : `in ${other.config.title}, too`}`,
      also: [
        {
          at: other.config.spot(other.device, "shmemDevId"),
          text: `end ${device.shmemDevId} of ${linkText(other.device)}`,
        },
      ],
      as: setupOf(config),
      between: betweenOf([other, end]),
    };
  }
}

/** That of the first cell that runs together with this one, or of the first of all. */
function firstMet(ends: Iterable<LinkEnd>, config: CheckedConfig, set: CheckedSet): LinkEnd | undefined {
  let first: LinkEnd | undefined;
  for (const end of ends) {
    if (end.config === config || set.together(end.config, config)) return end;
    first ??= end;
  }
  return first;
}

/** Of links without numbers: the third end and those behind it. */
function* surplusEnds({ ends }: Link): Found {
  const old = ends.filter(({ config }) => hasOneRegion(config));
  for (const [index, { config, device }] of old.entries()) {
    if (index < oldLinkEnds) continue;
    const first = old.slice(0, oldLinkEnds);
    yield {
      at: config.spot(device, "bdf"),
      message: `this is a third end of ${linkText(device)}, which has room for two`,
      also: first.map((end) => ({ at: end.config.spot(end.device, "bdf"), text: "one end" })),
      as: setupOf(config),
      between: betweenOf([...first, { config }]),
    };
  }
}

function betweenOf(ends: readonly Pick<LinkEnd, "config">[]): readonly LinkEnd["config"][] {
  return [...new Set(ends.map(({ config }) => config))];
}
