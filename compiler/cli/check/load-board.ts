import type { Board } from "../../ir/board.js";
import { SourceFile } from "../../support/source.js";
import type { Context } from "../context.js";
import type { SourceStore } from "../include-resolver.js";

/** The facts of a board file; undefined where it cannot be read or understood, which was reported. */
export async function loadBoard(
  file: string,
  sources: SourceStore,
  context: Context,
): Promise<Board | undefined> {
  const source = sources.read(file);
  if (!(source instanceof SourceFile)) {
    return context.read({ ok: false, failure: source });
  }
  const { readBoard } = await import("../../board/read-board.js");
  return readBoard(source, (diagnostic) =>
    diagnostic.severity === "error" ? context.trouble(diagnostic) : context.reporter.report(diagnostic),
  );
}
