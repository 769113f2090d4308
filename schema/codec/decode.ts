import type { Profile } from "../layout/types.js";
import { decodeText } from "../text.js";
import type { WireProblem } from "./problems.js";
import {
  familyOf,
  type HeaderPlan,
  type ProfilePlan,
  planOfProfile,
  type TablePlan,
} from "./profile-plan.js";
import { readerOf } from "./reader-of.js";
import type { PlatformFamily, ViewContext } from "./union-views.js";
import {
  type ConfigKind,
  isStruct,
  type WireConfig,
  type WireStruct,
  type WireTable,
  type WireValue,
} from "./wire.js";

export interface DecodeOptions {
  /** Reads the file as this kind, whatever its signature says. */
  readonly kind?: ConfigKind;
  /** Shows the platform data of this family, whatever the file says. */
  readonly architecture?: PlatformFamily;
}

export interface DecodeResult {
  readonly config: WireConfig;
  /** Empty where file and profile agree in every byte. */
  readonly problems: readonly WireProblem[];
}

/**
 * Reads a file by a profile. Never throws: what cannot be read is named in `problems`, time and memory are bounded by
 * the length of the file. `encode(config)` gives the same bytes again unless there is a `truncated-header`.
 */
export function decode(bytes: Uint8Array, profile: Profile, options: DecodeOptions = {}): DecodeResult {
  const plan = planOfProfile(profile);
  const problems: WireProblem[] = [];
  const kind = options.kind ?? kindOf(bytes, plan);
  const header = plan.headers[kind];
  const whole = bytes.length >= header.size;
  const view = viewOf(whole ? bytes : padded(bytes, header.size));
  const family = options.architecture ?? familyOf(plan, header, view);
  const context: ViewContext = { family, constants: profile.constants };
  let value = readerOf(profile, header.struct.layout)(view, 0, context);
  if (!whole) {
    problems.push({ kind: "truncated-header", needed: header.size, there: bytes.length });
    value = withoutFieldsPast(bytes.length, value, header);
  }
  checkIdentity(value, header, profile, problems);
  const tables = readTables(bytes, whole ? view : null, plan, header, context, problems);
  const trailing = bytes.slice(tables.end);
  if (trailing.length > 0 && !problems.some(({ kind }) => kind === "count-exceeds-file")) {
    problems.push({ kind: "trailing-bytes", offset: tables.end, length: trailing.length });
  }
  value = withoutImpliedCounts(value, header, plan, tables.values);
  return { config: { kind, profile, header: value, tables: tables.values, trailing }, problems };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function padded(bytes: Uint8Array, size: number): Uint8Array {
  const whole = new Uint8Array(size);
  whole.set(bytes);
  return whole;
}

/** The kind that the signature names; without one, the kind whose sizes agree exactly, else a cell. */
function kindOf(bytes: Uint8Array, plan: ProfilePlan): ConfigKind {
  const { system, cell } = plan.headers;
  if (system.signature !== null && startsWith(bytes, system.signature)) return "system";
  if (cell.signature !== null && startsWith(bytes, cell.signature)) return "cell";
  return sizeByCounts(bytes, plan, "system") === bytes.length ? "system" : "cell";
}

export function startsWith(bytes: Uint8Array, signature: string): boolean {
  return decodeText(bytes.subarray(0, signature.length)) === signature;
}

/** The size that the counts of the header ask for; null where the file ends inside the header. Exact: below 2^53. */
export function sizeByCounts(bytes: Uint8Array, plan: ProfilePlan, kind: ConfigKind): number | null {
  const header = plan.headers[kind];
  if (bytes.length < header.size) return null;
  const view = viewOf(bytes);
  return plan.tables.reduce(
    (sum, table) => sum + table.countAt(view, header.description.offset) * table.unitSize,
    header.size,
  );
}

function checkIdentity(
  value: WireStruct,
  header: HeaderPlan,
  profile: Profile,
  problems: WireProblem[],
): void {
  const { signature, revision } = value;
  if (header.signature !== null && typeof signature === "string" && signature !== header.signature) {
    const expected = header.signature;
    problems.push({ kind: "wrong-signature", expected, found: signature, readAs: header.kind });
  }
  if (profile.revision !== null && typeof revision === "number" && revision !== profile.revision) {
    problems.push({ kind: "wrong-revision", expected: profile.revision, found: revision });
  }
}

interface TablesRead {
  readonly values: Record<string, WireTable>;
  /** Offset behind the last byte that belongs to a table. */
  readonly end: number;
}

/** @param view of the whole file; null where it ends inside the header, so that there are no tables */
function readTables(
  bytes: Uint8Array,
  view: DataView | null,
  plan: ProfilePlan,
  header: HeaderPlan,
  context: ViewContext,
  problems: WireProblem[],
): TablesRead {
  const values: Record<string, WireTable> = {};
  if (view === null) {
    for (const { table, element } of plan.tables)
      values[table.name] = element === null ? new Uint8Array() : [];
    return { values, end: bytes.length };
  }
  let at = header.size;
  let overrun = false;
  for (const table of plan.tables) {
    const count = table.countAt(view, header.description.offset);
    const there = overrun ? 0 : bytes.length - at;
    const needed = count * table.unitSize;
    if (needed > there) {
      const { name, count: field } = table.table;
      problems.push({ kind: "count-exceeds-file", field, table: name, count, needed, there });
      overrun = true;
    }
    const length = table.unitSize === 0 ? 0 : Math.min(count, Math.floor(there / table.unitSize));
    values[table.table.name] = readTable(bytes, view, at, length, table, plan.profile, context);
    at += length * table.unitSize;
  }
  return { values, end: at };
}

function readTable(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  length: number,
  { element, unitSize }: TablePlan,
  profile: Profile,
  context: ViewContext,
): WireTable {
  if (element === null) return bytes.slice(at, at + length);
  const read = "layout" in element ? readerOf(profile, element.layout) : element.read;
  const values = new Array(length);
  for (let index = 0; index < length; index++) values[index] = read(view, at + index * unitSize, context);
  return values as WireTable;
}

/** Leaves out the fields that do not lie wholly before `end`. */
function withoutFieldsPast(end: number, value: WireStruct, header: HeaderPlan): WireStruct {
  return clip(value, header.struct.layout.fields, end);
}

function clip(value: WireStruct, fields: HeaderPlan["struct"]["layout"]["fields"], end: number): WireStruct {
  const kept: Record<string, WireValue> = {};
  for (const field of fields) {
    const member = value[field.name];
    if (member === undefined) continue;
    if (field.offset + field.size <= end) kept[field.name] = member;
    else if (field.kind === "struct" && field.offset < end && isStruct(member)) {
      kept[field.name] = clip(member, field.layout.fields, end - field.offset);
    }
  }
  return kept;
}

function withoutImpliedCounts(
  value: WireStruct,
  header: HeaderPlan,
  plan: ProfilePlan,
  tables: Record<string, WireTable>,
): WireStruct {
  const lengths = new Map(plan.tables.map(({ table }) => [table.count, tables[table.name]?.length ?? 0]));
  const strip = (description: WireStruct): WireStruct => {
    const kept: Record<string, WireValue> = { ...description };
    for (const [field, length] of lengths) if (kept[field] === length) delete kept[field];
    return kept;
  };
  const { field } = header.description;
  if (field === null) return strip(value);
  const description = value[field];
  return isStruct(description) ? { ...value, [field]: strip(description) } : value;
}
