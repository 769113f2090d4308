import { expect } from "chai";
import { builtInProfiles, detect, isPaddingName, layoutKey } from "../../../schema/codec/detect.js";
import { encode } from "../../../schema/codec/encode.js";
import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { ConfigKind, WireStruct } from "../../../schema/codec/wire.js";
import { buildConfig, type ConfigParts } from "../../support/build-config.js";
import { allProfiles, profileNamed } from "../../support/random-config.js";

/** A config that looks like one: a name, two kinds of tables, nothing odd. */
function typical(name: string, kind: ConfigKind, more: ConfigParts = {}): Uint8Array {
  const profile = profileNamed(name);
  const flags = profile.structs.get("jailhouse_memory")!.fields.some((field) => field.name === "flags");
  const region: WireStruct = {
    phys_start: 0x4000_0000n,
    size: 0x10_0000n,
    [flags ? "flags" : "access_flags"]: 7n,
  };
  const bytes = planOfProfile(profile).tables.find(({ table }) => table.name === "cpus")!.element === null;
  const cpus = bytes ? Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0) : [{ phys_id: 1n }];
  return encode(
    buildConfig(profile, kind, {
      ...more,
      cell: { name: "demo", ...more.cell },
      tables: { cpus, mem_regions: [region], ...more.tables },
    }),
  );
}

describe("profile detection", () => {
  it("finds each profile, or one that lays out the bytes alike, among the exact candidates", () => {
    for (const profile of allProfiles()) {
      for (const kind of ["system", "cell"] as const) {
        const { candidates, reason } = detect(typical(profile.id, kind));
        const found = candidates.filter((candidate) => candidate.exact && candidate.kind === kind);
        const names = found.flatMap((candidate) => [candidate.profile, ...candidate.equivalent]);
        const hidden = profile.fork !== null && names.some(({ fork }) => fork === null);
        expect(reason.kind, profile.id).to.be.oneOf(["fits", "ambiguous"]);
        if (!hidden) expect(names, `${profile.id} ${kind}`).to.include(profile);
      }
    }
  });

  it("prefers a released state of the revision, then the newest upstream one", () => {
    const { candidates, reason } = detect(typical("r14", "system"));
    expect(candidates[0]!.profile.id).to.equal(profileNamed("HEAD").id);
    expect(candidates[0]!.exact).to.equal(true);
    expect(reason).to.deep.equal({ kind: "fits" });
    expect(detect(typical("r10.1", "cell")).candidates[0]!.profile).to.equal(profileNamed("v0.11"));
    expect(detect(typical("r11.1", "cell")).candidates[0]!.profile).to.equal(profileNamed("r11"));
  });

  it("groups profiles of one layout", () => {
    const [first] = detect(typical("r8.1", "cell")).candidates;
    expect(first!.profile.id).to.equal("r8.1");
    expect(first!.equivalent.map(({ id }) => id)).to.deep.equal(["r8.4", "r8.3", "r8.2"]);
    expect(layoutKey(profileNamed("r8.1"))).to.equal(layoutKey(profileNamed("r8.4")));
    expect(layoutKey(profileNamed("r9.1"))).not.to.equal(layoutKey(profileNamed("r9.4")));
  });

  it("reports layouts it cannot tell apart", () => {
    const { candidates, reason } = detect(typical("r9.1", "cell"));
    expect(reason).to.deep.equal({ kind: "ambiguous", layouts: candidates.length });
    const ids = candidates.flatMap(({ profile, equivalent }) => [
      profile.id,
      ...equivalent.map(({ id }) => id),
    ]);
    expect(ids).to.include.members(["r9.4", "r9.1"]);
  });

  it("leaves forks out where an upstream layout fits", () => {
    const { candidates } = detect(typical("r13", "cell"));
    expect(candidates.map(({ profile }) => profile.fork)).to.deep.equal(candidates.map(() => null));
  });

  it("tells states of one revision apart by size", () => {
    expect(detect(typical("r9.2", "system")).candidates[0]!.profile.id).to.equal("r9.1");
    expect(detect(typical("r9.3", "system")).candidates[0]!.profile.id).to.equal("r9.4");
  });

  it("finds a fork where upstream's sizes do not fit", () => {
    const [first] = detect(typical("fork-lfd-v17", "system")).candidates;
    expect(first!.profile.id).to.equal("fork-lfd-v17");
    const [other] = detect(typical("fork-danieleottaviano", "system")).candidates;
    expect(other!.profile.id).to.equal("fork-danieleottaviano");
  });

  it("finds a fork by its own signature", () => {
    expect(detect(typical("fork-hky1999-arceos", "cell")).candidates[0]!.profile.id).to.equal(
      "fork-hky1999-arceos",
    );
  });

  it("keeps to upstream for a file with bytes behind its tables, even if a fork's sizes happen to agree", () => {
    const profile = profileNamed("v0.11");
    const bytes = encode(
      buildConfig(profile, "cell", {
        cell: { name: "demo" },
        tables: { cpus: new Uint8Array(8), mem_regions: [{ size: 0x3000n, flags: 0x10n }] },
        trailing: new Uint8Array(24).fill(1),
      }),
    );
    const { candidates, reason } = detect(bytes);
    expect(reason).to.deep.equal({ kind: "sizes-disagree" });
    expect(candidates[0]!.profile).to.equal(profile);
    expect(candidates[0]!.exact).to.equal(false);
  });

  it("prefers a layout that leaves bytes over one that lacks some", () => {
    const bytes = typical("r14", "cell", { trailing: new Uint8Array(5) });
    const { candidates, reason } = detect(bytes);
    expect(reason.kind).to.equal("sizes-disagree");
    expect(candidates[0]!.profile.id).to.equal("r14.1");
    const truncated = detect(bytes.subarray(0, 60));
    expect(truncated.candidates[0]!.profile.id).to.equal("r14.1");
  });

  it("takes a known signature with an unknown revision for what it is", () => {
    const bytes = typical("r14", "cell");
    new DataView(bytes.buffer).setUint16(6, 77, true);
    const { candidates, reason } = detect(bytes);
    expect(reason).to.deep.equal({
      kind: "unknown-revision",
      revision: 77,
      signature: "JHCLL",
    });
    expect(candidates[0]!.profile.id).to.equal("r14.1");
    expect(candidates.every(({ exact }) => !exact)).to.equal(true);
  });
});

describe("detection of a file that hardly began", () => {
  it("knows a signature with nothing behind it", () => {
    for (const text of ["JHSYS", "JHCLL", "JHCELL", "JHSYST\u0001"]) {
      const found = detect(new TextEncoder().encode(text));
      expect(found, text).to.deep.equal({ candidates: [], reason: { kind: "cut-off" } });
    }
    expect(detect(new TextEncoder().encode("JHS")).reason).to.deep.equal({ kind: "not-a-cell" });
  });
});

describe("detection before signatures", () => {
  const v01 = (): Uint8Array => typical("v0.1", "cell");

  it("accepts a file in which everything agrees", () => {
    const { candidates } = detect(v01());
    expect(candidates.length).to.be.greaterThan(0);
    expect(candidates.every(({ profile, exact }) => profile.signatures === null && exact)).to.equal(true);
  });

  const spoilt: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
    ["a byte too many", (bytes) => Uint8Array.of(...bytes, 0)],
    ["a byte too few", (bytes) => bytes.subarray(0, -1)],
    ["a name with a control character", (bytes) => withByte(bytes, 1, 7)],
    ["a name with something behind its end", (bytes) => withByte(bytes, 20, 0x41)],
    ["no name", (bytes) => bytes.fill(0, 0, 32)],
    ["a memory flag that did not exist", (bytes) => withByte(bytes, bytes.length - 1, 0x80)],
  ];
  for (const [what, spoil] of spoilt) {
    it(`does not accept one with ${what}`, () => {
      expect(detect(spoil(v01()))).to.deep.equal({ candidates: [], reason: { kind: "not-a-cell" } });
    });
  }

  it("does not accept one with something in its padding", () => {
    const bytes = encode(
      buildConfig(profileNamed("r0.1"), "cell", { cell: { name: "old", padding: [0, 0, 1] } }),
    );
    expect(detect(bytes).candidates).to.deep.equal([]);
  });

  it("is not fooled by what is no config at all", () => {
    const texts = [
      "",
      "x",
      "#!/bin/sh\n",
      "JHCLL",
      "\x7fELF\x02\x01\x01".padEnd(400, "\0"),
      "a".repeat(5000),
    ];
    for (const text of texts) {
      expect(
        detect(new TextEncoder().encode(text)).candidates,
        JSON.stringify(text.slice(0, 10)),
      ).to.have.length(0);
    }
  });

  function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
    bytes[at] = value;
    return bytes;
  }
});

describe("the names and profiles that detection knows", () => {
  it("knows padding by its name", () => {
    for (const name of ["padding", "__reserved", "_res", "_res1"]) expect(isPaddingName(name)).to.equal(true);
    for (const name of ["resource", "reset", "name", "paddings"]) expect(isPaddingName(name)).to.equal(false);
  });

  it("finds built-in profiles by revision, and no others", () => {
    expect(builtInProfiles.ofRevision(14)).to.include("r14.1");
    expect(builtInProfiles.ofRevision(99)).to.deep.equal([]);
    expect(() => builtInProfiles.profile("r99.1")).to.throw("no profile r99.1");
  });
});
