import { expect } from "chai";
import { compileC } from "../../../../compiler/c/compile.js";
import { matchProfiles } from "../../../../compiler/c/match-profile.js";
import type { CUnit } from "../../../../compiler/c/unit.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { headerFiles } from "../../../../schema/header/header-files.js";
import { profileSummaries, resolveProfile } from "../../../../schema/layout/resolve.js";
import type { Profile, StructLayout } from "../../../../schema/layout/types.js";

const profiles = profileSummaries().map(({ id }) => resolveProfile(id)!);

/** The structs of a profile's own header as the C reader lays them out, after a change to the header's text. */
function structsOf(profile: Profile, change: (text: string) => string = (text) => text): CUnit["structs"] {
  const headers = new Map(
    [...headerFiles(profile, { comments: false })].map(([name, text]) => [
      name,
      new SourceFile(name, change(text)),
    ]),
  );
  const unit = compileC(new SourceFile("config.c", "#include <jailhouse/cell-config.h>\n"), {
    target: "x86_64",
    macros: [],
    forcedIncludes: [],
    includes: { resolve: (name) => headers.get(name), searched: () => [] },
    report: ({ message, severity }) => {
      if (severity === "error") throw new Error(`${profile.id}: ${message}`);
    },
  });
  return unit.structs;
}

/** All that matters to `matchProfiles`, as text: profiles with the same text cannot be told apart. */
function shapeOf(profile: Profile): string {
  const show = (layout: StructLayout): string =>
    `${layout.size}{${[...layout.fields]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((field) => {
        const bits =
          field.kind === "integer" && field.bitWidth !== undefined
            ? `${field.bitOffset}:${field.bitWidth}`
            : "";
        const inside = field.kind === "struct" || field.kind === "structs" ? show(field.layout) : "";
        return `${field.name}@${field.offset}+${bits === "" ? field.size : bits}${inside}`;
      })
      .join()}}`;
  const elements = profile.tables.flatMap(({ layout }) => (layout === null ? [] : [layout.name]));
  const tags = [...new Set(["jailhouse_system", "jailhouse_cell_desc", ...elements])].sort();
  return tags.map((tag) => `${tag}${show(profile.structs.get(tag)!)}`).join();
}

describe("matching a user's headers with the profiles", () => {
  it("finds each profile by its own header, and with it only those that have the same structs", () => {
    const shapes = new Map(profiles.map((profile) => [profile.id, shapeOf(profile)]));
    for (const profile of profiles) {
      const found = matchProfiles(structsOf(profile), profiles).map(({ id }) => id);
      expect(found, profile.id).to.include(profile.id);
      for (const id of found) {
        const tags = shapes.get(id)!.split(/(?<=\}),(?=jailhouse)/);
        for (const tag of tags) expect(shapes.get(profile.id), `${profile.id} as ${id}`).to.include(tag);
      }
    }
  });

  it("finds nothing once a member has another name, size, place or width", () => {
    const profile = resolveProfile("r14.1")!;
    const changes: ((text: string) => string)[] = [
      (text) => text.replace(/\bvpci_irq_base\b/, "irq_base"),
      (text) => text.replace(/__u32 vpci_irq_base/, "__u16 vpci_irq_base, padding_"),
      (text) => text.replace(/(__u64 phys_start;\s*)(__u64 virt_start;)/, "$2 $1"),
      (text) => text.replace(/msi_64bits\s*:\s*1/, "msi_64bits : 2"),
      (text) => text.replace(/__u32 tsc_khz;/, "__u32 tsc_mhz;"),
    ];
    for (const change of changes) {
      const header = headerFiles(profile, { comments: false }).get("jailhouse/cell-config.h")!;
      expect(change(header), "the change applies").to.not.equal(header);
      expect(matchProfiles(structsOf(profile, change), [profile])).to.deep.equal([]);
    }
    expect(matchProfiles(new Map(), profiles)).to.deep.equal([]);
  });
});
