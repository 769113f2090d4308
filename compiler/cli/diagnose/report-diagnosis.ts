import { placeOfSpot } from "../../check/finding-to-diagnostic.js";
import type { Diagnosis } from "../../diagnose/diagnose.js";
import { atFile, type Diagnostic, type Fix, type Label } from "../../diagnostics/diagnostic.js";
import type { CheckedInputs } from "../check/check-sets.js";
import { sourcesOf } from "../check/sources-of-set.js";

/** What came of the offers of a diagnosis. */
export interface Tried {
  readonly fixes: readonly Fix[];
  readonly notes: readonly string[];
  /** In place of what the diagnosis advises, where that does harm. */
  readonly help?: string;
}

/** With the places of all kinds of inputs. @param log what to call the log */
export function diagnosticOf(
  { at, label, also, notes, help, make }: Diagnosis,
  { fixes, notes: more, help: instead = help }: Tried,
  loaded: CheckedInputs["loaded"],
  log: string,
): Diagnostic {
  const spots = [...(at === null ? [] : [at]), ...also.map((each) => each.at)];
  const sources = sourcesOf(spots, loaded);
  const secondary = also.map((each): Label => ({ place: placeOfSpot(each.at, sources), text: each.text }));
  return make(at === null ? atFile(log) : placeOfSpot(at, sources), {
    label,
    secondary,
    notes: [...notes, ...more].map((message) => ({ message })),
    fixes,
    ...(instead === undefined ? {} : { help: instead }),
  });
}
