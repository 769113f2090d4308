import Mocha from "mocha";

/** Mocha's `dot` output, then the failures, then one plain line that any tool understands. */
export default class PlainReporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      process.on("exit", () => {
        const { passes = 0, failures = 0 } = runner.stats ?? {};
        process.stdout.write(`\n${passes} passed, ${failures} failed\n`);
      });
    });
  }
}
