import { expect } from "chai";
import fc from "fast-check";
import { readCellConfig } from "../../../hypervisor/core/config/read-config.js";
import { PortBitmap } from "../../../hypervisor/x86/port-bitmap.js";
import { decode } from "../../../schema/codec/decode.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { encode } from "../../../schema/codec/encode.js";
import "../../support/seed.js";

/** The last revision whose configs have a bit for each port. */
const profile = builtInProfiles.profile("r10.1");
const bitmapOnIntel = 2;
const pmTimer = 0x608;
const ports = 0x1_0000;

/** Bytes of a bitmap: mostly trapped, in any length. */
const bitmap = fc.array(fc.oneof({ arbitrary: fc.constant(0xff), weight: 3 }, fc.nat(0xff)), {
  maxLength: 0x2000,
});

describe("configs with a bitmap of ports", () => {
  const empty = decode(new Uint8Array(0x400), profile, { kind: "cell" }).config;
  const configOf = (bytes: readonly number[]): ReturnType<typeof readCellConfig> =>
    readCellConfig(encode({ ...empty, tables: { pio_bitmap: Uint8Array.from(bytes) } }), profile);
  const isSet = (bytes: readonly number[], port: number): boolean =>
    (((bytes[port >> 3] ?? 0xff) >> (port & 7)) & 1) === 1;

  it("trap the ports whose bits are set or not there, and hand the others over", () => {
    fc.assert(
      fc.property(bitmap, bitmap, (ofRoot, ofCell) => {
        const [rootConfig, cellConfig] = [configOf(ofRoot), configOf(ofCell)];
        const root = new PortBitmap(bitmapOnIntel, rootConfig, pmTimer);
        const cell = new PortBitmap(bitmapOnIntel, cellConfig, pmTimer);
        const isTimer = (port: number): boolean => port >= pmTimer && port < pmTimer + 4;
        const wrong = (test: (port: number) => boolean): number[] =>
          Array.from({ length: ports }, (_, port) => port).filter((port) => !test(port));
        const expected = (bytes: readonly number[], port: number): boolean =>
          !isTimer(port) && (port === 0x64 || isSet(bytes, port));
        expect(wrong((port) => cell.isTrapped(port) === expected(ofCell, port))).to.deep.equal([]);
        const before = Array.from({ length: ports }, (_, port) => root.isTrapped(port));
        expect(wrong((port) => before[port] === expected(ofRoot, port))).to.deep.equal([]);
        root.take(cellConfig.portRanges);
        const taken = (port: number): boolean => before[port]! || !isSet(ofCell, port);
        expect(wrong((port) => root.isTrapped(port) === taken(port))).to.deep.equal([]);
        root.giveBack(cellConfig.portRanges, rootConfig.portRanges);
        const back = (port: number): boolean => taken(port) && (isSet(ofCell, port) || isSet(ofRoot, port));
        expect(wrong((port) => root.isTrapped(port) === back(port))).to.deep.equal([]);
      }),
      { numRuns: 20 },
    );
  });
});
