import { expect } from "chai";
import { MemoryHost } from "../../../compiler/support/memory-host.js";
import { cellc } from "../../support/cli-runner.js";
import { cellSource } from "./sources.js";

describe("the architecture of a converted config", () => {
  const old = async (): Promise<MemoryHost> => {
    const host = new MemoryHost({ "a.c": cellSource("a") });
    await cellc(["build", "--no-check", "a.c", "-p", "v0.12"], host);
    return host;
  };
  const convert = ["convert", "a.cell", "-p", "r14", "-o", "b.cell"];

  it("has to be said where the config does not say it, losses allowed or not", async () => {
    for (const more of [[], ["--allow-loss"]]) {
      const host = await old();
      const { status, error } = await cellc([...convert, ...more], host);
      expect(status).to.equal(1);
      expect(error).to.contain("error[architecture-unknown]").and.contain("--architecture arm64");
      expect(host.get("b.cell")).to.equal(undefined);
    }
  });

  it("is written as it was said", async () => {
    const host = await old();
    expect((await cellc([...convert, "--architecture", "arm64"], host)).status).to.equal(0);
    expect((await cellc(["decode", "b.cell"], host)).out).to.match(/architecture +arm64\n/);
  });

  it("must not contradict the config", async () => {
    const host = await old();
    await cellc([...convert, "--architecture", "arm64"], host);
    const { status, error } = await cellc(
      ["convert", "b.cell", "-o", "c.cell", "--architecture", "x86"],
      host,
    );
    expect(status).to.equal(1);
    expect(error).to.contain("`--architecture x86` contradicts the config: the config says it is for arm64");
    expect(host.get("c.cell")).to.equal(undefined);
  });

  it("has no effect where the revision has no place for it, which is said", async () => {
    const host = await old();
    const argv = ["convert", "a.cell", "-p", "v0.11", "-o", "b.cell", "--architecture", "arm"];
    const { status, error } = await cellc(argv, host);
    expect(status).to.equal(0);
    expect(error).to.contain("warning[architecture-has-no-effect]");
  });
});
