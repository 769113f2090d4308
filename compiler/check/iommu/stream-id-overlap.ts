import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedSet } from "../facts/checked-set.js";
import { streamUnitsOf } from "../facts/iommu-types.js";
import {
  type ListedStream,
  matchContains,
  matchesMeet,
  streamHolders,
  streamMatchOf,
  streamText,
} from "../facts/stream-ids.js";
import { refusedAtSetup, setupOf } from "../setup.js";

/** A unit has at most 128 entries to match by; more different ones than these cannot be of one machine. */
const mostMatches = 2048;
/** Of very many cells that list one id, the first ones are enough to say so. */
const holdersAsked = 16;

export const streamIdOverlap = defineRule({
  id: "stream-id-overlap",
  family: "iommu",
  title: "Stream ids that overlap",
  severity: "error",
  otherwise: "info where one config lists an id twice",
  scope: "set",
  machines: ["arm64"],
  statement:
    "No two stream ids of an MMU-500 match the same stream, unless all that the later one matches matches the earlier one, too.",
  explanation:
    "An MMU-500 compares the bits of a stream's id that a mask leaves over, and behaves unpredictably where two of its entries match. The hypervisor enters the root cell's ids first, then those of each cell that is created. An id that lies within one that is entered already takes that entry over; one that meets another only partly is refused.",
  consequences: {
    ...refusedAtSetup("EINVAL", "The id that is entered second is refused.", [
      'Assigning SID 0x%x, Mask 0x%x to cell "%s"',
    ]),
    twice: {
      step: "create",
      outcome: "harmless",
      text: "Nothing complains. The stream is entered twice, for the same cell.",
    },
  },
  help: "let each stream match one id only; split an id with a mask where a part of its streams goes to another cell",
  sources: ["hypervisor/arch/arm64/smmu.c:366", "hypervisor/arch/arm64/smmu.c:433"],
  example: {
    wrong: `import "machines/arm64-board.jail"
system board {
  use arm64-board()
  iommu arm-mmu500 at 0x500_0000 size 128K
  streams 0x11
}
cell demo { use inmate(); streams 0x10 mask 0x3 }`,
    right: `import "machines/arm64-board.jail"
system board {
  use arm64-board()
  iommu arm-mmu500 at 0x500_0000 size 128K
  streams 0x10 mask 0x3
}
cell demo { use inmate(); streams 0x11 }`,
  },
  *find({ set }) {
    const units = streamUnitsOf(set);
    if (units.has("mmu500") || units.has("smmuv3")) yield* listedTwice(set);
    if (units.has("mmu500")) yield* overlapping(set);
  },
});

function* listedTwice({ all }: CheckedSet): Generator<Hit<"twice">, void> {
  for (const config of all) {
    const known = new Map<number, ListedStream["stream"]>();
    for (const stream of config.cell.streamIds) {
      const first = known.get(stream.id);
      if (first === undefined) known.set(stream.id, stream);
      else
        yield {
          at: config.spot(stream),
          message: `${config.title} lists stream id ${streamText(stream)} twice`,
          also: [{ at: config.spot(first), text: "listed here, too" }],
          severity: "info",
          as: "twice",
        };
    }
  }
}

/** Different ids that meet, each id told once; of cells that list them, those that run together. */
function* overlapping(set: CheckedSet): Generator<Hit<"create" | "enable">, void> {
  const listed = [...streamHolders(set.all).values()].slice(0, mostMatches);
  for (const [index, laters] of listed.entries()) {
    const match = streamMatchOf(laters[0]!.stream);
    for (const earliers of listed.slice(0, index)) {
      const earlierMatch = streamMatchOf(earliers[0]!.stream);
      if (!matchesMeet(match, earlierMatch)) continue;
      const hit = refusal(earliers, laters, set);
      if (hit === undefined) continue;
      yield hit;
      break;
    }
  }
}

function refusal(
  earliers: readonly ListedStream[],
  laters: readonly ListedStream[],
  set: CheckedSet,
): Hit<"create" | "enable"> | undefined {
  const pairs = earliers
    .slice(0, holdersAsked)
    .flatMap((earlier) => laters.slice(0, holdersAsked).map((later) => inOrder(earlier, later)));
  const refused = pairs.filter(
    ([first, second]) => !matchContains(streamMatchOf(first.stream), streamMatchOf(second.stream)),
  );
  const pair = refused.find(([first, second]) => set.together(first.config, second.config)) ?? refused[0];
  if (pair === undefined) return undefined;
  const [first, second] = pair;
  return {
    at: second.config.spot(second.stream),
    message: `stream id ${streamText(second.stream)} of ${second.config.title} meets ${streamText(first.stream)} of ${first.config.title}, but does not lie within it`,
    also: [{ at: first.config.spot(first.stream), text: `stream id ${streamText(first.stream)} here` }],
    as: setupOf(second.config),
    between: first.config === second.config ? [] : [first.config, second.config],
  };
}

/**
 * The root cell's ids are entered first. Cells can be created in any order: the wider id comes second, where that is
 * refused.
 */
function inOrder(one: ListedStream, other: ListedStream): readonly [ListedStream, ListedStream] {
  const isFree = one.config !== other.config && !one.config.isRoot && !other.config.isRoot;
  const fits = matchContains(streamMatchOf(one.stream), streamMatchOf(other.stream));
  return isFree && fits ? [other, one] : [one, other];
}
