import { expect } from "chai";
import type { Hit } from "../../../compiler/check/define-rule.js";
import type { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import { mostTold, tellFew } from "../../../compiler/check/tell-few.js";
import { checkLargeSet } from "../../bench/check-sets.js";
import { hostileSets } from "../../bench/hostile-sets.js";
import { setOf } from "../../support/checking.js";

const { cells } = setOf(`architecture arm64
cell one { cpus 1; memory at 0 size 4K rw }
cell two { cpus 2; memory at 0 size 4K rw }`);
const [one, two] = cells as readonly [CheckedConfig, CheckedConfig];

interface Item {
  readonly config: CheckedConfig;
  readonly number: number;
}

const items = (config: CheckedConfig, count: number): readonly Item[] =>
  Array.from({ length: count }, (_, index) => ({ config, number: index + 1 }));
const tell = ({ config, number }: Item): Hit<"bad"> => ({
  at: config.regions[0]!.spot("size"),
  message: `mistake ${number}`,
  label: "here",
  as: "bad",
  fixes: [{ title: "mend it", changes: [] }],
});
const told = (all: readonly Item[]): readonly Hit<"bad">[] => [...tellFew(all, ({ config }) => config, tell)];

describe("hits that are too many to tell", () => {
  it("are all told up to the limit", () => {
    const all = items(one, mostTold);
    expect(told(all)).to.deep.equal(all.map(tell));
  });

  it("end in one for the table, by the first that is left out", () => {
    const hits = told(items(one, mostTold + 1));
    expect(hits).to.have.lengthOf(mostTold + 1);
    expect(hits.at(-1)).to.deep.equal({
      at: one.tableSpot("memoryRegions"),
      message: `mistake ${mostTold + 1}`,
      as: "bad",
    });
  });

  it("are counted", () => {
    expect(told(items(one, mostTold + 2)).at(-1)!.message).to.equal(
      `mistake ${mostTold + 1}, and there is 1 more place like this in cell "one"`,
    );
    expect(told(items(one, mostTold + 3)).at(-1)!.message).to.equal(
      `mistake ${mostTold + 1}, and there are 2 more places like this in cell "one"`,
    );
  });

  it("are counted for each config by itself", () => {
    const hits = told([...items(one, mostTold), ...items(two, mostTold + 1)]);
    expect(hits.filter(({ at }) => at.config === one)).to.have.lengthOf(mostTold);
    expect(hits.filter(({ at }) => at.config === two)).to.have.lengthOf(mostTold + 1);
  });

  it("do not grow faster than what is checked", () => {
    const [few, many] = [20, 80].map((count) => hostileSets(4, count));
    for (const [index, { name, configs }] of many!.entries()) {
      const before = checkLargeSet(few![index]!.configs());
      expect(checkLargeSet(configs()), name).to.be.at.most(before * 4 + 4 * mostTold);
    }
  });
});
