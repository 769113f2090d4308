import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { cellc } from "../../support/cli-runner.js";
import { ruleMachines } from "../../support/rule-machines.js";

const machine = `import "machines/intel-pc.jail"\nsystem pc { use intel-pc() }\n`;
const root = path.resolve(import.meta.dirname, "../../../..");

const check = (board: string, ...more: readonly string[]) =>
  cellc(["check", "main.jail", "--board", "board.yaml", ...more], {
    ...ruleMachines(),
    "main.jail": machine,
    "board.yaml": board,
  });

describe("cellc check --board", () => {
  it("shows what disagrees, with the place in the board file", async () => {
    const { status, error } = await check("cpus:\n  online: 0-1\n");
    expect(status).to.equal(1);
    expect(error)
      .to.contain('error[cpu-online-mismatch]: root cell "pc" has 4 CPUs, 2 are online')
      .and.contain("board.yaml:2:11")
      .and.contain("online here");
  });

  it("finds nothing where the board is as the configs say", async () => {
    expect((await check("cpus: { online: 0-3 }")).status).to.equal(0);
  });

  it("takes the vendor from the board where the IOMMUs do not tell", async () => {
    const text = `system pc {
  architecture x86
  hypervisor at 0x3a00_0000 size 6M
  pci mmconfig at 0xb000_0000 buses 0-255
  x86 { pm-timer 0x608 }
  cpus 0-3
  memory at 0 size 928M rwx dma
  cache l3 ways 7-8
}
`;
    const board = "l3: { mask-bits: 8 }\n";
    const files = {
      ...ruleMachines(),
      "main.jail": text,
      "intel.yaml": `vendor: intel\n${board}`,
      "amd.yaml": `vendor: amd\n${board}`,
    };
    const findings = async (name: string) =>
      (await cellc(["check", "main.jail", "--board", name], files)).error.includes("cat-range");
    expect(await findings("intel.yaml")).to.equal(true);
    expect(await findings("amd.yaml")).to.equal(false);
  });

  it("checks nothing against a file with mistakes, or without a file", async () => {
    const wrong = await check("cpus: { onlin: 0-1 }");
    expect(wrong.status).to.equal(2);
    expect(wrong.error).to.contain("board-unknown-key").and.not.contain("cpu-online");
    const missing = await cellc(["check", "main.jail", "--board", "none.yaml"], {
      ...ruleMachines(),
      "main.jail": machine,
    });
    expect(missing.status).to.equal(2);
    expect(missing.error).to.contain("none.yaml");
  });

  it("warns of a file that says nothing", async () => {
    const { status, error } = await check("# later\n");
    expect(status).to.equal(0);
    expect(error).to.contain("warning[board-empty]: the board file says nothing");
  });

  it("names the board file in other formats, too", async () => {
    const { out } = await check("cpus: { online: 0-1 }", "--format", "sarif");
    expect(out).to.contain("board.yaml");
  });

  for (const name of ["qemu-x86", "qemu-arm64"]) {
    it(`finds nothing that contradicts the board of ${name}`, async () => {
      const [main, board] = ["machine.jail", "board.yaml"].map((file) =>
        readFileSync(path.join(root, "boards", name, file), "utf8"),
      );
      const { out } = await cellc(
        ["check", "machine.jail", "--board", "board.yaml", "--format", "json", "--info"],
        { "machine.jail": main!, "board.yaml": board! },
      );
      const { diagnostics } = JSON.parse(out) as { diagnostics: readonly { id: string; message: string }[] };
      const { allRules } = await import("../../../compiler/check/registry.js");
      const ofBoards = new Set(allRules.filter(({ family }) => family === "board").map(({ id }) => id));
      expect(diagnostics.filter(({ id }) => ofBoards.has(id))).to.deep.equal([]);
    });
  }
});
