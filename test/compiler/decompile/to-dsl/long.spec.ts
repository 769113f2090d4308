import { expect } from "chai";
import { toJail } from "../../../../compiler/decompile/to-dsl/to-jail.js";
import type { WireConfig } from "../../../../schema/codec/wire.js";
import { cell } from "../../../support/convert-config.js";
import { lossThroughJail } from "../../../support/jail-round-trip.js";

/** Lists longer than a statement of the language may be, and texts longer than a file. */
describe("long tables in the cell language", () => {
  const lengths: Readonly<Record<string, WireConfig>> = {
    "ports of a bitmap, every other one": cell("v0.8", {
      tables: { pio_bitmap: new Uint8Array(0x2000).fill(0x55) },
    }),
    "ranges of ports": cell("HEAD", {
      tables: { pio_regions: Array.from({ length: 9000 }, (_, index) => ({ base: index * 4, length: 2 })) },
    }),
    "CPUs, every other one": cell("HEAD", { tables: { cpus: new Uint8Array(0x1000).fill(0x55) } }),
    "a set of CPUs that no list of numbers makes": cell("HEAD", {
      tables: { cpus: new Uint8Array(0x2001).fill(1, 0, 1) },
    }),
    "stream ids, every other one": cell("HEAD", {
      tables: { stream_ids: Array.from({ length: 9000 }, (_, index) => ({ id: index * 2 })) },
    }),
    "stream ids, one after the other": cell("HEAD", {
      tables: { stream_ids: Array.from({ length: 0x1_0001 }, (_, index) => ({ id: index })) },
    }),
    "interrupts, every other one": cell("HEAD", {
      cell: { architecture: 2 },
      tables: {
        irqchips: Array.from({ length: 200 }, (_, index) => ({
          address: 0x800_0000n,
          pin_base: 32 + index * 128,
          pin_bitmap: [0x5555_5555, 0x5555_5555, 0x5555_5555, 0x5555_5555],
        })),
      },
    }),
    "empty regions": cell("HEAD", { tables: { mem_regions: Array.from({ length: 0x1_0000 }, () => ({})) } }),
    "bytes behind the tables": cell("HEAD", { trailing: new Uint8Array(300_000).fill(7) }),
  };
  for (const [what, config] of Object.entries(lengths)) {
    it(`are written so that they can be read again: ${what}`, function () {
      this.timeout(60_000);
      const loss = lossThroughJail([{ config, stem: "long" }]);
      expect(loss === null ? null : loss.slice(0, 300)).to.equal(null);
    });
  }

  it("are too long where no text holds them", () => {
    const text = toJail([
      { config: cell("HEAD", { trailing: new Uint8Array(600_000).fill(7) }), stem: "long" },
    ]);
    expect(text).to.deep.equal({ kind: "too-long" });
    const numbers = cell("fork-mtk-smc-ids", {
      tables: { smc_ids: Array.from({ length: 12_000 }, () => 1) },
    });
    expect(toJail([{ config: numbers, stem: "long" }])).to.deep.equal({ kind: "too-long" });
  });
});
