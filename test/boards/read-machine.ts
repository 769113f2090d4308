import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type CompiledCell, compileMachine } from "../../compiler/dsl/compile.js";
import { format } from "../../compiler/dsl/format/format.js";
import { SourceFile } from "../../compiler/support/source.js";
import { resolveProfile } from "../../schema/layout/resolve.js";

/** Compiled tests run from dist/test/boards/. */
export const root = path.resolve(import.meta.dirname, "../../..");

/** A machine file, and all that the compiler and the formatter say of it. */
export interface Machine {
  readonly source: SourceFile;
  readonly cells: readonly CompiledCell[];
  /** Errors and warnings, as text. */
  readonly findings: readonly string[];
  /** Undefined for a file with mistakes. */
  readonly formatted: string | undefined;
}

/** Compiles `FOLDER/NAME/machine.jail` for the newest state of upstream's format, with values of `-D`. */
export function readMachine(
  folder: string,
  name: string,
  defines: Readonly<Record<string, string>> = {},
): Machine {
  const file = path.join(folder, name, "machine.jail");
  const source = new SourceFile(file, readFileSync(path.join(root, file), "utf8"));
  const findings: string[] = [];
  const options = {
    chosenProfile: null,
    newestProfile: resolveProfile("HEAD")!,
    defines: new Map(Object.entries(defines)),
    resolveImport: () => ({ kind: "unreadable" as const, why: "these machines are one file each" }),
  };
  const { cells } = compileMachine(source, options, ({ id, message }) => findings.push(`${id}: ${message}`));
  const formatted = format(source, ({ id, message }) => findings.push(`${id}: ${message}`));
  return { source, cells, findings, formatted };
}

/** Names of the folders that hold a machine. */
export function machinesIn(folder: string): readonly string[] {
  const entries = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  return entries
    .filter((entry) => path.basename(entry) === "machine.jail")
    .map((entry) => path.dirname(entry))
    .sort();
}

/** Lines as `wc -l` counts them: comments and blank ones included. */
export function lineCount(text: string): number {
  return text.split("\n").length - 1;
}
