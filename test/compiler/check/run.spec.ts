import { expect } from "chai";
import type { Hit, Rule } from "../../../compiler/check/define-rule.js";
import { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import { type CheckedSet, checkedSet } from "../../../compiler/check/facts/checked-set.js";
import { runRules } from "../../../compiler/check/run.js";
import type { Config } from "../../../compiler/ir/config.js";
import { boardOf, setOf } from "../../support/checking.js";
import { sampleRule } from "../../support/sample-rule.js";

const whole = setOf(`import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell one { use inmate(cpu = 1) }
cell two { use inmate(0x3c00_0000, cpu = 2) }`);
const { system, cells } = whole;
const [one, two] = cells as [CheckedConfig, CheckedConfig];

/** The names of the cells that a rule is asked about. */
function asked(parts: Partial<Rule>, set: CheckedSet = whole): readonly string[] {
  const names: string[] = [];
  const rule = sampleRule("asking", {
    ...parts,
    find: (input: object) => {
      names.push(
        Object.values(input)
          .map((each) => (each instanceof CheckedConfig ? each.cell.name : each === set ? "set" : "board"))
          .join(" "),
      );
      return [];
    },
  } as never);
  runRules([rule], set);
  return names;
}

const finding = (id: string, hits: readonly Hit[], parts: Partial<Rule> = {}): Rule =>
  sampleRule(id, { scope: "set", ...parts, find: () => hits } as never);
const hitAt = (at: Hit["at"], parts: Partial<Hit> = {}): Hit => ({ at, message: "wrong", ...parts });
const told = (rules: readonly Rule[], set: CheckedSet = whole): readonly string[] =>
  runRules(rules, set).map(({ rule, hit }) => `${rule.id} ${hit.at.config.cell.name}`);

describe("asking rules", () => {
  it("asks about each config by itself", () => {
    expect(asked({ scope: "config" })).to.deep.equal(["pc set", "one set", "two set"]);
  });

  it("asks about each cell with its system", () => {
    expect(asked({ scope: "root" })).to.deep.equal(["one pc set", "two pc set"]);
    expect(asked({ scope: "root" }, checkedSet([one]))).to.deep.equal([]);
  });

  it("asks about the set once", () => {
    expect(asked({ scope: "set" })).to.deep.equal(["set"]);
  });

  it("asks about the board where there is one", () => {
    expect(asked({ scope: "board" })).to.deep.equal([]);
    const board = boardOf("name: a board");
    expect(asked({ scope: "board" }, checkedSet([one], { board }))).to.deep.equal(["board set"]);
  });

  it("asks only about systems, or only about other cells", () => {
    expect(asked({ only: "system" })).to.deep.equal(["pc set"]);
    expect(asked({ only: "cell" })).to.deep.equal(["one set", "two set"]);
  });

  it("asks about sets whatever kinds of config a rule is for", () => {
    expect(asked({ scope: "set", only: "cell" })).to.deep.equal(["set"]);
  });

  it("asks only about machines that the rule is for", () => {
    const arm = new CheckedConfig({ ...one.config, architecture: "arm" } as Config, one.facts);
    const other = new CheckedConfig({ ...one.config, architecture: "riscv64" } as Config, one.facts);
    const mixed = checkedSet([arm, two, other]);
    expect(asked({ machines: ["x86"] }, mixed)).to.deep.equal(["two set"]);
    expect(asked({ machines: ["arm", "arm64"] }, mixed)).to.deep.equal(["one set"]);
    expect(asked({}, mixed)).to.deep.equal(["one set", "two set", "one set"]);
    expect(asked({ scope: "root", machines: ["x86"] }, checkedSet([system!, arm, two]))).to.deep.equal([
      "two pc set",
    ]);
  });

  it("asks about what may be for several machines where the rule is for all of them", () => {
    const either = new CheckedConfig({ ...one.config, architecture: null, family: "arm" } as Config, {
      file: "one.cell",
      size: 0,
      needed: 0,
    });
    const set = checkedSet([either]);
    expect(asked({ machines: ["arm", "arm64"] }, set)).to.deep.equal(["one set"]);
    expect(asked({ machines: ["x86", "arm", "arm64"] }, set)).to.deep.equal(["one set"]);
    expect(asked({ machines: ["arm64"] }, set)).to.deep.equal([]);
    expect(asked({ machines: ["x86", "arm"] }, set)).to.deep.equal([]);
  });

  it("does not ask about the machine of a cell that is not for its system", () => {
    const arm = new CheckedConfig({ ...one.config, architecture: "arm" } as Config, one.facts);
    const set = checkedSet([system!, arm]);
    expect(asked({ machines: ["arm"] }, set)).to.deep.equal([]);
    expect(asked({ machines: ["x86"] }, set)).to.deep.equal(["pc set"]);
    expect(asked({ machines: ["x86", "arm"] }, set)).to.deep.equal(["pc set", "one set"]);
    expect(asked({ scope: "root", machines: ["arm"] }, set)).to.deep.equal([]);
    expect(asked({}, set)).to.deep.equal(["pc set", "one set"]);
  });

  it("takes the machine of a set from its system, or from its first cell", () => {
    const arm = new CheckedConfig({ ...one.config, architecture: "arm" } as Config, one.facts);
    expect(asked({ scope: "set", machines: ["x86"] }, checkedSet([arm, system!]))).to.deep.equal(["set"]);
    expect(asked({ scope: "set", machines: ["arm"] }, checkedSet([arm, two]))).to.deep.equal(["set"]);
    expect(asked({ scope: "set", machines: ["x86"] }, checkedSet([arm, two]))).to.deep.equal([]);
    expect(asked({ scope: "set", machines: ["x86"] }, checkedSet([]))).to.deep.equal([]);
  });
});

describe("what is told of what rules find", () => {
  const cpus = one.spot(one.cell.cpus);
  const memory = one.regions[0]!.spot("size");

  it("is all of it where no rule explains it", () => {
    expect(told([finding("a", [hitAt(cpus)]), finding("b", [hitAt(cpus), hitAt(memory)])])).to.deep.equal([
      "a one",
      "b one",
      "b one",
    ]);
  });

  it("is an error, whatever warning stands at the node; a warning that an error explains is not", () => {
    const at = (id: string, severity: Rule["severity"], parts: Partial<Rule> = {}): Rule =>
      finding(id, [hitAt(cpus)], { severity, ...parts });
    const after = { after: ["earlier"] };
    expect(told([at("earlier", "warning"), at("later", "error", after)])).to.deep.equal([
      "earlier one",
      "later one",
    ]);
    expect(told([at("earlier", "error"), at("later", "error", after)])).to.deep.equal(["earlier one"]);
    expect(told([at("earlier", "error"), at("later", "warning", after)])).to.deep.equal(["earlier one"]);
    expect(told([at("earlier", "info"), at("later", "warning", after)])).to.deep.equal(["earlier one"]);
  });

  it("is broken isolation, unless what explains it is as decisive, or an error", () => {
    const outcome = (kind: "isolation" | "ineffective" | "refused"): Partial<Rule> => ({
      severity: "warning",
      consequences: { only: { step: "create", outcome: kind, text: "x" } },
    });
    const later = finding("later", [hitAt(cpus)], { ...outcome("isolation"), after: ["earlier"] });
    const withEarlier = (parts: Partial<Rule>): readonly string[] =>
      told([finding("earlier", [hitAt(cpus)], parts), later]);
    expect(withEarlier(outcome("ineffective"))).to.deep.equal(["earlier one", "later one"]);
    expect(withEarlier(outcome("refused"))).to.deep.equal(["earlier one"]);
    expect(withEarlier(outcome("isolation"))).to.deep.equal(["earlier one"]);
    expect(withEarlier({ ...outcome("refused"), severity: "info" })).to.deep.equal([
      "earlier one",
      "later one",
    ]);
    expect(withEarlier({ ...outcome("ineffective"), severity: "error" })).to.deep.equal(["earlier one"]);
  });

  it("is not what an allowed finding would explain", () => {
    const rules = [
      finding("earlier", [hitAt(cpus)]),
      finding("later", [hitAt(cpus)], { after: ["earlier"] }),
    ];
    const ids = runRules(rules, whole, ({ rule }) => rule.id === "earlier").map(({ rule }) => rule.id);
    expect(ids).to.deep.equal(["earlier", "later"]);
  });

  it("is nothing at a node that a prerequisite has marked, and all elsewhere", () => {
    const earlier = finding("earlier", [hitAt(one.regions[0]!.spot())]);
    const later = finding("later", [hitAt(memory), hitAt(cpus)], { after: ["earlier"] });
    expect(runRules([later, earlier], whole).map(({ rule, hit }) => [rule.id, hit.at])).to.deep.equal([
      ["earlier", one.regions[0]!.spot()],
      ["later", cpus],
    ]);
  });

  it("is nothing where a prerequisite has marked one of the other places", () => {
    const earlier = finding("earlier", [hitAt(cpus)]);
    const hit = hitAt(two.spot(two.cell.cpus), { also: [{ at: cpus, text: "here" }] });
    expect(told([earlier, finding("later", [hit], { after: ["earlier"] })])).to.deep.equal(["earlier one"]);
  });

  it("is nothing where the other place of a prerequisite is it", () => {
    const earlier = finding("earlier", [
      hitAt(two.spot(two.cell.cpus), { also: [{ at: cpus, text: "here" }] }),
    ]);
    expect(told([earlier, finding("later", [hitAt(cpus)], { after: ["earlier"] })])).to.deep.equal([
      "earlier two",
    ]);
  });

  it("is nothing in a config that a prerequisite has marked as a whole", () => {
    const earlier = finding("earlier", [hitAt(one.cellSpot("name"))]);
    const hits = [hitAt(cpus), hitAt(memory), hitAt(two.spot(two.cell.cpus))];
    expect(told([earlier, finding("later", hits, { after: ["earlier"] })])).to.deep.equal([
      "earlier one",
      "later two",
    ]);
  });

  it("is left out also where what explains it was explained itself", () => {
    const rules = [
      finding("first", [hitAt(cpus)]),
      finding("second", [hitAt(cpus)], { after: ["first"] }),
      finding("third", [hitAt(cpus)], { after: ["second"] }),
    ];
    expect(told(rules)).to.deep.equal(["first one"]);
  });

  it("is left out by any of several prerequisites", () => {
    const rules = [
      finding("first", [hitAt(cpus)]),
      finding("second", [hitAt(memory)]),
      finding("third", [hitAt(cpus), hitAt(memory)], { after: ["silent", "first", "second"] }),
      finding("silent", []),
    ];
    expect(told(rules)).to.deep.equal(["first one", "second one"]);
  });
});

describe("a rule that stops", () => {
  const stop = (hits: readonly Hit[], parts: Partial<Rule> = {}): Rule =>
    finding("stop", hits, { stops: true, ...parts });

  it("leaves nothing to say about its config, whatever the order of the rules", () => {
    const hits = [hitAt(one.spot(one.cell.cpus)), hitAt(two.spot(two.cell.cpus))];
    expect(told([finding("a", hits), stop([hitAt(one.regions[0]!.spot())])])).to.deep.equal([
      "stop one",
      "a two",
    ]);
  });

  it("leaves nothing to say about places that are in its config among others", () => {
    const hit = hitAt(two.spot(two.cell.cpus), { also: [{ at: one.spot(one.cell.cpus), text: "here" }] });
    expect(told([stop([hitAt(one.regions[0]!.spot())]), finding("a", [hit])])).to.deep.equal(["stop one"]);
  });

  it("takes its config out of what the other rules compare", () => {
    const seen: number[] = [];
    const looking: Rule<"set"> = {
      ...(finding("a", []) as unknown as Rule<"set">),
      scope: "set",
      find: ({ set }) => {
        seen.push(set.all.length);
        return [];
      },
    };
    runRules([looking as unknown as Rule], whole);
    runRules([looking as unknown as Rule, stop([hitAt(one.spot(one.cell.cpus))])], whole);
    expect(seen).to.deep.equal([whole.all.length, whole.all.length - 1]);
  });

  it("stops only with the consequences that it names", () => {
    const hits = [hitAt(one.spot(one.cell.cpus)), hitAt(two.spot(two.cell.cpus), { as: "second" })];
    expect(told([stop(hits, { stops: ["second"] }), finding("a", hits)])).to.deep.equal([
      "stop one",
      "stop two",
      "a one",
    ]);
    expect(told([stop(hits, { stops: ["first"] }), finding("a", hits)])).to.deep.equal([
      "stop one",
      "stop two",
      "a two",
    ]);
  });

  it("is asked behind the rules that explain it, whether or not they stop", () => {
    const first = finding("first", [hitAt(one.spot(one.cell.cpus))]);
    const second = stop([hitAt(one.spot(one.cell.cpus))], { after: ["first"] });
    expect(told([second, first])).to.deep.equal(["first one"]);
  });

  it("says so once for each config", () => {
    const hits = [
      hitAt(one.spot(one.cell.cpus)),
      hitAt(one.regions[0]!.spot()),
      hitAt(two.spot(two.cell.cpus)),
    ];
    expect(told([stop(hits)])).to.deep.equal(["stop one", "stop two"]);
  });

  it("is asked once", () => {
    expect(asked({ scope: "set", stops: true })).to.deep.equal(["set"]);
  });

  it("stops nothing where another rule explains it", () => {
    const first = finding("first", [hitAt(one.spot(one.cell.cpus))], { stops: true });
    const second = stop([hitAt(one.spot(one.cell.cpus))], { after: ["first"] });
    expect(told([second, first])).to.deep.equal(["first one"]);
  });

  it("is no rule that merely finds something", () => {
    const hits = [hitAt(one.spot(one.cell.cpus)), hitAt(one.regions[0]!.spot())];
    expect(told([finding("a", hits), finding("b", hits)])).to.deep.equal([
      "a one",
      "a one",
      "b one",
      "b one",
    ]);
  });
});

describe("a finding", () => {
  const at = one.spot(one.cell.cpus);
  const found = (
    hit: Partial<Hit>,
    set: CheckedSet = whole,
    parts: Partial<Rule> = {},
  ): ReturnType<typeof runRules>[0] => runRules([finding("a", [hitAt(at, hit)], parts)], set)[0]!;

  it("has the severity of the rule, or of the hit", () => {
    expect(found({}).severity).to.equal("error");
    expect(found({}, whole, { severity: "info" }).severity).to.equal("info");
    expect(found({ severity: "warning" }).severity).to.equal("warning");
  });

  it("has the first consequence, or the one that the hit names", () => {
    expect(found({}).consequence.text).to.equal("The first.");
    expect(found({ as: "second" }).consequence.text).to.equal("The second.");
  });

  it("has the fixes of the hit", () => {
    const fixes = [{ title: "mend it", changes: [] }];
    expect(found({ fixes }).fixes).to.equal(fixes);
    expect(found({}).fixes).to.deep.equal([]);
  });

  it("is a warning where nothing says that its cells run together", () => {
    const between = [one, two];
    const { severity, ifTogether } = found({ between });
    expect([severity, ifTogether]).to.deep.equal(["warning", between]);
  });

  it("is an error where its cells run together", () => {
    const set = checkedSet([system!, one, two], { scenarios: "all" });
    const { severity, ifTogether } = found({ between: [one, two] }, set);
    expect([severity, ifTogether]).to.deep.equal(["error", null]);
    expect(found({ between: [system!, two] }).severity).to.equal("error");
    expect(found({ between: [one] }).severity).to.equal("error");
    expect(found({}).ifTogether).to.equal(null);
  });

  it("is a warning where any two of three are not said to run together, a note where they are said not to", () => {
    const three = new CheckedConfig(two.config, two.facts);
    const set = checkedSet([system!, one, two, three], {
      scenarios: [
        [one, two],
        [one, three],
      ],
    });
    const apart = found({ between: [one, two, three] }, set);
    expect([apart.severity, apart.keptApart]).to.deep.equal(["info", true]);
    const open = checkedSet([system!, one, two, three], { scenarios: [[one, two]] });
    const unsaid = found({ between: [one, two, three] }, open);
    expect([unsaid.severity, unsaid.keptApart]).to.deep.equal(["warning", false]);
    const all = checkedSet([system!, one, two, three], { scenarios: [[one, two, three]] });
    expect(found({ between: [one, two, three] }, all).severity).to.equal("error");
  });

  it("that is no error anyway stays what it is", () => {
    const { severity, ifTogether } = found({ between: [one, two], severity: "info" });
    expect([severity, ifTogether]).to.deep.equal(["info", [one, two]]);
  });
});
