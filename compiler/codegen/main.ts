/**
 * `node main.js [--check]`: writes everything that is generated from tables of ours, or says what is stale (exit 1).
 *
 * The list of profiles is made first, by `profile-index.js`: everything else is made from the profiles on that list.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { profileSummaries, resolveProfile } from "../../schema/layout/resolve.js";
import type { Artifact } from "./artifact.js";
import { generateDecodedSchema } from "./decoded-schema.js";
import { generateDiagnosticList } from "./diagnostic-list.js";
import { mergeStructs } from "./merged-structs.js";
import { profileIndex } from "./profile-index.js";
import { projectRoot } from "./project-root.js";
import { generateReferencePages } from "./reference-pages.js";
import { generateRulePages } from "./rule-pages.js";
import { ruleRegistry } from "./rule-registry.js";
import { generateStructCodecs } from "./struct-codecs.js";
import { generateWireTypes } from "./wire-types.js";

const profiles = profileSummaries().map(({ id }) => resolveProfile(id)!);
const structs = mergeStructs(profiles);
const artifacts: readonly Artifact[] = [
  profileIndex(),
  ruleRegistry(),
  generateWireTypes(structs),
  ...generateStructCodecs(profiles),
  generateDecodedSchema(structs, profiles),
  ...generateReferencePages(profiles),
  generateDiagnosticList(),
  ...generateRulePages(),
];

/** Where every file is generated, so that one that no profile asks for any more is stale. */
const wholeFolders: readonly string[] = ["schema/generated", "schema/generated/codecs"];

if (process.argv.includes("--check")) {
  const stale = artifacts.filter((artifact) => current(artifact) !== artifact.text).map(({ path }) => path);
  for (const path of [...stale, ...leftovers()]) {
    process.stderr.write(`stale: ${path} (run \`npm run generate\`)\n`);
    process.exitCode = 1;
  }
} else {
  for (const artifact of artifacts) {
    if (current(artifact) === artifact.text) continue;
    const path = join(projectRoot, artifact.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, artifact.text);
    process.stdout.write(`wrote ${artifact.path}\n`);
  }
  for (const path of leftovers()) {
    rmSync(join(projectRoot, path));
    process.stdout.write(`removed ${path}\n`);
  }
}

function leftovers(): readonly string[] {
  const known = new Set(artifacts.map(({ path }) => path));
  return wholeFolders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !known.has(`${folder}/${entry.name}`))
      .map(({ name }) => `${folder}/${name}`),
  );
}

function current(artifact: Artifact): string | undefined {
  try {
    return readFileSync(join(projectRoot, artifact.path), "utf8");
  } catch {
    return undefined;
  }
}
