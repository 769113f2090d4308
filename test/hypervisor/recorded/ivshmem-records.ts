import path from "node:path";
import { decode } from "../../../schema/codec/decode.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { encode } from "../../../schema/codec/encode.js";
import type { WireStruct, WireValue } from "../../../schema/codec/wire.js";
import { baseConfigs } from "../../oracle/base-configs.js";

/** A line of ivshmem.jsonl.gz; test/fixtures/oracle/README.md says what its fields mean. */
export interface LinkRecord {
  readonly desc: string;
  readonly system: string;
  readonly cells: readonly string[];
  readonly cells_configs?: readonly DecodedCell[];
  readonly cpus: Readonly<Record<string, number>>;
  readonly steps: readonly (LinkAccess | LinkStep)[];
}

/** Addresses, registers and values are hexadecimal; of an access in configuration space the address is the function's. */
export type LinkAccess = readonly [
  op: "cfg" | "reg" | "msix" | "doorbell" | "state",
  cell: number,
  address: string,
  register: string | null,
  size: 1 | 2 | 4 | 8,
  written: string | null,
  result: "handled" | "error" | "unhandled",
  value?: string | null,
  interrupts?: readonly Interrupt[] | null,
  console?: readonly string[] | null,
];

export type Interrupt = readonly [destination: number, vector: number, lowWord: string];

export type LinkStep =
  | {
      readonly op: "create" | "load" | "start";
      readonly cell: number;
      readonly ret: number;
      readonly con: readonly string[];
    }
  | { readonly op: "state_table"; readonly phys: string; readonly words: readonly string[] }
  | {
      readonly op: "mmio_tables";
      readonly tables: Readonly<Record<string, readonly (readonly [string, string, string])[]>>;
    };

/** A cell of which only the device was changed. */
interface DecodedCell {
  readonly length: number;
  readonly pci_devices: readonly Readonly<Record<string, number | string | readonly string[]>>[];
}

export function systemOf({ system }: LinkRecord): Uint8Array {
  return baseOf(system);
}

/** @param cell 1 for the first one */
export function cellOf({ cells, cells_configs }: LinkRecord, cell: number): Uint8Array {
  const base = baseOf(cells[cell - 1]!);
  const decoded = cells_configs?.[cell - 1];
  return decoded === undefined ? base : withDevices(base, decoded);
}

function baseOf(file: string): Uint8Array {
  return baseConfigs().get(path.basename(file, ".cell"))!;
}

function withDevices(base: Uint8Array, { pci_devices, length }: DecodedCell): Uint8Array {
  const { config } = decode(base, builtInProfiles.profile("r14.1"), { kind: "cell" });
  const devices = config.tables.pci_devices as readonly WireStruct[];
  const changed = devices.map((device, index) => {
    const values = Object.entries(pci_devices[index]!).filter(([name]) => isSmall(device[name]));
    return { ...device, ...Object.fromEntries(values.map(([name, value]) => [name, numbersOf(value)])) };
  });
  const bytes = encode({ ...config, tables: { ...config.tables, pci_devices: changed } });
  if (bytes.length !== length) throw new Error("a cell was changed in more than its devices");
  return bytes;
}

/** Of the fields of 64 bits none was changed. */
function isSmall(value: WireValue | undefined): boolean {
  return typeof value === "number" || Array.isArray(value);
}

function numbersOf(value: number | string | readonly string[]): WireValue {
  return typeof value === "object" ? value.map(Number) : Number(value);
}
