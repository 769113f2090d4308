/** What gcc makes of sources with one object, `config`, many of them at a time. */

import { join } from "node:path";
import type { Program } from "../differential/program.js";
import { compileWithGcc } from "../differential/reference.js";
import { requireToolchain } from "./gcc.js";
import { writeHeaderTree } from "./header-tree.js";
import { profileNamed } from "./random-config.js";
import { withTempDir } from "./temp-dir.js";

export interface CSource {
  readonly source: string;
  /** Id of the profile whose header it includes. */
  readonly profile: string;
}

/** The bytes of each config, in order, or what gcc has to say against it. */
export function gccBytes(sources: readonly CSource[]): Promise<(Uint8Array | string)[]> {
  requireToolchain();
  return withTempDir(async (directory) => {
    const written = new Set<string>();
    const headerDirectory = (profile: string): string => {
      const headers = join(directory, "headers", profile);
      if (!written.has(profile)) writeHeaderTree(profileNamed(profile), headers);
      written.add(profile);
      return headers;
    };
    const references = await compileWithGcc(sources.map(programOf), { directory, headerDirectory, width: 2 });
    return references.map((reference) => {
      if (!reference.accepted) return reference.message;
      return reference.objects[0]?.bytes ?? "gcc left the object out of the file";
    });
  });
}

/** Sources of one profile share a translation unit, so the object takes a name of its own. */
function programOf({ source, profile }: CSource): Program {
  const main = source
    // The sign of the prefix, in a name.
    .replaceAll("@", "\\100")
    .replace(/\b(sizeof|ARRAY_SIZE)\(config\./g, "$1(@config.")
    .replace(/^\}(.*) config( .*)? = \{$/m, "}$1 @config$2 = {");
  return {
    kind: "realistic",
    profile,
    target: "x86_64",
    main,
    files: new Map(),
    defines: [],
    undefines: [],
    forcedIncludes: [],
    objects: ["@config"],
    alone: false,
    used: new Set(),
  };
}
