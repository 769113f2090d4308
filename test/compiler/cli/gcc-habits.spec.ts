import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

const files = () => new MemoryHost({ "a.c": cellSource("a") });

describe("what users of gcc write", () => {
  it("needs -MD for -MF, -MP and -MT", async () => {
    for (const option of [["-MF", "x.d"], ["-MP"], ["-MT", "x"]]) {
      const { status, error } = await cellc(["build", "--no-check", "a.c", ...option], files());
      expect(status).to.equal(2);
      expect(error).to.contain(`\`${option[0]}\` needs \`-MD\``);
    }
  });

  it("can have the dependencies on standard output", async () => {
    const { status, out } = await cellc(["build", "--no-check", "a.c", "-q", "-MD", "-MF", "-"], files());
    expect({ status, out }).to.deep.equal({ status: 0, out: "a.cell: a.c\n" });
    const both = await cellc(["build", "--no-check", "a.c", "-o", "-", "-MD", "-MF", "-"], files());
    expect(both.status).to.equal(2);
  });

  it("takes /dev/stdout for what it is", async () => {
    const host = files();
    const { bytes, status } = await cellc(["build", "--no-check", "a.c", "-o", "/dev/stdout"], host);
    expect(status).to.equal(0);
    expect(bytes).to.have.length(204);
    expect(host.names()).to.deep.equal(["/work/a.c"]);
  });

  it("gives status 2 for definitions that are none", async () => {
    for (const argv of [["-D3x=1"], ["-D=1"], ["-DF(=1"], ["-DA=/* x"], ["-U3"], ["-Ddefined"]]) {
      for (const command of ["build", "--no-check", "decode"]) {
        const { status, out } = await cellc([command, "a.c", ...argv], files());
        expect({ status, out }, argv[0]).to.deep.equal({ status: 2, out: "" });
      }
    }
    const misused = await cellc(["build", "--no-check", "a.c", "-Dconfig=+"], files());
    expect(misused.status).to.equal(1);
  });

  it("is told that options for code are not needed", async () => {
    for (const option of ["-O2", "-Wall", "-std=gnu11", "-g", "-fno-common", "-c"]) {
      const { status, error } = await cellc(["build", "--no-check", "a.c", option], files());
      expect(status, option).to.equal(2);
      expect(error).to.contain(`\`${option}\` is an option of gcc, not needed by cellc`);
    }
  });
});

describe("the lines about what was written", () => {
  it("show control characters of a file's name instead of obeying them", async () => {
    const name = "a\u001b[2J\nb";
    const host = new MemoryHost({ [`${name}.c`]: cellSource("a") });
    const shown = "a\u241b[2J\u240ab";
    expect((await cellc(["build", "--no-check", `${name}.c`], host)).out).to.equal(
      `${shown}.cell  204 bytes  r14.1\n`,
    );
    expect((await cellc(["convert", `${name}.c`], host)).out).to.equal(`${shown}.cell  204 bytes  r14.1\n`);
    expect((await cellc(["header", "-o", `${name}.h`], host)).out).to.equal(`${shown}.h\n`);
    expect(host.get(`${name}.cell`)).to.have.length(204);
  });
});

describe("what is no input", () => {
  it("is not compiled as C by decode", async () => {
    const readme = "# Title\n\n```c\n#include <jailhouse/cell-config.h>\n```\n";
    const { status, error } = await cellc(["decode", "README.md"], { "README.md": readme });
    expect(status).to.equal(1);
    expect(error)
      .to.contain("`README.md` is no .cell file")
      .and.match(/\n1 error\n$/);
    const source = `/* a config\n */\n// of mine\n${cellSource("a")}`;
    expect((await cellc(["decode", "a.txt"], { "a.txt": source })).status).to.equal(0);
  });

  it("may be a cellc.yml, which is not read", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a"), "cellc.yml": "profile: v0.12\n" });
    const { status, error } = await cellc(["build", "--no-check", "a.c"], host);
    expect(status).to.equal(0);
    expect(error).to.contain("note[project-misnamed]: `cellc.yml` is not read");
  });
});

describe("a file that cannot be read in full", () => {
  const built = async (): Promise<Uint8Array> =>
    (await cellc(["build", "--no-check", "a.c", "-o", "-"], files())).bytes;

  it("gives one error where it ends behind its header", async () => {
    const cell = Uint8Array.from((await built()).subarray(0, 132));
    const { error } = await cellc(["decode", "a.cell"], { "a.cell": cell });
    expect(error).to.match(/\n1 error\n$/);
    expect(error).to.contain("nothing is left for 1 more table behind it");
  });

  it("gives one error for a revision that nobody has", async () => {
    const cell = Uint8Array.from(await built());
    cell[6] = 12;
    const { error } = await cellc(["decode", "a.cell"], { "a.cell": cell });
    expect(error).to.contain("no profile with signature JHCLL has revision 12");
    expect(error).to.match(/\n1 error\n$/);
  });

  it("says after how many bytes it was cut off", async () => {
    const { error } = await cellc(["decode", "a.cell"], { "a.cell": "JHSYS" });
    expect(error).to.contain("`a.cell` is cut off after 5 bytes");
  });

  it("is ambiguous only where the candidates show something else", async () => {
    const host = new MemoryHost({ "a.c": cellSource("a").replace("ARRAY_SIZE(config.mem_regions)", "2") });
    for (const profile of ["r9.1", "r9.4"]) {
      await cellc(["build", "--no-check", "a.c", "-p", profile], host);
      const { error } = await cellc(["decode", "a.cell"], host);
      if (error !== "") expect(error).to.contain("cell-ambiguous-profile");
    }
    await cellc(["build", "--no-check", "a.c", "-p", "v0.11"], host);
    const { out, error } = await cellc(["decode", "a.cell"], host);
    expect(out).to.contain("profile r10.7 (v0.11)");
    expect(error).to.equal("");
  });
});

describe("the columns of a table", () => {
  it("keep what identifies an element, zero or not", async () => {
    const source = cellSource("a")
      .replace("struct jailhouse_memory mem_regions[2];", "$&\n\tstruct jailhouse_pci_device pci_devices[1];")
      .replace(".cpu_set_size", ".num_pci_devices = 1,\n\t\t.cpu_set_size")
      .replace(/\n\};\n$/, "\n\t.pci_devices = { { .type = JAILHOUSE_PCI_TYPE_IVSHMEM } },\n};\n");
    const { out, error } = await cellc(["decode", "a.c"], { "a.c": source });
    expect(error).to.equal("");
    expect(out).to.match(/# +type +(\w+ +)*domain +bdf .*shmem_regions_start/);
    expect(out).to.match(/0 +ivshmem .*00:00\.0/);
  });
});
