import type { SourceFile } from "../support/source.js";
import { translateUnit } from "./declarations/unit-parser.js";
import { preprocess, withIncludeNotes } from "./preprocessor/preprocess.js";
import type { CompileCOptions, CUnit } from "./unit.js";

/**
 * Compiles a C config as `gcc -c` (12, x86-64, gnu17) and `objcopy -O binary` would.
 *
 * Every problem goes to `options.report`. After an error the result may be incomplete and must not be written. As with
 * gcc, a header that is missing ends the compilation: without it, hardly a line of the rest would make sense.
 */
export function compileC(main: SourceFile, options: CompileCOptions): CUnit {
  const { tokens, files, includedFrom, outcome, macros, failedCalls } = preprocess(main, options);
  if (outcome === "fatal") return { objects: [], structs: new Map(), files };
  const unit = translateUnit(tokens, withIncludeNotes(options.report, includedFrom), {
    complete: outcome === "complete",
    macros,
    failedCalls,
    hasConfigHeader: files.some(({ path }) => path.endsWith("cell-config.h")),
    explainMember: options.explainMember,
    explainConstant: options.explainConstant,
  });
  return {
    objects: unit.objects,
    // on demand: see `translateUnit`
    get structs() {
      return unit.structs;
    },
    files,
  };
}
