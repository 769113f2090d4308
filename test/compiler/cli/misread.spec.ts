import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

/** What is said of configs that are not what their bytes are read as: that, and nothing that follows from it. */
describe("configs that cannot be read as they are", () => {
  const good = cellSource("demo");
  const wrong: readonly (readonly [string, string, string, string])[] = [
    ["JAILHOUSE_CELL_DESC_SIGNATURE", "JAILHOUSE_SYSTEM_SIGNATURE", "output-wrong-kind", "a.c:10:"],
    [".signature = JAILHOUSE_CELL_DESC_SIGNATURE,", "", "output-no-signature", "a.c:8:"],
    ["ARRAY_SIZE(config.mem_regions)", "3", "output-count-wrong", "a.c:14:25"],
    ["ARRAY_SIZE(config.mem_regions)", "1", "output-count-wrong", "a.c:14:25"],
  ];
  for (const [from, to, id, place] of wrong) {
    for (const command of [["check"], ["who", "0x1000"]])
      it(`${command[0]}: ${id}, with \`${to}\``, async () => {
        const { status, error, out } = await cellc([...command, "a.c"], { "a.c": good.replace(from, to) });
        expect(status).to.equal(1);
        expect(error).to.contain(`error[${id}]`).and.contain(`--> ${place}`);
        expect(error).to.match(/\n1 error\n$/);
        expect(out).to.equal("");
      });
  }

  it("leaves a revision to the rules", async () => {
    const text = good.replace("JAILHOUSE_CONFIG_REVISION", "13");
    expect((await cellc(["check", "a.c"], { "a.c": text })).error)
      .to.contain("error[fmt-revision]")
      .and.not.contain("output-wrong-revision");
  });

  describe("as .cell files", () => {
    const machine = `system pc {
  architecture x86
  cpus 0-1
  memory at 0 size 64M rwx dma
}
`;
    const builtBytes = async (): Promise<Uint8Array> => {
      const host = new MemoryHost({ "pc.jail": machine });
      await cellc(["build", "--no-check", "-o", "pc.cell", "pc.jail"], host);
      return host.get("pc.cell") as Uint8Array;
    };

    it("are told with the count that wants more, and who gives no answer", async () => {
      const bytes = (await builtBytes()).slice(0, -8);
      for (const command of [["check"], ["who", "0x1000"]]) {
        const { status, error, out } = await cellc(
          [...command, "pc.cell"],
          new MemoryHost({ "pc.cell": bytes }),
        );
        expect(status).to.equal(1);
        expect(error).to.match(
          /^error\[fmt-truncated\]: .*\n *--> pc\.cell @ 0x[0-9a-f]+ \(root_cell\.num_memory_regions\)\n/,
        );
        expect(error).to.match(/\n1 error\n$/);
        expect(out).to.not.contain("reach");
      }
    });

    it("are named by the file where the header ends before their name", async () => {
      const { out, error } = await cellc(
        ["check", "pc.cell"],
        new MemoryHost({ "pc.cell": (await builtBytes()).slice(0, 8) }),
      );
      expect(out).to.equal('checked system "pc.cell": 1 error\n');
      expect(error)
        .to.contain("--> pc.cell @ 0x7 ")
        .and.match(/\n1 error\n$/);
    });

    it("are told with the bytes that no count covers, and who answers", async () => {
      const bytes = await builtBytes();
      const longer = new Uint8Array(bytes.length + 3);
      longer.set(bytes);
      const { status, error, out } = await cellc(
        ["who", "0x1000", "pc.cell"],
        new MemoryHost({ "pc.cell": longer }),
      );
      expect(status).to.equal(0);
      expect(error)
        .to.contain("warning[fmt-trailing]")
        .and.contain(`--> pc.cell @ 0x${bytes.length.toString(16)}`);
      expect(out).to.match(/^root cell "pc", its CPUs: rwx/);
    });
  });
});
