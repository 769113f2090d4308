import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");

/** The `.jail` files of the repository that are read without a mistake: path from the root, and text. */
export function jailSources(): readonly (readonly [file: string, text: string])[] {
  return ["test/fixtures/dsl", "examples", "boards"]
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".jail"))
        .map((name) => path.join(folder, name)),
    )
    .sort()
    .map((file) => [file, readFileSync(path.join(root, file), "utf8")] as const);
}
