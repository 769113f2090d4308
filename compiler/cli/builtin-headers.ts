/** The headers that cellc carries itself, as sources: one object per header and profile for the whole process. */

import { headerFiles } from "../../schema/header/header-files.js";
import type { Profile } from "../../schema/layout/types.js";
import { SourceFile } from "../support/source.js";

const byProfile = new Map<string, ReadonlyMap<string, SourceFile>>();

/** `jailhouse/cell-config.h` and what it includes, as the profile has it. */
export function builtinProfileHeader(profile: Profile, name: string): SourceFile | undefined {
  let headers = byProfile.get(profile.id);
  if (headers === undefined) {
    const files = [...headerFiles(profile, { comments: false })];
    headers = new Map(
      files.map(([file, text]) => [file, new SourceFile(`<built-in ${profile.id}>/${file}`, text, true)]),
    );
    byProfile.set(profile.id, headers);
  }
  return headers.get(name);
}
