/**
 * Whether the bytes of a config agree with themselves, as `cellc decode` would find out. Made from the structs of the
 * unit alone: no profile is laid out, which a build could not afford, and headers of forks are served as well.
 */

import type { CLayout, CMember, ConfigObject, CUnit } from "../c/unit.js";
import { at, type Place, type Report } from "../diagnostics/diagnostic.js";
import { declaredKind, factsOf, signedKind } from "./config-shape.js";
import { outputMessages } from "./output-messages.js";

/** Count fields of all revisions and forks in the order of their tables, with the element: its tag, or its size. */
const tables: readonly (readonly [string, string | number])[] = [
  ["cpu_set_size", 1],
  ["rcpu_set_size", 1],
  ["fpga_regions_size", 1],
  ["num_cpus", "jailhouse_cpu"],
  ["num_memory_regions", "jailhouse_memory"],
  ["num_memory_regions_colored", "jailhouse_memory_colored"],
  ["num_cache_regions", "jailhouse_cache"],
  ["num_irq_lines", "jailhouse_irq_line"],
  ["num_irqchips", "jailhouse_irqchip"],
  ["pio_bitmap_size", 1],
  ["num_pio_regions", "jailhouse_pio"],
  ["num_pci_devices", "jailhouse_pci_device"],
  ["num_pci_caps", "jailhouse_pci_capability"],
  ["num_stream_ids", "jailhouse_stream_id"],
  ["num_smmu_sids", "jailhouse_smmu_sid"],
  ["num_qos_devices", "jailhouse_qos_device"],
  ["num_rcpu_devices", "jailhouse_rcpu_device"],
  ["num_fpga_devices", "jailhouse_fpga_device"],
  ["num_smc_ids", 4],
  ["num_vendor_resources", "jailhouse_vendor_resource"],
  ["num_regmaps", "jailhouse_regmap"],
];

const tableIndex = new Map(tables.map(([count], index) => [count, index]));

/** Reports what does not fit, as warnings: the bytes are those that the source asks for. */
export function checkOutput(unit: CUnit, object: ConfigObject, report: Report): void {
  const { structs } = unit;
  const cell = structs.get("jailhouse_cell_desc");
  if (cell === undefined) return;
  const facts = factsOf(unit);
  const signed = signedKind(object, facts);
  const declared = declaredKind(object);
  const kind = declared ?? signed;
  if (kind === undefined) return;
  const header = structs.get(kind === "system" ? "jailhouse_system" : "jailhouse_cell_desc");
  if (header === undefined || header.size > object.bytes.length) return;

  const identity = header.members.find(({ name }) => name === "signature");
  const wanted = kind === "system" ? facts.systemSignature : facts.cellSignature;
  if (signed !== undefined && signed !== kind) {
    report(outputMessages["output-wrong-kind"]({ says: signed, is: kind }, placeOf(object, identity, 0)));
  } else if (signed === undefined && wanted !== undefined && identity !== undefined) {
    report(outputMessages["output-no-signature"]({ wanted }, placeOf(object, identity, 0)));
  }
  const revision = header.members.find(({ name }) => name === "revision");
  if (revision !== undefined && facts.revision !== undefined) {
    const found = read(object, revision, 0);
    if (found !== facts.revision) {
      const args = { found, expected: facts.revision };
      report(outputMessages["output-wrong-revision"](args, placeOf(object, revision, 0)));
    }
  }
  const description = kind === "cell" ? 0 : header.members.find(({ layout }) => layout === cell)?.offset;
  if (description !== undefined) checkSizes({ unit, object, cell, description, header }, report);
  checkOrder(object, report);
}

interface Described {
  readonly unit: CUnit;
  readonly object: ConfigObject;
  readonly cell: CLayout;
  /** Where the cell descriptor lies in the object. */
  readonly description: number;
  readonly header: CLayout;
}

function checkSizes({ unit, object, cell, description, header }: Described, report: Report): void {
  const counts = cell.members
    .filter(({ name }) => name !== null && /^num_|_set_size$|_bitmap_size$|_regions_size$/.test(name))
    .map((member) => ({ member, count: read(object, member, description) }));
  const sized: { member: CMember; count: number; size: number; index: number }[] = [];
  for (const { member, count } of counts) {
    const index = tableIndex.get(member.name!);
    const size = index === undefined ? undefined : elementSize(unit, tables[index]![1]);
    if (index !== undefined && size !== undefined) sized.push({ member, count, size, index });
    // A table of a fork that nobody knows here: the sizes of the others say nothing without it.
    else if (count > 0) return;
  }
  sized.sort((a, b) => a.index - b.index);
  let end = header.size;
  for (const { member, count, size } of sized) {
    const there = object.bytes.length - end;
    const needed = count * size;
    if (needed > there) {
      const args = { field: member.name!, count, needed, there };
      report(outputMessages["output-count-too-large"](args, placeOf(object, member, description)));
      return;
    }
    end += needed;
  }
  const bytes = object.bytes.length - end;
  if (bytes === 0) return;
  const empty = sized.filter(({ count }) => count === 0).map(({ member }) => member.name!);
  const uncounted = empty.filter((name) => isDeclared(object, name));
  const notes = uncounted.map((name) => ({ message: `${name} is 0, though the struct has such a table` }));
  report(outputMessages["output-bytes-uncounted"]({ bytes, offset: end }, at(object.span), { notes }));
}

function elementSize({ structs }: CUnit, element: string | number): number | undefined {
  if (typeof element === "number") return element;
  // Stream ids were plain integers before they became a union.
  return structs.get(element)?.size ?? (element === "jailhouse_stream_id" ? 4 : undefined);
}

/** Which table a member of the object's struct is: by the struct of its elements, or by its usual name. */
function tableOf({ name, layout, isArray }: CMember): number {
  if (!isArray) return -1;
  return tables.findIndex(([count, element]) =>
    // Stream ids, which have a tag since they are a union, were plain integers before.
    layout === undefined ? name === usualName(count) : layout.tag === element,
  );
}

/** As in `cpu_set_size`, whose table all configs call `cpus`. */
function usualName(count: string): string {
  return count
    .replace(/_set_size$/, "s")
    .replace(/_size$/, "")
    .replace(/^num_/, "");
}

/** True where the struct of the object has the table. */
function isDeclared({ layout }: ConfigObject, count: string): boolean {
  const table = tableIndex.get(count);
  return layout?.members.some((member) => tableOf(member) === table) === true;
}

function checkOrder({ layout, span }: ConfigObject, report: Report): void {
  let last = -1;
  let lastTable = "";
  for (const member of layout?.members ?? []) {
    const index = tableOf(member);
    if (index < 0) continue;
    const table = member.layout?.tag ?? member.name!;
    if (index < last) {
      report(outputMessages["output-table-order"]({ first: lastTable, second: table }, at(span)));
      return;
    }
    last = index;
    lastTable = table;
  }
}

function read({ bytes }: ConfigObject, { offset, size }: CMember, base: number): number {
  let value = 0;
  for (let at = size - 1; at >= 0; at -= 1) value = value * 256 + (bytes[base + offset + at] ?? 0);
  return value;
}

/** Where the source gives the value; the object's name where it does not say it. */
function placeOf(object: ConfigObject, member: CMember | undefined, base: number): Place {
  const token = member === undefined ? undefined : object.provenance.at(base + member.offset);
  if (token === undefined) return at(object.span);
  return at({ file: token.file, start: token.start, end: token.end }, token.expansion);
}
