/**
 * Whether the bytes of a config agree with themselves, as `cellc decode` would find out. Made from the structs of the
 * unit alone: no profile is laid out, which a build could not afford, and headers of forks are served as well.
 */

import type { CLayout, CMember, ConfigObject, CUnit } from "../c/unit.js";
import { at, type Place, type Report } from "../diagnostics/diagnostic.js";
import { declaredKind, declaredKindOf, factsOf, signedKind } from "./config-shape.js";
import { type CountWrong, outputMessages } from "./output-messages.js";

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

/**
 * True where nothing that is read from the bytes could be trusted, which is reported as errors. The revision is left to
 * the rules: it says how the bytes are meant to be read, not that they are wrong.
 */
export function isMisshapen(unit: CUnit, object: ConfigObject, report: Report): boolean {
  let found = false;
  checkOutput(unit, object, (finding) => {
    if (finding.id === "output-wrong-revision") return;
    found = true;
    report({ ...finding, severity: "error" });
  });
  return found;
}

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
  checkOrder(object, report);
  if (description === undefined) return;
  if (!checkPacking(object, report)) checkSizes({ unit, object, cell, description, header }, report);
}

/**
 * True where bytes that belong to no table stand before one in the struct of the object, which is reported: no count
 * can be right. What is left at the end is told by the counts.
 */
function checkPacking({ layout, name, span }: ConfigObject, report: Report): boolean {
  if (layout === null || layout.alignment === 1 || declaredKindOf(layout.tag) !== undefined) return false;
  let end = 0;
  let bytes = 0;
  let behind: CMember | undefined;
  for (const [index, member] of layout.members.entries()) {
    if (member.offset > end) {
      bytes += member.offset - end;
      behind ??= layout.members[index - 1];
    }
    end = Math.max(end, member.offset + member.size);
  }
  if (behind === undefined) return false;
  const args = { name, bytes, behind: behind.name ?? "a member" };
  report(outputMessages["output-not-packed"](args, at(span)));
  return true;
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
  const sized: SizedTable[] = [];
  for (const { member, count } of counts) {
    const index = tableIndex.get(member.name!);
    const size = index === undefined ? undefined : elementSize(unit, tables[index]![1]);
    if (index !== undefined && size !== undefined) sized.push({ member, count, size, index });
    // A table of a fork that nobody knows here: the sizes of the others say nothing without it.
    else if (count > 0) return;
  }
  sized.sort((a, b) => a.index - b.index);
  const wrong = wrongCounts(object, sized);
  for (const { member, ...args } of wrong) {
    report(outputMessages["output-count-wrong"](args, placeOf(object, member, description)));
  }
  // Where the struct says which count is wrong, that is not always the one that finds the end of the file.
  if (wrong.length > 0) return;
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
  if (object.layout === null && object.bytes.length % end === 0) {
    const args = { name: object.name, count: object.bytes.length / end };
    report(outputMessages["output-array"](args, at(object.span)));
  } else report(outputMessages["output-bytes-uncounted"]({ bytes, offset: end }, at(object.span)));
}

interface SizedTable {
  readonly member: CMember;
  readonly count: number;
  /** Of one element, in bytes. */
  readonly size: number;
  /** Into {@link tables}. */
  readonly index: number;
}

interface WrongCount extends CountWrong {
  /** The count. */
  readonly member: CMember;
}

/** Counts that are not those of the tables in the object's struct. */
function wrongCounts(
  { layout, name: object }: ConfigObject,
  sized: readonly SizedTable[],
): readonly WrongCount[] {
  return sized.flatMap(({ member, count, size, index }) => {
    const declared = layout?.members.filter((each) => tableOf(each) === index) ?? [];
    const bytes = declared.reduce((sum, each) => sum + each.size, 0);
    // A table of no elements takes its own from the end of the object.
    if (declared.length === 0 || declared.at(-1)!.size === 0 || bytes % size !== 0) return [];
    const elements = bytes / size;
    if (elements === count) return [];
    const path = `${object}.${declared[0]!.name}`;
    const right =
      declared.length > 1 ? String(elements) : size === 1 ? `sizeof(${path})` : `ARRAY_SIZE(${path})`;
    const table = declared.map((each) => each.name!).join(" and ");
    const unit = size === 1 ? "byte" : "element";
    return [{ member, field: member.name!, count, table, elements, unit, right }];
  });
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
