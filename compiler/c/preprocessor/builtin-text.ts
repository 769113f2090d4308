import type { Report } from "../../diagnostics/diagnostic.js";
import { at } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import type { Expansion, Span } from "../../support/span.js";
import { spanOf } from "../token.js";
import type { Builtin } from "./macro.js";
import { messages } from "./messages.js";
import type { PpToken } from "./pp-token.js";
import { decimal, quoted, type Spelled } from "./spelling.js";

/** Where a built-in macro is used. */
export interface Surroundings {
  /** The file that is being read, its name as `#line` has it, and what `#line` added to its line numbers. */
  readonly file: SourceFile;
  readonly presumedName: string;
  readonly lineShift: number;
  readonly mainPath: string;
  readonly includeLevel: number;
  /** The next value of `__COUNTER__`. */
  readonly count: () => number;
  readonly report: Report;
}

/** What a built-in macro gives at this use. */
export function textOfBuiltin(
  builtin: Builtin,
  use: PpToken,
  argumentsOf: readonly Expansion[],
  around: Surroundings,
): Spelled {
  const { presumedName } = around;
  switch (builtin) {
    case "file":
      return quoted(presumedName);
    case "fileName":
      return quoted(presumedName.slice(presumedName.lastIndexOf("/") + 1));
    case "baseFile":
      return quoted(around.mainPath);
    case "counter":
      return decimal(around.count());
    case "includeLevel":
      return decimal(around.includeLevel);
    case "line":
      return decimal(lineNumber(use, argumentsOf, around));
    default:
      around.report(messages["c-not-reproducible"]({ name: use.text }, at(spanOf(use), use.expansion)));
      return quoted("");
  }
}

/** The line of the outermost macro use; within an argument that is being expanded, that of the argument's token. */
function lineNumber(
  use: PpToken,
  argumentsOf: readonly Expansion[],
  { file, lineShift }: Surroundings,
): number {
  let place: Span = use;
  for (let step = use.expansion; step !== null; step = step.parent) {
    if (!argumentsOf.includes(step)) place = step.use;
  }
  const { line } = place.file.position(place.start);
  return place.file === file ? line + lineShift : line;
}
