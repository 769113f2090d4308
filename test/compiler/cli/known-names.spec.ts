import { expect } from "chai";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

describe("names that the headers of a config lack", () => {
  it("come with the profile that has them, where headers are built in", async () => {
    const source = cellSource("new").replace(
      ".cpu_set_size",
      ".architecture = JAILHOUSE_ARM64,\n\t\t.cpu_set_size",
    );
    const { status, error } = await cellc(["build", "--no-check", "new.c", "-p", "v0.12"], {
      "new.c": source,
    });
    expect(status).to.equal(1);
    expect(error).to.match(
      /error\[c-unknown-member\]: `struct jailhouse_cell_desc` has no member `architecture`/,
    );
    expect(error).to.match(/has `architecture` since r14\.1 of [\d-]+$/m);
    expect(error).to.match(/error\[c-unknown-name\]: `JAILHOUSE_ARM64` is not defined/);
    expect(error).to.match(/`JAILHOUSE_ARM64` is defined since r14\.1 of [\d-]+$/m);
    expect(error).to.match(
      /^note\[other-profile-fits\]: names that the header of r12\.19 lacks are in that of r14$/m,
    );
    expect(error).to.match(/2 errors, 1 note$/m);
  });

  it("lead to one profile that has all of them, the nearest one that people know", async () => {
    const profileFor = async (served: string, ...names: readonly string[]): Promise<string | undefined> => {
      const files = { "a.c": `#include <jailhouse/cell-config.h>\nint a[] = { ${names.join(", ")} };\n` };
      const { error } = await cellc(["build", "--no-check", "a.c", "-p", served], files);
      return /are in that of (\S+)$/m.exec(error)?.[1];
    };
    expect(await profileFor("v0.10", "JAILHOUSE_CON_TYPE_VGA")).to.equal("r9");
    expect(await profileFor("v0.9", "JAILHOUSE_IOMMU_SMMUV3")).to.equal("v0.12");
    expect(await profileFor("v0.9", "JAILHOUSE_IOMMU_SMMUV3", "JAILHOUSE_X86")).to.equal("r14");
    expect(await profileFor("v0.9", "JAILHOUSE_X86", "NOPE")).to.equal("r14");
    expect(await profileFor("v0.9", "NOPE")).to.equal(undefined);
  });

  it("are asked after where the user's own headers serve, which no option replaces", async () => {
    const { error } = await cellc(["build", "--no-check", "new.c", "-I", "include"], {
      "include/jailhouse/cell-config.h": "struct jailhouse_cell_desc { int revision; };\n",
      "new.c":
        "#include <jailhouse/cell-config.h>\nstruct jailhouse_cell_desc config = { 1, .architecture = 2 };\n",
    });
    expect(error)
      .to.match(/since r14\.1 of .*: is the config newer than the headers\?/)
      .and.not.match(/--profile/);
  });

  it("stay in order with the other findings, and are said once", async () => {
    const { error } = await cellc(["build", "--no-check", "a.c", "--format", "json", "-o", "-"], {
      "a.c": "int a = NOPE;\nint b = 1 / 0;\nint c = NOPE + JAILHOUSE_CELL_DEBUG_CONSOLE;\n",
    });
    const { diagnostics } = JSON.parse(error) as {
      diagnostics: { id: string; line: number; help: string }[];
    };
    expect(diagnostics.map(({ id, line }) => `${line} ${id}`)).to.deep.equal([
      "1 c-unknown-name",
      "2 c-division-by-zero",
      "3 c-unknown-name",
    ]);
    expect(diagnostics[2]!.help).to.match(/from r0\.\d+ of .* until /);
  });

  it("count for every config that meets them in one header: none is said to define no config", async () => {
    const files = {
      "shared.h": "static const int base = NOPE;\n",
      "a.c": `#include "shared.h"\n${cellSource("a")}`,
      "b.c": `#include "shared.h"\n${cellSource("b")}`,
    };
    const { status, error } = await cellc(["build", "--no-check", "a.c", "b.c", "-o", "out/"], files);
    expect(status).to.equal(1);
    expect(error.match(/^error\[.*$/gm)).to.deep.equal(["error[c-unknown-name]: `NOPE` is not defined"]);
    const both = await cellc(["diff", "a.c", "b.c"], files);
    expect(both.error.match(/^error\[.*$/gm)).to.deep.equal(["error[c-unknown-name]: `NOPE` is not defined"]);
  });
});
