/** The headers of profiles as sources: one object per header and profile for the whole process. */

import { SourceFile } from "../support/source.js";
import { headerTexts } from "./header-store.js";

const byProfile = new Map<string, ReadonlyMap<string, SourceFile>>();

/** `jailhouse/cell-config.h` and what it includes, as the profile with this id has it. */
export function builtinProfileHeader(profile: string, name: string): SourceFile | undefined {
  let headers = byProfile.get(profile);
  if (headers === undefined) {
    const files = [...headerTexts(profile)];
    headers = new Map(
      files.map(([file, text]) => [file, new SourceFile(`<built-in ${profile}>/${file}`, text, true)]),
    );
    byProfile.set(profile, headers);
  }
  return headers.get(name);
}
