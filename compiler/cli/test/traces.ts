/** Traces that scenarios name: read with the reader of the simulator, their mistakes as findings. */

import path from "node:path";
import { readTrace, type Trace } from "../../../hypervisor/index.js";
import { decodeText } from "../../../schema/text.js";
import { at, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { shortPath } from "../../project/find-project.js";
import { SourceFile } from "../../support/source.js";
import type { ResolvedRun, ResolvedScenario } from "../check/load-set.js";
import type { Context } from "../context.js";
import { whatHappened } from "../messages.js";
import { testMessages } from "./messages.js";

/** Nobody writes larger ones. */
const traceLimit = 16 * 1024 * 1024;

/** A trace that can be played, and the file it stands in. */
export interface LoadedTrace {
  readonly source: SourceFile;
  readonly trace: Trace;
}

/** Reads each file once. */
export class TraceFiles {
  private readonly known = new Map<string, LoadedTrace | string>();

  constructor(private readonly context: Context) {}

  /** The trace; what is wrong with it is among `problems`. */
  load({ path: named, span }: ResolvedRun, problems: Diagnostic[]): LoadedTrace | null {
    const { host } = this.context;
    const file = shortPath(host, path.resolve(host.cwd(), path.dirname(span.file.path), named));
    let found = this.known.get(file);
    if (found === undefined) {
      found = this.read(file);
      this.known.set(file, found);
      if (typeof found !== "string") problems.push(...problemsOf(found));
    }
    if (typeof found !== "string") return found.trace.problems.length === 0 ? found : null;
    problems.push(testMessages["trace-unreadable"]({ path: named, why: found }, at(span)));
    return null;
  }

  private read(file: string): LoadedTrace | string {
    const result = this.context.host.readBytes(file, traceLimit);
    if (!result.ok) return whatHappened[result.failure.problem] ?? result.failure.problem;
    const source = new SourceFile(file, decodeText(result.value));
    return { source, trace: readTrace(source.text) };
  }
}

function problemsOf({ source, trace }: LoadedTrace): readonly Diagnostic[] {
  const starts = lineStarts(source.text);
  return trace.problems.map(({ line, column, length, message }, index) => {
    const start = starts[line - 1]! + column - 1;
    const isLast = index === trace.problems.length - 1 && trace.leftOut > 0;
    const notes = isLast ? [{ message: `${trace.leftOut} more lines are wrong` }] : [];
    const span = { file: source, start, end: start + length };
    return testMessages["trace-wrong"]({ problem: message }, at(span), { notes });
  });
}

/** Offset of each line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

/** What is wrong with the traces of scenarios. */
export function traceProblems(
  scenarios: readonly ResolvedScenario[],
  context: Context,
): readonly Diagnostic[] {
  const files = new TraceFiles(context);
  const problems: Diagnostic[] = [];
  for (const { runs } of scenarios) for (const run of runs) files.load(run, problems);
  return problems;
}
