/** Who else has the memory of links: other links, cells that are no peers, and what is loaded into peers. */

import type { CheckedConfig } from "./checked-config.js";
import type { CheckedSet } from "./checked-set.js";
import { firstFew } from "./first-few.js";
import { type Interval, IntervalIndex } from "./intervals.js";
import { type Link, type LinkEnd, linkEndsOf, linksOf } from "./ivshmem-links.js";
import type { Region } from "./region.js";

/** Regions of two configs, or of one, that are the same memory. */
export interface Intrusion {
  readonly one: Region;
  /** The link that `one` is a section of; null for memory of a cell that is no peer. */
  readonly link: Link | null;
  readonly other: Region;
  readonly otherLink: Link;
  /** `one` is memory of a peer, into which something is to be loaded. */
  readonly isPeer?: boolean;
}

/** Each link with each other link or cell once; of very many, some. */
export function* intrusionsIn(set: CheckedSet): Generator<Intrusion, void> {
  const links = linksOf(set);
  const ofLinks = links.map(sectionsOfLink);
  const firstEnds = new Map(links.map(({ bdf, ends }) => [bdf, ends[0]!]));
  const places = new IntervalIndex(placesOf(ofLinks.flat()));
  yield* intrusionsOfLinks(new IntervalIndex(ofLinks.flatMap(stretchesOf)), set);
  for (const config of set.cells) yield* intrusionsOfCell(config, places, firstEnds, set);
}

interface Section extends Interval {
  readonly link: Link;
  /** The region of each cell that has an end with this section. */
  readonly regions: ReadonlyMap<CheckedConfig, Region>;
}

/** How many sections are looked at for one region of a cell, and for memory of a link. */
const mostAsked = { region: 64, link: 8 };

/** Numbers of bus, device and function. */
const linksAtMost = 0x1_0000;

/** Two links once, by the first sections that overlap: the one that comes later with the earlier one. */
function* intrusionsOfLinks(stretches: IntervalIndex<Stretch>, set: CheckedSet): Generator<Intrusion, void> {
  const known = new Set<number>();
  for (const stretch of stretches.items) {
    // Of very many, the first: the next ones say nothing new.
    for (const other of firstFew(stretches.overlapping(stretch), mostAsked.link + 1)) {
      if (other === stretch) continue;
      const [first, second] = other.order < stretch.order ? [other, stretch] : [stretch, other];
      const key = first.order * linksAtMost + second.order;
      if (known.has(key)) continue;
      known.add(key);
      const start = first.start > second.start ? first.start : second.start;
      yield intrusionOf(sectionAt(second, start), sectionAt(first, start), set);
    }
  }
}

/** Sections of one link that overlap each other: those of another one are found, however many of its own there are. */
interface Stretch extends Interval {
  /** Of the link, in the order of the set. */
  readonly order: number;
  readonly sections: readonly Section[];
}

function stretchesOf(sections: readonly Section[], order: number): readonly Stretch[] {
  const stretches: { start: bigint; end: bigint; order: number; sections: Section[] }[] = [];
  for (const section of new IntervalIndex(sections).items) {
    const { start, end } = section;
    const last = stretches.at(-1);
    if (last === undefined || start >= last.end) stretches.push({ start, end, order, sections: [section] });
    else {
      last.sections.push(section);
      if (end > last.end) last.end = end;
    }
  }
  return stretches;
}

function sectionAt({ sections }: Stretch, address: bigint): Section {
  return sections.find(({ start, end }) => start <= address && address < end)!;
}

/** Each link once, by the first region of the cell that is in its memory. */
function* intrusionsOfCell(
  config: CheckedConfig,
  places: IntervalIndex<Place>,
  firstEnds: ReadonlyMap<number, LinkEnd>,
  set: CheckedSet,
): Generator<Intrusion, void> {
  const ends = linkEndsOf(config);
  const ownSections = new Set(
    ends.filter((end) => isLike(end, firstEnds.get(end.device.bdf)!)).flatMap((end) => end.sections),
  );
  // Sections of its own in another link: that is found as two links.
  const touching = config.byPhysical.items.filter(
    (range) => !ownSections.has(range.region) && places.first(range) !== undefined,
  );
  if (touching.length === 0) return;
  const peerOf = new Set(ends.map(({ device }) => device.bdf));
  const foreign = placesWith(places, ({ link }) => !peerOf.has(link.bdf));
  const own = placesWith(places, ({ link }) => peerOf.has(link.bdf));
  const known = new Set<Link>();
  const seen = new Set<string>();
  for (const { region } of touching) {
    // At the same place there are the same sections.
    const key = `${region.phys.start} ${region.phys.end} ${region.loadable}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const asked = [
      ...sectionsIn(foreign, region.phys),
      // What is loaded into its memory is lost as soon as the link is used, whoever takes part.
      ...(region.loadable ? sectionsIn(own, region.phys) : []),
    ];
    for (const section of asked) {
      if (known.has(section.link)) continue;
      known.add(section.link);
      const intrusion = intrusionOf({ link: null, regions: new Map([[config, region]]) }, section, set);
      yield { ...intrusion, isPeer: peerOf.has(section.link.bdf) };
    }
  }
}

/** Sections that lie at the same place, in the order of the links. */
interface Place extends Interval {
  readonly sections: readonly Section[];
}

function placesOf(sections: readonly Section[]): readonly Place[] {
  const places = new Map<string, { start: bigint; end: bigint; sections: Section[] }>();
  for (const section of sections) {
    const { start, end } = section;
    const key = `${start}-${end}`;
    const place = places.get(key);
    if (place === undefined) places.set(key, { start, end, sections: [section] });
    else place.sections.push(section);
  }
  return [...places.values()];
}

/** The places that have such sections, and of those the first few. */
function placesWith(
  places: IntervalIndex<Place>,
  counts: (section: Section) => boolean,
): IntervalIndex<Place> {
  const chosen = places.items.map(({ start, end, sections }) => {
    const few: Section[] = [];
    for (const section of sections) {
      if (counts(section)) few.push(section);
      if (few.length === mostAsked.region) break;
    }
    return { start, end, sections: few };
  });
  return new IntervalIndex(chosen.filter(({ sections }) => sections.length > 0));
}

/** The first few that overlap a range. */
function sectionsIn(places: IntervalIndex<Place>, range: Interval): readonly Section[] {
  const found: Section[] = [];
  for (const { sections } of places.overlapping(range)) {
    found.push(...sections);
    if (found.length >= mostAsked.region) break;
  }
  return found.slice(0, mostAsked.region);
}

/** Of the cells that have the one and those that have the other, two that run together, if there are such. */
function intrusionOf(
  { link, regions }: { readonly link: Link | null; readonly regions: Section["regions"] },
  { link: otherLink, regions: others }: Section,
  set: CheckedSet,
): Intrusion {
  let best: Intrusion | undefined;
  for (const one of regions.values()) {
    for (const other of others.values()) {
      const intrusion = { one, link, other, otherLink };
      if (runTogether(one.config, other.config, set)) return intrusion;
      const isBetter = best === undefined || set.apart(best.one.config, best.other.config);
      if (isBetter && !(best !== undefined && set.apart(one.config, other.config))) best = intrusion;
    }
  }
  return best!;
}

function runTogether(one: CheckedConfig, other: CheckedConfig, set: CheckedSet): boolean {
  return one === other || set.together(one, other);
}

/** The sections of all ends that agree with the first; those at one place are one. An end that has others is another mistake. */
function sectionsOfLink(link: Link): readonly Section[] {
  const byPlace = new Map<string, Section & { readonly regions: Map<CheckedConfig, Region> }>();
  const [first] = link.ends;
  for (const { config, sections } of link.ends.filter((end) => isLike(end, first!))) {
    for (const region of sections) {
      const { start, end } = region.phys;
      const place = `${start}-${end}`;
      const section = byPlace.get(place) ?? { start, end, link, regions: new Map() };
      byPlace.set(place, section);
      if (!section.regions.has(config)) section.regions.set(config, region);
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
