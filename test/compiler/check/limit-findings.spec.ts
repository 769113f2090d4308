import { expect } from "chai";
import type { Hit, Rule } from "../../../compiler/check/define-rule.js";
import { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import { checkedSet } from "../../../compiler/check/facts/checked-set.js";
import { mostTold } from "../../../compiler/check/limit-findings.js";
import { type Finding, runRules } from "../../../compiler/check/run.js";
import type { Spot } from "../../../compiler/check/spot.js";
import { wireToIr } from "../../../compiler/decompile/wire-to-ir.js";
import { configsOf, region } from "../../bench/hostile-configs.js";
import { sampleRule } from "../../support/sample-rule.js";

const tables = {
  mem_regions: [region(0n, 0n, 0x1000n, 3n)],
  cache_regions: [{ size: 1 }],
  irqchips: [{ id: 1 }],
  pio_regions: [{ base: 1 }],
  pci_devices: [{ type: 1 }],
  pci_caps: [{ id: 1 }],
  stream_ids: [{ id: 1 }],
};
const configs = configsOf({}, [{ tables }, { tables }]).map(
  (config) => new CheckedConfig(wireToIr(config), { file: "", size: 0, needed: 0 }),
);
const set = checkedSet(configs);
const [one, two] = set.cells as [CheckedConfig, CheckedConfig];

const hits = (count: number, config = one, parts: Partial<Hit> = {}, at?: Spot): readonly Hit[] =>
  Array.from({ length: count }, (_, index) => ({
    at: at ?? config.regions[0]!.spot("size"),
    message: `mistake ${index + 1}`,
    label: "here",
    fixes: [{ title: "mend it", changes: [] }],
    ...parts,
  }));
const ruleOf = (found: readonly Hit[], parts: Partial<Rule> = {}): Rule =>
  sampleRule("a", { scope: "set", ...parts, find: () => found } as never);
const told = (found: readonly Hit[]): readonly Finding[] => runRules([ruleOf(found)], set);
const messages = (findings: readonly Finding[]): readonly string[] => findings.map(({ hit }) => hit.message);

describe("findings of one rule in one config", () => {
  it("are all told up to the limit, and one beyond it", () => {
    for (const count of [mostTold, mostTold + 1]) {
      const found = hits(count);
      expect(told(found).map(({ hit }) => hit)).to.deep.equal(found);
      expect(told(found).every(({ hit, fixes }) => fixes === hit.fixes)).to.equal(true);
    }
  });

  it("end in one that says how many are not told", () => {
    const findings = told(hits(mostTold + 2, one, { also: [{ at: one.cellSpot("name"), text: "this" }] }));
    expect(findings).to.have.lengthOf(mostTold + 1);
    const { hit, fixes, severity } = findings.at(-1)!;
    expect(hit).to.deep.equal({
      at: one.regions[0]!.spot("size"),
      message: `mistake ${mostTold + 1}, and there is 1 more place like this in cell "cell-0"`,
      label: "here",
      also: [{ at: one.cellSpot("name"), text: "this" }],
      fixes: [{ title: "mend it", changes: [] }],
    });
    expect([fixes, severity]).to.deep.equal([hit.fixes, "error"]);
    expect(messages(told(hits(mostTold + 3))).at(-1)).to.equal(
      `mistake ${mostTold + 1}, and there are 2 more places like this in cell "cell-0"`,
    );
  });

  it("are said to be in the config where that is not said already", () => {
    const named = hits(mostTold + 2).map((hit) => ({ ...hit, message: 'mistake of cell "cell-0"' }));
    expect(messages(told(named)).at(-1)).to.equal(
      'mistake of cell "cell-0", and there is 1 more place like this',
    );
  });

  it("are counted for each config by itself", () => {
    const findings = told([...hits(mostTold, one), ...hits(mostTold + 9, two)]);
    const of = (config: CheckedConfig): readonly Finding[] =>
      findings.filter(({ hit }) => hit.at.config === config);
    expect(of(one)).to.have.lengthOf(mostTold);
    expect(of(two)).to.have.lengthOf(mostTold + 1);
  });

  it("are counted for each severity by itself, so that notes do not hide errors", () => {
    const findings = told([...hits(2 * mostTold, one, { severity: "info" }), ...hits(mostTold + 5)]);
    const severities = findings.map(({ severity }) => severity);
    expect(severities.filter((each) => each === "info")).to.have.lengthOf(mostTold + 1);
    expect(severities.filter((each) => each === "error")).to.have.lengthOf(mostTold + 1);
    expect(messages(findings).slice(-2)).to.deep.equal([
      `mistake ${mostTold + 1}, and there are ${mostTold - 1} more places like this in cell "cell-0"`,
      `mistake ${mostTold + 1}, and there are 4 more places like this in cell "cell-0"`,
    ]);
  });

  it("are counted for each rule by itself", () => {
    const rules = ["a", "b"].map((id) => ({ ...ruleOf(hits(mostTold)), id }));
    expect(runRules(rules, set)).to.have.lengthOf(2 * mostTold);
  });

  it("are counted for each consequence by itself, so that the harmless do not hide the others", () => {
    const { consequences } = sampleRule("a", { scope: "set", find: () => [] } as never);
    const [only] = Object.values(consequences);
    const rule = ruleOf(
      [...hits(mostTold + 2, one, { as: "one" }), ...hits(mostTold, one, { as: "other" })],
      {
        consequences: { one: only!, other: only! },
      },
    );
    const consequencesTold = runRules([rule], set).map(({ hit }) => hit.as);
    expect(consequencesTold.filter((each) => each === "one")).to.have.lengthOf(mostTold + 1);
    expect(consequencesTold.filter((each) => each === "other")).to.have.lengthOf(mostTold);
  });

  it("that are allowed are all there, and take no place of others", () => {
    const allowed = hits(2 * mostTold, one, { help: "allowed" });
    const findings = runRules(
      [ruleOf([...allowed, ...hits(mostTold)])],
      set,
      ({ hit }) => hit.help === "allowed",
    );
    expect(findings).to.have.lengthOf(3 * mostTold);
    expect(messages(findings).some((message) => message.includes("more place"))).to.equal(false);
  });

  it("that another rule explains take no place of others", () => {
    const rest = hits(mostTold, two, {}, two.spot(two.cell.cpus));
    const later = { ...ruleOf([...hits(mostTold, two), ...rest]), id: "b", after: ["a"] };
    const findings = runRules([ruleOf(hits(1, two)), later], set).filter(({ rule }) => rule.id === "b");
    expect(findings.map(({ hit }) => hit)).to.deep.equal(rest);
  });

  it("explain those of other rules also where they are not told", () => {
    const last = hits(1, one, {}, one.spot(one.cell.cpus));
    const later = { ...ruleOf(last), id: "b", after: ["a"] };
    const findings = runRules([ruleOf([...hits(2 * mostTold), ...last]), later], set);
    expect(findings.filter(({ rule }) => rule.id === "b")).to.deep.equal([]);
  });
});
