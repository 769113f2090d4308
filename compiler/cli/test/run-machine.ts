import { noFacts, SetupError } from "../../../hypervisor/index.js";
import { atFile } from "../../diagnostics/diagnostic.js";
import type { Board } from "../../ir/board.js";
import type { LoadedSet } from "../check/load-set.js";
import type { Context } from "../context.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { factsOfBoard } from "../sim/facts-of-board.js";
import { testMessages } from "./messages.js";
import { plannedScenarios, setupOf } from "./plan.js";
import { hasFailed, type ScenarioResult } from "./result.js";
import { runScenario } from "./run-scenario.js";
import { scenarioText } from "./text-report.js";
import { TraceFiles } from "./traces.js";

/** Runs the scenarios of one machine; as text, each is told as soon as it is over. */
export async function runMachine(
  loadedSet: LoadedSet,
  board: Board | null,
  args: ParsedArguments,
  context: Context,
): Promise<readonly ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  const terminal = await context.io.errorTerminal();
  const isText = (args.value("format") ?? "text") === "text";
  const filters = args.all("filter");
  const isWanted = (text: string): boolean =>
    filters.length === 0 || filters.some((each) => text.includes(each));
  try {
    const facts = board === null ? noFacts : factsOfBoard(board);
    if (setupOf(loadedSet, [], facts) === undefined)
      throw new SetupError("nothing says which architecture it has");
    const traces = new TraceFiles(context);
    for (const planned of plannedScenarios(loadedSet, facts)) {
      if (terminal !== undefined) context.io.writeError(`\r\u001b[K${progressText(planned.title, terminal)}`);
      const result = runScenario(planned, { loadedSet, facts, traces, isWanted });
      if (terminal !== undefined) context.io.writeError("\r\u001b[K");
      results.push(result);
      if (isText && (!args.has("quiet") || hasFailed(result)))
        context.print(scenarioText(result, terminal !== undefined));
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const place = atFile(loadedSet.set.system!.facts.file);
    context.trouble(testMessages["test-cannot-simulate"]({ reason: error.message }, place));
  }
  return results;
}

function progressText(title: string, { columns }: { readonly columns: number }): string {
  return `running ${title}`.slice(0, columns - 1);
}
