import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { figuresVariable, plainLine } from "./figures.js";

/** Mocha's `dot` output, then the failures, then one plain line that any tool understands. */
export default class PlainReporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      process.on("exit", () => {
        const { passes = 0, failures = 0 } = runner.stats ?? {};
        const figures = { passed: passes, failed: failures };
        const file = process.env[figuresVariable];
        // Under the coverage runner the line has to wait until the coverage is known.
        if (file !== undefined) writeFileSync(file, JSON.stringify(figures));
        else process.stdout.write(`\n${plainLine(figures)}\n`);
      });
    });
  }
}
