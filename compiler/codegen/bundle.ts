/**
 * Makes dist/bin/cellc.cjs, the program as it ships. CommonJS loads 5 ms faster than ES modules, and one file faster
 * than a hundred. What a plain build does not need lies in files of its own, loaded when first used.
 *
 * Run as `node dist/compiler/codegen/bundle.js`, after the TypeScript compiler.
 */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { profileSummaries } from "../../schema/layout/resolve.js";
import { headerTexts } from "../cli/header-store.js";
import { bundleSimulator, findsSimulator } from "./bundle-simulator.js";
import { warmUpCommands, warmUpConfig } from "./warm-up.js";

const compiled = fileURLToPath(new URL("../../", import.meta.url));

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  legalComments: "none",
  // The parts are loaded by a `require` of our own (see cached-start.ts), which `import()` would pass by.
  supported: { "dynamic-import": false },
  logLevel: "warning",
} as const;

/** Imported dynamically, yet part of the main file: what every build loads. */
const alwaysNeeded: ReadonlySet<string> = new Set(["compiler/cli/commands/build"]);

/** A part that nobody imports: the ready-made header texts fall back on it. */
const headerStore = "compiler/cli/header-store";

/**
 * Leaves modules that are imported dynamically in files of their own. Each file holds copies of what it shares with
 * the others: fine, since they hand each other plain data only.
 *
 * @param isSeparate asked for every such module, by its path in the compiled tree
 */
function separateFiles(isSeparate: (module: string) => boolean): Plugin {
  return {
    name: "separate-files",
    setup(bundle) {
      bundle.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path: imported, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const module = modulePath(path.resolve(resolveDir, imported));
        return isSeparate(module) ? { path: `./${partName(module)}.cjs`, external: true } : undefined;
      });
    },
  };
}

/** `compiler/cli/commands/decode` is in `cli-commands-decode.cjs`. */
function partName(module: string): string {
  return module.split("/").slice(1).join("-");
}

/** In the main file, the header store answers for the usual profiles from ready-made texts. */
const readyMadeHeaders: Plugin = {
  name: "ready-made-headers",
  setup(bundle) {
    bundle.onLoad({ filter: /[/\\]header-store\.js$/ }, () => ({
      contents: headerStoreText(),
      loader: "js",
    }));
  },
};

function modulePath(file: string): string {
  return path.relative(compiled, file).replace(/\.js$/, "").split(path.sep).join("/");
}

/** Released versions, last states of revisions, and HEAD have other names; the states between are rarely asked for. */
function headerStoreText(): string {
  const ids = profileSummaries().flatMap(({ id, aliases }) =>
    [id, ...aliases].map((name) => [name.toLowerCase(), id]),
  );
  const [head] = profileSummaries().filter(({ aliases }) => aliases.includes("HEAD"));
  const texts = [head!.id].map((id) => [id, [...headerTexts(id)]]);
  return `
    const ids = new Map(${JSON.stringify(ids)});
    const texts = new Map(${JSON.stringify(texts)});
    export function profileIdOf(name) { return ids.get(name.toLowerCase()); }
    export function headerTexts(id) {
      const known = texts.get(id) ?? require("./headers.cjs").texts[id];
      return known === undefined ? require("./${partName(headerStore)}.cjs").headerTexts(id) : new Map(known);
    }
  `;
}

/** What the loader evaluates: a function, as CommonJS makes one of each module. */
const around = {
  banner: { js: "(function(exports,require,module,__filename,__dirname){" },
  footer: { js: "\n})" },
};

/** The headers of all profiles that have a second name. */
function headersText(): string {
  const named = profileSummaries().filter(({ aliases }) => aliases.length > 0);
  const texts = Object.fromEntries(named.map(({ id }) => [id, [...headerTexts(id)]]));
  return `${around.banner.js}exports.texts = ${JSON.stringify(texts)};${around.footer.js}`;
}

/** @param outDirectory where `cellc.cjs` and its folder `cellc/` go */
export async function bundleProgram(outDirectory: string): Promise<void> {
  const parts = path.join(outDirectory, "cellc");
  rmSync(parts, { recursive: true, force: true });
  mkdirSync(parts, { recursive: true });
  const program = path.join(outDirectory, "cellc.cjs");
  const separate = new Set([headerStore]);
  const entry = (module: string): string => path.join(compiled, `${module}.js`);
  await build({
    ...common,
    entryPoints: [entry("compiler/cli/cached-start")],
    outfile: program,
    banner: { js: "#!/usr/bin/env node" },
  });
  chmodSync(program, 0o755);
  await build({
    ...common,
    ...around,
    entryPoints: [entry("compiler/cli/cellc")],
    outfile: path.join(parts, "main.cjs"),
    plugins: [
      separateFiles((module) => !alwaysNeeded.has(module) && separate.add(module).size > 0),
      readyMadeHeaders,
    ],
    external: ["./headers.cjs", `./${partName(headerStore)}.cjs`],
  });
  await build({
    ...common,
    ...around,
    entryPoints: Object.fromEntries([...separate].map((module) => [partName(module), entry(module)])),
    outdir: parts,
    outExtension: { ".js": ".cjs" },
    // What only a part imports stays in it: one file more to load costs 8 % of a cold `decode`.
    plugins: [separateFiles((module) => separate.has(module)), findsSimulator("..")],
  });
  writeFileSync(path.join(parts, "headers.cjs"), asciiOnly(headersText()));
  writeCaches(parts);
}

/** The loader reads Latin-1. */
function asciiOnly(text: string): string {
  return text.replace(
    /[^\x00-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Loads the parts as compiler/cli/cached-start.ts does, runs one command, and keeps what V8 compiled for it beside
 * each part that has no cache yet.
 */
const cacheMaker = `
const fs = require("node:fs"), path = require("node:path"), vm = require("node:vm");
const directory = process.argv[1];
const scripts = new Map();
const modules = new Map();
function load(name) {
  if (modules.has(name)) return modules.get(name).exports;
  const file = path.join(directory, name);
  const script = new vm.Script(fs.readFileSync(file, "latin1"), { filename: file });
  scripts.set(file.replace(/cjs$/, "cache"), script);
  const module = { exports: {} };
  modules.set(name, module);
  script.runInThisContext()(module.exports, (id) => (id.startsWith("./") ? load(id.slice(2)) : require(id)), module, file, directory);
  return module.exports;
}
process.on("exit", () => {
  for (const [file, script] of scripts) if (!fs.existsSync(file)) fs.writeFileSync(file, script.createCachedData());
});
load("main.cjs");
`;

function writeCaches(parts: string): void {
  const directory = mkdtempSync(path.join(tmpdir(), "cellc-warm-up-"));
  try {
    writeFileSync(path.join(directory, "warm-up.c"), warmUpConfig);
    for (const command of warmUpCommands) {
      try {
        execFileSync(process.execPath, ["-e", cacheMaker, parts, ...command], {
          cwd: directory,
          stdio: "pipe",
        });
      } catch (error) {
        // `diff` ends with 1 where it finds a difference, as it does here.
        if ((error as { status?: number }).status !== 1 || command[0] !== "diff") throw error;
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleProgram(path.join(compiled, "bin"));
  await bundleSimulator(path.join(compiled, "bin"));
}
