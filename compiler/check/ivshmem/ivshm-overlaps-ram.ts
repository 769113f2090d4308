import { defineRule, type Hit } from "../define-rule.js";
import { type Interval, IntervalIndex, intersection } from "../facts/intervals.js";
import { type Link, type LinkEnd, linkEndsOf, linksOf, linkText } from "../facts/ivshmem-links.js";
import type { Region } from "../facts/region.js";
import { rangeText, regionText } from "../words.js";

interface Section extends Interval {
  readonly region: Region;
  readonly link: Link;
}

export const ivshmOverlapsRam = defineRule({
  id: "ivshm-overlaps-ram",
  family: "ivshmem",
  title: "Shared memory of a link in other memory",
  severity: "error",
  scope: "set",
  statement:
    "The shared memory of a link is no other link's, no memory of a cell that is not a peer, and none that the image of a peer is loaded into.",
  explanation:
    "The sections of a link are plain regions of its peers. Whoever else has the same physical memory reads and writes what the peers send to each other; the hypervisor compares neither cells nor links.",
  consequences: {
    open: {
      step: "run",
      outcome: "isolation",
      text: "Nothing complains. What is written through the one overwrites the other: messages are lost or forged, and programs or data of a cell are damaged.",
    },
  },
  help: "move the link to memory that nobody else has",
  sources: ["hypervisor/control.c:521"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); memory at 0x7e80_1000 size 4K rw }
link shm at 0x7e80_0000 { device 00:00.0; peers root, nobody; shared 4K }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate(); memory at 0x7200_0000 size 4K rw }
link shm at 0x7e80_0000 { device 00:00.0; peers root, nobody; shared 4K }`,
  },
  *find({ set }) {
    const links = linksOf(set);
    const sections = new IntervalIndex(links.flatMap(sectionsOfLink));
    for (const link of links) {
      const earlier = new Set(links.slice(0, links.indexOf(link)));
      const pairs = pairsOf(sectionsOfLink(link), sections, (other) => earlier.has(other.link));
      for (const [section, other] of pairs) yield hitOf(section.region, other, `${linkText(link)}`);
    }
    for (const config of set.cells) {
      const peerOf = new Set(linkEndsOf(config).map(({ device }) => device.bdf));
      const others = config.byPhysical.items.filter(({ region }) => !isSection(region));
      const foreign = pairsOf(others, sections, ({ link }) => !peerOf.has(link.bdf));
      for (const [{ region }, other] of foreign)
        yield hitOf(region, other, `${regionText(region)}, which is no peer`);
      const loadable = others.filter(({ region }) => region.loadable);
      for (const [{ region }, other] of pairsOf(loadable, sections, ({ link }) => peerOf.has(link.bdf)))
        yield hitOf(region, other, `${regionText(region)}, which is loaded there`);
    }
  },
});

/** The first foreign section for each stretch of memory, each link once. */
function* pairsOf<Own extends Interval>(
  own: Iterable<Own>,
  sections: IntervalIndex<Section>,
  isForeign: (section: Section) => boolean,
): Generator<readonly [Own, Section], void> {
  const told = new Set<Link>();
  for (const item of own) {
    for (const section of sections.overlapping(item)) {
      if (told.has(section.link) || !isForeign(section)) continue;
      told.add(section.link);
      yield [item, section];
    }
  }
}

function hitOf(region: Region, other: Section, whose: string): Hit<"open"> {
  const both = intersection(region.phys, other)!;
  return {
    at: region.spot("physStart"),
    message: `${rangeText(both)} is memory of ${linkText(other.link)} and of ${whose}`,
    also: [{ at: other.region.spot("physStart"), text: `a section of ${linkText(other.link)}` }],
    between: [...new Set([other.region.config, region.config])],
  };
}

/** Sections that all ends have are taken from the first one; an end that has others is another mistake. */
function sectionsOfLink(link: Link): readonly Section[] {
  const byPlace = new Map<string, Section>();
  const [first] = link.ends;
  for (const { sections } of link.ends.filter((end) => isLike(end, first!))) {
    for (const region of sections) {
      const { start, end } = region.phys;
      const place = `${start}-${end}`;
      if (!byPlace.has(place)) byPlace.set(place, { start, end, region, link });
    }
  }
  return [...byPlace.values()];
}

function isLike({ sections }: LinkEnd, { sections: others }: LinkEnd): boolean {
  return (
    sections.length === others.length &&
    sections.every(({ phys }, index) => phys.start === others[index]!.phys.start)
  );
}

function isSection(region: Region): boolean {
  return linkEndsOf(region.config).some(({ sections }) => sections.includes(region));
}
