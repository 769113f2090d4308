import { expect } from "chai";
import { undecidable } from "../../../../compiler/check/reach/reach.js";
import { reachText } from "../../../../compiler/cli/check/reach-text.js";
import { setOf } from "../../../support/checking.js";
import { reachFiles, readReachCases } from "../../../support/reach-cases.js";
import { answerTo, noSources, targetOf } from "./telling.js";

const options = { colour: false, width: 120, bytesOf: () => undefined };

/** The cases of `cellc who`, without the command: those of options are its own. */
describe("answers of cellc who", () => {
  for (const file of reachFiles())
    for (const { title, text, questions } of readReachCases(file))
      for (const { command, answer } of questions) {
        const [word, ...question] = command.split(" ");
        if (word !== "who" || command.includes("--")) continue;
        it(`${file}: ${title}: ${command}`, () => {
          const set = setOf(text);
          if (undecidable(set) !== null) {
            expect(answer).to.contain("nobody can tell");
            return;
          }
          const target = targetOf(question.join(" "));
          const told = reachText(
            target,
            [{ set, answer: answerTo(set, target), sources: noSources }],
            options,
          );
          expect(told.trimEnd()).to.equal(answer);
        });
      }
});
