/** `node rule-registry.js` writes the list of rules from the files in their folders. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Artifact } from "./artifact.js";
import { projectRoot } from "./project-root.js";

const folder = "compiler/check";

/** The folders beside those of the rules. */
const otherFolders: ReadonlySet<string> = new Set(["facts", "reach"]);

/** `mem-none` is exported as `memNone` by the file `memory/mem-none.ts`. Families and rules are in alphabetical order. */
export function ruleRegistry(): Artifact {
  const families = readdirSync(join(projectRoot, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !otherFolders.has(entry.name))
    .map(({ name }) => name)
    .sort();
  const rules = families.flatMap((family) =>
    readdirSync(join(projectRoot, folder, family))
      .filter((name) => name.endsWith(".ts"))
      .sort()
      .map((name) => ({ family, id: name.slice(0, -".ts".length) })),
  );
  const imports = [
    ["./define-rule.js", "type Rule"] as const,
    ...rules.map(({ family, id }) => [`./${family}/${id}.js`, exported(id)] as const),
  ].sort(([one], [other]) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const text = `/** As long as there are rules, with two lines for each. Generated from their files by \`npm run generate\`: changes made here are lost. */

${imports
  .map(([path, name]) => `import { ${name} } from "${path}";`)
  .join("\n")
  .replace("import { type Rule }", "import type { Rule }")}

/** Every rule, by family and id. */
export const allRules: readonly Rule[] = [
${rules.map(({ id }) => `  ${exported(id)},`).join("\n")}
] as readonly unknown[] as readonly Rule[];
`;
  return { path: `${folder}/registry.ts`, text };
}

function exported(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Without the ending, so that `ivshm-vectors` comes before `ivshm-vectors-mismatch`, as the formatter sorts imports. */
function nameOf(path: string): string {
  return path.replace(/\.js$/, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, text } = ruleRegistry();
  writeFileSync(join(projectRoot, path), text);
}
