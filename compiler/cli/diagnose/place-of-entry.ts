import { placeOfSpot } from "../../check/finding-to-diagnostic.js";
import { configOfEntry, type EntryName, spotOfEntry } from "../../diagnose/entry-spot.js";
import type { Place } from "../../diagnostics/diagnostic.js";
import type { CheckedInputs } from "../check/check-sets.js";
import { sourcesOf } from "../check/sources-of-set.js";

/**
 * Where entries stand in the sources that the configs were made of: in the cell language, in C, in documents or in files of
 * bytes. Null for those that no config of the set has.
 *
 * @param set which of the sets
 */
export function placesOfEntries(
  entries: readonly EntryName[],
  set: CheckedInputs["sets"][number],
  loaded: CheckedInputs["loaded"],
): readonly (Place | null)[] {
  const spots = entries.map((entry) => {
    const config = configOfEntry(set, entry);
    return config === null ? null : spotOfEntry(config, entry);
  });
  const sources = sourcesOf(
    spots.filter((spot) => spot !== null),
    loaded,
  );
  return spots.map((spot) => (spot === null ? null : placeOfSpot(spot, sources)));
}
