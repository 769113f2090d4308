import { expect } from "chai";
import { nearestName } from "../../../compiler/support/nearest-name.js";

describe("guessing what a mistyped name means", () => {
  const known = ["build", "decode", "convert", "diff", "header", "profiles", "explain"];
  for (const [wanted, meant] of [
    ["biuld", "build"],
    ["Decode", "decode"],
    ["covnert", "convert"],
    ["profile", "profiles"],
    ["zzz", undefined],
    ["", undefined],
  ] as const) {
    it(`${wanted === "" ? "nothing" : wanted}: ${meant ?? "no idea"}`, () => {
      expect(nearestName(wanted, known)).to.equal(meant);
    });
  }

  it("needs letters in common", () => {
    expect(nearestName("b", ["a"])).to.equal(undefined);
    expect(nearestName("B", ["a", "b"])).to.equal("b");
    expect(nearestName("tk", ["io"])).to.equal(undefined);
    expect(nearestName("oi", ["io"])).to.equal("io");
  });

  it("takes no time over a name of a megabyte", () => {
    expect(nearestName("x".repeat(1_000_000), known)).to.equal(undefined);
  });
});
