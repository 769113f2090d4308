import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../../../docs/rules/machines");
let machines: Readonly<Record<string, string>> | undefined;

/** The files that the examples and fixtures of rules import, by the path they import them by. */
export function ruleMachines(): Readonly<Record<string, string>> {
  machines ??= Object.fromEntries(
    readdirSync(folder).map((name) => [`machines/${name}`, readFileSync(join(folder, name), "utf8")]),
  );
  return machines;
}
