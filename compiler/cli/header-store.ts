/**
 * Names of profiles and the texts of their headers: all that a build needs of the format. The bundle carries the
 * answers for the usual profiles ready-made in place of this module (codegen/bundle.ts), since working them out from
 * 115 states of the format costs a cold start as much as compiling a config.
 */

import { headerFiles } from "../../schema/header/header-files.js";
import { resolveProfile } from "../../schema/layout/resolve.js";

/** The id of the profile of that name; undefined where there is none. */
export function profileIdOf(name: string): string | undefined {
  return resolveProfile(name)?.id;
}

/** The texts of a profile's headers by the name they are included by. */
export function headerTexts(id: string): ReadonlyMap<string, string> {
  return headerFiles(resolveProfile(id)!, { comments: false });
}
