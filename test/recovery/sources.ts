import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { examplesOf } from "../docs/jail-examples.js";

const root = path.resolve(import.meta.dirname, "../../..");

/** A text in the cell language without a mistake in its syntax. */
export interface JailSource {
  /** Path from the root of the repository, perhaps with a line. */
  readonly file: string;
  readonly text: string;
  /** It compiles, too; the words of others mean nothing. */
  readonly isMachine: boolean;
}

/** The `.jail` files of the repository, and the examples of its reference that are whole files. */
export function jailSources(): readonly JailSource[] {
  return [
    ...sourcesIn("boards", true),
    ...sourcesIn("examples", true),
    ...examplesOf("docs/language.md")
      .filter(({ info }) => info === "")
      .map(({ page, line, text }) => ({ file: `${page}:${line}`, text, isMachine: true })),
    ...sourcesIn("test/fixtures/recovery", true),
    ...sourcesIn("test/fixtures/dsl", false),
  ];
}

function sourcesIn(folder: string, isMachine: boolean): readonly JailSource[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".jail"))
    .map((name) => path.join(folder, name))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8"), isMachine }));
}
