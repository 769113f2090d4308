/**
 * `node main.js [--check]`: writes everything that is generated from tables of ours, or says what is stale (exit 1).
 *
 * The list of profiles is made first, by `profile-index.js`: everything else is made from the profiles on that list.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { profileSummaries, resolveProfile } from "../../schema/layout/resolve.js";
import type { Artifact } from "./artifact.js";
import { generateDecodedSchema } from "./decoded-schema.js";
import { generateDiagnosticList } from "./diagnostic-list.js";
import { mergeStructs } from "./merged-structs.js";
import { profileIndex } from "./profile-index.js";
import { projectRoot } from "./project-root.js";
import { generateReferencePages } from "./reference-pages.js";
import { generateStructCodecs } from "./struct-codecs.js";
import { generateWireTypes } from "./wire-types.js";

const profiles = profileSummaries().map(({ id }) => resolveProfile(id)!);
const structs = mergeStructs(profiles);
const artifacts: readonly Artifact[] = [
  profileIndex(),
  generateWireTypes(structs),
  ...generateStructCodecs(profiles),
  generateDecodedSchema(structs, profiles),
  ...generateReferencePages(profiles),
  generateDiagnosticList(),
];

if (process.argv.includes("--check")) {
  const stale = artifacts.filter((artifact) => current(artifact) !== artifact.text);
  for (const { path } of stale) process.stderr.write(`stale: ${path} (run \`npm run generate\`)\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const artifact of artifacts) {
    if (current(artifact) === artifact.text) continue;
    const path = join(projectRoot, artifact.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, artifact.text);
    process.stdout.write(`wrote ${artifact.path}\n`);
  }
}

function current(artifact: Artifact): string | undefined {
  try {
    return readFileSync(join(projectRoot, artifact.path), "utf8");
  } catch {
    return undefined;
  }
}
