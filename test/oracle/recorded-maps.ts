import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { CheckedConfig } from "../../compiler/check/facts/checked-config.js";
import { wireToIr } from "../../compiler/decompile/wire-to-ir.js";
import { decode, sizeByCounts } from "../../schema/codec/decode.js";
import { planOfProfile } from "../../schema/codec/profile-plan.js";
import type { ConfigKind } from "../../schema/codec/wire.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import { root } from "../boards/read-machine.js";
import { everyBoard } from "./base-configs.js";

/** Lines of memory-map.jsonl.gz and x86-pio.jsonl.gz; test/fixtures/oracle/README.md says what their fields mean. */
export interface MapRecord {
  readonly system: string;
  readonly variant: "intel" | "amd" | "arm64";
  readonly pa_bits?: 40 | 48;
  /** On Arm. */
  readonly gic_version?: 2 | 3;
  readonly cells: readonly (
    | { readonly path: string }
    | { readonly config: DecodedCell; readonly note: string }
  )[];
  readonly steps: readonly MapStep[];
}

export interface MapStep {
  readonly op: "enable" | "create" | "load" | "start" | "shutdown" | "destroy";
  readonly ret: number;
  readonly cells: Readonly<Record<string, RecordedTables>>;
  /** Pages of the pool that are taken, pages there are, and those taken for devices; not on Arm. */
  readonly pool?: readonly [used: number, pages: number, remapUsed: number];
  readonly con?: readonly string[];
}

export type RecordedRun = readonly [virt: string, size: string, flags: string, phys: string];
export type RecordedHandler = readonly [start: string, size: string, handler: string];

/** `"="`: as in the step before. */
export interface RecordedTables {
  readonly cpu: readonly RecordedRun[] | "=";
  readonly mmio: readonly RecordedHandler[] | "=";
  readonly iommu?: readonly RecordedRun[] | "=";
}

export interface PortRecord {
  readonly kind: "bitmap" | "handler";
  readonly system: string;
  readonly variant: "intel" | "amd";
  readonly cells: readonly string[];
  readonly patches?: readonly (readonly [file: string, offset: number, hex: string])[];
  readonly steps: readonly PortStep[];
}

export interface PortStep {
  readonly op: MapStep["op"];
  readonly ret: number;
  /** Of each cell by its id; only where it may have changed. */
  readonly open?: Readonly<Record<string, readonly (readonly [first: string, count: number])[]>>;
  /** Whether the config of a cell has the command port of the keyboard controller. */
  readonly i8042_allowed?: Readonly<Record<string, number>>;
}

/** A cell that was made for the recording: as far as it is not its base. */
export interface DecodedCell {
  readonly length: number;
  readonly name: string;
  readonly memory: readonly {
    readonly phys: string;
    readonly virt: string;
    readonly size: string;
    readonly flags: string;
  }[];
}

export function readRecords<Line>(name: string): readonly Line[] {
  return gunzipSync(readFileSync(path.join(root, "test/fixtures/oracle", `${name}.jsonl.gz`)))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

/** Bytes of the files of a record: the system first. */
export type RecordFiles = readonly [Uint8Array, ...Uint8Array[]];

/** The files of a record; undefined where no machine in `boards/` makes one of them. */
export function bytesOf(record: MapRecord): RecordFiles | undefined {
  const system = everyBoard().get(baseName(record.system));
  const cells = record.cells.map((cell) =>
    "path" in cell ? everyBoard().get(baseName(cell.path)) : modified(cell.config),
  );
  return wholeFiles(system, cells);
}

export function filesOf(record: MapRecord): readonly CheckedConfig[] | undefined {
  return checkedFiles(bytesOf(record));
}

export function filesOfPorts(record: PortRecord): readonly CheckedConfig[] | undefined {
  return checkedFiles(bytesOfPorts(record));
}

/** Like {@link bytesOf}. */
export function bytesOfPorts({ system, cells, patches = [] }: PortRecord): RecordFiles | undefined {
  const patched = (name: string, file: string): Uint8Array | undefined => {
    const bytes = everyBoard().get(baseName(name))?.slice();
    for (const [each, offset, hex] of patches) if (each === file) bytes?.set(Buffer.from(hex, "hex"), offset);
    return bytes;
  };
  return wholeFiles(
    patched(system, system),
    cells.map((cell, index) => patched(cell, `cell${index}`)),
  );
}

function wholeFiles(
  system: Uint8Array | undefined,
  cells: readonly (Uint8Array | undefined)[],
): RecordFiles | undefined {
  const known = cells.filter((bytes) => bytes !== undefined);
  return system === undefined || known.length < cells.length ? undefined : [system, ...known];
}

function checkedFiles(files: RecordFiles | undefined): readonly CheckedConfig[] | undefined {
  return files?.map((bytes, index) => checked(bytes, index === 0 ? "system" : "cell"));
}

function checked(bytes: Uint8Array, kind: ConfigKind): CheckedConfig {
  const profile = resolveProfile("HEAD")!;
  const { config } = decode(bytes, profile, { kind });
  const needed = sizeByCounts(bytes, planOfProfile(profile), kind)!;
  return new CheckedConfig(wireToIr(config), { file: "recorded.cell", size: bytes.length, needed });
}

function baseName(file: string): string {
  return path.basename(file, ".cell");
}

/** Offsets in a cell's description of revision 14, and the sizes of what follows it. */
const description = { size: 132, cpuSetSize: 48, memoryCount: 52 };
const regionSize = 32;

/** The base of the same name with other memory regions: nothing else was changed, which the length tells. */
export function modified({ name, memory, length }: DecodedCell): Uint8Array {
  return withMemory(everyBoard().get(name)!, 0, memory, length);
}

/**
 * A config with other memory regions.
 *
 * @param cell where the cell's description begins, the root cell's in a system
 * @param length that it has to have then
 */
export function withMemory(
  base: Uint8Array,
  cell: number,
  memory: DecodedCell["memory"],
  length: number,
): Uint8Array {
  const view = new DataView(base.buffer, base.byteOffset);
  const start = cell + description.size + view.getUint32(cell + description.cpuSetSize, true);
  const rest = start + view.getUint32(cell + description.memoryCount, true) * regionSize;
  const bytes = new Uint8Array(base.length - rest + start + memory.length * regionSize);
  bytes.set(base.subarray(0, start));
  bytes.set(base.subarray(rest), start + memory.length * regionSize);
  const table = new DataView(bytes.buffer);
  table.setUint32(cell + description.memoryCount, memory.length, true);
  for (const [index, { phys, virt, size, flags }] of memory.entries())
    for (const [field, value] of [phys, virt, size, flags].entries())
      table.setBigUint64(start + index * regionSize + field * 8, BigInt(value), true);
  if (bytes.length !== length) throw new Error("a config was changed in more than its memory");
  return bytes;
}
