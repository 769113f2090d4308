import { expect } from "chai";
import { hashOf } from "./base-configs.js";
import { recordedCases } from "./cases.js";
import { cellsAt, firstBadStep, type RecordedCase, stepNames } from "./recorded-case.js";
import { readAcceptedButWrong, readClasses, reasonClasses } from "./tables.js";

function caseOf(id: string): RecordedCase {
  const found = recordedCases().find((each) => each.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

describe("the recorded verdicts", () => {
  it("are all read", () => {
    const ids = recordedCases().map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids.filter((id) => id.startsWith("accept/"))).to.have.length(324);
    expect(ids.filter((id) => id.startsWith("running/"))).to.have.length(404);
  });

  it("are of the files that the machines in boards/ and the patches make", () => {
    let compared = 0;
    for (const { id, system, cells } of recordedCases()) {
      for (const { name, bytes, sha256 } of [system, ...cells]) {
        if (sha256 === undefined) continue;
        expect(hashOf(bytes), `${id} ${name}`).to.equal(sha256);
        compared++;
      }
    }
    expect(compared).to.equal(438);
  });

  it("know the files of every create", () => {
    // Two create a file that does not exist, or none: the tool refuses them.
    const without = recordedCases().flatMap(({ id, steps }) =>
      steps.filter(({ name, cell }) => name === "create" && cell === undefined).map(() => id),
    );
    expect(without).to.deep.equal(["running/accept-cell/file-missing"]);
  });

  it("take a lost CPU for what it is, wherever it is printed", () => {
    const seen = new Map<string, number>();
    for (const { id, steps } of recordedCases()) {
      for (const { console, outcome } of steps) {
        const isStopped = console.some((line) => /Stopping CPU/.test(line));
        const isParked = !isStopped && console.some((line) => /Parking CPU/.test(line));
        if (isStopped) expect(outcome, id).to.equal("crash");
        expect(outcome === "parked-cell" || outcome === "parked-root", id).to.equal(isParked);
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }
    }
    for (const outcome of ["crash", "parked-cell", "parked-root"]) expect(seen.get(outcome)).to.be.above(5);
  });

  it("tell the outcomes apart", () => {
    const bad = (id: string): string => {
      const step = firstBadStep(caseOf(id));
      return `${step?.name} ${step?.outcome}`;
    };
    expect(bad("accept/0")).to.equal("undefined undefined");
    expect(bad("accept/95")).to.equal("create EINVAL");
    expect(bad("accept/452")).to.equal("enable crash");
    expect(bad("accept/490")).to.equal("enable hang");
    expect(bad("accept/535")).to.equal("run parked-cell");
    expect(bad("accept/536")).to.equal("run parked-root");
    expect(bad("running/accept-cell/arch-7")).to.equal("create ignored");
    expect(bad("running/accept-late/mem-nonexist")).to.equal("load parked-root");
    expect(bad("running/accept-sys/sys-cpu-8")).to.equal("enable hang");
    expect(bad("running/accept-sys/sys-hv-phys-odd")).to.equal("enable crash");
    expect(bad("running/rt-a/sub-pagecross")).to.equal("run crash");
    expect(bad("running/accept-cell/op-usage")).to.equal("run refused");
  });

  it("tell which cells are there together", () => {
    const sets = (id: string): (readonly number[])[] => {
      const recorded = caseOf(id);
      const creates = recorded.steps.filter(({ name }) => name === "create");
      return creates.map((step) => cellsAt(recorded, step));
    };
    expect(sets("accept/102")).to.deep.equal([[0], [0, 1], [1]]);
    expect(sets("running/extra2/y-phys-steal")).to.deep.equal([[0], [1]]);
    expect(sets("running/accept-cell/op-cells-order")).to.deep.equal([[0], [0, 1], [0, 1, 2], [0, 1, 2]]);
    expect(sets("running/rt-b/lock-two")).to.deep.equal([[0], [0, 1]]);
  });
});

describe("the classes of the recorded verdicts", () => {
  const classes = readClasses();

  it("have every case that went wrong once, with its first wrong step, and no other", () => {
    const expected = recordedCases().flatMap((each) => {
      const step = firstBadStep(each);
      return step === undefined ? [] : [`${each.id} ${step.name} ${step.outcome}`];
    });
    expect(classes.map(({ id, step, outcome }) => `${id} ${step} ${outcome}`)).to.deep.equal(expected);
  });

  it("use the words that they may", () => {
    for (const each of classes) {
      expect(stepNames, each.id).to.include(each.step);
      expect(reasonClasses, each.id).to.include(each.class);
      for (const rule of each.rules) expect(rule, each.id).to.match(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    }
  });

  it("name a rule for what is wrong with configs, none for what is done with them", () => {
    for (const { id, class: reasonClass, rules } of classes) {
      if (reasonClass === "config" || reasonClass === "set") expect(rules, id).not.to.be.empty;
      else if (reasonClass !== "platform") expect(rules, id).to.be.empty;
    }
  });

  it("blame a set of files only where there is more than one", () => {
    for (const { id, class: reasonClass } of classes) {
      if (reasonClass === "set") expect(caseOf(id).cells, id).not.to.be.empty;
    }
  });

  it("say the driver's verdict where the recording left the driver out", () => {
    for (const { id, withDriver, outcome } of classes) {
      if (withDriver === undefined) continue;
      expect(id).to.match(/^accept\//);
      expect(withDriver, id).not.to.equal(outcome);
    }
  });
});

describe("the mistakes that the real hypervisor accepted", () => {
  const accepted = readAcceptedButWrong();

  it("are of cases in which nothing went wrong, each named once", () => {
    const order = recordedCases().map(({ id }) => id);
    for (const { id } of accepted) expect(firstBadStep(caseOf(id)), id).to.equal(undefined);
    const keys = accepted.map(({ id, rule }) => `${id} ${rule}`);
    expect(new Set(keys).size).to.equal(keys.length);
    const places = accepted.map(({ id }) => order.indexOf(id));
    expect(places).to.deep.equal([...places].sort((one, other) => one - other));
  });
});
