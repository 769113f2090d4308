import type { SourceFile } from "../support/source.js";
import { translateUnit } from "./declarations/unit-parser.js";
import { preprocess, withIncludeNotes } from "./preprocessor/preprocess.js";
import type { CompileCOptions, CUnit } from "./unit.js";

/**
 * Compiles a C config as `gcc -c` (12, x86-64, gnu17) and `objcopy -O binary` would.
 *
 * Every problem goes to `options.report`. After an error the result may be incomplete and must not be written.
 */
export function compileC(main: SourceFile, options: CompileCOptions): CUnit {
  const { tokens, files, includedFrom } = preprocess(main, options);
  const unit = translateUnit(tokens, withIncludeNotes(options.report, includedFrom));
  return {
    objects: unit.objects,
    get structs() {
      return unit.structs;
    },
    files,
  };
}
