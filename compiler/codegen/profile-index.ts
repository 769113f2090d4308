/** `node profile-index.js` writes the list of profiles from the files in their folder. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { profileIndexSource } from "../../schema/layout/profile-index.js";
import type { Artifact } from "./artifact.js";
import { projectRoot } from "./project-root.js";

const folder = "schema/layout/profiles";

export function profileIndex(): Artifact {
  return { path: `${folder}/index.ts`, text: profileIndexSource(readdirSync(join(projectRoot, folder))) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, text } = profileIndex();
  writeFileSync(join(projectRoot, path), text);
}
