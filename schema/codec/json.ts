import type { Profile } from "../layout/types.js";
import { encodeText } from "../text.js";
import { rangeOf, rangeOfField } from "./integer-access.js";
import { type JsonProblem, JsonReader } from "./json-reader.js";
import { type NamedInteger, namedInteger } from "./named-integer.js";
import { type HeaderPlan, planOfProfile, type TablePlan } from "./profile-plan.js";
import { maskAt } from "./residue.js";
import { planOf, type StructPlan, type ViewPlan } from "./struct-plan.js";
import {
  type ConfigKind,
  isStruct,
  type Residue,
  residue,
  type WireConfig,
  type WireStruct,
  type WireTable,
  type WireValue,
} from "./wire.js";
import { WireValueError } from "./wire-value-error.js";

/**
 * Wire configs as JSON: C names as keys, 64-bit integers as `"0x..."`, smaller ones as numbers, byte tables, residue
 * and trailing bytes as hex digits. Counts, residue and trailing bytes appear only where they say something.
 */

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export interface JsonDocument {
  readonly [key: string]: JsonValue;
  readonly profile: string;
  readonly kind: ConfigKind;
  readonly header: { readonly [field: string]: JsonValue };
  readonly tables: { readonly [table: string]: JsonValue };
}

export function toJson(config: WireConfig): JsonDocument {
  const tables: Record<string, JsonValue> = {};
  for (const { table, element } of planOfProfile(config.profile).tables) {
    const values = config.tables[table.name];
    tables[table.name] = values === undefined ? (element === null ? "" : []) : tableToJson(values);
  }
  return {
    profile: config.profile.id,
    kind: config.kind,
    header: structToJson(config.header),
    tables,
    ...(config.trailing.length > 0 ? { trailing: hexOf(config.trailing) } : {}),
  };
}

function tableToJson(values: WireTable): JsonValue {
  return values instanceof Uint8Array ? hexOf(values) : values.map(valueToJson);
}

function structToJson(value: WireStruct): { readonly [field: string]: JsonValue } {
  const json: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) json[name] = valueToJson(member);
  const runs = value[residue];
  if (runs !== undefined) json.residue = runs.map(({ offset, bytes }) => ({ offset, bytes: hexOf(bytes) }));
  return json;
}

function valueToJson(value: WireValue): JsonValue {
  if (typeof value === "bigint")
    return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
  if (typeof value === "object")
    return isStruct(value) ? structToJson(value) : (value as WireValue[]).map(valueToJson);
  return value;
}

export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/**
 * Reads a document as `toJson` writes it. Integers may be numbers or text (`"0x1f"`, `"31"`, `"read|write"` where the
 * field has such names, `"64 KiB"` where it is a size or an address). Fields that are left out are zero, tables empty,
 * counts the lengths of their tables, signature and revision those of profile and kind; only `profile`, `kind` and
 * `header` must be there. Everything that is wrong is reported with its place; the result is undefined if anything is.
 *
 * @param findProfile the profile of that name; undefined where there is none
 */
export function fromJson(
  document: unknown,
  findProfile: (name: string) => Profile | undefined,
  report: (problem: JsonProblem) => void,
): WireConfig | undefined {
  const reader = new JsonReader(report);
  const root = reader.object(document, "", ["profile", "kind", "header", "tables", "trailing"], (key) =>
    homeOf(key, document as { readonly [key: string]: unknown }, findProfile),
  );
  if (root === undefined) return undefined;
  const name = reader.text(root.profile, "/profile");
  const profile = name === undefined ? undefined : findProfile(name);
  if (name !== undefined && profile === undefined) {
    reader.problem("unknown-profile", "/profile", `no profile is called ${JSON.stringify(name)}`);
  }
  const kind = root.kind;
  if (kind === undefined) reader.text(kind, "/kind");
  else if (kind !== "system" && kind !== "cell") {
    reader.problem("wrong-type", "/kind", `${reader.show(kind)} is neither "system" nor "cell"`);
  }
  if (profile === undefined || (kind !== "system" && kind !== "cell")) return undefined;

  const plan = planOfProfile(profile);
  const header = readStruct({ reader, profile }, root.header, "/header", plan.headers[kind].struct, (key) =>
    isTable(profile, key) ? "tables" : undefined,
  );
  const given =
    root.tables === undefined
      ? {}
      : reader.object(
          root.tables,
          "/tables",
          plan.tables.map(({ table }) => table.name),
        );
  const tables: Record<string, WireTable> = {};
  for (const table of plan.tables)
    tables[table.table.name] = readTable({ reader, profile }, given?.[table.table.name], table);
  const trailing = root.trailing === undefined ? new Uint8Array() : reader.bytes(root.trailing, "/trailing");
  if (reader.failed || header === undefined || trailing === undefined) return undefined;
  return {
    kind,
    profile,
    header: { ...identityOf(plan.headers[kind], profile), ...header },
    tables,
    trailing,
  };
}

/** Where a key belongs that was written beside `header` and `tables`. */
function homeOf(
  key: string,
  { profile: name, kind }: { readonly [key: string]: unknown },
  findProfile: (name: string) => Profile | undefined,
): string | undefined {
  const profile = typeof name === "string" ? findProfile(name) : undefined;
  if (profile === undefined) return undefined;
  if (isTable(profile, key)) return "tables";
  if (kind !== "system" && kind !== "cell") return undefined;
  const { fields } = planOfProfile(profile).headers[kind].struct.layout;
  return fields.some((field) => field.name === key) ? "header" : undefined;
}

function isTable(profile: Profile, key: string): boolean {
  return profile.tables.some(({ name }) => name === key);
}

/** What makes a file one of its profile and kind, where the header has fields for it. */
function identityOf({ struct, signature }: HeaderPlan, { revision }: Profile): WireStruct {
  const has = (name: string): boolean => struct.layout.fields.some((field) => field.name === name);
  return {
    ...(signature !== null && has("signature") ? { signature } : {}),
    ...(revision !== null && has("revision") ? { revision } : {}),
  };
}

interface Reading {
  readonly reader: JsonReader;
  /** Whose names of flags and choices are meant. */
  readonly profile: Profile;
}

function readTable(reading: Reading, json: unknown, { table, element }: TablePlan): WireTable {
  const { reader } = reading;
  const pointer = `/tables/${table.name}`;
  if (element === null)
    return json === undefined ? new Uint8Array() : (reader.bytes(json, pointer) ?? new Uint8Array());
  const elements = json === undefined ? [] : (reader.array(json, pointer, Number.MAX_SAFE_INTEGER) ?? []);
  if ("layout" in element) {
    return elements.map((item, index) => readStruct(reading, item, `${pointer}/${index}`, element) ?? {});
  }
  const { elementSize } = table;
  const range = rangeOf(elementSize * 8, table.element.startsWith("s"));
  return elements.map((item, index) =>
    reader.integer(item, `${pointer}/${index}`, range, elementSize === 8),
  ) as WireTable;
}

function readStruct(
  reading: Reading,
  json: unknown,
  pointer: string,
  plan: StructPlan,
  belongs?: (key: string) => string | undefined,
): WireStruct | undefined {
  const { reader } = reading;
  const keys = [...plan.layout.fields.map(({ name }) => name), "residue"];
  const given = reader.object(json, pointer, keys, belongs);
  if (given === undefined) return undefined;
  let view: ViewPlan;
  try {
    view = plan.viewOf(given);
  } catch (error) {
    if (!(error instanceof WireValueError)) throw error;
    reader.problem("overlapping-fields", pointer, error.message);
    return undefined;
  }
  const value: Record<string, WireValue> & { [residue]?: Residue } = {};
  for (const { name, field } of view.fields) {
    if (given[name] === undefined) continue;
    const member = readField(reading, given[name], `${pointer}/${name}`, field, plan.layout.name);
    if (member !== undefined) value[name] = member;
  }
  if (given.residue !== undefined) {
    const runs = readResidue(reader, given.residue, `${pointer}/residue`, view);
    if (runs !== undefined && runs.length > 0) value[residue] = runs;
  }
  return value;
}

function readField(
  reading: Reading,
  json: unknown,
  pointer: string,
  field: StructPlan["layout"]["fields"][number],
  layout: string,
): WireValue | undefined {
  const { reader, profile } = reading;
  const named = (text: string): NamedInteger | undefined => namedInteger(profile, layout, field.name, text);
  switch (field.kind) {
    case "integer":
      return reader.integer(json, pointer, rangeOfField(field), field.size === 8, named);
    case "text":
      return readText(reader, json, pointer, field.size);
    case "integers": {
      const range = rangeOf(field.elementSize * 8, field.signed);
      const elements = reader.array(json, pointer, field.length);
      const wide = field.elementSize === 8;
      return elements?.map((item, index) =>
        reader.integer(item, `${pointer}/${index}`, range, wide, named),
      ) as WireValue | undefined;
    }
    case "struct":
      return readStruct(reading, json, pointer, planOf(field.layout));
    case "structs": {
      const plan = planOf(field.layout);
      return reader
        .array(json, pointer, field.length)
        ?.map((item, index) => readStruct(reading, item, `${pointer}/${index}`, plan) ?? {});
    }
  }
}

function readText(reader: JsonReader, json: unknown, pointer: string, size: number): string | undefined {
  const text = reader.text(json, pointer);
  if (text === undefined) return undefined;
  const { length } = encodeText(text);
  if (length <= size) return text;
  reader.problem(
    "out-of-range",
    pointer,
    `${reader.show(text)} has ${length} bytes, there is room for ${size}`,
  );
  return undefined;
}

function readResidue(
  reader: JsonReader,
  json: unknown,
  pointer: string,
  view: ViewPlan,
): Residue | undefined {
  return reader.array(json, pointer, Number.MAX_SAFE_INTEGER)?.flatMap((item, index) => {
    const place = `${pointer}/${index}`;
    const run = reader.object(item, place, ["offset", "bytes"]);
    if (run === undefined) return [];
    const offset = reader.integer(run.offset, `${place}/offset`, rangeOf(32, false), false);
    const bytes = reader.bytes(run.bytes, `${place}/bytes`);
    if (typeof offset !== "number" || bytes === undefined) return [];
    const clash = bytes.findIndex((byte, step) => (byte & ~maskAt(view.gaps, offset + step)) !== 0);
    if (clash < 0) return [{ offset, bytes }];
    reader.problem("overlapping-fields", place, `byte ${offset + clash} of the struct belongs to a field`);
    return [];
  });
}
