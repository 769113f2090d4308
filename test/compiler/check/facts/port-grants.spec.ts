import { expect } from "chai";
import fc from "fast-check";
import { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import {
  commonPorts,
  pmTimerPorts,
  portGrants,
  portsNotIn,
} from "../../../../compiler/check/facts/port-grants.js";
import type { Config } from "../../../../compiler/ir/config.js";
import { setOf } from "../../../support/checking.js";

const { system, cells } = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { cpus 1; ioports 0x3f8-0x3ff }`);
const demo = cells[0]!;

/** Few ports, each set of them by its numbers: the model. */
const anyPorts = fc.uniqueArray(fc.integer({ min: 0, max: 12 })).map((ports) => ports.sort((a, b) => a - b));
const anyRange = fc
  .tuple(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 13 }))
  .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }));

function runsOf(ports: readonly number[]): readonly { readonly start: number; readonly end: number }[] {
  const starts = ports.filter((port) => !ports.includes(port - 1));
  const ends = ports.filter((port) => !ports.includes(port + 1)).map((port) => port + 1);
  return starts.map((start, index) => ({ start, end: ends[index]! }));
}

const within = ({ start, end }: { start: number; end: number }): readonly number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);

describe("ports", () => {
  it("are shared by an interval and others, or are not in them", () => {
    fc.assert(
      fc.property(anyRange, anyPorts, (one, ports) => {
        fc.pre(one.start < one.end);
        const own = within(one);
        const common = own.filter((port) => ports.includes(port));
        const rest = own.filter((port) => !ports.includes(port));
        expect(commonPorts(one, runsOf(ports))).to.deep.equal(runsOf(common));
        expect(portsNotIn(one, runsOf(ports))).to.deep.equal(runsOf(rest));
      }),
      { numRuns: 300 },
    );
  });

  it("are granted by each range of the table, up to the last port", () => {
    const { portIo } = demo.cell;
    if (portIo.kind !== "ranges") throw new Error("no ranges of ports");
    const granted = (...ranges: readonly (readonly [base: number, length: number])[]): unknown => {
      const all = ranges.map(([base, length]) => ({ ...portIo.ranges[0]!, base, length }));
      const config = new CheckedConfig(
        { ...demo.config, portIo: { ...portIo, ranges: all } } as Config,
        demo.facts,
      );
      expect(portGrants(config)).to.equal(portGrants(config));
      return portGrants(config).map(({ start, end, spot }) => [start, end, all.indexOf(spot.node as never)]);
    };
    expect(granted([0x3f8, 8], [0x80, 1], [0x3f8, 2])).to.deep.equal([
      [0x3f8, 0x400, 0],
      [0x80, 0x81, 1],
      [0x3f8, 0x3fa, 2],
    ]);
    expect(granted([0xffff, 2], [0x80, 0], [0xffff, 1])).to.deep.equal([
      [0xffff, 0x10000, 0],
      [0xffff, 0x10000, 2],
    ]);
  });

  it("are those of the power-management timer: four, where there is one", () => {
    expect(pmTimerPorts(system!)).to.deep.equal({ start: 0x608, end: 0x60c });
    expect(pmTimerPorts(demo)).to.equal(undefined);
    const none = setOf('import "machines/intel-pc.jail"\nsystem pc { use intel-pc(); x86 { pm-timer 0 } }');
    expect(pmTimerPorts(none.system!)).to.equal(undefined);
  });
});
