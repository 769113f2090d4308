import { expect } from "chai";
import { CommandLine } from "../../../hypervisor/inmates/command-line.js";

describe("the command line of an inmate", () => {
  it("has words with values, the first one of a name counting", () => {
    const line = new CommandLine("  con-base=0x2F8  con-type=8250 a=-12 b=+7 c=x d= e a=1");
    expect(line.integer("con-base", 1)).to.equal(0x2f8);
    expect(line.string("con-type", "")).to.equal("8250");
    expect(["a", "b", "c", "d", "e", "f"].map((name) => line.integer(name, 5))).to.deep.equal([
      -12, 7, 5, 5, 5, 5,
    ]);
  });

  it("takes a longer word for one of the name without a value", () => {
    const line = new CommandLine("con-virtual2=0");
    expect(line.boolean("con-virtual", false)).to.equal(true);
    expect(line.string("con-virtual", "x")).to.equal("");
  });

  it("knows yes and no", () => {
    const values = ["a", "a=", "a=1", "a=TRUE", "a=0", "a=False", "a=maybe", "b"];
    expect(values.map((text) => new CommandLine(text).boolean("a", true))).to.deep.equal([
      ...[true, true, true, true, false, false, true, true],
    ]);
    expect(new CommandLine("a=maybe").boolean("a", false)).to.equal(false);
  });
});
