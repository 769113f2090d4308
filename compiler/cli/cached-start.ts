/**
 * The file that users start, in the bundle: loads the program with the machine code that V8 kept of an earlier run
 * (`*.cache`, made with the bundle), which saves a third of a cold start. A cache of another Node.js is refused by
 * V8 itself, and the program is compiled as usual.
 */

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";

declare const __dirname: string;

type CommonJs = (
  exports: object,
  require: (name: string) => unknown,
  module: { exports: object },
  filename: string,
  directory: string,
) => void;

const directory = path.join(__dirname, "cellc");
const systemRequire = createRequire(path.join(directory, "main.cjs"));
const loaded = new Map<string, { exports: object }>();

function load(name: string): object {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const file = path.join(directory, name);
  // The bundler writes pure ASCII, and the function around it that CommonJS wants.
  const script = new vm.Script(fs.readFileSync(file, "latin1"), { filename: file, ...cacheOf(file) });
  const module = { exports: {} };
  loaded.set(name, module);
  const run = script.runInThisContext() as CommonJs;
  run(module.exports, requireFrom, module, file, directory);
  return module.exports;
}

function requireFrom(name: string): unknown {
  return name.startsWith("./") && name.endsWith(".cjs") ? load(name.slice(2)) : systemRequire(name);
}

function cacheOf(file: string): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: fs.readFileSync(file.replace(/cjs$/, "cache")) };
  } catch {
    return {};
  }
}

load("main.cjs");
