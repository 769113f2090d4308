import type { Report } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import { parse } from "../syntax/parse.js";
import { wordsOf } from "../syntax/words.js";
import { layoutOf } from "./layout.js";
import { rendered } from "./render.js";

/**
 * The canonical text of a file: the same words and comments in the same order, with other blanks and line ends.
 *
 * @returns undefined where the file has mistakes; they have been reported
 */
export function format(source: SourceFile, report: Report): string | undefined {
  let isRight = true;
  const { tree } = parse(source, (finding) => {
    if (finding.severity === "error") isRight = false;
    report(finding);
  });
  if (!isRight) return undefined;
  const lines = rendered(layoutOf(tree, wordsOf(source.text)), 0);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
