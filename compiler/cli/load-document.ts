/** Decoded documents, JSON or YAML, as configs, with the place of every mistake in them. */

import { encode } from "../../schema/codec/encode.js";
import { fromJson } from "../../schema/codec/json.js";
import type { JsonProblem } from "../../schema/codec/json-reader.js";
import { pathAt } from "../../schema/codec/locate.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { at, type SourcePlace } from "../diagnostics/diagnostic.js";
import type { OriginOfBytes } from "../ir/origin.js";
import { jsonErrorOffset } from "../support/json-syntax.js";
import type { SourceFile } from "../support/source.js";
import { cellMessages } from "./cell-messages.js";
import type { Context } from "./context.js";
import { contradictionsOf } from "./document-contradictions.js";
import { duplicateKey, valueOffsets } from "./json-places.js";
import type { LoadedConfig } from "./load-config.js";

/** Finds many values of a document at once, by their pointers. */
export type PlacesInDocument = (pointers: ReadonlySet<string>) => ReadonlyMap<string, SourcePlace>;

type Offsets = (pointers: ReadonlySet<string>) => ReadonlyMap<string, number>;

export function loadJson(source: SourceFile, context: Context): readonly LoadedConfig[] {
  // A byte order mark is no part of the text; a blank in its place keeps all offsets.
  const text = source.text.replace(/^\ufeff/, " ");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    const offset = jsonErrorOffset(text) ?? 0;
    const problem = isCutOff(text, offset) ? "it ends too early" : "this does not belong here";
    syntaxError(context, "JSON", problem, source, offset);
    return [];
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) {
    const { key, offset } = twice;
    context.reporter.report(cellMessages["document-duplicate-key"]({ key }, placeAt(source, offset)));
    return [];
  }
  return load(source, value, (pointers) => valueOffsets(text, pointers), context);
}

/** At the end, or within what would be a value if it went on. */
function isCutOff(text: string, offset: number): boolean {
  const rest = text.slice(offset);
  if (!rest.startsWith('"')) return ["-", "true", "false", "null"].some((word) => word.startsWith(rest));
  return (
    rest
      .slice(1)
      .replace(/\\./g, "")
      .search(/["\u0000-\u001f]/) < 0
  );
}

export async function loadYaml(source: SourceFile, context: Context): Promise<readonly LoadedConfig[]> {
  const { parseYamlDocument } = await import("../project/yaml-document.js");
  const result = parseYamlDocument(source.text);
  if ("value" in result) return load(source, result.value, result.offsets, context);
  syntaxError(context, "YAML", result.problem, source, result.offset);
  return [];
}

function load(
  source: SourceFile,
  document: unknown,
  offsets: Offsets,
  context: Context,
): readonly LoadedConfig[] {
  const problems: JsonProblem[] = [];
  const config = fromJson(document, resolveProfile, (problem) => problems.push(problem));
  const revision = revisionProblem(document, config);
  const contradictions = config === undefined ? [] : contradictionsOf(config);
  const pointers = [...problems, ...contradictions].map(({ pointer }) => pointer);
  const places = offsets(new Set([...pointers, "/header/revision"]));
  const placeOf = (pointer: string): SourcePlace => placeAt(source, places.get(pointer) ?? 0);
  const placesOf: PlacesInDocument = (wanted) =>
    new Map([...offsets(wanted)].map(([pointer, start]) => [pointer, placeAt(source, start)]));
  for (const { kind, pointer, message } of problems) {
    const misfit = revision !== undefined && (kind === "unknown-field" || kind === "out-of-range");
    const details = misfit ? { help: convertInstead } : {};
    const args = { pointer, problem: message };
    context.reporter.report(cellMessages["document-value"](args, placeOf(pointer), details));
  }
  if (config === undefined) return [];
  if (revision !== undefined)
    context.reporter.report(cellMessages["document-revision"](revision, placeOf("/header/revision")));
  for (const { pointer, problem } of contradictions)
    context.reporter.report(cellMessages["document-contradicts"]({ problem }, placeOf(pointer)));
  const originOf: OriginOfBytes = (offset) => {
    const steps = pathAt(config, offset);
    const isTable = typeof steps[0] === "string" && config.tables[steps[0]] !== undefined;
    const pointer = ["", isTable ? "tables" : "header", ...steps].join("/");
    return { kind: "document", file: source.path, pointer };
  };
  return [
    { part: null, name: source.path, file: source.path, config, bytes: encode(config), originOf, placesOf },
  ];
}

const convertInstead =
  "to write a config in another revision, leave its `profile` as it is and use `cellc convert --profile NAME`";

/** Whoever changes only `profile` leaves the revision behind that the fields belong to. */
function revisionProblem(
  document: unknown,
  config: WireConfig | undefined,
): { readonly found: number; readonly profile: string; readonly expected: number } | undefined {
  const { profile: name, header } = (document ?? {}) as { profile?: unknown; header?: unknown };
  // A text is a number only in a document that could be read.
  const found = ((config?.header ?? header ?? {}) as { revision?: unknown }).revision;
  const profile = typeof name === "string" ? resolveProfile(name) : undefined;
  if (profile === undefined || profile.revision === null || typeof found !== "number") return undefined;
  if (found === profile.revision) return undefined;
  return { found, profile: profile.id, expected: profile.revision };
}

function syntaxError(
  context: Context,
  format: string,
  problem: string,
  source: SourceFile,
  offset: number,
): void {
  const place = placeAt(source, Math.min(offset, source.text.length));
  context.reporter.report(cellMessages["document-syntax"]({ format, problem }, place));
}

function placeAt(file: SourceFile, start: number): SourcePlace {
  return at({ file, start, end: start + 1 });
}
