import { expect } from "chai";
import {
  matchContains,
  matchesMeet,
  streamHolders,
  streamMatchOf,
  streamText,
} from "../../../../compiler/check/facts/stream-ids.js";
import { setOf } from "../../../support/checking.js";

const board = setOf(`import "machines/arm64-board.jail"
system board { use arm64-board(); streams 0x11 }
cell demo { cpus 1; streams 0x11; streams 0x12; streams 0x11 }
cell other { cpus 2; streams 0x12 }`);
const sample = board.system!.cell.streamIds[0]!;

const stream = (id: number, mayHoldMask = true): typeof sample => ({ ...sample, id, mayHoldMask });

/** Four bits are enough: every stream that a match lets through, one by one. */
const small = Array.from({ length: 16 }, (_, value) => value);
const matches = small.flatMap((id) => small.map((mask) => ({ id, mask })));
const streamsOf = ({ id, mask }: { id: number; mask: number }): readonly number[] =>
  small.filter((each) => [1, 2, 4, 8].every((bit) => (mask & bit) !== 0 || (each & bit) === (id & bit)));

describe("ids of streams", () => {
  it("hold 15 bits of an id, and 15 of a mask from bit 16 on", () => {
    expect(streamMatchOf(stream(0x7f8_0011))).to.deep.equal({ id: 0x11, mask: 0x7f8 });
    expect(streamMatchOf(stream(0xffff_ffff))).to.deep.equal({ id: 0x7fff, mask: 0x7fff });
    expect(streamMatchOf(stream(0x7f8_0011, false))).to.deep.equal({ id: 0x11, mask: 0 });
  });

  it("are shown with their masks", () => {
    expect(streamText(stream(0x7f8_0011))).to.equal("0x11 with mask 0x7f8");
    expect(streamText(stream(0x1_0011))).to.equal("0x11 with mask 0x1");
    expect(streamText(stream(0x1b))).to.equal("0x1b");
    expect(streamText(stream(0x7f8_0011, false))).to.equal("0x7f80011");
  });

  it("meet where one stream matches both, and contain others all of whose streams they match", () => {
    const all = matches.map((match) => ({ match, streams: new Set(streamsOf(match)) }));
    for (const one of all)
      for (const other of all.filter((_, index) => index % 7 === one.match.id % 7)) {
        const common = [...other.streams].filter((each) => one.streams.has(each));
        const what = `${JSON.stringify(one.match)} ${JSON.stringify(other.match)}`;
        if (matchesMeet(one.match, other.match) !== common.length > 0) expect.fail(`meet: ${what}`);
        if (matchContains(one.match, other.match) !== (common.length === other.streams.size))
          expect.fail(`contain: ${what}`);
      }
  });

  it("are held by each config once, in their order", () => {
    const titles = (id: number): unknown =>
      streamHolders(board.all)
        .get(id)
        ?.map(({ config }) => config.title);
    expect(titles(0x11)).to.deep.equal(['root cell "board"', 'cell "demo"']);
    expect(titles(0x12)).to.deep.equal(['cell "demo"', 'cell "other"']);
    expect(titles(0x13)).to.equal(undefined);
    const [demo] = board.cells;
    expect(streamHolders([demo!]).get(0x11)?.[0]?.stream).to.equal(demo!.cell.streamIds[0]);
  });
});
