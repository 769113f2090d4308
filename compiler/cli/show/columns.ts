/** The columns in which the elements of a table are shown. */

import type { WireStruct, WireValue } from "../../../schema/codec/wire.js";
import { fieldDoc } from "../../../schema/docs/fields.js";
import type { Profile, StructLayout } from "../../../schema/layout/types.js";
import { isZero } from "./emptiness.js";
import { bitmapBits, formatField, formatRanges, formatSize, hex } from "./format-value.js";

export interface Column {
  readonly head: string;
  /** Right-aligned. */
  readonly number: boolean;
  /** Left out where no element shows anything in it. */
  readonly optional: boolean;
  readonly shows: (element: WireStruct) => boolean;
  readonly text: (element: WireStruct) => string;
}

/** What an element says, on one line: the columns that are not empty, with their names. */
export function elementText(profile: Profile, layout: StructLayout, element: WireStruct): string {
  return columnsOf(profile, layout, [element])
    .filter((column) => column.shows(element))
    .map((column) => `${column.head} ${column.text(element)}`)
    .join(", ");
}

/** Regions, ports and pins as ranges; every other field of the layout as a column of its own. */
export function columnsOf(
  profile: Profile,
  layout: StructLayout,
  elements: readonly WireStruct[],
): readonly Column[] {
  const combined = combinedColumns.filter(({ fields }) => fields.every((name) => has(layout, name)));
  const taken = new Set(combined.flatMap(({ fields }) => fields));
  const present = new Set<string>();
  for (const element of elements) for (const name in element) present.add(name);
  const rest = layout.fields
    .filter((field) => !taken.has(field.name) && present.has(field.name))
    .map((field) => fieldColumn(profile, layout, field.name));
  return [...combined.flatMap(({ columns }) => columns), ...rest];
}

function has(layout: StructLayout, name: string): boolean {
  return layout.fields.some((field) => field.name === name);
}

/** By these an element is known: their columns stay, and their zeros are values. */
const identifying: ReadonlySet<string> = new Set([
  "start",
  "type",
  "domain",
  "bdf",
  "bus",
  "devfn",
  "base",
  "phys_id",
]);

function fieldColumn(profile: Profile, layout: StructLayout, name: string): Column {
  const named = fieldDoc(layout.name, name)?.values !== undefined;
  const present = (element: WireStruct): boolean => element[name] !== undefined;
  // A shared-memory device starts at some region, be it the first one.
  const telling = identifying.has(name)
    ? present
    : name === "shmem_regions_start" || name === "shmem_region"
      ? (element: WireStruct) => present(element) && isSharedMemory(profile, element)
      : () => false;
  const format = remembered((value) => formatField(profile, layout.name, name, value));
  return {
    head: name,
    number: !named && layout.fields.some((field) => field.name === name && field.kind === "integer"),
    optional: !identifying.has(name) && !/^(access_)?flags$/.test(name),
    shows: (element) => telling(element) || (element[name] !== undefined && !isZero(element[name])),
    text: (element) => {
      const value = element[name];
      if (value === undefined) return "";
      // Most BARs, masks and addresses of most devices are zero: the others should be easy to see.
      if (!Array.isArray(value)) return isZero(value) && !named && !telling(element) ? "-" : format(value);
      if (isZero(value)) return "-";
      return (value as readonly WireValue[]).map((item) => (isZero(item) ? "-" : format(item))).join(" ");
    },
  };
}

function isSharedMemory({ constants }: Profile, { type }: WireStruct): boolean {
  const ivshmem = constants.get("JAILHOUSE_PCI_TYPE_IVSHMEM");
  return ivshmem !== undefined && type !== undefined && integer(type) === ivshmem;
}

/** Few values fill most columns; more than this many are worked out every time. */
const mostRemembered = 1000;

function remembered(format: (value: WireValue) => string): (value: WireValue) => string {
  const known = new Map<WireValue, string>();
  return (value) => {
    let text = known.get(value);
    if (text === undefined) {
      text = format(value);
      if (known.size < mostRemembered && typeof value !== "object") known.set(value, text);
    }
    return text;
  };
}

function integer(value: WireValue | undefined): bigint {
  return typeof value === "number" || typeof value === "bigint" ? BigInt(value) : 0n;
}

function range(start: bigint, size: bigint): string {
  return size === 0n ? hex(start) : `${hex(start)}-${hex(start + size - 1n)}`;
}

interface CombinedColumns {
  readonly fields: readonly string[];
  readonly columns: readonly Column[];
}

function always(head: string, text: (element: WireStruct) => string, number = false): Column {
  return { head, number, optional: false, shows: () => true, text };
}

const combinedColumns: readonly CombinedColumns[] = [
  {
    fields: ["phys_start", "virt_start", "size"],
    columns: [
      always("physical", ({ phys_start, size }) => range(integer(phys_start), integer(size))),
      always("virtual", ({ phys_start, virt_start }) =>
        integer(phys_start) === integer(virt_start) ? "same" : hex(integer(virt_start)),
      ),
      always("size", ({ size }) => formatSize(integer(size)), true),
    ],
  },
  {
    fields: ["base", "length"],
    columns: [
      always("ports", ({ base, length }) => range(integer(base), integer(length))),
      always("count", ({ length }) => String(integer(length)), true),
    ],
  },
  {
    fields: ["address", "pin_base", "pin_bitmap"],
    columns: [
      always("address", ({ address }) => hex(integer(address))),
      always("pins", ({ pin_base, pin_bitmap }) => {
        const first = Number(integer(pin_base));
        const bits = bitmapBits(pin_bitmap ?? 0);
        return formatRanges(bits.map((bit) => first + bit));
      }),
    ],
  },
];
