import { expect } from "chai";
import { wantsColour } from "../../../compiler/diagnostics/render-colour.js";

describe("whether to colour", () => {
  const cases = [
    ["a terminal", "auto", {}, true, true],
    ["a pipe", "auto", {}, false, false],
    ["NO_COLOR on a terminal", "auto", { NO_COLOR: "1" }, true, false],
    ["an empty NO_COLOR does not count", "auto", { NO_COLOR: "" }, true, true],
    ["a dumb terminal", "auto", { TERM: "dumb" }, true, false],
    ["FORCE_COLOR into a pipe", "auto", { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR wins over NO_COLOR", "auto", { FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0 on a terminal", "auto", { FORCE_COLOR: "0" }, true, false],
    ["--color=always into a pipe", "always", { NO_COLOR: "1" }, false, true],
    ["--color=never on a terminal", "never", { FORCE_COLOR: "1" }, true, false],
  ] as const;
  for (const [name, choice, environment, terminal, wanted] of cases) {
    it(`${name}: ${wanted ? "yes" : "no"}`, () => {
      expect(wantsColour(choice, environment, terminal)).to.equal(wanted);
    });
  }
});
