import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { WireConfig } from "../../../schema/codec/wire.js";
import type { Origin, OriginOfBytes } from "../../ir/origin.js";
import type { CheckedConfig } from "./checked-config.js";

/** Where the length of a file and its counts disagree. */
export interface FileShape {
  /** Bytes that header and tables need by the config's own counts; those of the header where the file ends in it. */
  readonly needed: number;
  /** The count whose table is the first that the file has no room for, or the last byte of a header that is cut off. */
  readonly lastRead?: Origin;
  /** The bytes behind the last table. */
  readonly behind?: Origin;
  /** What the counts of large tables ask for, where that is more than 32 bits can say. */
  readonly asked?: AskedBytes;
}

/** In bytes. */
export interface AskedBytes {
  readonly cpuSet: number;
  /** Of the tables that the driver copies: regions and devices (driver/cell.c:69-91, driver/pci.c:223). */
  readonly copied: number;
}

/** Sizes are added up in 32 bits (include/jailhouse/cell-config.h:372). */
const sizeRange = 2 ** 32;
const copiedTables: ReadonlySet<string> = new Set(["num_memory_regions", "num_pci_devices"]);

/** @param config what was read from the bytes */
export function fileShape(
  bytes: Uint8Array,
  { profile, kind }: Pick<WireConfig, "profile" | "kind">,
  originOf: OriginOfBytes,
): FileShape {
  const plan = planOfProfile(profile);
  const { size, description } = plan.headers[kind];
  if (bytes.length < size)
    return { needed: size, ...(bytes.length === 0 ? {} : { lastRead: originOf(bytes.length - 1, 1) }) };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let needed = size;
  let lastRead: Origin | undefined;
  const asked = { cpuSet: 0, copied: 0 };
  for (const { countAt, count, unitSize } of plan.tables) {
    const bytesOfTable = countAt(view, description.offset) * unitSize;
    if (count.name === "cpu_set_size") asked.cpuSet = bytesOfTable;
    if (copiedTables.has(count.name)) asked.copied += bytesOfTable;
    needed += bytesOfTable;
    if (needed > bytes.length) lastRead ??= originOf(description.offset + count.offset, count.size);
  }
  const more = bytes.length - needed;
  return {
    needed,
    ...(lastRead === undefined ? {} : { lastRead }),
    ...(needed >= sizeRange ? { asked } : {}),
    ...(more > 0 ? { behind: originOf(needed, more) } : {}),
  };
}

/** Ports of x86. */
const portCount = 0x10000;

/**
 * True where elements are none that anybody would write, as when a table is read from the middle of another one: devices
 * of types that there are not, bits of regions that have no meaning, ports beyond the last one. Where no region is
 * counted at all, that is the mistake, and mem-none tells it.
 */
export function looksMisread({ cell }: CheckedConfig): boolean {
  const { pciDevices, memoryRegions, portIo } = cell;
  if (memoryRegions.length === 0) return false;
  return (
    pciDevices.some(({ type }) => typeof type === "number") ||
    memoryRegions.some(({ flags }) => flags.unknown !== 0n) ||
    (portIo.kind === "ranges" &&
      portIo.ranges.some(({ base, length }) => length === 0 || base + length > portCount))
  );
}
