import type { Profile } from "../layout/types.js";
import { lengthOf, planOfProfile, type TablePlan } from "./profile-plan.js";
import { isStruct, type WireConfig, type WireStruct, type WireTable, type WireValue } from "./wire.js";
import { at, WireValueError } from "./wire-value-error.js";
import { writerOf } from "./writer-of.js";

/** The size in bytes of the file that a config makes. */
export function sizeOf(config: WireConfig): number {
  const plan = planOfProfile(config.profile);
  return plan.tables.reduce(
    (sum, { table, unitSize }) => sum + lengthOf(config, table.name) * unitSize,
    plan.headers[config.kind].size + config.trailing.length,
  );
}

/**
 * Writes a config: header, tables in file order, trailing bytes. Fields that are left out are zero; counts that are
 * left out are the lengths of their tables.
 *
 * @throws WireValueError for a value that its field cannot hold, an unknown field or an unknown table
 */
export function encode(config: WireConfig): Uint8Array {
  const plan = planOfProfile(config.profile);
  const header = plan.headers[config.kind];
  const known = new Set(plan.tables.map(({ table }) => table.name));
  const stranger = Object.keys(config.tables).find((name) => !known.has(name));
  if (stranger !== undefined)
    throw new WireValueError(`profile ${config.profile.id} has no table ${stranger}`);

  const bytes = new Uint8Array(sizeOf(config));
  const view = new DataView(bytes.buffer);
  writerOf(config.profile, header.struct.layout)(view, 0, withCounts(config));
  let offset = header.size;
  for (const table of plan.tables)
    offset = writeTable(bytes, view, offset, config.tables[table.table.name], table, config.profile);
  bytes.set(config.trailing, offset);
  return bytes;
}

/** The header with every count in it. */
export function withCounts(config: WireConfig): WireStruct {
  const plan = planOfProfile(config.profile);
  const counts: Record<string, WireValue> = {};
  for (const { table } of plan.tables) counts[table.count] = lengthOf(config, table.name);
  const { field } = plan.headers[config.kind].description;
  if (field === null) return { ...counts, ...config.header };
  const description = config.header[field];
  return { ...config.header, [field]: { ...counts, ...(isStruct(description) ? description : {}) } };
}

function writeTable(
  bytes: Uint8Array,
  view: DataView,
  offset: number,
  values: WireTable | undefined,
  { table, element, unitSize }: TablePlan,
  profile: Profile,
): number {
  if (values === undefined) return offset;
  if (element === null) {
    if (!(values instanceof Uint8Array))
      throw new WireValueError("a byte table holds bytes").within(table.name);
    bytes.set(values, offset);
    return offset + values.length;
  }
  const accessor = "layout" in element ? writerOf(profile, element.layout) : element.write;
  const write = accessor as (view: DataView, at: number, value: unknown) => void;
  values.forEach((value, index) => {
    at(table.name, () => at(index, () => write(view, offset + index * unitSize, value)));
  });
  return offset + values.length * unitSize;
}
