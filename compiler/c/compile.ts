import type { SourceFile } from "../support/source.js";
import { type HeaderDeclarations, translateUnit } from "./declarations/unit-parser.js";
import { withIncludeNotes } from "./preprocessor/include.js";
import type { Macro } from "./preprocessor/macro.js";
import type { Prelude } from "./preprocessor/prelude.js";
import { preprocess } from "./preprocessor/preprocess.js";
import type { SharedHeaders } from "./shared-headers.js";
import type { CompileCOptions, CUnit } from "./unit.js";

/**
 * Compiles a C config as `gcc -c` (12, x86-64, gnu17) and `objcopy -O binary` would.
 *
 * Every problem goes to `options.report`. After an error the result may be incomplete and must not be written. As with
 * gcc, a header that is missing ends the compilation: without it, hardly a line of the rest would make sense.
 */
export function compileC(main: SourceFile, options: CompileCOptions): CUnit {
  const { tokens, files, includedFrom, outcome, macros, failedCalls, prelude } = preprocess(main, options);
  if (outcome === "fatal") return { objects: [], structs: new Map(), constant: () => undefined, files };
  const unit = translateUnit(tokens, withIncludeNotes(options.report, includedFrom), {
    complete: outcome === "complete",
    macros,
    failedCalls,
    hasConfigHeader: files.some(({ path }) => path.endsWith("cell-config.h")),
    explainMember: options.explainMember,
    explainConstant: options.explainConstant,
    prelude: headersOf(prelude, options.sharedHeaders),
  });
  return {
    objects: unit.objects,
    // on demand: see `translateUnit`
    get structs() {
      return unit.structs;
    },
    constant: (name) => simpleConstant(macros.get(name)),
    files,
  };
}

/** `7`, `0x20`, `(1 << 5)` and the like: what constants of the format are written as. */
const simpleNumber = /^\(?(0x[0-9a-f]+|[0-9]+)[ul]*(?:<<([0-9]+)[ul]*)?\)?$/i;

function simpleConstant(macro: Macro | undefined): bigint | undefined {
  if (macro === undefined || macro.parameters !== null) return undefined;
  const found = simpleNumber.exec(macro.body.map(({ token }) => token.text).join(""));
  return found === null ? undefined : BigInt(found[1]!) << BigInt(found[2] ?? 0);
}

function headersOf(
  prelude: Prelude | undefined,
  shared: SharedHeaders | undefined,
): HeaderDeclarations | undefined {
  if (prelude === undefined || shared === undefined) return undefined;
  return {
    tokens: prelude.tokens.length,
    known: shared.namesOf(prelude),
    keep: (names) => shared.keepNames(prelude, names),
  };
}
