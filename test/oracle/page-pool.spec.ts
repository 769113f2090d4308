import { expect } from "chai";
import { createdPages, enabledPages, hypervisorBuild } from "../../compiler/check/facts/page-pool.js";
import { PoolRun } from "../../compiler/check/facts/pool/pool-run.js";
import { recordedCases } from "./cases.js";
import { checkedCase } from "./checked-case.js";
import type { RecordedCase, RecordedStep } from "./recorded-case.js";

/** What the real hypervisor took of its pages for this step, where it says so: what is in use is told after it. */
function usedAfter({ console }: RecordedStep): number | undefined {
  for (const line of console) {
    const match = /^Page pool usage after (?:late setup|cell creation): mem (\d+)\//.exec(line);
    if (match !== null) return Number(match[1]);
  }
  return undefined;
}

interface Difference {
  readonly id: string;
  readonly cpu: string;
  /** Recorded minus counted. */
  readonly pages: number;
}

function differences(of: "enable" | "create"): readonly Difference[] {
  return recordedCases().flatMap((recorded) => {
    const { id, machine } = recorded;
    const pages = differenceOf(recorded, of);
    return pages === undefined ? [] : [{ id, cpu: machine.cpu, pages }];
  });
}

function differenceOf(recorded: RecordedCase, of: "enable" | "create"): number | undefined {
  const enable = recorded.steps.find(({ name, outcome }) => name === "enable" && outcome === "ok");
  const enabled = enable && usedAfter(enable);
  if (enabled === undefined) return undefined;
  const first = recorded.steps.find(({ name }) => name === "create");
  const cells = of === "create" && first?.cell !== undefined ? [first.cell] : [];
  const { system, cells: created, vendor } = checkedCase(recorded, cells);
  const build = hypervisorBuild(system!, vendor)!;
  if (of === "enable") return enabled - Number(enabledPages(system!, build, vendor));
  const used = first?.outcome === "ok" ? usedAfter(first) : undefined;
  return used === undefined || created[0] === undefined
    ? undefined
    : used - enabled - Number(createdPages(created[0], system!, build, vendor));
}

/** The pages of a run of the pool, step by step, and those that were recorded. */
function runOf(
  recorded: RecordedCase,
): { readonly cpu: string; readonly differences: readonly number[] } | undefined {
  const { machine, steps } = recorded;
  const enable = steps.find(({ name, outcome }) => name === "enable" && outcome === "ok");
  const enabled = enable && usedAfter(enable);
  if (enabled === undefined) return undefined;
  const first = steps.find(({ name }) => name === "create");
  const cells = first?.cell === undefined ? [] : [first.cell];
  const { system, cells: created, vendor } = checkedCase(recorded, cells);
  const run = new PoolRun(system!, vendor, created);
  const differences = [enabled - run.used];
  const used = first?.outcome === "ok" ? usedAfter(first) : undefined;
  if (used !== undefined && created[0] !== undefined && run.create(created[0])) {
    differences.push(used - run.used);
  }
  return { cpu: machine.cpu, differences };
}

describe("pages that are taken step by step, as the hypervisor takes them", () => {
  const runs = recordedCases().flatMap((recorded) => runOf(recorded) ?? []);

  it("are those that were recorded, tables of devices of AMD's IOMMU apart", () => {
    const differences = runs.flatMap((run) => run.differences);
    expect([...new Set(differences)].toSorted((one, other) => one - other)).to.deep.equal([0, 448]);
    const others = runs.filter((run) => run.differences.some((pages) => pages !== 0));
    expect(others.filter(({ cpu }) => cpu !== "AMD")).to.deep.equal([]);
    expect(runs.length).to.be.above(300);
  });
});

describe("pages that the hypervisor takes, as counted and as recorded", () => {
  const enabled = differences("enable");
  const created = differences("create");

  it("are recorded often enough", () => {
    expect(enabled.length).to.be.above(300);
    expect(created.length).to.be.above(190);
  });

  it("are never counted too many", () => {
    expect([...enabled, ...created].filter(({ pages }) => pages < 0)).to.deep.equal([]);
  });

  it("are counted nearly all when a cell is created", () => {
    expect(created.filter(({ pages }) => pages > 3)).to.deep.equal([]);
    expect(created.filter(({ pages }) => pages > 0).length).to.be.below(15);
  });

  it("are counted nearly all when the hypervisor is enabled, tables of devices of AMD's IOMMU apart", () => {
    expect(enabled.filter(({ pages }) => pages > 5 && pages !== 448)).to.deep.equal([]);
    expect(enabled.filter(({ cpu, pages }) => cpu !== "Arm" && pages > 0 && pages !== 448).length).to.equal(
      3,
    );
    expect(enabled.filter(({ cpu, pages }) => cpu !== "AMD" && pages === 448)).to.deep.equal([]);
  });
});
