import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

describe("files whose content is of another kind than their name", () => {
  const jail = "// a cell\narchitecture x86\ncell demo { cpus 1; ioports 0x3f8-0x3ff }\n";
  const c = cellSource("demo");
  const built = async (): Promise<Uint8Array> => {
    const host = new MemoryHost({ "demo.c": c });
    await cellc(["build", "--no-check", "demo.c"], host);
    return host.get("demo.cell")!;
  };

  it("are told with one error, in every command", async () => {
    const cell = await built();
    const utf16 = Buffer.from(`\ufeff${jail}`, "utf16le");
    const cases: readonly (readonly [string, string | Uint8Array, string, string])[] = [
      ["x.jail", c, "error[jail-other-kind]: this is C", "`.c`"],
      ["x.jail", cell, "error[jail-other-kind]: this is a .cell file", "`.cell`"],
      ["x.jail", utf16, "error[jail-other-kind]: this is UTF-16", "UTF-8"],
      ["x.c", jail, "error[c-cell-language]", "`.jail`"],
      ["x.cell", jail, "error[cell-not-recognised]", "`.jail`"],
      ["x.cell", c, "error[cell-not-recognised]", "`.c`"],
    ];
    for (const [name, content, error, help] of cases) {
      const commands = name.endsWith(".cell") ? ["check", "decode"] : ["check", "build", "decode"];
      for (const command of commands) {
        const run = await cellc([command, name], { [name]: content });
        expect(run.status, `${command} ${error}`).to.equal(1);
        expect(run.error)
          .to.contain(error)
          .and.match(/\n1 error\n$/);
        expect(run.error.match(/= help: .*/)![0]).to.contain(help);
      }
    }
    const formatted = await cellc(["fmt", "x.jail"], { "x.jail": c });
    expect(formatted.status).to.equal(1);
    expect(formatted.error)
      .to.contain("jail-other-kind")
      .and.match(/\n1 error\n$/);
  });

  it("are not told where a .cell file is of another revision than --profile", async () => {
    const old = new MemoryHost({ "demo.c": c });
    await cellc(["build", "--no-check", "-p", "r12", "demo.c"], old);
    const wrong = await cellc(["check", "demo.cell", "--profile", "r14"], old);
    expect(wrong.status).to.equal(2);
    expect(wrong.error)
      .to.match(/error\[cell-other-profile\]: `--profile r14\S*` was asked for, .* one of r12/)
      .and.match(/\n1 error\n$/);
    const right = await cellc(["check", "demo.cell", "--profile", "r12"], old);
    expect(right.error).to.not.contain("cell-other-profile");
    const damaged = Uint8Array.from(old.get("demo.cell")!);
    damaged[0] = 0x41;
    const rules = await cellc(["check", "x.cell", "--profile", "r12"], { "x.cell": damaged });
    expect(rules.error).to.contain("error[fmt-signature]");
  });
});
