import { expect } from "chai";
import { compileC } from "../../../compiler/c/compile.js";
import { explainByProfiles } from "../../../compiler/c/known-elsewhere.js";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../compiler/support/source.js";
import { profileSummaries, resolveProfile } from "../../../schema/layout/resolve.js";
import type { Profile } from "../../../schema/layout/types.js";

function allProfiles(): readonly Profile[] {
  return profileSummaries().map(({ id }) => resolveProfile(id)!);
}

describe("Names that other states of the format know", () => {
  const { explainMember, explainConstant } = explainByProfiles(allProfiles());
  const has = (profile: Profile, struct: string, member: string): boolean =>
    profile.structs.get(struct)?.fields.some(({ name }) => name === member) ?? false;

  it("says from where on a member exists", () => {
    const first = allProfiles().find((profile) => has(profile, "jailhouse_cell_desc", "architecture"))!;
    expect(explainMember!("jailhouse_cell_desc", "architecture"))
      .to.match(/^`struct jailhouse_cell_desc` has `architecture` since /)
      .and.include(`${first.id} of ${first.date}: is the config newer`);
  });

  it("says up to where one existed, or from where to where", () => {
    const upstream = allProfiles().filter(({ fork }) => fork === null);
    const withRegion = upstream.filter((profile) => has(profile, "jailhouse_pci_device", "shmem_region"));
    expect(explainMember!("jailhouse_cell_desc", "pio_bitmap_size")).to.match(
      / until r10\.8 .*, last released in v0\.11: .*older/,
    );
    expect(explainMember!("jailhouse_pci_device", "shmem_region"))
      .to.include(`from ${withRegion[0]!.id} `)
      .and.include(`until ${withRegion.at(-1)!.id} `);
  });

  it("asks no question where the headers are those of a profile", () => {
    const builtin = explainByProfiles(allProfiles(), true);
    expect(builtin.explainMember!("jailhouse_cell_desc", "architecture")).to.match(
      / since r14\.1 of [\d-]+$/,
    );
    expect(builtin.explainMember!("jailhouse_cell_desc", "num_stream_ids")).to.match(
      / since r12\.1 of 2019-08-07, first released in v0\.12$/,
    );
    expect(builtin.explainMember!("jailhouse_memory", "colors")).to.match(/only in fork-.* more$/);
  });

  it("finds the profiles that have all names that were asked for", () => {
    const known = explainByProfiles(allProfiles(), true);
    expect(known.havingAll()).to.deep.equal([]);
    known.explainConstant!("NOPE");
    known.explainMember!("jailhouse_cell_desc", "name");
    expect(known.havingAll()).to.deep.equal([]);
    known.explainMember!("jailhouse_cell_desc", "num_stream_ids");
    const withStreams = known.havingAll().map(({ id }) => id);
    expect(withStreams).to.include("r12.1").and.include("r14.1").and.not.include("r11.3");
    known.explainConstant!("JAILHOUSE_X86");
    const withBoth = known.havingAll().map(({ id }) => id);
    expect(withBoth).to.include("r14.1").and.not.include("r12.1");
    known.explainMember!("jailhouse_cell_desc", "pio_bitmap_size");
    expect(known.havingAll()).to.deep.equal([]);
  });

  it("names forks where only they have it", () => {
    expect(explainMember!("jailhouse_memory", "colors")).to.match(
      /only in fork-[\w-]+, .* more: does the config belong to other headers/,
    );
  });

  it("looks into structs without a tag", () => {
    expect(explainMember!(null, "pci_mmconfig_base")).to.match(
      /^such a struct has `pci_mmconfig_base` since /,
    );
    expect(explainMember!(null, "phys_start")).to.equal(undefined);
  });

  it("knows constants and macros", () => {
    expect(explainConstant!("JAILHOUSE_CELL_DEBUG_CONSOLE")).to.match(
      /^`JAILHOUSE_CELL_DEBUG_CONSOLE` is defined from .* until /,
    );
    expect(explainConstant!("PIO_RANGE")).to.match(/^`PIO_RANGE` is defined since r10\.8 /);
  });

  it("has nothing to say of what all have, or none", () => {
    expect(explainMember!("jailhouse_cell_desc", "name")).to.equal(undefined);
    expect(explainMember!("jailhouse_cell_desc", "nope")).to.equal(undefined);
    expect(explainMember!("nope", "name")).to.equal(undefined);
    expect(explainConstant!("NOPE")).to.equal(undefined);
  });

  it("goes through the profiles only when it is asked", () => {
    let taken = 0;
    const { explainConstant: explain } = explainByProfiles({
      *[Symbol.iterator]() {
        taken += 1;
        yield* allProfiles();
      },
    });
    expect(taken).to.equal(0);
    explain!("JAILHOUSE_X86");
    explain!("PIO_RANGE");
    expect(taken).to.equal(1);
  });

  it("stands in the help of the error, once for each name", () => {
    const findings: Diagnostic[] = [];
    const text = `struct jailhouse_cell_desc { int name; };
      struct jailhouse_cell_desc a = { .architecture = JAILHOUSE_X86 }, b = { .architecture = JAILHOUSE_X86 };`;
    compileC(new SourceFile("demo.c", text), {
      target: "x86_64",
      macros: [],
      forcedIncludes: [],
      includes: { resolve: () => undefined, searched: () => [] },
      report: (finding) => findings.push(finding),
      explainMember,
      explainConstant,
    });
    expect(findings.map(({ id }) => id)).to.deep.equal(["c-unknown-member", "c-unknown-name"]);
    expect(findings[0]!.help).to.equal(explainMember!("jailhouse_cell_desc", "architecture"));
    expect(findings[1]!.help).to.equal(explainConstant!("JAILHOUSE_X86"));
  });
});
