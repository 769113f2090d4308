import { rangeOf } from "../../../schema/codec/integer-access.js";
import type { WireStruct, WireTable } from "../../../schema/codec/wire.js";
import type { TableLayout } from "../../../schema/layout/types.js";
import { zeroStruct } from "../../emit/ir-to-wire-writer.js";
import { hexBytesOf } from "../assemble/hex-bytes.js";
import { headOf, type Opened } from "../names/open-block.js";
import type { Lowering } from "./lowering.js";

/** The table of the profile that a raw statement speaks of. */
export function tableOf({ statement }: Opened, { profile }: Lowering): TableLayout | undefined {
  const word = headOf(statement);
  return profile.tables.find(({ name }) => name === word);
}

/** `rcpus = "0f"`, `smc_ids = 1, 2`: a whole table of bytes or numbers. Undefined where it is wrong, which was reported. */
export function wholeTable(
  opened: Opened,
  table: TableLayout,
  { evaluator }: Lowering,
): WireTable | undefined {
  const { statement, scope } = opened;
  if (table.unit === "bytes") return hexBytesOf(opened, evaluator);
  if (table.layout !== null) {
    const wanted = `structs: write each as \`${table.name} { ${table.layout.fields[0]!.name} = ... }\``;
    evaluator.problem("jail-raw-value", { field: table.name, wanted }, statement.head, scope);
    return undefined;
  }
  const { least, most } = rangeOf(table.elementSize * 8, table.element.startsWith("s"));
  const values: bigint[] = [];
  for (const item of statement.value!) {
    if (item.to !== null) {
      evaluator.problem("jail-raw-value", { field: table.name, wanted: "single numbers" }, item, scope);
      return undefined;
    }
    const value = evaluator.number(item.from, scope);
    if (value === undefined) return undefined;
    if (value < least || value > most) {
      evaluator.problem("jail-out-of-range", { what: `\`${table.name}\``, value, least, most }, item, scope);
      return undefined;
    }
    values.push(value);
  }
  return table.elementSize === 8 ? values : values.map(Number);
}

/** An element with nothing in it, for raw fields to fill. */
export function emptyElement({ layout }: TableLayout): WireStruct | undefined {
  return layout === null ? undefined : zeroStruct(layout);
}
