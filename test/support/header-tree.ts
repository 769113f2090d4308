import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { headerFiles } from "../../schema/header/header-files.js";
import type { Profile } from "../../schema/layout/types.js";

/** Writes the C headers of a profile, as `cellc header` gives them to people, below `directory`: an `-I` for gcc. */
export function writeHeaderTree(profile: Profile, directory: string): void {
  for (const [path, text] of headerFiles(profile)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}
