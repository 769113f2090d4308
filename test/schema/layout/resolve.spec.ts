import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import {
  addTable,
  constants,
  define,
  drop,
  type ProfileDefinition,
  remove,
  removeTable,
  withoutConstants,
  withoutMacros,
} from "../../../schema/layout/changes.js";
import { ProfileMistake } from "../../../schema/layout/declarations.js";
import { u32 } from "../../../schema/layout/members.js";
import { compareProfileIds, profileIndexSource } from "../../../schema/layout/profile-index.js";
import { profileDefinitions } from "../../../schema/layout/profiles/index.js";
import {
  profileSummaries,
  resolveChain,
  resolveProfile,
  suggestProfiles,
} from "../../../schema/layout/resolve.js";

const folder = new URL("../../../../schema/layout/profiles/", import.meta.url);

describe("the list of profiles", () => {
  it("is what the generator makes of the files in the folder", () => {
    const source = profileIndexSource(readdirSync(folder));
    expect(readFileSync(new URL("index.ts", folder), "utf8")).to.equal(source);
  });

  it("names each profile as its file is named, after one that is there", () => {
    const ids = profileDefinitions.map(({ id }) => id);
    const files = readdirSync(folder).filter((name) => name !== "index.ts");
    expect(files.map((name) => name.replace(/\.ts$/, ""))).to.have.members(ids);
    expect(profileDefinitions.filter(({ after }) => after === null).map(({ id }) => id)).to.deep.equal([
      "r0.1",
    ]);
    for (const { after } of profileDefinitions) if (after !== null) expect(ids).to.include(after);
  });

  it("holds upstream's states in the order of time, each after the one before", () => {
    const upstream = profileDefinitions.filter(({ fork }) => fork === undefined);
    expect(upstream).to.have.length.at.least(115);
    expect(upstream.map(({ after }) => after)).to.deep.equal([
      null,
      ...upstream.slice(0, -1).map(({ id }) => id),
    ]);
    const forks = profileDefinitions.slice(upstream.length);
    expect(forks).to.have.length.at.least(26);
    for (const { id, fork } of forks) {
      expect(id).to.match(/^fork-/);
      expect(fork).to.include("/");
    }
  });

  it("orders ids by number, then forks by name", () => {
    const ids = ["fork-b", "r10.1", "fork-a-10", "r2.11", "r2.2", "fork-a-9"];
    expect(ids.sort(compareProfileIds)).to.deep.equal([
      "r2.2",
      "r2.11",
      "r10.1",
      "fork-a-9",
      "fork-a-10",
      "fork-b",
    ]);
  });

  it("passes over files that are no profiles", () => {
    expect(profileIndexSource(["index.ts", "r1.1.ts", "notes.md"])).to.include(
      'import r1_1 from "./r1.1.js";',
    );
    expect(profileIndexSource(["index.ts", "notes.md"])).not.to.include("import r");
  });

  it("states the revision of each, without laying it out", () => {
    const revisions = new Map(profileSummaries().map(({ id, revision }) => [id, revision]));
    expect(revisions.get("r0.49")).to.equal(null);
    expect(revisions.get("r14.1")).to.equal(14);
    expect(revisions.get("fork-lfd-v17")).to.equal(15);
  });

  it("has summaries that say something, no two upstream ones alike", () => {
    const upstream = profileSummaries().filter(({ fork }) => fork === null);
    expect(new Set(upstream.map(({ summary }) => summary)).size).to.equal(upstream.length);
    for (const { summary } of profileSummaries()) expect(summary).to.match(/^[A-Z`].{14,110}\.$/);
  });
});

describe("docs/adding-a-profile.md", () => {
  const guide = readFileSync(new URL("../../../../docs/adding-a-profile.md", import.meta.url), "utf8");

  it("shows profiles as they are", () => {
    const diff = /\+\+\+ b\/schema\/layout\/profiles\/r13\.9\.ts\n@@.*\n((?:\+.*\n)+)--- /.exec(guide)![1]!;
    expect(diff.replace(/^\+/gm, "")).to.equal(readFileSync(new URL("r13.9.ts", folder), "utf8"));
    const whole = /```ts\n(export default profile\(\{\n {2}id: "r12\.1"[\s\S]*?)```/.exec(guide)![1]!;
    expect(readFileSync(new URL("r12.1.ts", folder), "utf8").endsWith(`\n${whole}`)).to.equal(true);
  });

  it("names every change there is", async () => {
    const changes: Record<string, unknown> = await import("../../../schema/layout/changes.js");
    const named = [...guide.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name);
    expect(named).to.have.members(Object.keys(changes).filter((name) => name !== "profile"));
  });
});

describe("resolveProfile", () => {
  it("finds releases, revisions and HEAD", () => {
    const ids = (names: readonly string[]) => names.map((name) => resolveProfile(name)?.id);
    expect(
      ids(["v0.1", "v0.5", "v0.6", "v0.7", "v0.8", "v0.9", "v0.9.1", "v0.10", "v0.11", "v0.12"]),
    ).to.deep.equal(["r0.20", "r0.28", "r3.1", "r4.1", "r8.1", "r9.1", "r9.1", "r10.3", "r10.7", "r12.19"]);
    const upstream = profileDefinitions.filter(({ fork }) => fork === undefined);
    expect(resolveProfile("HEAD")!.id).to.equal(upstream.at(-1)!.id);
    expect(resolveProfile("HEAD")!.aliases).to.include("HEAD");
    for (let revision = 1; revision <= 14; revision++) {
      const last = resolveProfile(`r${revision}`)!;
      expect(last.revision).to.equal(revision);
      const number = Number(last.id.split(".")[1]);
      expect(resolveProfile(`r${revision}.${number + 1}`)).to.equal(undefined);
      expect(last.aliases).to.include(`r${revision}`);
    }
  });

  it("does not mind the case of a name, and knows no other names", () => {
    expect(resolveProfile("head")).to.equal(resolveProfile("HEAD"));
    expect(resolveProfile("V0.12")).to.equal(resolveProfile("r12.19"));
    for (const name of ["", "v0.13", "constructor", "__proto__", "r0", "r15"]) {
      expect(resolveProfile(name)?.id).to.equal(name === "r0" ? "r0.49" : undefined);
    }
  });

  it("gives the same object every time, and shares layouts between profiles", () => {
    expect(resolveProfile("v0.12")).to.equal(resolveProfile("r12"));
    const [before, after] = [resolveProfile("r12.18")!, resolveProfile("r12.19")!];
    expect(after.structs.get("jailhouse_system")).to.equal(before.structs.get("jailhouse_system"));
    const fork = resolveProfile("fork-lfd-v17")!;
    expect(fork.structs.get("jailhouse_memory")).to.equal(
      resolveProfile("r14.1")!.structs.get("jailhouse_memory"),
    );
  });

  it("says what a fork is a fork of", () => {
    expect(resolveProfile("fork-lfd-v17")!.fork).to.equal("lfd/jailhouse@V17");
    expect(resolveProfile("v0.12")!.fork).to.equal(null);
  });

  it("names the integer type of tables counted in bytes", () => {
    const tables = resolveProfile("v0.8")!.tables;
    expect(
      tables.filter(({ unit }) => unit === "bytes").map(({ name, declaredAs }) => [name, declaredAs]),
    ).to.deep.equal([
      ["cpus", "u64"],
      ["pio_bitmap", "u8"],
    ]);
    expect(
      tables.filter(({ unit }) => unit === "bytes").every(({ elementSize }) => elementSize === 1),
    ).to.equal(true);
  });
});

describe("suggestProfiles", () => {
  it("offers near names, the nearest first", () => {
    expect(suggestProfiles("v0.21")).to.have.members(["v0.1", "v0.11", "v0.12"]);
    expect(suggestProfiles("hed")).to.include("HEAD");
    expect(suggestProfiles("fork-lfd-v71")).to.include("fork-lfd-v17");
    expect(suggestProfiles("fork-nxp-5.10.27")[0]).to.equal("fork-nxp-5.10.72");
  });

  it("offers at most three, and none for a name that is like no other", () => {
    expect(suggestProfiles("r12.99").length).to.be.within(1, 3);
    expect(suggestProfiles("a kettle of fish")).to.deep.equal([]);
    expect(suggestProfiles("x".repeat(1_000_000))).to.deep.equal([]);
  });
});

describe("mistakes in a profile's file", () => {
  const first: ProfileDefinition = {
    id: "a",
    after: null,
    commit: "",
    date: "",
    summary: "",
    changes: [define("jailhouse_cell_desc", [u32("count")]), constants({ A: 1 })],
  };
  const next = (...changes: ProfileDefinition["changes"]): readonly ProfileDefinition[] => [
    first,
    { ...first, id: "b", after: "a", changes },
  ];
  const mistakes: readonly [string, readonly ProfileDefinition[], RegExp][] = [
    ["no definition", [], /at least one/],
    ["an unknown struct", next(remove("nothing", "x")), /profile b: no struct nothing/],
    ["an unknown member", next(remove("jailhouse_cell_desc", "x")), /no member x in jailhouse_cell_desc/],
    ["a path through a plain member", next(remove("jailhouse_cell_desc.count", "x")), /no inline struct/],
    ["a struct that is there", next(define("jailhouse_cell_desc", [])), /jailhouse_cell_desc is there/],
    ["an unknown type", next(define("s", [{ name: "x", type: "u24" }])), /s\.x: no type u24/],
    ["a struct in itself", next(define("s", [{ name: "x", type: "s" }])), /contains itself/],
    ["too wide a bit-field", next(define("s", [{ name: "x", type: "u8", bits: 9 }])), /9 bits do not fit/],
    ["a constant that is gone already", next(withoutConstants("A"), withoutConstants("A")), /no constant A/],
    ["an unknown macro", next(withoutMacros("M")), /profile b: no macro M/],
    ["an unknown table", next(removeTable("t")), /no table t/],
    ["a struct to drop that is not there", next(drop("s")), /no struct s/],
    ["a table of unknown elements", next(addTable("end", "t", "count", "nothing")), /table t: no type/],
    ["a place next to nothing", next(addTable({ after: "x" }, "t", "count", "u32")), /no x in tables/],
  ];
  for (const [what, chain, message] of mistakes) {
    it(`reports ${what}`, () => expect(() => resolveChain(chain)).to.throw(ProfileMistake, message));
  }

  it("makes a profile of a chain without one", () => {
    const profile = resolveChain(next(constants({ A: 2, B: 0xffff_ffff }, "u32")));
    expect([...profile.constants]).to.deep.equal([
      ["A", 2n],
      ["B", 0xffff_ffffn],
    ]);
    expect(profile.structs.get("jailhouse_cell_desc")!.size).to.equal(4);
  });
});
